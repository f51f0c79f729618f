"""What the leaving-care view reads of a record, row by row, each as small as the figures need it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID


class Home(NamedTuple):
    """A home after care: the letter of ACCOM, suitable or not, whether we provide it."""

    kind: str
    from_on: date
    until_on: date | None = None
    suitable: bool | None = None
    provided: bool = False


class Doing(NamedTuple):
    """What somebody does: the code of ACTIV."""

    code: str
    from_on: date
    until_on: date | None = None
    words: str = ""


class Touch(NamedTuple):
    """Whether we are in touch from a day on: the code of IN_TOUCH."""

    on: date
    code: str


class Year(NamedTuple):
    """The items of a return: the year it ends in, and its codes."""

    year: int
    in_touch: str
    activity: str
    accommodation: str


class Contact(NamedTuple):
    """A note of a contact: whether it counts as one, and whether it was a visit where they live."""

    on: date
    counts: bool
    is_home_visit: bool


class Adviser(NamedTuple):
    """A spell of a personal adviser."""

    name: str
    from_on: date | None
    until_on: date | None


class Plan(NamedTuple):
    """A signed pathway plan that no correction replaced: what it says by codes and days."""

    id: UUID
    number: int
    on: date
    codes: Mapping[str, str]
    days: Mapping[str, date]
    next_move: str = ""

    @property
    def has_next_home(self) -> bool:
        """Return whether it says where they live next: a move, its day, or staying put."""
        return bool(self.next_move) or "next_move_on" in self.days or self.codes.get("staying_put") == "yes"


class Decision(NamedTuple):
    """A manager's decision on a plan: the plan's id, its number, approved or returned."""

    on: date
    plan: UUID
    number: int
    planned_on: date
    kind: str


class Entry(NamedTuple):
    """Something granted or spent of the setting-up-home allowance. Pence."""

    on: date
    kind: str
    pence: int


class Word(NamedTuple):
    """A manager's word on the category."""

    category: str
    from_on: date
    until_on: date | None


class Stay(NamedTuple):
    """An episode of care: where it was, as the return has it."""

    start: date
    end: date | None
    placement: str


class _Spell(Protocol):
    @property
    def from_on(self) -> date | None: ...
    @property
    def until_on(self) -> date | None: ...


Spell = TypeVar("Spell", bound=_Spell)


def held(rows: Sequence[Spell], on: date) -> Spell | None:
    """Return what holds on a day; its last day is the first of what follows."""
    return next(
        (
            each
            for each in reversed(rows)
            if (each.from_on or date.min) <= on and (each.until_on is None or on < each.until_on)
        ),
        None,
    )
