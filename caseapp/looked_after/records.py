"""Rows of the care record beside its episodes: what must hold of each before it is kept.

Sources: the Care Planning, Placement and Case Review (England) Regulations 2010; the SSDA903 guide.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from caseapp import ages, clocks, typed_rows, words
from caseapp.events import care_periods, placement_starts
from caseapp.looked_after import new_rows as new
from caseapp.typed_rows import (
    Kind,
    Kinds,
    check_after_birth,
    check_code,
    check_one_of,
    check_order,
    check_past,
    check_past_moments,
    refuse_unless,
    typed,
)
from db import children as queries
from db.models import (
    APPROVALS,
    CONCERN_LEVELS,
    HEALTH_KINDS,
    HEALTH_OUTCOMES,
    HEARINGS,
    PERMANENCE_OPTIONS,
    PROCEEDINGS,
    REVIEW_REASONS,
    TIME_KINDS,
    TIME_OUTCOMES,
    AboutChild,
    Adoption,
    AdoptionDecision,
    Child,
    Episode,
    FamilyTime,
    FamilyTimeHeld,
    HealthEvent,
    Hearing,
    IroConcern,
    LacReview,
    LibertyOrder,
    MissingPeriod,
    PermanencePlan,
    Placement,
    PreviousPermanence,
    Proceedings,
    ReturnTalk,
    ReviewAsked,
    WorkerSpell,
)
from db.store import Session

YOUNGEST_WITH_A_VIEW: Final = 4  # below it participation is PN0, from it never (SSDA903 guide)
_MOST_MILES: Final = 9_999  # tenths


def add(session: Session, child_id: UUID, typed_in: Any) -> UUID:
    """Add any of the rows of `new_rows`, checked by itself. Raises Problem or NotFound."""
    return typed_rows.add(session, KINDS, child_id, typed_in)


def change(session: Session, row_id: UUID, opened: int, typed_in: Any) -> None:
    """Put other values into a row that was opened at a version. Raises Stale, Problem or NotFound."""
    typed_rows.change(session, KINDS, row_id, opened, typed_in)


def remove(session: Session, kind: type[Any], row_id: UUID, opened: int, reason: str) -> None:
    """Take a row off the record that was entered by mistake. `kind` is one of `new_rows`."""
    typed_rows.remove(session, KINDS[kind].table, row_id, opened, reason)


def lawful_participation(born_on: date | None, held_on: date, code: str) -> str:
    """Return what is wrong with how a child took part, or nothing: PN0 is for under-fours only."""
    if not code or born_on is None:
        return ""
    young = ages.age(born_on, held_on) < YOUNGEST_WITH_A_VIEW
    if young == (code == "PN0"):
        return ""
    return (
        "A child under four has PN0 (under 4 at the review)."
        if young
        else "PN0 is for a child under four. Say how this child took part."
    )


def _placement(session: Session, child: Child, made: new.NewPlacement, there: Any) -> dict[str, Any]:
    episodes = queries.of_child(session, Episode, child.id, Episode.started_on)
    first = next((each for each in placement_starts(episodes) if each.id == made.episode_id), None)
    refuse_unless(first is not None, "A placement begins with the episode in which the child moved there.")
    kept = [
        each
        for each in queries.of_child(session, Placement, child.id)
        if each.id != getattr(there, "id", None)
    ]
    refuse_unless(
        all(each.episode_id != made.episode_id for each in kept),
        "What was agreed about this placement is on record already. Change that.",
    )
    check_one_of(made.approval, APPROVALS, "an approval")
    refuse_unless(not made.approval or bool(made.approved_by.strip()), "Say who approved the placement.")
    refuse_unless(
        made.distance is None or 0 <= made.distance <= _MOST_MILES,
        "A distance is 0 to 999.9 miles.",
    )
    check_past(session, made.approved_on, made.notified_on, made.notice_on)
    return typed(made, ("words", "lines", "notified"))


def _review(session: Session, child: Child, made: new.NewReview, there: Any) -> dict[str, Any]:
    check_past(session, made.held_on, made.spoke_on, made.decisions_sent_on, made.record_sent_on)
    check_after_birth(child, made.held_on)
    if made.participation:
        check_code("REVIEW_CODE", made.participation, "a way of taking part")
    if wrong := lawful_participation(child.born_on, made.held_on, made.participation):
        refuse_unless(False, wrong)
    others = queries.of_child(session, LacReview, child.id)
    refuse_unless(
        all(each.held_on != made.held_on for each in others if each is not there),
        f"A review on {words.day(made.held_on)} is there already.",
    )
    episodes = queries.of_child(session, Episode, child.id, Episode.started_on)
    if episodes and all(each.legal_status in ("V3", "V4") for each in episodes):
        refuse_unless(False, "Short breaks have no reviews in the return.")
    if made.reason:
        check_one_of(made.reason, REVIEW_REASONS, "a reason")
    check_order(made.held_on, made.decisions_sent_on, "be told of before it is held")
    check_order(made.held_on, made.record_sent_on, "be told of before it is held")
    return typed(made)


def _review_asked(session: Session, child: Child, made: new.NewReviewAsked, there: Any) -> dict[str, Any]:
    check_one_of(made.reason, REVIEW_REASONS, "a reason")
    check_past(session, made.asked_on, made.cancelled_on, made.invited_on, made.report_on)
    refuse_unless(
        made.reason != "timetable" or made.planned_on is not None, "Say on which day the review is planned."
    )
    check_order(made.asked_on, made.cancelled_on, "be called off before it was asked for")
    return typed(made)


def _concern(session: Session, child: Child, made: new.NewConcern, there: Any) -> dict[str, Any]:
    check_one_of(made.level, CONCERN_LEVELS, "a level")
    check_past(session, made.raised_on, made.resolved_on)
    check_order(made.raised_on, made.resolved_on, "be resolved before it was raised")
    refuse_unless(bool(made.concern.strip()), "Say what the concern is.")
    return typed(made, ("concern", "outcome"))


def _health(session: Session, child: Child, made: new.NewHealth, there: Any) -> dict[str, Any]:
    check_one_of(made.kind, HEALTH_KINDS, "a kind of check")
    check_one_of(made.outcome, HEALTH_OUTCOMES, "an outcome")
    check_past(session, made.happened_on, made.report_on)
    check_after_birth(child, made.happened_on)
    return typed(made)


def _missing(session: Session, child: Child, made: new.NewMissing, there: Any) -> dict[str, Any]:
    check_code("MISSING", made.kind, "a kind of absence")
    check_past_moments(made.left_at, made.returned_at, made.police_told_at)
    started, ended = made.started_on, made.ended_on
    if made.left_at:
        started = words.london_day(made.left_at)
    if made.returned_at:
        ended = words.london_day(made.returned_at)
        refuse_unless(not made.left_at or made.left_at <= made.returned_at, "The return is before the going.")
    check_past(session, started, ended)
    check_order(started, ended)
    refuse_unless(
        not _is_before(made.police_told_at, made.left_at, started),
        "The police were told before the child left or was last seen. Check both times.",
    )
    _check_in_care(session, child, started)
    others = [each for each in queries.of_child(session, MissingPeriod, child.id) if each is not there]
    for each in others:
        over = (each.ended_on or date.max) > started and (ended or date.max) > each.started_on
        same = each.started_on == started and each.kind == made.kind
        refuse_unless(
            not over and not same,
            f"It overlaps with the time that began on {words.day(each.started_on)}.",
        )
    return typed(replace(made, started_on=started, ended_on=ended))


def _is_before(at: datetime | None, left_at: datetime | None, left_on: date) -> bool:
    """Return whether a moment is before the going, of which only the day may be known."""
    if at is None:
        return False
    return at < left_at if left_at else words.london_day(at) < left_on


def _check_in_care(session: Session, child: Child, day: date) -> None:
    periods = care_periods(queries.of_child(session, Episode, child.id, Episode.started_on))
    held = any(start <= day and (end is None or day <= end) for start, end in periods)
    refuse_unless(held or not periods, f"The child was not in care on {words.day(day)}.")


def _talk(session: Session, child: Child, made: new.NewTalk, there: Any) -> dict[str, Any]:
    period = session.get(MissingPeriod, made.missing_id)
    refuse_unless(period is not None and period.child_id == child.id, "There is no such time missing.")
    check_past_moments(made.offered_at, made.held_at)
    check_past(session, made.refused_on)
    refuse_unless(
        made.held_at is None or made.accepted is not False, "It was refused, so it cannot have been held."
    )
    refuse_unless(made.held_at is None or bool(made.held_by.strip()), "Say who held the interview.")
    others = queries.of_child(session, ReturnTalk, child.id)
    refuse_unless(
        all(each.missing_id != made.missing_id for each in others if each is not there),
        "The interview after this time missing is on record already. Change that.",
    )
    return typed(made, ("reasons", "where_been", "with_whom", "harm", "push_pull", "plan"))


def interview_due_at(period: MissingPeriod) -> datetime | None:
    """Return by when the interview is due: 72 hours after the return; from 23:59 where no time is known.

    Source: statutory guidance on children who run away or go missing from care, 2014.
    """
    returned = period.returned_at
    if returned is None:
        if period.ended_on is None:
            return None
        returned = datetime.combine(period.ended_on, datetime.max.time(), words.LONDON).replace(
            second=0, microsecond=0
        )
    return clocks.due_at("H+72", returned)


def is_within_72_hours(period: MissingPeriod, talk: ReturnTalk) -> bool | None:
    """Return whether the interview was in time; None while there is none."""
    due = interview_due_at(period)
    return None if due is None or talk.held_at is None else talk.held_at <= due


def _permanence(session: Session, child: Child, made: new.NewPermanence, there: Any) -> dict[str, Any]:
    check_one_of(made.option, PERMANENCE_OPTIONS, "an option")
    check_one_of(made.second_option, ("", *PERMANENCE_OPTIONS), "an option")
    refuse_unless(made.option != made.second_option, "The second option is the same as the first.")
    check_past(session, made.decided_on, made.ended_on)
    check_order(made.decided_on, made.ended_on)
    return typed(made)


def _proceedings(session: Session, child: Child, made: new.NewProceedings, there: Any) -> dict[str, Any]:
    check_one_of(made.kind, PROCEEDINGS, "a kind of case")
    check_past(session, made.began_on, made.ended_on)
    check_order(made.began_on, made.ended_on)
    refuse_unless(
        made.extended_to is None or bool(made.extended_because.strip()),
        "Say why the time was extended.",
    )
    check_order(made.began_on, made.extended_to, "be extended to a day before it began")
    return typed(made, ("outcome", "extended_because"))


def _hearing(session: Session, child: Child, made: new.NewHearing, there: Any) -> dict[str, Any]:
    case = session.get(Proceedings, made.proceedings_id)
    if case is None or case.child_id != child.id:
        refuse_unless(False, "There is no such case.")
    else:
        check_order(case.began_on, made.held_on, "come before the case began")
    check_one_of(made.kind, HEARINGS, "a kind of hearing")
    return typed(made, ("directions",))


def _family_time(session: Session, child: Child, made: new.NewFamilyTime, there: Any) -> dict[str, Any]:
    check_one_of(made.kind, TIME_KINDS, "a way of meeting")
    refuse_unless(bool(made.person.strip()), "Say with whom.")
    check_order(made.from_on, made.until_on)
    return typed(made, ("risks",))


def needs_an_order(arranged: FamilyTime, today: date) -> bool:
    """Return whether contact has been refused for over seven days without an order (CA 1989 s34(6))."""
    until = min(arranged.until_on or today, today)
    return (
        arranged.kind == "refused" and not arranged.by_order and until - arranged.from_on > timedelta(days=7)
    )


def _time_held(session: Session, child: Child, made: new.NewTimeHeld, there: Any) -> dict[str, Any]:
    arranged = session.get(FamilyTime, made.family_time_id)
    refuse_unless(arranged is not None and arranged.child_id == child.id, "There is no such arrangement.")
    check_one_of(made.outcome, TIME_OUTCOMES, "an outcome")
    check_past(session, made.happened_on)
    return typed(made, ("words", "child_view"))


def _liberty_order(session: Session, child: Child, made: new.NewLibertyOrder, there: Any) -> dict[str, Any]:
    check_order(made.started_on, made.ended_on)
    check_past(session, made.started_on)
    _refuse_second(session, LibertyOrder, child, there, started_on=made.started_on)
    return typed(made)


def _adoption(session: Session, child: Child, made: new.NewAdoption, there: Any) -> dict[str, Any]:
    check_past(session, made.decided_on, made.matched_on)
    check_order(made.decided_on, made.matched_on, "be matched before it was decided")
    refuse_unless(made.adopters in (None, 1, 2), "There are one or two adopters.")
    if made.adopters_sex:
        check_code("SEX_ADOPTR", made.adopters_sex, "a sex of adopters")
    if made.adopters_legal_status:
        check_code("LS_ADOPTR", made.adopters_legal_status, "a legal status of adopters")
    _refuse_second(session, Adoption, child, there)
    return typed(made)


def _adoption_decision(
    session: Session, child: Child, made: new.NewAdoptionDecision, there: Any
) -> dict[str, Any]:
    check_past(session, made.decided_on, made.ended_on)
    check_order(made.decided_on, made.ended_on, "be reversed before it was made")
    refuse_unless(
        (made.ended_on is None) == (not made.reason_ended),
        "An ended decision has a day and a reason.",
    )
    if made.reason_ended:
        check_code("REASON_PLACED_CEASED", made.reason_ended, "a reason")
    _refuse_second(session, AdoptionDecision, child, there, decided_on=made.decided_on)
    return typed(made)


def _previous(session: Session, child: Child, made: new.NewPreviousPermanence, there: Any) -> dict[str, Any]:
    check_code("PREV_PERM", made.kind, "an answer")
    whole = bool(made.authority.strip()) and bool(made.was_on.strip())
    refuse_unless(
        made.kind == "Z1" or whole,
        "Give the council and the day of that home; ZZ for what is not known.",
    )
    _refuse_second(session, PreviousPermanence, child, there)
    return typed(made)


def _worker_spell(session: Session, child: Child, made: new.NewWorkerSpell, there: Any) -> dict[str, Any]:
    ref = made.source_ref.strip().upper()
    refuse_unless(
        re.fullmatch(r"(SW|XX)[A-Z0-9]{1,10}", ref) is not None,
        "A social worker’s id begins with SW (or XX where there is none yet) and goes on with numbers.",
    )
    check_past(session, made.started_on, made.ended_on)
    check_order(made.started_on, made.ended_on)
    check_code("SW_REASON", made.reason, "a reason for the change")
    for each in queries.of_child(session, WorkerSpell, child.id):
        over = (each.ended_on or date.max) > made.started_on and (made.ended_on or date.max) > each.started_on
        refuse_unless(
            each is there or not over,
            f"It overlaps with that from {words.day(each.started_on)}.",
        )
    return typed(replace(made, source_ref=ref))


def _refuse_second(session: Session, table: type[AboutChild], child: Child, there: Any, **same: Any) -> None:
    for each in queries.of_child(session, table, child.id):
        alike = all(getattr(each, name) == value for name, value in same.items())
        refuse_unless(each is there or not alike, "That is on record already. Change that.")


KINDS: Final[Kinds] = {
    new.NewPlacement: Kind(Placement, _placement),
    new.NewReview: Kind(LacReview, _review),
    new.NewReviewAsked: Kind(ReviewAsked, _review_asked),
    new.NewConcern: Kind(IroConcern, _concern),
    new.NewHealth: Kind(HealthEvent, _health),
    new.NewMissing: Kind(MissingPeriod, _missing),
    new.NewTalk: Kind(ReturnTalk, _talk),
    new.NewPermanence: Kind(PermanencePlan, _permanence),
    new.NewProceedings: Kind(Proceedings, _proceedings),
    new.NewHearing: Kind(Hearing, _hearing),
    new.NewFamilyTime: Kind(FamilyTime, _family_time),
    new.NewTimeHeld: Kind(FamilyTimeHeld, _time_held),
    new.NewLibertyOrder: Kind(LibertyOrder, _liberty_order),
    new.NewAdoption: Kind(Adoption, _adoption),
    new.NewAdoptionDecision: Kind(AdoptionDecision, _adoption_decision),
    new.NewPreviousPermanence: Kind(PreviousPermanence, _previous),
    new.NewWorkerSpell: Kind(WorkerSpell, _worker_spell),
}
