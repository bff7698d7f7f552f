"""Blocks -> Word, HTML and PDF."""
