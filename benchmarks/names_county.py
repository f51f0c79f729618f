"""A county of children with names, for finding and for lists. None has a worker: every manager sees all."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from db.models import Child, NameToken, Team, Worker
from db.moments import new_id, utc_now
from db.names import sort_name, tokens_of
from db.roles import Actor
from db.store import Store, memory_store

TODAY = date(2026, 11, 23)
_SYLLABLES = ("ka", "lo", "mi", "ran", "shel", "to", "ber", "wick", "ost", "den", "ar", "jo", "pri", "sul")
_BATCH = 5_000


def county(children: int) -> tuple[Store, Actor]:
    """Return a store in memory of so many children who wait for a worker, and a manager."""
    store, dice = memory_store(today=lambda: TODAY), random.Random(children)  # noqa: S311 - invented names
    office = Actor(new_id(), "Office", None, frozenset({"administrator"}))
    manager = Actor(new_id(), "Manager", new_id(), frozenset({"manager"}))
    common = _common(office)
    with store.session(office, purpose="import") as session:
        put = session.connection().execute
        put(insert(Team), [common | {"id": manager.team_id, "name": "Duty"}])
        put(
            insert(Worker),
            [
                common
                | {"id": manager.worker_id, "name": "Manager", "sort_name": "manager", "job": "", "roles": []}
                | {"team_id": manager.team_id, "user_name": None, "phone": "", "email": ""}
            ],
        )
        for start in range(0, children, _BATCH):
            rows = [_child(number, dice) for number in range(start, min(start + _BATCH, children))]
            put(insert(Child), [common | each for each in rows])
            put(insert(NameToken), [token for each in rows for token in _tokens(each)])
    return store, manager


def _common(by: Actor) -> dict[str, Any]:
    now = utc_now()
    return {
        "version": 1, "created_at": now, "created_by": by.worker_id, "updated_at": now,
        "updated_by": by.worker_id, "device_id": by.worker_id,
    }  # fmt: skip


def _child(number: int, dice: random.Random) -> dict[str, Any]:
    given, family = ("".join(dice.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2))
    return {
        "id": new_id(), "ref": 10_000 + number, "given": given, "family": family,
        "sort_name": sort_name(given, family), "status": "early_help", "worker_id": None, "team_id": None,
        "opened_on": TODAY, "born_on": TODAY - timedelta(days=dice.randrange(18 * 365)),
    }  # fmt: skip


def _tokens(values: dict[str, Any]) -> list[dict[str, Any]]:
    child = Child(**{"known_as": "", "upn": "", **values})
    return [
        {"token": each, "sort_name": values["sort_name"], "child_id": values["id"]}
        for each in tokens_of(child, (), (), ())
    ]
