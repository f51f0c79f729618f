"""The care record, as the SSDA903 return tells it. Codes are kept as the return writes them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import LATER, AboutChild, Base, once


class Episode(Base, AboutChild):
    """A stretch of care with the same legal status and placement."""

    __tablename__ = "episode"
    MORE = (once("episode", "child_id", "started_on"),)
    started_on: Mapped[date]
    reason_started: Mapped[str]
    legal_status: Mapped[str]
    category_of_need: Mapped[str] = mapped_column(default="")
    placement: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    reason_ended: Mapped[str] = mapped_column(default="")
    reason_moved: Mapped[str] = mapped_column(default="")
    home_postcode: Mapped[str] = mapped_column(default="")
    placement_postcode: Mapped[str] = mapped_column(default="")
    urn: Mapped[str] = mapped_column(default="")


class LacReview(Base, AboutChild):
    """A looked-after review that was held, and how the child took part (PN0 to PN7).

    `revision_id` is its signed record; `reason` why it was held early, nothing for the timetable's own.
    """

    __tablename__ = "lac_review"
    MORE = (once("lac_review", "child_id", "held_on"),)
    held_on: Mapped[date]
    participation: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None] = mapped_column(info=LATER)
    chair: Mapped[str | None] = mapped_column(info=LATER)
    place: Mapped[str | None] = mapped_column(info=LATER)
    spoke_on: Mapped[date | None] = mapped_column(info=LATER)  # the reviewing officer with the child
    decisions_sent_on: Mapped[date | None] = mapped_column(info=LATER)
    record_sent_on: Mapped[date | None] = mapped_column(info=LATER)
    revision_id: Mapped[UUID | None] = mapped_column(info=LATER)


class HealthYear(Base, AboutChild):
    """The health items of a year to 31 March (table OC2). `year` is the year it ends in."""

    __tablename__ = "health_year"
    MORE = (once("health_year", "child_id", "year"),)
    year: Mapped[int]
    sdq_score: Mapped[int | None]
    sdq_reason: Mapped[str] = mapped_column(default="")
    convicted: Mapped[bool | None]
    health_check: Mapped[bool | None]
    immunisations: Mapped[bool | None]
    teeth_check: Mapped[bool | None]
    health_assessment: Mapped[bool | None]
    substance_misuse: Mapped[bool | None]
    intervention_received: Mapped[bool | None]
    intervention_offered: Mapped[bool | None]


class CareLeaverYear(Base, AboutChild):
    """A care leaver's items of a year to 31 March (table OC3)."""

    __tablename__ = "care_leaver_year"
    MORE = (once("care_leaver_year", "child_id", "year"),)
    year: Mapped[int]
    in_touch: Mapped[str]
    activity: Mapped[str]
    accommodation: Mapped[str]


class MissingPeriod(Base, AboutChild):
    """A time missing (M) or away without authorisation (A)."""

    __tablename__ = "missing_period"
    MORE = (
        once("missing_period", "child_id", "started_on", "kind"),
        CheckConstraint("kind IN ('M', 'A')", "kind"),
    )
    kind: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    left_at: Mapped[datetime | None] = mapped_column(info=LATER)
    returned_at: Mapped[datetime | None] = mapped_column(info=LATER)
    police_told_at: Mapped[datetime | None] = mapped_column(info=LATER)
    police_ref: Mapped[str | None] = mapped_column(info=LATER)
    words: Mapped[str | None] = mapped_column(info=LATER)


class Uasc(Base, AboutChild):
    """The child is or was an unaccompanied asylum-seeking child, until `ended_on`."""

    __tablename__ = "uasc"
    MORE = (once("uasc", "child_id"),)
    ended_on: Mapped[date | None]


class Adoption(Base, AboutChild):
    """An adoption (table AD1)."""

    __tablename__ = "adoption"
    MORE = (once("adoption", "child_id"),)
    decided_on: Mapped[date | None]
    matched_on: Mapped[date | None]
    by_foster_carer: Mapped[bool | None]
    adopters: Mapped[int | None]
    adopters_sex: Mapped[str] = mapped_column(default="")
    adopters_legal_status: Mapped[str] = mapped_column(default="")


class AdoptionDecision(Base, AboutChild):
    """A decision that the child should be placed for adoption, and its end if it was reversed."""

    __tablename__ = "adoption_decision"
    MORE = (once("adoption_decision", "child_id", "decided_on"),)
    decided_on: Mapped[date]
    ended_on: Mapped[date | None]
    reason_ended: Mapped[str] = mapped_column(default="")


class PreviousPermanence(Base, AboutChild):
    """A permanent home before this care. `was_on` is text: day or month may be unknown (ZZ)."""

    __tablename__ = "previous_permanence"
    MORE = (once("previous_permanence", "child_id"),)
    kind: Mapped[str]
    authority: Mapped[str] = mapped_column(default="")
    was_on: Mapped[str] = mapped_column(default="")


class WorkerSpell(Base, AboutChild):
    """A social worker's spell with the child, as the return names them (from 2023/24)."""

    __tablename__ = "worker_spell"
    MORE = (once("worker_spell", "child_id", "source_ref", "started_on"),)
    source_ref: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
