"""What no paper may show of where a child lives: found wherever it was typed, and put behind «withheld»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar
from uuid import UUID

from caseapp.events import placement_starts
from db import children as queries
from db.models import Address, Episode, LeaverHome, Placement, Relation
from db.store import Session

WITHHELD: Final = "Withheld"
_SHORTEST: Final = 5
Shown = TypeVar("Shown")


class Veil:
    """What is withheld of a child's whereabouts. `is_placement`: carers, address and telephone of now are."""

    def __init__(self, secrets: Iterable[str], *, is_placement: bool, leaves_out: bool) -> None:
        """Take the texts to hide; `leaves_out`: this copy is to hold no address at all."""
        found = sorted({each for each in secrets if len(each) >= _SHORTEST}, key=len, reverse=True)
        self._pattern = (
            re.compile("|".join(_loosely(each) for each in found), re.IGNORECASE) if found else None
        )
        self.is_placement = is_placement
        self.leaves_out = leaves_out

    def of(self, shown: Shown) -> Shown:
        """Return texts, or a thing made of texts, without what is withheld."""
        made: Any = shown
        if self._pattern is None:
            return shown
        if isinstance(made, str):
            made = self._pattern.sub("withheld", made)
        elif isinstance(made, dict):
            made = {key: self.of(each) for key, each in made.items()}
        elif isinstance(made, tuple) and hasattr(made, "_fields"):
            made = type(made)(*(self.of(each) for each in made))
        elif isinstance(made, list | tuple):
            made = type(made)(self.of(each) for each in made)
        elif is_dataclass(made) and not isinstance(made, type):
            made = replace(made, **{each.name: self.of(getattr(made, each.name)) for each in fields(made)})
        result: Shown = made
        return result


def veil_of(session: Session, child_id: UUID, *, addresses: bool = True) -> Veil:
    """Return what is withheld in a child's papers; without `addresses` every address is."""
    episodes = queries.of_child(session, Episode, child_id, Episode.started_on)
    starts = placement_starts(episodes)
    now = starts[-1].id if starts and episodes[-1].ended_on is None else None
    secrets: list[str] = []
    is_placement = False
    for each in queries.of_child(session, Placement, child_id):
        if each.withheld or not addresses:
            first = next((one for one in starts if one.id == each.episode_id), None)
            secrets += [*_parts(each.lines), each.phone, each.home_name]
            secrets += [first.placement_postcode] if first else []
        if each.withheld:
            secrets.append(each.carers)
            is_placement = is_placement or each.episode_id == now
    for home in queries.of_child(session, Address, child_id):
        if home.withheld or not addresses:
            secrets += [*_parts(home.lines), home.postcode]
    for own in queries.of_child(session, LeaverHome, child_id):
        if own.withheld or not addresses:
            secrets += _parts(own.lines)
    if not addresses:
        for relation in queries.of_child(session, Relation, child_id):
            person = relation.person
            secrets += [*_parts(person.address), person.postcode] if person else []
        secrets += [each.placement_postcode for each in episodes] + [each.home_postcode for each in episodes]
    return Veil((each.strip() for each in secrets), is_placement=is_placement, leaves_out=not addresses)


def _parts(lines: str) -> list[str]:
    """Return the parts that name a home: the first, and those with a number; a town names none."""
    parts = [part.strip() for part in re.split(r"[\n,]", lines)]
    return [part for at, part in enumerate(parts) if at == 0 or re.search(r"\d", part)]


def _loosely(text: str) -> str:
    """Return a pattern that finds the text with or without its spaces."""
    return r"\s*".join(re.escape(letter) for letter in text if not letter.isspace())
