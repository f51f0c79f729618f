"""Clocks of leaving care: the needs assessment, the plan and its reviews, the personal adviser's visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from caseapp import words
from caseapp.ages import birthday
from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.limits import months_after
from caseapp.clocks.rules import chain, run
from caseapp.clocks.story import Span, Story, eligible_on

_ONE_DAY = timedelta(days=1)
_PREPARED_AT = (18, 21, 25)
_ASKED = ("adviser_asked", "education_asked", "pathway_plan")
"""What begins support anew after it was closed."""


def needs_assessment(clock: Clock, story: Story) -> Iterable[Running]:
    """From 16 or 13 weeks in care after 14, whichever is later; shown ahead once the child is 14."""
    start = eligible_on(story.care, story.born_on) if story.born_on else None
    if start is None or story.born_on is None or not story.reached(14):
        return
    sixteen = birthday(story.born_on, 16)
    if start >= birthday(story.born_on, 18):
        return
    why = "the 16th birthday" if start == sixteen else "reaching 13 weeks in care after 14"
    # One finished shortly before the birthday is the assessment all the same.
    yield run(clock, story, start, story.to_25, story.on(clock.stops), date.min, why=why)
    for asked in story.on("education_asked", story.to_25):
        told = "the young person told us of education or training"
        yield run(clock, story, asked, story.to_25, story.on(clock.stops), why=told)


def pathway_plan(clock: Clock, story: Story) -> Iterable[Running]:
    """A plan after each needs assessment, until the 25th birthday."""
    for start in story.on(clock.starts, story.to_25):
        yield run(clock, story, start, story.to_25, story.on(clock.stops))


def pathway_review(clock: Clock, story: Story) -> Iterable[Running]:
    """From the last review, or from the plan while it has never been reviewed."""
    for served in _served(story):
        first_plan = story.on(clock.starts, served)[:1]
        starts = sorted({*first_plan, *story.on(clock.stops, served)})
        yield from chain(clock, story, served, starts)


def _served(story: Story) -> list[Span]:
    """Return the stretches of support: an approved closing plan ends one, being asked begins the next."""
    closed = story.on("pathway_closed", story.to_25)
    again = [
        min((day for kind in _ASKED for day in story.on(kind) if day > end), default=None) for end in closed
    ]
    starts = sorted({date.min, *(day for day in again if day)})
    ends = [min((end for end in closed if end > start), default=story.to_25.end) for start in starts]
    return list(map(Span, starts, ends))


def pathway_review_asked(clock: Clock, story: Story) -> Iterable[Running]:
    """A review that the young person, or the adviser, asks for: at once (Care Leavers Regulations reg 7)."""
    for start in story.on(clock.starts, story.to_25):
        yield run(clock, story, start, story.to_25, story.on(clock.stops))


def pa_contact(clock: Clock, story: Story) -> Iterable[Running]:
    """From the last contact; the first one is due from the day an eligible young person left care.

    While the authority provides the home, the adviser's visits there have a clock of their own.
    """
    contacts = story.on(clock.stops, story.to_25)
    left = [day for day in _left_care_eligible(story)[:1] if not contacts or day < contacts[0]]
    moved_out = [home.end for home in _homes(story) if home.end]
    for start in sorted({*left, *contacts, *moved_out}):
        served = next((each for each in _served(story) if each.holds(start)), None)
        if served is None or any(home.holds(start) for home in _homes(story)):
            continue
        why = "leaving care" if start in left else ""
        yield run(clock, story, start, served, story.on(clock.stops), start + _ONE_DAY, why=why)


def _left_care_eligible(story: Story) -> list[date]:
    eligible = eligible_on(story.care, story.born_on) if story.born_on else None
    return [care.end for care in story.care if eligible and care.end and care.end >= eligible]


def _homes(story: Story) -> list[Span]:
    """Return the stretches in a home that the authority provides; a move begins a new one."""
    starts = story.on("leaving_accommodation", story.to_25)
    ends = (
        *story.on("leaving_accommodation_ended"),
        *starts,
        *((story.to_25.end,) if story.to_25.end else ()),
    )
    return [Span(start, min((day for day in ends if day > start), default=None)) for start in starts]


def visit_after_move(clock: Clock, story: Story) -> Iterable[Running]:
    """Within seven days of moving in (Care Leavers Regulations 2010 reg 8(2)(a))."""
    for home in _homes(story):
        yield run(clock, story, home.start, home, story.on(clock.stops))


def review_after_move(clock: Clock, story: Story) -> Iterable[Running]:
    """The review about 28 days after moving in (reg 7(3))."""
    for home in _homes(story):
        yield run(clock, story, home.start, home, story.on(clock.stops))


def adviser_visits(clock: Clock, story: Story) -> Iterable[Running]:
    """Then at most two months apart, while the authority provides the home (reg 8(2)(c))."""
    for home in _homes(story):
        yield from chain(clock, story, home, story.on(clock.starts, home))


def offer_after_21(clock: Clock, story: Story) -> Iterable[Running]:
    """Once a year from 21 to 25, whether or not the young person took it up before (2018 guidance)."""
    if story.born_on is None or not story.reached(21) or not _left_care_eligible(story):
        return
    twenty_one = birthday(story.born_on, 21)
    since = Span(twenty_one, story.to_25.end)
    for start in (twenty_one, *story.on(clock.stops, Span(twenty_one + _ONE_DAY, story.to_25.end))):
        why = "the 21st birthday" if start == twenty_one else ""
        yield run(clock, story, start, since, story.on(clock.stops), start + _ONE_DAY, why=why)


def birthdays(clock: Clock, story: Story) -> Iterable[Running]:
    """Six months before 18, 21 and 25: is there a plan, a home, an adviser? And again three months before."""
    if story.born_on is None or (eligible := eligible_on(story.care, story.born_on)) is None:
        return
    for years in _PREPARED_AT:
        day = birthday(story.born_on, years)
        ahead, again = months_after(day, -6), months_after(day, -3)
        shown = months_after(ahead, -3)
        if not (shown <= story.today < day) or eligible > day:
            continue
        found = run(
            clock, story, day, Span(shown, day), story.on(clock.stops), shown,
            what=f"Ready for the {years}{'st' if years == 21 else 'th'} birthday",
            why=f"the {years}{'st' if years == 21 else 'th'} birthday",
            also=f"Look again by {words.day(again)}.",
        )  # fmt: skip
        yield found._replace(ended_on=None, started_on=shown, due_on=ahead)
