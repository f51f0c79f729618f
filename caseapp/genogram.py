"""A family as a genogram: who stands where, what joins them, who shares a home. Drawn nowhere yet.

Squares are male, circles female, diamonds neither or not known, triangles unborn; generations stand in rows.
What the record does not say for certain is dashed, and so are the links of those who care for the child
without being a birth parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import ages, words
from caseapp.genogram_homes import Home, outlines
from caseapp.genogram_lines import CELL, CELL_HEIGHT, SYMBOL, Bond, Place, Routes, grid

CHILD: Final = ""
"""The key of the child whose record it is."""
OTHERS: Final = "Others in the child’s life"
LEGEND: Final = (
    "Square: male. Circle: female. Diamond: neither, or not known. Triangle: unborn. "
    "Double line: the child of this record. "
    "Dashed line: not by birth, or the record does not say which parent. "
    "Stroke through a line: the relation has ended. Outline: a household."
)
_MALE: Final = ("Father", "Brother", "Half-brother", "Step-brother")
_FEMALE: Final = ("Mother", "Sister", "Half-sister", "Step-sister")
_BIRTH: Final = ("Father", "Mother")
_FULL: Final = ("Brother", "Sister", "Twin")
_HALF: Final = ("Half-brother", "Half-sister")
_STEP: Final = ("Step-brother", "Step-sister")
_CARERS: Final = ("Adoptive parent", "Special guardian", "Foster carer")
_UNRELATED: Final = ("Friend of the family", "Other")
_LETTERS: Final = 21
"""How many letters of a name stand in a line under the symbol."""


class Member(NamedTuple):
    """Somebody of the family, as the record has them; `kind` is what they are to the child.

    `home` is an address that may be shown, else empty; `homes_key` is equal for the same address. `shares`
    are the keys of the child's parents whom their own record names as theirs.
    """

    key: str
    name: str
    kind: str = ""
    sex: str = ""
    born_on: date | None = None
    due_on: date | None = None
    lives_with: bool = False
    until_on: date | None = None
    child_id: UUID | None = None
    home: str = ""
    home_key: str = ""
    shares: frozenset[str] = frozenset()


class Symbol(NamedTuple):
    """Somebody drawn: the middle of the symbol, what stands in it and below it, and all of it in words."""

    key: str
    shape: str
    x: float
    y: float
    inside: str
    lines: tuple[str, ...]
    told: str
    child_id: UUID | None
    is_over: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height of what belongs to the symbol."""
        return self.x - CELL / 2, self.y - SYMBOL / 2 - 8, CELL, CELL_HEIGHT


class Genogram(NamedTuple):
    """A genogram to be drawn: its size, symbols row by row, lines, homes, and all of it in words."""

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    bonds: tuple[Bond, ...]
    homes: tuple[Home, ...]
    told: str


def genogram(child: Member, family: Sequence[Member], today: date) -> Genogram:
    """Return the child's family laid out; the same family always in the same way."""
    people = sorted(family, key=_order)
    places = grid(_generations(child, people))
    bonds, routes = _bonds(child, people, places)
    tops = routes.tops()
    by_key = {each.key: each for each in (child, *people)}
    symbols = tuple(_symbol(by_key[key], place, tops, today) for key, place in places.items())
    homes = _homes(child, people, places, tops)
    width = 2 * routes.margin + max(each.x for each in symbols) - min(each.x for each in symbols) + CELL
    told = " ".join(
        [
            *(f"{each.told}." for each in symbols),
            *(f"{each.label}: {words.listed([by_key[key].name for key in each.keys])}." for each in homes),
        ]
    )
    return Genogram(width, tops[-1], symbols, tuple(bonds), tuple(homes), told)


def _order(member: Member) -> tuple[date, str, str]:
    return member.born_on or member.due_on or date.max, member.name.casefold(), member.key


def corners(shape: str, half: float) -> tuple[tuple[float, float], ...]:
    """Return the corners of a square, diamond or triangle around its middle, y downwards."""
    if shape == "diamond":
        return (0, -half), (half, 0), (0, half), (-half, 0)
    if shape == "triangle":
        return (0, -half), (half, half), (-half, half)
    return (-half, -half), (half, -half), (half, half), (-half, half)


# Who stands beside whom


class _Parents(NamedTuple):
    """The birth parents drawn as a couple (two, one or none) and the step-parent beside each."""

    couple: tuple[str, ...]
    beside: dict[str, str]


def _parents(people: Sequence[Member]) -> _Parents:
    born_to = sorted((each for each in people if each.kind in _BIRTH), key=lambda each: bool(each.until_on))
    fathers = [each for each in born_to if each.kind == "Father"][:1]
    mothers = [each for each in born_to if each.kind == "Mother"][:1]
    couple = fathers + mothers if fathers and mothers else born_to[:2]
    at_home = [each.key for each in couple if _is_home(each)]
    steps = [each.key for each in people if each.kind == "Step-parent" and _is_home(each)]
    # Who lives with the child and one parent is that parent's partner; with both at home it is not said.
    beside = {at_home[0]: steps[0]} if len(at_home) == 1 and steps else {}
    return _Parents(tuple(each.key for each in couple), beside)


def _generations(child: Member, people: Sequence[Member]) -> list[list[list[str]]]:
    """Return rows of units from the oldest generation down; who is in a unit stands side by side."""
    parents = _parents(people)
    unit = list(parents.couple)
    for parent, step in parents.beside.items():
        unit.insert(0 if unit[0] == parent and len(unit) > 1 else len(unit), step)
    placed = {*unit}

    def of(*kinds: str) -> list[list[str]]:
        return [[each.key] for each in people if each.kind in kinds and each.key not in placed]

    partners = [each.key for each in people if each.kind == "Partner"]
    young = [each for each in people if each.kind in (*_FULL, *_HALF, *_STEP, "Cousin")]
    row = [
        [CHILD, *partners[:1]] if each.key == CHILD else [each.key]
        for each in sorted([child, *young], key=_order)
    ]
    return [
        of("Grandparent"),
        of("Aunt or uncle") + ([unit] if unit else []) + of(*_BIRTH, "Step-parent") + _carers(people),
        row + [[key] for key in partners[1:]],
        of("Own child"),
        of(*_UNRELATED),
    ]


def _carers(people: Sequence[Member]) -> list[list[str]]:
    adopters = _adopters(people)
    rest = [[each.key] for kind in _CARERS for each in people
            if each.kind == kind and each.key not in adopters]  # fmt: skip
    return ([adopters] if adopters else []) + rest


def _adopters(people: Sequence[Member]) -> list[str]:
    """Return two people who adopted the child together; nobody if the record knows one or more."""
    found = [each.key for each in people if each.kind == "Adoptive parent" and not each.until_on]
    return found if len(found) == 2 else []


# What joins them


def _bonds(child: Member, people: Sequence[Member], places: dict[str, Place]) -> tuple[list[Bond], Routes]:
    parents = _parents(people)
    routes = Routes(places)
    for pair in (parents.couple, _adopters(people), *parents.beside.items()):
        routes.join(*pair)
    partners = [each.key for each in people if each.kind == "Partner"]
    if partners:
        routes.join(CHILD, partners[0])
    drawn = _Drawing(routes, people, parents)
    # Parents first: what hangs between them has the middle.
    for each in sorted(people, key=lambda each: each.kind not in _BIRTH):
        drawn.add(each)
    return drawn.bonds(), routes


class _Drawing:
    """Draws one line for each relation."""

    def __init__(self, routes: Routes, people: Sequence[Member], parents: _Parents) -> None:
        self._routes, self._parents = routes, parents
        self._steps = [each.key for each in people if each.kind == "Step-parent"]
        self._aunts = [each.key for each in people if each.kind == "Aunt or uncle"]
        self._adopters = _adopters(people)

    def bonds(self) -> list[Bond]:
        """Return the lines drawn so far."""
        return self._routes.resolved()

    def add(self, member: Member) -> None:
        """Draw what somebody is to the child."""
        over = bool(member.until_on)
        if member.kind in _BIRTH:
            self._parent(member, self._parents.couple, "birth", over, dashed=False)
        elif member.kind in _CARERS:
            pair = tuple(self._adopters) if member.key in self._adopters else ()
            self._parent(member, pair, f"carer {pair or member.key}", over, dashed=True)
        elif member.kind == "Step-parent":
            self._step_parent(member, over)
        elif member.kind in ("Grandparent", "Aunt or uncle"):
            self._to_parents(member, "elders", over)
        elif member.kind == "Partner":
            self._partner(member, over)
        elif member.kind == "Own child":
            self._routes.down(member.key, (CHILD,), member.key, "own", over=over)
        elif member.kind not in _UNRELATED:
            self._young(member, over)

    def _parent(self, member: Member, pair: tuple[str, ...], group: str, over: bool, *, dashed: bool) -> None:
        if member.key in pair:
            if member.key != pair[0] and len(pair) == 2:
                self._routes.half(member.key, pair, dashed=dashed, over=over)
            else:
                self._routes.down(member.key, pair, CHILD, group, dashed=dashed, over=over)
        else:
            self._routes.down(
                member.key, (member.key,), CHILD, f"parent {member.key}", dashed=dashed, over=over
            )

    def _step_parent(self, member: Member, over: bool) -> None:
        parent = next((one for one, step in self._parents.beside.items() if step == member.key), None)
        if parent is not None:
            self._routes.side(member.key, parent, over=over)
        else:
            self._to_parents(member, "steps", over)

    def _to_parents(self, member: Member, group: str, over: bool) -> None:
        if self._parents.couple:
            self._routes.meet(member.key, self._parents.couple, group, over=over)
        else:
            self._routes.link(member.key, CHILD, group, dashed=True, over=over)

    def _partner(self, member: Member, over: bool) -> None:
        if self._routes.are_joined(CHILD, member.key):
            self._routes.side(member.key, CHILD, over=over)
        else:
            self._routes.link(member.key, CHILD, f"partner {member.key}", dashed=False, over=over)

    def _young(self, member: Member, over: bool) -> None:
        couple = self._parents.couple
        anchor, group, dashed = couple, "birth", False
        if member.kind in _HALF:
            known = tuple(key for key in couple if key in member.shares)
            is_told = len(known) == 1
            anchor, dashed = (known, False) if is_told else (couple, True)
            group = f"half {known[0]}" if is_told else "half"
        elif member.kind in _STEP:
            anchor = tuple(self._steps) if len(self._steps) == 1 else ()
            group, dashed = "step-family", not anchor
        elif member.kind == "Cousin":
            anchor = tuple(self._aunts) if len(self._aunts) == 1 else ()
            group, dashed = "cousins", True
        if anchor:
            self._routes.down(member.key, anchor, member.key, group, dashed=dashed, over=over)
        else:
            self._routes.link(member.key, CHILD, f"beside {group} {dashed}", dashed=dashed, over=over)


# Symbols and homes


def _symbol(member: Member, place: Place, tops: Sequence[float], today: date) -> Symbol:
    born = member.born_on if member.born_on and member.born_on <= today else None
    due = None if born else member.due_on or member.born_on
    shape = _shape(member, is_unborn=bool(due))
    dated = f"born {words.day(born)}" if born else f"due {words.day(due)}" if due else ""
    until = f"until {words.day(member.until_on)}" if member.until_on else ""
    kind = member.kind or "This record"
    lines = [*_name_lines(member.name), kind, until or dated]
    told = [member.name, kind.lower() if member.kind else "the child of this record", dated]
    told += [ages.age_words(born, today) if born else "", until and f"relation {until}"]
    told += ["lives with the child" if _is_home(member) else ""]
    return Symbol(
        member.key, shape, place.x, tops[place.band] + 8 + SYMBOL / 2, _age(born, today) if born else "",
        tuple(line for line in lines if line), ", ".join(part for part in told if part),
        member.child_id, bool(member.until_on),
    )  # fmt: skip


def _shape(member: Member, *, is_unborn: bool) -> str:
    """Return the symbol: by the sex recorded, else by what the word for the relation says."""
    if is_unborn:
        return "triangle"
    if member.sex in ("M", "F"):
        return "square" if member.sex == "M" else "circle"
    if member.sex:
        return "diamond"
    return "square" if member.kind in _MALE else "circle" if member.kind in _FEMALE else "diamond"


def _age(born_on: date, today: date) -> str:
    years = ages.age(born_on, today)
    if years > 0:
        return str(years)
    count, unit = ages.age_words(born_on, today).removeprefix("under ").split()
    return f"{count}{unit[0]}"


def _name_lines(name: str) -> list[str]:
    """Return a name in two lines at most.

    >>> _name_lines("Maximilian Bartholomew Featherstonehaugh-Cholmondeley")
    ['Maximilian', 'Bartholomew Feathers…']
    """
    first, rest = "", name.split()
    while rest and len(f"{first} {rest[0]}".strip()) <= _LETTERS:
        first = f"{first} {rest.pop(0)}".strip()
    if not first and rest:
        first, rest = rest[0][: _LETTERS - 1] + "…", rest[1:]
    second = " ".join(rest)
    return [first, *([second if len(second) <= _LETTERS else second[: _LETTERS - 1] + "…"] if second else [])]


def _is_home(member: Member) -> bool:
    return member.lives_with and not member.until_on


def _homes(
    child: Member, people: Sequence[Member], places: dict[str, Place], tops: Sequence[float]
) -> list[Home]:
    with_child = [each.key for each in people if _is_home(each)]
    known_as = child.name.split()[0] if child.name else "the child"
    groups = [(f"Lives with {known_as}", [CHILD, *with_child], False)] if with_child else []
    shared: dict[str, list[Member]] = {}
    for each in people:
        if each.home_key and not each.until_on and each.key not in with_child and each.kind not in _UNRELATED:
            shared.setdefault(each.home_key, []).append(each)
    groups += [
        (f"At {some[0].home}", [each.key for each in some], False)
        for some in shared.values()
        if len(some) > 1
    ]
    unrelated = [each.key for each in people if each.kind in _UNRELATED]
    groups += [(OTHERS, unrelated, True)] if unrelated else []
    return [
        home for label, keys, is_group in groups for home in outlines(label, keys, is_group, places, tops)
    ]
