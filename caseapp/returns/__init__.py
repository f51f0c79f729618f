"""The SSDA903 return: its tables, what the Department's rules say of them, and how the record makes them."""
