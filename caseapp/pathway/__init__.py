"""Leaving care: the legal category of a young person, from dates alone."""
