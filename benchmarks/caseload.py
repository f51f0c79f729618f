"""How long a team's caseload takes as the county grows: the team stays as large, so the time should too.

The floor is what no program can do without: the driver itself reading the same team's cases and open dates by
the same indices, nothing made of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from benchmarks.timing import Row, row, side_by_side
from caseapp.caseload import view
from db import caseload_workers as queries
from db.models import CaseSpell, Child, ClockRow, Note, Revision, Team, Worker
from db.models.base import Base
from db.moments import new_id, utc_now
from db.roles import Actor
from db.store import Store, memory_store

SIZES, QUICK = (2_000, 8_000, 20_000), (500, 2_000)
TODAY = date(2026, 11, 23)
WORKERS, CHILDREN = 10, 160  # of a team
TILES = ("overdue", "due_in_7_days", "pep_in_date", "pathway_in_date", "unseen", "longest_unseen")
_FLOOR = """
SELECT spell.worker_id, spell.status, clock.kind, clock.due_on
FROM case_spell AS spell JOIN clock ON clock.child_id = spell.child_id
WHERE spell.team_id = ? AND spell.from_on <= ? AND (spell.until_on IS NULL OR spell.until_on > ?)
AND spell.status <> 'closed' AND clock.met_on IS NULL
"""
_SERVICE = """
SELECT team_id, worker_id, count(*) FROM case_spell
WHERE from_on <= ? AND (until_on IS NULL OR until_on > ?) AND status <> 'closed' AND worker_id IS NOT NULL
GROUP BY team_id, worker_id
"""


def county(children: int) -> tuple[Store, Actor]:
    """Return a store of so many children in teams of one size, and the manager of the first team."""
    store, dice = memory_store(today=lambda: TODAY), random.Random(children)  # noqa: S311 - an invented county
    office = Actor(new_id(), "Office", None, frozenset({"administrator"}))
    teams = [new_id() for _ in range(children // CHILDREN + 1)]
    workers = [(new_id(), team) for team in teams for _ in range(WORKERS)]
    with store.session(office, purpose="import") as session:
        put = session.connection().execute
        common = _common(office.worker_id)
        put(insert(Team), [{**common, "id": each, "name": f"Team {each.hex}"} for each in teams])
        put(
            insert(Worker),
            [
                {**common, "id": each, "name": f"Worker {each.hex}", "sort_name": each.hex, "team_id": team}
                | {"job": "", "roles": [], "phone": "", "email": "", "user_name": None}
                for each, team in workers
            ],
        )
        made: dict[type[Base], list[dict[str, Any]]] = {
            each: [] for each in (Child, CaseSpell, ClockRow, Note, Revision)
        }
        for number in range(children):
            _live(made, number, workers[number % len(workers)], common, dice)
        for table, found in made.items():
            if found:
                put(insert(table), found)
    manager = Actor(workers[0][0], "Manager", teams[0], frozenset({"manager"}))
    return store, manager


def _common(by: UUID) -> dict[str, Any]:
    now = utc_now()
    return {
        "version": 1, "created_at": now, "created_by": by, "updated_at": now, "updated_by": by,
        "device_id": by,
    }  # fmt: skip


def _live(
    rows: dict[type[Base], list[dict[str, Any]]],
    number: int,
    holder: tuple[UUID, UUID],
    common: dict[str, Any],
    dice: random.Random,
) -> None:
    child_id, (worker_id, team_id) = new_id(), holder
    status = dice.choice(("early_help", "child_in_need", "child_protection", "looked_after"))
    opened = TODAY - timedelta(days=dice.randrange(400))
    whose = {"child_id": child_id, "worker_id": worker_id, "team_id": team_id}
    child = {
        "id": child_id, "ref": 10_000 + number, "given": f"Child{number}", "family": "County",
        "sort_name": f"county child{number:06}", "status": status, "worker_id": worker_id, "team_id": team_id,
        "opened_on": opened, "born_on": date(2014, 1, 1),
    }  # fmt: skip
    rows[Child].append({**common, **child})
    rows[CaseSpell].append({**whose, "id": new_id(), "status": status, "from_on": opened})
    for kind in ("F6", "P3", "L9", "W3"):
        due = TODAY + timedelta(days=dice.randrange(-8, 120))
        rows[ClockRow].append(
            {
                **whose,
                "id": new_id(),
                "kind": kind,
                "started_on": opened,
                "due_on": due,
                "what": "",
                "why": "",
            }
        )
    for _ in range(6):
        seen = TODAY - timedelta(days=dice.randrange(60))
        rows[Note].append(
            {**common, "id": new_id(), "child_id": child_id, "happened_on": seen, "kind": "visit"}
            | {"words": "Seen at home.", "quote": "", "seen": True, "seen_alone": False}
        )
    if number % 5 == 0:
        rows[Revision].append(
            {**common, "id": new_id(), "child_id": child_id, "kind": "pep", "number": 1, "form_key": "pep"}
            | {"form_version": 1, "form_digest": "", "started_on": opened, "sections_done": 0}
            | {"sections_asked": 0, "reason": ""}
        )


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the lines of a team's tiles as the county grows, and of the averages of all its teams."""
    sizes = QUICK if quick else SIZES
    for size in sizes:
        store, manager = county(size)
        yield _tiles(store, manager, size)
        if size == sizes[-1]:
            yield _all_teams(store, manager, size)
        store.close()


def _tiles(store: Store, manager: Actor, size: int) -> Row:
    def tiles() -> list[str]:
        with store.session(manager) as session:
            shown = view.caseload(session)
            return [shown.everyone[key].shown for key in TILES]

    team, day = manager.team_id.bytes if manager.team_id else b"", TODAY.isoformat()
    ms, floor_ms = side_by_side(tiles, lambda: _raw(store, _FLOOR, (team, day, day)))
    return row(f"a team's tiles at {size:,} children / the driver's own read", ms, floor_ms, most_ms=6)


def _all_teams(store: Store, manager: Actor, size: int) -> Row:
    def service() -> object:
        with store.session(manager) as session:
            return queries.holders(session, TODAY)

    day = TODAY.isoformat()
    ms, floor_ms = side_by_side(service, lambda: _raw(store, _SERVICE, (day, day)))
    return row(f"averages of all teams at {size:,} children / the driver's own count", ms, floor_ms, ratio=5)


def _raw(store: Store, statement: str, values: tuple[Any, ...]) -> list[Any]:
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return list(driver.execute(statement, values))
