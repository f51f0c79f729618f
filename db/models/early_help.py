"""Early help: the episode of a child, who agreed to what, who leads, and what was agreed to be done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, key

HELP_STATUSES = (
    "draft", "awaiting_consent", "in_assessment", "with_manager", "complete", "plan_active", "in_review",
    "closing", "closed", "declined", "consent_withdrawn", "paused", "stepped_up", "transferred", "void",
)  # fmt: skip
CONSENT_DECISIONS = ("given", "limits", "refused", "withdrawn", "not_sought", "lapsed")
ACTION_STATUSES = ("not_started", "in_progress", "done", "partly", "not_done", "not_needed")


class HelpEpisode(Base, AboutChild):
    """A spell of early help for one child. Brothers and sisters helped together share `family_id`, `number`.

    `number` is the printed reference of the family's spell; it is never used again.
    """

    __tablename__ = "help_episode"
    MORE = (
        CheckConstraint(f"status IN {HELP_STATUSES}", "status"),
        Index("ix_help_episode_family_id", "family_id"),
        Index(
            "ix_help_episode_open", "opened_on", "status", "child_id",
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )  # fmt: skip
    family_id: Mapped[UUID]
    number: Mapped[int]
    opened_on: Mapped[date]
    route: Mapped[str]
    asked_by: Mapped[str] = mapped_column(default="")
    agency: Mapped[str] = mapped_column(default="")
    reasons: Mapped[list[str]]
    needed_on: Mapped[date | None]
    searched_on: Mapped[date | None]
    searched: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="draft")
    level: Mapped[int | None]
    closed_on: Mapped[date | None]
    closure: Mapped[str] = mapped_column(default="")
    follows_id: Mapped[UUID | None] = mapped_column(key("help_episode.id"))


class HelpStep(Base, AboutChild):
    """What happened in an episode: a move to another status, a level of need, a lead. Never changed."""

    __tablename__ = "help_step"
    episode_id: Mapped[UUID] = mapped_column(key("help_episode.id"))
    happened_on: Mapped[date]
    kind: Mapped[str]
    was: Mapped[str] = mapped_column(default="")
    now: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")


class Consent(Base, AboutChild):
    """One person's decision about one thing asked of them. A new decision is a new row; earlier ones stay."""

    __tablename__ = "consent"
    MORE = (CheckConstraint(f"decision IN {CONSENT_DECISIONS}", "decision"),)
    episode_id: Mapped[UUID] = mapped_column(key("help_episode.id"))
    group_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(key("person.id"))
    person: Mapped[str]
    capacity: Mapped[str]
    moment: Mapped[str]
    purposes: Mapped[list[str]]
    allowed: Mapped[list[str]]
    refused: Mapped[list[str]]
    decision: Mapped[str]
    how: Mapped[str] = mapped_column(default="")
    witness: Mapped[str] = mapped_column(default="")
    happened_on: Mapped[date]
    time: Mapped[str] = mapped_column(default="")
    explained: Mapped[bool | None]
    explained_how: Mapped[str] = mapped_column(default="")
    competence: Mapped[str] = mapped_column(default="")
    review_on: Mapped[date | None]
    because: Mapped[str] = mapped_column(default="")
    told: Mapped[str] = mapped_column(default="")
    safeguarding: Mapped[str] = mapped_column(default="")
    carries_on: Mapped[str] = mapped_column(default="")
    overridden: Mapped[bool] = mapped_column(default=False)
    override_because: Mapped[str] = mapped_column(default="")
    override_by: Mapped[str] = mapped_column(default="")


class LeadPractitioner(Base, AboutChild):
    """Who brings the help together, of whichever agency, and what was handed over to them."""

    __tablename__ = "lead_practitioner"
    episode_id: Mapped[UUID] = mapped_column(key("help_episode.id"))
    worker_id: Mapped[UUID | None] = mapped_column(key("worker.id"))
    name: Mapped[str]
    agency: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    handover: Mapped[str] = mapped_column(default="")


class Action(Base, AboutChild):
    """Something agreed to be done, from whichever plan. `no` is its printed number in the family's file.

    `group_id` joins the same action in brothers' and sisters' files.
    """

    __tablename__ = "action"
    MORE = (
        CheckConstraint(f"status IN {ACTION_STATUSES}", "status"),
        Index(
            "ix_action_owner", "worker_id", "by_on", "child_id",
            sqlite_where=text("done_on IS NULL"),
            postgresql_where=text("done_on IS NULL"),
        ),
    )  # fmt: skip
    no: Mapped[int]
    group_id: Mapped[UUID | None]
    kind: Mapped[str]
    revision_id: Mapped[UUID | None] = mapped_column(key("revision.id"))
    need: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(default="")
    whom: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    what: Mapped[str]
    who: Mapped[str]
    worker_id: Mapped[UUID | None] = mapped_column(key("worker.id"))
    agency: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date]
    by_on: Mapped[date | None]
    measure: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="not_started")
    colour: Mapped[str] = mapped_column(default="")
    colour_because: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    result_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]


class ActionStep(Base, AboutChild):
    """How an action stood on a day: at a review, or when its owner said so. Never changed."""

    __tablename__ = "action_step"
    action_id: Mapped[UUID] = mapped_column(key("action.id"))
    happened_on: Mapped[date]
    status: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    was_by_on: Mapped[date | None]
    by_on: Mapped[date | None]
    revision_id: Mapped[UUID | None] = mapped_column(key("revision.id"))
