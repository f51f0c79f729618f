"""What the signing of a form of care puts into the record, so that it is said once.

A row that the record holds already takes the form's words; where it was put right after the form was begun,
the form only fills what is open. A correction puts the same rows right: they are known by their version, and
rows without one by what the version before said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any, Final, TypeVar
from uuid import UUID

from caseapp import words
from caseapp.events import SHORT_BREAKS, placement_starts
from caseapp.form import Answers, Form, filled_rows, is_empty
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import new_rows as new
from caseapp.looked_after import records
from caseapp.looked_after.missing_rules import time_within
from caseapp.looked_after.timing import given
from db import children as queries
from db.models import (
    AboutChild,
    Episode,
    HealthEvent,
    IroConcern,
    LacReview,
    MissingPeriod,
    Placement,
    ReturnTalk,
    Revision,
)
from db.moments import utc_now
from db.names import fold
from db.problems import Problem
from db.store import Session

Row = TypeVar("Row", bound=AboutChild)
Said = Mapping[str, Any]
_ASSESSMENTS: Final = ("initial", "review")
_CHECKS: Final = {"dental": "dental_on", "optician": "optician_on", "immunisations": ""}
"""The kinds of check that an assessment tells of, and the question for their day; none: its own day."""


def take_up(session: Session, revision: Revision, form: Form) -> None:
    """Let a form of care that is being signed stand in the record. Raises Problem where it cannot."""
    take = _TAKE.get(form.kind)
    if take is None:
        return
    try:
        take(session, revision, revision.document.answers)
    except Problem as problem:
        said = problem.words.replace(" Nothing was saved.", "")
        raise Problem(f"Not signed yet. {said} Your text stays as it is.") from None


# Reviews


def _take_review(session: Session, revision: Revision, answers: Answers) -> None:
    held_on = _day(answers, "held_on")
    if held_on is None or _has_short_breaks_only(session, revision):
        return  # reviews of short breaks (reg 48) are none of the return's: the form holds them
    said = {
        "held_on": held_on,
        "participation": answers.get("participation"),
        "reason": answers.get("reason") if answers.get("which") == "extra" else None,
        "chair": answers.get("chair"),
        "place": answers.get("place"),
        "spoke_on": _day(answers, "spoke_on"),
        "decisions_sent_on": _day(answers, "decisions_sent_on"),
        "record_sent_on": _day(answers, "record_sent_on"),
    }
    held = queries.of_child(session, LacReview, revision.child_id)
    there = _linked(held, revision) or next((each for each in held if each.held_on == held_on), None)
    _put(session, revision, LacReview, new.NewReview, there, said).revision_id = revision.id
    _take_concerns(session, revision, answers)


def _has_short_breaks_only(session: Session, revision: Revision) -> bool:
    statuses = {each.legal_status for each in queries.of_child(session, Episode, revision.child_id)}
    return bool(statuses) and statuses <= SHORT_BREAKS


def _take_concerns(session: Session, revision: Revision, answers: Answers) -> None:
    """Concerns have no version of their own: a correction finds them by what the one before it said."""
    wanted = filled_rows(answers.get("concerns"))
    before = filled_rows(_before(session, revision).get("concerns"))
    keys = [_concern_key(each) for each in wanted]
    stale = [key for key in map(_concern_key, before) if key not in keys]
    for row, key in zip(wanted, keys, strict=True):
        there = _concern_there(session, revision, key)
        if there is None and stale and key not in map(_concern_key, before):
            there = _concern_there(session, revision, stale.pop(0))
        _put(session, revision, IroConcern, new.NewConcern, there, _concern(row))
    for key in stale:
        gone = _concern_there(session, revision, key)
        if gone is not None:
            records.remove(session, new.NewConcern, gone.id, gone.version, _corrected(revision))


def _concern(row: Answers) -> Said:
    days = {key: _day(row, key) for key in ("raised_on", "resolved_on")}
    return {**{key: row.get(key) for key in ("level", "concern", "raised_with", "outcome")}, **days}


def _concern_key(row: Answers) -> tuple[date | None, str]:
    return _day(row, "raised_on"), fold(str(row.get("concern", "")))


def _concern_there(session: Session, revision: Revision, key: tuple[date | None, str]) -> IroConcern | None:
    rows = queries.of_child(session, IroConcern, revision.child_id)
    return next((each for each in rows if (each.raised_on, fold(each.concern)) == key), None)


# Health


def _take_health(session: Session, revision: Revision, answers: Answers) -> None:
    outcome = str(answers.get("outcome", ""))
    happened_on = _day(answers, "assessed_on" if outcome == "done" else "refused_on")
    if happened_on is None:
        return
    kind = str(answers.get("kind", ""))
    held = queries.of_child(session, HealthEvent, revision.child_id)
    of_kind = [each for each in held if each.kind in _ASSESSMENTS]
    same = [each for each in of_kind if (each.kind, each.happened_on) == (kind, happened_on)]
    there = _linked(of_kind, revision) or next(iter(same), None)
    said = {
        "kind": kind,
        "happened_on": happened_on,
        "outcome": outcome,
        **{key: answers.get(key) for key in ("by_whom", "profession", "place")},
        "report_on": _day(answers, "report_on"),
        "words": next(filter(None, map(answers.get, ("summary", "refused_words", "not_brought"))), None),
    }
    _put(session, revision, HealthEvent, new.NewHealth, there, said).revision_id = revision.id
    told = _checks(answers, happened_on) if outcome == "done" else {}
    for check in _CHECKS:
        _take_check(session, revision, [each for each in held if each.kind == check], told.get(check))


def _checks(answers: Answers, assessed_on: date) -> dict[str, Said]:
    """Return the checks that an assessment tells of, by kind."""
    found: dict[str, Said] = {}
    for kind, key in _CHECKS.items():
        on = _day(answers, key) if key else assessed_on
        immunised = answers.get("immunised") if kind == "immunisations" else None
        if on and (key or immunised):
            found[kind] = {
                "kind": kind,
                "happened_on": on,
                "outcome": "done",
                "by_whom": answers.get("dentist") if kind == "dental" else None,
                "up_to_date": immunised == "yes" if immunised else None,
                "words": answers.get("immunisations_due") if immunised == "no" else None,
            }
    return found


def _take_check(session: Session, revision: Revision, held: Sequence[HealthEvent], said: Said | None) -> None:
    """A check that was typed into the record by hand stays as it is; our own follows the correction."""
    own = _linked(held, revision)
    if said is None:
        if own is not None:
            records.remove(session, new.NewHealth, own.id, own.version, _corrected(revision))
        return
    if own is None and any(each.happened_on == said["happened_on"] for each in held):
        return
    _put(session, revision, HealthEvent, new.NewHealth, own, said).revision_id = revision.id


# Missing


def _take_interview(session: Session, revision: Revision, answers: Answers) -> None:
    talks = queries.of_child(session, ReturnTalk, revision.child_id)
    there = _linked(talks, revision)
    missing_id = there.missing_id if there else _missing_id(session, revision, answers, talks)
    there = there or next((each for each in talks if each.missing_id == missing_id), None)
    said = {"missing_id": missing_id, **_offer(answers)}
    if answers.get("accepted") == "yes":
        said |= _talk(answers)
    _put(session, revision, ReturnTalk, new.NewTalk, there, said).revision_id = revision.id


def _missing_id(session: Session, revision: Revision, answers: Answers, talks: Sequence[ReturnTalk]) -> UUID:
    """Return the time missing that an interview is about: that of its day, else the newest without one.

    Where the record holds none, the interview's own days make it.
    """
    since, until = _day(answers, "missing_on"), _day(answers, "returned_on")
    times = queries.of_child(session, MissingPeriod, revision.child_id, MissingPeriod.started_on)[::-1]
    named = next((each for each in times if each.started_on == since), None)
    if named:
        return named.id
    told = {each.missing_id for each in talks if each.revision_id}
    last = _day(answers, "held_on") or until or session.today
    open_ones = (each for each in times if each.started_on <= last and each.id not in told)
    if newest := next(open_ones, None):
        return newest.id
    return records.add(session, revision.child_id, _missing(session, answers, since or last, until))


def _missing(session: Session, answers: Answers, since: date, until: date | None) -> new.NewMissing:
    return new.NewMissing(
        str(answers.get("kind") or "M"),
        since,
        until,
        _moment(since, str(answers.get("missing_at") or ""), None),
        _moment(until, str(answers.get("returned_at") or ""), None),
        police_ref=str(answers.get("police_ref") or ""),
    )


def _offer(answers: Answers) -> dict[str, Any]:
    return {
        "offered_at": _moment(_day(answers, "offered_on"), str(answers.get("offered_at") or ""), time(0)),
        "accepted": {"yes": True, "no": False}.get(str(answers.get("accepted"))),
        "refused_on": _day(answers, "refused_on"),
    }


def _talk(answers: Answers) -> dict[str, Any]:
    # Of an interview without a time nobody can say that it was in time: it counts as held at the day's end
    held_at = _moment(_day(answers, "held_on"), str(answers.get("held_at") or ""), time(23, 59))
    return {
        "held_at": min(held_at, utc_now()) if held_at else None,
        "held_by": answers.get("held_by"),
        "independent": {"yes": True, "no": False}.get(str(answers.get("independent"))),
        "reasons": _joined(
            _meanings(answers.get("reasons"), lists.GONE_REASONS), answers.get("reasons_words")
        ),
        "where_been": answers.get("where_been"),
        "with_whom": answers.get("with_whom"),
        "harm": _joined(_meanings(answers.get("harm"), lists.HARMS), answers.get("harm_words")),
        "push_pull": _joined(_labelled("Push", answers.get("push")), _labelled("Pull", answers.get("pull"))),
        "plan": answers.get("safety_plan"),
    }


def _moment(day: date | None, typed: str, otherwise: time | None) -> datetime | None:
    """Return the London moment of a day and the first time that a text names.

    >>> _moment(date(2026, 8, 25), "11:15 to 12:40", None).isoformat()
    '2026-08-25T11:15:00+01:00'
    >>> _moment(date(2026, 8, 25), "about 4.05 pm", None).isoformat()
    '2026-08-25T16:05:00+01:00'
    """
    named = time_within(typed)
    at = otherwise if named is None else named
    return datetime.combine(day, at, words.LONDON) if day and at is not None else None


# Placements


def _take_placement(session: Session, revision: Revision, answers: Answers) -> None:
    """A plan signed before its placement begins finds no episode yet: then only the form holds it."""
    first = _first_episode(session, revision, answers)
    if first is None:
        return
    notices = filled_rows(answers.get("told"))
    held = queries.of_child(session, Placement, revision.child_id)
    said = {
        "episode_id": first.id,
        "carers": answers.get("carers"),
        "lines": answers.get("address"),
        "withheld": True if answers.get("address_secret") == "yes" else None,
        "phone": answers.get("phone"),
        "emergency": True if answers.get("emergency") == "yes" else None,
        "notified_on": max((on for each in notices if (on := _day(each, "on"))), default=None),
        "notified": "\n".join(_notice(each) for each in notices),
    }
    there = next((each for each in held if each.episode_id == first.id), None)
    _put(session, revision, Placement, new.NewPlacement, there, said)


def _first_episode(session: Session, revision: Revision, answers: Answers) -> Episode | None:
    started_on = _day(answers, "started_on")
    starts = placement_starts(queries.of_child(session, Episode, revision.child_id, Episode.started_on))
    if started_on is None or started_on > session.today:
        return None
    return next((each for each in reversed(starts) if each.started_on <= started_on), None)


def _notice(row: Answers) -> str:
    who = dict(lists.TOLD).get(str(row.get("who")), "")
    name, on = str(row.get("name") or ""), _day(row, "on")
    said = f"{who}: {name}" if name else who
    return f"{said}, {words.day(on)}" if on else said


_TAKE: Final[Mapping[str, Callable[[Session, Revision, Answers], None]]] = {
    "lac-review": _take_review,
    "health-assessment": _take_health,
    "return-interview": _take_interview,
    "placement-plan": _take_placement,
}


# What all of them do


def _put(
    session: Session, revision: Revision, table: type[Row], kind: type[Any], there: Row | None, said: Said
) -> Row:
    """Return the row that now says what was said: a new one, or that which was there."""
    known = {name: value for name, value in said.items() if not is_empty(value)}
    if there is None:
        return session.get_one(table, records.add(session, revision.child_id, kind(**known)))
    held = asdict(given(kind, there))
    if there.updated_at > revision.created_at:
        known = {name: value for name, value in known.items() if is_empty(held[name])}
    made = kind(**(held | known))
    if made != given(kind, there):
        records.change(session, there.id, there.version, made)
    return there


def _linked(rows: Iterable[Any], revision: Revision) -> Any:
    """Return the row that this version, or the one it puts right, made."""
    ids = {revision.id, revision.replaces_id} - {None}
    return next((each for each in rows if each.revision_id in ids), None)


def _before(session: Session, revision: Revision) -> Answers:
    replaced = session.get(Revision, revision.replaces_id) if revision.replaces_id else None
    return replaced.document.answers if replaced else {}


def _corrected(revision: Revision) -> str:
    return f"Not in the corrected form any more: {revision.reason}"


def _day(answers: Said, key: str) -> date | None:
    return words.stored_day(answers.get(key))


def _meanings(codes: object, options: Sequence[tuple[str, str]]) -> str:
    given_codes = codes if isinstance(codes, list) else []
    return ", ".join(label for code, label in options if code in given_codes)


def _labelled(label: str, value: object) -> str:
    return f"{label}: {value}" if value else ""


def _joined(*parts: object) -> str:
    return "\n".join(str(part) for part in parts if part)
