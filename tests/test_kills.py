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
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a way to type commands on a new store; each must end well. Returns the words of each line."""
    surroundings = {"CASEAPP_TEST": "1", "CASEAPP_TEST_FAST_KEYS": "1", "CASEAPP_PASSWORD": PASSWORD}
    surroundings |= {"CASEAPP_STORE": str(tmp_path / "a.caseapp"), "CASEAPP_USER": "max"}
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    made = accounts.make_store(tmp_path / "a.caseapp", user_name="max", name="Max North", password=PASSWORD)
    made.signed_in.close()

    def typed(*words: str) -> list[list[str]]:
        capsys.readouterr()
        code = cli.run(list(words))
        said, complaints = capsys.readouterr()
        assert code == 0, said[-2000:] + complaints
        return [line.split() for line in said.splitlines()]

    return typed


def farm(what: str, kills: int) -> subprocess.Popen[str]:
    """Start a process that kills as many children; the store is named by the environment."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kill_farm", what, str(kills)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def harvest(started: subprocess.Popen[str]) -> dict[str, Any]:
    out, complaints = started.communicate(timeout=300)
    assert started.returncode == 0, complaints[-3000:]
    found: dict[str, Any] = json.loads(out)
    return found


def test_p8_no_acknowledged_note_is_lost_by_a_kill(command):
    command("test-writer", "--count", "1")

    found = [harvest(each) for each in [farm("writer", KILLS // LANES) for _ in range(LANES)]]

    kept = dict(line for line in command("test-list"))
    acknowledged = {note: value for each in found for note, value in each["acknowledged"].items()}
    lost = {note: value for note, value in acknowledged.items() if kept.get(note) != value}
    assert sum(each["at_work"] for each in found) >= KILLS * 0.9  # else the kills came before any work
    assert not lost, f"{len(lost)} of {len(acknowledged)} lost"
    assert command("test-check") == [["FAULTS", "0"]]


def test_p10_a_kill_loses_no_more_than_a_second_of_typing(command):
    command("test-draft")

    typists = harvest(farm("typist", TYPISTS))["typists"]

    assert len(typists) == TYPISTS
    assert typists[-1]["kept"] >= TYPISTS  # each went on where the one before was cut off
    assert max(each["seconds_lost"] for each in typists) <= 1
    assert command("test-check") == [["FAULTS", "0"]]
