"""Schooling of a child: rows of the record, rules, plans' way, money, figures, files in and out."""
