"""What happened in a child's care, for the timeline: reviews, placements, health, court, family time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from caseapp import codes, words
from caseapp.events import CONTINUES, placement_starts, returned_on
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import family_time, health, review_rules
from caseapp.looked_after.court import HEARINGS
from caseapp.looked_after.court import KINDS as CASES
from caseapp.looked_after.records import is_within_72_hours
from db import children as queries
from db.models import (
    AdoptionDecision,
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
    Proceedings,
    ReturnTalk,
    ReviewAsked,
)
from db.store import Session

CARE, MISSING = "Care", "Missing"
_PERMANENCE = dict(lists.PERMANENCE)
_TIMES = dict(lists.TIME_KINDS)


class Happening(NamedTuple):
    """Something on a day. `kind` is Care or Missing, `id` the row's, `revision_id` its document's."""

    on: date
    kind: str
    title: str
    words: str
    id: UUID
    quote: str = ""
    revision_id: UUID | None = None


def happened(session: Session, child_id: UUID) -> list[Happening]:
    """Return what happened in a child's care, in no order, of a record that is open."""
    return [
        *_episodes(session, child_id),
        *_reviews(session, child_id),
        *_health(session, child_id),
        *_missing(session, child_id),
        *_permanence(session, child_id),
        *_court(session, child_id),
        *_family_time(session, child_id),
    ]


def _care(on: date, title: str, told: Iterable[str | None], row_id: UUID, quote: str = "") -> Happening:
    return Happening(on, CARE, title, _sentences(told), row_id, quote)


def _sentences(told: Iterable[str | None]) -> str:
    """Return parts as sentences in a line, what says nothing left out."""
    return ". ".join(part.rstrip(".") if "\n" not in part else part for part in told if part)


def _labelled(label: str, said: str | None) -> str:
    return f"{label}: {said}" if said else ""


def _day(label: str, on: date | None) -> str:
    return f"{label} {words.day(on)}" if on else ""


def _at(label: str, at: datetime | None) -> str:
    return f"{label} {words.moment(at)}" if at else ""


def _episodes(session: Session, child_id: UUID) -> list[Happening]:
    rows = queries.of_child(session, Episode, child_id, Episode.started_on)
    starts = {each.id for each in placement_starts(rows)}
    lived = {each.episode_id: each for each in queries.of_child(session, Placement, child_id)}
    found = []
    for each in rows:
        told = [f"{codes.meaning('LS', each.legal_status)}; {codes.meaning('PLACE', each.placement)}"]
        if each.id in starts and each.id in lived:
            told += _placed(lived[each.id])
        began = codes.meaning("RNE", each.reason_started)
        found.append(_care(each.started_on, began, told, each.id))
        if each.ended_on and each.reason_ended != CONTINUES:
            ended = codes.meaning("REC", each.reason_ended)
            found.append(_care(each.ended_on, "Care ended", [ended], each.id))
    notices = [each for each in lived.values() if each.notice_on]
    given = [(each.notice_on, each.id) for each in notices if each.notice_on]
    return found + [_care(on, "Notice that the placement ends", [], row_id) for on, row_id in given]


def _placed(each: Placement) -> list[str]:
    who = each.carers or each.home_name
    return [
        _labelled("With", "withheld" if each.withheld and who else who),
        "Made in an emergency" if each.emergency else "",
        _labelled("Approved by", each.approved_by),
        _day("Everybody told", each.notified_on),
    ]


def _reviews(session: Session, child_id: UUID) -> list[Happening]:
    found = []
    for each in queries.of_child(session, LacReview, child_id):
        told = [
            codes.meaning("REVIEW_CODE", each.participation),
            _labelled("Chair", each.chair),
            _labelled("Held early", review_rules.reason_words(each.reason or "")),
            _day("Reviewing officer spoke with the child", each.spoke_on),
            _day("Decisions sent", each.decisions_sent_on),
            _day("Full record sent", each.record_sent_on),
        ]
        review = _care(each.held_on, "Looked-after review", told, each.id)
        found.append(review._replace(revision_id=each.revision_id))
    for asked in queries.of_child(session, ReviewAsked, child_id):
        if reason := review_rules.reason_words(asked.reason):
            called_off = _day("Called off", asked.cancelled_on)
            found.append(
                _care(asked.asked_on, "Early review asked for", [reason, asked.words, called_off], asked.id)
            )
    return found + [
        _care(
            each.raised_on,
            "Concern of the reviewing officer",
            [each.concern, _day("Resolved", each.resolved_on), each.outcome],
            each.id,
        )
        for each in queries.of_child(session, IroConcern, child_id)
    ]


def _health(session: Session, child_id: UUID) -> list[Happening]:
    found = []
    for each in queries.of_child(session, HealthEvent, child_id):
        outcome = "" if each.outcome == "done" else health.OUTCOMES[each.outcome]
        profession = dict(health.PROFESSIONS).get(each.profession, each.profession).lower()
        by = ", ".join(part for part in (each.by_whom, profession, each.place) if part)
        current = "" if each.up_to_date is None else "Up to date" if each.up_to_date else "Not up to date"
        told = [outcome, by, current, each.words]
        event = _care(each.happened_on, health.KINDS[each.kind], told, each.id)
        found.append(event._replace(revision_id=each.revision_id))
    return found


def _missing(session: Session, child_id: UUID) -> list[Happening]:
    periods = {each.id: each for each in queries.of_child(session, MissingPeriod, child_id)}
    found = []
    for each in periods.values():
        title = "Missing" if each.kind == "M" else "Away without authorisation"
        back = returned_on(each)
        until = _at("Until", each.returned_at) or (_day("Until", back) if back else "Not yet found")
        police = [_at("Police told", each.police_told_at), _labelled("Police reference", each.police_ref)]
        told = _sentences([_at("Since", each.left_at), until, *police, each.words])
        found.append(Happening(each.started_on, MISSING, title, told, each.id))
    for talk in queries.of_child(session, ReturnTalk, child_id):
        found += _talk(talk, periods.get(talk.missing_id))
    return found


def _talk(talk: ReturnTalk, period: MissingPeriod | None) -> list[Happening]:
    if talk.held_at:
        in_time = is_within_72_hours(period, talk) if period else None
        told = [
            "" if in_time is None else "Within 72 hours" if in_time else "Later than 72 hours",
            _labelled("By", talk.held_by),
            _labelled("Why", talk.reasons),
            _labelled("Where", talk.where_been),
            _labelled("Harm", talk.harm),
            _labelled("Plan", talk.plan),
        ]
        on = words.london_day(talk.held_at)
        made = Happening(on, MISSING, "Return home interview", _sentences(told), talk.id)
        return [made._replace(revision_id=talk.revision_id)]
    if talk.refused_on:
        refused = "Return home interview refused"
        return [Happening(talk.refused_on, MISSING, refused, "", talk.id, revision_id=talk.revision_id)]
    return []


def _permanence(session: Session, child_id: UUID) -> list[Happening]:
    found = [
        _care(
            each.decided_on,
            "Plan for permanence",
            [
                _PERMANENCE.get(each.option, each.option),
                _labelled("Beside it", _PERMANENCE.get(each.second_option, each.second_option)),
                _day("Ended", each.ended_on),
                each.words,
            ],
            each.id,
        )
        for each in queries.of_child(session, PermanencePlan, child_id)
    ]
    found += [
        _care(each.decided_on, "Decision to place for adoption", [_day("Reversed", each.ended_on)], each.id)
        for each in queries.of_child(session, AdoptionDecision, child_id)
    ]
    return found + [
        _care(each.started_on, "Deprivation of liberty order", [_day("Ended", each.ended_on)], each.id)
        for each in queries.of_child(session, LibertyOrder, child_id)
    ]


def _court(session: Session, child_id: UUID) -> list[Happening]:
    found = []
    for each in queries.of_child(session, Proceedings, child_id):
        what = CASES[each.kind]
        began = "letter sent" if each.kind == "pre" else "issued"
        where = [each.court, _labelled("Case", each.number), _labelled("Guardian", each.guardian)]
        found.append(_care(each.began_on, f"{what}: {began}", where, each.id))
        if each.ended_on:
            told = [_labelled("Order", each.order_made), each.outcome]
            found.append(_care(each.ended_on, f"{what}: ended", told, each.id))
    return found + [
        _care(each.held_on, HEARINGS[each.kind], [each.directions], each.id)
        for each in queries.of_child(session, Hearing, child_id)
        if each.held_on <= session.today
    ]


def _family_time(session: Session, child_id: UUID) -> list[Happening]:
    arranged = {each.id: each for each in queries.of_child(session, FamilyTime, child_id)}
    found = [
        _care(
            each.from_on,
            f"Family time {'refused' if each.kind == 'refused' else 'arranged'}: {each.person}",
            [
                each.relationship,
                "" if each.kind == "refused" else _TIMES[each.kind],
                each.often,
                "By order of the court" if each.by_order else "",
                _day("Until", each.until_on),
            ],
            each.id,
        )
        for each in arranged.values()
    ]
    for each in queries.of_child(session, FamilyTimeHeld, child_id):
        person = arranged[each.family_time_id].person if each.family_time_id in arranged else ""
        told = [family_time.OUTCOMES[each.outcome], each.words]
        title = f"Family time: {person}" if person else "Family time"
        found.append(_care(each.happened_on, title, told, each.id, each.child_view))
    return found
