"""Formulas about support: plan, adviser, visits, health and papers, money, and what comes up. Pure.

Source: the Care Leavers (England) Regulations 2010, regulations 5 to 8.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.form import Options
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway.leaving_formula import Asked, Told
from caseapp.pathway.leaving_people import ADULT, CLOSES, ONE_DAY, PLAN_ENDS, Seen, small_first
from caseapp.pathway.leaving_roll import DOCUMENTS

CONTACT_DAYS: Final = timedelta(days=56)
FIRST_VISIT_DAYS: Final = timedelta(days=7)
VISIT_EVERY: Final = relativedelta(months=2)
ASSESSED_WITHIN: Final = relativedelta(months=3)
AHEAD: Final = relativedelta(months=6)
CLOSING_AHEAD: Final = relativedelta(months=3)
_THERE: Final = frozenset({"have", "na"})


# The plan and the adviser


def in_date(asked: Asked) -> Iterator[Told]:
    """Tell whose plan is in date: approved, and last review or plan plus six months not over."""
    for each in asked.owed:
        until = each.in_date_until
        said = f"in date to {words.day(until)}" if until else "no plan is approved"
        if until and until < asked.on:
            said = f"was in date to {words.day(until)}"
        yield Told(each, until is not None and asked.on <= until, said)


def assessed_on_time(asked: Asked) -> Iterator[Told]:
    """Tell whose needs assessment was done in its three months, of those that ended in the last year."""
    for each in asked.everybody:
        first = each.person.first_owed_on
        due = first + ASSESSED_WITHIN if first else None
        if due is None or not asked.year_ago < due <= asked.on:
            continue
        if each.person.category(due) not in ("eligible", "relevant", "former_relevant"):
            continue
        done = min(each.person.assessed, default=None)
        said = f"done {words.day(done)}" if done and done <= asked.on else "not done"
        yield Told(each, done is not None and done <= due, f"{said} (due {words.day(due)})")


def adviser_by_16(asked: Asked) -> Iterator[Told]:
    """Tell who had an adviser by the 16th birthday, of those of 16 and 17 who were in care on it."""
    for each in asked.owed:
        sixteen, life = each.person.birthday(16), each.person.life
        if sixteen is None or life is None or each.age not in (16, 17) or not life.in_care_since(sixteen):
            continue
        first = min((one.from_on for one in each.person.advisers if one.from_on), default=None)
        told = f"first adviser {words.day(first)}" if first and first <= asked.on else "no adviser yet"
        yield Told(each, first is not None and first <= sixteen, f"{told}, 16 on {words.day(sixteen)}")


def contacted(asked: Asked) -> Iterator[Told]:
    """Tell with whom there was contact in eight weeks, of care leavers who live in a home not of ours."""
    for each in asked.owed:
        if each.category == "eligible" or (each.home and each.home.provided):
            continue
        last, started = each.last_contact_on, _contact_started_on(each)
        is_in_time = last is not None and asked.on <= last + CONTACT_DAYS
        if is_in_time or not started or started + CONTACT_DAYS < asked.on:
            said = f"last contact {words.day(last)}" if last else "no contact recorded"
            yield Told(each, is_in_time, said)


def _contact_started_on(each: Seen) -> date | None:
    """Return when the first eight weeks began: on leaving care, or a home that we provided."""
    life = each.person.life
    left = life.left(each.on) if life else None
    ends = [one.until_on for one in each.person.homes if one.provided and one.until_on]
    days = [day for day in [*ends, *([left.end] if left else [])] if day <= each.on]
    return max(days, default=None)


def first_visits(asked: Asked) -> Iterator[Told]:
    """Tell each move into a home of ours whose seven days ended in the last year, and if a visit came."""
    for each in asked.there:
        for home in each.person.homes:
            due = home.from_on + FIRST_VISIT_DAYS
            if not home.provided or not asked.year_ago < due <= asked.on:
                continue
            if home.until_on is not None and home.until_on <= due:
                continue
            came = each.home_visits(home.from_on, due)
            told = f"visited {words.day(came[0])}" if came else "not visited"
            yield Told(each, bool(came), f"moved in {words.day(home.from_on)}, {told} (due {words.day(due)})")


def later_visits(asked: Asked) -> Iterator[Told]:
    """Tell who of those in a home of ours was visited in the last two months; the first week is left out."""
    for each in asked.there:
        home = each.home
        if home is None or not home.provided:
            continue
        came = each.home_visits(home.from_on, asked.on)
        if came:
            until = came[-1] + VISIT_EVERY
            yield Told(each, asked.on <= until, f"visited {words.day(came[-1])}, next by {words.day(until)}")
        elif home.from_on + FIRST_VISIT_DAYS < asked.on:
            yield Told(each, False, f"not visited since moving in {words.day(home.from_on)}")


# Health and papers, as the newest signed plan tells


def plan_says(
    asked: Asked, key: str, counted: Collection[str], titles: Options, from_age: int = 0
) -> Iterator[Told]:
    """Tell for whom the newest signed plan gives one of some codes; nothing recorded counts as no."""
    said = dict(titles)
    for each in asked.owed:
        if each.age is None or each.age >= from_age:
            code = each.plan.codes.get(key, "") if each.plan else ""
            answer = small_first(said.get(code, "not recorded"))
            yield Told(each, code in counted, f"{_plan_words(each)}: {answer}")


def papers_complete(asked: Asked) -> Iterator[Told]:
    """Tell who has every document, or does not need it."""
    titles = dict(zip(DOCUMENTS, (label for _, label in lists.DOCUMENTS), strict=True))
    for each in asked.owed:
        codes = each.plan.codes if each.plan else {}
        lacking = [title.partition(":")[0] for key, title in titles.items() if codes.get(key) not in _THERE]
        said = f"lacks {'; '.join(lacking)}" if lacking else "complete"
        yield Told(each, not lacking, f"{_plan_words(each)}: {said}" if each.plan else _plan_words(each))


def _plan_words(each: Seen) -> str:
    return f"plan of {words.day(each.plan.on)}" if each.plan else "no signed plan"


# Money


def setting_up(asked: Asked, sum_of: Callable[[Seen], int]) -> Iterator[Told]:
    """Tell each one's sum of the setting-up-home allowance. Pence."""
    for each in asked.listed:
        if each.has_money:
            said = (
                f"allocated {words.money(granted(each))}, spent {words.money(spent(each))}, "
                f"left {words.money(left(each))}"
            )
            yield Told(each, True, said, Decimal(sum_of(each)))


def granted(each: Seen) -> int:
    """Return the pence allocated."""
    return each.pence("grant")


def spent(each: Seen) -> int:
    """Return the pence spent."""
    return each.pence("spent")


def left(each: Seen) -> int:
    """Return the pence left; less than nothing where more was spent."""
    return granted(each) - spent(each)


# What comes up


def turning_18(asked: Asked, lacking: Callable[[Seen], bool] | None = None) -> Iterator[Told]:
    """Tell who turns 18 in six months, the first first; with `lacking`, those alone who lack something."""
    coming = [(day, each) for each in asked.owed if (day := _ahead(each, ADULT, AHEAD))]
    for day, each in sorted(coming, key=lambda pair: pair[0]):
        if lacking is None or lacking(each):
            plan = "plan in force" if each.in_force else "no plan in force"
            home = "next home planned" if has_next_home(each) else "no next home planned"
            yield Told(each, True, f"18 on {words.day(day)}: {plan}, {home}, {each.adviser_words}")


def has_next_home(each: Seen) -> bool:
    """Return whether the newest signed plan says where they live next."""
    return each.plan is not None and each.plan.has_next_home


def lacks_plan(each: Seen) -> bool:
    """Return whether no plan is in force."""
    return each.in_force is None


def lacks_home(each: Seen) -> bool:
    """Return whether no plan says where they live next."""
    return not has_next_home(each)


def lacks_adviser(each: Seen) -> bool:
    """Return whether there is no personal adviser."""
    return each.adviser is None


def review_at_21(asked: Asked) -> Iterator[Told]:
    """Tell whose review for the 21st birthday is due: six months before it until it is held, or 22."""
    for each in asked.there:
        day, ends = each.person.birthday(PLAN_ENDS), each.person.birthday(PLAN_ENDS + 1)
        if each.category != "former_relevant" or day is None or ends is None:
            continue
        since = day - AHEAD
        done = [
            one for one in (*each.person.reviewed, *each.person.prepared) if since <= one <= asked.on
        ]  # fmt: skip
        if since <= asked.on < ends and not done:
            yield Told(each, True, f"21 on {words.day(day)}, no review since {words.day(since)}")


def closing_at_25(asked: Asked) -> Iterator[Told]:
    """Tell who turns 25 in three months, the first first."""
    coming = [(day, each) for each in asked.there if (day := _ahead(each, CLOSES, CLOSING_AHEAD))]
    for day, each in sorted(coming, key=lambda pair: pair[0]):
        yield Told(each, True, f"25 on {words.day(day)}, {each.category_words}")


def _ahead(each: Seen, years: int, within: relativedelta) -> date | None:
    """Return a birthday that lies ahead, within a time from the day."""
    day = each.person.birthday(years)
    return day if day and each.on + ONE_DAY <= day <= each.on + within else None
