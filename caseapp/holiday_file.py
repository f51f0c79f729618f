"""Bank holidays from a file: GOV.UK's list as published, or a CSV. Seen before; whole or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from caseapp import calendars, holidays, intake, words
from caseapp.education import csv_file
from caseapp.holidays import BANK, REMOVED, WHOLE_YEAR, HolidayRow
from caseapp.pep_settings import PURPOSE
from caseapp.ssda903_rows import printable
from db.problems import Problem
from db.roles import authorise
from db.store import Session

FILE_LIMIT: Final = 1_000_000  # bytes: GOV.UK's list has some 30,000
MOST_DAYS: Final = 2_000
_DIVISION: Final = "england-and-wales"
_SHOWN_FAULTS: Final = 8
_DATES, _NAMES = ("date", "day"), ("title", "name", "holiday", "bank holiday")


class Preview(NamedTuple):
    """What a file would change: days that come, days that go, and how many were known before.

    `whole_years` are those that the file tells in full: what it does not name in them goes.
    """

    file: str
    coming: tuple[tuple[date, str], ...]
    going: tuple[tuple[date, str], ...]
    confirmed: tuple[tuple[date, str], ...]
    known: int
    whole_years: tuple[int, ...]


def look(session: Session, path: Path) -> Preview:
    """Return what a file of holidays would change. Raises Problem, every bad row named, if it is refused."""
    given, now = read(path), _now(session)
    years = [day.year for day in given]
    whole = tuple(sorted({year for year in years if years.count(year) >= WHOLE_YEAR}))
    coming = [each for each in sorted(given.items()) if each[0] not in now]
    going = [(day, row.name) for day, row in sorted(now.items()) if day.year in whole and day not in given]
    confirmed = [(day, name) for day, name in sorted(given.items()) if day in now and not now[day].is_sure]
    known = len(given) - len(coming) - len(confirmed)
    return Preview(printable(path.name), tuple(coming), tuple(going), tuple(confirmed), known, whole)


def _now(session: Session) -> dict[date, HolidayRow]:
    """Return the bank holidays that count now, those of years gone by too."""
    own = {row.day: row for row in holidays.table(session)}
    old = {
        day: HolidayRow(day, name, BANK, is_own=False, is_sure=True)
        for day, name in calendars.england_names().items()
        if day not in own
    }
    return {day: row for day, row in (old | own).items() if row.kind == BANK}


def take(session: Session, path: Path) -> Preview:
    """Take in a file of holidays. For administrators, in a session for «settings».

    Raises Problem, with nothing changed, if it is refused or says nothing new.
    """
    authorise(session.actor, PURPOSE)
    found = look(session, path)
    if not (found.coming or found.going or found.confirmed):
        raise Problem("Every day of the file is known already. Nothing was changed.")
    kept = {day: (name, BANK) for day, name in (*found.coming, *found.confirmed)}
    holidays.put(session, kept | {day: (name, REMOVED) for day, name in found.going})
    return found


def read(path: Path) -> dict[date, str]:
    """Return the days of a file with their names. Raises Problem if it is refused whole."""
    given = _from_json(path) if path.suffix.casefold() == ".json" else _from_csv(path)
    found: dict[date, str] = {}
    faults: list[str] = []
    for where, typed, name in given:
        said = _fault(typed, name, found)
        if isinstance(said, date):
            found[said] = name
        else:
            faults.append(f"{where}: {said}")
    if faults:
        more = len(faults) - _SHOWN_FAULTS
        rest = [f"And {words.count(more, 'row')} more."] if more > 0 else []
        raise _refused(path, " ".join([*faults[:_SHOWN_FAULTS], *rest]))
    return found


def _fault(typed: str, name: str, before: dict[date, str]) -> date | str:
    """Return the day of a row, or what is wrong with it in a sentence."""
    day = words.stored_day(typed)
    if day is None:
        try:
            day = words.full_day(typed)
        except ValueError:
            return f"“{printable(typed)[:40]}” is not a date. Write 25/12/2026 or 2026-12-25."
    if day in before:
        return f"{words.day(day)} is there twice."
    return holidays.trouble_with(day, name) or day


def _from_json(path: Path) -> list[tuple[str, str, str]]:
    """Return (where, date, name) of each event of GOV.UK's list for England and Wales."""
    try:
        content = intake.content_of(path, FILE_LIMIT)
    except intake.Refused as error:
        raise _refused(path, str(error)) from None
    try:
        told = intake.document(content, FILE_LIMIT)
        events: list[Any] = told[_DIVISION]["events"]
        rows = [
            (f"Day {number}", str(each["date"]), _name(each["title"]))
            for number, each in enumerate(events, 1)
        ]
    except intake.Refused as error:
        raise _refused(path, f"It is not GOV.UK’s list of bank holidays. {error}") from None
    except (KeyError, TypeError):
        raise _refused(
            path, f"It is not GOV.UK’s list of bank holidays: it has no days of “{_DIVISION}”."
        ) from None
    return _some(path, rows)


def _from_csv(path: Path) -> list[tuple[str, str, str]]:
    table = csv_file.read(path)
    headings = [each.casefold() for each in table.headings]
    dates = next((headings.index(each) for each in _DATES if each in headings), None)
    names = next((headings.index(each) for each in _NAMES if each in headings), None)
    if dates is None or names is None:
        raise _refused(path, "It needs the columns “date” and “title”.")
    rows = [
        (f"Line {row.line}", _cell(row.cells, dates), _name(_cell(row.cells, names))) for row in table.rows
    ]
    return _some(path, rows)


def _some(path: Path, rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    if not rows:
        raise _refused(path, "It holds no days.")
    if len(rows) > MOST_DAYS:
        raise _refused(path, f"It has more than {MOST_DAYS:,} days: this is no list of holidays.")
    return rows


def _cell(cells: tuple[str, ...], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _name(told: Any) -> str:
    return " ".join(printable(str(told)).split())[:80]


def _refused(path: Path, why: str) -> Problem:
    return Problem(f"{printable(path.name)} is refused whole, and nothing was changed. {why}")
