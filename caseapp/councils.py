"""The councils of England by the Department's three digits, the closed ones too. Pure."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Final

ELSEWHERE: Final = {
    "WAL": "Wales",
    "SCO": "Scotland",
    "NIR": "Northern Ireland",
    "NUK": "Outside the United Kingdom",
    "999": "Not known",
}
"""What the return takes in place of a council's digits."""


@cache
def councils() -> dict[str, str]:
    """Return {three digits: name}; a closed council's name says so.

    Source: resources/codes/README.md.
    """
    text = (files("resources") / "codes" / "local_authorities_england.csv").read_text(encoding="utf-8")
    return {
        row["dfe_code"]: row["name"] if row["status"] == "open" else f"{row['name']} (closed)"
        for row in csv.DictReader(text.splitlines())
    }


@cache
def where_from() -> dict[str, str]:
    """Return {code: name} of everywhere that a previous permanence can have been arranged (LA_PERM)."""
    return councils() | ELSEWHERE


def council_words(code: str) -> str:
    """Return a council's name with its digits; a code that is none stands alone.

    >>> council_words("330"), council_words("WAL"), council_words("12")
    ('Birmingham (330)', 'Wales', '12')
    """
    name = where_from().get(code, "")
    return f"{name} ({code})" if code in councils() else name or code
