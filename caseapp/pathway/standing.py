"""Where a young person stands in law today: the category by the dates or by a manager's word, and why.

Nothing of it is stored: it moves by itself on birthdays and at leaving care. Only the child's status in the
lists follows, by `settle_status`.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import ages, dates, words
from caseapp.ages import birthday
from caseapp.pathway import records
from caseapp.pathway.new_rows import NewLeavingEvent, NewOverride
from caseapp.pathway.status import (
    CATEGORY_WORDS,
    LAW,
    CareSpell,
    LifeEvent,
    Status,
    history,
    status_on,
)
from caseapp.typed_rows import refuse_unless, row_of
from db import children as queries
from db import leaving_care
from db.children import child_of
from db.models import Child, Episode, LeavingEvent, StatusOverride
from db.reach import child_subject
from db.roles import authorise, may
from db.store import Session

_OF_LIFE: Final = frozenset(
    {"settled_home", "detained", "education", "education_asked", "adviser_asked", "special_guardianship"}
)
_SUPPORT: Final = {
    "adviser_asked": "a personal adviser",
    "education_asked": "help with education or training",
}
_LEAVERS: Final = frozenset({"relevant", "former_relevant", "qualifying"})
_OWED_A_PLAN: Final = frozenset({"eligible", "relevant", "former_relevant"})
EVENT_WORDS: Final = {
    "settled_home": "Home with a parent or someone with parental responsibility",
    "detained": "In custody or hospital",
    "education": "In education or training, or wanting it",
    "education_asked": "Told us of education or training at 21 to 24",
    "adviser_asked": "Asked for a personal adviser at 21 to 24",
    "special_guardianship": "Special guardianship order",
    "offer_after_21": "Yearly offer of support made",
    "birthday_prepared": "Birthday prepared for",
    "review_asked": "Review of the plan asked for",
}
DUTIES: Final = {
    "looked_after": ("The care plan, reviews and visits of a looked-after child go on.",),
    "eligible": (
        "Stays looked after: care plan, reviews and visits go on.",
        "Needs assessment within three months, then a pathway plan.",
        "A personal adviser.",
    ),
    "relevant": (
        "Needs assessment and pathway plan, reviewed every six months.",
        "A personal adviser, and keeping in touch.",
        "Keep and suitable accommodation are ours to provide (s23B).",
    ),
    "former_relevant": (
        "Keeping in touch, and a personal adviser.",
        "Pathway plan, reviewed every six months.",
        "Help with work, education and welfare.",
    ),
    "on_request": (
        "An offer of a personal adviser once a year, up to 25.",
        "Plan and adviser when asked for, or while education or training lasts.",
    ),
    "qualifying": (
        "Advice and befriending, help in kind or cash.",
        "Somewhere to live in the holidays of full-time study.",
        "No pathway plan and no personal adviser by law.",
    ),
}


class OverrideRow(NamedTuple):
    """A manager's word on the category; `in_force` today or not."""

    id: UUID
    version: int
    title: str
    reason: str
    by: str
    in_force: bool
    given: NewOverride


class EventRow(NamedTuple):
    """Something that rights depend on beside care."""

    id: UUID
    version: int
    title: str
    period: str
    words: str
    given: NewLeavingEvent


class Turn(NamedTuple):
    """A day on which the category changed, and the deciding sentence."""

    on: date
    category: str
    words: str
    why: str


class Standing(NamedTuple):
    """The category in force with its reasons. `by_dates` is what the dates alone tell, in words.

    `next_words` says what moves it next; `history` is by the dates, newest first, birth left out.
    """

    category: str
    words: str
    from_on: date
    until_on: date | None
    next_words: str
    why: tuple[str, ...]
    law: str
    duties: tuple[str, ...]
    needs_plan: bool
    needs_adviser: bool
    on_request: bool
    by_dates: str
    override: OverrideRow | None
    overrides: list[OverrideRow]
    events: list[EventRow]
    history: list[Turn]
    age: int | None
    may_decide: bool


class _Life(NamedTuple):
    born_on: date | None
    spells: list[CareSpell]
    events: list[LifeEvent]

    def on(self, day: date) -> Status:
        """Return the status of a day by the dates."""
        return status_on(self.born_on, self.spells, self.events, day)


def standing(session: Session, child_id: UUID) -> Standing:
    """Return where a young person whose record is open stands today. Raises NotFound."""
    child = child_of(session, child_id)
    today, life = session.today, _life(session, child)
    told = life.on(today)
    overrides = _overrides(session, child_id)
    override = _in_force(overrides)
    category = override.given.category if override else told.category
    on_request = told.on_request and category == told.category
    owed = told.needs_plan if category == told.category else category in _OWED_A_PLAN
    return Standing(
        category,
        CATEGORY_WORDS[category],
        override.given.from_on if override else told.from_on,
        override.given.until_on if override else told.until_on,
        _next_words(life, told, override),
        told.why,
        LAW[category] if override else told.law,
        DUTIES.get("on_request" if on_request and not owed else category, ()),
        owed,
        owed,
        on_request,
        CATEGORY_WORDS[told.category],
        override,
        overrides,
        _events(session, child_id),
        [
            Turn(each.from_on, each.category, CATEGORY_WORDS[each.category], each.why[0])
            for each in reversed(history(life.born_on, life.spells, life.events, today)[1:])
        ],
        ages.age(child.born_on, today) if child.born_on else None,
        may(session.actor, "approve", child_subject(session, child)).allowed,
    )


def category_on(session: Session, child: Child, day: date) -> tuple[str, date]:
    """Return the category of a day and since when: a manager's word where there is one, else by the dates."""
    for each in reversed(queries.of_child(session, StatusOverride, child.id, StatusOverride.from_on)):
        if _holds(each, day):
            return each.category, each.from_on
    told = _life(session, child).on(day)
    return told.category, told.from_on


def support_asked_on(session: Session, child: Child) -> date | None:
    """Return the newest day on which support was asked for after 21, if that stands today."""
    asked = [each for each in _life(session, child).events if each.kind in _SUPPORT]
    return max((each.start for each in asked if each.holds(session.today)), default=None)


def _life(session: Session, child: Child) -> _Life:
    episodes = queries.of_child(session, Episode, child.id, Episode.started_on)
    events = queries.of_child(session, LeavingEvent, child.id, LeavingEvent.from_on)
    return _Life(
        child.born_on,
        [
            CareSpell(each.started_on, each.ended_on, each.legal_status, each.reason_ended)
            for each in episodes
        ],
        [LifeEvent(each.kind, each.from_on, each.until_on) for each in events if each.kind in _OF_LIFE],
    )


def _holds(each: StatusOverride, day: date) -> bool:
    return each.from_on <= day and (each.until_on is None or day < each.until_on)


def _overrides(session: Session, child_id: UUID) -> list[OverrideRow]:
    rows = queries.of_child(session, StatusOverride, child_id, StatusOverride.from_on)
    names = leaving_care.worker_names(session, {each.created_by for each in rows})
    return [
        OverrideRow(
            each.id, each.version, f"{CATEGORY_WORDS[each.category]}, {_period(each.from_on, each.until_on)}",
            each.reason, names.get(each.created_by, ""), _holds(each, session.today),
            NewOverride(each.category, each.from_on, each.reason, each.until_on),
        )
        for each in reversed(rows)
    ]  # fmt: skip


def _in_force(overrides: list[OverrideRow]) -> OverrideRow | None:
    return next((each for each in overrides if each.in_force), None)


def _events(session: Session, child_id: UUID) -> list[EventRow]:
    rows = queries.of_child(session, LeavingEvent, child_id, LeavingEvent.from_on)
    return [
        EventRow(
            each.id, each.version, EVENT_WORDS[each.kind],
            _period(each.from_on, each.until_on) if each.kind in _OF_LIFE else words.day(each.from_on),
            each.words, NewLeavingEvent(each.kind, each.from_on, each.until_on, each.words),
        )
        for each in reversed(rows)
    ]  # fmt: skip


def _period(first: date, last: date | None) -> str:
    return f"{words.day(first)} to {words.day(last)}" if last else f"since {words.day(first)}"


def _next_words(life: _Life, told: Status, override: OverrideRow | None) -> str:
    if override:
        until = override.given.until_on
        return f"A manager's word holds until {words.day(until)}." if until else (
            "A manager's word holds until it is taken back; birthdays do not move it."
        )  # fmt: skip
    if told.until_on is None:
        return "No date on record moves it any more."
    then = life.on(told.until_on)
    on = words.day(told.until_on)
    if then.category != told.category:
        return f"Moves by itself on {on} to: {CATEGORY_WORDS[then.category].lower()}, if nothing changes."
    return f"Stays, but what is owed changes on {on}."


# A manager's word, and support asked for after 21


def take_back(session: Session, row_id: UUID, opened: int, on: date) -> None:
    """End a manager's word on the category from a day on; the dates tell it again. For managers."""
    row: StatusOverride = row_of(session, StatusOverride, row_id, opened)
    refuse_unless(row.until_on is None, "It is taken back already.")
    records.change(session, row_id, opened, NewOverride(row.category, row.from_on, row.reason, on))
    settle_status(session, child_of(session, row.child_id), session.today)


def decide(session: Session, child_id: UUID, new: NewOverride) -> UUID:
    """Set the category by a manager's word, with the reason; the one in force before ends that day."""
    child = child_of(session, child_id)
    authorise(session.actor, "approve", child_subject(session, child))
    for each in queries.of_child(session, StatusOverride, child_id, StatusOverride.from_on):
        if each.until_on is None and each.from_on <= new.from_on:
            each.until_on = new.from_on
    row_id = records.add(session, child_id, new)
    settle_status(session, child, session.today)
    return row_id


def ask_for_support(session: Session, child_id: UUID, kind: str, on: date, said: str = "") -> UUID:
    """Record that somebody of 21 to 24 asks for an adviser or tells of education; a closed record opens.

    Raises Problem for another age or category.
    """
    child = child_of(session, child_id)
    refuse_unless(kind in _SUPPORT, "Say whether it is an adviser or education that was asked for.")
    refuse_unless(
        child.born_on is not None and birthday(child.born_on, 21) <= on < birthday(child.born_on, 25),
        "Support is asked for between the 21st and the 25th birthday.",
    )
    told = _life(session, child).on(on)
    refuse_unless(
        told.category == "former_relevant",
        "This is for former relevant young people. By the dates this one is: "
        f"{CATEGORY_WORDS[told.category].lower()}.",
    )
    row_id = records.add(session, child_id, NewLeavingEvent(kind, on, words=said))
    settle_status(session, child, session.today)
    return row_id


# The status in the lists follows


def settle_status(session: Session, child: Child, today: date) -> bool:
    """Let a child's status follow the category: looked after, then care leaver, then closed.

    It never touches early help, children in need or protection, nor a record of somebody who may not write;
    a closed one opens again only where support was asked for. Returns whether it changed.
    """
    if not child.born_on or child.status not in ("looked_after", "care_leaver", "closed"):
        return False
    of_the_day = session.info["purpose"] == "rebuild"  # the day's own work, whoever signed in first
    if not of_the_day and not may(session.actor, "write", child_subject(session, child)).allowed:
        return False
    life = _life(session, child)
    if not life.spells:
        return False  # no dates of care on record, so none that could tell
    category, since = category_on(session, child, today)
    status = _status_for(child, category, life, today)
    if status == child.status:
        return False
    child.status = status
    child.closed_on = _closed_on(child.born_on, category, since, life) if status == "closed" else None
    dates.refresh(session, child)
    return True


def _status_for(child: Child, category: str, life: _Life, today: date) -> str:
    if child.status == "closed":
        asked = [each for each in life.events if each.kind in _SUPPORT and each.holds(today)]
        opens = category == "former_relevant" and any(
            child.closed_on is None or child.closed_on <= each.start for each in asked
        )
        return "care_leaver" if opens else "closed"
    if category in _LEAVERS:
        return "care_leaver"
    if category == "closed":
        return "closed"
    is_adult = child.born_on is not None and birthday(child.born_on, 18) <= today
    return "closed" if category == "none" and is_adult and child.status == "looked_after" else child.status


def _closed_on(born_on: date, category: str, since: date, life: _Life) -> date:
    if category == "closed":
        return since
    return min(birthday(born_on, 18), max(each.end or date.max for each in life.spells))


def sweep(session: Session) -> int:
    """Settle the status of all in reach whose 18th or 25th birthday has come; return how many moved."""
    today = session.today
    due = leaving_care.grown_up(session, today - relativedelta(years=18), today - relativedelta(years=25))
    return sum(settle_status(session, child, today) for child in due)
