"""How long a team's caseload takes as the county grows: the team stays as large, so the time should too.

The floor is what no program can do without: the driver itself reading the same team's cases and open dates by
the same indices, nothing made of them. Run: python -m benchmarks.caseload [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert

from caseapp.caseload import view
from db import caseload as queries
from db.models import CaseSpell, Child, ClockRow, Note, Revision, Team, Worker
from db.models.base import Base
from db.moments import new_id, utc_now
from db.roles import Actor
from db.store import Store, memory_store

SIZES, QUICK = (2_000, 8_000, 20_000), (500, 2_000)
TODAY = date(2026, 11, 23)
WORKERS, CHILDREN = 10, 160  # of a team
TIMES = 15
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


class Timed(NamedTuple):
    """A row of the result, in milliseconds."""

    act: str
    children: int
    ms: float
    floor_ms: float
    ratio: float


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
        rows: dict[type[Base], list[dict[str, Any]]] = {
            each: [] for each in (Child, CaseSpell, ClockRow, Note, Revision)
        }
        for number in range(children):
            _live(rows, number, workers[number % len(workers)], common, dice)
        for table, found in rows.items():
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


def median_ms(act: Callable[[], object]) -> float:
    """Return how long an act takes once it is warm, in processor time: the store is in memory."""
    act()
    found = []
    for _ in range(TIMES):
        begun = time.process_time()
        act()
        found.append(1000 * (time.process_time() - begun))
    return statistics.median(found)


def timed(children: int) -> list[Timed]:
    """Return the times of a team's tiles, and of the averages of all teams, among so many children."""
    store, manager = county(children)

    def tiles() -> list[str]:
        with store.session(manager) as session:
            shown = view.caseload(session)
            return [shown.everyone[key].shown for key in TILES]

    def service() -> object:
        with store.session(manager) as session:
            return queries.holders(session, TODAY)

    def floor(words: str, *values: object) -> list[Any]:
        with store.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            return list(driver.execute(words, values))

    team, day = manager.team_id.bytes if manager.team_id else b"", TODAY.isoformat()
    return [
        _row("a team's tiles", children, median_ms(tiles), median_ms(lambda: floor(_FLOOR, team, day, day))),
        _row("all teams", children, median_ms(service), median_ms(lambda: floor(_SERVICE, day, day))),
    ]


def _row(act: str, children: int, ms: float, floor_ms: float) -> Timed:
    return Timed(act, children, round(ms, 2), round(floor_ms, 3), round(ms / floor_ms, 1))


def main() -> None:
    """Print a line a size, and the slope; with --json write them too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = [row for each in (QUICK if options.quick else SIZES) for row in timed(each)]
    print(f"{'act':18}{'children':>10}{'ms':>9}{'floor ms':>10}{'ratio':>8}")
    for each in found:
        print(f"{each.act:18}{each.children:>10,}{each.ms:>9}{each.floor_ms:>10}{each.ratio:>8}")
    for act in dict.fromkeys(each.act for each in found):
        first, *_, last = (each for each in found if each.act == act)
        longer, more = last.ms / first.ms, last.children / first.children
        print(f"{act}: {longer:.2f} times as long at {more:.0f} times as many children")
    if options.json:
        options.json.write_text(json.dumps([each._asdict() for each in found], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
