"""A family's early help by the command line: from the request of two siblings to closure, all papers read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.moments import pretend
from db.store import Store
from tests.cli.county import answers
from tests.pdf_reading import words_of
from tests.story import PASSWORD, sample

REVIEWS = (date(2026, 12, 18), date(2027, 1, 29), date(2027, 3, 12))
READINGS = (date(2026, 11, 24), date(2027, 1, 26), date(2027, 3, 9))


@pytest.fixture
def on(monkeypatch):
    """Let the commands that follow be typed on a day."""

    def go_to(day: date) -> None:
        monkeypatch.setattr(Store.__init__, "__defaults__", (lambda: day,))
        monkeypatch.setattr("caseapp.cli_help.today", lambda: day)
        moment = pretend(datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
        moment.__enter__()
        left.append(moment)

    left: list = []
    yield go_to
    for each in reversed(left):
        each.__exit__(None, None, None)


@pytest.fixture
def walk(store, line, tmp_path):
    """Type a command that has to go well, and return what it says as JSON."""

    def typed(*words, user="", content=None):
        extra = [answers(tmp_path, content)] if content is not None else []
        said = line("--json", *words, *extra, user=user)
        assert said.code == 0, said.err
        return said.document

    return typed


def test_two_siblings_from_request_to_closure(store, line, walk, on, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEAPP_NEW_PASSWORD", PASSWORD)
    walk("users", "add", "max", "--full-name", "Max Reed", "--role", "manager", "--team", "East", user="ada")
    on(date(2026, 11, 2))
    leo = walk("add", "Leo Zielny", "--born", "2017-05-19")["ref"]
    mia = walk("add", "Mia Zielny", "--born", "2020-08-02")["ref"]
    _to_the_plan(walk, line, on, leo, mia)
    for number, day in enumerate(REVIEWS):
        _reading(walk, on, leo, number)
        _review(walk, on, leo, mia, number, day)
    _to_the_end(walk, line, on, leo, mia)
    _papers(line, leo, tmp_path)


def _to_the_plan(walk, line, on, leo, mia):
    opened = walk("early-help", "open", leo, mia, "--route", "self_request", "--agency", "primary",
                  "--reason", "debt", "--level", "2")  # fmt: skip
    assert (opened["status"], opened["with"]) == ("draft", ["Mia Zielny"])
    assert walk("early-help", "move", leo, "ask_consent", "--together")["status"] == "awaiting_consent"
    refused = line("early-help", "move", leo, "start_assessment")
    assert (refused.code, "Record who agreed" in refused.err) == (2, True)
    consent = {
        "person": "Kasia Zielna", "capacity": "parent_pr", "moment": "start", "decision": "given",
        "purposes": ["start", "store", "share"], "how": "paper", "happened_on": "2026-11-02",
    }  # fmt: skip
    walk("early-help", "consent", "--together", leo, content=consent)
    walk("early-help", "move", leo, "start_assessment", "--together")
    assert [each["clock"] for each in walk("show", leo)["next"]][:1] == ["F4"]

    on(date(2026, 11, 20))
    whole = dict(sample("early_help"))
    walk("record", "early-help", leo, "--sign", content=whole | {"name": "Leo Zielny"})
    walk("record", "early-help", mia, "--sign", content=sample("sibling/early_help") | {"name": "Mia Zielny"})
    walk("early-help", "move", leo, "to_manager", "--together")
    assert line("early-help", "move", leo, "approve").code == 8
    assert walk("early-help", "move", leo, "approve", "--together", user="max")["status"] == "complete"
    missing = line("early-help", "move", leo, "start_plan")
    assert (missing.code, "Name the lead practitioner first." in missing.err) == (2, True)
    walk("early-help", "lead", leo, "Blessing Adeyemi", "--agency", "primary", "--together")
    planned = walk("early-help", "move", leo, "start_plan", "--together")
    assert (planned["status"], planned["next_review_on"]) == ("plan_active", "2026-12-18")
    assert walk("early-help", "show", mia)["status"] == "plan_active"


def _reading(walk, on, leo, number):
    on(READINGS[number])
    kind = ("first", "review", "last")[number]
    reading = dict(sample("progress_wheel")) | {"reading": kind, "read_on": READINGS[number].isoformat()}
    walk("record", "star", leo, "--sign", content=reading)


def _review(walk, on, leo, mia, number, day):
    on(day)
    walk("early-help", "move", leo, "start_review", "--together")
    held = {
        "held_on": day.isoformat(), "planned_on": day.isoformat(),
        "next_on": (REVIEWS[number + 1] if number < 2 else date(2027, 4, 23)).isoformat(),
        "voice_on": day.isoformat(), "voice_told_on": day.isoformat(), "consent_checked_on": day.isoformat(),
    }  # fmt: skip
    meeting = dict(sample("taf")) | held
    meeting["scaling"] = [each | {"on": day.isoformat()} for each in meeting["scaling"]]
    status = "done" if number else "in_progress"
    meeting["reviewed"] = [{"no": 1, "what": "Bring Idris to nursery", "who": "Nour Haddad", "status": status,
                            "comment": f"As told at review {number + 1}"}]  # fmt: skip
    meeting["plan"] = []
    meeting["copies"] = [each | {"on": day.isoformat()} for each in meeting["copies"]]
    meeting["signatures"] = [each | {"on": day.isoformat()} for each in meeting["signatures"]]
    walk("record", "taf", leo, "--sign", content=meeting)
    own = sample("sibling/taf") | {"voice_on": day.isoformat(), "voice_told_on": day.isoformat()}
    walk("record", "taf", mia, "--sign", content=own)
    assert walk("early-help", "move", leo, "end_review", "--together")["status"] == "plan_active"


def _to_the_end(walk, line, on, leo, mia):
    day = date(2027, 3, 26)
    on(day)
    walk("early-help", "move", leo, "start_closing", "--together")
    refused = line("early-help", "move", leo, "close")
    assert (refused.code, "Sign the closing summary first" in refused.err) == (2, True)
    for ref, name in ((leo, "early_help_closing"), (mia, "sibling/early_help_closing")):
        walk("record", "early-help-closing", ref, "--sign", content=_dated(dict(sample(name)), day))
    closed = walk("early-help", "move", leo, "close")
    assert (closed["status"], closed["closed_on"]) == ("closed", "2027-03-26")
    assert walk("early-help", "show", mia)["status"] == "closing"
    walk("early-help", "move", mia, "close")
    assert walk("show", mia)["status"] == "Closed"
    again = line("early-help", "move", leo, "start_review")
    assert (again.code, "“closed”" in again.err) == (2, True)


def _dated(document, day):
    """Return a document with every day in it brought to one day."""
    return json.loads(
        json.dumps(document),
        object_hook=lambda row: {
            key: day.isoformat() if key in ("on", "by") or key.endswith("_on") else value
            for key, value in row.items()
        },
    )


def _papers(line, leo, folder: Path):
    for kind, wanted in (
        ("early-help", "Early help assessment"), ("taf", "Team around the family"),
        ("early-help-closing", "Closing"), ("star", "Family Progress Wheel"), ("chronology", "Chronology"),
        ("help-chronology", "Closed"), ("help-plan", "Leo"), ("agenda", "Agenda"),
    ):  # fmt: skip
        file = folder / f"{kind}.pdf"
        said = line("print", kind, leo, "--out", file)
        assert said.code == 0, said.err
        assert wanted in words_of(file.read_bytes())
