"""What is worth a second look in the forms of care before they are signed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from caseapp import words

_NEXT: Final = (("next_by", "Next review by"), ("next_on", "Next review planned for"))
_SECOND: Final = (3, "The second review is held within three months of the first")
_LATER: Final = (6, "Reviews are at most six months apart")


def prompts(answers: Mapping[str, Any]) -> list[str]:
    """Return where the next review is put later than it may be: it warns and never stops anybody.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33.
    """
    held_on = words.stored_day(answers.get("held_on"))
    if not held_on:
        return []
    months, rule = _SECOND if answers.get("which") == "first" else _LATER
    latest = held_on + relativedelta(months=months)
    days = ((label, words.stored_day(answers.get(key))) for key, label in _NEXT)
    return [
        f"{label}: {words.day(on)} is too late. {rule}: by {words.day(latest)} at the latest."
        for label, on in days
        if on and on > latest
    ]
