"""The return of a year as the record makes it: what an export writes, and what the rules judge.

What became known after the year's 31 March is not told: an episode that ended in May was open in March.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp.returns import leavers
from caseapp.returns.leavers import Worked
from caseapp.returns.stored import HEADER, STORED
from caseapp.returns.tables import COLUMNS, Line, Return, table
from db import returns as queries
from db.models import (
    AboutChild,
    Adoption,
    CareLeaverYear,
    Child,
    Episode,
    HealthYear,
    InTouch,
    LacReview,
    PreviousPermanence,
)
from db.store import Session

_ADOPTED = ("E11", "E12")
_ENDS = {"DEC": ("REC", "REASON_PLACE_CHANGE"), "MIS_END": (), "SW_DEC": (), "DUC": (), "DOLO_END": (),
         "DATE_PLACED_CEASED": ("REASON_PLACED_CEASED",)}  # fmt: skip
"""A column with the day on which something ended, and what is not known before it."""


class Origin(NamedTuple):
    """The row of the record that a row of the return was made of."""

    child_id: UUID
    tbl: str
    row_id: UUID


@dataclass(frozen=True)
class Made:
    """A return with the row of the record behind each of its lines, by (table, number)."""

    told: Return
    origins: Mapping[tuple[str, int], Origin]
    names: Mapping[str, str]
    """The child's name by the return's reference."""

    def origin(self, line: Line) -> Origin | None:
        """Return what a line was made of."""
        return self.origins.get((line.table, line.number))


class _Row(NamedTuple):
    cells: dict[str, str]
    origin: Origin


Files = Mapping[type[AboutChild], Mapping[UUID, Sequence[Any]]]


def return_of(session: Session, year: int, *, prior: bool = False) -> Made:
    """Return the return of the year that ends on 31 March `year`, over the children within reach.

    With `prior` the year before goes with it, for the rules that compare the two.
    """
    files = {stored.table: queries.by_child(session, stored.table) for stored in STORED.values()}
    touched = queries.by_child(session, InTouch)
    children = queries.children_with_care(session)

    def made_of(one: int) -> Made:
        worked = leavers.worked_out(session, children, files[CareLeaverYear], touched, one)
        return _made(children, files, worked, one)

    made = made_of(year)
    before = made_of(year - 1).told if prior else None
    told = Return(year, made.told.tables, before)
    return Made(told, made.origins, made.names)


def _made(children: Sequence[Child], files: Files, worked: Mapping[UUID, Worked], year: int) -> Made:
    rows: dict[str, list[_Row]] = {name: [] for name in COLUMNS}
    names: dict[str, str] = {}
    for child in children:
        of_child = _tables(child, files, year)
        if child.id in worked:
            of_child["OC3"] = [_worked(child, worked[child.id])]
        if not any(of_child.get(name) for name in ("Episodes", "OC3")):
            continue
        names[reference(child)] = child.name
        rows["Header"].append(_Row(_header(child), Origin(child.id, "child", child.id)))
        for name, found in of_child.items():
            rows[name] += found
    tables = {name: table(name, (each.cells for each in found)) for name, found in rows.items() if found}
    origins = {
        (name, number): each.origin for name, found in rows.items() for number, each in enumerate(found)
    }
    return Made(Return(year, tables), origins, names)


def reference(child: Child) -> str:
    """Return the return's CHILD: the reference it came with, else the printed one."""
    return child.source_ref or str(child.ref)


def _header(child: Child) -> dict[str, str]:
    return {"CHILD": reference(child)} | {
        column: _text(getattr(child, name)) for column, name in HEADER.items()
    }


def _tables(child: Child, files: Files, year: int) -> dict[str, list[_Row]]:
    """Return a child's rows in a year, by table."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    episodes = [each for each in _of(files, Episode, child) if _overlaps(each, first, last)]
    told: dict[str, Iterable[AboutChild]] = {
        "Episodes": episodes,
        "Reviews": (each for each in _of(files, LacReview, child) if first <= each.held_on <= last),
        "OC2": (each for each in _of(files, HealthYear, child) if each.year == year),
        "OC3": (each for each in _of(files, CareLeaverYear, child) if each.year == year),
        "AD1": _of(files, Adoption, child) if _ended(episodes, _ADOPTED, last) else (),
        "PrevPerm": _of(files, PreviousPermanence, child) if _started(episodes, first) else (),
    }
    if episodes:
        for name in ("UASC", "PlacedAdoption", "Missing", "SWEpisodes", "DoLo"):
            rows = _of(files, STORED[name].table, child)
            told[name] = (each for each in rows if _overlaps(each, first, last))
    return {name: [_row(name, child, each, last) for each in rows] for name, rows in told.items()}


def _of(files: Files, kind: type[AboutChild], child: Child) -> Iterator[Any]:
    return iter(files[kind].get(child.id, ()))


def _overlaps(row: Any, first: date, last: date) -> bool:
    """Return whether a stretch of time reaches into a year; what has no start of its own always has."""
    started = getattr(row, "started_on", None) or getattr(row, "decided_on", None) or date.min
    return started <= last and (row.ended_on is None or row.ended_on >= first)


def _ended(episodes: Iterable[Episode], reasons: Sequence[str], last: date) -> bool:
    return any(each.reason_ended in reasons and each.ended_on and each.ended_on <= last for each in episodes)


def _started(episodes: Iterable[Episode], first: date) -> bool:
    return any(each.reason_started == "S" and each.started_on >= first for each in episodes)


def _row(name: str, child: Child, row: Any, last: date) -> _Row:
    stored = STORED[name]
    cells = {"CHILD": reference(child), "DOB": _text(child.born_on), "SEX": child.sex}
    cells |= {column: _text(getattr(row, attribute)) for column, attribute in stored.attributes.items()}
    for column, others in _ENDS.items():
        ended = getattr(row, stored.attributes[column]) if column in stored.attributes else None
        if ended and ended > last:
            cells |= dict.fromkeys((column, *others), "")
    return _Row(cells, Origin(child.id, row.__tablename__, row.id))


def _worked(child: Child, items: Worked) -> _Row:
    cells = {"CHILD": reference(child), "DOB": _text(child.born_on)}
    cells |= {"IN_TOUCH": items.in_touch, "ACTIV": items.activity, "ACCOM": items.accommodation}
    # Worked out of many rows, so the child stands for them.
    return _Row(cells, Origin(child.id, InTouch.__tablename__, child.id))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
