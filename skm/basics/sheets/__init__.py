"""Bytes -> guarded sheets of cells: one guard that looks first, one reader for each kind of file."""
