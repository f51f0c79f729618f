"""A desk that works at once, over a store in memory: what screens are tested with."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from caseapp import children, notes, people
from caseapp.events import REVIEWING_OFFICER
from caseapp.journal import Kept, Typed
from caseapp.work import Actor, Problem, Session, Store
from db.models import Episode, Involvement, LacReview, MissingPeriod, Team, Worker
from db.moments import new_id
from db.store import memory_store
from tests.story import copied, free
from ui.desk import Desk

TODAY = date(2026, 11, 23)


class DeskAtOnce(Desk):
    """Calls work and answer before `run` returns; a fault of ours is raised, never turned into words."""

    def run(
        self,
        screen: Any,
        work: Callable[[Session], Any],
        then: Callable[[Any], object],
        failed: Callable[[Problem], object] | None = None,
        *,
        reason: str = "",
        purpose: str = "",
    ) -> None:
        try:
            result = self._in_session(work, reason, purpose)
        except Problem as problem:
            (failed or self.problem.emit)(problem)
            return
        then(result)

    run_in_order = run

    def keep_typing(
        self,
        screen: Any,
        typed: Typed,
        then: Callable[[Kept], object],
        failed: Callable[[Problem], object],
        *,
        aside: bool = False,
    ) -> None:
        try:
            kept = self._kept(typed, aside)
        except Problem as problem:
            failed(problem)
            return
        then(kept)


class Office(NamedTuple):
    """Two teams over one store: Sam's desk, Priya's desk, and the store itself."""

    store: Store
    sam: DeskAtOnce
    priya: DeskAtOnce


def office() -> Office:
    """Return two practitioners of different teams and their empty store."""
    made, actors = _template()
    store = copied(made, TODAY)
    desks = [DeskAtOnce(store, each) for each in actors]
    left = set(map(id, desks))
    for each in desks:  # a screen that outlives its test still has its desk, and so its store
        weakref.finalize(each, _gone, left, id(each), store)
    return Office(store, *desks)


def _gone(left: set[int], desk: int, store: Store) -> None:
    left.discard(desk)
    if not left:
        free(store)


@cache
def _template() -> tuple[Store, list[Actor]]:
    store = memory_store(today=lambda: TODAY)
    actors = []
    admin = Actor(new_id(), "Setup", None, frozenset({"administrator"}))
    with store.session(admin, purpose="users") as session:
        for name, team_name in (("Sam Okafor", "Family Support East"), ("Priya Nair", "Family Support West")):
            team = Team(name=team_name)
            session.add(team)
            session.flush()
            worker = Worker(name=name, sort_name=name.casefold(), team_id=team.id, job="Social worker")
            session.add(worker)
            session.flush()
            roles = frozenset({"practitioner"})
            actors.append(Actor(worker.id, name, team.id, roles, worker.job, team_name))
    return store, actors


@pytest.fixture
def at_work() -> Office:
    return office()


def done(desk: Desk, work: Callable[[Session], Any]) -> Any:
    """Return what a use case returns for whoever sits at a desk."""
    found: list[Any] = []
    desk.run(desk, work, found.append)
    return found[0]


def add_child(
    desk: Desk, given: str, family: str, born_on: date | None = date(2011, 9, 4), **more: Any
) -> UUID:
    """Return the id of a child whom the desk's worker has put on file."""
    new = children.NewChild(given, family, born_on, **more)
    return done(desk, lambda session: children.register(session, new)).id


def look_after(desk: Desk, child_id: UUID) -> None:
    """Give a child two episodes of care, a review and a missing period."""

    def work(session: Session) -> None:
        session.add_all(
            [
                Episode(
                    child_id=child_id,
                    started_on=date(2025, 2, 3),
                    reason_started="S",
                    legal_status="V2",
                    category_of_need="N1",
                    placement="U6",
                    provider="PR1",
                    ended_on=date(2025, 9, 1),
                    reason_ended="X1",
                ),
                Episode(
                    child_id=child_id,
                    started_on=date(2025, 9, 1),
                    reason_started="P",
                    legal_status="V2",
                    category_of_need="N1",
                    placement="U4",
                    provider="PR1",
                ),
                Involvement(
                    child_id=child_id,
                    worker_id=session.actor.worker_id,
                    role=REVIEWING_OFFICER,
                    from_on=date(2025, 2, 3),
                ),
                LacReview(child_id=child_id, held_on=date(2026, 5, 25), participation="PN1"),
                MissingPeriod(
                    child_id=child_id, kind="M", started_on=date(2026, 6, 1), ended_on=date(2026, 6, 2)
                ),
            ]
        )
        details = children.details(session, child_id)
        children.change_details(
            session, child_id, details.version, {"status": "looked_after", "sen_status": "K"}
        )

    done(desk, work)


def add_note(desk: Desk, child_id: UUID, happened_on: date, text: str, **more: Any) -> UUID:
    """Return the id of a note added to a child's file."""
    new = notes.NewNote(happened_on, more.pop("kind", "visit"), text, **more)
    return done(desk, lambda session: notes.add(session, child_id, new))


def add_mother(desk: Desk, child_id: UUID, name: str = "Ewa Kowalska") -> UUID:
    """Return the id of the relation to a mother who lives with the child."""
    given, family = name.split(" ", 1)
    new = people.NewPerson(given, family, phone="07700 900123")
    return done(
        desk,
        lambda session: people.add_family(
            session, child_id, new, "Mother", lives_with=True, parental_responsibility=True
        ),
    )
