"""Schema steps, in the wheel."""
