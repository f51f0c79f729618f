"""The virtual school's formulas about PEPs: due, held, approved, how good, and what meetings say. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from caseapp import words
from caseapp.education import qa_schemes
from caseapp.education.virtual_school_formula import Asked, Told
from caseapp.education.virtual_school_pupils import BEGUN_DAYS, HELD_DAYS, Care, Day, Meeting, Pupil

# PEPs


def needing(asked: Asked) -> Iterator[Told]:
    """Tell everybody who needs a PEP."""
    for each in asked.needing:
        care = each.care_on(asked.day.on)
        yield Told(each, True, f"looked after since {words.day(care.start)}" if care else "")


def up_to_date(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP is up to date, among those whose first one is due."""
    for each in asked.needing:
        if not each.waits_for_first(asked.day):
            yield Told(each, each.is_up_to_date(asked.day), _last_words(each, asked.day))


def approved(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP is up to date and approved."""
    for each in asked.needing:
        if each.waits_for_first(asked.day):
            continue
        newest = each.newest(asked.day)
        step = each.approved(newest, asked.day.on) if newest else None
        said = f", approved {words.day(step.on)}" if step else ", not approved" if newest else ""
        counts = step is not None and each.is_up_to_date(asked.day)
        yield Told(each, counts, _last_words(each, asked.day) + said)


def _last_words(pupil: Pupil, day: Day) -> str:
    newest = pupil.newest(day)
    return f"last meeting {words.day(newest.held_on)}" if newest else "no meeting yet"


def first_not_due(asked: Asked) -> Iterator[Told]:
    """Tell whose first PEP is still to come and not due yet."""
    for each in asked.needing:
        due = each.first_due(asked.day)
        if each.waits_for_first(asked.day) and due:
            yield Told(each, True, f"first PEP due {words.day(due)}")


def completed(asked: Asked) -> Iterator[Told]:
    """Tell who had a meeting this term."""
    for each in asked.needing:
        yield Told(each, each.this_term(asked.day) is not None, _last_words(each, asked.day))


class _Entry(NamedTuple):
    pupil: Pupil
    care: Care
    begun_by: date
    held_by: date
    begun_on: date | None
    held_on: date | None


def _entries(asked: Asked) -> Iterator[_Entry]:
    """Yield each entry into care whose first PEP fell due this term, while the child was still in care."""
    calendar = asked.day.calendar
    for each in asked.everybody:
        for care in each.care:
            if not asked.day.term.starts_on <= care.start + timedelta(days=60):
                continue  # so long ago that it is not worth counting working days
            held_by = calendar.add_working_days(care.start, HELD_DAYS)
            if not asked.day.is_in_term(held_by) or not care.holds(held_by):
                continue
            if not _is_of_age(each, asked.day, care.start, held_by):
                continue
            held = [each.held_on for each in each.meetings if care.owns(each.held_on)]
            begun = sorted([*held, *(on for on in each.begun if care.owns(on))])
            begun_by = calendar.add_working_days(care.start, BEGUN_DAYS)
            yield _Entry(
                each, care, begun_by, held_by, next(iter(begun), None), next(iter(held), None)
            )  # fmt: skip


def _is_of_age(pupil: Pupil, day: Day, start: date, end: date) -> bool:
    first, last = pupil.age(start), pupil.age(end)
    return first is None or last is None or (first >= day.from_age and last < 18)


def initial(asked: Asked, *, begun: bool, held: bool) -> Iterator[Told]:
    """Tell which entries into care had their first PEP begun, held, or both in time."""
    for each in _entries(asked):
        said = [f"came into care {words.day(each.care.start)}"]
        counts = True
        if begun:
            counts = each.begun_on is not None and each.begun_on <= each.begun_by
            said.append(_done("begun", each.begun_on, each.begun_by))
        if held:
            counts = counts and each.held_on is not None and each.held_on <= each.held_by
            said.append(_done("held", each.held_on, each.held_by))
        yield Told(each.pupil, counts, ", ".join(said))


def _done(what: str, on: date | None, by: date) -> str:
    told = f"{what} {words.day(on)}" if on else f"not {what}"
    return f"{told} (due {words.day(by)})"


def overdue(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP is overdue, the longest first."""
    found = []
    for each in asked.needing:
        since = overdue_since(each, asked.day)
        if since:
            found.append((since, each))
    for since, each in sorted(found, key=lambda pair: pair[0]):
        days = words.count((asked.day.on - since).days, "day")
        planned = _planned(each, asked.day)
        why = f"planned for {words.day(planned)}" if planned else f"no date planned, due {words.day(since)}"
        yield Told(each, True, f"{days}: {why}, {_last_words(each, asked.day)}")


def overdue_since(pupil: Pupil, day: Day) -> date | None:
    """Return since when a PEP is overdue; None if it is not.

    Overdue: no meeting this term, and the planned day has passed or there is none. Counted from the planned
    day, else from the last day for the first PEP, else from the first day of the term.
    """
    if pupil.this_term(day) or pupil.waits_for_first(day):
        return None
    planned = _planned(pupil, day)
    if planned:
        return planned if planned < day.on else None
    return day.term.starts_on if pupil.newest(day) else pupil.first_due(day)


def _planned(pupil: Pupil, day: Day) -> date | None:
    newest = pupil.newest(day)
    return newest.days.get("next_on") if newest else None


# Quality


def good(asked: Asked) -> Iterator[Told]:
    """Tell whose newest PEP approved this term is graded good or better."""
    for each in asked.needing:
        given = [step for step in each.decided(asked.day) if step.state == "approved"]
        if given:
            title = qa_schemes.TITLES.get(given[-1].grade, given[-1].grade)
            said = f"approved {words.day(given[-1].on)}, {title.lower()}"
            yield Told(each, given[-1].grade in qa_schemes.GOOD, said)


def returned(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP was given back, among those decided on this term."""
    for each in asked.needing:
        decided = each.decided(asked.day)
        back = [step for step in decided if step.state == "returned"]
        if decided:
            days = words.listed([words.day(step.on) for step in back])
            yield Told(each, bool(back), f"given back {days}" if back else "approved at once")


def resubmissions(asked: Asked) -> Iterator[Told]:
    """Tell how often the newest PEPs approved this term came back mended."""
    for each in asked.needing:
        given = [step for step in each.decided(asked.day) if step.state == "approved"]
        if given:
            times = given[-1].resubmissions
            yield Told(each, True, f"mended {words.count(times, 'time')}", Decimal(times))


# Voice


def meeting_says(asked: Asked, key: str, counted: frozenset[str], titles: dict[str, str]) -> Iterator[Told]:
    """Tell for whom this term’s plan gives one of some codes to a question."""
    for each, meeting in _met(asked):
        code = meeting.codes.get(key, "")
        said = titles.get(code, "not recorded").lower()
        yield Told(each, code in counted, f"meeting {words.day(meeting.held_on)}: {said}")


def _met(asked: Asked) -> Iterator[tuple[Pupil, Meeting]]:
    for each in asked.needing:
        meeting = each.this_term(asked.day)
        if meeting:
            yield each, meeting
