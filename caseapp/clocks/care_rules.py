"""Clocks of a child in care beside reviews and health: visits by their rules, notices, orders, the court."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.rules import run
from caseapp.clocks.story import Span, Story

_ONE_DAY = timedelta(days=1)
_ONE_YEAR = relativedelta(years=1)
_WEEKLY: Final = "CD+7"
_LAST: Final = "the last visit"
# What makes the visits of a placement follow a rule of their own, and the interval after review 1.
_PARENT_OR_CONNECTED: Final = {
    "placed_before_assessment": "CD+42",  # reg 19
    "temporary_approval": "CD+28",  # reg 24
    "interim_order_with_parent": "CD+28",  # reg 28(4)
}
_ORDER_WITH_PARENT: Final = "care_order_with_parent"
_OTHER_BODY: Final = "arrangement_started"
_SHORT_ORDERS: Final = {
    "police_protection": ("Police protection", "H+72", "the child was taken into police protection"),
    "child_assessment": ("Child assessment order", "CD+7", "the child assessment order"),
    "emergency_protection": ("Emergency protection order", "CD+8", "the emergency protection order"),
}


def first_visit(clock: Clock, story: Story) -> Iterable[Running]:
    """The first visit in each placement."""
    for placement in story.placements:
        yield run(clock, story, placement.start, placement, story.on("visit"))


def visits_in_first_year(clock: Clock, story: Story) -> Iterable[Running]:
    """The next visit after each one in the first year of a placement."""
    for placement, visits in _visits(story):
        for day in visits:
            if day < placement.start + _ONE_YEAR:
                yield run(clock, story, day, placement, story.on("visit"), day + _ONE_DAY)


def visits_after_first_year(clock: Clock, story: Story) -> Iterable[Running]:
    """Six weeks; three months once meant to last to 18, six once the child agreed: from the next visit."""
    for placement, visits in _visits(story):
        for day in visits:
            if day >= placement.start + _ONE_YEAR:
                limit = _interval_on(story, placement, day) or clock.limit
                yield run(clock, story, day, placement, story.on("visit"), day + _ONE_DAY, limit)


def _interval_on(story: Story, placement: Span, day: date) -> str:
    agreed = (("six_monthly_agreed", "M+6"), ("placed_to_18", "M+3"))
    return next((limit for kind, limit in agreed if any(on <= day for on in story.on(kind, placement))), "")


def _visits(story: Story) -> Iterable[tuple[Span, tuple[date, ...]]]:
    """Return the placements whose visits follow the general rule, each with the visits in it."""
    for placement in story.placements:
        own = (*_PARENT_OR_CONNECTED, _ORDER_WITH_PARENT, _OTHER_BODY)
        if not any(story.on(kind, placement) for kind in own):
            yield placement, story.on("visit", placement)


def visits_with_parent_or_connected(clock: Clock, story: Story) -> Iterable[Running]:
    """Weekly until review 1 of this care, then every six or four weeks; a care order ends it."""
    for care in story.care:
        reviewed = min(story.on("lac_review", care), default=None)
        for placement in story.placements_in(care):
            after = [each for kind, each in _PARENT_OR_CONNECTED.items() if story.on(kind, placement)]
            if not after:
                continue
            ends = (*story.on(_ORDER_WITH_PARENT, placement)[:1], placement.end)
            span = Span(placement.start, ends[0])
            for day in story.on("visit", span):
                limit = _WEEKLY if reviewed is None or day < reviewed else after[0]
                yield run(clock, story, day, span, story.on("visit"), day + _ONE_DAY, limit, why=_LAST)


def visits_under_care_order_with_parent(clock: Clock, story: Story) -> Iterable[Running]:
    """Within a week of the order, then every six weeks."""
    for placement in story.placements:
        for order in story.on(_ORDER_WITH_PARENT, placement)[:1]:
            span = Span(order, placement.end)
            yield run(clock, story, order, span, story.on("visit"))
            for day in story.on("visit", span):
                yield run(clock, story, day, span, story.on("visit"), day + _ONE_DAY, "CD+42", why=_LAST)


def visits_where_another_body_runs_it(clock: Clock, story: Story) -> Iterable[Running]:
    """Hospital or custody: six weeks in the first year of the arrangement, then three months."""
    for placement in story.placements:
        if not story.on(_OTHER_BODY, placement):
            continue
        for day in story.on("visit", placement):
            limit = "CD+42" if day < placement.start + _ONE_YEAR else "M+3"
            yield run(clock, story, day, placement, story.on("visit"), day + _ONE_DAY, limit, why=_LAST)


def placement_notice(clock: Clock, story: Story) -> Iterable[Running]:
    """Everybody is told of a placement: before it, or within five working days of one made in haste."""
    for care in story.care:
        for placement in story.placements_in(care):
            since = story.before(care) if placement.start == care.start else placement.start - timedelta(28)
            yield run(clock, story, placement.start, placement, story.on(clock.stops), since)


def notice_after_the_end(clock: Clock, story: Story) -> Iterable[Running]:
    """Where a placement ended without notice. The care's end does not take the duty away."""
    for start in story.on(clock.starts):
        yield run(clock, story, start, Span(start), story.on(clock.stops), start - timedelta(28))


def officer_named(clock: Clock, story: Story) -> Iterable[Running]:
    """The reviewing officer; one named before, for an earlier care too, stays named."""
    for care in story.care:
        yield run(clock, story, care.start, care, story.on(clock.stops), date.min)


def review_decisions(clock: Clock, story: Story) -> Iterable[Running]:
    """The decisions of the newest review, and its full record: those before are let go of by the next."""
    for care in story.care:
        held = story.on(clock.starts, care)
        for start, until in zip(held, (*held[1:], care.end), strict=False):
            span = Span(start, until)
            yield run(clock, story, start, span, story.on(clock.stops), why="the review")
            yield run(
                clock, story, start, span, story.on("record_sent"), limit="WD+15",
                what="Full record of the review sent", why="the review",
            )  # fmt: skip


def review_asked_for(clock: Clock, story: Story) -> Iterable[Running]:
    """An earlier review, at once: until one is held, or the reviewing officer calls it off (reg 33(3))."""
    for care in story.care:
        for start in story.on(clock.starts, care):
            yield run(clock, story, start, care, story.on(clock.stops))


def return_interview(clock: Clock, story: Story) -> Iterable[Running]:
    """After every time missing; the hours run on when care ends."""
    returns = story.on(clock.starts)
    for start, until in zip(returns, (*returns[1:], None), strict=False):
        yield run(clock, story, start, Span(start, until), story.on(clock.stops))


def in_court(clock: Clock, story: Story) -> Iterable[Running]:
    """From each start to the end that follows it, whether the child is in care or not."""
    for start in story.on(clock.starts):
        yield run(clock, story, start, Span(start), story.on(clock.stops))


def short_orders(clock: Clock, story: Story) -> Iterable[Running]:
    """Police protection, child assessment and emergency protection orders: each has its own length."""
    for kind, (what, limit, why) in _SHORT_ORDERS.items():
        for start in story.on(kind):
            yield run(
                clock, story, start, Span(start), story.on(f"{kind}_ended"), limit=limit, what=what, why=why
            )
