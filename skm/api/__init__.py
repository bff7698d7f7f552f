"""The friendly functions of `import skm`: they take whatever people hold, and call the rooms below."""
