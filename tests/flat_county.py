"""Counties of any size in which every child has rows in every table, and what a use case costs in one.

The database writes the rows itself: a few thousand cost half a second. Every fortieth child begins a team,
every twentieth a worker; what a row says matters only where a list asks for it (`_SAID`).
"""

import re
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Column, Date, Integer, LargeBinary, Table, event

from db.models import Base
from db.roles import Actor
from db.store import memory_store
from db.types import Doc, Id, Utc
from tests.story import TODAY

OF_A_TEAM, OF_A_WORKER = 40, 20
TABLES = Base.metadata.sorted_tables
FEW = frozenset(
    {
        *("setting", "holiday", "clock_limit", "form_copy", "star_pack", "star_licence", "premium_rate"),
        *("term_dates", "seal"),
    }
)
"""The tables that stay as small however large the county: empty here, and any list may read them whole."""
_PLACE = {each.name: place for place, each in enumerate(TABLES)}
_TURNS = {
    "note": 3, "clock": 4, "history": 3, "look": 3, "fact": 4, "revision": 4, "document": 4, "action": 2,
    "name_token": 3, "chain_head": 2,
}  # fmt: skip
"""How many rows of a table a child has, where it is not one: `k` counts them."""
_LISTS = frozenset(
    {
        *("agreed", "outcomes", "needs", "factors", "reasons", "targets", "purposes", "allowed", "refused"),
        "criteria",
    }
)
_AGO = "date('2026-11-23', printf('-%d days', n % 90 + 1))"
_MOMENT = "'2026-11-01 09:00:00.000000'"
_MINUTES_AGO = "datetime('2026-11-20', printf('-%d minutes', n * 17)) || '.000000'"
_UNLESS_FIFTH = f"CASE WHEN n % 5 THEN {_MOMENT} END"


def _id(table: str, number: str = "n", turn: str = "0") -> str:
    return f"CAST(printf('%06d%02d%08d', {_PLACE[table]}, {turn}, {number}) AS BLOB)"


_WORKER, _TEAM = _id("worker", f"n / {OF_A_WORKER}"), _id("team", f"n / {OF_A_TEAM}")
_HELD = {"worker_id": _WORKER, "team_id": _TEAM}
_KIND = "CASE k WHEN 0 THEN 'pep' WHEN 1 THEN 'pathway-plan' ELSE 'early-help' END"
_SAID: dict[str, dict[str, str]] = {
    "child": _HELD | {
        "ref": "10000 + n", "given": "'Kim'", "family": "'County'", "status": "'looked_after'",
        "sort_name": "printf('county kim %06d', n * 7919 % 1000003)",
        "born_on": "date('2014-01-01', printf('%d days', n % 700))",
    },
    "worker": {"team_id": _id("team", "n / 2"), "roles": "'[\"practitioner\"]'"},
    "clock": _HELD | {
        "due_on": "date('2026-11-23', printf('%d days', (n * 7 + k * 31) % 120 - 30))",
        "kind": "substr('F6P3L9W3', 1 + 2 * k, 2)", "met_on": "CASE k WHEN 3 THEN '2026-11-02' END",
    },
    "case_spell": _HELD | {"status": "'looked_after'"},
    "note": {"kind": "'visit'"},
    "relation": {"kind": "'Mother'"},
    "revision": {
        "kind": _KIND, "form_key": _KIND, "number": "k + 1", "dated_on": _AGO,
        "signed_at": f"CASE WHEN k <> 2 THEN {_MOMENT} END",
        "signed_by": f"CASE WHEN k <> 2 THEN {_WORKER} END",
        "episode_id": f"CASE WHEN k > 1 THEN {_id('help_episode')} END",
    },
    "pep_step": {
        "state": "CASE n % 10 WHEN 0 THEN 'submitted' WHEN 1 THEN 'returned' ELSE 'approved' END",
        "revision_id": _id("revision"),
    },
    "plan_approval": {
        "kind": "CASE n % 10 WHEN 1 THEN 'returned' ELSE 'approved' END",
        "revision_id": f"CASE WHEN n % 10 THEN {_id('revision', turn='1')} ELSE {_id('revision')} END",
    },
    "help_episode": {
        "status": "CASE WHEN n % 10 THEN 'plan_active' ELSE 'with_manager' END", "number": "n + 1",
        "family_id": _id("help_episode"), "closed_on": "CASE WHEN n % 2 THEN '2026-11-01' END",
    },
    "help_step": {"was": "'in_assessment'", "now": "'with_manager'"},
    "contact": {
        "received_at": _MINUTES_AGO, "decided_at": _UNLESS_FIFTH, "consent": "'given'", "rating": "'red'",
    },
    "referral": {"received_at": _MINUTES_AGO, "decided_at": _UNLESS_FIFTH},
    "assessment": {
        "submitted_on": "'2026-11-01'", "authorised_on": "CASE WHEN n % 5 THEN '2026-11-02' END",
    },
    "action": {
        "worker_id": _WORKER, "done_on": "CASE k WHEN 1 THEN '2026-11-02' END", "by_on": "'2026-11-30'",
    },
    "action_step": {"status": "'in_progress'"},
    "access_grant": {"kind": "'emergency'", "until_at": _MOMENT, "reviewed_at": _UNLESS_FIFTH},
    "attendance": {"term": "'autumn'", "school_year": "2026", "possible": "60"},
    "attainment": {
        "term": "'autumn'", "school_year": "2026", "framework": "'ks2'", "subject": "'Reading'",
    },
    "premium": {"stream": "'school'", "year": "2026", "term": "'autumn'"},
    "episode": {"legal_status": "'C2'"},
    "fact": {"field": "'review_on'", "day": _AGO},
    "name_token": {"token": "printf('%d-%08d', k, n)"},
    "supervision_session": {
        "held_on": _AGO, "supervisor_id": _id("worker", "(n / 2 * 2)"), "supervisee_id": _id("worker"),
    },
    "look": {"act": "'open'", "tbl": "'child'", "row_id": _id("child"), "n": "k + 1"},
    "history": {
        "act": "'update'", "tbl": "CASE k WHEN 2 THEN 'relation' ELSE 'child' END", "row_id": _id("child"),
        "version": "k + 1", "n": "k + 1",
    },
    "chain_head": {"chain": "CASE k WHEN 0 THEN 'history' ELSE 'look' END", "n": "3"},
    "health_year": {"year": "2026"},
    "care_leaver_year": {"year": "2026"},
    "leaver_money": {"pence": "100"},
}  # fmt: skip
_SHARED = {"worker": _WORKER, "team": _TEAM, "school": _id("school", f"n / {OF_A_TEAM}")}


def row_id(table, number, turn=0):
    """Return the id of a table's row of a child."""
    return UUID(bytes=b"%06d%02d%08d" % (_PLACE[table], turn, number))


def _held(table: Table, column: Column) -> str | None:
    """Return in SQL what a column holds in the row of child `n`; None leaves it empty."""
    said = _SAID.get(table.name, {}).get(column.name)
    if said:
        return said
    if column.primary_key and isinstance(column.type, Id) and not column.foreign_keys:
        return _id("child") if column.name == "child_id" else _id(table.name, turn="k")
    if column.foreign_keys:
        return _named(table, column)
    if column.name in ("created_by", "updated_by", "by", "author"):
        return _WORKER
    if column.default is not None and column.default.is_scalar:
        given = column.default.arg
        return str(int(given)) if isinstance(given, int) else f"'{given}'"
    return None if column.nullable else _plain(table, column)


def _named(table: Table, column: Column) -> str | None:
    (key,) = column.foreign_keys
    target = key.column.table.name
    if target == table.name or (column.nullable and target == "child"):
        return None
    together = target == "revision" and table.name in _TURNS
    return _SHARED.get(target) or _id(target, turn="k" if together else "0")


def _plain(table: Table, column: Column) -> str:
    """Return something that the column's type, and what the table allows, let stand there."""
    for check in table.constraints:
        allowed = re.match(rf"{column.name} IN \((.*)\)", str(getattr(check, "sqltext", "")))
        if allowed:
            return next(each for each in allowed[1].split(", ") if each != "''")
    if isinstance(column.type, Doc):
        return "'[]'" if column.name in _LISTS else "'{}'"
    plain = {Id: _id("child"), Date: _AGO, Utc: _MOMENT, Integer: "1", LargeBinary: "randomblob(32)"}
    return next((said for kind, said in plain.items() if isinstance(column.type, kind)), "printf('w%d', n)")


def county(children):
    """Return a store in memory with a county of so many children."""
    store = memory_store(today=lambda: TODAY)
    numbers = "CREATE TEMP TABLE {} AS WITH RECURSIVE one(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM one WHERE n < {}) SELECT n FROM one"  # noqa: E501
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")  # rows of a circle of tables, one table after the other
        driver.execute(numbers.format("of_county", children - 1))
        driver.execute("BEGIN")
        for table in TABLES:
            if table.name not in FEW:
                driver.execute(_filling(table, children))
        driver.execute("COMMIT")
    return store


def _filling(table: Table, children: int) -> str:
    told = {each.name: held for each in table.c if (held := _held(table, each)) is not None}
    share = {"worker": OF_A_WORKER, "leave": OF_A_WORKER, "supervision_session": OF_A_WORKER}
    share |= {"team": OF_A_TEAM, "school": OF_A_TEAM, "caseload_review": OF_A_TEAM}
    turns = " UNION ALL ".join(f"SELECT {turn} AS k" for turn in range(_TURNS.get(table.name, 1)))
    columns = ", ".join(f'"{each}"' for each in told)
    rows = f"SELECT {', '.join(told.values())} FROM of_county CROSS JOIN ({turns})"
    return f'INSERT INTO "{table.name}" ({columns}) {rows} WHERE n < {children // share.get(table.name, 1)}'


def manager():
    """Return the manager of the first team, who holds the second half of its children."""
    return Actor(row_id("worker", 1), "Manager", row_id("team", 0), frozenset({"manager"}))


class Cost(NamedTuple):
    """What a use case asks the database: its statements with their values, and dozens of its steps."""

    asked: list[tuple[str, tuple[object, ...]]]
    steps: int


def cost(store, actor, use_case):
    """Return what a use case costs: the same on any machine, however busy."""
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
    asked, steps = [], []

    def keep(*told):
        asked.append(told[2:4])

    event.listen(store.engine, "before_cursor_execute", keep)
    driver.set_progress_handler(lambda: steps.append(1), 12)
    with store.session(actor) as session:
        use_case(session)
    driver.set_progress_handler(None, 12)
    event.remove(store.engine, "before_cursor_execute", keep)
    return Cost(asked, len(steps))


def read_whole(store, asked):
    """Return the tables that statements read from one end to the other, those apart that stay small."""
    with store.engine.connect() as connection:
        explain = connection.connection.driver_connection.execute
        found = [
            _called(step, statement)
            for statement, values in asked
            if statement.startswith("SELECT")
            for *_, step in explain(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    return set(found) & _PLACE.keys() - FEW


def _called(step, statement):
    """Return the table that a step of a plan scans, by its own name; nothing where it searches."""
    scanned = re.match(r"SCAN (\w+)", step)
    if not scanned or scanned[1] in _PLACE:
        return scanned and scanned[1]
    named = re.search(rf'"?(\w+)"? AS "?{scanned[1]}"?\b', statement)
    return named and named[1]
