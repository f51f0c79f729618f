"""Who lives with a child: what was recorded of each person, as the placements since then have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp.events import SHORT_BREAKS, placement_starts
from db import children as queries
from db import names
from db.models import Address, Child, Episode, Placement, Relation
from db.store import Session

CARER: Final = "Foster carer"
PARENTS: Final = frozenset({"Mother", "Father", "Step-parent", "Adoptive parent", "Special guardian"})
_WITH_PARENTS, _FOSTERED = "P1", "U"


class Home(NamedTuple):
    """A placement as a household: its first episode, and carers and address as typed, empty where unsaid."""

    id: UUID
    started_on: date
    ended_on: date | None
    kind: str
    postcode: str
    carers: str = ""
    lines: str = ""
    phone: str = ""
    withheld: bool = False

    @property
    def is_fostering(self) -> bool:
        """Return whether the child lives with foster carers there."""
        return self.kind.startswith(_FOSTERED)


class Living(NamedTuple):
    """Whether somebody lives with the child now, or until when they did, where that is known."""

    now: bool
    until_on: date | None = None


class Household(NamedTuple):
    """How everybody related lives, by the relation’s id, and the home whose carers are no relation yet."""

    living: dict[UUID, Living]
    carers: Home | None


def household(session: Session, child_id: UUID, relations: Sequence[Relation]) -> Household:
    """Return who of a child’s relations lives with the child.

    A move to a placement is newer than what was recorded of a person before it. Carers whom the placement
    names live there from its first to its last day, whatever else was recorded.
    """
    homes = homes_of(session, child_id)
    living = {each.id: _living(session, each, homes) for each in relations}
    now = _now(homes)
    at_home = any(living[each.id].now and (each.kind == CARER or _is_named(now, each)) for each in relations)
    return Household(living, now if now and now.carers and not at_home else None)


def homes_of(session: Session, child_id: UUID) -> list[Home]:
    """Return a child’s placements, oldest first; a break of a few days elsewhere ends none."""
    rows = queries.of_child(session, Episode, child_id, Episode.started_on)
    starts = placement_starts(rows)
    if not starts:
        return []  # never in care, or for short breaks only
    told = {each.episode_id: each for each in queries.of_child(session, Placement, child_id)}
    ends = [each.started_on for each in starts[1:]]
    counted = [each for each in rows if each.legal_status not in SHORT_BREAKS]
    return [
        _home(each, told.get(each.id), _ended_on(counted, each, before))
        for each, before in zip(starts, [*ends, None], strict=True)
    ]


def _ended_on(rows: Sequence[Episode], first: Episode, before: date | None) -> date | None:
    within = [each for each in rows if first.started_on <= each.started_on < (before or date.max)]
    return within[-1].ended_on


def _home(first: Episode, told: Placement | None, ended_on: date | None) -> Home:
    home = Home(first.id, first.started_on, ended_on, first.placement, first.placement_postcode)
    if told:
        return home._replace(carers=told.carers, lines=told.lines, phone=told.phone, withheld=told.withheld)
    return home


def new_address(session: Session, child_id: UUID, addresses: Sequence[Address]) -> Home | None:
    """Return the placement of now if its address is newer than every one written down for the child."""
    now = _now(homes_of(session, child_id))
    if not now or not now.lines.strip():
        return None
    is_older = all((each.from_on or date.min) < now.started_on for each in addresses)
    return now if is_older else None


def _now(homes: Sequence[Home]) -> Home | None:
    return homes[-1] if homes and homes[-1].ended_on is None else None


def _living(session: Session, each: Relation, homes: Sequence[Home]) -> Living:
    if each.until_on:
        return Living(False, each.until_on if each.lives_with else None)
    named = [home for home in homes if _is_named(home, each)]
    if named:
        return Living(named[-1].ended_on is None, named[-1].ended_on)
    if not each.lives_with:
        return Living(False)
    if each.other_child_id:
        return _living_of_child(session, each, homes)
    if each.kind == CARER:
        moved_on = _carer_until(each, homes)
        return Living(moved_on is None, moved_on)
    now = _now(homes)
    if now is None or (now.kind == _WITH_PARENTS and each.kind in PARENTS):
        return Living(True)
    moved_on = _moved_on(each, homes)
    return Living(moved_on is None, moved_on)


def _carer_until(each: Relation, homes: Sequence[Home]) -> date | None:
    """Return when the placement ended at which a carer was written down, or the first one after."""
    at = [home for home in homes if home.started_on <= (each.from_on or date.min)] or homes[:1]
    return at[-1].ended_on if at else None


def _moved_on(each: Relation, homes: Sequence[Home]) -> date | None:
    """Return the first day of the next placement after somebody was written down as living with the child."""
    return next((home.started_on for home in homes if home.started_on > (each.from_on or date.min)), None)


def _living_of_child(session: Session, each: Relation, homes: Sequence[Home]) -> Living:
    """Return how another child lives with this one: two in care live together where their homes are one."""
    other = session.get(Child, each.other_child_id)
    theirs = homes_of(session, other.id) if other else []
    mine, yours = _now(homes), _now(theirs)
    if mine and yours and _is_same(mine, yours):
        return Living(True)
    moves = [moved for some in (homes, theirs) if _now(some) and (moved := _moved_on(each, some))]
    return Living(not moves, min(moves, default=None))


def _is_same(mine: Home, yours: Home) -> bool:
    carers = names.fold(mine.carers)
    if mine.postcode and yours.postcode and names.fold(mine.postcode) != names.fold(yours.postcode):
        return False
    return bool(mine.postcode and yours.postcode) or (bool(carers) and carers == names.fold(yours.carers))


def _is_named(home: Home | None, each: Relation) -> bool:
    """Return whether a placement’s carers hold all of a person's name: «Carol and Dave Bell», Dave Bell."""
    if home is None or each.person is None:
        return False
    name = set(names.fold(each.person.name).split())
    return bool(name) and name <= set(names.fold(home.carers).split())
