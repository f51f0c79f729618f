"""Supervision: of a worker, for the two alone; of each child, in its file; and who is to be talked about."""
