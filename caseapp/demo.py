"""The demo: a store of invented families, made by the use cases themselves and dated back from one day.

The same seed makes the same people, dates and texts. Ids and the recovery key are new each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import (
    accounts,
    children,
    demo_beginnings,
    demo_front_door,
    demo_help,
    demo_stories,
    demo_team,
    overview,
    plan_reading,
    prints,
    upkeep,
    user_accounts,
)
from caseapp.demo_lives import Life, at, moment
from caseapp.demo_people import Family, dice, families, texts
from caseapp.demo_team import Held
from caseapp.forms import FORMS
from caseapp.passwords import problems_with
from db import people as people_queries
from db.moments import pretend
from db.roles import Actor
from db.store import Session, Store

CHILDREN = 79  # in forty-eight families: as many as are written down
YEARS = 15  # that the store looks back
STORE_NAME = "demo.caseapp"
WORDS_IN_A_PASSWORD = 4
# What is printed, and of whom it is a good example.
PRINTED = (
    ("record", "Amelia Kowalska"), ("chronology", "Amelia Kowalska"), ("early-help", "Mohammed Rafiq"),
    ("taf", "Mohammed Rafiq"),
    ("star", "Amelia Kowalska"), ("pep", "Amelia Kowalska"), ("pathway-plan", "Jaspreet Gill"),
)  # fmt: skip
OPENED_LATELY = ("Kai Thompson", "Łucja Nowak", "Idris Warsame", "Amelia Kowalska")


class DemoUser(NamedTuple):
    """Somebody who can sign in to the demo."""

    user_name: str
    name: str
    role: str
    password: str


class Printed(NamedTuple):
    """A document in the demo's folder; a blank form names no child."""

    kind: str
    child: str
    file: Path


class Demo(NamedTuple):
    """What was made."""

    store: Path
    recovery_key: str
    users: list[DemoUser]
    printed: list[Printed]


def _silent(done: int, of: int) -> None:
    """Say nothing about progress."""


def make_demo(
    folder: Path,
    *,
    children: int = CHILDREN,
    seed: int = 1,
    as_of: date,
    progress: Callable[[int, int], None] = _silent,
) -> Demo:
    """Make a store of invented families in a folder, whole families until there are so many children.

    `progress` hears (families done, all). Raises Problem if there is a store already.
    """
    households = families(children, dice(f"{seed} families"), as_of)
    users = _users(dice(f"{seed} users"))
    path = folder / STORE_NAME
    with pretend(_morning(as_of - relativedelta(years=YEARS))):
        first = users[0]
        team = texts("people")["east"]
        new = accounts.make_store(
            path, user_name=first.user_name, name=first.name, password=first.password, team=team
        )
    try:
        store = new.signed_in.store
        staff, others = _staff(new.signed_in, users, as_of)
        held: list[Held] = []
        for done, family in enumerate(households, 1):
            held += _live(store, family, staff, others, as_of, dice(f"{seed} {family.number}"))
            progress(done, len(households))
        if any(family.worker == demo_front_door.TAKEN_BY for family in households):
            _open_the_front_door(store, staff, as_of)
        demo_team.team_life(store, staff, held, as_of)
        with pretend(_morning(as_of)):
            _catch_up(store, staff["ruth"], as_of)
            _open_lately(store, staff["sam"], as_of)
            printed = _print(store, staff["sam"], folder, as_of)
    finally:
        new.signed_in.close()
    return Demo(path, new.recovery_key, users, printed)


def _morning(day: date) -> datetime:
    return moment(day, time(8, 30))


def _users(random: Random) -> list[DemoUser]:
    return [
        DemoUser(user_name, each["name"], ", ".join(each["roles"]), _password(user_name, random))
        for user_name, each in texts("people")["staff"].items()
        if each["roles"]
    ]


def _password(user_name: str, random: Random) -> str:
    """Return a pass phrase that the seed decides; it keeps invented people only."""
    listed = (files("resources") / "words" / "phrase-words.txt").read_text(encoding="utf-8").split()
    while True:
        chosen = "-".join(random.choice(listed) for _ in range(WORDS_IN_A_PASSWORD))
        if problems_with(chosen, user_name) is None:
            return chosen


def _staff(
    signed_in: accounts.SignedIn, users: list[DemoUser], as_of: date
) -> tuple[dict[str, Actor], dict[str, UUID]]:
    """Add everybody who works here. Return those who sign in, and the ids of those who do not."""
    listed, store = texts("people"), signed_in.store
    passwords = {each.user_name: each.password for each in users}
    ids, others = {"ruth": signed_in.actor.worker_id}, {}
    long_ago = as_of - relativedelta(years=YEARS)
    with pretend(_morning(long_ago)), store.session(signed_in.actor, "Demo", purpose="users") as session:
        for key, each in listed["staff"].items():
            team = listed[each["team"]]
            if not each["roles"]:
                others[key] = user_accounts.add_worker(session, name=each["name"], job=each["job"], team=team)
            elif key != "ruth":
                ids[key] = user_accounts.add_user(
                    session, signed_in.keyring, user_name=key, name=each["name"], password=passwords[key],
                    roles=each["roles"], team=team, job=each["job"],
                )  # fmt: skip
        teams = {key: people_queries.team(session, listed[key]) for key in ("east", "west")}
    staff = {}
    for key, worker_id in ids.items():
        each = listed["staff"][key]
        team_row = teams[each["team"]]
        team_id = team_row.id if team_row else None
        roles = frozenset(each["roles"])
        staff[key] = Actor(worker_id, each["name"], team_id, roles, each["job"], listed[each["team"]])
    return staff, others


def _live(
    store: Store,
    family: Family,
    staff: dict[str, Actor],
    others: dict[str, UUID],
    as_of: date,
    random: Random,
) -> list[Held]:
    """Let a family's years happen, in their order, and return the children whose cases are open."""
    worker = staff[family.worker or "ruth"]
    with store.session(worker, "Demo") as session:
        session.info["clocks_wait"] = True  # `_catch_up` brings them to the demo's day at once
        lives = [
            Life(session, staff, others, family, kid, as_of, random, number)
            for number, kid in enumerate(family.kids)
        ]
        for life in sorted(lives, key=lambda each: each.opened_on):
            demo_beginnings.register(life)
        for one, other in _pairs(lives):
            with at(session, worker, max(one.opened_on, other.opened_on)):
                demo_beginnings.relate(one, other)
        for life in lives:
            demo_stories.tell(life)
        demo_help.tell(lives)
        day, hour = date.min, 0
        steps = [(step.on, life.number, step.order, step) for life in lives for step in life.steps]
        for _, _, _, step in sorted(steps, key=lambda each: each[:3]):
            hour = min(hour + 1, 17) if step.on == day else 10
            day = step.on
            with at(session, step.actor, day, hour):
                step.act()
    return [
        Held(each.id, each.kid.full_name, each.kid.born_on, each.kid.sex, each.kid.status, family.worker)
        for each in lives
        if each.kid.status != "closed"
    ]


def _pairs(lives: list[Life]) -> Iterator[tuple[Life, Life]]:
    return ((one, other) for at_one, one in enumerate(lives) for other in lives[at_one + 1 :])


def _open_the_front_door(store: Store, staff: dict[str, Actor], as_of: date) -> None:
    with store.session(staff[demo_front_door.TAKEN_BY], "Demo") as session:
        session.info["clocks_wait"] = True
        demo_front_door.front_door(session, staff, as_of)


def _catch_up(store: Store, actor: Actor, as_of: date) -> None:
    """Bring every child's clocks to the demo's day."""
    with store.session(actor, "Demo", purpose="rebuild") as session:
        session.info["today"] = as_of
        after = None
        while after := upkeep.refresh_clocks(session, after):
            session.flush()


def _open_lately(store: Store, actor: Actor, as_of: date) -> None:
    with store.session(actor) as session:
        for number, name in enumerate(OPENED_LATELY):
            for row in children.find(session, name, 1):
                with at(session, actor, as_of - relativedelta(days=1), 12 + number):
                    overview.open_child(session, row.id)


def _print(store: Store, actor: Actor, folder: Path, as_of: date) -> list[Printed]:
    """Print one document of each kind, and every blank form."""
    printed = []
    with store.session(actor) as session:
        session.info["today"] = as_of
        for kind, name in PRINTED:
            rows = children.find(session, name, 1)
            if rows:
                printed.append(_printed(session, kind, rows[0], folder))
    for kind in FORMS:
        file = folder / f"{kind} blank.pdf"
        file.write_bytes(prints.blank_pdf(kind))
        printed.append(Printed(f"{kind} blank", "", file))
    return printed


def _printed(session: Session, kind: str, row: children.ChildRow, folder: Path) -> Printed:
    if kind == "record":
        content = prints.record_pdf(session, row.id)
    elif kind == "chronology":
        content = prints.chronology_pdf(session, row.id)
    else:
        content = prints.plan_pdf(session, plan_reading.numbered(session, row.id, kind).id)
    file = folder / f"{kind} {row.name}.pdf"
    file.write_bytes(content)
    return Printed(kind, row.name, file)
