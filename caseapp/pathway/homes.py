"""Where a young person lives after care and what they do; the return's codes worked out for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import ages, words
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway import codes_checks
from caseapp.pathway.codes_checks import GONE, NOT_KNOWN, CodeTrouble
from caseapp.pathway.new_rows import NewActivity, NewHome
from caseapp.pathway.records import NEVER_SUITABLE, NO_DATA, SELDOM_SUITABLE, home_code
from db import children as queries
from db.children import child_of
from db.models import InTouch, LeaverActivity, LeaverHome
from db.store import Session

HOME_WORDS: Final = {code: said for code, said in lists.ACCOMMODATION if code != NOT_KNOWN}
ACTIVITY_WORDS: Final = dict(lists.ACTIVITY)
TENANCY_WORDS: Final = dict(lists.TENANCIES)
_FIRST_RETURN: Final = 17
# «On or around the birthday», as councils commonly read it: known from practice, no law found.
_BEFORE, _AFTER = relativedelta(months=3), relativedelta(months=1)


class HomeRow(NamedTuple):
    """A home. `suitable` is how it was judged, in words; `warnings` are sentences."""

    id: UUID
    version: int
    title: str
    period: str
    address: str
    suitable: str
    is_suitable: bool | None
    because: str
    facts: str
    provided: bool
    is_now: bool
    code: str
    warnings: list[str]
    given: NewHome


class ActivityRow(NamedTuple):
    """What they do. `is_busy`: education, training or work; `days` since it began, if it lasts."""

    id: UUID
    version: int
    title: str
    period: str
    words: str
    is_busy: bool
    is_now: bool
    days: int
    given: NewActivity


class LivingView(NamedTuple):
    """Homes and activities, newest first, and what does not fit among the codes of today."""

    homes: list[HomeRow]
    activities: list[ActivityRow]
    codes: tuple[str, str, str]
    troubles: list[CodeTrouble]


class Known(NamedTuple):
    """Something known from a day on, up to a day or going on: a code of the return."""

    code: str
    from_on: date
    until_on: date | None


def view(session: Session, child_id: UUID) -> LivingView:
    """Return homes and activities of a record that is open. Raises NotFound."""
    child = child_of(session, child_id)
    today = session.today
    homes = queries.of_child(session, LeaverHome, child_id, LeaverHome.from_on)
    activities = queries.of_child(session, LeaverActivity, child_id, LeaverActivity.from_on)
    codes = _worked_out(session, child_id, homes, activities, today)
    age = ages.age(child.born_on, today) if child.born_on else None
    return LivingView(
        [_home(each, today) for each in reversed(homes)],
        [_activity(each, today) for each in reversed(activities)],
        codes,
        codes_checks.troubles(*codes, age) if any(codes) and (age is None or age >= _FIRST_RETURN) else [],
    )


def oc3_on(session: Session, child_id: UUID, day: date) -> tuple[str, str, str]:
    """Return the codes in touch, activity and accommodation of a day, or of the time around it.

    What holds on the day counts, else what lies nearest from three months before to a month after. An empty
    code is not known from the record; 0 is «not in touch and not known», or nothing to tell.
    """
    homes = queries.of_child(session, LeaverHome, child_id, LeaverHome.from_on)
    activities = queries.of_child(session, LeaverActivity, child_id, LeaverActivity.from_on)
    return _worked_out(session, child_id, homes, activities, day)


def _worked_out(
    session: Session,
    child_id: UUID,
    homes: Sequence[LeaverHome],
    activities: Sequence[LeaverActivity],
    day: date,
) -> tuple[str, str, str]:
    touched = queries.of_child(session, InTouch, child_id, InTouch.happened_on, InTouch.id)
    ends = [each.happened_on for each in touched[1:]] + [None]
    return oc3(
        [Known(each.code, each.happened_on, end) for each, end in zip(touched, ends, strict=False)],
        [Known(each.code, each.from_on, each.until_on) for each in activities],
        [Known(home_code(each.kind, each.suitable), each.from_on, each.until_on) for each in homes],
        day,
    )


def oc3(
    in_touch: Sequence[Known], activities: Sequence[Known], homes: Sequence[Known], day: date
) -> tuple[str, str, str]:
    """Return the three codes of the return for a day, from what is known by stretches of time. Pure."""
    touch = on_or_around(in_touch, day)
    code = touch.code if touch else ""
    if code in GONE:
        return code, NOT_KNOWN, NOT_KNOWN
    unknown = NOT_KNOWN if code and code != "YES" else ""
    activity, home = on_or_around(activities, day), on_or_around(homes, day)
    return code, activity.code if activity else unknown, home.code if home else unknown


def on_or_around(known: Sequence[Known], day: date) -> Known | None:
    """Return what holds on a day, else the nearest within the window around it; of two alike, the later."""
    near = [
        each
        for each in known
        if each.from_on <= day + _AFTER and (each.until_on is None or day - _BEFORE <= each.until_on)
    ]
    return min(near, key=lambda each: (_days_off(each, day), -each.from_on.toordinal()), default=None)


def _days_off(each: Known, day: date) -> int:
    if each.from_on > day:
        return (each.from_on - day).days
    # The last day is the first of what follows: on it, this is over.
    return max(0, (day - each.until_on).days + 1) if each.until_on else 0


def _is_now(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day < last)


def _period(first: date, last: date | None) -> str:
    return f"{words.day(first)} to {words.day(last)}" if last else f"Since {words.day(first)}"


def _home(each: LeaverHome, today: date) -> HomeRow:
    facts = [each.landlord, TENANCY_WORDS.get(each.tenancy, each.tenancy)]
    facts.append("provided by the authority" if each.provided else "")
    said = ", ".join(part for part in facts if part)
    return HomeRow(
        each.id, each.version, HOME_WORDS.get(each.kind, each.kind), _period(each.from_on, each.until_on),
        "Address withheld" if each.withheld else each.lines,
        _suitable_words(each), _is_suitable(each), each.because, f"{said[:1].upper()}{said[1:]}",
        each.provided, _is_now(each.from_on, each.until_on, today), home_code(each.kind, each.suitable),
        _warnings(each),
        NewHome(
            each.kind, each.from_on, each.until_on, each.suitable, each.because, each.provided, each.lines,
            each.withheld, each.landlord, each.tenancy,
        ),
    )  # fmt: skip


def _is_suitable(each: LeaverHome) -> bool | None:
    return False if each.kind in NEVER_SUITABLE else None if each.kind in NO_DATA else each.suitable


def _suitable_words(each: LeaverHome) -> str:
    if each.kind in NO_DATA:
        return "Not counted"
    judged = _is_suitable(each)
    return "Not judged yet" if judged is None else "Suitable" if judged else "Not suitable"


def _warnings(each: LeaverHome) -> list[str]:
    found = []
    if each.kind in SELDOM_SUITABLE and each.suitable:
        found.append("Emergency accommodation and bed and breakfast are seldom suitable: look again.")
    if _is_suitable(each) is not None and not each.because:
        found.append("Say why it is suitable or not: the judgement needs its reasons.")
    return found


def _activity(each: LeaverActivity, today: date) -> ActivityRow:
    is_now = _is_now(each.from_on, each.until_on, today)
    return ActivityRow(
        each.id, each.version, ACTIVITY_WORDS.get(each.code, each.code),
        _period(each.from_on, each.until_on), each.words, each.code in lists.IN_ACTIVITY, is_now,
        (today - each.from_on).days if is_now else 0,
        NewActivity(each.code, each.from_on, each.until_on, each.words),
    )  # fmt: skip
