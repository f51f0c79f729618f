"""Data files, read by importlib.resources."""
