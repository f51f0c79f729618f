"""Which occurrences of a clock a child's story makes: one rule for each clock that runs from events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from caseapp import words
from caseapp.ages import age, birthday
from caseapp.calendars import Calendar, Term
from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.limits import due_on, months_after
from caseapp.clocks.story import Span, Story

_PEP_GRACE_DAYS = 30
_ONE_DAY = timedelta(days=1)
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
    "early_help_visit": "the last visit",
    "school_changed": "the first day at the new school",
    "ehc_review": "the plan was issued or last reviewed",
    "placement_ended": "the placement ended without notice",
    "returned_from_missing": "the child came back",
    "review_asked": "an earlier review was asked for",
    "court_application": "the application was issued",
    "pre_proceedings_letter": "the letter before proceedings",
    "police_protection": "the order",
    "care_order_with_parent": "the care order",
    "leaving_accommodation": "moving into a home that the authority provides",
    "pa_visit": "the personal adviser’s last visit",
    "offer_after_21": "the last offer",
    "pathway_review_asked": "the young person asked for it",
    "education_asked": "the young person told us of education or training",
    "contact": "the contact",
    "referral": "the referral",
    "cin_visit": "the last visit",
    "cp_visit": "the last visit",
}


def run(
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
    """Return the occurrence from `start`, met by the first stop in the span from `since` (the start) on.

    The limit is the one given, else the area's own on that day if the clock is local, else the clock's.
    """
    limit = limit or limit_in_force(clock, story, start)
    met_on = _met_on(stops, since or start, span)
    return Running(
        clock, start, due_on(limit, start, story.calendar), met_on,
        why or _STARTED[clock.starts], what or clock.name, limit, None if met_on else span.end, also=also,
    )  # fmt: skip


def limit_in_force(clock: Clock, story: Story, start: date) -> str:
    """Return the limit for what starts on a day: the area's own, else the clock's."""
    return (clock.local and story.local.limit_of(clock.id, start)) or clock.limit


def _met_on(stops: Sequence[date], since: date, span: Span) -> date | None:
    """Return the first stop from a day on, within the span."""
    for day in stops:
        if day >= since and (not span.end or day <= span.end):
            return day
    return None


def from_start_of_care(clock: Clock, story: Story) -> Iterable[Running]:
    """Once for each period of care, from its first day."""
    return (run(clock, story, care.start, care, story.on(clock.stops)) for care in story.care)


def from_first_start_in_early_help(clock: Clock, story: Story) -> Iterable[Running]:
    """Consent renewed or an assessment brought up to date asks for nothing new until early help is closed."""
    for span in story.early_help:
        for start in story.on(clock.starts, span)[:1]:
            yield run(clock, story, start, span, story.on(clock.stops))


def chain(clock: Clock, story: Story, span: Span, starts: Sequence[date]) -> Iterable[Running]:
    """Return one occurrence a start, each met by the first stop on a later day; a stop starts the next."""
    stops = story.on(clock.stops)
    return (run(clock, story, start, span, stops, start + _ONE_DAY) for start in starts)


def chain_in_care(clock: Clock, story: Story) -> Iterable[Running]:
    """Each one done in a period of care starts the next."""
    for care in story.care:
        yield from chain(clock, story, care, story.on(clock.starts, care))


def chain_in_early_help(clock: Clock, story: Story) -> Iterable[Running]:
    """Each one done starts the next, until early help is closed."""
    for span in story.early_help:
        yield from chain(clock, story, span, story.on(clock.starts, span))


def star_readings(clock: Clock, story: Story) -> Iterable[Running]:
    """Each reading starts the next, after the weeks that the star's definition gives, if it does."""
    weeks = story.local.star_weeks
    for span in story.early_help:
        for start in story.on(clock.starts, span):
            limit = f"CD+{7 * weeks}" if weeks else ""
            yield run(clock, story, start, span, story.on(clock.stops), start + _ONE_DAY, limit)


def placement_plan(clock: Clock, story: Story) -> Iterable[Running]:
    """The plan of the first placement may be signed before it starts (reg 9)."""
    for care in story.care:
        for placement in story.placements_in(care):
            since = story.before(care) if placement.start == care.start else None
            yield run(clock, story, placement.start, placement, story.on(clock.stops), since)


def care_plan(clock: Clock, story: Story) -> Iterable[Running]:
    """The care plan is best made before the first placement, so an earlier one for this care counts."""
    for care in story.care:
        first = next(iter(story.placements_in(care)))
        yield run(clock, story, first.start, care, story.on(clock.stops), story.before(care))


def first_review(clock: Clock, story: Story) -> Iterable[Running]:
    """Review 1 of each period of care, with the latest date that review 2 can have."""
    for care in story.care:
        second = provisional_second_review(care.start, story.calendar)
        also = f"If it is held on its last day, review 2 is due by {words.day(second)}."
        yield run(clock, story, care.start, care, story.on(clock.stops), also=also)


def provisional_second_review(looked_after_on: date, calendar: Calendar) -> date:
    """Return the date of review 2 while review 1 has not been held: three months after its limit."""
    return due_on("M+3", due_on("WD+20", looked_after_on, calendar), calendar)


def second_review(clock: Clock, story: Story) -> Iterable[Running]:
    """Review 2, from the first review of each period of care."""
    for care in story.care:
        for first in story.on(clock.starts, care)[:1]:
            yield run(clock, story, first, care, story.on(clock.stops), first + _ONE_DAY, why="review 1")


def later_reviews(clock: Clock, story: Story) -> Iterable[Running]:
    """Review 3 and on, each from the review before it."""
    for care in story.care:
        for number, day in enumerate(story.on(clock.starts, care)[1:], 2):
            what, why = f"Looked-after review {number + 1}", f"review {number}"
            yield run(clock, story, day, care, story.on(clock.stops), day + _ONE_DAY, what=what, why=why)


def health_reviews(clock: Clock, story: Story) -> Iterable[Running]:
    """The next health assessment after each one in care; sooner before the fifth birthday."""
    for care in story.care:
        for day in story.on(clock.starts, care):
            cautious_from = story.local.cautious_from
            limit = health_review_limit(story.born_on, day, bool(cautious_from and cautious_from <= day))
            yield run(clock, story, day, care, story.on(clock.stops), day + _ONE_DAY, limit)


def health_review_limit(born_on: date | None, held_on: date, is_cautious: bool = False) -> str:
    """Return M+6 while the next review still falls before the fifth birthday, else M+12.

    A cautious area asks for it in six months whenever the child is not yet five on the day of the last.
    A child whose birthday is unknown gets the shorter one. Source: Care Planning Regulations 2010 reg 7(3).
    """
    if born_on is None:
        return "M+6"
    counted_to = held_on + _ONE_DAY if is_cautious else months_after(held_on, 6)
    return "M+6" if counted_to <= birthday(born_on, 5) else "M+12"


def sdq(clock: Clock, story: Story) -> Iterable[Running]:
    """The questionnaire is asked from 4 to 16."""
    for running in chain_in_care(clock, story):
        if story.born_on is None or 4 <= age(story.born_on, running.due_on) <= 16:
            yield running


def _needs_pep(story: Story, day: date) -> bool:
    return story.born_on is None or age(story.born_on, day) >= story.local.pep_from_age


def pep_begun(clock: Clock, story: Story) -> Iterable[Running]:
    """A planned entry has its PEP begun before care starts; a PEP meeting shows that one was begun."""
    begun = sorted((*story.on("pep_begun"), *story.on("pep_held")))
    for care in story.care:
        if _needs_pep(story, care.start):
            yield run(clock, story, care.start, care, begun, story.before(care))


def pep_available(clock: Clock, story: Story) -> Iterable[Running]:
    """The first PEP of each period of care, for a child who is old enough."""
    return (each for each in from_start_of_care(clock, story) if _needs_pep(story, each.started_on))


def pep_after_a_change_of_school(clock: Clock, story: Story) -> Iterable[Running]:
    """A meeting at the new school; another change before it takes its place."""
    for care in story.care:
        changed = story.on(clock.starts, care)
        for start, until in zip(changed, (*changed[1:], care.end), strict=False):
            if _needs_pep(story, start):
                yield run(clock, story, start, Span(start, until), story.on(clock.stops))


def pep_each_term(clock: Clock, story: Story) -> Iterable[Running]:
    """Each term after the one in which care (or the age for it) began; that one too if it had a meeting.

    Once the newest term is settled, the next term is the next thing to plan.
    """
    old_enough = birthday(story.born_on, story.local.pep_from_age) if story.born_on else date.min
    for care in story.care:
        begun_on = max(care.start, old_enough)
        if begun_on > story.today or not care.holds(begun_on):
            continue
        term = story.local.term_of(begun_on)
        first = newest = _pep_in_term(clock, story, care, term)
        if first.met_on:
            yield first
        while (
            _is_in_care(story, care, term := story.local.term_after(term)) and term.starts_on <= story.today
        ):
            missed = newest is not first and newest.met_on is None
            newest = _pep_in_term(clock, story, care, term, 0 if missed else _PEP_GRACE_DAYS)
            yield newest
        if (newest is first or newest.met_on) and _is_in_care(story, care, term):
            yield _pep_in_term(clock, story, care, term)


def _is_in_care(story: Story, care: Span, term: Term) -> bool:
    """Return whether the child is, or may still be, a child in care when the term begins."""
    if care.end is None:
        return story.born_on is None or term.starts_on < birthday(story.born_on, 18)
    return term.starts_on < care.end


def _pep_in_term(
    clock: Clock, story: Story, care: Span, term: Term, grace_days: int = _PEP_GRACE_DAYS
) -> Running:
    """Return the PEP of one term; the newest meeting counts, and a term gone by without one was missed."""
    start = max(term.starts_on, care.start)
    # A meeting in the holidays counts for the term before, and late.
    following = story.local.term_after(term).starts_on
    held = [day for day in story.on("pep_held") if term.starts_on <= day < following]
    met_on = _met_on(held[::-1], start, Span(start, care.end))
    is_over = met_on is None and following <= story.today
    ended_on = min(following, care.end or following) if is_over else None if met_on else care.end
    red_after, late = _late_in_practice(term.starts_on, grace_days)
    return Running(
        clock, start, max(term.ends_on, start), met_on, f"the end of the {term.name}",
        f"PEP, {term.name.rsplit(' ', 1)[0]}", limit_in_force(clock, story, start), ended_on, red_after, late,
    )  # fmt: skip


@lru_cache
def _late_in_practice(starts_on: date, grace_days: int) -> tuple[date, str]:
    red_after = starts_on + timedelta(days=grace_days)
    return red_after, f"Without a meeting it shows as overdue after {words.day(red_after)}."
