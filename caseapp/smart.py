"""The SMART check of agreed actions: it warns and never stops anybody. Pure: today is an argument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from caseapp import words
from caseapp.form import Answers, Form, Rows, filled_rows, is_empty
from caseapp.form_parts.early_help_triangle import DIMENSIONS

_MORE_THAN_ONE = re.compile(r"[,/&+;]|\band\b", re.IGNORECASE)
_NO_DATE = re.compile(r"\b(on-?going|a\.?s\.?a\.?p|tbc|when possible|continuous(ly)?)\b", re.IGNORECASE)
_OVER = frozenset({"done", "not_needed", "dropped"})
_TITLES = {key: title for key, title, *_ in DIMENSIONS}


def warnings(rows: Sequence[Mapping[str, Any]], today: date) -> list[str]:
    """Return what is worth a second look in a plan's actions, in plain sentences.

    Looks at what the actions themselves say: owner, date, outcome, need; what is over is left alone.
    """
    told = [row for row in rows if not is_empty(row.get("what")) and row.get("status") not in _OVER]
    found = [sentence for number, row in enumerate(told, 1) for sentence in _of_row(number, row, today)]
    found += _of_dates(told)
    if told and all(is_empty(row.get("outcome")) for row in told):
        found.append("No action says what will be different for the child.")
    return found


def of_form(form: Form, answers: Mapping[str, Any], today: date) -> list[str]:
    """Return what is worth a second look in a plan: its actions, and needs that have none.

    Only forms whose actions hang from a need and an outcome are looked at.
    """
    marked = [
        each
        for _, each in form.asked(answers)
        if isinstance(each, Rows) and each.actions and {"need", "outcome"} <= {one.key for one in each.fields}
    ]
    rows = [row for each in marked for row in filled_rows(answers.get(each.key))]
    return warnings(rows, today) + (_without_action(rows, answers) if marked else [])


def _of_row(number: int, row: Mapping[str, Any], today: date) -> Iterator[str]:
    named = f"Action {row.get('no') or number} ({_short(str(row['what']))})"
    who = str(row.get("who") or "").strip()
    if not who:
        yield f"{named} has no owner."
    elif _MORE_THAN_ONE.search(who):
        yield f"{named} names more than one owner: {who}. One person sees to it."
    yield from _of_day(named, row.get("by"), today)
    if is_empty(row.get("need")):
        yield f"{named} hangs from no need."
    if is_empty(row.get("outcome")):
        yield f"{named} does not say what will be different."
    said = (_NO_DATE.search(str(row.get(key) or "")) for key in ("what", "repeats"))
    if loose := next(filter(None, said), None):
        yield f"{named} says “{loose.group()}”: say by when it will be seen to."


def _of_day(named: str, answer: Any, today: date) -> Iterator[str]:
    by = words.stored_day(answer)
    if is_empty(answer):
        yield f"{named} has no date."
    elif by is None:
        yield f"{named}: “{answer}” is no date. Give the day by which it will be looked at again."
    elif by <= today:
        yield f"{named} was due on {words.day(by)}. An action has a day to come."


def _of_dates(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    days = {row.get("by") for row in rows}
    same = words.stored_day(next(iter(days))) if len(days) == 1 else None
    if len(rows) < 2 or not same:
        return []
    return [f"All {len(rows)} actions are due on the same day, {words.day(same)}. Is that so?"]


def _without_action(rows: Sequence[Answers], answers: Mapping[str, Any]) -> list[str]:
    """Return the headings with a need that no action and no «no action because» answers."""
    said = [str(row.get("need") or "").casefold() for row in (*rows, *filled_rows(answers.get("no_action")))]
    areas = {row.get("area") for row in rows}
    needs = [key for key in _TITLES if not is_empty(answers.get(f"{key}_needs"))]
    bare = [_TITLES[key] for key in needs if key not in areas and not _is_said(key, answers, said)]
    if not bare:
        return []
    verb = "has a need" if len(bare) == 1 else "have needs"
    return [f"{words.listed(bare)} {verb} without an action. Add one, or say why there is none."]


def _is_said(key: str, answers: Mapping[str, Any], said: Sequence[str]) -> bool:
    """Return whether a heading or its need is named by a need of the plan."""
    title, need = _TITLES[key].casefold(), str(answers[f"{key}_needs"]).casefold()
    return any(each and (title in each or each in need or need in each) for each in said)


def _short(text: str) -> str:
    first = text.strip().splitlines()[0]
    return first if len(first) <= 40 else f"{first[:39].rstrip()}…"
