"""Where the people of a genogram stand on its grid, and how the lines between them run past everybody else.

Everybody stands in a column; lines run down the gutters between the columns and across in lanes between the
rows, each group of lines in one of its own. So no line runs through a symbol or its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

CELL: Final = 128.0
GUTTER: Final = 44.0
SYMBOL: Final = 44.0
CELL_HEIGHT: Final = 136.0
"""The symbol with eight points above it, its words, and a line for the label of a home."""
COLUMNS: Final = 8
_STEP: Final = CELL + GUTTER
_MARGIN: Final = GUTTER
_GAP, _LANE = 16.0, 9.0
_SLOTS: Final = (0.0, 7.0, -7.0, 13.0, -13.0)
_PORTS: Final = (0.0, -9.0, 9.0, -16.0, 16.0)
_DEEP: Final = {"top": 0.0, "under": 16.0, "mid": SYMBOL / 2}
"""How far below the top of the symbols a line begins or ends."""

Spot = tuple[float, tuple[str, int, int]]


class Place(NamedTuple):
    """A place on the grid: the row from the top, the column, and the middle of the column."""

    band: int
    column: int
    x: float


class Bond(NamedTuple):
    """A relation drawn: whose it is, how, and where the stroke stands that says that it is over."""

    key: str
    is_dashed: bool
    path: tuple[tuple[float, float], ...]
    stroke: tuple[float, float] | None


class _Draft(NamedTuple):
    key: str
    is_dashed: bool
    path: list[Spot]
    is_over: bool
    from_end: bool


def grid(generations: Sequence[Sequence[Sequence[str]]]) -> dict[str, Place]:
    """Return the place of everybody: rows of at most eight, each in the middle; units are never parted."""
    bands = [band for units in generations for band in _packed(units)]
    widest = max(len(band) for band in bands)
    places = {}
    for number, band in enumerate(bands):
        start = (widest - len(band)) // 2
        for column, key in enumerate(band, start):
            places[key] = Place(number, column, _MARGIN + column * _STEP + CELL / 2)
    return places


def _packed(units: Sequence[Sequence[str]]) -> list[list[str]]:
    bands: list[list[str]] = []
    for unit in units:
        if bands and len(bands[-1]) + len(unit) <= COLUMNS:
            bands[-1].extend(unit)
        else:
            bands.append(list(unit))
    return bands


class Routes:
    """Lines between people; who shares a group shares lanes, so brothers and sisters hang from one bar."""

    margin: Final = _MARGIN

    def __init__(self, places: dict[str, Place]) -> None:
        self._places = places
        self._bands = 1 + max(each.band for each in places.values())
        self._lanes: dict[int, list[str]] = {}
        self._slots: dict[int, list[str]] = {}
        self._ports: dict[str, list[str]] = {}
        self._joined: set[frozenset[str]] = set()
        self._hung: set[tuple[tuple[str, ...], str, int]] = set()
        self._drafts: list[_Draft] = []

    # Who is a couple

    def join(self, *pair: str) -> None:
        """Note two neighbours as a couple; anything else is none."""
        if len(pair) == 2 and self._are_neighbours(*pair):
            self._joined.add(frozenset(pair))

    def are_joined(self, one: str, other: str) -> bool:
        """Return whether two stand side by side as a couple."""
        return frozenset((one, other)) in self._joined

    def _are_neighbours(self, one: str, other: str) -> bool:
        here, there = self._places[one], self._places[other]
        return here.band == there.band and abs(here.column - there.column) == 1

    # Lines

    def side(self, key: str, other: str, *, over: bool) -> None:
        """Draw the line between two neighbours."""
        here, there = self._places[key], self._places[other]
        self._add(key, [self._edge(here, there.x), self._edge(there, here.x)], dashed=False, over=over)

    def half(self, key: str, pair: Sequence[str], *, dashed: bool, over: bool) -> None:
        """Draw the line from one of a couple to where their children hang."""
        here = self._places[key]
        middle = self._middle(pair)
        self._add(key, [self._edge(here, middle), (middle, ("mid", here.band, 0))], dashed=dashed, over=over)

    def down(
        self,
        key: str,
        parents: Sequence[str],
        target: str,
        group: str,
        *,
        dashed: bool = False,
        over: bool = False,
    ) -> None:
        """Draw the line of `key` from a parent or a couple down to a child."""
        upper, end = self._places[parents[0]], self._places[target]
        x = self._anchor(parents, group)
        lane, tip = self._lane(end.band, group), self._tip(target, group)
        path: list[Spot] = [(x, lane), (tip[0], lane), tip]
        # What a bar hangs by is drawn once, however many hang from it; dashes fall upon each other if they
        # begin at the same spot, and would else make a full line.
        if dashed or (hung := (tuple(parents), group, end.band)) not in self._hung:
            if not dashed:
                self._hung.add(hung)
            start = [] if key == target and len(parents) == 2 else [self._edge(upper, x)]
            path = [*start, (x, ("mid", upper.band, 0)), *path]
        self._add(key, path, dashed=dashed, over=over, from_end=key == target)

    def link(self, key: str, other: str, group: str, *, dashed: bool, over: bool) -> None:
        """Draw a line between two people that tells no descent: above their row, or down from one."""
        here, there = self._places[key], self._places[other]
        if here.band == there.band:
            lane = self._lane(here.band, group)
            one, two = self._tip(key, group), self._tip(other, group)
            self._add(key, [one, (one[0], lane), (two[0], lane), two], dashed=dashed, over=over)
        elif here.band < there.band:
            self.down(key, (key,), other, group, dashed=dashed, over=over)
        else:
            self.down(key, (other,), key, group, dashed=dashed, over=over)

    def meet(self, key: str, pair: Sequence[str], group: str, *, over: bool) -> None:
        """Draw a dashed line to where a couple's line is, or to the one parent: whose side is not known."""
        here, first = self._places[key], self._places[pair[0]]
        lane = self._lane(first.band, group)
        tip = (self._middle(pair), ("mid", first.band, 0)) if len(pair) == 2 else self._tip(pair[0], group)
        start: list[Spot] = [tip, (tip[0], lane)]
        if here.band == first.band:
            own = self._tip(key, group)
            end: list[Spot] = [(own[0], lane), own]
        else:
            aside = self._anchor((key,), f"{group} {key}")
            end = [(aside, lane), (aside, ("mid", here.band, 0)), self._edge(here, aside)]
        self._add(key, [*start, *end], dashed=True, over=over, from_end=True)

    def _add(self, key: str, path: list[Spot], *, dashed: bool, over: bool, from_end: bool = False) -> None:
        self._drafts.append(_Draft(key, dashed, path, over, from_end))

    # Places on the way

    def _edge(self, place: Place, towards: float) -> Spot:
        side = SYMBOL / 2 if towards > place.x else -SYMBOL / 2
        return place.x + side, ("mid", place.band, 0)

    def _middle(self, pair: Sequence[str]) -> float:
        return sum(self._places[each].x for each in pair) / 2

    def _anchor(self, parents: Sequence[str], group: str) -> float:
        """Return where a line goes down: between a couple, else beside the one parent, on the free side."""
        if len(parents) == 2:
            gutter = max(self._places[each].column for each in parents)
        else:
            here = self._places[parents[0]]
            taken = {
                self._places[each].column
                for pair in self._joined if parents[0] in pair
                for each in pair if each != parents[0]
            }  # fmt: skip
            is_left = here.column + 1 in taken and here.column - 1 not in taken
            gutter = here.column if is_left else here.column + 1
        slot = _numbered(self._slots.setdefault(gutter, []), f"{tuple(parents)} {group}")
        return _MARGIN + gutter * _STEP - GUTTER / 2 + _SLOTS[slot % len(_SLOTS)]

    def _lane(self, band: int, group: str) -> tuple[str, int, int]:
        return "lane", band, _numbered(self._lanes.setdefault(band, []), group)

    def _tip(self, key: str, group: str) -> Spot:
        """Return where a line comes to a symbol from above; beside its middle it ends under the symbol."""
        port = _PORTS[_numbered(self._ports.setdefault(key, []), group) % len(_PORTS)]
        place = self._places[key]
        return place.x + port, ("under" if port else "top", place.band, 0)

    # Once all lines are known

    def tops(self) -> list[float]:
        """Return where each row begins, and last where the picture ends."""
        tops, y = [], 0.0
        for band in range(self._bands):
            lanes = len(self._lanes.get(band, ()))
            y += 2 * _GAP + lanes * _LANE
            tops.append(y)
            y += CELL_HEIGHT
        return [*tops, y + _GAP]

    def resolved(self) -> list[Bond]:
        """Return all lines in points."""
        tops = self.tops()
        return [self._resolved(each, tops) for each in self._drafts]

    def _resolved(self, draft: _Draft, tops: Sequence[float]) -> Bond:
        path = tuple((x, self._height(y, tops)) for x, y in draft.path)
        (x1, y1), (x2, y2) = path[-2:] if draft.from_end else path[:2]
        stroke = ((x1 + x2) / 2, (y1 + y2) / 2) if draft.is_over else None
        return Bond(draft.key, draft.is_dashed, path, stroke)

    def _height(self, y: tuple[str, int, int], tops: Sequence[float]) -> float:
        kind, band, number = y
        if kind == "lane":
            lanes = len(self._lanes[band])
            return tops[band] - _GAP - (lanes - 1 - number) * _LANE
        return tops[band] + 8 + _DEEP[kind]


def _numbered(taken: list[str], name: str) -> int:
    """Return the number of a name, giving it the next one if it is new."""
    if name not in taken:
        taken.append(name)
    return taken.index(name)
