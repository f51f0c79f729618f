"""Commands about schools' files: a CSV in, a PEP out and in."""

import argparse
import json
from datetime import date

import pytest

from caseapp import accounts, children, cli_school_files, people
from caseapp.work import NotFound, Problem
from tests.cli.county import KIT
from tests.story import PASSWORD

UNSET = {
    "store": None, "user": "pat", "as_of": None, "json": True, "dry_run": False, "school": None, "kind": None,
    "set": None, "version": None, "format": "pep", "file": None, "path": None, "child": None,
}  # fmt: skip
ATTENDANCE = "Surname,Forename,DOB,Possible,Present\nMoran,Kit,04/05/2016,120,112\n"


@pytest.fixture
def said(store, capsys):
    """Carry out a command as the parser would hand it over; return its document, or its text."""

    def carry_out(command, **options):
        capsys.readouterr()
        assert command(argparse.Namespace(**(UNSET | options))) == 0
        told = capsys.readouterr().out
        return json.loads(told) if options.get("json", True) else told

    return carry_out


@pytest.fixture
def school(store):
    signed_in = accounts.sign_in(store, "pat", PASSWORD)
    with signed_in.store.session(signed_in.actor) as session:
        found = people.add_school(session, "Quenby Vale Academy", urn="199001")
        people.start_school(session, children.one(session, KIT).id, found, date(2024, 9, 3))
    signed_in.close()


def test_a_csv_is_looked_at_then_taken_in(said, school, tmp_path):
    path = tmp_path / "school.csv"
    path.write_text(ATTENDANCE)
    call = {"path": str(path), "school": "199001", "set": ["term=summer", "school_year=2025/26"]}

    looked = said(cli_school_files.import_csv, **call, dry_run=True)
    taken = said(cli_school_files.import_csv, **call)

    assert (looked["new"], looked["dry_run"], looked["refused"]) == (1, True, [])
    assert (taken["new"], taken["same"]) == (1, 0)
    text = said(cli_school_files.import_csv, **call, json=False)
    assert "Quenby Vale Academy: 0 rows new, 0 changed, 1 as they were, of 1 child; 0 rows refused." in text


def test_a_csv_needs_its_school(said, school, tmp_path):
    with pytest.raises(Problem, match="Give --school URN"):
        said(cli_school_files.import_csv, path="x.csv")
    with pytest.raises(NotFound, match="URN “1”"):
        said(cli_school_files.import_csv, path="x.csv", school="1")
    path = tmp_path / "school.csv"
    path.write_text(ATTENDANCE)
    with pytest.raises(Problem, match="--set takes school_year or term"):
        said(cli_school_files.import_csv, path=str(path), school="199001", set=["upn=1"])


def test_a_pep_goes_out_and_comes_back(said, school, tmp_path, store):
    from caseapp import plans

    signed_in = accounts.sign_in(store, "pat", PASSWORD)
    with signed_in.store.session(signed_in.actor) as session:
        plans.start(session, children.one(session, KIT).id, "pep")
    signed_in.close()
    path = tmp_path / "pep.json"

    out = said(cli_school_files.export_pep, path=KIT, file=str(path))
    document = json.loads(path.read_text(encoding="utf-8"))
    for section in document["sections"]:
        for asked in section["questions"]:
            if asked["key"] == "exam_access":
                asked["answer"] = "More time"
    path.write_text(json.dumps(document), encoding="utf-8")
    back = said(cli_school_files.import_pep, path=KIT, file=str(path))

    assert (out["version"], back["version"]) == (1, 1)
    assert [(each["key"], each["now"]) for each in back["changed"]] == [("exam_access", "More time")]
    assert "0 answers taken" in said(cli_school_files.import_pep, path=KIT, file=str(path), json=False)
    with pytest.raises(Problem, match="is there already"):
        said(cli_school_files.export_pep, path=KIT, file=str(path))
