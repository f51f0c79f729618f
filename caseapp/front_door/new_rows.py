"""What is known of a contact, referral or assessment before it is on record, and what is decided of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class NewContact:
    """An approach about a child. `reason` is why they came; `consent_because` why it was dispensed with."""

    received_at: datetime
    source: str
    reason: str
    method: str = ""
    source_name: str = ""
    agency: str = ""
    needs: tuple[str, ...] = ()
    immediate_risk: bool = False
    child_aware: bool | None = None
    parent_aware: bool | None = None
    consent: str = ""
    consent_because: str = ""
    rating: str = "none"


@dataclass(frozen=True)
class NewCheck:
    """What another agency is asked about a contact, and what it says."""

    contact_id: UUID
    agency: str
    asked_at: datetime
    answered_at: datetime | None = None
    result: str = ""
    words: str = ""


@dataclass(frozen=True)
class ContactDecision:
    """What a manager decides of a contact. `destination`: where in early help or elsewhere it goes."""

    decided_at: datetime
    outcomes: tuple[str, ...]
    because: str
    destination: str = ""
    told_referrer_at: datetime | None = None


@dataclass(frozen=True)
class NewReferral:
    """A request for services for a child whose case is not open."""

    received_at: datetime
    source: str
    source_name: str = ""
    need: str = "N0"
    contact_id: UUID | None = None


@dataclass(frozen=True)
class ReferralDecision:
    """What a manager decides of a referral; `started_on` and `worker_id` are those of an assessment."""

    decided_at: datetime
    outcome: str
    because: str = ""
    told_referrer_at: datetime | None = None
    started_on: date | None = None
    worker_id: UUID | None = None


@dataclass(frozen=True)
class NewAssessment:
    """A single assessment: both days stay, that of the referral and that of its own start."""

    referred_on: date
    started_on: date
    referral_id: UUID | None = None
    worker_id: UUID | None = None
    checkpoint_on: date | None = None


@dataclass(frozen=True)
class Findings:
    """What the assessing worker writes: when the child was seen, the need, the factors."""

    seen_on: date | None = None
    seen_alone: bool = False
    need: str = ""
    factors: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authorisation:
    """What a manager decides of an assessment that was submitted."""

    authorised_on: date
    outcomes: tuple[str, ...]
    words: str = ""
