"""Rows of leaving care: what must hold of each before it is kept.

Sources: the Care Leavers (England) Regulations 2010; the SSDA903 guide, table OC3.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from caseapp import ages, typed_rows, words
from caseapp.pathway import new_rows as new
from caseapp.typed_rows import (
    Kind,
    Kinds,
    check_after_birth,
    check_code,
    check_one_of,
    check_order,
    check_past,
    refuse_unless,
    typed,
)
from db import children as queries
from db.models import (
    CATEGORIES,
    LEAVING_EVENTS,
    MONEY_KINDS,
    Child,
    InTouch,
    LeaverActivity,
    LeaverHome,
    LeaverMoney,
    LeavingEvent,
    StatusOverride,
)
from db.reach import child_subject
from db.roles import authorise
from db.store import Session

HOME_LETTERS: Final = tuple("BCDEGHKRSTUVWXYZ")
NO_DATA: Final = frozenset("GHR")  # abroad, deported, not known: neither suitable nor not
NEVER_SUITABLE: Final = frozenset("SX")
SELDOM_SUITABLE: Final = frozenset("VW")  # a warning, never a refusal
_OLD_CODES: Final = frozenset({"F3", "P3"})  # to 2020-21


def add(session: Session, child_id: UUID, typed_in: Any) -> UUID:
    """Add any of the rows of `new_rows`, checked by itself. A home or activity ends the one before it.

    Raises Problem, NotFound, or NotAllowed where it is for managers (the legal category).
    """
    _end_the_one_before(session, child_id, typed_in)
    return typed_rows.add(session, KINDS, child_id, typed_in)


def change(session: Session, row_id: UUID, opened: int, typed_in: Any) -> None:
    """Put other values into a row that was opened at a version. Raises Stale, Problem or NotFound."""
    typed_rows.change(session, KINDS, row_id, opened, typed_in)


def remove(session: Session, kind: type[Any], row_id: UUID, opened: int, reason: str) -> None:
    """Take a row off the record that was entered by mistake. `kind` is one of `new_rows`."""
    if kind is new.NewOverride:
        authorise(session.actor, "approve")
    typed_rows.remove(session, KINDS[kind].table, row_id, opened, reason)


def home_code(kind: str, suitable: bool | None) -> str:
    """Return the code of ACCOM: letter and 1 or 2; 0 where nothing is known; nothing while not judged."""
    if not kind:
        return "0"
    if kind in NEVER_SUITABLE:
        return f"{kind}2"
    if kind in NO_DATA:  # the list has both; neither counts
        return f"{kind}{2 if suitable is False else 1}"
    return "" if suitable is None else f"{kind}{1 if suitable else 2}"


def _end_the_one_before(session: Session, child_id: UUID, typed_in: Any) -> None:
    tables: dict[type[Any], type[LeaverHome | LeaverActivity]] = {
        new.NewHome: LeaverHome, new.NewActivity: LeaverActivity,
    }  # fmt: skip
    table = tables.get(type(typed_in))
    if table is None or typed_in.until_on is not None:
        return
    check_past(session, typed_in.from_on)
    for each in queries.of_child(session, table, child_id):
        if each.until_on is None and each.from_on <= typed_in.from_on:
            each.until_on = typed_in.from_on


def _event(session: Session, child: Child, made: new.NewLeavingEvent, there: Any) -> dict[str, Any]:
    check_one_of(made.kind, LEAVING_EVENTS, "something that rights depend on")
    check_past(session, made.from_on)
    check_after_birth(child, made.from_on)
    check_order(made.from_on, made.until_on)
    return typed(made)


def _override(session: Session, child: Child, made: new.NewOverride, there: Any) -> dict[str, Any]:
    authorise(session.actor, "approve", child_subject(session, child))
    check_one_of(made.category, CATEGORIES, "a legal category")
    check_order(made.from_on, made.until_on)
    refuse_unless(bool(made.reason.strip()), "Say why the dates do not tell the category.")
    return typed(made, ("reason",))


def _home(session: Session, child: Child, made: new.NewHome, there: Any) -> dict[str, Any]:
    check_one_of(made.kind, HOME_LETTERS, "a kind of home")
    check_past(session, made.from_on, made.until_on)
    check_order(made.from_on, made.until_on)
    refuse_unless(
        made.kind not in NEVER_SUITABLE or made.suitable is not True,
        "Homeless and in custody are never suitable.",
    )
    years = ages.age(child.born_on, made.from_on) if child.born_on else None
    refuse_unless(
        years is None or made.kind not in "ZT" or years >= 18,
        "Staying put and a foyer are for 18 and over.",
    )
    _refuse_overlap(session, LeaverHome, child, made, there)
    return typed(made, ("lines", "because"))


def _activity(session: Session, child: Child, made: new.NewActivity, there: Any) -> dict[str, Any]:
    check_code("ACTIV", made.code, "an activity")
    refuse_unless(made.code not in _OLD_CODES, f"{made.code} was replaced in 2021: use F4, F5, P4 or P5.")
    check_past(session, made.from_on, made.until_on)
    check_order(made.from_on, made.until_on)
    _refuse_overlap(session, LeaverActivity, child, made, there)
    return typed(made)


def _refuse_overlap(
    session: Session, table: type[LeaverHome | LeaverActivity], child: Child, made: Any, there: Any
) -> None:
    for each in queries.of_child(session, table, child.id):
        if each is there:
            continue
        over = (each.until_on is None or each.until_on > made.from_on) and (
            made.until_on is None or made.until_on > each.from_on
        )
        refuse_unless(not over, f"It overlaps with the one from {words.day(each.from_on)}. End that first.")


def _in_touch(session: Session, child: Child, made: new.NewInTouch, there: Any) -> dict[str, Any]:
    check_code("IN_TOUCH", made.code, "an answer")
    check_past(session, made.happened_on)
    refuse_unless(
        made.code != "REFU" or bool(made.agreed_by.strip()),
        "Contact is refused: say which manager agreed.",
    )
    return typed(made)


def _money(session: Session, child: Child, made: new.NewMoney, there: Any) -> dict[str, Any]:
    check_one_of(made.kind, MONEY_KINDS, "a kind of entry")
    check_past(session, made.happened_on)
    refuse_unless(made.pence > 0, "An amount is more than nothing.")
    refuse_unless(bool(made.what.strip()), "Say what it is for.")
    if made.kind == "spent":
        rows = [each for each in queries.of_child(session, LeaverMoney, child.id) if each is not there]
        left = sum(each.pence if each.kind == "grant" else -each.pence for each in rows)
        refuse_unless(
            made.pence <= left or bool(made.because.strip()),
            f"That is more than the {words.money(max(left, 0))} left of the allowance. Say why.",
        )
    return typed(made, ("because",))


KINDS: Final[Kinds] = {
    new.NewLeavingEvent: Kind(LeavingEvent, _event),
    new.NewOverride: Kind(StatusOverride, _override),
    new.NewHome: Kind(LeaverHome, _home),
    new.NewActivity: Kind(LeaverActivity, _activity),
    new.NewInTouch: Kind(InTouch, _in_touch),
    new.NewMoney: Kind(LeaverMoney, _money),
}
