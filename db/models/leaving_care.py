"""Leaving care: what the legal category rests on beside care, homes, activity, money, approvals."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, key

LEAVING_EVENTS = (
    "settled_home", "detained", "education", "education_asked", "adviser_asked", "special_guardianship",
    "offer_after_21", "birthday_prepared", "review_asked",
)  # fmt: skip
CATEGORIES = ("none", "looked_after", "eligible", "relevant", "former_relevant", "qualifying", "closed")
MONEY_KINDS = ("grant", "spent")
APPROVAL_KINDS = ("approved", "returned")


class LeavingEvent(Base, AboutChild):
    """What a young person's rights depend on beside the care record; no end: it is going on."""

    __tablename__ = "leaving_event"
    MORE = (CheckConstraint(f"kind IN {LEAVING_EVENTS}", "kind"),)
    kind: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")


class StatusOverride(Base, AboutChild):
    """A manager's word on the legal category where the dates do not tell it; no end: it stands."""

    __tablename__ = "status_override"
    MORE = (CheckConstraint(f"category IN {CATEGORIES}", "category"),)
    category: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reason: Mapped[str]


class LeaverHome(Base, AboutChild):
    """Where a young person lives after care. `kind` is the letter of ACCOM, `provided`: by the authority."""

    __tablename__ = "leaver_home"
    kind: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    suitable: Mapped[bool | None]
    because: Mapped[str] = mapped_column(default="")
    provided: Mapped[bool] = mapped_column(default=False)
    lines: Mapped[str] = mapped_column(default="")
    withheld: Mapped[bool] = mapped_column(default=False)
    landlord: Mapped[str] = mapped_column(default="")
    tenancy: Mapped[str] = mapped_column(default="")


class LeaverActivity(Base, AboutChild):
    """What a young person does: education, training, work or none. `code` is that of ACTIV."""

    __tablename__ = "leaver_activity"
    code: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")


class InTouch(Base, AboutChild):
    """Whether the authority is in touch, from a day on. `code` is that of IN_TOUCH."""

    __tablename__ = "in_touch"
    code: Mapped[str]
    happened_on: Mapped[date]
    how: Mapped[str] = mapped_column(default="")
    agreed_by: Mapped[str] = mapped_column(default="")
    next_offer_on: Mapped[date | None]
    words: Mapped[str] = mapped_column(default="")


class LeaverMoney(Base, AboutChild):
    """The setting-up-home allowance: what was granted, and what was spent of it. Pence."""

    __tablename__ = "leaver_money"
    MORE = (CheckConstraint(f"kind IN {MONEY_KINDS}", "kind"), CheckConstraint("pence > 0", "pence"))
    kind: Mapped[str]
    happened_on: Mapped[date]
    pence: Mapped[int]
    what: Mapped[str]
    because: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[str] = mapped_column(default="")


class PlanApproval(Base, AboutChild):
    """A manager's decision on a signed plan: it is in force, or goes back. Never changed."""

    __tablename__ = "plan_approval"
    MORE = (
        CheckConstraint(f"kind IN {APPROVAL_KINDS}", "kind"),
        Index("ix_plan_approval_revision_id", "revision_id"),
    )
    revision_id: Mapped[UUID] = mapped_column(key("revision.id"))
    kind: Mapped[str]
    happened_on: Mapped[date]
    note: Mapped[str]
