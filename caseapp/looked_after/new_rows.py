"""What is known of a row of the care record before it is in it, and what an edit begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class NewPlacement:
    """A placement as it is lived; it begins with `episode_id`. `distance` is in tenths of a mile."""

    episode_id: UUID
    carers: str = ""
    home_name: str = ""
    lines: str = ""
    withheld: bool = False
    phone: str = ""
    distance: int | None = None
    in_area: bool | None = None
    adjoining: bool | None = None
    emergency: bool = False
    approval: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    notified_on: date | None = None
    notified: str = ""
    notice_on: date | None = None
    ended_without_notice: bool = False
    to_18_from: date | None = None
    six_monthly_from: date | None = None
    before_assessment: bool = False
    temporary_approval: bool = False
    other_body: bool = False
    words: str = ""


@dataclass(frozen=True)
class NewReview:
    """A looked-after review that was held. `participation` is PN0 to PN7."""

    held_on: date
    participation: str = ""
    reason: str = ""
    chair: str = ""
    place: str = ""
    spoke_on: date | None = None
    decisions_sent_on: date | None = None
    record_sent_on: date | None = None


@dataclass(frozen=True)
class NewReviewAsked:
    """A review that is to be held: planned for a day («timetable»), or asked for early."""

    reason: str
    asked_on: date
    planned_on: date | None = None
    place: str = ""
    invited_on: date | None = None
    report_on: date | None = None
    cancelled_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class NewConcern:
    """A concern of the reviewing officer's."""

    raised_on: date
    level: str
    concern: str
    raised_with: str = ""
    resolved_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class NewHealth:
    """An assessment, a check or immunisations; or that it was refused."""

    kind: str
    happened_on: date
    outcome: str = "done"
    by_whom: str = ""
    profession: str = ""
    place: str = ""
    report_on: date | None = None
    up_to_date: bool | None = None
    words: str = ""


@dataclass(frozen=True)
class NewMissing:
    """A time missing (M) or away without authorisation (A); no end: not found yet.

    With moments, the days are theirs in London; without, the days stand alone.
    """

    kind: str
    started_on: date
    ended_on: date | None = None
    left_at: datetime | None = None
    returned_at: datetime | None = None
    police_told_at: datetime | None = None
    police_ref: str = ""
    words: str = ""


@dataclass(frozen=True)
class NewTalk:
    """The return home interview after a time missing."""

    missing_id: UUID
    offered_at: datetime | None = None
    accepted: bool | None = None
    refused_on: date | None = None
    held_at: datetime | None = None
    held_by: str = ""
    independent: bool | None = None
    reasons: str = ""
    where_been: str = ""
    with_whom: str = ""
    harm: str = ""
    push_pull: str = ""
    plan: str = ""


@dataclass(frozen=True)
class NewPermanence:
    """Where the child is to grow up, and the option worked on beside it."""

    decided_on: date
    option: str
    second_option: str = ""
    siblings_together: bool | None = None
    ended_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class NewProceedings:
    """A court case («pre»: the steps before one), from the day it was issued or the letter was sent."""

    kind: str
    began_on: date
    court: str = ""
    number: str = ""
    guardian: str = ""
    extended_to: date | None = None
    extended_because: str = ""
    ended_on: date | None = None
    order_made: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class NewHearing:
    """A hearing in a case, held or to come."""

    proceedings_id: UUID
    held_on: date
    kind: str
    directions: str = ""


@dataclass(frozen=True)
class NewFamilyTime:
    """An arrangement to see or hear from somebody; «refused» while that is refused."""

    person: str
    kind: str
    from_on: date
    relationship: str = ""
    often: str = ""
    place: str = ""
    by_order: bool = False
    supervised_by: str = ""
    risks: str = ""
    until_on: date | None = None


@dataclass(frozen=True)
class NewTimeHeld:
    """One time of an arrangement, and how it went."""

    family_time_id: UUID
    happened_on: date
    outcome: str = "held"
    child_view: str = ""
    words: str = ""


@dataclass(frozen=True)
class NewLibertyOrder:
    """A deprivation of liberty order."""

    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True)
class NewAdoption:
    """What the return asks of an adoption (table AD1); its date is that on which care ended."""

    decided_on: date | None = None
    matched_on: date | None = None
    by_foster_carer: bool | None = None
    adopters: int | None = None
    adopters_sex: str = ""
    adopters_legal_status: str = ""


@dataclass(frozen=True)
class NewAdoptionDecision:
    """A decision that the child should be placed for adoption, and its end if it was reversed."""

    decided_on: date
    ended_on: date | None = None
    reason_ended: str = ""


@dataclass(frozen=True)
class NewPreviousPermanence:
    """A permanent home before this care. `was_on` is DD/MM/YYYY, with ZZ for what is not known."""

    kind: str
    authority: str = ""
    was_on: str = ""


@dataclass(frozen=True)
class NewWorkerSpell:
    """A social worker's spell with the child, for the return. `source_ref`: Social Work England’s id."""

    source_ref: str
    started_on: date
    ended_on: date | None = None
    reason: str = ""
