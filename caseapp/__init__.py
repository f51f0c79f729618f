"""The rules of the program: no Qt, no SQL."""
