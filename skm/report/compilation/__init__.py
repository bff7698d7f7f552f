"""The city's compilation: what units sent, read and joined to the list of units, into one recap and its documents."""
