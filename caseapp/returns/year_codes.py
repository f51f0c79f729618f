"""The codes that a year's return takes: some came, some went. Pure."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def valid(field: str, year: int) -> frozenset[str]:
    """Return the codes of a field in the return that ends in `year`.

    Source: the Department for Education's code set (resources/codes/README.md).
    """
    text = (files("resources") / "codes" / "return_codes.csv").read_text(encoding="utf-8")
    return frozenset(
        row["code"]
        for row in csv.DictReader(text.splitlines())
        if row["return"] in ("SSDA903", "ALL")
        and row["field"] == field
        and int(row["first_year"] or year) <= year <= int(row["last_year"] or year)
    )
