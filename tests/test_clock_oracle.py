"""An oracle for due dates: independent code that walks day by day, against limits and chains."""

from __future__ import annotations

import calendar as months
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseapp import clocks, holidays
from caseapp.calendars import england
from caseapp.clocks import Event, Local, due_on, running_clocks
from caseapp.holidays import BANK, CLOSURE, REMOVED

ONE = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2029, 6, 30))
OWN = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)).filter(lambda day: day.weekday() < 5),
    st.sampled_from((BANK, CLOSURE, REMOVED)),
    max_size=12,
)


def walk_working(start: date, count: int, closed: set[date]) -> date:
    """Walk on a day at a time, and tick off those on which somebody works."""
    day = start
    ticked = 0
    while ticked < count:
        day += ONE
        if day.isoweekday() not in (6, 7) and day not in closed:
            ticked += 1
    return day


def walk_months(start: date, count: int) -> date:
    """Walk on day by day, over as many firsts of the month; then to the same number, or the last there is."""
    wanted, day = start.day, start.replace(day=1)
    for _ in range(count):
        day += ONE
        while day.day != 1:
            day += ONE
    return day.replace(day=min(wanted, months.monthrange(day.year, day.month)[1]))


def walk_hours(start: date, count: int) -> date:
    """Walk on an hour at a time from the end of the day, by the clock that never changes."""
    moment = datetime.combine(start, time(23, 59), ZoneInfo("Europe/London")).astimezone(UTC)
    for _ in range(count):
        moment += timedelta(hours=1)
    return moment.astimezone(ZoneInfo("Europe/London")).date()


@given(DAYS, st.integers(0, 60), OWN, st.booleans())
def test_working_days_in_an_area_s_own_calendar_are_those_that_one_walks(start, count, own, closures):
    found = holidays.in_force(england(), own.items(), closures=closures)
    closed = {day for day in england().holidays if day not in own or own[day] == BANK}
    closed |= {day for day, kind in own.items() if kind == BANK or (closures and kind == CLOSURE)}

    assert due_on(f"WD+{count}", start, found) == walk_working(start, count, closed)


@given(DAYS, st.integers(1, 40))
def test_where_the_event_day_counts_it_is_the_first_that_one_walks(start, count):
    counted = holidays.in_force(england(), [], event_day=True)

    assert due_on(f"WD+{count}", start, counted) == walk_working(start - ONE, count, set(england().holidays))


@given(DAYS, st.integers(1, 200))
def test_days_and_hours_are_those_that_one_walks(start, count):
    day = start
    for _ in range(count):
        day += ONE

    assert due_on(f"CD+{count}", start, england()) == day
    assert due_on(f"H+{count}", start, england()) == walk_hours(start, count)


@given(DAYS, st.integers(0, 24))
def test_months_are_those_that_one_walks(start, count):
    assert due_on(f"M+{count}", start, england()) == walk_months(start, count)


@given(DAYS)
def test_the_day_to_plan_by_is_the_last_on_which_somebody_works(due):
    day = due
    while day.isoweekday() in (6, 7) or day in england().holidays:
        day -= ONE

    assert clocks.plan_by(due, england()) == day


def walk_chain(start, done, today, first, following):
    """Return (started, due, met) of a chain, by walking from the start to today with a list in the hand."""
    found, waiting = [], [(start, first(start))]
    day = start
    while day <= today:
        if day in done:
            number = len([each for each in done if each <= day])
            found += [(begun, due, day) for begun, due in waiting]
            waiting = [(day, following(day, number))]
        day += ONE
    return sorted(found + [(begun, due, None) for begun, due in waiting])


STARTS = st.dates(date(2024, 1, 1), date(2026, 6, 1))
OFFSETS = st.sets(st.integers(0, 900), max_size=12)


def occurrences(found, ids):
    return sorted((each.started_on, each.due_on, each.met_on) for each in found if each.clock.id in ids)


@settings(max_examples=60)
@given(STARTS, OFFSETS)
def test_the_chain_of_reviews_is_the_one_that_one_walks(start, offsets):
    today = date(2026, 11, 23)
    held = sorted(each for each in (start + timedelta(days=number) for number in offsets) if each <= today)
    events = [Event("looked_after", start), *(Event("lac_review", day) for day in held)]

    found = running_clocks(events, None, england(), today)

    walked = walk_chain(
        start, held, today,
        lambda day: walk_working(day, 20, set(england().holidays)),
        lambda day, number: walk_months(day, 3 if number == 1 else 6),
    )  # fmt: skip
    assert occurrences(found, {"L5", "L6", "L7"}) == walked


@settings(max_examples=60)
@given(STARTS, OFFSETS, st.booleans())
@example(date(2025, 3, 3), {364, 365, 366}, True)  # a year on, to the day
def test_the_chain_of_visits_is_the_one_that_one_walks(start, offsets, to_18):
    today = date(2026, 11, 23)
    seen = sorted(each for each in (start + timedelta(days=number) for number in offsets) if each <= today)
    events = [Event("looked_after", start), Event("placement_started", start)]
    events += [Event("visit", day) for day in seen]
    events += [Event("placed_to_18", start)] if to_18 else []
    year_on = walk_months(start, 12)

    found = running_clocks(events, None, england(), today)

    def following(day, _number):
        return walk_months(day, 3) if to_18 and day >= year_on else day + 42 * ONE

    walked = walk_chain(start, seen, today, lambda day: day + 7 * ONE, following)
    assert occurrences(found, {"L8", "L9", "L10"}) == walked


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(10, 45)), max_size=5))
def test_the_limit_of_a_start_is_the_last_that_was_set_by_then(start, set_):
    later = {from_on: f"WD+{number}" for from_on, number in set_}

    def limit_of(_clock, day):
        known = [from_on for from_on in later if from_on <= day]
        return later[max(known)] if known else ""

    found = running_clocks(
        [Event("early_help_consent", start)], None, england(), start, Local(limit_of=limit_of)
    )

    number = 30
    for from_on in sorted(later):
        if from_on <= start:
            number = int(later[from_on][3:])
    assert occurrences(found, {"F4"}) == [(start, walk_working(start, number, set(england().holidays)), None)]
