"""A small made-up county: two teams, one person of each role, children with a life behind them."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar
from uuid import UUID

from caseapp import accounts, children, dates, notes, people, plan_reading, plans, user_accounts
from caseapp.children import NewChild
from caseapp.notes import NewNote
from caseapp.people import NewPerson
from db.models import Child, Episode, LacReview, Team, Worker
from db.moments import _pretended, new_id
from db.roles import Actor
from db.store import Session, Store, memory_store

Result = TypeVar("Result")

TODAY = date(2026, 11, 23)
PASSWORD = "copper lantern meadow tickets"  # made up, for stores that live as long as a test
SAMPLES = Path(__file__).parent / "sample_answers"
LIVED = Path(__file__).parents[1] / "resources" / "demo" / "care"
"""Answers that the demo signs too: they stand with it."""
NORTH, SOUTH = "North", "South"


class Place(Protocol):
    """Whatever works over one store: a story, an office."""

    @property
    def store(self) -> Store: ...


@cache
def sample(name: str) -> dict[str, Any]:
    """Return complete answers of a form, by the name of its file. Copy before changing."""
    folder = LIVED if (LIVED / f"{name}.json").exists() else SAMPLES
    answers: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return answers


@dataclass
class Story:
    """A store with its people. `call` runs a use case the way the program does: one session each."""

    store: Store
    teams: dict[str, UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def call(self, who: str, use_case: Callable[[Session], Result], *, purpose: str = "") -> Result:
        """Run a use case as somebody, in a session of its own."""
        with self.store.session(self.actors[who], purpose=purpose) as session:
            return use_case(session)

    def raw(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run SQL behind the program's back, as somebody with the key and a database tool could."""
        with self.store.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            return list(driver.execute(statement, values))

    def register(
        self, who: str, given: str, family: str, born_on: date = date(2013, 5, 4), **more: Any
    ) -> UUID:
        """Put a child on file."""
        return self.call(
            who, lambda session: children.register(session, NewChild(given, family, born_on, **more)).id
        )

    def look_after(self, child_id: UUID, since: date, who: str = "ada") -> None:
        """Let a child be looked after since a day, with one move and one review."""
        moved = date(since.year + 1, since.month, 1)

        def write(session: Session) -> None:
            child = session.get_one(Child, child_id)
            child.status = "looked_after"
            common = {"child_id": child_id, "legal_status": "C2", "placement_postcode": "QX1 2AB"}
            session.add(
                Episode(
                    **common, started_on=since, reason_started="S", placement="U1", ended_on=moved,
                    reason_ended="X1",
                )
            )  # fmt: skip
            session.add(Episode(**common, started_on=moved, reason_started="P", placement="U4"))
            session.add(LacReview(child_id=child_id, held_on=moved, participation="PN1"))
            dates.refresh(session, child)

        self.call(who, write)

    def draft(self, who: str, child_id: UUID, kind: str = "early-help") -> UUID:
        """Begin a plan."""
        return self.call(who, lambda session: plans.start(session, child_id, kind))

    def sign(self, who: str, revision_id: UUID, answers: dict[str, Any]) -> plans.Signed:
        """Sign a draft as it was opened just now."""
        view = self.call(who, lambda session: plan_reading.open_plan(session, revision_id))
        return self.call(who, lambda session: plans.sign(session, revision_id, view.version, answers))


PEOPLE: dict[str, tuple[str, str, str]] = {
    "ada": ("Ada North", NORTH, "practitioner"),
    "bea": ("Bea North", NORTH, "practitioner"),
    "max": ("Max North", NORTH, "manager"),
    "rob": ("Rob North", NORTH, "reader"),
    "sue": ("Sue South", SOUTH, "practitioner"),
    "tom": ("Tom South", SOUTH, "manager"),
    "una": ("Una South", SOUTH, "reader"),
    "amy": ("Amy Office", NORTH, "administrator"),
}


def new_story(today: date = TODAY) -> Story:
    """Return a store in memory with two teams and one person of each role in them, and no child."""
    template = _template()
    story = Story(copied(template.store, today), dict(template.teams), dict(template.actors))
    weakref.finalize(story, free, story.store)
    return story


# Stores that are over, to be written over: each keeps its compiled statements, which cost most.
_FREE: list[Store] = []

# What each copied store went through since, and how often it had been written when that was noted.
_PAST: weakref.WeakKeyDictionary[Store, tuple[tuple[object, ...], int]] = weakref.WeakKeyDictionary()
_KEPT: dict[tuple[object, ...], tuple[Store, Callable[[], date], Any]] = {}


def copied(template: Store, today: date = TODAY) -> Store:
    """Return a store in memory that holds what another one holds: ten times quicker than to make it."""
    store = _FREE.pop() if _FREE else Store(None, bytes(32))
    store.today = lambda: today
    store._widths.clear()  # how far people reach was counted in what stood there before
    _write_over(template, store)
    _PAST[store] = (template, today), _writes(store)
    return store


def _write_over(template: Store, store: Store) -> None:
    with template.engine.connect() as made, store.engine.connect() as empty:
        source: Any = made.connection.driver_connection
        source.backup(empty.connection.driver_connection)


def _writes(store: Store) -> int:
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return int(driver.total_changes)


def lived(here: Place, make: Callable[..., Result], *given: Hashable) -> Result:
    """Return what `make(here, *given)` returns; what it writes is made once and copied into later stores.

    A store that was written by anybody else in between, or is no copy, is simply written.
    """
    past, writes = _PAST.get(here.store, ((), -1))
    if writes != _writes(here.store):
        return make(here, *given)
    key = (*past, make, given, here.store.today(), _pretended.get())
    if key in _KEPT:
        kept, here.store.today, result = _KEPT[key]
        _write_over(kept, here.store)
    else:
        result = make(here, *given)
        _KEPT[key] = copied(here.store), here.store.today, result
    _PAST[here.store] = key, _writes(here.store)
    return result


def free(store: Store) -> None:
    """Give a copied store back, for the next copy to be written over it: nobody may use it any more."""
    _FREE.append(store)


@cache
def _template() -> Story:
    """Return the story that all others are copies of: copying is ten times quicker than making."""
    story = Story(memory_store(today=lambda: TODAY))
    office = Actor(new_id(), "Office", None, frozenset({"administrator"}))
    with story.store.session(office, purpose="users") as session:
        for name in (NORTH, SOUTH):
            story.teams[name] = new_id()
            session.add(Team(id=story.teams[name], name=name))
        for user_name, (name, team_name, role) in PEOPLE.items():
            actor = Actor(
                new_id(), name, story.teams[team_name], frozenset({role}), role.capitalize(), team_name
            )
            story.actors[user_name] = actor
            session.add(
                Worker(
                    id=actor.worker_id,
                    name=name,
                    sort_name=name.casefold(),
                    team_id=actor.team_id,
                    user_name=user_name,
                    roles=[role],
                    job=actor.job,
                )
            )
    return story


def live(story: Story, who: str, given: str = "Leyla", family: str = "Haddad") -> UUID:
    """Return a child who has something in every part of the record that use cases can fill."""
    child_id = story.register(
        who, given, family, address="4 Mill Lane, Quenby", postcode="QX1 2AB", first_language="Arabic"
    )

    def fill(session: Session) -> None:
        mother = NewPerson("Rana", family, phone="01632 960001")
        people.add_family(session, child_id, mother, "Mother", lives_with=True, parental_responsibility=True)
        people.add_professional(
            session, child_id, NewPerson("Idris", "Vaughan", organisation="Mill Lane Surgery"), "GP"
        )
        people.add_worker(session, child_id, session.actor.worker_id, "Lead practitioner")
        school = people.add_school(session, "Quenby Vale Academy", urn="199001")
        people.start_school(session, child_id, school, date(2024, 9, 3), "Ms Okafor")
        people.add_former_name(session, child_id, given, "Mansour")
        people.move(session, child_id, "9 Weir Row, Quenby", "QX2 7CD", date(2026, 6, 1))
        words = "Leyla showed me her drawings."
        quote = "I like it here, it is quiet."
        notes.add(session, child_id, NewNote(date(2026, 11, 2), "visit", words, quote, seen_alone=True))

    story.call(who, fill)
    story.look_after(child_id, date(2024, 3, 11), who)
    signed = story.draft(who, child_id, "star")
    story.sign(who, signed, sample("progress_wheel"))
    draft = story.draft(who, child_id, "early-help")
    view = story.call(who, lambda session: plan_reading.open_plan(session, draft))
    typed = view.answers | {"household": [{"name": "Rana"}]}
    story.call(who, lambda session: plans.keep_typing(session, draft, view.version, typed))
    return child_id


def fast_keys(monkeypatch: Any) -> None:
    """Let new passwords cost little, in this test and in the programs it starts."""
    monkeypatch.setenv("CASEAPP_TEST", "1")
    monkeypatch.setenv("CASEAPP_TEST_FAST_KEYS", "1")


def make_on_disk(path: Path) -> str:
    """Make an encrypted store with users max, ada, sue and amy and one child; return its recovery key.

    Max is administrator and manager, Amy administrator alone, Ada and Sue are practitioners of two teams.
    """
    made = accounts.make_store(path, user_name="max", name="Max North", password=PASSWORD, team=NORTH)
    one, sessions = made.signed_in, made.signed_in.store.session
    with sessions(one.actor, purpose="users") as session:
        for user_name, role, team in (
            ("ada", "practitioner", NORTH),
            ("sue", "practitioner", SOUTH),
            ("amy", "administrator", NORTH),
        ):
            user_accounts.add_user(
                session,
                one.keyring,
                user_name=user_name,
                name=f"{user_name.capitalize()} {team}",
                password=PASSWORD,
                roles=[role],
                team=team,
            )
    one.close()
    ada = accounts.sign_in(path, "ada", PASSWORD)
    story = Story(ada.store, {}, {"ada": ada.actor})
    live(story, "ada")
    ada.close()
    return made.recovery_key
