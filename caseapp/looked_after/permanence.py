"""Where a child is to grow up, as the record holds it: plans, adoption, orders, and what the return asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import ages, care_record, clocks, codes, holidays, typed_rows, words
from caseapp.events import care_periods
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import new_rows as new
from caseapp.looked_after.court import CaseRow, cases
from caseapp.looked_after.short_breaks import BreaksView, breaks_view
from caseapp.looked_after.shown import Flag, Shown, labelled, span, told
from caseapp.looked_after.timing import given
from caseapp.typed_rows import refuse_unless
from db import children as queries
from db.children import child_of
from db.models import (
    Adoption,
    AdoptionDecision,
    Child,
    Episode,
    LacReview,
    LibertyOrder,
    PermanencePlan,
    PreviousPermanence,
    Uasc,
    WorkerSpell,
)
from db.store import Session

_OPTIONS: Final = dict(lists.PERMANENCE)
_ADOPTED: Final = frozenset({"E11", "E12"})
_PLACEMENT_ORDER: Final = "E1"
_SECOND: Final = 2
_ADULT: Final = 18


class Unaccompanied(NamedTuple):
    """A child who came to the country alone to ask for asylum, and until when that counts."""

    id: UUID
    version: int
    ended_on: date | None


class PermanenceView(NamedTuple):
    """Everything of permanence and court, the newest first."""

    plans: list[Shown]
    by_second_review: Flag | None
    cases: list[CaseRow]
    adoption: Shown | None
    adoption_flags: tuple[Flag, ...]
    decisions: list[Shown]
    previous: Shown | None
    orders: list[Shown]
    workers: list[Shown]
    unaccompanied: Unaccompanied | None
    breaks: BreaksView | None


def view(session: Session, child_id: UUID) -> PermanenceView:
    """Return permanence and court of a child whose record is open. Raises NotFound."""
    child = child_of(session, child_id)
    episodes = queries.of_child(session, Episode, child_id, Episode.started_on)
    made = queries.of_child(session, PermanencePlan, child_id, PermanencePlan.decided_on)
    adoptions = queries.of_child(session, Adoption, child_id)
    decided = queries.of_child(session, AdoptionDecision, child_id, AdoptionDecision.decided_on)
    before = queries.of_child(session, PreviousPermanence, child_id)
    orders = queries.of_child(session, LibertyOrder, child_id, LibertyOrder.started_on)
    spells = queries.of_child(session, WorkerSpell, child_id, WorkerSpell.started_on)
    alone = queries.of_child(session, Uasc, child_id)
    return PermanenceView(
        [_plan(each) for each in made[::-1]],
        _by_second_review(session, child, episodes, made),
        cases(session, child_id),
        _adoption(adoptions[0]) if adoptions else None,
        _adoption_flags(episodes, adoptions, decided),
        [_decision(each) for each in decided[::-1]],
        _previous(before[0]) if before else None,
        [_order(each) for each in orders[::-1]],
        [_spell(each) for each in spells[::-1]],
        Unaccompanied(alone[0].id, alone[0].version, alone[0].ended_on) if alone else None,
        breaks_view(episodes, session.today),
    )


def agreed_by_second_review(
    reviews: Sequence[date], decided: Sequence[date], second_by: date | None
) -> Flag | None:
    """Return whether a plan for permanence was agreed by the second review of a period of care.

    `reviews` and `decided` are the period's days, the oldest first; `second_by`: by when the second review is
    due while it has not been held. Source: statutory guidance to the Care Planning Regulations 2010.
    """
    first = decided[0] if decided else None
    if len(reviews) < _SECOND:
        if first:
            return Flag("Agreed before the second review", "on_track")
        return (
            Flag(f"To be agreed by the second review, due by {words.day(second_by)}", "info")
            if (second_by)
            else None
        )
    second = reviews[_SECOND - 1]
    if first and first <= second:
        return Flag(f"Agreed by the second review of {words.day(second)}", "on_track")
    if first:
        return Flag(
            f"Agreed on {words.day(first)}, after the second review of {words.day(second)}", "warning"
        )
    return Flag(f"Not agreed by the second review of {words.day(second)}", "overdue")


def _by_second_review(
    session: Session, child: Child, episodes: Sequence[Episode], made: Sequence[PermanencePlan]
) -> Flag | None:
    periods = care_periods(episodes)
    if not periods:
        return None
    start, end = periods[-1]
    last = end or session.today
    held = sorted(each.held_on for each in queries.of_child(session, LacReview, child.id))
    reviews = [each for each in held if start < each <= last]
    calendar = holidays.calendar(session)
    second_by = None
    if end is None:
        second_by = (
            clocks.due_on("M+3", reviews[0], calendar)
            if reviews
            else clocks.provisional_second_review(start, calendar)
        )
    decided = [each.decided_on for each in made if start <= each.decided_on <= last]
    return agreed_by_second_review(reviews, decided, second_by)


def _plan(each: PermanencePlan) -> Shown:
    together = {True: "Brothers and sisters together", False: "Brothers and sisters apart", None: ""}
    ended = labelled("Ended", words.day(each.ended_on)) if each.ended_on else ""
    second = _OPTIONS.get(each.second_option, each.second_option)
    return Shown(
        each.id,
        each.version,
        given(new.NewPermanence, each),
        _OPTIONS.get(each.option, each.option),
        told(
            f"Decided on {words.day(each.decided_on)}",
            labelled("Beside it", second),
            together[each.siblings_together],
            ended,
            each.words,
        ),
        () if each.ended_on or not second else (Flag("Twin track", "info"),),
    )


def _adoption(each: Adoption) -> Shown:
    carer = {True: "By a former foster carer", False: "Not by a former foster carer", None: ""}
    adopters = [
        codes.meaning("SEX_ADOPTR", each.adopters_sex) if each.adopters_sex else "",
        codes.meaning("LS_ADOPTR", each.adopters_legal_status) if each.adopters_legal_status else "",
    ]
    return Shown(
        each.id,
        each.version,
        given(new.NewAdoption, each),
        "Adoption",
        told(
            labelled("Best interest decision", words.day(each.decided_on) if each.decided_on else ""),
            labelled("Matched", words.day(each.matched_on) if each.matched_on else ""),
            carer[each.by_foster_carer],
            labelled("Adopters", str(each.adopters) if each.adopters else ""),
            "; ".join(part for part in adopters if part),
        ),
    )


def _adoption_flags(
    episodes: Sequence[Episode], adoptions: Sequence[Adoption], decided: Sequence[AdoptionDecision]
) -> tuple[Flag, ...]:
    flags = []
    if any(each.reason_ended in _ADOPTED for each in episodes) and not any(map(_is_whole, adoptions)):
        flags.append(Flag("Adopted: the return wants all of this", "warning"))
    ordered = [each.started_on for each in episodes if each.legal_status == _PLACEMENT_ORDER]
    if ordered and not any(each.decided_on <= min(ordered) for each in decided):
        flags.append(Flag("A placement order needs a decision before it", "warning"))
    return tuple(flags)


def _is_whole(each: Adoption) -> bool:
    needed = (each.decided_on, each.matched_on, each.adopters)
    texts = (each.adopters_sex, each.adopters_legal_status)
    return all(needed) and all(texts) and each.by_foster_carer is not None


def _decision(each: AdoptionDecision) -> Shown:
    reason = codes.meaning("REASON_PLACED_CEASED", each.reason_ended) if each.reason_ended else ""
    ended = f"Reversed on {words.day(each.ended_on)}" if each.ended_on else ""
    return Shown(
        each.id,
        each.version,
        given(new.NewAdoptionDecision, each),
        f"To be placed for adoption, {words.day(each.decided_on)}",
        told(ended, reason),
        (Flag("Reversed", "neutral"),) if each.ended_on else (Flag("Stands", "info"),),
    )


def _previous(each: PreviousPermanence) -> Shown:
    return Shown(
        each.id,
        each.version,
        given(new.NewPreviousPermanence, each),
        codes.meaning("PREV_PERM", each.kind),
        told(labelled("Council", each.authority), labelled("Order made", each.was_on)),
    )


def _order(each: LibertyOrder) -> Shown:
    return Shown(
        each.id,
        each.version,
        given(new.NewLibertyOrder, each),
        "Deprivation of liberty order",
        (span(each.started_on, each.ended_on),),
        () if each.ended_on else (Flag("In force", "warning"),),
    )


def _spell(each: WorkerSpell) -> Shown:
    reason = codes.meaning("SW_REASON", each.reason) if each.reason else ""
    return Shown(
        each.id,
        each.version,
        given(new.NewWorkerSpell, each),
        each.source_ref,
        told(span(each.started_on, each.ended_on), reason),
    )


def note_unaccompanied(session: Session, child_id: UUID, ended_on: date | None) -> None:
    """Note that a child came alone to ask for asylum, and until when that counts. Raises Problem.

    The status ends with the 18th birthday at the latest (SSDA903 rule 392).
    """
    child = child_of(session, child_id)
    adult_on = ages.birthday(child.born_on, _ADULT) if child.born_on else None
    refuse_unless(
        not ended_on or not adult_on or ended_on <= adult_on,
        f"It ends with the 18th birthday, {words.day(adult_on) if adult_on else ''}, at the latest.",
    )
    care_record.set_unaccompanied(session, child_id, ended_on)


def take_off_unaccompanied(session: Session, row_id: UUID, opened: int, reason: str) -> None:
    """Take the note off the record that was made by mistake. Raises Stale, Problem or NotFound."""
    typed_rows.remove(session, Uasc, row_id, opened, reason)
