"""Formulas about circumstances: who is on the list, in touch, in education or work, in which home. Pure.

Source: the SSDA903 guide, table OC3.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseapp import words
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway.codes_checks import NOT_KNOWN
from caseapp.pathway.leaving_formula import Asked, Told
from caseapp.pathway.leaving_people import ADULT, BUSY, LISTED, NOT_BUSY, Seen
from caseapp.pathway.status import CATEGORY_WORDS

# Who is on the list


def listed(asked: Asked) -> Iterator[Told]:
    """Tell everybody on the list."""
    for each in asked.listed:
        yield Told(each, True, each.category_words)


def of_category(asked: Asked, category: str) -> Iterator[Told]:
    """Tell those of a category."""
    for each in asked.listed:
        if each.category == category:
            yield Told(each, True, each.category_words)


def of_age(asked: Asked, low: int, high: int) -> Iterator[Told]:
    """Tell those of some ages."""
    for each in asked.listed:
        if each.age is not None and low <= each.age <= high:
            yield Told(each, True, each.category_words)


def of_unknown_age(asked: Asked) -> Iterator[Told]:
    """Tell those without a date of birth."""
    for each in asked.listed:
        if each.age is None:
            yield Told(each, True, each.category_words)


def changed(asked: Asked) -> Iterator[Told]:
    """Tell each change of category in the calendar month, onto the list, within it or off it."""
    for each in asked.everybody:
        for day, before, after in each.person.changes(asked.on.replace(day=1), asked.on):
            if LISTED & {before, after}:
                was, now = (CATEGORY_WORDS[one].lower() for one in (before, after))
                yield Told(each, True, f"{words.day(day)}: {was} to {now}")


# The return's cohort


def cohort(asked: Asked) -> Iterator[Told]:
    """Tell the return's cohort."""
    for each in asked.cohort:
        yield Told(each, True, each.category_words)


def gone(asked: Asked) -> Iterator[Told]:
    """Tell who died or went home, and is left out."""
    for each in asked.everybody:
        if each.is_leaver and each.is_gone:
            yield Told(each, True, each.in_touch_words)


def in_touch(asked: Asked) -> Iterator[Told]:
    """Tell with whom we are in touch."""
    for each in asked.cohort:
        yield Told(each, each.in_touch == "YES", each.in_touch_words)


def home_judged(asked: Asked, judged: str, *, known_only: bool = False) -> Iterator[Told]:
    """Tell whose home was judged so; `known_only` leaves out those of whose home there is no information."""
    for each in asked.cohort:
        if each.judged or not known_only:
            yield Told(each, each.judged == judged, each.home_words)


def busy(asked: Asked) -> Iterator[Told]:
    """Tell who is in education, employment or training."""
    for each in asked.cohort:
        yield Told(each, each.activity in BUSY, each.activity_words)


def not_busy(asked: Asked) -> Iterator[Told]:
    """Tell who is in none of these, with reason and days, the longest first."""
    yes = [each for each in asked.cohort if each.activity in NOT_BUSY]
    for each in sorted(yes, key=lambda one: one.not_busy_since or date.max):
        yield Told(each, True, _not_busy_words(each))
    for each in asked.cohort:
        if each.activity not in NOT_BUSY:
            yield Told(each, False, each.activity_words)


def _not_busy_words(each: Seen) -> str:
    since = each.not_busy_since
    days = words.count((each.on - since).days, "day") if since else "days not recorded"
    because = (each.doing.words if each.doing else "") or (
        each.plan.codes.get("neet_reason", "") if each.plan else ""
    )
    reason = dict(lists.ACTIVITY).get(each.activity, "").partition(": ")[2]
    return f"{days}: {reason}{f', {because}' if because else ''}"


def activity_unknown(asked: Asked) -> Iterator[Told]:
    """Tell of whom it is not known what they do."""
    for each in asked.cohort:
        yield Told(each, each.activity in ("", NOT_KNOWN), each.activity_words)


# Homes


def living(asked: Asked, letter: str, from_age: int = 0) -> Iterator[Told]:
    """Tell who lives in a kind of home."""
    for each in asked.there:
        if each.home_letter == letter and (each.age is None or each.age >= from_age):
            yield Told(each, True, each.home_words)


def stayed_put(asked: Asked) -> Iterator[Told]:
    """Tell who of the 18-year-olds who were fostered to 18 lives with the former carers."""
    for each in asked.there:
        if each.age == ADULT and each.was_fostered_to_18:
            yield Told(each, each.home_letter == "Z", each.home_words)
