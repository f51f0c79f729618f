"""The reviews of a looked-after child as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import clocks, codes, dates, holidays, plan_versions, words
from caseapp.calendars import Calendar
from caseapp.dates import Due
from caseapp.events import REVIEWING_OFFICER, care_periods, placement_starts
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import review_rules as rules
from caseapp.looked_after.new_rows import NewConcern, NewReview, NewReviewAsked
from caseapp.looked_after.review_rules import Prompt, Since, Stretch
from caseapp.looked_after.timing import Timing, given, met_by, noted_only, of_care, of_clocks, timing
from db import children as queries
from db.children import child_of
from db.models import (
    Child,
    Episode,
    Involvement,
    IroConcern,
    LacReview,
    MissingPeriod,
    Placement,
    ReviewAsked,
)
from db.store import Session

REVIEW_CLOCKS: Final = ("L5", "L6", "L7")
_ASKED: Final = "L26"
_WAITS: Final = ("open", "planned")
_SHOWN: Final = (*REVIEW_CLOCKS, _ASKED)
KIND: Final = "lac-review"


class ReviewRow(NamedTuple):
    """A review that was held. Without a timing it was outside any care on record.

    `decisions` and `record` are None where a later review let go of what was never noted as sent.
    """

    id: UUID
    version: int
    title: str
    held_on: date
    timing: Timing | None
    participation: str
    took_part: bool | None
    told: list[str]
    decisions: Timing | None
    record: Timing | None
    revision_id: UUID | None
    given: NewReview


class AskedRow(NamedTuple):
    """A review planned or asked for. `state` is open, planned, held or cancelled."""

    id: UUID
    version: int
    title: str
    state: str
    state_words: str
    told: list[str]
    warning: str
    given: NewReviewAsked


class ConcernRow(NamedTuple):
    """A concern of the reviewing officer's, and how far it went."""

    id: UUID
    version: int
    title: str
    is_open: bool
    told: list[str]
    given: NewConcern


class ReviewsView(NamedTuple):
    """Everything of reviews: what is due, what was held (newest first), what may be needed."""

    periods: list[tuple[date, date | None]]
    officer: str
    dues: list[Due]
    second_by: date | None
    held: list[ReviewRow]
    asked: list[AskedRow]
    prompts: list[Prompt]
    noted_only: str
    concerns: list[ConcernRow]
    long_term: str
    taking_part: str
    versions: list[plan_versions.VersionRow]

    @property
    def planned(self) -> list[AskedRow]:
        """Return what waits and has a day, that asked for last first."""
        return [each for each in self.asked if each.state in _WAITS and each.given.planned_on]


def view(session: Session, child_id: UUID) -> ReviewsView:
    """Return the reviews of a child whose record is open. Raises NotFound."""
    child = child_of(session, child_id)
    episodes = queries.of_child(session, Episode, child_id, Episode.started_on)
    rows = queries.of_child(session, LacReview, child_id, LacReview.held_on)
    asked = queries.of_child(session, ReviewAsked, child_id, ReviewAsked.asked_on)
    concerns = queries.of_child(session, IroConcern, child_id, IroConcern.raised_on)
    periods = care_periods(episodes)
    dues = [_reasoned(each) for each in dates.due_of(session, child) if each.clock in _SHOWN]
    first_due = next((each for each in dues if each.clock == "L5"), None)
    due_on = next((each.due_on for each in dues if each.clock != _ASKED), None)
    calendar = holidays.calendar(session)
    return ReviewsView(
        periods,
        _officer(session, child_id),
        dues,
        clocks.provisional_second_review(first_due.started_on, calendar) if first_due else None,
        _held(session, child, periods, rows)[::-1],
        [_asked(each, rows, due_on, calendar) for each in reversed(asked)],
        _prompts(session, child_id, episodes, rows, asked),
        noted_only(session, child_id, "review", [each.held_on for each in rows]),
        [_concern(each) for each in reversed(concerns)],
        _long_term(episodes, session.today),
        _taking_part(rows),
        plan_versions.versions(session, child_id, KIND),
    )


def _reasoned(due: Due) -> Due:
    """An early review has no limit to count: it is due at once."""
    if due.clock != _ASKED:
        return due
    said = "Due as soon as possible, until it is held or the reviewing officer calls it off (reg 33(3))."
    return due._replace(why=f"Asked for on {words.day(due.started_on)}. {said}")


def _officer(session: Session, child_id: UUID) -> str:
    named = [
        each
        for each in queries.of_child(session, Involvement, child_id, Involvement.from_on)
        if each.role == REVIEWING_OFFICER and (each.until_on is None or each.until_on >= session.today)
    ]
    if not named:
        return ""
    who = named[-1].worker or named[-1].person
    since = f", named {words.day(on)}" if (on := named[-1].from_on) else ""
    return f"{who.name if who else ''}{since}"


def _held(
    session: Session, child: Child, periods: Sequence[tuple[date, date | None]], rows: Sequence[LacReview]
) -> list[ReviewRow]:
    met = met_by(of_clocks(of_care(session, child), REVIEW_CLOCKS))
    numbers = _numbers(periods, [each.held_on for each in rows])
    today, calendar = session.today, holidays.calendar(session)
    return [
        _review(each, numbers.get(each.held_on), met.get(each.held_on), today, each is rows[-1], calendar)
        for each in rows
    ]


def _numbers(periods: Sequence[tuple[date, date | None]], held: Sequence[date]) -> dict[date, int]:
    numbers: dict[date, int] = {}
    for start, end in periods:
        within = [day for day in held if start <= day and (end is None or day <= end)]
        numbers |= {day: number for number, day in enumerate(within, 1)}
    return numbers


def _review(
    each: LacReview,
    number: int | None,
    due: clocks.Running | None,
    today: date,
    is_newest: bool,
    calendar: Calendar,
) -> ReviewRow:
    decisions_by = clocks.due_on(rules.DECISIONS_LIMIT, each.held_on, calendar)
    record_by = clocks.due_on(rules.RECORD_LIMIT, each.held_on, calendar)
    sent = {
        "decisions": _sent(decisions_by, each.decisions_sent_on, today, is_newest, calendar),
        "record": _sent(record_by, each.record_sent_on, today, is_newest, calendar),
    }
    noted = {"talk with the reviewing officer": each.spoke_on, "decisions sent": sent["decisions"],
             "full record sent": sent["record"]}  # fmt: skip
    lacking = words.listed([what for what, on in noted.items() if on is None])
    told = [
        codes.meaning("REVIEW_CODE", each.participation),
        ", ".join(part for part in (f"Chair {each.chair}" if each.chair else "", each.place or "") if part),
        f"Held early: {reason}" if (reason := rules.reason_words(each.reason or "")) else "",
        f"The reviewing officer spoke with the child on {words.day(each.spoke_on)}" if each.spoke_on else "",
        f"Not noted: {lacking}" if lacking else "",
    ]
    return ReviewRow(
        each.id,
        each.version,
        f"Review {number}" if number else "Review",
        each.held_on,
        timing(due.due_on, each.held_on, today, calendar) if due else None,
        each.participation,
        None if each.participation in ("", "PN0") else each.participation in rules.TOOK_PART,
        [part for part in told if part],
        sent["decisions"],
        sent["record"],
        each.revision_id,
        given(NewReview, each),
    )


def _sent(
    due_on: date, sent_on: date | None, today: date, is_newest: bool, calendar: Calendar
) -> Timing | None:
    if sent_on is None and not is_newest:
        return None
    return timing(due_on, sent_on, today, calendar)


def _asked(each: ReviewAsked, held: Sequence[LacReview], due_on: date | None, calendar: Calendar) -> AskedRow:
    by = next((row.held_on for row in held if row.held_on >= each.asked_on), None)
    state, said = "open", "As soon as possible"
    if each.cancelled_on:
        state, said = "cancelled", f"Called off on {words.day(each.cancelled_on)}"
    elif by:
        state, said = "held", f"Held on {words.day(by)}"
    elif each.reason == rules.TIMETABLE and each.planned_on:
        state, said = "planned", f"Planned for {words.day(each.planned_on)}"
    reason = rules.reason_words(each.reason)
    title = f"Asked for on {words.day(each.asked_on)}" if reason else "The timetable’s next review"
    told = [part for part in (reason, *_planning(each, state, calendar)) if part]
    warning = _too_late(each.planned_on, due_on) if state in _WAITS else ""
    return AskedRow(each.id, each.version, title, state, said, told, warning, given(NewReviewAsked, each))


def _too_late(planned_on: date | None, due_on: date | None) -> str:
    is_late = planned_on is not None and due_on is not None and planned_on > due_on
    return f"Planned after it is due, {words.day(due_on)}" if is_late and due_on else ""


def _planning(each: ReviewAsked, state: str, calendar: Calendar) -> list[str]:
    told = [each.words]
    if each.planned_on and state in _WAITS:
        invite_by, report_by = rules.preparation(each.planned_on, calendar)
        on = f"Planned for {words.day(each.planned_on)}" if state == "open" else ""
        told.append(", ".join(part for part in (on, each.place) if part))
        told.append(_by("Invitations", each.invited_on, invite_by))
        told.append(_by("Social worker’s report", each.report_on, report_by))
    return told


def _by(what: str, done_on: date | None, by: date) -> str:
    if done_on:
        late = " (late)" if done_on > by else ""
        return f"{what}: {words.day(done_on)}{late}"
    return f"{what} by {words.day(by)}"


def _concern(each: IroConcern) -> ConcernRow:
    level = dict(lists.CONCERN_LEVELS).get(each.level, each.level)
    told = [
        f"{level} ({rules.stage(each.level)})",
        f"With {each.raised_with}" if each.raised_with else "",
        f"Resolved on {words.day(each.resolved_on)}" if each.resolved_on else "",
        each.outcome,
    ]
    return ConcernRow(
        each.id,
        each.version,
        f"{words.day(each.raised_on)}: {each.concern}",
        each.resolved_on is None,
        [part for part in told if part],
        given(NewConcern, each),
    )


def _prompts(
    session: Session,
    child_id: UUID,
    episodes: Sequence[Episode],
    reviews: Sequence[LacReview],
    asked: Sequence[ReviewAsked],
) -> list[Prompt]:
    """Return what may need a review; what was asked for since, or called off, is not asked again."""
    periods = care_periods(episodes)
    if not periods or periods[-1][1] is not None:
        return []
    since = periods[-1][0]
    told = Since(
        session.today,
        max((each.held_on for each in reviews if each.held_on >= since), default=None),
        _stretches([each for each in episodes if each.started_on >= since]),
        [each.started_on for each in queries.of_child(session, MissingPeriod, child_id)],
        _notice_on(session, child_id, episodes),
    )
    return [
        prompt
        for prompt in rules.prompts(told)
        if not any(each.reason == prompt.reason and each.asked_on >= prompt.since for each in asked)
    ]


def _stretches(episodes: Sequence[Episode]) -> list[Stretch]:
    starts = {each.id for each in placement_starts(episodes)}
    before = ["", *(each.reason_moved for each in episodes)]
    return [
        Stretch(each.started_on, each.legal_status, each.id in starts, moved)
        for each, moved in zip(episodes, before, strict=False)
    ]


def _notice_on(session: Session, child_id: UUID, episodes: Sequence[Episode]) -> date | None:
    newest = placement_starts(episodes)[-1:]
    lived = queries.of_child(session, Placement, child_id)
    return next((each.notice_on for each in lived if newest and each.episode_id == newest[0].id), None)


def _long_term(episodes: Sequence[Episode], today: date) -> str:
    starts = placement_starts(episodes)
    periods = care_periods(episodes)
    if not starts or not periods or periods[-1][1] is not None:
        return ""
    newest = starts[-1]
    return rules.LONG_TERM_WORDS if rules.is_long_term(newest.placement, newest.started_on, today) else ""


def _taking_part(rows: Sequence[LacReview]) -> str:
    part, whole = rules.share_taking_part(each.participation for each in rows)
    if not whole:
        return ""
    return f"Took part in {part} of {words.count(whole, 'review')} since the fourth birthday"
