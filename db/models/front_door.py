"""The front door: contacts, referrals and single assessments, each decided by somebody in time."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, key

RATINGS = ("red", "amber", "green", "none")
CONTACT_CONSENTS = ("", "given", "dispensed", "not_asked")
CHECK_RESULTS = ("", "known", "not_known", "information", "declined")


class Contact(Base, AboutChild):
    """An approach about a child. `group_id` joins the same contact in the files of several children."""

    __tablename__ = "contact"
    MORE = (
        CheckConstraint(f"rating IN {RATINGS}", "rating"),
        CheckConstraint(f"consent IN {CONTACT_CONSENTS}", "consent"),
        Index("ix_contact_received_at", "received_at"),
        Index("ix_contact_open", "received_at", sqlite_where=text("decided_at IS NULL")),
    )
    group_id: Mapped[UUID | None]
    received_at: Mapped[datetime]
    method: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    source_name: Mapped[str] = mapped_column(default="")
    agency: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    needs: Mapped[list[str]]
    immediate_risk: Mapped[bool] = mapped_column(default=False)
    child_aware: Mapped[bool | None]
    parent_aware: Mapped[bool | None]
    consent: Mapped[str] = mapped_column(default="")
    consent_because: Mapped[str] = mapped_column(default="")
    rating: Mapped[str] = mapped_column(default="none")
    first_rating: Mapped[str] = mapped_column(default="none")
    worker_id: Mapped[UUID | None] = mapped_column(key("worker.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(key("worker.id"))
    outcomes: Mapped[list[str]]
    because: Mapped[str] = mapped_column(default="")
    destination: Mapped[str] = mapped_column(default="")
    told_referrer_at: Mapped[datetime | None]
    duplicate_of_id: Mapped[UUID | None]


class AgencyCheck(Base, AboutChild):
    """What another agency was asked about a contact, and what it said."""

    __tablename__ = "agency_check"
    MORE = (CheckConstraint(f"result IN {CHECK_RESULTS}", "result"),)
    contact_id: Mapped[UUID] = mapped_column(key("contact.id"))
    agency: Mapped[str]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")


class Referral(Base, AboutChild):
    """A request for services for a child who is not open to social care."""

    __tablename__ = "referral"
    MORE = (
        Index("ix_referral_received_at", "received_at"),
        Index("ix_referral_open", "received_at", sqlite_where=text("decided_at IS NULL")),
    )
    contact_id: Mapped[UUID | None] = mapped_column(key("contact.id"))
    received_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(default="")
    source_name: Mapped[str] = mapped_column(default="")
    need: Mapped[str] = mapped_column(default="N0")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(key("worker.id"))
    outcome: Mapped[str] = mapped_column(default="")
    no_further_action: Mapped[bool] = mapped_column(default=False)
    because: Mapped[str] = mapped_column(default="")
    told_referrer_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]


class Assessment(Base, AboutChild):
    """A single (child and family) assessment: its checkpoint, what was found, who authorised it."""

    __tablename__ = "assessment"
    MORE = (Index("ix_assessment_open", "started_on", sqlite_where=text("authorised_on IS NULL")),)
    referral_id: Mapped[UUID | None] = mapped_column(key("referral.id"))
    referred_on: Mapped[date]
    started_on: Mapped[date]
    worker_id: Mapped[UUID | None] = mapped_column(key("worker.id"))
    checkpoint_on: Mapped[date | None]
    checked_on: Mapped[date | None]
    checked_by: Mapped[UUID | None] = mapped_column(key("worker.id"))
    checkpoint_words: Mapped[str] = mapped_column(default="")
    seen_on: Mapped[date | None]
    seen_alone: Mapped[bool] = mapped_column(default=False)
    need: Mapped[str] = mapped_column(default="")
    factors: Mapped[list[str]]
    submitted_on: Mapped[date | None]
    authorised_on: Mapped[date | None]
    authorised_by: Mapped[UUID | None] = mapped_column(key("worker.id"))
    manager_words: Mapped[str] = mapped_column(default="")
    outcomes: Mapped[list[str]]
    extended_to: Mapped[date | None]
    extended_because: Mapped[str] = mapped_column(default="")
    abandoned_on: Mapped[date | None]
    abandoned_because: Mapped[str] = mapped_column(default="")
    revision_id: Mapped[UUID | None] = mapped_column(key("revision.id"))
