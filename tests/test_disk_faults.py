"""P12: a full, failing or locked disk: plain words, nothing falsely «saved»; reading and typing go on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from caseapp import accounts, journal, notes, plan_reading
from caseapp.journal import Typed
from caseapp.notes import NewNote
from db import connections
from db.connections import open_raw
from db.problems import NotSaved
from db.roles import Actor
from db.spool import Spool
from db.store import Store, open_store
from tests.figures import figure
from tests.story import PASSWORD, TODAY, Story, fast_keys

ROOT = Path(__file__).parent.parent
ROUNDS = figure(16, 400)


class Desk(NamedTuple):
    """A store on disk with a child and a draft, and who works on them."""

    store: Store
    actor: Actor
    child: object
    draft: object

    def words(self) -> str:
        """Return what a program of its own needs to work here, as JSON."""
        found = {"key": bytes(self.store.dek).hex(), "child": self.child, "draft": self.draft}
        return json.dumps(found | {"actor": [self.actor.worker_id, self.actor.team_id]}, default=str)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with a store to copy, and its desk, closed."""
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        path = tmp_path_factory.mktemp("made") / "a.caseapp"
        one = accounts.make_store(path, user_name="max", name="Max North", password=PASSWORD).signed_in
    story = Story(one.store, {}, {"max": one.actor})
    child = story.register("max", "Leyla", "Haddad")
    draft = story.draft("max", child)
    dek = bytes(one.keyring.dek)  # closing wipes it
    one.close()
    return path, Desk(one.store, one.actor, child, draft), dek


@pytest.fixture
def desk(made, tmp_path):
    path, desk, dek = made
    shutil.copy(path, tmp_path / "b.caseapp")
    store = open_store(tmp_path / "b.caseapp", dek)
    store.today = lambda: TODAY
    yield desk._replace(store=store)
    store.close()


class Said(NamedTuple):
    """What a program told of its work."""

    acknowledged: dict[str, str]
    refused: list[str]
    aside: int
    reads: int


def work(desk: Desk, rounds: int, *more: str, before: tuple[str, ...] = ()) -> Said:
    """Let a program work on the store of a desk that is closed; return what it said."""
    path, given = desk.store.path, desk.words()
    desk.store.close()
    command = [
        *before,
        sys.executable,
        "-m",
        "tests.fault_writer",
        str(path),
        given,
        str(rounds),
        *more,
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert lines[-1][0] == "END"
    return Said(
        {which: words for what, which, words in lines if what == "ACK"},
        [f"{which}: {words}" for what, which, words in lines if what == "REFUSED"],
        sum(what == "KEPT" and which == "aside" for what, which, _ in lines),
        sum(what == "READ" for what, _, _ in lines),
    )


def stored(desk: Desk) -> dict[str, str]:
    with desk.store.session(desk.actor) as session:
        return {
            each.id.hex: each.words for each in notes.timeline(session, desk.child) if each.kind == "Notes"
        }


def typed_last(desk: Desk) -> str:
    """Return what the draft's screen offers after the next sign-in."""
    journal.take_back(desk.store, desk.actor)
    with desk.store.session(desk.actor) as session:
        return plan_reading.open_plan(session, desk.draft).unsaved.answers["place"]


def check_kept(desk: Desk, said: Said, rounds: int) -> None:
    kept = stored(desk)
    assert {note: kept.get(note) for note in said.acknowledged} == said.acknowledged
    assert said.reads == rounds
    assert typed_last(desk) == f"typed {rounds - 1}"
    assert all(each.startswith(("NotSaved: ", "Damaged: ")) for each in said.refused)
    assert not any(sign in each for each in said.refused for sign in ("Error", "sqlite", "Traceback"))
    with desk.store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here to let calls of the disk fail")
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_p12_no_fault_of_the_disk_is_called_saved(desk, error, record_property):
    log = desk.store.path.with_name("trace")
    strace = ["strace", "-f", "-qq", "-o", str(log), "-P", f"{desk.store.path}-wal"]
    strace += ["-e", "trace=pwrite64,fsync,fdatasync", "-e", f"inject=pwrite64:error={error}:when=4+5"]
    strace += ["-e", "inject=fsync,fdatasync:error=EIO:when=3+4"]

    said = work(desk, ROUNDS, before=tuple(strace))

    faults = log.read_text().count("(INJECTED)")
    refused = len(said.refused) + said.aside
    record_property("figure", f"{faults} faults ({error}): {refused} refused in words, 0 falsely saved")
    assert faults >= figure(20, 500)
    assert said.refused
    check_kept(desk, said, ROUNDS)


def test_p12_a_disk_that_is_full_is_said_and_typing_goes_beside_the_store(desk):
    pytest.importorskip("resource", reason="this system cannot limit files")

    said = work(desk, 12, "100000")

    assert said.acknowledged
    assert said.refused
    assert said.aside
    check_kept(desk, said, 12)


@pytest.fixture
def held(desk):
    """Hold the store's place for writing, as an import does."""
    other = open_raw(str(desk.store.path), bytes(desk.store.dek))
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_p12_while_another_writes_typing_is_kept_within_its_second(desk, held):
    seconds = []
    for _ in range(3):  # the quickest: the first compiles its statements, and others use this computer too
        begun = time.monotonic()
        kept = journal.keep(desk.store, desk.actor, Typed(desk.draft, 1, {"place": "At home"}))
        seconds.append(time.monotonic() - begun)

    assert min(seconds) < 1
    assert "writing to the store" in kept.refused
    held.execute("ROLLBACK")
    assert typed_last(desk) == "At home"
    assert desk.store.spool.size == 0


def test_p12_while_another_writes_reading_goes_on_and_is_logged_all_the_same(desk, held):
    begun = time.monotonic()

    view = desk.store.call(desk.actor, lambda session: plan_reading.open_plan(session, desk.draft))

    assert view.child_name
    assert time.monotonic() - begun < connections.WAIT_SECONDS / 3
    assert [each["values"]["act"] for each in desk.store.spool.read().entries] == ["open"]
    held.execute("ROLLBACK")
    journal.take_back(desk.store, desk.actor)
    story = Story(desk.store)
    assert story.raw("SELECT count(*) FROM look WHERE act = 'open' AND tbl = 'revision'")[0][0] >= 1


def test_p12_what_has_to_be_written_waits_for_its_turn(desk, held):
    timer = threading.Timer(1, lambda: held.execute("ROLLBACK"))
    timer.start()

    desk.store.call(
        desk.actor, lambda session: notes.add(session, desk.child, NewNote(TODAY, "note", "Waited"))
    )

    timer.join()
    assert list(stored(desk).values()) == ["Waited"]
    assert Story(desk.store).raw("SELECT count(*) FROM note") == [(1,)]


def test_p12_who_waits_in_vain_is_told_what_is_safe_and_what_to_do(desk, held, monkeypatch):
    monkeypatch.setattr(connections, "WAIT_SECONDS", 0.1)

    with pytest.raises(NotSaved, match=r"Something else is writing.*still on the screen.*then try again"):
        desk.store.call(
            desk.actor, lambda session: notes.add(session, desk.child, NewNote(TODAY, "note", "x"))
        )


def test_p12_without_a_place_beside_the_store_nothing_is_called_kept(desk, held, monkeypatch):
    def full(_descriptor, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)

    with pytest.raises(NotSaved, match=r"Nothing can be written beside the store: No space.*on the screen"):
        journal.keep(desk.store, desk.actor, Typed(desk.draft, 1, {"place": "At home"}))

    monkeypatch.undo()
    assert Spool(desk.store.spool.path, bytes(32)).read().damaged == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_p12_a_store_that_is_read_only_can_still_be_read(desk):
    desk.store.path.chmod(0o400)
    desk.store.engine.dispose()

    view = desk.store.call(desk.actor, lambda session: plan_reading.open_plan(session, desk.draft))

    assert view.child_name
