"""Case notes and the chronology: everything about a child in one line of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import actions, codes, dates, levels, plan_versions, words
from caseapp.early_help import consents
from caseapp.early_help.page import step_words
from caseapp.early_help.statuses import HELP_KINDS
from caseapp.education import happenings
from caseapp.lines import line, paragraphs
from caseapp.looked_after import happenings as care_happenings
from caseapp.supervision import cases as supervision
from db import children as queries
from db.children import child_of
from db.models import (
    Address,
    HelpStep,
    Note,
    Schooling,
)
from db.problems import Problem
from db.store import Session

HELP = "Early help"
TABLE_SHARES = (0.13, 0.34, 0.53)
"""How the columns of a printed chronology share the line."""


@dataclass(frozen=True)
class NewNote:
    """A note to be added. `quote` holds the child's own words.

    Of a visit: whether the bedroom was seen, where (see `codes.PLACES_SEEN`), who was there, what for, what
    worries, whether it was planned, and why the child was not seen alone. Of a contact: by which `method`
    (`codes.METHODS`), and the young person's `mood` from 1 to 10.
    """

    happened_on: date
    kind: str
    words: str
    quote: str = ""
    seen: bool = False
    seen_alone: bool = False
    bedroom_seen: bool | None = None
    why_not_alone: str = ""
    where_seen: str = ""
    present: str = ""
    purpose: str = ""
    worries: str = ""
    planned: bool | None = None
    method: str = ""
    mood: int | None = None


class Entry(NamedTuple):
    """Something that happened. `kind` groups entries for the filter; `revision_id` opens a plan."""

    on: date
    kind: str
    title: str
    words: str
    quote: str
    id: UUID
    revision_id: UUID | None


def add(session: Session, child_id: UUID, new: NewNote) -> UUID:
    """Add a note to a child's file. Raises Problem for an empty one or a day to come."""
    child = child_of(session, child_id)
    text = paragraphs(new.words, "A note")
    if not text:
        raise Problem("A note needs some words. Nothing was added.")
    if new.kind not in codes.NOTE_KINDS:
        raise Problem(f"“{new.kind}” is not a kind of note. Nothing was added.")
    if new.happened_on > session.today:
        raise Problem(
            f"{words.day(new.happened_on)} is still to come. Nothing was added. Give the day it happened."
        )
    _check_visit(new)
    note = Note(
        child_id=child.id,
        happened_on=new.happened_on,
        kind=new.kind,
        words=text,
        quote=paragraphs(new.quote, "A quotation"),
        seen=new.seen or new.seen_alone,
        seen_alone=new.seen_alone,
        bedroom_seen=new.bedroom_seen,
        why_not_alone=line(new.why_not_alone, "A reason") or None,
        where_seen=new.where_seen or None,
        present=line(new.present, "Who was there") or None,
        purpose=line(new.purpose, "A purpose") or None,
        worries=paragraphs(new.worries, "Worries") or None,
        planned=new.planned,
        method=new.method or None,
        mood=new.mood,
    )
    session.add(note)
    if note.seen and (child.last_seen_on is None or child.last_seen_on < note.happened_on):
        child.last_seen_on = note.happened_on
    session.flush()
    dates.refresh(session, child)
    return note.id


def _check_visit(new: NewNote) -> None:
    if new.where_seen and new.where_seen not in codes.PLACES_SEEN:
        raise Problem(f"“{new.where_seen}” is not a place on the list. Nothing was added.")
    if new.method and new.method not in codes.METHODS:
        raise Problem(f"“{new.method}” is not a way of contact on the list. Nothing was added.")
    if new.mood is not None and not 1 <= new.mood <= 10:
        raise Problem("Mood goes from 1 to 10. Nothing was added.")


def timeline(session: Session, child_id: UUID) -> list[Entry]:
    """Return everything about a child whose record is open, latest first."""
    child_of(session, child_id)
    entries = _notes(session, child_id) + _plans(session, child_id) + _care(session, child_id)
    entries += _places(session, child_id) + _help(session, child_id) + _schooling(session, child_id)
    entries += [
        Entry(each.on, supervision.TIMELINE, each.title, each.words, "", each.id, None)
        for each in supervision.happened(session, child_id)
    ]
    return sorted(entries, key=lambda each: (each.on, each.id), reverse=True)


def _notes(session: Session, child_id: UUID) -> list[Entry]:
    return [
        Entry(each.happened_on, "Notes", _note_title(each), each.words, each.quote, each.id, None)
        for each in queries.of_child(session, Note, child_id)
    ]


def _note_title(note: Note) -> str:
    seen = ", child seen alone" if note.seen_alone else ", child seen" if note.seen else ""
    bedroom = ", bedroom seen" if note.bedroom_seen else ""
    return codes.NOTE_KINDS.get(note.kind, note.kind) + seen + bedroom


def _plans(session: Session, child_id: UUID) -> list[Entry]:
    entries = []
    for each in plan_versions.versions(session, child_id):
        said = (
            f"Version {each.number}, signed by {each.signed_by}"
            if each.signed_at
            else f"Version {each.number}, draft"
        )
        on = each.dated_on or (words.london_day(each.signed_at) if each.signed_at else date.min)
        kind = "Star readings" if each.kind == "star" else "Plans and assessments"
        entries.append(Entry(on, kind, each.title, said, "", each.revision_id, each.revision_id))
    return entries


def _care(session: Session, child_id: UUID) -> list[Entry]:
    return [
        Entry(each.on, each.kind, each.title, each.words, each.quote, each.id, each.revision_id)
        for each in care_happenings.happened(session, child_id)
    ]


def _schooling(session: Session, child_id: UUID) -> list[Entry]:
    return [
        Entry(each.on, "Education", each.title, each.words, "", each.id, None)
        for each in happenings.happened(session, child_id)
    ]


def _places(session: Session, child_id: UUID) -> list[Entry]:
    moved = [
        Entry(
            each.from_on,
            "Home and school",
            "Moved",
            "Withheld" if each.withheld else each.lines,
            "",
            each.id,
            None,
        )
        for each in queries.of_child(session, Address, child_id)
    ]
    schools = [
        Entry(each.from_on, "Home and school", "Started school", each.school.name, "", each.id, None)
        for each in queries.of_child(session, Schooling, child_id)
        if each.from_on
    ]
    return moved + schools


def _help(session: Session, child_id: UUID) -> list[Entry]:
    """Return what happened in early help beside its documents: moves, levels, leads, consents, actions."""
    called = levels.names(session)
    entries = [
        Entry(each.happened_on, HELP, _step_title(each, called), each.reason, "", each.id, None)
        for each in queries.of_child(session, HelpStep, child_id)
    ]
    for row in consents.rows(session, child_id):
        said = f"{consents.words_of(row)}." + (f" {row.because}" if row.because else "")
        entries.append(Entry(row.on, HELP, f"Consent: {row.decision_words.lower()}", said, "", row.id, None))
    return entries + _actions(session, child_id)


def _step_title(step: HelpStep, called: dict[int, str]) -> str:
    return step_words(step, called) if step.kind != "moved" else f"Early help: {step_words(step, called)}"


def _actions(session: Session, child_id: UUID) -> list[Entry]:
    """Return what was agreed outside any plan, and how actions of any plan went on."""
    entries = []
    for each in actions.of_child(session, child_id):
        kind = HELP if each.kind in HELP_KINDS or not each.kind else "Plans and assessments"
        named = f"Action {each.no}: {each.what}"
        if not each.kind and each.agreed_on:
            agreed = f"{each.who}" + (f", by {words.day(each.by_on)}" if each.by_on else "")
            entries.append(Entry(each.agreed_on, kind, f"{named}: agreed", agreed, "", each.id, None))
        entries += [
            Entry(step.on, kind, f"{named}: {step.status_words.lower()}", _step_said(step), "", each.id, None)
            for step in each.steps
        ]
    return entries


def _step_said(step: actions.StepRow) -> str:
    moved = step.by_on is not None and step.was_by_on is not None and step.by_on != step.was_by_on
    dates_said = f"New date {_day(step.by_on)}, before {_day(step.was_by_on)}" if moved else ""
    return "\n".join(part for part in (step.words, dates_said) if part)


def _day(on: date | None) -> str:
    return words.day(on) if on else ""


def as_table(entries: Iterable[Entry]) -> tuple[tuple[str, str, str], ...]:
    """Return entries as the rows of a printed chronology under their header."""
    rows = [
        (
            words.day(each.on),
            each.title,
            "\n".join(part for part in (each.words, f"“{each.quote}”" if each.quote else "") if part),
        )
        for each in entries
    ]
    return (("Date", "What", "Details"), *rows)
