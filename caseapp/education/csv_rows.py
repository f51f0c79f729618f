"""What a row of a school's CSV says once its columns are known: whose it is, what it gives. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from caseapp import words
from caseapp.education.csv_mapping import (
    ATTENDANCE,
    PER_SUBJECT,
    TARGETS,
    ColumnMap,
    Target,
    code_of,
    school_year_from,
    short,
    target,
)

_NUMBER: Final = re.compile(r"(\d{1,4})(?:\.0+)?", re.ASCII)
_TIME: Final = re.compile(r"[ T]00:00(:00)?$")


class Fault(Exception):
    """Keeps a row out: the column at fault, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


class Pupil(NamedTuple):
    """Whom a row is about, as the file has it."""

    upn: str
    names: tuple[tuple[str, str], ...]
    born_on: date | None


class Entry(NamedTuple):
    """What a row says: the fields that it gives, stored as the record stores them, and their columns."""

    given: dict[str, Any]
    columns: dict[str, str]


def pupil(chosen: ColumnMap, headings: Sequence[str], cells: Sequence[str]) -> Pupil:
    """Return whom a row is about. Raises Fault where it does not say."""
    said = _Cells(chosen, headings, cells)
    upn = "".join(said.text("upn").upper().split())
    born_on = said.day("born_on")
    names = []
    if said.text("given") and said.text("family"):
        names.append((said.text("given"), said.text("family")))
    if whole := said.text("name"):
        family, comma, given = whole.partition(",")
        names.append((given.strip(), family.strip()) if comma else ("", whole))
    if not upn and not (names and born_on):
        column = said.column("upn") or said.column("name") or said.column("family")
        raise Fault(column, "There is no UPN, and no name with a date of birth.")
    return Pupil(upn, tuple(names), born_on)


def entries(chosen: ColumnMap, headings: Sequence[str], cells: Sequence[str]) -> list[Entry]:
    """Return what a row says: one term of attendance, or a subject or several. Raises Fault."""
    said = _Cells(chosen, headings, cells)
    if chosen.kind == ATTENDANCE:
        return [_attendance(said)]
    common = _given(said, ("assessed_on", "framework", "target", "comment", "progress", "baseline"))
    if not set(chosen.columns.values()) & set(PER_SUBJECT):
        common |= _given(said, ("subject", "result", "judgement"))
        for key in ("subject", "assessed_on", "framework"):
            _need(said, common, key)
        return [Entry(common, said.columns())]
    for key in ("assessed_on", "framework"):
        _need(said, common, key)
    found: dict[str, Entry] = {}
    for heading, key, value in said.per_subject():
        entry = found.setdefault(heading, Entry({**common, "subject": heading}, said.columns()))
        entry.given[PER_SUBJECT[key]] = value
        entry.columns[PER_SUBJECT[key]] = heading
    if not found:
        raise Fault("", "No subject has a result.")
    return list(found.values())


def _attendance(said: _Cells) -> Entry:
    given = _given(
        said, ("school_year", "term", "possible", "attended", "authorised", "unauthorised", "late")
    )
    for key in ("school_year", "term", "possible", "attended"):
        _need(said, given, key)
    return Entry(given, said.columns())


def _given(said: _Cells, keys: Sequence[str]) -> dict[str, Any]:
    found = {key: said.value(key) for key in keys}
    return {key: value for key, value in found.items() if value is not None and value != ""}


def _need(said: _Cells, given: Mapping[str, Any], key: str) -> None:
    if key not in given:
        raise Fault(said.column(key), f"“{said.target(key).label}” is empty.")


class _Cells:
    """A row by fields: what its cells say, else what was said for the whole file."""

    def __init__(self, chosen: ColumnMap, headings: Sequence[str], cells: Sequence[str]) -> None:
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            raise Fault("", f"It has {len(cells)} cells under {len(headings)} headings: look at its commas.")
        self._chosen = chosen
        self._by_heading = dict(zip(headings, cells, strict=False))
        self._heading = {
            key: name for name, key in chosen.columns.items() if name in headings and key not in PER_SUBJECT
        }

    def target(self, key: str) -> Target:
        return target(self._chosen.kind, key)

    def column(self, key: str) -> str:
        return self._heading.get(key, "")

    def columns(self) -> dict[str, str]:
        return dict(self._heading)

    def text(self, key: str) -> str:
        told = self._by_heading.get(self.column(key), "")
        return told or (self._chosen.whole.get(key, "").strip() if self._is_whole(key) else "")

    def _is_whole(self, key: str) -> bool:
        return any(each.key == key and each.whole for each in TARGETS[self._chosen.kind])

    def day(self, key: str) -> date | None:
        text = _TIME.sub("", self.text(key))
        if not text:
            return None
        try:
            return words.full_day(text)
        except ValueError:
            raise Fault(self.column(key), f"“{short(text)}” is not a date. Write it as 03/09/2026.") from None

    def value(self, key: str) -> Any:
        """Return what a field is given, as stored; None where the row says nothing."""
        asked = self.target(key)
        text = self.text(key)
        if not text or asked.kind == "text":
            return text
        if asked.kind == "day":
            return self.day(key)
        if asked.kind == "code":
            return self._coded(asked, self.column(key), text)
        return self._number(asked, text)

    def _number(self, asked: Target, text: str) -> int:
        if asked.kind == "year":
            try:
                return school_year_from(text)
            except ValueError as error:
                raise Fault(self.column(asked.key), str(error)) from None
        found = _NUMBER.fullmatch(text)
        if not found:
            raise Fault(self.column(asked.key), f"“{short(text)}” is not a whole number from 0 to 9999.")
        return int(found[1])

    def _coded(self, asked: Target, column: str, text: str) -> str:
        code = code_of(self._chosen, asked, text)
        if not code:
            raise Fault(column, f"“{short(text)}” has no meaning chosen for it yet.")
        return code

    def per_subject(self) -> Iterator[tuple[str, str, str]]:
        """Yield (heading, field, value) of the columns whose heading is a subject, blanks left out."""
        for heading, key in self._chosen.columns.items():
            text = self._by_heading.get(heading, "")
            if key in PER_SUBJECT and text:
                asked = self.target(key)
                yield heading, key, self._coded(asked, heading, text) if asked.kind == "code" else text
