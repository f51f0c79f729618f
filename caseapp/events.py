"""What a child's file tells the clocks: rows of the record read as events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final
from uuid import UUID

from caseapp import clocks, codes, words
from caseapp.clock_counting import CutOff
from caseapp.clocks.front_rules import CHECKPOINT
from db.models import (
    AboutChild,
    Assessment,
    CaseSupervision,
    Child,
    Consent,
    Contact,
    Episode,
    Fact,
    HealthEvent,
    HelpEpisode,
    Involvement,
    LacReview,
    LeaverHome,
    LeavingEvent,
    Measure,
    MissingPeriod,
    Note,
    Placement,
    PlanApproval,
    Proceedings,
    Referral,
    ReturnTalk,
    ReviewAsked,
    Schooling,
)

SHORT_BREAKS: Final = frozenset({"V3", "V4"})  # breaks of a series: not a period of care (SSDA903 guide)
TEMPORARY: Final = frozenset({"T0", "T1", "T2", "T3", "T4"})  # the child goes back: the placement goes on
CONTINUES: Final = "X1"  # the episode ends, the care does not
WITH_PARENT: Final = "P1"
INTERIM_ORDER, CARE_ORDER = "C1", "C2"
REVIEWING_OFFICER: Final = "Independent reviewing officer"
UNKNOWN_SOURCES: Final = frozenset({"9", "10"})  # anonymous, unknown: nobody can be told (CIN census)
SERVICES: Final = "services"  # what an assessment may lead to: a child in need (section 17)
_VISITS: Final = {
    "early_help": "early_help_visit", "child_in_need": "cin_visit", "child_protection": "cp_visit",
}  # fmt: skip
_CLOSING_PLAN: Final = ("plan_type", "closing")
_SHORT_ORDERS: Final = {"L1": "police_protection", "L2": "emergency_protection", "L3": "child_assessment"}


@dataclass(frozen=True)
class Held:
    """What of a child's file starts or stops a clock."""

    episodes: Sequence[Episode] = ()  # oldest first
    reviews: Sequence[LacReview] = ()
    notes: Sequence[Note] = ()
    facts: Sequence[Fact] = ()
    helped: Sequence[HelpEpisode] = ()
    consents: Sequence[Consent] = ()
    measures: Sequence[Measure] = ()
    schools: Sequence[Schooling] = ()
    contacts: Sequence[Contact] = ()
    referrals: Sequence[Referral] = ()
    assessments: Sequence[Assessment] = ()
    cases: Sequence[CaseSupervision] = ()
    # Of children who are or were in care:
    placements: Sequence[Placement] = ()
    asked: Sequence[ReviewAsked] = ()
    health: Sequence[HealthEvent] = ()
    missing: Sequence[MissingPeriod] = ()
    talks: Sequence[ReturnTalk] = ()
    courts: Sequence[Proceedings] = ()
    involved: Sequence[Involvement] = ()
    homes: Sequence[LeaverHome] = ()
    leaving: Sequence[LeavingEvent] = ()
    approvals: Sequence[PlanApproval] = ()


FRONT_TABLES: Final[dict[str, type[AboutChild]]] = {
    "contacts": Contact, "referrals": Referral, "assessments": Assessment,
}  # fmt: skip
"""Where the rows of the front door are, by their names in `Held`."""
FRONT_CLOCKS: Final = frozenset({"F1", "F2", "F3", "A1", "A2", "A3"})
"""The clocks that run for a closed case too."""
CASE_TABLES: Final[dict[str, type[AboutChild]]] = {"cases": CaseSupervision}
"""Where it is said when a child was talked about, by its name in `Held`."""
CARE_TABLES: Final[dict[str, type[AboutChild]]] = {
    "placements": Placement, "asked": ReviewAsked, "health": HealthEvent, "missing": MissingPeriod,
    "talks": ReturnTalk, "courts": Proceedings, "involved": Involvement, "homes": LeaverHome,
    "leaving": LeavingEvent, "approvals": PlanApproval,
}  # fmt: skip
"""Where the rows of care are, by their names in `Held`: read only for a child with an episode."""


def care_periods(episodes: Sequence[Episode]) -> list[tuple[date, date | None]]:
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


def placement_starts(episodes: Sequence[Episode]) -> list[Episode]:
    """Return the episodes with which a placement begins. Going back after a temporary move begins none.

    A carer who moves house is the same placement (RNE T, U): the year of visits runs on.
    """
    found: list[Episode] = []
    before: Episode | None = None
    for episode in sorted(episodes, key=lambda each: each.started_on):
        if episode.legal_status in SHORT_BREAKS or episode.placement in TEMPORARY:
            continue
        if before is None or episode.reason_started == "S" or _is_elsewhere(before, episode):
            found.append(episode)
        before = episode
    return found


def _is_elsewhere(before: Episode, after: Episode) -> bool:
    if after.reason_started in ("T", "U") and before.ended_on == after.started_on:
        return False
    return (before.placement, before.placement_postcode) != (after.placement, after.placement_postcode)


def events_of(child: Child, held: Held, cut_off: CutOff | None = None) -> list[clocks.Event]:
    """Return everything that starts or stops a clock for a child; late receipt counts as the area has it."""
    found = [*_care(held), *_placements(held), *_notes(child, held), *_facts(held), *_help(held)]
    found += [*_schools(held), *_measures(held), *_health(held), *_missing(held), *_courts(held)]
    found += [*_leaving(held), *_front_door(held, cut_off), clocks.Event("case_opened", child.opened_on)]
    found += [clocks.Event("case_supervision", each.happened_on) for each in held.cases]
    if child.closed_on:
        found.append(clocks.Event("early_help_closed", child.closed_on))
    return found


def _care(held: Held) -> Iterator[clocks.Event]:
    for start, end in care_periods(held.episodes):
        yield clocks.Event("looked_after", start)
        yield clocks.Event("early_help_closed", start)  # stepped up: the care plan takes over
        if end:
            yield clocks.Event("care_ended", end)
    for episode in held.episodes:
        if kind := _SHORT_ORDERS.get(episode.legal_status):
            yield clocks.Event(kind, episode.started_on)
            if episode.ended_on:
                yield clocks.Event(f"{kind}_ended", episode.ended_on)
    for review in held.reviews:
        yield clocks.Event("lac_review", review.held_on)
        if review.decisions_sent_on:
            yield clocks.Event("decisions_sent", review.decisions_sent_on)
        if review.record_sent_on:
            yield clocks.Event("record_sent", review.record_sent_on)
    for asked in held.asked:
        if asked.reason != "timetable" and not asked.cancelled_on:
            yield clocks.Event("review_asked", asked.asked_on)
    named = [each for each in held.involved if each.role == REVIEWING_OFFICER]
    began = min((start for start, _ in care_periods(held.episodes)), default=None)
    for officer in named:
        if on := officer.from_on or began:
            yield clocks.Event("iro_named", on)


def _placements(held: Held) -> Iterator[clocks.Event]:
    lived = {each.episode_id: each for each in held.placements}
    starts = placement_starts(held.episodes)
    for number, episode in enumerate(starts):
        on = episode.started_on
        yield clocks.Event("placement_started", on)
        until = starts[number + 1].started_on if number + 1 < len(starts) else None
        yield from _with_parent(held, episode, until)
        if placement := lived.get(episode.id):
            yield from _agreed(placement, on)
            if placement.ended_without_notice and (ended := until or _ended_on(held)):
                yield clocks.Event("placement_ended", ended)


def _with_parent(held: Held, first: Episode, until: date | None) -> Iterator[clocks.Event]:
    """A child with a parent under an order has visits of its own (reg 28(4) and (5))."""
    if first.placement != WITH_PARENT:
        return
    for each in held.episodes:
        if each.started_on < first.started_on or (until and each.started_on >= until):
            continue
        if each.legal_status == INTERIM_ORDER:
            yield clocks.Event("interim_order_with_parent", each.started_on)
        if each.legal_status == CARE_ORDER:
            yield clocks.Event("care_order_with_parent", each.started_on)


def _agreed(placement: Placement, started_on: date) -> Iterator[clocks.Event]:
    flags = {
        "placed_before_assessment": placement.before_assessment,
        "temporary_approval": placement.temporary_approval,
        "arrangement_started": placement.other_body,
    }
    days = {
        "placement_notified": placement.notified_on,
        "written_notice": placement.notice_on,
        "placed_to_18": placement.to_18_from,
        "six_monthly_agreed": placement.six_monthly_from,
    }
    yield from (clocks.Event(kind, started_on) for kind, holds in flags.items() if holds)
    yield from (clocks.Event(kind, on) for kind, on in days.items() if on)


def _ended_on(held: Held) -> date | None:
    periods = care_periods(held.episodes)
    return periods[-1][1] if periods else None


def _notes(child: Child, held: Held) -> Iterator[clocks.Event]:
    for note in held.notes:
        yield from (clocks.Event(kind, note.happened_on) for kind in _note_events(child, note))


def _note_events(child: Child, note: Note) -> list[str]:
    if note.kind == "visit":
        kinds = ["visit"] if note.seen else []
    else:
        kinds = [codes.NOTE_EVENTS[note.kind]] if note.kind in codes.NOTE_EVENTS else []
    if "visit" in kinds and (kind := _VISITS.get(child.status)):
        kinds.append(kind)
    if child.status == "child_in_need" and note.kind in ("meeting", "taf"):
        kinds.append("cin_meeting")
    if child.status == "care_leaver":
        # Attempts do not stop this clock (Care Leavers Regulations 2010 reg 8)
        if note.seen or note.kind in ("call", "meeting", "message"):
            kinds.append("pa_contact")
        if "visit" in kinds and note.where_seen in (None, "home"):
            kinds.append("pa_visit")
    return kinds


def _facts(held: Held) -> Iterator[clocks.Event]:
    for fact in held.facts:
        if fact.is_event and fact.day:
            yield clocks.Event(fact.field, fact.day)
    closing = {each.revision_id for each in held.facts if (each.field, each.code) == _CLOSING_PLAN}
    for each in held.approvals:
        if each.kind == "approved":
            yield clocks.Event("pathway_approved", each.happened_on)
            if each.revision_id in closing:
                yield clocks.Event("pathway_closed", each.happened_on)


def _help(held: Held) -> Iterator[clocks.Event]:
    for episode in held.helped:
        if episode.closed_on:
            yield clocks.Event("early_help_closed", episode.closed_on)
    for each in held.consents:
        if "start" in each.purposes and (each.decision in ("given", "limits") or each.overridden):
            yield clocks.Event("early_help_consent", each.happened_on)


def _schools(held: Held) -> Iterator[clocks.Event]:
    began = sorted((each.from_on, each.school_id) for each in held.schools if each.from_on)
    for (_, before), (on, school) in pairwise(began):
        if school != before:
            yield clocks.Event("school_changed", on)


def _measures(held: Held) -> Iterator[clocks.Event]:
    replaced = {each.replaces_id for each in held.measures}
    for each in held.measures:
        if each.tool == "sdq" and each.id not in replaced:
            yield clocks.Event("sdq", each.happened_on)


def _health(held: Held) -> Iterator[clocks.Event]:
    """A refusal is no assessment, so the clock goes on; it stands on the page with its date."""
    kinds = {"initial": "health_assessment", "review": "health_assessment", "dental": "dental_check"}
    for each in held.health:
        if each.outcome == "done" and (kind := kinds.get(each.kind)):
            yield clocks.Event(kind, each.happened_on)


def _missing(held: Held) -> Iterator[clocks.Event]:
    talks = {each.missing_id: each for each in held.talks}
    for period in held.missing:
        if returned := returned_on(period):
            yield clocks.Event("returned_from_missing", returned)
        if talk := talks.get(period.id):
            if talk.held_at:
                yield clocks.Event("return_interview", words.london_day(talk.held_at))
            elif talk.refused_on:
                yield clocks.Event("return_interview", talk.refused_on)


def returned_on(period: MissingPeriod) -> date | None:
    """Return the day on which a child came back."""
    if period.returned_at:
        return words.london_day(period.returned_at)
    return period.ended_on


def _courts(held: Held) -> Iterator[clocks.Event]:
    for each in held.courts:
        begins, ends = {
            "pre": ("pre_proceedings_letter", "pre_proceedings_ended"),
            "care": ("court_application", "final_order"),
            "supervision": ("court_application", "final_order"),  # section 32 is about both
        }.get(each.kind, ("", ""))
        if begins:
            yield clocks.Event(begins, each.began_on)
            if each.ended_on:
                yield clocks.Event(ends, each.ended_on)


def _leaving(held: Held) -> Iterator[clocks.Event]:
    for home in held.homes:
        if home.provided:
            yield clocks.Event("leaving_accommodation", home.from_on)
            if home.until_on:
                yield clocks.Event("leaving_accommodation_ended", home.until_on)
    kinds = {
        "offer_after_21": "offer_after_21", "birthday_prepared": "birthday_prepared",
        "education_asked": "education_asked", "adviser_asked": "adviser_asked",
        "review_asked": "pathway_review_asked",
    }  # fmt: skip
    for each in held.leaving:
        if kind := kinds.get(each.kind):
            yield clocks.Event(kind, each.from_on)


def _front_door(held: Held, cut_off: CutOff | None) -> Iterator[clocks.Event]:
    received_on = cut_off.day_of if cut_off else words.london_day
    for contact in held.contacts:
        about, day = contact.id.hex, received_on(contact.received_at)
        yield clocks.Event("contact", day, about)
        if contact.duplicate_of_id:
            yield clocks.Event("contact_void", day, about)
        elif contact.decided_at:
            yield clocks.Event("contact_outcome", max(day, words.london_day(contact.decided_at)), about)
    for referral in held.referrals:
        about, day = referral.id.hex, received_on(referral.received_at)
        yield clocks.Event("referral", day, about)
        if referral.decided_at:
            yield clocks.Event("referral_decision", max(day, words.london_day(referral.decided_at)), about)
        if referral.source in UNKNOWN_SOURCES:
            yield clocks.Event("referrer_unknown", day, about)
        elif referral.told_referrer_at:
            yield clocks.Event("referrer_told", max(day, words.london_day(referral.told_referrer_at)), about)
    for each in held.assessments:
        yield from _assessment(each)
        if SERVICES in each.outcomes and each.authorised_on:
            yield clocks.Event("cin_plan_decided", each.authorised_on)


def _assessment(each: Assessment) -> Iterator[clocks.Event]:
    days = {
        "referral": each.referred_on, "assessment_started": each.started_on, "assessment_visit": each.seen_on,
        "manager_checkpoint": each.checked_on, "assessment_authorised": each.authorised_on,
        "assessment_abandoned": each.abandoned_on,
    }  # fmt: skip
    if each.checkpoint_on:
        days[f"{CHECKPOINT}CD+{(each.checkpoint_on - each.referred_on).days}"] = each.referred_on
    yield from (clocks.Event(kind, day, each.id.hex) for kind, day in days.items() if day)


def approved_plans(held: Held) -> set[UUID]:
    """Return the versions that a manager approved."""
    return {each.revision_id for each in held.approvals if each.kind == "approved"}
