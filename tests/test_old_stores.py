"""Stores of every schema so far open under this program, whole and sound (P17)."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from caseapp import access, accounts, children, jottings, plan_reading, plan_versions, working_time
from caseapp.caseload import meeting
from caseapp.upkeep import check
from db.models import CaseSpell, Seal
from db.store import SCHEMA
from tests.story import fast_keys

KEPT = Path(__file__).parent / "data" / "stores"
PASSWORD = "gravel-otter-window-nine"
ASSESSMENT = {"0001": 1, "0003": 2, "0004": 2, "0005": 2}
"""The version of the assessment's form that each schema's store was signed with."""


@pytest.fixture(params=sorted(each.name for each in KEPT.iterdir()))
def old_store(request, tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    shutil.copytree(KEPT / request.param, tmp_path / "old")
    return request.param, tmp_path / "old" / "first.caseapp"


def test_p17_a_store_of_an_older_schema_opens_whole_and_sound(old_store):
    schema, path = old_store
    signed_in = accounts.sign_in(path, "marek", PASSWORD)
    try:
        with signed_in.store.session(signed_in.actor) as session:
            leo = children.one(session, "10001")
            versions = {
                (each.kind, each.number, each.status) for each in plan_versions.versions(session, leo.id)
            }
            held = session.scalars(select(CaseSpell.from_on).where(CaseSpell.child_id == leo.id)).all()
            signed = plan_reading.open_plan(session, plan_reading.numbered(session, leo.id, "early-help").id)
        report = check(signed_in)
        with signed_in.store.engine.connect() as connection:
            at = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    finally:
        signed_in.close()

    assert leo.name == "Leo Hartley"
    assert len(held) == 1  # who holds a child is known from the opening on, in an older store too
    assert versions == {("early-help", 1, "signed"), ("star", 1, "signed"), ("pep", 1, "draft")}
    assert signed.form.version == ASSESSMENT[schema]
    assert signed.answers["name"]
    assert (at, report.faults) == (SCHEMA, [])


def test_p17_what_came_with_the_fifth_schema_stands_in_its_store(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    shutil.copytree(KEPT / "0005", tmp_path / "old")

    signed_in = accounts.sign_in(tmp_path / "old" / "first.caseapp", "marek", PASSWORD)
    try:
        with signed_in.store.session(signed_in.actor) as session:
            worker_id, team_id = signed_in.actor.worker_id, signed_in.actor.team_id
            restricted = access.page(session, children.one(session, "10002").id)
            time = working_time.open_time(session, worker_id).time
            (held,) = meeting.meetings(session, team_id, date(2026, 11, 30))
            (written,) = jottings.writing(session)
            seals = session.scalars(select(Seal.n).order_by(Seal.n)).all()
    finally:
        signed_in.close()

    assert [each.name for each in restricted.readers] == ["Marek Wolny"]
    assert (time.share, time.first_year_from, len(time.leave)) == (Decimal("0.8"), date(2026, 9, 1), 1)
    assert (held.agreed, held.next_on) == (("Ring the school",), date(2026, 12, 18))
    assert (written.child, written.answers) == ("Leo Hartley", {"words": "He asked about the"})
    assert seals == [1, 2]
