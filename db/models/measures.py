"""What is measured beside the stars, and whose stars may be used."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import AboutChild, Base, Record, key

MEASURE_TOOLS = ("sdq", "goal", "scale")


class Goal(Base, AboutChild):
    """A goal in the person's own words. A scored goal's words are never edited: close it, set a new one."""

    __tablename__ = "goal"
    words: Mapped[str]
    whose: Mapped[str]
    set_on: Mapped[date]
    closed_on: Mapped[date | None]
    close_reason: Mapped[str] = mapped_column(default="")


class Measure(Base, AboutChild):
    """A result on a day: a questionnaire's scores, how near a goal is, a point of ten. Never changed."""

    __tablename__ = "measure"
    MORE = (CheckConstraint(f"tool IN {MEASURE_TOOLS}", "tool"),)
    tool: Mapped[str]
    happened_on: Mapped[date]
    informant: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    goal_id: Mapped[UUID | None] = mapped_column(key("goal.id"))
    scores: Mapped[dict[str, Any]]
    total: Mapped[int | None]
    no_score: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[UUID | None]


class StarLicence(Base, Record):
    """What allows an organisation to use an owner's stars. `trained`: {"name", "on"} of each worker."""

    __tablename__ = "star_licence"
    owner: Mapped[str]
    organisation: Mapped[str]
    number: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    approval: Mapped[str]
    approved_on: Mapped[date]
    users: Mapped[int | None]
    trained: Mapped[dict[str, Any]]


class StarPack(Base, Record):
    """A star's definition that an organisation brought in from a file of its own."""

    __tablename__ = "star_pack"
    pack_key: Mapped[str] = mapped_column(unique=True)
    definition: Mapped[dict[str, Any]]
