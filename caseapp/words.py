"""How dates, money, numbers and typed text read. Plain functions; no screen, no store."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*([dwmy])", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,4})[\s./-]+(\d{1,2})[\s./-]+(\d{1,4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{2}|\d{4})", re.IGNORECASE)
# Control characters are dropped; tab and newline are typed on purpose.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def tidy(text: str) -> str:
    """Return typed text as it is stored: NFC, one kind of line end, no control characters or surrogates."""
    one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", one_line_end))


def isolated(name: str) -> str:
    """Return a name as it stands on the screen before a date or a number.

    Written from right to left it would move them, and turn round what a hyphen or a comma parts.
    """
    turns = not name.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u2068{name}\u2069" if turns else name


def day(value: date) -> str:
    """Return a date as people here read it: 04/09/2011."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def long_day(value: date) -> str:
    """Return a date in full: Thursday 19 November 2026."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """Return an aware moment in London time: 23/11/2026 14:40."""
    local = value.astimezone(LONDON)
    return f"{day(local.date())} {local:%H:%M}"


def london_day(value: datetime) -> date:
    """Return the day in London on which an aware moment falls."""
    return value.astimezone(LONDON).date()


def clock_time(value: datetime) -> str:
    """Return the London time of day of an aware moment: 14:32."""
    return f"{value.astimezone(LONDON):%H:%M}"


def day_from(typed: str, today: date) -> date:
    """Return the date that someone typed in any sensible way.

    Takes 3/9/26, 03.09.2026, 3 Sep 2026, 2026-09-03, today, tomorrow, yesterday, and steps from today:
    +6w, -2d, +3m, +1y. A two-digit year is this century unless it lies over 20 years ahead.
    Raises ValueError with a sentence for anything else.
    """
    text = typed.strip().casefold()
    if text in _BY_WORD:
        return today + timedelta(days=_BY_WORD[text])
    try:
        if found := _STEP.fullmatch(text):
            return _stepped(found, today)
        if found := _NUMBERS.fullmatch(text):
            return _from_numbers(found.group(1), found.group(2), found.group(3), today)
        if found := _NAMED.fullmatch(text):
            return _from_named(found, today)
    except (ValueError, OverflowError):
        raise ValueError(f"“{_cited(typed)}” is not a date in the calendar. Type it as 03/09/2026.") from None
    raise ValueError(f"“{_cited(typed)}” is not a date. Type it as 03/09/2026, today or +6w.")


def _cited(typed: str) -> str:
    """Return what was typed, cut where it cannot have been meant as a date."""
    said = " ".join(typed.split())
    return said if len(said) <= MOST_CITED else f"{said[:MOST_CITED].rstrip()}…"


def full_day(typed: str) -> date:
    """Return a date typed in full: 03/09/2026. Raises ValueError with a sentence.

    Without today at hand a two-digit year or a step cannot be read.
    """
    text = typed.strip()
    if not re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}", text):
        raise ValueError(f"“{_cited(text)}” is not a date. Type it as 03/09/2026.")
    return day_from(text, date.max - timedelta(days=1))


MOST_CITED: Final = 40
_BY_WORD = {"today": 0, "tomorrow": 1, "yesterday": -1}


def _stepped(found: re.Match[str], today: date) -> date:
    count = int(found.group(1) + found.group(2))
    unit = {"d": "days", "w": "weeks", "m": "months", "y": "years"}[found.group(3).lower()]
    return today + relativedelta(**{unit: count})  # type: ignore[arg-type]  # the stub wants each key by name


def _from_numbers(first: str, second: str, third: str, today: date) -> date:
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    if len(first) > 2:
        raise ValueError(first)
    return date(_year(third, today), int(second), int(first))


def _from_named(found: re.Match[str], today: date) -> date:
    starts = [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(found.group(2))]
    if len(starts) != 1:
        raise ValueError(found.group(2))
    return date(_year(found.group(3), today), starts[0], int(found.group(1)))


def _year(typed: str, today: date) -> int:
    if len(typed) == 4:
        return int(typed)
    if len(typed) != 2:
        raise ValueError(typed)
    year = today.year // 100 * 100 + int(typed)
    return year - 100 if year > today.year + 20 else year


def stored_day(value: object) -> date | None:
    """Return the date of an ISO text as answers hold it, or None for anything else."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def money(pence: int) -> str:
    """Return pence as pounds: £1,234.50."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def pence_from(typed: str) -> int:
    """Return the pence of a typed sum (£1,234.50, 60, 60.5). Raises ValueError with a sentence.

    A comma stands between thousands alone: 60,50 would else be six thousand pounds.
    """
    text = typed.strip().replace("£", "").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d*)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,2})?", text):
        raise ValueError(f"“{typed.strip()}” is not a sum of money. Type it as 480 or 480.50.")
    return int(Decimal(text) * 100)


def percent(part: int, whole: int) -> Decimal:
    """Return part of whole in per cent to one place, a half rounded up as people do.

    >>> percent(265, 400), percent(1, 3)
    (Decimal('66.3'), Decimal('33.3'))
    """
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: 1 child, 2 children."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: list[str], last: str = "and") -> str:
    """Return words in a row as English does: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
