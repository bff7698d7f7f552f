"""A printed result -> findings: what it cannot be, each with the numbers that prove it."""
