"""The pages of docs/fields: what the domain asks for, and whether each place beside it is there."""

import re
from pathlib import Path

from caseapp.form import Rows
from caseapp.forms import FORMS_BY_KEY
from db.models import Base

FIELDS = Path(__file__).parent.parent / "docs" / "fields"
HEADS = ("| domain | here |", "| domain | code |", "|---")


def tables(name):
    """Return {heading: [(what the domain asks for, the places or codes beside it)]} of a page."""
    found, heading = {}, ""
    for line in (FIELDS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("|") and not line.startswith(HEADS):
            domain, here = (cell.strip() for cell in line.strip("|").split("|"))
            found.setdefault(heading, []).append((domain, re.findall(r"`([^`]+)`", here)))
    return found


def asked_at(place):
    """Return the question of `form.question` or `form.rows.question`, or None."""
    first, *rest = place.split(".")
    fields, found = FORMS_BY_KEY[first].fields if first in FORMS_BY_KEY else (), None
    for key in rest:
        found = next((each for each in fields if each.key == key), None)
        fields = found.fields if isinstance(found, Rows) else ()
    return found


def exists(place):
    """Return whether `form.question`, `form.rows.question` or `table.column` names something there is."""
    first, _, column = place.partition(".")
    if first in FORMS_BY_KEY:
        return asked_at(place) is not None
    table = Base.metadata.tables.get(first)
    return table is not None and column in table.columns
