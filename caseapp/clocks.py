"""Clocks: what falls due, when, and why. One row a clock; events start and stop them.

Event kinds that the clocks listen to, as forms and rows publish them (child, kind, day):
"looked_after" (a period of care starts; short breaks V3 and V4 are not announced), "care_ended",
"placement_started", "placed_to_18", "lac_review" (held), "visit" (child seen), "care_plan", "placement_plan",
"health_assessment", "dental_check", "sdq", "pep_begun", "pep_held", "needs_assessment", "pathway_plan",
"pathway_review", "pa_contact", "early_help_consent", "early_help_assessment" (completed), "taf",
"star_reading", "early_help_closed".

A clock without a rule is counted on request (`due_on`) and not run from events yet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.ages import age, birthday
from caseapp.calendars import Calendar, Term, term_after, term_of

DUE_SOON_WORKING_DAYS = 10
PEP_FROM_AGE, PEP_GRACE_DAYS = 3, 30
CARE_DAYS_FOR_ELIGIBLE = 91
LEAVING_CARE_ENDS_AT = 25
FIRST_YEAR, LAST_YEAR = 1900, 2200
ONE_DAY = timedelta(days=1)
ONE_YEAR = relativedelta(years=1)

_LIMIT = re.compile(r"(WD|CD|H)\+(\d{1,4})|(M)([+-]\d{1,3})|(TERM)|SD\+(\d{1,3})|COUNT")
_UNITS = {"WD": "working day", "CD": "day", "H": "hour", "M": "month"}


class Event(NamedTuple):
    """Something that happened to a child on a day."""

    kind: str
    day: date


@dataclass(frozen=True)
class Clock:
    """One clock, with the events that start and stop it.

    Limits: WD+n working days, CD+n days, M+n months, H+n hours, TERM the end of the term, SD+n school days,
    COUNT a number used up rather than a date. `verified` is V if seen in a source, K if from knowledge.
    """

    id: str
    name: str
    starts: str
    stops: str
    limit: str
    source: str
    verified: str
    local: bool = False
    opens: str = ""
    note: str = ""
    rule: Callable[[Clock, Story], Iterable[Running]] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Running:
    """One occurrence of a clock for one child.

    When care or early help ended before it was met, `ended_on` says so: it no longer applies. `red_after` is
    the day after which it counts as overdue although the limit itself is later (a term without a PEP).
    """

    clock: Clock
    started_on: date
    due_on: date
    met_on: date | None
    why: str
    what: str = ""
    limit: str = ""
    ended_on: date | None = None
    red_after: date | None = None
    also: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.met_on is None and self.ended_on is None


class State(NamedTuple):
    """Where a clock stands. `working_days` is what is left, or was left when met; negative when late."""

    kind: str
    working_days: int
    words: str


def due_on(limit: str, start: date, calendar: Calendar) -> date:
    """Return the last day of a limit counted from the day of the event, which is day 0.

    A due date on a weekend or holiday stays there: `plan_by` is the working day to aim for.
    Raises ValueError with a sentence when the limit is not one that leads to a date.
    """
    found = _LIMIT.fullmatch(limit)
    if found is None:
        raise ValueError(f"“{limit}” is not a limit. Write it as WD+10, CD+42, M+6, H+72 or TERM.")
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise ValueError(f"{words.day(start)} cannot be right. Check the year.")
    return _COUNTS[found.group(1) or found.group(3) or found.group(5) or ""](found, start, calendar)


def due_at(limit: str, started_at: datetime) -> datetime:
    """Return the moment at which a limit in hours ends, in London time, clock changes counted in."""
    hours = int(limit.removeprefix("H+"))
    return (started_at.astimezone(UTC) + timedelta(hours=hours)).astimezone(words.LONDON)


def plan_by(due: date, calendar: Calendar) -> date:
    """Return the last working day on or before the due date."""
    return calendar.last_working_day_on_or_before(due)


def limit_words(limit: str) -> str:
    """Return a limit as people say it: 20 working days, 6 months, the end of the term."""
    if limit == "TERM":
        return "the end of the term"
    found = _LIMIT.fullmatch(limit)
    unit = (found.group(1) or found.group(3)) if found else None
    if found is None or unit is None:
        return limit
    number = int(found.group(2) or found.group(4))
    return words.count(abs(number), _UNITS[unit])


def _working_days(found: re.Match[str], start: date, calendar: Calendar) -> date:
    return calendar.add_working_days(start, int(found.group(2)))


def _days(found: re.Match[str], start: date, calendar: Calendar) -> date:
    return start + timedelta(days=int(found.group(2)))


def _hours(found: re.Match[str], start: date, calendar: Calendar) -> date:
    # Only a date is known, so the hours run from the end of that day: nobody is called late too early.
    return due_at(found.group(), datetime.combine(start, time(23, 59), words.LONDON)).date()


def _months(found: re.Match[str], start: date, calendar: Calendar) -> date:
    # The corresponding date rule: 31 August + 6 months is the last day of February (Dodds v Walker, 1981).
    return start + relativedelta(months=int(found.group(4)))


def _end_of_term(found: re.Match[str], start: date, calendar: Calendar) -> date:
    return term_of(start).ends_on


def _no_date(found: re.Match[str], start: date, calendar: Calendar) -> date:
    if found.group(6):
        raise ValueError(f"{found.group(6)} school days cannot be counted without the school's own dates.")
    raise ValueError("This clock counts what has been used up, so it has no due date.")


_COUNTS = {
    "WD": _working_days, "CD": _days, "H": _hours, "M": _months, "TERM": _end_of_term, "": _no_date,
}  # fmt: skip


def state(due: date, met_on: date | None, today: date, calendar: Calendar) -> State:
    """Return where a clock stands, with its words.

    The kind is overdue, due_today, due_soon (10 working days or fewer), on_track, met or met_late.
    """
    until = met_on or today
    left = calendar.working_days_between(until, due)
    late = until > due
    if met_on:
        return (
            State("met_late", left, f"met {_span(left, due, until)} late")
            if late
            else State("met", left, "met")
        )
    if late:
        return State("overdue", left, f"{_span(left, due, until)} late")
    if due == today:
        return State("due_today", 0, "today")
    kind = "due_soon" if left <= DUE_SOON_WORKING_DAYS else "on_track"
    return State(kind, left, f"in {_span(left, due, until)}")


def state_of(running: Running, today: date, calendar: Calendar) -> State:
    """Return where an occurrence stands; a term without a PEP is overdue after its grace day.

    One that ended unmet is `ended`: "missed" when its due date had passed by then, else "no longer applies".
    """
    if running.ended_on:
        missed = running.due_on < running.ended_on
        return State("ended", 0, "missed" if missed else "no longer applies")
    if running.is_open and running.red_after and running.red_after < today <= running.due_on:
        return State("overdue", calendar.working_days_between(today, running.red_after), "none yet this term")
    return state(running.due_on, running.met_on, today, calendar)


def explain(running: Running, calendar: Calendar) -> str:
    """Return why an occurrence falls due when it does, as sentences for «why this date»."""
    due, started = words.day(running.due_on), words.day(running.started_on)
    limit = limit_words(running.limit or running.clock.limit)
    reason = running.why if running.clock.limit == "TERM" else f"{limit} after {running.why} on {started}"
    planned = plan_by(running.due_on, calendar)
    parts = [
        f"Due {due}: {reason} ({running.clock.source}).",
        f"Plan by {words.day(planned)}." if planned != running.due_on else "",
        running.also if running.is_open else "",
        calendar.caution(running.due_on),
    ]
    return " ".join(part for part in parts if part)


def _span(working_days: int, due: date, until: date) -> str:
    """Return working days in words; calendar days when only a weekend or a holiday lies between."""
    if working_days:
        return words.count(abs(working_days), "working day")
    return words.count(abs((due - until).days), "day")


class Span(NamedTuple):
    """A stretch of time in which clocks run: care, one placement, early help. No end: it is going on."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether a clock may start on the day: the last day starts nothing."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Story:
    """One child's events up to today, by kind, each day once and in order."""

    days: Mapping[str, tuple[date, ...]]
    born_on: date | None
    calendar: Calendar
    today: date

    @cached_property
    def care(self) -> tuple[Span, ...]:
        """The periods of care; each ends at 18 if nothing ended it before."""
        spans: list[Span] = []
        for start in self.on("looked_after"):
            before = spans[-1] if spans else None
            if before and (before.end is None or start < before.end):
                continue
            if any(start >= adult for adult in self.reached(18)):
                break
            # Care that ends and starts again on one day is two periods.
            again = before is not None and before.end == start
            ends = [day for day in self.on("care_ended") if day > start or (day == start and not again)]
            spans.append(Span(start, min([*ends, *self.reached(18)], default=None)))
        return tuple(spans)

    @cached_property
    def placements(self) -> tuple[Span, ...]:
        """The placements in care; without any on record, care itself counts as one."""
        return tuple(placement for care in self.care for placement in self.placements_in(care))

    @cached_property
    def early_help(self) -> tuple[Span, ...]:
        """The stretches between closings, the day of closing being the last of its stretch."""
        closed = self.on("early_help_closed")
        starts = (date.min, *(day + ONE_DAY for day in closed))
        return tuple(map(Span, starts, (*closed, None)))

    @cached_property
    def to_25(self) -> Span:
        """The time in which leaving care clocks run."""
        return Span(date.min, min(self.reached(LEAVING_CARE_ENDS_AT), default=None))

    def on(self, kind: str, span: Span | None = None) -> tuple[date, ...]:
        """Return the days of a kind of event, all of them or those in a span."""
        days = self.days.get(kind, ())
        return days if span is None else tuple(day for day in days if span.holds(day))

    def placements_in(self, care: Span) -> Iterable[Span]:
        """Return the placements of one period of care; a new one ends the one before."""
        starts = self.on("placement_started", care) or (care.start,)
        return map(Span, starts, (*starts[1:], care.end))

    def reached(self, years: int) -> tuple[date, ...]:
        """Return the birthday, if it is known and not still to come."""
        day = birthday(self.born_on, years) if self.born_on else None
        return (day,) if day and day <= self.today else ()

    def before(self, care: Span) -> date:
        """Return the end of the care before this, or the beginning of time."""
        return max((span.end for span in self.care if span.end and span.end <= care.start), default=date.min)


def running_clocks(
    events: Sequence[Event], born_on: date | None, calendar: Calendar, today: date
) -> list[Running]:
    """Return every occurrence of every clock of one child, by due date. Events after today do not count yet.

    Met and ended occurrences are among them: `is_open` tells those that still have to be done.
    """
    days: dict[str, set[date]] = {}
    for event in events:
        if event.day <= today:
            days.setdefault(event.kind, set()).add(event.day)
    story = Story({kind: tuple(sorted(each)) for kind, each in days.items()}, born_on, calendar, today)
    found = [running for clock in CLOCKS if clock.rule for running in clock.rule(clock, story)]
    return sorted(found, key=lambda running: running.due_on)


def eligible_on(care: Sequence[Span], born_on: date) -> date | None:
    """Return the day on which 13 weeks in care after 14 and the age of 16 are both reached, or None.

    Periods of care in order, short breaks left out. Care that goes on is taken to go on.
    """
    fourteen, sixteen = birthday(born_on, 14), birthday(born_on, 16)
    total = 0
    for start, end in care:
        counted_from = max(start, fourteen)
        reached = counted_from + timedelta(days=max(0, CARE_DAYS_FOR_ELIGIBLE - total))
        eligible = max(reached, sixteen)
        if end is None or (eligible <= end and end > sixteen):
            return eligible
        total += max(0, (end - counted_from).days)
    return None


def _run(
    clock: Clock,
    story: Story,
    start: date,
    span: Span,
    stops: Sequence[date],
    since: date | None = None,
    limit: str = "",
    what: str = "",
    why: str = "",
    also: str = "",
) -> Running:
    """Return the occurrence from `start`, met by the first stop in the span from `since` (the start) on."""
    limit = limit or clock.limit
    met_on = next(
        (day for day in stops if day >= (since or start) and (not span.end or day <= span.end)), None
    )
    return Running(
        clock, start, due_on(limit, start, story.calendar), met_on,
        why or _STARTED[clock.starts], what or clock.name, limit, None if met_on else span.end, also=also,
    )  # fmt: skip


def _from_start_of_care(clock: Clock, story: Story) -> Iterable[Running]:
    return (_run(clock, story, care.start, care, story.on(clock.stops)) for care in story.care)


def _from_first_start_in_early_help(clock: Clock, story: Story) -> Iterable[Running]:
    """Consent renewed or an assessment brought up to date asks for nothing new until early help is closed."""
    for span in story.early_help:
        for start in story.on(clock.starts, span)[:1]:
            yield _run(clock, story, start, span, story.on(clock.stops))


def _chain(clock: Clock, story: Story, span: Span, starts: Sequence[date]) -> Iterable[Running]:
    """Return one occurrence a start, each met by the first stop on a later day; a stop starts the next."""
    stops = story.on(clock.stops)
    return (_run(clock, story, start, span, stops, start + ONE_DAY) for start in starts)


def _chain_in_care(clock: Clock, story: Story) -> Iterable[Running]:
    for care in story.care:
        yield from _chain(clock, story, care, story.on(clock.starts, care))


def _chain_in_early_help(clock: Clock, story: Story) -> Iterable[Running]:
    for span in story.early_help:
        yield from _chain(clock, story, span, story.on(clock.starts, span))


def _placement_plan(clock: Clock, story: Story) -> Iterable[Running]:
    """The plan of the first placement may be signed before it starts (reg 9)."""
    for care in story.care:
        for placement in story.placements_in(care):
            since = story.before(care) if placement.start == care.start else None
            yield _run(clock, story, placement.start, placement, story.on(clock.stops), since)


def _care_plan(clock: Clock, story: Story) -> Iterable[Running]:
    """The care plan is best made before the first placement, so an earlier one for this care counts."""
    for care in story.care:
        first = next(iter(story.placements_in(care)))
        yield _run(clock, story, first.start, care, story.on(clock.stops), story.before(care))


def _first_review(clock: Clock, story: Story) -> Iterable[Running]:
    for care in story.care:
        second = provisional_second_review(care.start, story.calendar)
        also = f"If it is held on its last day, review 2 is due by {words.day(second)}."
        yield _run(clock, story, care.start, care, story.on(clock.stops), also=also)


def provisional_second_review(looked_after_on: date, calendar: Calendar) -> date:
    """Return the date of review 2 while review 1 has not been held: three months after its limit."""
    return due_on("M+3", due_on("WD+20", looked_after_on, calendar), calendar)


def _second_review(clock: Clock, story: Story) -> Iterable[Running]:
    for care in story.care:
        for first in story.on(clock.starts, care)[:1]:
            yield _run(clock, story, first, care, story.on(clock.stops), first + ONE_DAY, why="review 1")


def _later_reviews(clock: Clock, story: Story) -> Iterable[Running]:
    for care in story.care:
        for number, day in enumerate(story.on(clock.starts, care)[1:], 2):
            what, why = f"Looked-after review {number + 1}", f"review {number}"
            yield _run(clock, story, day, care, story.on(clock.stops), day + ONE_DAY, what=what, why=why)


def _first_visit(clock: Clock, story: Story) -> Iterable[Running]:
    for placement in story.placements:
        yield _run(clock, story, placement.start, placement, story.on("visit"))


def _visits_in_first_year(clock: Clock, story: Story) -> Iterable[Running]:
    for placement, visits in _visits(story):
        for day in visits:
            if day < placement.start + ONE_YEAR:
                yield _run(clock, story, day, placement, story.on("visit"), day + ONE_DAY)


def _visits_after_first_year(clock: Clock, story: Story) -> Iterable[Running]:
    """Three months once the placement is meant to last to 18, from the next visit on."""
    for placement, visits in _visits(story):
        to_18 = story.on("placed_to_18", placement)
        for day in visits:
            if day >= placement.start + ONE_YEAR:
                limit = "M+3" if to_18 and to_18[0] <= day else clock.limit
                yield _run(clock, story, day, placement, story.on("visit"), day + ONE_DAY, limit)


def _visits(story: Story) -> Iterable[tuple[Span, tuple[date, ...]]]:
    return ((placement, story.on("visit", placement)) for placement in story.placements)


def _health_reviews(clock: Clock, story: Story) -> Iterable[Running]:
    for care in story.care:
        for day in story.on(clock.starts, care):
            limit = health_review_limit(story.born_on, day)
            yield _run(clock, story, day, care, story.on(clock.stops), day + ONE_DAY, limit)


def health_review_limit(born_on: date | None, held_on: date) -> str:
    """Return M+6 while the next review still falls before the fifth birthday, else M+12.

    A child whose birthday is unknown gets the shorter one. Source: Care Planning Regulations 2010 reg 7(3).
    """
    if born_on is None or held_on + relativedelta(months=6) <= birthday(born_on, 5):
        return "M+6"
    return "M+12"


def _sdq(clock: Clock, story: Story) -> Iterable[Running]:
    """The questionnaire is asked from 4 to 16."""
    for running in _chain_in_care(clock, story):
        if story.born_on is None or 4 <= age(story.born_on, running.due_on) <= 16:
            yield running


def _needs_pep(story: Story, day: date) -> bool:
    return story.born_on is None or age(story.born_on, day) >= PEP_FROM_AGE


def _pep_begun(clock: Clock, story: Story) -> Iterable[Running]:
    """A planned entry has its PEP begun before care starts; a PEP meeting shows that one was begun."""
    begun = sorted((*story.on("pep_begun"), *story.on("pep_held")))
    for care in story.care:
        if _needs_pep(story, care.start):
            yield _run(clock, story, care.start, care, begun, story.before(care))


def _pep_available(clock: Clock, story: Story) -> Iterable[Running]:
    return (run for run in _from_start_of_care(clock, story) if _needs_pep(story, run.started_on))


def _pep_each_term(clock: Clock, story: Story) -> Iterable[Running]:
    """Each term after the one in which care (or the age of three) began; that one too if it had a meeting.

    Once the newest term is settled, the next term is the next thing to plan.
    """
    three = birthday(story.born_on, PEP_FROM_AGE) if story.born_on else date.min
    for care in story.care:
        begun_on = max(care.start, three)
        if begun_on > story.today or not care.holds(begun_on):
            continue
        term = term_of(begun_on)
        first = newest = _pep_in_term(clock, story, care, term)
        if first.met_on:
            yield first
        while _is_in_care(story, care, term := term_after(term)) and term.starts_on <= story.today:
            missed = newest is not first and newest.met_on is None
            newest = _pep_in_term(clock, story, care, term, 0 if missed else PEP_GRACE_DAYS)
            yield newest
        if (newest is first or newest.met_on) and _is_in_care(story, care, term):
            yield _pep_in_term(clock, story, care, term)


def _is_in_care(story: Story, care: Span, term: Term) -> bool:
    """Return whether the child is, or may still be, a child in care when the term begins."""
    if care.end is None:
        return story.born_on is None or term.starts_on < birthday(story.born_on, 18)
    return term.starts_on < care.end


def _pep_in_term(
    clock: Clock, story: Story, care: Span, term: Term, grace_days: int = PEP_GRACE_DAYS
) -> Running:
    """Return the PEP of one term; the newest meeting counts, and a term gone by without one was missed."""
    within = Span(max(term.starts_on, care.start), care.end)
    held = [day for day in story.on("pep_held") if term.starts_on <= day <= term.ends_on]
    running = _run(
        clock, story, within.start, within, held[::-1],
        what=f"PEP, {term.name.rsplit(' ', 1)[0]}", why=f"the end of the {term.name}",
    )  # fmt: skip
    over_on = term.ends_on + ONE_DAY
    if running.met_on is None and over_on <= story.today:
        running = replace(running, ended_on=min(over_on, care.end or over_on))
    red_after = term.starts_on + timedelta(days=grace_days)
    late = f"Without a meeting it shows as overdue after {words.day(red_after)}."
    return replace(running, red_after=red_after, also=late)


def _needs_assessment(clock: Clock, story: Story) -> Iterable[Running]:
    """From 16 or 13 weeks in care after 14, whichever is later; shown ahead once the child is 14."""
    start = eligible_on(story.care, story.born_on) if story.born_on else None
    if start is None or story.born_on is None or not story.reached(14):
        return
    sixteen = birthday(story.born_on, 16)
    if start >= birthday(story.born_on, 18):
        return
    why = "the 16th birthday" if start == sixteen else "reaching 13 weeks in care after 14"
    # One finished shortly before the birthday is the assessment all the same.
    yield _run(clock, story, start, story.to_25, story.on(clock.stops), date.min, why=why)


def _pathway_plan(clock: Clock, story: Story) -> Iterable[Running]:
    for start in story.on(clock.starts, story.to_25):
        yield _run(clock, story, start, story.to_25, story.on(clock.stops))


def _pathway_review(clock: Clock, story: Story) -> Iterable[Running]:
    """From the last review, or from the plan while it has never been reviewed."""
    first_plan = story.on(clock.starts, story.to_25)[:1]
    starts = sorted({*first_plan, *story.on(clock.stops, story.to_25)})
    return _chain(clock, story, story.to_25, starts)


def _pa_contact(clock: Clock, story: Story) -> Iterable[Running]:
    """From the last contact; the first one is due from the day an eligible young person left care."""
    contacts = story.on(clock.stops, story.to_25)
    left = [day for day in _left_care_eligible(story)[:1] if not contacts or day < contacts[0]]
    for start in (*left, *contacts):
        why = "leaving care" if start in left else ""
        yield _run(clock, story, start, story.to_25, story.on(clock.stops), start + ONE_DAY, why=why)


def _left_care_eligible(story: Story) -> list[date]:
    eligible = eligible_on(story.care, story.born_on) if story.born_on else None
    return [care.end for care in story.care if eligible and care.end and care.end >= eligible]


_STARTED = {
    "looked_after": "becoming looked after",
    "placement_started": "the placement started",
    "lac_review": "the last review",
    "visit": "the last visit",
    "health_assessment": "the last health assessment",
    "dental_check": "the last dental check",
    "sdq": "the last questionnaire",
    "term_started": "the start of the term",
    "eligible": "the 16th birthday",
    "needs_assessment": "the needs assessment",
    "pathway_plan": "the last plan or review",
    "pa_contact": "the last contact",
    "early_help_consent": "consent",
    "early_help_assessment": "the assessment was completed",
    "taf": "the last family meeting",
    "star_reading": "the last reading",
}

_CARE, _LEAVING, _WT = "Care Planning Regulations 2010", "Care Leavers Regulations 2010", "Working Together"
_FOSTER = "Private Fostering Regulations 2005"
_PEP, _OWN = "looked-after education guidance 2018", "local practice"

# fmt: off
CLOCKS = (
    # Front door and early help
    Clock("F1", "Decision on a contact", "contact", "contact_outcome", "WD+1", _OWN, "V", True,
          note="or in hours, by rating: red 4 hours, amber 1 and green 3 working days"),
    Clock("F2", "Decision on a referral", "referral", "referral_decision", "WD+1", _WT, "V",
          note="the same day if urgent"),
    Clock("F3", "Referrer told of the outcome", "referral", "referrer_told", "WD+5", _OWN, "V", True),
    Clock("F4", "Early help assessment", "early_help_consent", "early_help_assessment", "WD+30", _OWN, "K",
          True, "early-help", "10 to 45 in use; 30 and 45 are common", _from_first_start_in_early_help),
    Clock("F5", "First family meeting", "early_help_assessment", "taf", "CD+42", _OWN, "K", True,
          "early-help", "some hold it after 2 to 4 weeks", _from_first_start_in_early_help),
    Clock("F6", "Family plan review", "taf", "taf", "CD+42", _OWN, "V", True, "early-help",
          "6 to 12 weeks in use; warn at 8, red at 12", _chain_in_early_help),
    Clock("F7", "Early help visit", "early_help_visit", "early_help_visit", "CD+28", _OWN, "K", True),
    Clock("F8", "Star reading", "star_reading", "star_reading", "M+3", _OWN, "K", True, "star",
          "and at closing; some read every 6 months", _chain_in_early_help),
    Clock("F9", "Look back after closing early help", "early_help_closed", "outcome_checked", "M+12",
          "national re-referral measure", "K"),
    Clock("F10", "Private fostering visit", "private_fostering_known", "private_fostering_visit", "CD+42",
          f"{_FOSTER} reg 8", "V", note="every 84 days after the first year"),
    # Assessment, child protection, child in need
    Clock("A1", "Child and family assessment", "referral", "assessment_authorised", "WD+45", _WT, "V",
          note="an agreed extension still counts as late"),
    Clock("A2", "Assessment checkpoint", "referral", "manager_checkpoint", "WD+10", _OWN, "K", True),
    Clock("A3", "Child seen in the assessment", "referral", "assessment_visit", "WD+5", _OWN, "K", True,
          note="at once in a section 47 enquiry"),
    Clock("A4", "Strategy discussion", "strategy_decided", "strategy_discussion", "WD+3", _OWN, "V", True,
          note="the same day to 3 working days; at once if urgent"),
    Clock("A5", "Section 47 enquiry", "strategy_discussion", "s47_outcome", "WD+15", _WT, "K",
          note="in time for the conference (A6); child seen within 24 hours, local"),
    Clock("A6", "Initial child protection conference", "strategy_discussion", "initial_conference", "WD+15",
          _WT, "V", note="from the discussion that started the section 47 enquiry"),
    Clock("A7", "First core group", "initial_conference", "core_group", "WD+10", _WT, "V",
          note="then every 4 to 6 weeks, local"),
    Clock("A8", "First review conference", "initial_conference", "review_conference", "M+3", _WT, "V"),
    Clock("A9", "Review conference", "review_conference", "review_conference", "M+6", _WT, "V"),
    Clock("A10", "Child protection visit", "cp_visit", "cp_visit", "WD+10", _OWN, "K", True,
          note="first from the start of the plan; 10 to 20 in use"),
    Clock("A11", "Child protection plan nearing two years", "cp_plan_started", "cp_plan_ended", "M+15", _OWN,
          "K", True, note="and again at 18 and 24 months"),
    Clock("A12", "First child in need meeting", "cin_plan_decided", "cin_meeting", "WD+15", _OWN, "V", True),
    Clock("A13", "Child in need visit", "cin_visit", "cin_visit", "CD+28", _OWN, "K", True,
          note="first from the start of the plan; some use 20 working days"),
    Clock("A14", "Child in need review", "cin_review", "cin_review", "M+3", _OWN, "K", True,
          note="first from the start of the plan; then every 6 months, some every 3"),
    Clock("A15", "EHC needs assessment", "ehc_request", "ehc_outcome", "CD+140", "SEND Regulations 2014", "V",
          note="annual review after 12 months"),
    # Looked after
    Clock("L1", "Placement plan", "placement_started", "placement_plan", "WD+5", f"{_CARE} reg 9(2)", "V",
          note="best before the placement starts", rule=_placement_plan),
    Clock("L2", "Notice of the placement", "placement_started", "placement_notified", "WD+5",
          f"{_CARE} reg 13", "V", note="for a placement made in an emergency"),
    Clock("L3", "Care plan", "placement_started", "care_plan", "WD+10", f"{_CARE} reg 4(2)", "V",
          note="from the first placement; not if a court timetable applies", rule=_care_plan),
    Clock("L4", "Notice after a placement ended without notice", "placement_ended", "written_notice", "WD+10",
          f"{_CARE} reg 14(4)", "V"),
    Clock("L5", "Looked-after review 1", "looked_after", "lac_review", "WD+20", f"{_CARE} reg 33(1)", "V",
          rule=_first_review),
    Clock("L6", "Looked-after review 2", "lac_review", "lac_review", "M+3", f"{_CARE} reg 33(2)", "V",
          rule=_second_review),
    Clock("L7", "Looked-after review", "lac_review", "lac_review", "M+6", f"{_CARE} reg 33(2)", "V",
          note="earlier when something changes", rule=_later_reviews),
    Clock("L8", "First visit in the placement", "placement_started", "visit", "CD+7",
          f"{_CARE} reg 28(2)(a)", "V", note="in each new placement", rule=_first_visit),
    Clock("L9", "Visit, six weeks since the last", "visit", "visit", "CD+42", f"{_CARE} reg 28(2)(b)", "V",
          note="in the first year of the placement", rule=_visits_in_first_year),
    Clock("L10", "Visit, after a year in the placement", "visit", "visit", "CD+42", f"{_CARE} reg 28(2)(c)",
          "V", note="3 months when meant to last to 18; 6 in an agreed long-term foster placement",
          rule=_visits_after_first_year),
    Clock("L11", "Visit, with parents or a connected person", "visit", "visit", "CD+7",
          f"{_CARE} reg 28(3), (4)", "V",
          note="weekly until review 1, then 42 days (reg 19) or 28 days (reg 24, interim order with parent)"),
    Clock("L12", "Visit, care order with parent", "care_order", "visit", "CD+7", f"{_CARE} reg 28(5)", "V",
          note="then every 42 days"),
    Clock("L13", "Initial health assessment", "looked_after", "health_assessment", "WD+20", f"{_CARE} reg 7",
          "V", note="the date of the assessment counts, not that of its report", rule=_from_start_of_care),
    Clock("L14", "Health review", "health_assessment", "health_assessment", "M+12", f"{_CARE} reg 7(3)", "V",
          note="every 6 months before the fifth birthday", rule=_health_reviews),
    Clock("L15", "Dental check", "dental_check", "dental_check", "M+12", "yearly return (SSDA903)", "K",
          note="under two: from the first tooth", rule=_chain_in_care),
    Clock("L16", "Strengths and difficulties questionnaire", "sdq", "sdq", "M+12", "yearly return (SSDA903)",
          "V", note="aged 4 to 16", rule=_sdq),
    Clock("L17", "Reviewing officer named", "looked_after", "iro_named", "WD+5",
          "guidance for reviewing officers", "K"),
    Clock("L18", "Decisions of the review sent", "lac_review", "decisions_sent", "WD+5", "IRO Handbook", "K",
          note="full record within 15 working days"),
    Clock("L19", "Return home interview", "returned_from_missing", "return_interview", "H+72",
          "missing from care guidance 2014", "V", note="without a time of return: from 23:59 that day"),
    Clock("L20", "Missing: police and authority told", "missing", "missing_reported", "H+0",
          "missing from care guidance 2014", "K", note="at once"),
    Clock("L21", "Care proceedings", "court_application", "final_order", "CD+182", "Children Act 1989 s32",
          "V"),
    Clock("L22", "Pre-proceedings", "pre_proceedings_letter", "pre_proceedings_ended", "CD+112", _OWN, "K",
          True),
    Clock("L23", "Police protection", "police_protection", "police_protection_ended", "H+72",
          "Children Act 1989 s46", "V",
          note="child assessment order 7 days (s43); emergency protection order 8 days and 7 more (s44, 45)"),
    Clock("L24", "Short breaks used", "short_break", "short_break_ended", "COUNT", f"{_CARE} reg 48", "V",
          note="17 days each and 75 days in 12 months; review after 3 months, then 6"),
    Clock("L25", "Visit, another body runs the arrangement", "arrangement_started", "visit", "CD+7",
          f"{_CARE} reg 28(6)", "K", note="then 42 days in the first year, then 3 months"),
    # Education, leaving care, staff
    Clock("P1", "PEP begun", "looked_after", "pep_begun", "WD+10", _PEP, "V", False, "pep",
          "a planned entry has it begun before", _pep_begun),
    Clock("P2", "First PEP available", "looked_after", "pep_held", "WD+20", _PEP, "V", False, "pep",
          "the same day as review 1", _pep_available),
    Clock("P3", "PEP for this term", "term_started", "pep_held", "TERM", _PEP, "V", False, "pep",
          "from the first full term in care", _pep_each_term),
    Clock("P4", "School place", "without_school_place", "school_place", "SD+20", _PEP, "K"),
    Clock("P5", "Days of suspension", "suspension", "school_year_ended", "COUNT", "Education Act 2002 s51A",
          "V", note="45 school days a school year; half a day counts 0.5"),
    Clock("W1", "Needs assessment for the pathway plan", "eligible", "needs_assessment", "M+3",
          f"{_CARE} reg 42(1)", "V", False, "pathway-plan", "or 3 months from 13 weeks in care",
          _needs_assessment),
    Clock("W2", "Pathway plan", "needs_assessment", "pathway_plan", "WD+20", f"{_CARE} reg 43", "K", True,
          "pathway-plan", "the law says as soon as possible", _pathway_plan),
    Clock("W3", "Pathway plan review", "pathway_plan", "pathway_review", "M+6", f"{_LEAVING} reg 7", "V",
          False, "pathway-plan", "and on request", _pathway_review),
    Clock("W4", "Personal adviser's visit after a move", "leaving_accommodation", "pa_visit", "CD+7",
          f"{_LEAVING} reg 8(2)(a)", "V"),
    Clock("W5", "Special pathway review after a move", "leaving_accommodation", "pathway_review", "CD+28",
          f"{_LEAVING} reg 7(3)", "K"),
    Clock("W6", "Personal adviser's visit", "pa_visit", "pa_visit", "M+2", f"{_LEAVING} reg 8(2)(c)", "V",
          note="while the authority provides the accommodation"),
    Clock("W7", "Personal adviser's contact", "pa_contact", "pa_contact", "CD+56", _OWN, "V", True,
          note="attempts do not count", rule=_pa_contact),
    Clock("W8", "Offer of support after 21", "offer_after_21", "offer_after_21", "M+12",
          "personal adviser guidance 2018", "K", note="first on the 21st birthday, to 25"),
    Clock("W9", "18th, 21st or 25th birthday", "birthday", "birthday_prepared", "M-6", _OWN, "K", True,
          note="and again 3 months before"),
    Clock("O1", "Supervision of staff", "staff_supervision", "staff_supervision", "CD+28", _OWN, "V", True,
          note="newly qualified: weekly for 6 weeks, every 14 days to 6 months"),
    Clock("O2", "Case supervision", "supervision", "supervision", "CD+28", _OWN, "K", True,
          note="42 days for a child in need, 2 months for others"),
    Clock("O3", "Manager's note on a new plan", "plan_approved", "manager_note", "WD+5", _OWN, "K", True),
    Clock("O4", "Case audit", "audit", "audit", "M+1", _OWN, "K", True,
          note="one a manager a month; each child every 12 months"),
    Clock("O5", "Action from an audit", "audit", "audit_action_closed", "WD+20", _OWN, "K", True,
          note="5 working days when red"),
    Clock("O6", "Case summary refreshed", "case_summary", "case_summary", "M+3", _OWN, "K", True,
          note="the chronology every 6 months"),
    Clock("O7", "Visit written up", "visit", "visit_written_up", "WD+2", _OWN, "K", True,
          note="1 to 5 in use"),
)
# fmt: on
CLOCKS_BY_ID = {clock.id: clock for clock in CLOCKS}
