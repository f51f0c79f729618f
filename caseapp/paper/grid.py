"""Rows and columns on paper: laid out once, with as little as our documents need of a table.

reportlab's own lays each cell out several times and keeps a style for each; a plan has hundreds of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import accumulate
from typing import Any, Final, Literal

from caseapp.paper.tags import Element

# isort: split
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

_EMPTY_LINE: Final = 12.0  # points that an empty cell is high
_AROUND: Final = 7.0  # points between words and the end of their ground where it goes on overleaf
Held = str | Flowable | Sequence[Flowable]
"""What a cell holds: flowables, or "" for nothing."""
Command = tuple[Any, ...]
"""(what, first cell, last cell, value …) as reportlab's tables have it; cells are (column, row)."""
_SIDES: Final = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
_RULES: Final = frozenset({"LINEBELOW", "LINEABOVE", "LINEBEFORE", "BOX"})


class Grid(Flowable):
    """Cells in rows and columns. It parts between rows only; `repeatRows` stand again on each page.

    `reads` says what it is to who hears it: nothing (each cell follows the other), a «Table» whose repeated
    rows are heads, or an «L», a list of labels and what they say; `part_of` is a list that goes on.
    `records` has for each row the number of what it belongs to: rows of the same number are read as one.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Held]],
        *,
        colWidths: Sequence[float],
        style: Sequence[Command] = (),
        rowHeights: Sequence[float] = (),
        repeatRows: int = 0,
        hAlign: Literal["LEFT", "CENTER"] = "CENTER",
        corner: float = 0,
        reads: str = "",
        part_of: Element | None = None,
        records: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self._cells = [[_held(cell) for cell in row] for row in rows]
        self._widths, self._fixed, self._heads = list(colWidths), list(rowHeights), repeatRows
        self._is_centred, self._corner = hAlign == "CENTER", corner
        self._reads, self._element = reads, part_of or (Element(reads) if reads else None)
        self._records = list(records) or list(range(len(rows)))
        self._read: dict[tuple[int, int], Element] = {}
        self._heard: set[int] = set()
        self._heights: list[float] | None = None
        self._padding = [[[0.0, 0.0, 0.0, 0.0] for _ in self._widths] for _ in rows]
        self._placed: dict[tuple[int, int], dict[str, str]] = {}
        self._rules: list[Command] = []
        self._together: set[int] = set()
        self._ground: Color | None = None
        self.setStyle(style)

    def setStyle(self, style: Sequence[Command]) -> None:
        """Add commands of style."""
        for command, start, end, *value in style:
            first, last = self._row(start[1]), self._row(end[1])
            left, right = self._column(start[0]), self._column(end[0])
            if command in _SIDES:
                side = _SIDES.index(command)
                for row in self._padding[first : last + 1]:
                    for cell in row[left : right + 1]:
                        cell[side] = value[0]
            elif command in ("ALIGN", "VALIGN"):
                for row_number in range(first, last + 1):
                    for column in range(left, right + 1):
                        self._placed.setdefault((row_number, column), {})[command] = value[0]
            elif command in _RULES:
                self._rules.append((command, (left, first), (right, last), *value))
            elif command == "NOSPLIT":
                self._together.update(range(first, last))
            elif command == "BACKGROUND":
                self._ground = value[0]
            else:
                raise ValueError(f"A grid knows no {command}.")
        self._heights = None

    def _row(self, number: int) -> int:
        return number + len(self._cells) if number < 0 else number

    def _column(self, number: int) -> int:
        return number + len(self._widths) if number < 0 else number

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        if self._heights is None:
            self._heights = self._fixed or [self._row_height(number) for number in range(len(self._cells))]
            self.width, self.height = sum(self._widths), sum(self._heights)
        return self.width, self.height

    def _row_height(self, number: int) -> float:
        tallest = 0.0
        for cell, width, padding in zip(
            self._cells[number], self._widths, self._padding[number], strict=True
        ):
            inside = _EMPTY_LINE if cell is None else _height(cell, width - padding[0] - padding[1])
            tallest = max(tallest, inside + padding[2] + padding[3])
        return tallest

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the rows that fit and those that are left; nothing if no row fits below the heads."""
        self.wrap(width, height)
        heights = self._heights or []
        fit, used = 0, _AROUND if self._ground else 0.0
        for number, each in enumerate(heights):
            used += each
            if used > height:
                break
            if number not in self._together:
                fit = number + 1
        if fit == len(heights):
            return [self]
        fit = self._in_company(fit)
        if fit <= self._heads:
            return []
        heads = list(range(self._heads))
        ends, goes_on = self._part(list(range(fit))), self._part([*heads, *range(fit, len(heights))])
        if self._ground:  # words do not touch the edge of what they stand on
            ends._pad(-1, "BOTTOMPADDING")
            goes_on._pad(0, "TOPPADDING")
        return [ends, goes_on]

    def _pad(self, row: int, side: str) -> None:
        """Give a row more room at one side of it."""
        at = _SIDES.index(side)
        self._padding[row] = [
            [*cell[:at], cell[at] + _AROUND, *cell[at + 1 :]] for cell in self._padding[row]
        ]
        heights = self._heights = [*(self._heights or [])]
        heights[row] += _AROUND
        self.height += _AROUND

    def _in_company(self, fit: int) -> int:
        """Return how many rows stay, so that under repeated heads no row goes on alone."""
        records = self._records
        left = records[fit:]
        stay = sorted(set(records[self._heads : fit]))
        if not self._heads or len(set(left)) > 1 or len(stay) < 3 or left[0] == stay[-1]:
            return fit
        parted = records.index(stay[-1])
        return fit if parted - 1 in self._together else parted

    def _part(self, numbers: list[int]) -> Grid:
        """Return some of the rows as a grid that is read as one with the others."""
        part = Grid([], colWidths=self._widths, repeatRows=self._heads)
        part._is_centred = self._is_centred
        part._cells = [self._cells[each] for each in numbers]
        part._padding = [self._padding[each] for each in numbers]
        part._records = [self._records[each] for each in numbers]
        part._heights = [(self._heights or [])[each] for each in numbers]
        places = {each: at for at, each in enumerate(numbers)}
        part._placed = {(places[row], at): how for (row, at), how in self._placed.items() if row in places}
        part._together = {places[each] for each in self._together if each in places}
        part._rules = [moved for rule in self._rules for moved in _moved(rule, places)]
        part._ground, part._corner = self._ground, self._corner
        part._reads, part._element = self._reads, self._element
        part._read, part._heard = self._read, self._heard
        part.width, part.height = self.width, sum(part._heights)
        return part

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw ground, cells and rules."""
        self.wrap(self.width, self.height)
        x += _sW / 2 if self._is_centred else 0
        heights = self._heights or []
        tops = list(accumulate(heights, lambda top, each: top - each, initial=y + self.height))
        if self._ground:
            self._draw_ground(canvas, x, y)
        with canvas.inside(self._element) if self._element else nullcontext():
            for number in range(len(self._cells)):
                self._draw_row(canvas, number, x, tops[number], tops[number + 1])
        if self._rules:
            self._draw_rules(canvas, x, tops)

    def _draw_ground(self, canvas: Any, x: float, y: float) -> None:
        with canvas.marked(""):
            canvas.saveState()
            canvas.setFillColor(self._ground)
            if self._corner:
                canvas.roundRect(x, y, self.width, self.height, self._corner, stroke=0, fill=1)
            else:
                canvas.rect(x, y, self.width, self.height, stroke=0, fill=1)
            canvas.restoreState()

    def _draw_row(self, canvas: Any, number: int, x: float, top: float, foot: float) -> None:
        record = self._records[number]
        is_head = number < self._heads
        if is_head and record in self._heard:  # who hears it has heard the heads
            with canvas.edge("Header"):
                self._draw_cells(canvas, number, x, top, foot, is_head=True)
            return
        with self._inside(canvas, "TR" if self._reads == "Table" else "", record, -1):
            self._draw_cells(canvas, number, x, top, foot, is_head=is_head)
        if is_head:
            self._heard.add(record)

    def _inside(self, canvas: Any, kind: str, record: int, column: int) -> AbstractContextManager[None]:
        """Return within which part of the structure a row or cell is drawn."""
        if not kind or canvas.is_marked:
            return nullcontext()
        element = self._read.get((record, column))
        if element is None:
            scope = ("Column" if record < self._heads else "Row") if kind == "TH" else ""
            attributes = f"<</O/Table/Scope/{scope}>>" if scope else ""
            element = self._read[record, column] = Element(kind, attributes=attributes)
        inside: AbstractContextManager[None] = canvas.inside(element)
        return inside

    def _draw_cells(
        self, canvas: Any, number: int, x: float, top: float, foot: float, *, is_head: bool
    ) -> None:
        record = self._records[number]
        # Where no row is a head, the first cell is what the others are about.
        kinds = ("TH", "TH" if is_head else "TD") if is_head or not self._heads else ("TD", "TD")
        for column, cell in enumerate(self._cells[number]):
            if self._reads == "L" and cell:
                # A label and what it says are an item: two columns each.
                kind = "LBody" if column % 2 else "Lbl"
                with (
                    self._inside(canvas, "LI", record, -2 - column // 2),
                    self._inside(canvas, kind, record, column),
                ):
                    self._draw_cell(canvas, cell, number, column, x, top, foot)
            elif self._reads == "Table":
                with self._inside(canvas, kinds[min(column, 1)], record, column):
                    self._draw_cell(canvas, cell, number, column, x, top, foot)
            elif cell:
                self._draw_cell(canvas, cell, number, column, x, top, foot)
            x += self._widths[column]

    def _draw_cell(
        self, canvas: Any, cell: tuple[Flowable, ...] | None, number: int, column: int,
        x: float, top: float, foot: float,
    ) -> None:  # fmt: skip
        if not cell:
            return
        left, right, above, below = self._padding[number][column]
        room = self._widths[column] - left - right
        sizes = [each.wrap(room, top - foot) for each in cell]
        how = self._placed.get((number, column))
        height = _together(cell, [size[1] for size in sizes]) if how else 0.0
        at = top - above
        if how and (stands := how.get("VALIGN")) == "BOTTOM":
            at = foot + below + height
        elif how and stands == "MIDDLE":
            at = (top + foot + below - above + height) / 2
        is_right = bool(how) and (how or {}).get("ALIGN") == "RIGHT"
        for place, (each, (wide, tall)) in enumerate(zip(cell, sizes, strict=True)):
            at -= tall + (each.getSpaceBefore() if place else 0)
            each.drawOn(canvas, x + self._widths[column] - right - wide if is_right else x + left, at)
            at -= each.getSpaceAfter()

    def _draw_rules(self, canvas: Any, x: float, tops: Sequence[float]) -> None:
        with canvas.marked(""):
            canvas.saveState()
            starts = list(accumulate(self._widths, initial=x))
            for what, (left, first), (right, last), thick, ink in self._rules:
                canvas.setStrokeColor(ink)
                canvas.setLineWidth(thick)
                self._draw_rule(
                    canvas, what, (starts[left], starts[right + 1]), (tops[first], tops[last + 1])
                )
            canvas.restoreState()

    def _draw_rule(
        self, canvas: Any, what: str, across: tuple[float, float], down: tuple[float, float]
    ) -> None:
        (left, right), (top, foot) = across, down
        if what == "BOX" and self._corner:
            canvas.roundRect(left, foot, right - left, top - foot, self._corner, stroke=1, fill=0)
        elif what == "BOX":
            canvas.rect(left, foot, right - left, top - foot, stroke=1, fill=0)
        elif what == "LINEBEFORE":
            canvas.line(left, foot, left, top)
        else:
            level = foot if what == "LINEBELOW" else top
            canvas.line(left, level, right, level)


def _held(cell: Held) -> tuple[Flowable, ...] | None:
    if isinstance(cell, str):
        if cell:
            raise ValueError("Words in a grid are set as paragraphs.")
        return None
    return (cell,) if isinstance(cell, Flowable) else tuple(cell)


def _height(cell: Sequence[Flowable], room: float) -> float:
    return _together(cell, [each.wrap(room, 72_000)[1] for each in cell])


def _together(cell: Sequence[Flowable], heights: Sequence[float]) -> float:
    """Return how tall flowables are one below the other, without the room around them."""
    if not cell:
        return 0.0
    gaps = sum(each.getSpaceAfter() for each in cell[:-1]) + sum(each.getSpaceBefore() for each in cell[1:])
    return sum(heights) + float(gaps)


def _moved(rule: Command, places: dict[int, int]) -> list[Command]:
    """Return a rule for those rows of its own that are left."""
    what, (left, first), (right, last), *more = rule
    stay = [places[each] for each in range(first, last + 1) if each in places]
    return [(what, (left, min(stay)), (right, max(stay)), *more)] if stay else []
