"""Whose cases on which day: what the statements of a caseload have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, or_, type_coerce
from sqlalchemy.types import NullType

from db.caseload_rows import Key
from db.models import CaseSpell, Child
from db.reach import visible_children, ways_of
from db.store import Session
from db.types import Id

CLOSED = "closed"
SPELL, CHILD = CaseSpell.__table__.c, Child.__table__.c
ON, TEAM = bindparam("on", type_=Date()), bindparam("team", type_=Id())


class Shape(NamedTuple):
    """What a statement depends on beside its values."""

    has_team: bool
    teamless: bool
    is_past: bool


@dataclass(frozen=True)
class Reach:
    """Whose children on which day: a team's, else all in reach. `before`: the first moment after the day.

    With `teamless` those who have neither worker nor team are among a team's: somebody has to see them.
    """

    on: date
    before: datetime
    team_id: UUID | None = None
    teamless: bool = False
    is_past: bool = False

    @property
    def shape(self) -> Shape:
        """Return what the statements depend on."""
        return Shape(self.team_id is not None, self.teamless, self.is_past)

    @property
    def values(self) -> dict[str, Any]:
        """Return the values that the statements take."""
        return {"on": self.on, "team": self.team_id} if self.team_id else {"on": self.on}


def raw(column: Any) -> ColumnElement[Any]:
    """Return a column as the driver hands it over: making a UUID of each row costs as much as reading it."""
    return type_coerce(column, NullType())


@lru_cache(maxsize=8_192)
def id_of(found: Key) -> UUID:
    """Return an id as the driver hands it over as a UUID."""
    return UUID(bytes=found) if isinstance(found, bytes) else found


def id_or_none(found: Key | None) -> UUID | None:
    """Return the same of one that may be missing."""
    return id_of(found) if found else None


def one_of(column: Any, values: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the test of a few fixed values: a list would be written out anew each time it is asked."""
    return or_(*(column == each for each in values))


def open_spell() -> list[ColumnElement[bool]]:
    """Return what a spell must be to hold an open case on the day."""
    return [
        SPELL.from_on <= ON,
        or_(SPELL.until_on.is_(None), SPELL.until_on > ON),
        SPELL.status != CLOSED,
    ]


def spells(shape: Shape) -> list[ColumnElement[bool]]:
    """Return what a spell must be to count: open on the day, and the team's."""
    found = open_spell()
    if shape.has_team:
        nobodys = and_(SPELL.team_id.is_(None), SPELL.worker_id.is_(None))
        found.append(or_(SPELL.team_id == TEAM, nobodys) if shape.teamless else SPELL.team_id == TEAM)
    return found


def not_hidden(session: Session) -> ColumnElement[bool]:
    """Return what keeps a restricted record out of plain numbers too, but for those whom it is open to."""
    return or_(CHILD.restricted.is_(None), CHILD.id.in_(visible_children(session.actor, ways_of(session))))


def rows_of(session: Session, asked: Select[Any], values: dict[str, Any]) -> list[Any]:
    """Return the rows of a statement: plain tuples, no objects."""
    return list(session.connection().execute(asked, values).all())
