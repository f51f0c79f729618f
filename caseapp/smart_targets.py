"""The SMART check of a PEP's targets, and how a target stands by rule. Pure: today is an argument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from caseapp import words
from caseapp.form import filled_rows, is_empty

SHORTEST = 15  # letters; a target in fewer words says neither what nor how much
LONGEST_WEEKS = 16  # a term's work; about twelve are aimed at
_NOBODY: Final = re.compile(
    r"^(the )?(school|staff|all( staff)?|everyone|everybody|teachers?|college|nursery|setting|tbc|n/?a)$",
    re.IGNORECASE,
)
_MORE_THAN_ONE: Final = re.compile(r"[,/&+;]|\band\b", re.IGNORECASE)
_FEELINGS: Final = "semh"
_LEARNING: Final = frozenset({"reading", "writing", "maths", "subject", "speech"})
_OVER: Final = frozenset({"done", "dropped"})


def warnings(targets: Sequence[Mapping[str, Any]], next_pep_on: date | None, today: date) -> list[str]:
    """Return what is worth a second look in new targets, in plain sentences. It never stops anybody."""
    told = [row for row in filled_rows(list(targets)) if row.get("status") not in _OVER]
    found = [
        sentence
        for number, row in enumerate(told, 1)
        for sentence in _of_row(number, row, next_pep_on, today)
    ]
    return [*found, *_same_need(told), *_mixture(told)]


def of_plan(answers: Mapping[str, Any], today: date) -> list[str]:
    """Return what is worth a second look in the targets of a PEP's answers."""
    return warnings(filled_rows(answers.get("targets")), words.stored_day(answers.get("next_on")), today)


def colour_by_rule(target: Mapping[str, Any], today: date) -> str:
    """Return green, amber or red as the rule has it; what a person chose stands apart, in «rag».

    Red: overdue without an outcome, or not achieved. Green: achieved or done. Else what was chosen last.
    """
    outcome, by = target.get("outcome"), words.stored_day(target.get("by"))
    if outcome == "achieved" or target.get("status") == "done":
        return "green"
    if outcome in ("partly", "gone"):
        return "amber"
    if outcome == "not" or (is_empty(outcome) and by is not None and by < today):
        return "red"
    return str(target.get("rag") or "")


def _of_row(number: int, row: Mapping[str, Any], next_pep_on: date | None, today: date) -> Iterator[str]:
    named = f"Target {number}"
    what = str(row.get("what") or "").strip()
    if not what:
        yield f"{named} does not say what will be reached."
    elif len(what) < SHORTEST:
        yield f"{named} (“{what}”) is very short: say what, and how much."
    if is_empty(row.get("measure")):
        yield f"{named} does not say how it is measured and where it starts."
    if is_empty(row.get("success")):
        yield f"{named} does not say how we will know that it is reached."
    yield from _of_owner(named, str(row.get("who") or "").strip())
    yield from _of_day(named, row.get("by"), next_pep_on, today)
    if is_empty(row.get("own_words")):
        yield f"{named} has no words of the child's own."


def _of_owner(named: str, who: str) -> Iterator[str]:
    if not who:
        yield f"{named} has no owner."
    elif _NOBODY.match(who):
        yield f"{named} is owned by “{who}”: name a person."
    elif _MORE_THAN_ONE.search(who):
        yield f"{named} names more than one owner: {who}. One person sees to it."


def _of_day(named: str, answer: Any, next_pep_on: date | None, today: date) -> Iterator[str]:
    by = words.stored_day(answer)
    if is_empty(answer):
        yield f"{named} has no date."
    elif by is None:
        yield f"{named}: “{answer}” is no date. Give the day by which it will be reached."
    elif by <= today:
        yield f"{named} was due on {words.day(by)}. A new target has a day to come."
    elif next_pep_on and by > next_pep_on:
        yield f"{named} is due on {words.day(by)}, after the next PEP on {words.day(next_pep_on)}."
    elif (by - today).days > LONGEST_WEEKS * 7:
        yield f"{named} is due on {words.day(by)}: about twelve weeks are better."


def _same_need(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name the targets that answer one and the same need."""
    by_need: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        need = " ".join(str(row.get("need") or "").casefold().split())
        if need:
            by_need.setdefault(need, []).append(number)
    for numbers in by_need.values():
        if len(numbers) > 1:
            yield f"Targets {words.listed([str(number) for number in numbers])} answer the same need."


def _mixture(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    about = {str(row["category"]) for row in rows if not is_empty(row.get("category"))}
    if not about:
        return
    if _FEELINGS not in about:
        yield "No target is about feelings and friendships."
    if not about & _LEARNING:
        yield "No target is about learning."
