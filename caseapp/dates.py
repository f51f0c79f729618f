"""What is due for a child: the clocks, worked out anew from the child's events when one changes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from caseapp import calendars, clocks, codes, pep_settings, school_terms
from db import children as queries
from db import early_help as help_queries
from db import plans as plan_queries
from db.models import (
    Child,
    ClockRow,
    Consent,
    Episode,
    Fact,
    HelpEpisode,
    LacReview,
    Measure,
    Note,
    Schooling,
)
from db.moments import utc_now
from db.store import Session

SHORT_BREAKS = frozenset({"V3", "V4"})  # breaks of a series: not a period of care (SSDA903 guide)
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})  # the child goes back: the placement goes on
CONTINUES = "X1"  # the episode ends, the care does not


class Due(NamedTuple):
    """Something due for a child. `state` and `words` say how urgent it is; `why`: where the date is from."""

    child_id: UUID
    child: str
    ref: int
    clock: str
    what: str
    started_on: date
    due_on: date
    working_days: int
    state: str
    words: str
    why: str
    opens: str


def care_periods(episodes: list[Episode]) -> list[tuple[date, date | None]]:
    """Return (start, end) of each unbroken time looked after, from episodes; short breaks left out."""
    periods: list[tuple[date, date | None]] = []
    for episode in sorted(episodes, key=lambda each: each.started_on):
        if episode.legal_status in SHORT_BREAKS:
            continue
        ended = episode.ended_on if episode.reason_ended != CONTINUES else None
        if periods and periods[-1][1] is None and episode.reason_started != "S":
            periods[-1] = (periods[-1][0], ended)
        else:
            periods.append((episode.started_on, ended))
    return periods


class Held(NamedTuple):
    """What of a child's file starts or stops a clock."""

    episodes: list[Episode]  # oldest first
    reviews: list[LacReview]
    notes: list[Note]
    facts: list[Fact]
    helped: list[HelpEpisode]
    consents: list[Consent]
    measures: list[Measure]
    schools: list[Schooling]


def _held(session: Session, child_id: UUID) -> Held:
    return Held(
        queries.of_child(session, Episode, child_id, Episode.started_on),
        queries.of_child(session, LacReview, child_id),
        queries.of_child(session, Note, child_id),
        plan_queries.facts(session, child_id),
        help_queries.episodes(session, child_id),
        help_queries.consents_of_child(session, child_id),
        queries.of_child(session, Measure, child_id),
        queries.of_child(session, Schooling, child_id),
    )


def events_of(child: Child, held: Held) -> list[clocks.Event]:
    """Return everything that starts or stops a clock for a child."""
    found = _care_events(held.episodes)
    found += [clocks.Event("lac_review", each.held_on) for each in held.reviews]
    found += [
        clocks.Event(kind, each.happened_on) for each in held.notes for kind in _note_events(child, each)
    ]
    found += [clocks.Event(fact.field, fact.day) for fact in held.facts if fact.is_event and fact.day]
    found += _help_events(held)
    began = sorted((each.from_on, each.school_id) for each in held.schools if each.from_on)
    found += [
        clocks.Event("school_changed", on)
        for (_, before), (on, school) in pairwise(began)
        if school != before
    ]
    replaced = {each.replaces_id for each in held.measures}
    found += [
        clocks.Event("sdq", each.happened_on)
        for each in held.measures
        if each.tool == "sdq" and each.id not in replaced
    ]
    if child.closed_on:
        found.append(clocks.Event("early_help_closed", child.closed_on))
    return found


def _help_events(held: Held) -> list[clocks.Event]:
    ended = [clocks.Event("early_help_closed", each.closed_on) for each in held.helped if each.closed_on]
    agreed = [
        clocks.Event("early_help_consent", each.happened_on)
        for each in held.consents
        if "start" in each.purposes and (each.decision in ("given", "limits") or each.overridden)
    ]
    return ended + agreed


def _care_events(episodes: list[Episode]) -> list[clocks.Event]:
    found = []
    for start, end in care_periods(episodes):
        found.append(clocks.Event("looked_after", start))
        found.append(clocks.Event("early_help_closed", start))  # stepped up: the care plan takes over
        found += [clocks.Event("care_ended", end)] if end else []
    before: tuple[str, str] | None = None
    for episode in episodes:
        if episode.legal_status in SHORT_BREAKS or episode.placement in TEMPORARY:
            continue
        place = (episode.placement, episode.placement_postcode)
        if place != before or episode.reason_started == "S":
            found.append(clocks.Event("placement_started", episode.started_on))
        before = place
    return found


def _note_events(child: Child, note: Note) -> list[str]:
    if note.kind == "visit":
        kinds = ["visit"] if note.seen else []
    else:
        kinds = [codes.NOTE_EVENTS[note.kind]] if note.kind in codes.NOTE_EVENTS else []
    if child.status == "early_help" and "visit" in kinds:
        kinds.append("early_help_visit")
    if child.status == "care_leaver" and (note.seen or note.kind in ("call", "meeting", "message")):
        kinds.append("pa_contact")  # attempts do not stop this clock (Care Leavers Regulations 2010 reg 8)
    return kinds


def refresh(session: Session, child: Child) -> None:
    """Write a child's clocks anew. Called by every use case that changes an event.

    A session that tells a whole life at once says «clocks wait», and refreshes them at its end.
    """
    if session.info.get("clocks_wait"):
        return
    session.flush()
    refresh_loaded(session, child, _held(session, child.id), session_clocks(session, child.id))


def refresh_loaded(session: Session, child: Child, held: Held, stored: list[ClockRow]) -> None:
    """Write a child's clocks anew from rows already at hand: for many children at a time."""
    for row in stored:
        session.delete(row)
    session.add_all(
        ClockRow(
            child_id=child.id,
            kind=each.clock.id,
            what=each.what,
            why=each.why,
            limit=each.limit,
            red_after=each.red_after,
            worker_id=child.worker_id,
            team_id=child.team_id,
            started_on=each.started_on,
            due_on=each.due_on,
            met_on=each.met_on,
        )
        for each in _running(session, child, held)
        if not each.ended_on
    )


def running(session: Session, child: Child) -> list[clocks.Running]:
    """Return a child's clocks as the events of the record make them."""
    return _running(session, child, _held(session, child.id))


def _running(session: Session, child: Child, held: Held) -> list[clocks.Running]:
    if child.closed_on:
        return []
    area = school_terms.area(session)
    weeks = _star_weeks(session, held.facts)
    local = clocks.Local(area.term_of, area.term_after, pep_settings.read(session).from_age, weeks)
    events, england = events_of(child, held), calendars.england()
    found = clocks.running_clocks(events, child.born_on, england, session.today, local)
    return [each for each in found if not _is_unknown(child, each)]


def _star_weeks(session: Session, facts: list[Fact]) -> int:
    """Return the weeks between readings that the newest star's definition gives, nought if it gives none."""
    read = [each for each in facts if each.is_event and each.field == "star_reading" and each.day]
    newest = max(read, key=lambda each: (each.day, each.id), default=None)
    kept = plan_queries.form_copy_of(session, newest.revision_id) if newest else None
    return int(kept.definition.get("review_weeks", 0)) if kept else 0


def _is_unknown(child: Child, each: clocks.Running) -> bool:
    """Return whether a clock ran out before an imported record came: no return says if it was met."""
    came_on = (child.created_at or utc_now()).date()
    return bool(child.source_ref) and each.is_open and each.due_on < came_on


def session_clocks(session: Session, child_id: UUID) -> list[ClockRow]:
    """Return a child's stored clocks, the earliest due first."""
    from db.today import clocks_of

    return clocks_of(session, child_id)


def due_of(session: Session, child: Child) -> list[Due]:
    """Return what is due for one child, the earliest first, each with its reason."""
    open_ones = [each for each in running(session, child) if each.is_open]
    return [due(child, each, session.today) for each in sorted(open_ones, key=lambda each: each.due_on)]


def due(child: Child, each: clocks.Running, today: date) -> Due:
    """Return a running clock as people read it."""
    calendar = calendars.england()
    state = clocks.state_of(each, today, calendar)
    return Due(
        child.id, child.name, child.ref, each.clock.id, each.what or each.clock.name, each.started_on,
        each.due_on, state.working_days, state.kind, state.words, clocks.explain(each, calendar),
        each.clock.opens,
    )  # fmt: skip


def due_row(child_name: str, ref: int, row: ClockRow, today: date) -> Due:
    """Return a stored clock as people read it, for lists of many children."""
    clock = clocks.CLOCKS_BY_ID[row.kind]
    calendar = calendars.england()
    running_row = clocks.Running(
        clock, row.started_on, row.due_on, row.met_on, row.why, row.what, row.limit, red_after=row.red_after
    )
    state = clocks.state_of(running_row, today, calendar)
    return Due(
        row.child_id, child_name, ref, row.kind, row.what or clock.name, row.started_on, row.due_on,
        state.working_days, state.kind, state.words, clocks.explain(running_row, calendar), clock.opens,
    )  # fmt: skip
