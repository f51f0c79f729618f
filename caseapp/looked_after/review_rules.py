"""Reviews of a looked-after child: reasons in words, when one may be needed early, who took part.

Sources: the Care Planning, Placement and Case Review (England) Regulations 2010, regulations 32 and 33; the
IRO Handbook 2010; statutory guidance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from caseapp import words
from caseapp.calendars import Calendar
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after.missing_rules import PATTERN_DAYS, PATTERN_TIMES, in_last

TIMETABLE: Final = "timetable"
TOOK_PART: Final = frozenset({"PN1", "PN2", "PN3", "PN5", "PN6"})
DECISIONS_LIMIT, RECORD_LIMIT = "WD+5", "WD+15"
LONG_TERM: Final = frozenset({"U1", "U4"})
LONG_TERM_WORDS: Final = (
    "Long-term foster placement for over a year: a full meeting is not required at every review, but hold "
    "at least one meeting a year (guidance)."
)
_SOURCES: Final = {
    "iro": "reg 33(3)", "unsafe": "regs 30 and 33(3)", "release": "reg 33(3)", "leaving": "reg 33(3)",
    "change": "reg 32(2)", "move": "practice", "disruption": "practice", "missing": "practice",
    "allegation": "practice", "court": "practice", "child": "practice", "family": "practice",
}  # fmt: skip
_INVITATIONS, _REPORT = 10, 3  # working days before the review (IRO Handbook)


class Prompt(NamedTuple):
    """What the record shows that may ask for an early review; `since` is the day it began to."""

    reason: str
    since: date
    words: str


class Stretch(NamedTuple):
    """What a rule needs of an episode."""

    started_on: date
    legal_status: str
    starts_placement: bool
    reason_moved_before: str


@dataclass(frozen=True)
class Since:
    """What the record holds that a review may have to look at."""

    today: date
    reviewed_on: date | None
    stretches: Sequence[Stretch]
    missing_on: Sequence[date]
    notice_on: date | None


def reasons() -> tuple[tuple[str, str], ...]:
    """Return the reasons for an early review with what asks for each."""
    return tuple((code, f"{said} ({_SOURCES[code]})") for code, said in lists.EARLY_REASONS)


def reason_words(code: str) -> str:
    """Return a reason in words; nothing for the timetable's own."""
    return dict(reasons()).get(code, "" if code in ("", TIMETABLE) else code)


def prompts(told: Since) -> list[Prompt]:
    """Return what may need a review earlier than the timetable has it, newest first."""
    found = [*_moves(told), *_missing(told), *_leaving(told)]
    return sorted(found, key=lambda each: each.since, reverse=True)


def _moves(told: Since) -> Iterable[Prompt]:
    # Until the first review is held, it is that review which looks at all of it.
    if told.reviewed_on is None:
        return
    for before, now in pairwise(told.stretches):
        if now.started_on <= told.reviewed_on:
            continue
        on = words.day(now.started_on)
        if now.starts_placement and now.reason_moved_before == "ALLEG":
            yield Prompt("allegation", now.started_on, f"the placement ended on {on} after an allegation")
        elif now.starts_placement:
            yield Prompt("move", now.started_on, f"a new placement began on {on}, after the last review")
        if now.legal_status != before.legal_status:
            yield Prompt("court", now.started_on, f"the legal status changed on {on}, after the last review")


def _missing(told: Since) -> Iterable[Prompt]:
    times = in_last(PATTERN_DAYS, told.missing_on, told.today)
    if len(times) < PATTERN_TIMES:
        return
    last = max(times)
    if told.reviewed_on is None or last > told.reviewed_on:
        said = f"missing or away {len(times)} times in {PATTERN_DAYS} days (local practice)"
        yield Prompt("missing", last, said)


def _leaving(told: Since) -> Iterable[Prompt]:
    """A child under section 20 about to leave, unless to somebody with parental responsibility."""
    now = told.stretches[-1] if told.stretches else None
    if now is None or told.notice_on is None or now.legal_status != "V2":
        return
    if told.reviewed_on is None or told.notice_on > told.reviewed_on:
        said = (
            f"notice of the end of the placement was given on {words.day(told.notice_on)}, and a child under "
            "section 20 is reviewed before leaving, unless to somebody with parental responsibility"
        )
        yield Prompt("leaving", told.notice_on, said)


def is_long_term(placement: str, started_on: date, today: date) -> bool:
    """Return whether a long-term foster placement has lasted over a year."""
    return placement in LONG_TERM and started_on + relativedelta(years=1) < today


def preparation(planned_on: date, calendar: Calendar) -> tuple[date, date]:
    """Return by when invitations go out, and by when the social worker's report is there."""
    return calendar.add_working_days(planned_on, -_INVITATIONS), calendar.add_working_days(
        planned_on, -_REPORT
    )


def share_taking_part(codes: Iterable[str]) -> tuple[int, int]:
    """Return at how many reviews a child took part, of how many at which they were four or over."""
    asked = [each for each in codes if each and each != "PN0"]
    return sum(each in TOOK_PART for each in asked), len(asked)


def stage(level: str) -> str:
    """Return how far a concern has gone: stage 2 of 6."""
    levels = [code for code, _ in lists.CONCERN_LEVELS]
    return f"stage {levels.index(level) + 1} of {len(levels)}" if level in levels else ""
