"""Commands about stars: licences, packs, readings from a file."""

import argparse
import json

import pytest

from caseapp import cli_stars
from caseapp.work import NotAllowed, NotFound, Problem
from tests.cli.county import KIT
from tests.test_star_packs import QUENBY

OWNER = "Triangle Consulting Social Enterprise Ltd"
LICENCE = {
    "owner": OWNER,
    "organisation": "Quenby Council",
    "number": "L-100",
    "valid_from": cli_stars.day("01/04/2026"),
    "valid_until": cli_stars.day("31/03/2027"),
    "approval": "AP-7",
    "approved_on": cli_stars.day("02/03/2026"),
}
UNSET = {
    "store": None, "user": "ada", "as_of": None, "json": True, "act": "list", "trained": None, "users": None,
    "reason": None, "dry_run": False, "star": None,
} | dict.fromkeys(LICENCE)  # fmt: skip


@pytest.fixture
def said(store, capsys):
    """Carry out a command as the parser would hand it over; return its document, or its text."""

    def carry_out(command, **options):
        capsys.readouterr()
        assert command(argparse.Namespace(**(UNSET | options))) == 0
        told = capsys.readouterr().out
        return json.loads(told) if options.get("json", True) else told

    return carry_out


def test_the_stars_are_listed_with_why_they_are_locked(said):
    told = said(cli_stars.licence)

    assert len(told["stars"]) == 7
    assert {each["state"] for each in told["stars"]} == {"locked"}
    assert told["licences"] == []
    assert "star-my-star" in said(cli_stars.licence, json=False)


def test_a_licence_is_recorded_with_its_trained_workers(said):
    told = said(cli_stars.licence, act="add", **LICENCE, users=40, trained=["Pat Lindley=12/05/2026"])

    assert {each["state"] for each in told["stars"]} == {"open"}
    assert told["licences"][0]["trained"] == [{"name": "Pat Lindley", "on": "2026-05-12"}]
    text = said(cli_stars.licence, json=False)
    assert "01/04/2026 to 31/03/2027, approval AP-7 of 02/03/2026." in text
    assert "Pat Lindley, trained 12/05/2026" in text


def test_a_worker_is_named_and_a_licence_withdrawn(said):
    said(cli_stars.licence, act="add", **LICENCE)

    named = said(cli_stars.licence, act="trained", number="L-100", trained=["Wes Harper=01/06/2026"])
    gone = said(cli_stars.licence, act="withdraw", number="L-100", reason="Wrong number")

    assert named["licences"][0]["trained"][0]["name"] == "Wes Harper"
    assert gone["licences"] == []


@pytest.mark.parametrize(
    ("options", "fault", "words"),
    [
        ({"act": "add", **LICENCE, "number": None}, Problem, "What is missing: --number"),
        ({"act": "add", **LICENCE, "trained": ["Pat"]}, Problem, "names no day of training"),
        ({"act": "add", **LICENCE, "trained": ["Pat=soon"]}, Problem, "is not a date"),
        ({"act": "add", **LICENCE, "user": "pat"}, NotAllowed, "does not allow"),
        ({"act": "trained", "trained": ["Pat=01/06/2026"]}, Problem, "Which licence"),
        ({"act": "trained", "number": "L-1"}, Problem, "Whom"),
        ({"act": "withdraw", "number": "L-1"}, NotFound, "Licence L-1 is not on record"),
    ],
)
def test_what_is_missing_or_not_allowed_is_said(said, options, fault, words):
    with pytest.raises(fault, match=words):
        said(cli_stars.licence, **options)


def test_a_pack_is_brought_in_or_only_looked_at(said, tmp_path):
    path = tmp_path / "quenby.json"
    path.write_text(json.dumps(QUENBY), encoding="utf-8")

    looked = said(cli_stars.import_pack, path=str(path), dry_run=True, json=False)
    assert looked.endswith("Nothing was stored.\n")
    assert len(said(cli_stars.licence)["stars"]) == 7
    taken = said(cli_stars.import_pack, path=str(path))

    assert (taken["star"], taken["edition"]) == ("star-quenby-star", 1)
    assert len(said(cli_stars.licence)["stars"]) == 8


def test_readings_are_taken_and_refused_rows_named(said, tmp_path):
    path = tmp_path / "readings.csv"
    path.write_text(f"child,date,area,score\n{KIT},01/09/2026,Health,4\n999,01/09/2026,Health,4\n")
    command = {"path": str(path), "star": "progress-wheel"}

    looked = said(cli_stars.import_readings, **command, dry_run=True, json=False)
    taken = said(cli_stars.import_readings, **command)
    again = said(cli_stars.import_readings, **command)

    assert "line 3, child: No record has the reference “999”." in looked
    assert "1 reading of 1 child (1 row) would be taken; on record already: 0; refused: 1 row." in looked
    assert looked.endswith("Nothing was stored.\n")
    assert (taken["readings"], taken["already"]) == (1, 0)
    assert taken["refused"][0]["line"] == 3
    assert (again["readings"], again["already"]) == (0, 1)


def test_readings_need_a_star(said, tmp_path):
    with pytest.raises(Problem, match="Which star"):
        said(cli_stars.import_readings, path=str(tmp_path / "x.csv"))
