"""Clocks of the front door: each contact, referral and assessment has its own, told apart by `about`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from caseapp import words
from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.rules import run
from caseapp.clocks.story import Span, Story

Thread = Mapping[str, tuple[date, ...]]

CHECKPOINT: Final = "checkpoint in "
"""With a limit behind it: the kind of event by which a manager chose another day for the checkpoint."""
_STARTED: Final = "assessment_started"
_CHOSEN: Final = "The manager chose this day."
_OWN_START: Final = "the assessment’s own start, as this area counts it"


def contact(clock: Clock, story: Story) -> Iterable[Running]:
    """The decision on each contact; a duplicate needs none."""
    yield from _each(clock, story, "contact_void")


def referral(clock: Clock, story: Story) -> Iterable[Running]:
    """The decision on each referral."""
    yield from _each(clock, story)


def referrer(clock: Clock, story: Story) -> Iterable[Running]:
    """Whoever referred is told, unless nobody knows who it was."""
    yield from _each(clock, story, "referrer_unknown")


def _each(clock: Clock, story: Story, void: str = "") -> Iterable[Running]:
    for thread in story.threads:
        if _STARTED in thread:
            continue  # an assessment's own thread holds the day of its referral too
        for start in thread.get(clock.starts, ()):
            span = Span(start, _first(thread, void, start))
            yield run(clock, story, start, span, thread.get(clock.stops, ()))


def assessment(clock: Clock, story: Story) -> Iterable[Running]:
    """Each assessment, from its referral or from its own start; an abandoned one no longer runs."""
    for thread, referred_on in _assessments(story):
        started_on = min(thread[_STARTED])
        start = counted_from(referred_on, started_on, story.local.own_start_from)
        span = Span(start, _first(thread, "assessment_abandoned", start))
        found = run(
            clock, story, start, span, thread.get(clock.stops, ()),
            why="" if start == referred_on else _OWN_START, also=_beside(referred_on, started_on, start),
        )  # fmt: skip
        yield found._replace(or_from=started_on if start == referred_on else referred_on)


def _beside(referred_on: date, started_on: date, start: date) -> str:
    if referred_on == started_on:
        return ""
    if start == referred_on:
        return f"Started {words.day(started_on)}: the census counts from that day."
    return f"Referred {words.day(referred_on)}: the guidance counts from that day."


def counted_from(referred_on: date, started_on: date, own_start_from: date | None) -> date:
    """Return the day from which the 45 working days of a single assessment count.

    That of the referral (Working Together), or, where the area has it so for what starts from a day on, the
    actual start (children in need census).
    """
    return started_on if own_start_from and started_on >= own_start_from else referred_on


def checkpoint(clock: Clock, story: Story) -> Iterable[Running]:
    """The manager's look half way, or on the day that the manager chose; none once it is authorised."""
    for thread, start in _assessments(story):
        # The chosen day may lie ahead, where no event counts yet: the kind itself holds the limit.
        limit = next((kind.removeprefix(CHECKPOINT) for kind in thread if kind.startswith(CHECKPOINT)), "")
        yield run(
            clock, story, start, _until_done(thread, start), thread.get(clock.stops, ()), limit=limit,
            also=_CHOSEN if limit else "",
        )  # fmt: skip


def seen(clock: Clock, story: Story) -> Iterable[Running]:
    """The child is seen: as the assessment says, or on any visit."""
    for thread, start in _assessments(story):
        stops = sorted({*thread.get(clock.stops, ()), *story.on("visit")})
        yield run(clock, story, start, _until_done(thread, start), stops)


def _assessments(story: Story) -> Iterable[tuple[Thread, date]]:
    for thread in story.threads:
        if _STARTED in thread:
            yield thread, min(thread.get("referral", thread[_STARTED]))


def _until_done(thread: Thread, start: date) -> Span:
    ends: Sequence[date | None] = [
        _first(thread, kind, start) for kind in ("assessment_authorised", "assessment_abandoned")
    ]
    return Span(start, min((each for each in ends if each), default=None))


def _first(thread: Thread, kind: str, since: date) -> date | None:
    return next((day for day in thread.get(kind, ()) if day >= since), None)
