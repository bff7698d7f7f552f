"""A sheet -> what it is: respondents, long rows, tables of processed figures, a map."""
