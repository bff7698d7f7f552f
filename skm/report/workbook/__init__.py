"""The processing of a survey as a workbook with live formulas; one file a sheet."""
