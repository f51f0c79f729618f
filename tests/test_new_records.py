"""Rows stored in one go are what a flush would have left: values, stamps, history and its chains."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp.returns.stored import STORED
from db.case_spells import begun
from db.check import check
from db.guard import Forbidden
from db.models import CaseSpell, Child, ClockRow, Episode, HealthYear, LacReview, MissingPeriod
from db.moments import new_id, new_ids, pretend
from db.new_records import NewRows
from db.problems import NotAllowed
from db.roles import Actor
from db.store import memory_store

TODAY, NOON = date(2026, 11, 23), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OFFICE = Actor(UUID(int=8), "Office", None, frozenset({"administrator"}))
OWN = {"id", "child_id", "row_id", "content", "mac", "n", "child"}  # what is another's in each of two stores
CHILD = {
    "ref": 10_001, "source_ref": "AB1", "given": "Siân", "family": "Łukasz", "sort_name": "lukasz sian",
    "opened_on": TODAY, "born_on": date(2014, 2, 28), "status": "looked_after", "is_mother": False,
}  # fmt: skip
FILED = [
    (Episode, {"started_on": TODAY, "reason_started": "S", "legal_status": "C2", "home_postcode": "B1 1“é"}),
    (Episode, {"started_on": date(2020, 2, 29), "reason_started": "P", "legal_status": "V2", "urn": "SC1"}),
    (LacReview, {"held_on": TODAY, "participation": "PN1"}),
    (LacReview, {"held_on": date(2025, 1, 1), "chair": "Marek «Ó Briain»"}),
    (HealthYear, {"year": 2026, "sdq_score": 0, "convicted": False, "teeth_check": True}),
    (MissingPeriod, {"kind": "M", "started_on": TODAY, "left_at": NOON}),
]


@pytest.fixture
def store():
    made = memory_store(today=lambda: TODAY)
    yield made
    made.close()


def by_a_flush(session):
    child = Child(id=new_id(), **CHILD)
    session.add(child)
    session.add_all(table(child_id=child.id, **values) for table, values in FILED)


def in_one_go(session):
    fresh = NewRows(session)
    child = fresh.add(Child, CHILD)
    fresh.add(CaseSpell, begun(child, child.opened_on))
    for table, values in FILED:
        fresh.add(table, values | {"child_id": child.id})
    fresh.write()


def written(store, write):
    """Return every row of every table after a write, but for what no two stores share."""
    store._device_id = UUID(int=7)
    with pretend(NOON), store.session(OFFICE, "golden é", purpose="import") as session:
        write(session)
    names = ["child", "history", "chain_head", "case_spell"]
    names += sorted({table.__tablename__ for table, _ in FILED})
    with store.engine.connect() as connection:
        return {name: sorted(map(_shared, connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()))
                for name in names}  # fmt: skip


def _shared(row):
    told = {name: value for name, value in row.items() if name not in OWN}
    if "change" in told:
        change = json.loads(told["change"])
        told["change"] = sorted((each, value) for each, value in change.items() if each not in OWN)
    return json.dumps(told, sort_keys=True, default=bytes.hex)


def test_rows_in_one_go_are_those_that_a_flush_leaves(store):
    other = memory_store(today=lambda: TODAY)

    assert written(store, in_one_go) == written(other, by_a_flush)
    other.close()


def test_a_check_of_everything_finds_no_fault_in_them(store):
    written(store, in_one_go)

    assert check(store).faults == []
    assert check(store).looked_at["history entries"] == 1 + len(FILED)


def test_a_chain_goes_on_where_it_ended_whoever_wrote_before(store):
    with store.session(OFFICE, purpose="import") as session:
        by_a_flush(session)
        session.flush()
        child = session.scalars(select(Child)).one()
        fresh = NewRows(session)
        fresh.add(LacReview, {"child_id": child.id, "held_on": date(2024, 1, 1)})
        fresh.write()
        child.status = "care_leaver"

    assert check(store).faults == []
    assert check(store).looked_at["history entries"] == 3 + len(FILED)


def test_a_row_may_change_until_it_is_written_and_is_written_once(store):
    with store.session(OFFICE, purpose="import") as session:
        fresh = NewRows(session)
        child = fresh.add(Child, CHILD)
        child.status = "care_leaver"
        fresh.write()
        fresh.write()
        found = session.scalars(select(Child)).one()

    assert (found.status, found.version, found.created_by, found.gender) == (
        "care_leaver", 1, OFFICE.worker_id, "",
    )  # fmt: skip


def test_no_other_purpose_writes_rows_in_one_go(store):
    with pytest.raises(Forbidden), store.session(OFFICE) as session:
        in_one_go(session)


@pytest.mark.parametrize("role", ["practitioner", "manager", "reader"])
def test_nobody_but_an_administrator_writes_rows_in_one_go(store, role):
    somebody = Actor(new_id(), "Somebody", new_id(), frozenset({role}))

    with pytest.raises(NotAllowed), store.session(somebody, purpose="import") as session:
        in_one_go(session)


@pytest.mark.parametrize("table", [Child, ClockRow, *(each.table for each in STORED.values())])
def test_what_is_not_said_is_what_the_table_has_at_first(store, table):
    with store.session(OFFICE, purpose="import") as session:
        row = NewRows(session).add(table, {})

    at_first = {each.name: each.default.arg for each in table.__table__.c if each.default is not None}
    assert {name: getattr(row, name) for name in at_first if name != "id"} == {
        name: value for name, value in at_first.items() if name != "id"
    }
    assert row.id.version == 7


def test_ids_made_together_are_one_each_and_run_on():
    with pretend(NOON):
        ids = new_ids(500)

        one = new_id()

    assert ids == sorted(set(ids))
    assert {each.version for each in ids} == {7}
    assert {each.int >> 80 for each in ids} == {one.int >> 80}
