"""Counts -> the official figure: one group, many groups, several units in one, and who answered."""
