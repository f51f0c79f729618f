"""Clocks of the front door: each contact, referral and assessment has its own, told apart by `about`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.rules import run
from caseapp.clocks.story import Span, Story

Thread = Mapping[str, tuple[date, ...]]

CHECKPOINT: Final = "checkpoint in "
"""With a limit behind it: the kind of event by which a manager chose another day for the checkpoint."""
_STARTED: Final = "assessment_started"
_CHOSEN: Final = "The manager chose this day."


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
    """Each assessment, from the day of its referral (Working Together); an abandoned one no longer runs."""
    for thread, start in _assessments(story):
        span = Span(start, _first(thread, "assessment_abandoned", start))
        yield run(clock, story, start, span, thread.get(clock.stops, ()))


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
