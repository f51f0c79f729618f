"""Whether reviews, visits and assessments were in time: every occurrence of a child's clocks of care."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from caseapp import clock_counting, clocks, dates, holidays, words
from caseapp.calendars import Calendar
from caseapp.clocks import Running
from caseapp.events import CARE_TABLES, Held, events_of
from db import children as queries
from db.models import Child, Episode, LacReview, Measure, Note
from db.store import Session

New = TypeVar("New")


class Timing(NamedTuple):
    """By when something was due and how it stands: the kind of a clock's state, and words."""

    due_on: date
    state: str
    words: str


def of_care(session: Session, child: Child) -> list[Running]:
    """Return every occurrence of the clocks of care by due date: met and ended ones too.

    Unlike `dates.running` it does so for a closed file as well: what was in time stays known.
    """
    rows: dict[str, Any] = {
        name: queries.of_child(session, table, child.id) for name, table in CARE_TABLES.items()
    }
    held = Held(
        queries.of_child(session, Episode, child.id, Episode.started_on),
        queries.of_child(session, LacReview, child.id),
        queries.of_child(session, Note, child.id),
        measures=queries.of_child(session, Measure, child.id),
        **rows,
    )
    events = events_of(child, held, clock_counting.read(session).cut_off)
    found = clocks.running_clocks(
        events, child.born_on, holidays.calendar(session), session.today, dates.local_rules(session, child)
    )
    return dates.settled(session, child, found)


def of_clocks(found: Iterable[Running], ids: Collection[str]) -> list[Running]:
    """Return the occurrences of some clocks."""
    return [each for each in found if each.clock.id in ids]


def met_by(found: Iterable[Running]) -> dict[date, Running]:
    """Return by day what was met on it; where that is several, the one due first."""
    met: dict[date, Running] = {}
    for each in sorted(found, key=lambda one: one.due_on, reverse=True):
        if each.met_on:
            met[each.met_on] = each
    return met


def timing(due_on: date, done_on: date | None, today: date, calendar: Calendar) -> Timing:
    """Return how something stands that was due on a day: done in time, late, or still to do."""
    state = clocks.state(due_on, done_on, today, calendar)
    said = {"met": "in time", "due_today": "due today"}.get(state.kind, state.words.removeprefix("met "))
    said = f"due {said}" if state.kind in ("due_soon", "on_track") else said
    return Timing(due_on, state.kind, f"{said[:1].upper()}{said[1:]}")


def noted_only(session: Session, child_id: UUID, kind: str, entered: Collection[date]) -> str:
    """Return a sentence on case notes of a kind whose day has no row of its own; nothing without any."""
    days = [
        each.happened_on
        for each in queries.of_child(session, Note, child_id, Note.happened_on)
        if each.kind == kind and each.happened_on not in entered
    ]
    if not days:
        return ""
    named = words.listed([words.day(each) for each in days])
    return f"In case notes only: {named}. Enter it here too, so that the return has it."


def given(kind: type[New], row: Any) -> New:
    """Return a row as what is typed of it: what an edit begins with."""
    values: dict[str, Any] = {}
    for each in fields(kind):  # type: ignore[arg-type]  # every kind of new row is a dataclass
        value = getattr(row, each.name)
        is_blank = value is None and each.default is not MISSING
        values[each.name] = each.default if is_blank else value
    return kind(**values)
