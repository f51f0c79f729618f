"""Looked after from day to day: placements as they are lived, health, missing, permanence, family time."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, key, once

APPROVALS = ("", "nominated_officer", "director")
HEALTH_KINDS = ("initial", "review", "dental", "optician", "immunisations", "development", "other")
HEALTH_OUTCOMES = ("done", "refused", "not_attended", "not_needed")
REVIEW_REASONS = (
    "timetable", "iro", "unsafe", "move", "release", "leaving", "disruption", "missing", "allegation",
    "court", "child", "family", "change",
)  # fmt: skip
CONCERN_LEVELS = ("informal", "worker", "manager", "head", "director", "cafcass")
PERMANENCE_OPTIONS = (
    "birth_family", "return_1_month", "return_6_months", "return_later", "relatives", "foster_to_18",
    "residential", "supported_living", "adoption", "special_guardianship", "child_arrangements", "other",
)  # fmt: skip
PROCEEDINGS = ("pre", "care", "supervision", "placement_order", "adoption", "discharge", "other")
HEARINGS = ("first", "case_management", "issues_resolution", "final", "other")
TIME_KINDS = ("direct", "supervised", "supported", "letter", "phone", "video", "refused")
TIME_OUTCOMES = ("held", "cancelled_family", "cancelled_child", "cancelled_us", "not_attended")


class Placement(Base, AboutChild):
    """A placement as it is lived: who cares, where, what was agreed. It begins with its first episode.

    How long it lasts, its kind and its provider are those of the episodes; `distance` is in tenths of a mile.
    """

    __tablename__ = "placement"
    MORE = (once("placement", "episode_id"), CheckConstraint(f"approval IN {APPROVALS}", "approval"))
    episode_id: Mapped[UUID] = mapped_column(key("episode.id"))
    carers: Mapped[str] = mapped_column(default="")
    home_name: Mapped[str] = mapped_column(default="")
    lines: Mapped[str] = mapped_column(default="")
    withheld: Mapped[bool] = mapped_column(default=False)
    phone: Mapped[str] = mapped_column(default="")
    distance: Mapped[int | None]
    in_area: Mapped[bool | None]
    adjoining: Mapped[bool | None]
    emergency: Mapped[bool] = mapped_column(default=False)
    approval: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[str] = mapped_column(default="")
    approved_on: Mapped[date | None]
    notified_on: Mapped[date | None]
    notified: Mapped[str] = mapped_column(default="")  # who was told, in words
    notice_on: Mapped[date | None]  # written notice of its end
    ended_without_notice: Mapped[bool] = mapped_column(default=False)
    to_18_from: Mapped[date | None]  # meant to last to 18: visits every three months after a year
    six_monthly_from: Mapped[date | None]  # long-term, and the child agrees to six-monthly visits
    before_assessment: Mapped[bool] = mapped_column(default=False)  # with a parent, reg 19
    temporary_approval: Mapped[bool] = mapped_column(default=False)  # connected person, reg 24
    other_body: Mapped[bool] = mapped_column(default=False)  # hospital or custody runs it, reg 28(6)
    words: Mapped[str] = mapped_column(default="")


class ReviewAsked(Base, AboutChild):
    """A review to be held: planned for a day, or asked for early. A review held after it settles it."""

    __tablename__ = "review_asked"
    MORE = (CheckConstraint(f"reason IN {REVIEW_REASONS}", "reason"),)
    reason: Mapped[str]
    asked_on: Mapped[date]
    planned_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    invited_on: Mapped[date | None]
    report_on: Mapped[date | None]  # the social worker's report reached the reviewing officer
    cancelled_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")


class IroConcern(Base, AboutChild):
    """A concern that the reviewing officer raised, and how far it had to go."""

    __tablename__ = "iro_concern"
    MORE = (CheckConstraint(f"level IN {CONCERN_LEVELS}", "level"),)
    raised_on: Mapped[date]
    level: Mapped[str]
    concern: Mapped[str]
    raised_with: Mapped[str] = mapped_column(default="")
    resolved_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")


class HealthEvent(Base, AboutChild):
    """An assessment, a check, a course of immunisations; or that it was refused."""

    __tablename__ = "health_event"
    MORE = (
        CheckConstraint(f"kind IN {HEALTH_KINDS}", "kind"),
        CheckConstraint(f"outcome IN {HEALTH_OUTCOMES}", "outcome"),
    )
    kind: Mapped[str]
    happened_on: Mapped[date]
    outcome: Mapped[str]
    by_whom: Mapped[str] = mapped_column(default="")
    profession: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    report_on: Mapped[date | None]
    up_to_date: Mapped[bool | None]
    words: Mapped[str] = mapped_column(default="")
    revision_id: Mapped[UUID | None] = mapped_column(key("revision.id"))


class ReturnTalk(Base, AboutChild):
    """The return home interview after a time missing: offered, taken or refused, and what the child said."""

    __tablename__ = "return_talk"
    MORE = (once("return_talk", "missing_id"),)
    missing_id: Mapped[UUID] = mapped_column(key("missing_period.id"))
    offered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    refused_on: Mapped[date | None]
    held_at: Mapped[datetime | None]
    held_by: Mapped[str] = mapped_column(default="")
    independent: Mapped[bool | None]
    reasons: Mapped[str] = mapped_column(default="")
    where_been: Mapped[str] = mapped_column(default="")
    with_whom: Mapped[str] = mapped_column(default="")
    harm: Mapped[str] = mapped_column(default="")
    push_pull: Mapped[str] = mapped_column(default="")
    plan: Mapped[str] = mapped_column(default="")
    revision_id: Mapped[UUID | None] = mapped_column(key("revision.id"))


class PermanencePlan(Base, AboutChild):
    """Where the child is to grow up, as decided on a day; a second option where both are worked on."""

    __tablename__ = "permanence_plan"
    MORE = (CheckConstraint(f"option IN {PERMANENCE_OPTIONS}", "option"),)
    decided_on: Mapped[date]
    option: Mapped[str]
    second_option: Mapped[str] = mapped_column(default="")
    siblings_together: Mapped[bool | None]
    ended_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")


class Proceedings(Base, AboutChild):
    """A court case about the child, or the steps before one. `began_on`: issued, or the letter sent."""

    __tablename__ = "proceedings"
    MORE = (CheckConstraint(f"kind IN {PROCEEDINGS}", "kind"),)
    kind: Mapped[str]
    began_on: Mapped[date]
    court: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    guardian: Mapped[str] = mapped_column(default="")
    extended_to: Mapped[date | None]
    extended_because: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    order_made: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")


class Hearing(Base, AboutChild):
    """A hearing in a case: held, or still to come, with what the judge directed."""

    __tablename__ = "hearing"
    MORE = (CheckConstraint(f"kind IN {HEARINGS}", "kind"),)
    proceedings_id: Mapped[UUID] = mapped_column(key("proceedings.id"))
    held_on: Mapped[date]
    kind: Mapped[str]
    directions: Mapped[str] = mapped_column(default="")


class FamilyTime(Base, AboutChild):
    """What is arranged for a child to see or hear from somebody; or that it is refused for a while."""

    __tablename__ = "family_time"
    MORE = (CheckConstraint(f"kind IN {TIME_KINDS}", "kind"),)
    person: Mapped[str]
    relationship: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    often: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    by_order: Mapped[bool] = mapped_column(default=False)
    supervised_by: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class FamilyTimeHeld(Base, AboutChild):
    """One time that a child was to see or hear from somebody, and how it went."""

    __tablename__ = "family_time_held"
    MORE = (CheckConstraint(f"outcome IN {TIME_OUTCOMES}", "outcome"),)
    family_time_id: Mapped[UUID] = mapped_column(key("family_time.id"))
    happened_on: Mapped[date]
    outcome: Mapped[str]
    child_view: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")


class LibertyOrder(Base, AboutChild):
    """A deprivation of liberty order (table DoLo of the return, from 2026/27)."""

    __tablename__ = "liberty_order"
    MORE = (once("liberty_order", "child_id", "started_on"),)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
