"""Rows of the queries of the caseload, as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

Key = bytes | UUID
"""An id as the driver hands it over: what rows of one child are joined by."""


class HeldRow(NamedTuple):
    """A child, who held the case on the day, when the child was seen by it, and whether a court had it.

    `last_seen_on` stands on the record today; `noted_on` is the latest such note by the day. `had_pep`: a
    looked-after child's, by the day.
    """

    key: Key
    id: UUID
    ref: int
    name: str
    worker_id: UUID | None
    status: str
    opened_on: date
    last_seen_on: date | None
    noted_on: date | None
    in_court: bool
    had_pep: bool


class GoneRow(NamedTuple):
    """A case held on the day whose record has since gone out of reach: who held it, and nothing else."""

    worker_id: UUID | None
    status: str


ClockLine = tuple[Key, str, str, date, date | None, date]
"""A date of a child: child, kind, what, due_on, red_after, started_on. There are many."""


class RevisionLine(NamedTuple):
    """A version of a plan or a star; `on` is the day it is dated."""

    id: Key
    child: Key
    kind: str
    form_key: str
    number: int
    started_on: date
    on: date
    signed_at: datetime | None
    replaces_id: Key | None


class FactLine(NamedTuple):
    """A reportable answer of a reading."""

    revision_id: Key
    field: str
    code: str | None
    number: Decimal | None


class HolderRow(NamedTuple):
    """A worker of a team, how many of its children they held on the day, share of full time and roles."""

    team_id: UUID
    team: str
    worker_id: UUID
    children: int
    fte: Decimal | None
    roles: Sequence[str]
