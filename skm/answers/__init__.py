"""Any table -> an understood survey: which column is which question, what its cells say, what is wrong."""
