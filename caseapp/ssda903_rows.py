"""The tables of the SSDA903 return: their columns, what a cell may hold, and the words if it does not. Pure.

Source: the Department for Education's guide to the return; code lists in resources/codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from caseapp import codes, words

Value = str | int | bool | date | None

EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
LONGEST = 100  # no cell of the return comes near it

_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_PART_DAY = re.compile(r"(\d\d|ZZ)/(\d\d|ZZ)/(\d{4}|ZZZZ)", re.ASCII)
_STAND_IN = ("01", "01", "2000")  # for a part not known: 29/02/ZZZZ is a day
_LETTERS_BEFORE_2025 = {"1": "M", "2": "F"}


class Column(NamedTuple):
    """A column: how its cell is read, what a blank means, and whether the row says nothing without it.

    `read` takes the cell trimmed and in capitals. It raises ValueError with a sentence's end: «is not …».
    """

    name: str
    read: Callable[[str], Value]
    blank: Value = None
    needed: bool = False


def cell(column: Column, raw: str) -> Value:
    """Return what a cell says. Raises ValueError with a sentence that names the column.

    >>> cell(_day("DEC"), " 01/02/2026 ")
    datetime.date(2026, 2, 1)
    """
    text = raw.strip()
    if not text:
        if column.needed:
            raise ValueError(f"{column.name} is blank.")
        return column.blank
    if len(text) > LONGEST:
        raise ValueError(f"{column.name} has {len(text):,} characters: far too many.")
    try:
        if not text.isascii():
            raise ValueError("holds letters that the return does not have")
        return column.read(text.upper())
    except ValueError as error:
        raise ValueError(f"{column.name} “{shown(text)}” {error}.") from None


def shown(text: str) -> str:
    """Return text from a file as it may stand in a message: short, without control characters."""
    return printable(text if len(text) <= 24 else f"{text[:23]}…")


def printable(text: str) -> str:
    """Return text with a question mark for each character that cannot be shown."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _read_day(text: str) -> date:
    parts = _DAY.fullmatch(text)
    if not parts:
        raise ValueError("is not a date written DD/MM/YYYY")
    try:
        found = date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        raise ValueError("is not a day of the calendar") from None
    if not EARLIEST <= found <= LATEST:
        raise ValueError("is not between 1900 and 2099")
    return found


def _read_part_day(text: str) -> str:
    parts = _PART_DAY.fullmatch(text)
    if not parts:
        raise ValueError("is not a date written DD/MM/YYYY, with ZZ for what is not known")
    pairs = zip(parts.groups(), _STAND_IN, strict=True)
    known = [part if part.isdigit() else stand_in for part, stand_in in pairs]
    _read_day("/".join(known))
    return text


def _read_flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("is neither 0 nor 1")
    return text == "1"


def _day(name: str, *, needed: bool = False) -> Column:
    return Column(name, _read_day, None, needed)


def _flag(name: str) -> Column:
    return Column(name, _read_flag)


def _code(name: str, listed_as: str = "", *, needed: bool = False) -> Column:
    """Return a column of a code list. A code that was ever valid is taken: an older return keeps its own."""

    def read(text: str) -> str:
        if text not in codes.return_codes(listed_as or name):
            raise ValueError(f"is not a code of {name}")
        return text

    return Column(name, read, "", needed)


def _number(name: str, low: int, high: int) -> Column:
    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or not low <= int(text) <= high:
            raise ValueError(f"is not a number from {low} to {high}")
        return int(text)

    return Column(name, read)


def _text(name: str, pattern: str, meant: str, *, needed: bool = False) -> Column:
    like = re.compile(pattern, re.ASCII)

    def read(text: str) -> str:
        if not like.fullmatch(text):
            raise ValueError(f"is not {meant}")
        return text

    return Column(name, read, "", needed)


def _read_sex(text: str) -> str:
    """Return M, F or U. Up to 2023/24 the return wrote 1 and 2."""
    letter = _LETTERS_BEFORE_2025.get(text, text)
    if letter not in codes.return_codes("SEX"):
        raise ValueError("is not a code of SEX")
    return letter


def _postcode(name: str) -> Column:
    return _text(name, r"[A-Z0-9 ]{2,10}", "a postcode")


CHILD = _text("CHILD", r"[A-Z0-9]{1,20}", "a reference of up to 20 letters and digits", needed=True)
DOB = _day("DOB")
SEX = Column("SEX", _read_sex, "")

TABLES: dict[str, tuple[Column, ...]] = {
    "Header": (
        CHILD, SEX, DOB, _code("ETHNIC", "ethnicity"),
        _text("UPN", r"[A-Z0-9]{13}|UN[1-5]", "a UPN of 13 letters and digits, or UN1 to UN5"),
        _flag("MOTHER"), _day("MC_DOB"),
    ),
    "Episodes": (
        CHILD, _day("DECOM", needed=True), _code("RNE"), _code("LS"), _code("CIN"), _code("PLACE"),
        _code("PLACE_PROVIDER"), _day("DEC"), _code("REC"), _code("REASON_PLACE_CHANGE"),
        _postcode("HOME_POST"), _postcode("PL_POST"),
        _text("URN", r"[A-Z0-9]{1,10}", "a URN of up to 10 letters and digits"),
    ),
    "Reviews": (CHILD, DOB, _day("REVIEW", needed=True), _code("REVIEW_CODE")),
    "UASC": (CHILD, SEX, DOB, _day("DUC")),
    "OC2": (
        CHILD, DOB, _number("SDQ_SCORE", 0, 40), _code("SDQ_REASON"), _flag("CONVICTED"),
        _flag("HEALTH_CHECK"), _flag("IMMUNISATIONS"), _flag("TEETH_CHECK"), _flag("HEALTH_ASSESSMENT"),
        _flag("SUBSTANCE_MISUSE"), _flag("INTERVENTION_RECEIVED"), _flag("INTERVENTION_OFFERED"),
    ),
    "OC3": (CHILD, DOB, _code("IN_TOUCH"), _code("ACTIV"), _code("ACCOM")),
    "AD1": (
        CHILD, DOB, _day("DATE_INT"), _day("DATE_MATCH"), _flag("FOSTER_CARE"), _number("NB_ADOPTR", 1, 2),
        _code("SEX_ADOPTR"), _code("LS_ADOPTR"),
    ),
    "PlacedAdoption": (
        CHILD, DOB, _day("DATE_PLACED", needed=True), _day("DATE_PLACED_CEASED"),
        _code("REASON_PLACED_CEASED"),
    ),
    "PrevPerm": (
        CHILD, DOB, _code("PREV_PERM"),
        _text("LA_PERM", r"\d{3}|WAL|SCO|NIR|NUK", "a council’s three digits, WAL, SCO, NIR or NUK"),
        Column("DATE_PERM", _read_part_day, ""),
    ),
    "Missing": (CHILD, DOB, _code("MISSING", needed=True), _day("MIS_START", needed=True), _day("MIS_END")),
    "SWEpisodes": (
        CHILD, DOB, _text("SW_ID", r"[A-Z0-9]{1,20}", "an id of up to 20 letters and digits", needed=True),
        _day("SW_DECOM", needed=True), _day("SW_DEC"), _code("SW_REASON"),
    ),
    "DoLo": (CHILD, DOB, _day("DOLO_START", needed=True), _day("DOLO_END")),
}  # fmt: skip

NEEDED = ("Header", "Episodes")

# What makes a row the only one of its kind, so that a second one cannot be kept beside it.
KEYS: dict[str, tuple[str, ...]] = {
    "Header": ("CHILD",),
    "Episodes": ("CHILD", "DECOM"),
    "Reviews": ("CHILD", "REVIEW"),
    "UASC": ("CHILD",),
    "OC2": ("CHILD",),
    "OC3": ("CHILD",),
    "AD1": ("CHILD",),
    "PlacedAdoption": ("CHILD", "DATE_PLACED"),
    "PrevPerm": ("CHILD",),
    "Missing": ("CHILD", "MIS_START", "MISSING"),
    "SWEpisodes": ("CHILD", "SW_ID", "SW_DECOM"),
    "DoLo": ("CHILD", "DOLO_START"),
}

# A stretch of time cannot end before it starts.
STRETCHES: dict[str, tuple[str, str]] = {
    "Episodes": ("DECOM", "DEC"),
    "PlacedAdoption": ("DATE_PLACED", "DATE_PLACED_CEASED"),
    "Missing": ("MIS_START", "MIS_END"),
    "SWEpisodes": ("SW_DECOM", "SW_DEC"),
    "DoLo": ("DOLO_START", "DOLO_END"),
}

BY_COLUMNS: dict[frozenset[str], str] = {
    frozenset(column.name for column in columns): name for name, columns in TABLES.items()
}


def table_of(header: list[str]) -> str:
    """Return the table that a header line names. Raises ValueError with what is wrong with it."""
    named = frozenset(header)
    if named in BY_COLUMNS and len(named) == len(header):
        return BY_COLUMNS[named]
    if len(header) == 1 and ";" in header[0]:
        raise ValueError("parts its cells by semicolons, where the return has commas")
    if len(named) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise ValueError(f"names the column {shown(twice) or '(blank)'} twice")
    if frozenset(name.strip().upper() for name in header) in BY_COLUMNS:
        raise ValueError("has column names that are not in plain capitals")
    raise ValueError(_misfit(named))


def _misfit(named: frozenset[str]) -> str:
    nearest = max(BY_COLUMNS, key=lambda columns: len(columns & named) / len(columns | named))
    if len(nearest & named) < 2:
        return "has no header line of the return"
    missing, added = sorted(nearest - named), sorted(named - nearest)
    said = [f"lacks {words.listed(missing)}"] if missing else []
    said += (
        [f"has {words.listed([shown(name) or '(blank)' for name in added[:5]])} too many"] if added else []
    )
    return f"looks like the table {BY_COLUMNS[nearest]}, but {' and '.join(said)}"
