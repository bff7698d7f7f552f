"""The performance chapter of an LKjIP as documents: blocks for Word and the page, a workbook with live formulas."""
