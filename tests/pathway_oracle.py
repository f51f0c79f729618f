"""Leaving-care categories the slow way: one day after another, one child, no rule of ours shared.

What is kept is a tally that a clerk could keep: days in care so far, how care last ended, what was wiped out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
GUARDIANS = ("E43", "E44", "E45", "E46", "E47", "E48")


class Told(NamedTuple):
    category: str
    owed: bool
    on_request: bool
    days: int
    after_16: bool


def turns(born: date, years: int) -> date:
    if (born.month, born.day) == (2, 29) and (born.year + years) % 4:
        return date(born.year + years, 3, 1)
    return date(born.year + years, born.month, born.day)


def six_months_after(day: date) -> date:
    year, month = (day.year, day.month + 6) if day.month < 7 else (day.year + 1, day.month - 6)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError(day)


def covers(event, day: date) -> bool:
    return event.start <= day and (event.end is None or event.end > day)


def walk(born: date, spells, events) -> dict[date, Told]:
    """Return what holds on each day from the 13th birthday to a week past the 25th."""
    fourteen, sixteen, eighteen, grown, last = (turns(born, years) for years in (14, 16, 18, 21, 25))
    eve = eighteen - DAY
    care, endings = _diary(spells, eighteen)
    orders = [each for each in events if each.kind == "special_guardianship"]
    given = {order.start for order in orders}
    derived = [
        end for end, reasons in endings.items() for reason in reasons
        if reason in GUARDIANS and end not in given
    ]  # fmt: skip
    dead = min((each.end for each in spells if each.reason_ended == "E2" and each.end), default=date.max)

    days, since_16, reason, adopted, held_at_16 = 0, False, "", date.min, False
    tally: dict[date, int] = {}
    told: dict[date, Told] = {}
    day = turns(born, 13)
    while day < last + 7 * DAY:
        for reason in endings.get(day, []):
            if reason in ("E11", "E12"):
                days, since_16, held_at_16, adopted = 0, False, False, day
        if day == eighteen and eve in care:
            reason = ""
        tally[day] = days
        since_16 = since_16 or (day >= sixteen and day in care)
        if day == sixteen:
            held_at_16 = _held(events, sixteen, care, tally, adopted)
        tested = min(day, eve)
        full = ((days >= 91 and since_16) or held_at_16) and reason != "E41" and reason not in GUARDIANS
        home = any(
            each.kind == "settled_home" and six_months_after(each.start) <= tested
            and covers(each, tested) and covers(each, day) for each in events
        )  # fmt: skip
        if day >= eighteen and eve in care:
            home = False
        under_order = any(
            covers(each, tested) and each.start > adopted and each.start - DAY in care for each in orders
        ) or any(end <= tested and end > adopted and end - DAY in care for end in derived)
        learns = any(each.kind in ("education", "education_asked") and covers(each, day) for each in events)
        asks = learns or any(each.kind == "adviser_asked" and covers(each, day) for each in events)

        if dead <= day or (day not in care and reason == "E3"):
            category = "closed"
        elif day < sixteen:
            category = "none"
        elif day in care:
            category = "eligible" if days >= 91 else "looked_after"
        elif day >= last:
            category = "closed" if full or since_16 or under_order else "none"
        elif full and not home:
            category = "relevant" if day < eighteen else "former_relevant"
        elif full or since_16:
            category = "qualifying" if day < grown or learns else "none"
        else:
            category = "qualifying" if under_order and day < grown else "none"

        late = category == "former_relevant" and day >= grown
        owed = asks if late else category in ("eligible", "relevant", "former_relevant")
        told[day] = Told(category, owed, late, days, since_16)
        days += day in care and day >= fourteen
        day += DAY
    return told


def _diary(spells, eighteen: date) -> tuple[set[date], dict[date, list[str]]]:
    """Return each day in care, and the codes with which care ended by day, in the order the spells began."""
    care: set[date] = set()
    endings: dict[date, list[str]] = {}
    for spell in sorted(spells, key=lambda each: each.start):
        if spell.legal_status in ("V3", "V4"):
            continue
        day = spell.start
        while day < eighteen:
            over = spell.end is not None and spell.end <= day
            if over and spell.reason_ended == "X1":
                over = any(spell.end <= other.start <= day for other in spells)
            if over:
                if spell.end >= spell.start:
                    endings.setdefault(day, []).append(spell.reason_ended)
                break
            care.add(day)
            day += DAY
    return care, endings


def _held(events, sixteen: date, care, tally, adopted: date) -> bool:
    """Return whether detention held the birthday, by going back to its first day."""
    detained = [each for each in events if each.kind == "detained"]
    day = sixteen
    if not any(covers(each, day) for each in detained):
        return False
    while any(covers(each, day - DAY) for each in detained):
        day -= DAY
    return day - DAY in care and tally.get(day, 0) >= 91 and adopted < day
