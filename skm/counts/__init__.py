"""Answers -> `Hitungan` (how often each level was chosen) and `Pola` (which answers came together)."""
