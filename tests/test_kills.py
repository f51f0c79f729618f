"""A kill takes nothing that was said to be saved (P8), and at most a second of typing (P10)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caseapp import accounts, cli
from tests.story import PASSWORD

ROOT = Path(__file__).parent.parent
KILLS, LANES = 200, 2
TYPISTS = 20

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

Command = Callable[..., list[list[str]]]


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return new stores, one a lane: writers on one store would wait for each other most of the time."""
    surroundings = {"CASEAPP_TEST": "1", "CASEAPP_TEST_FAST_KEYS": "1", "CASEAPP_PASSWORD": PASSWORD}
    for name, value in (surroundings | {"CASEAPP_USER": "max"}).items():
        monkeypatch.setenv(name, value)
    paths = [tmp_path / f"{lane}.caseapp" for lane in range(LANES)]
    for path in paths:
        accounts.make_store(path, user_name="max", name="Max North", password=PASSWORD).signed_in.close()
    return paths


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a way to type commands on a store; each must end well. Returns the words of each line."""

    def typed(store: Path, *words: str) -> list[list[str]]:
        capsys.readouterr()
        code = cli.run([*words, "--store", str(store)])
        said, complaints = capsys.readouterr()
        assert code == 0, said[-2000:] + complaints
        return [line.split() for line in said.splitlines()]

    return typed


def farm(what: str, kills: int, store: Path) -> subprocess.Popen[str]:
    """Start a process that kills as many children on a store."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kill_farm", what, str(kills)],
        cwd=ROOT, env=os.environ | {"CASEAPP_STORE": str(store)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def harvest(started: subprocess.Popen[str]) -> dict[str, Any]:
    out, complaints = started.communicate(timeout=300)
    assert started.returncode == 0, complaints[-3000:]
    found: dict[str, Any] = json.loads(out)
    return found


def test_p8_no_acknowledged_note_is_lost_by_a_kill(stores, command):
    started = [farm("writer", KILLS // LANES, store) for store in stores]

    found = [harvest(each) for each in started]

    kept = {note: value for store in stores for note, value in command(store, "test-list")}
    acknowledged = {note: value for each in found for note, value in each["acknowledged"].items()}
    lost = {note: value for note, value in acknowledged.items() if kept.get(note) != value}
    assert sum(each["at_work"] for each in found) >= KILLS * 0.9  # else the kills came before any work
    assert not lost, f"{len(lost)} of {len(acknowledged)} lost"
    assert [command(store, "test-check") for store in stores] == [[["FAULTS", "0"]]] * LANES


def test_p10_a_kill_loses_no_more_than_a_second_of_typing(stores, command):
    started = [farm("typist", TYPISTS // LANES, store) for store in stores]

    typists = [each for lane in started for each in harvest(lane)["typists"]]

    assert len(typists) == TYPISTS
    assert all(each["typed"] for each in typists)
    assert max(each["seconds_lost"] for each in typists) <= 1
    assert [command(store, "test-check") for store in stores] == [[["FAULTS", "0"]]] * LANES
