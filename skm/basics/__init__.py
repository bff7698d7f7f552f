"""Small things without which nothing speaks: errors, texts, numbers, tables, dates, words, files, sheets."""
