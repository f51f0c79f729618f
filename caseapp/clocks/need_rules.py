"""Clocks of a child in need or with a protection plan: the first meeting, and the visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.rules import chain, run
from caseapp.clocks.story import Span, Story

DECIDED: Final = "cin_plan_decided"
_DECIDED_WORDS: Final = "it was decided that the child is in need"
_ONE_DAY: Final = timedelta(days=1)


def first_meeting(clock: Clock, story: Story) -> Iterable[Running]:
    """The first meeting after each decision that a child is in need."""
    for start in _decided(story):
        yield run(clock, story, start, Span(start), story.on(clock.stops), why=_DECIDED_WORDS)


def _decided(story: Story) -> Iterable[date]:
    return story.on(DECIDED) if story.local.status == "child_in_need" else ()


def visits(clock: Clock, story: Story) -> Iterable[Running]:
    """Each visit at which the child was seen starts the next; the first counts from a decision on need."""
    seen = story.on(clock.stops)
    for start in _decided(story) if clock.starts == "cin_visit" else ():
        if not any(day <= start for day in seen):
            yield run(clock, story, start, Span(start), seen, start + _ONE_DAY, why=_DECIDED_WORDS)
    yield from chain(clock, story, Span(min(seen, default=story.today)), seen)
