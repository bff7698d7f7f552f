"""Empty forms to start a survey with: questionnaire, workbook for answers, the starter folder."""
