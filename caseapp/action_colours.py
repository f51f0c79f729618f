"""The colour of an action by rule (RAG), always with its words. Pure: today is an argument."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from caseapp import words

WARN_DAYS = 14
COLOURS = {
    "green": "On track",
    "amber": "At risk",
    "red": "Late or stuck",
    "blue": "Done, outcome reached",
    "grey": "No longer needed",
}
BY_HAND = ("green", "amber", "red")
"""The colours that somebody may give in place of the rule's."""
_REVIEWED = {
    "partly": "It was left partly done at the review.",
    "not_done": "It was not done by the review.",
    "not_needed": "It is no longer needed.",
}
"""Why a finished action has neither green nor blue, by its status."""


class Colour(NamedTuple):
    """A colour, the words that stand beside it, and the reason in a sentence."""

    colour: str
    words: str
    because: str


def colour_of(
    status: str,
    by_on: date | None,
    today: date,
    *,
    is_over: bool = False,
    result: str = "",
    by_hand: str = "",
    by_hand_because: str = "",
) -> Colour:
    """Return an action's colour: by hand while it is open, else by rule.

    Done is green, or blue once the outcome is fully reached; overdue is red; due within 14 days, without
    a date or not done so far is amber; everything else is green. Source: early help guide, section 9.
    """
    if is_over or status == "done":
        return _finished(status, result)
    if by_hand:
        return Colour(by_hand, COLOURS[by_hand], by_hand_because)
    if by_on is None:
        return Colour("amber", "No date", "No day was agreed by which it is done.")
    if by_on < today:
        return Colour("red", "Overdue", f"It was due on {words.day(by_on)}.")
    if by_on - today <= timedelta(days=WARN_DAYS):
        return Colour("amber", "Due soon", f"It is due on {words.day(by_on)}.")
    if status == "not_done":
        return Colour("amber", "At risk", "It has not been done so far.")
    return Colour("green", "On track", f"It is due on {words.day(by_on)}.")


def _finished(status: str, result: str) -> Colour:
    if status == "done" and result == "fully":
        return Colour("blue", COLOURS["blue"], "It is done and its outcome is fully reached.")
    if status == "done":
        return Colour("green", "Done", "It is done.")
    said = {"partly": "Partly done", "not_done": "Not done"}.get(status, COLOURS["grey"])
    return Colour("grey", said, _REVIEWED.get(status, "It is over."))
