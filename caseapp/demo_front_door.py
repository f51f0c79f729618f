"""The demo's front door: some weeks of contacts about children who were not known, decided and undecided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import calendars, words
from caseapp.children import NewChild
from caseapp.demo_lives import at
from caseapp.front_door import assessments, contacts, referrals
from caseapp.front_door.new_rows import ContactDecision, Findings, NewContact, ReferralDecision
from db import children as queries
from db.models import Assessment, Contact, Referral
from db.roles import Actor
from db.store import Session

TAKEN_BY: Final = "grace"
DECIDED_BY: Final = "ruth"


class _Came(NamedTuple):
    """A contact: how many working days ago, about whom, from whom, why, and what was decided of it."""

    ago: int
    given: str
    family: str
    years: int
    source: str
    agency: str
    reason: str
    rating: str
    outcome: str = ""
    because: str = ""
    days: int = 1  # working days to the decision


_CAME: Final = (
    _Came(44, "Rory", "Blythe", 9, "2A", "Marchbrook Primary School",
          "Third bruise in a month; says he falls. Mother tired, new partner since summer.",
          "amber", "referral", "Needs a fuller look: pattern of injuries, change at home.", 1),
    _Came(31, "Hana", "Yusuf", 3, "3B", "Health visitor, Sallowmere",
          "Speech behind, no nursery place used, mother alone and low.",
          "green", "early_help", "Family agrees; early help can meet it.", 2),
    _Came(23, "Jude", "Marlow", 14, "6", "Thames Valley Police",
          "Found at 2 am in a park with older boys. Second time.",
          "amber", "referral", "Risk of exploitation to be assessed.", 1),
    _Came(16, "Ellis", "Farnham", 6, "1B", "Neighbour",
          "Shouting in the evenings, child crying.",
          "green", "nfa", "School and GP have no worries; talked with the mother, who welcomed the call.", 3),
    _Came(9, "Maya", "Osborne", 12, "3E", "Accident and emergency",
          "Cut on the arm, said to be an accident; asked to speak alone.",
          "red", "advice", "Seen by the hospital’s own team, plan in place; school nurse will meet her.", 0),
    _Came(4, "Kofi", "Antwi", 11, "2A", "Fennimore Academy",
          "Comes without lunch and in the same clothes; father lost his job.", "green"),
    _Came(1, "Isla", "Pruitt", 2, "6", "Thames Valley Police",
          "Domestic abuse call-out, child asleep upstairs.", "amber"),
)  # fmt: skip


def front_door(session: Session, staff: Mapping[str, Actor], as_of: date) -> None:
    """Take the contacts in their order; those that are referrals become assessments."""
    taker, manager = staff[TAKEN_BY], staff[DECIDED_BY]
    for number, came in enumerate(_CAME):
        on = calendars.england().add_working_days(as_of, -came.ago)
        with at(session, taker, on, 10):
            unknown = NewChild(came.given, came.family, _born_on(came, on, number), sex="")
            new = NewContact(
                _moment(on, 9), came.source, came.reason, agency=came.agency, rating=came.rating,
                parent_aware=True, consent="given" if came.rating == "green" else "not_asked",
            )  # fmt: skip
            (row_id,) = contacts.take(session, [], new, [unknown])
            child_id = session.get_one(Contact, row_id).child_id
        if came.outcome:
            _decide(session, manager, taker, came, row_id, on)
        if came.outcome == "referral":
            _assess(session, manager, taker, child_id, on)


def _decide(session: Session, manager: Actor, taker: Actor, came: _Came, row_id: UUID, on: date) -> None:
    day = calendars.england().add_working_days(on, came.days) if came.days else on
    with at(session, manager, day, 12):
        row = session.get_one(Contact, row_id)
        told = _moment(day, 11)
        decision = ContactDecision(told, (came.outcome,), came.because, told_referrer_at=told)
        contacts.decide(session, {row_id: row.version}, decision)


def _assess(session: Session, manager: Actor, taker: Actor, child_id: UUID, on: date) -> None:
    england = calendars.england()
    day = england.add_working_days(on, 1)
    with at(session, manager, day, 14):
        (referral,) = queries.of_child(session, Referral, child_id)
        decision = ReferralDecision(
            _moment(day, 13), "assessment", "Single assessment.", _moment(day, 13), day, taker.worker_id
        )
        referrals.decide(session, referral.id, referral.version, decision)
    seen = england.add_working_days(on, 4)
    with at(session, taker, seen, 15):
        (assessment,) = queries.of_child(session, Assessment, child_id)
        assessments.write(session, assessment.id, assessment.version, Findings(seen, True, "N5", ("4B",)))


def _born_on(came: _Came, on: date, number: int) -> date:
    return on - relativedelta(years=came.years) - timedelta(days=40 + 23 * number)


def _moment(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour), words.LONDON)
