"""A kill takes nothing that was said to be saved (P8), and at most a second of typing (P10)."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from caseapp import accounts, cli
from db.store import SCHEMA
from tests.figures import figure
from tests.story import PASSWORD, fast_keys

ROOT = Path(__file__).parent.parent
LANES = 2
KILLS = figure(200, 10_000)
TYPISTS = figure(20, 1_000)
LOCKERS = figure(8, 200)
BACKUPS = figure(5, 200)
UPGRADES = figure(4, 200)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

Command = Callable[..., list[list[str]]]


@pytest.fixture(scope="module")
def surroundings() -> Iterator[None]:
    """Let commands sign in by themselves, with keys that cost little."""
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        patch.setenv("CASEAPP_PASSWORD", PASSWORD)
        patch.setenv("CASEAPP_USER", "max")
        yield


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, surroundings: None) -> list[Path]:
    """Return new stores, one a lane: writers on one store would wait for each other most of the time."""
    paths = [tmp_path_factory.mktemp("lane") / "a.caseapp" for lane in range(LANES)]
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


def farm(store: Path, *work: str) -> subprocess.Popen[str]:
    """Start a process that kills children at work on a store, such as «writer=100»."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kill_farm", *work],
        cwd=ROOT, env=os.environ | {"CASEAPP_STORE": str(store)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def harvest(started: subprocess.Popen[str]) -> dict[str, Any]:
    out, complaints = started.communicate(timeout=figure(300, 7200))
    assert started.returncode == 0, complaints[-3000:]
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture(scope="module")
def harvested(stores: list[Path]) -> list[dict[str, Any]]:
    """Return what came of killing writers, typists and lockers: one farm a lane, as starting it costs."""
    work = (f"writer={KILLS // LANES}", f"typist={TYPISTS // LANES}", f"locker={LOCKERS // LANES}")
    return [harvest(each) for each in [farm(store, *work) for store in stores]]


def test_p8_no_acknowledged_note_is_lost_by_a_kill(stores, harvested, command, record_property):
    kept = {note: value for store in stores for note, value in command(store, "test-list")}
    acknowledged = {note: value for each in harvested for note, value in each["acknowledged"].items()}
    lost = {note: value for note, value in acknowledged.items() if kept.get(note) != value}
    record_property("figure", f"{KILLS:,} kills, {len(acknowledged):,} notes saved, {len(lost)} lost")
    assert sum(each["at_work"] for each in harvested) >= KILLS * 0.9  # else the kills came before any work
    assert not lost, f"{len(lost)} of {len(acknowledged)} lost"
    assert [command(store, "test-check") for store in stores] == [[["FAULTS", "0"]]] * LANES


def test_p10_a_kill_loses_no_more_than_a_second_of_typing(harvested, record_property):
    typists = [each for lane in harvested for each in lane["typists"]]

    assert len(typists) == TYPISTS
    assert all(each["typed"] for each in typists)
    worst = max(each["seconds_lost"] for each in typists)
    record_property("figure", f"{TYPISTS:,} kills, at most {worst:.2f} s of typing lost")
    assert worst <= 1


def test_p10_locking_loses_no_letter(harvested, record_property):
    lockers = [each for lane in harvested for each in lane["lockers"]]

    record_property("figure", f"{len(lockers):,} kills, no letter lost")
    assert len(lockers) == LOCKERS
    assert all(each["kept"] >= each["locked"] > 0 for each in lockers)


def test_p8_a_kill_during_a_backup_harms_neither_store_nor_backup(stores, command):
    found = harvest(farm(stores[0], f"backup={BACKUPS}"))

    assert found["whole"] == [True] * BACKUPS
    assert command(stores[0], "test-check") == [["FAULTS", "0"]]


def test_p8_a_kill_during_an_upgrade_leaves_a_store_that_opens(tmp_path, surroundings):
    shutil.copytree(Path(__file__).parent / "data" / "stores" / "0001", tmp_path / "old")

    found = harvest(farm(tmp_path / "old" / "first.caseapp", f"upgrade={UPGRADES}"))

    assert found["schemas"] == [[SCHEMA, "ok", "1"]] * UPGRADES
