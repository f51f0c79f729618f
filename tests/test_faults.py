"""P30: every fault state is reached for real, and says what happened, what is safe and what to do."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import zipfile
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import text

from caseapp import (
    access,
    accounts,
    backup_words,
    backups,
    children,
    cli,
    clock_check,
    faults,
    journal,
    notes,
    overview,
    plan_reading,
    plans,
    rekeying,
    upkeep,
    user_accounts,
)
from caseapp.access import Restriction
from caseapp.children import NewChild
from caseapp.journal import Typed
from caseapp.notes import NewNote
from db import backup_file, connections, key_file
from db.connections import open_raw
from db.models import Child
from db.moments import pretend, utc_now
from db.problems import Problem
from db.roles import Actor
from tests.fault_words import flaws
from tests.story import PASSWORD, TODAY, fast_keys
from ui import desk as desks
from ui.app import Program
from ui.desk import Desk
from ui.unsaved import UnsavedBanner

OLD = Path(__file__).parent / "data" / "stores" / "0004"


class Place(NamedTuple):
    """A folder with a store of one child and a draft, its user, its key, and a way to patch."""

    path: Path
    actor: Actor
    dek: bytes
    child: object
    draft: object
    patch: pytest.MonkeyPatch

    def sign_in(self, who="max", password=PASSWORD, window=True):
        """Return the open store, to be closed at the end of a `with`."""
        return closing(accounts.sign_in(self.path, who, password, window=window))

    def raw(self):
        """Return a connection as somebody with the key has it."""
        return closing(open_raw(str(self.path), self.dek))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        path = tmp_path_factory.mktemp("made") / "a.caseapp"
        one = accounts.make_store(path, user_name="max", name="Max North", password=PASSWORD).signed_in
        with one.store.session(one.actor) as session:
            child = children.register(session, NewChild("Leyla", "Haddad", TODAY.replace(year=2015))).id
        with one.store.session(one.actor) as session:
            draft = plans.start(session, child, "early-help")
        dek = bytes(one.keyring.dek)
        one.close()
    return path, one.actor, dek, child, draft


@pytest.fixture
def place(made, monkeypatch):
    """Return a place of its own; in a folder that everybody may enter, for the store that is read-only."""
    fast_keys(monkeypatch)
    folder = Path(tempfile.mkdtemp(prefix="caseapp-faults-"))
    for each in made[0].parent.iterdir():
        shutil.copy(each, folder / each.name)
    yield Place(folder / "a.caseapp", *made[1:], monkeypatch)
    shutil.rmtree(folder, ignore_errors=True)


def write(one, place):
    with one.store.session(one.actor) as session:
        notes.add(session, place.child, NewNote(TODAY, "note", "It went well."))


# Each state: how it comes about, and what is said of it


def wrong_password(place):
    accounts.sign_in(place.path, "max", "not the password")


def wrong_too_often(place):
    for _ in range(5):
        with pytest.raises(Problem):
            wrong_password(place)
    wrong_password(place)


def damaged(place):
    with place.path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 20))
    with place.sign_in() as one:
        write(one, place)


def damaged_at_its_head(place):
    with place.path.open("r+b") as file:
        file.write(os.urandom(4096))
    accounts.sign_in(place.path, "max", PASSWORD)


def no_store_of_ours(place):
    place.path.write_bytes(b"")
    accounts.sign_in(place.path, "max", PASSWORD)


def key_file_missing(place):
    for each in (accounts.keys_path(place.path), key_file.copy_of(accounts.keys_path(place.path))):
        each.unlink()
    accounts.sign_in(place.path, "max", PASSWORD)


def key_file_damaged(place):
    for each in (accounts.keys_path(place.path), key_file.copy_of(accounts.keys_path(place.path))):
        each.write_text("{}")
    accounts.sign_in(place.path, "max", PASSWORD)


def newer_schema(place):
    with place.raw() as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    accounts.sign_in(place.path, "max", PASSWORD)


def older_program(place):
    """The backup of a newer program is opened with this one."""
    target = place.path.with_name("b.caseapp-backup")
    with place.sign_in() as one:
        upkeep.back_up(one, target)
    with zipfile.ZipFile(target) as was:
        parts = {name: was.read(name) for name in was.namelist()}
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | {"schema": "9999"}).encode()
    with zipfile.ZipFile(target, "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    backup_file.stamp(target)
    upkeep.restore(target, place.path.with_name("c.caseapp"), "max", PASSWORD)


def too_old_a_library(place):
    place.patch.setattr(connections.sqlcipher, "sqlite_version_info", (3, 40, 0))
    accounts.sign_in(place.path, "max", PASSWORD)


def upgrade_held_back(place):
    """An older store whose backup finds no place."""
    shutil.copytree(OLD, place.path.parent / "old")
    store = place.path.parent / "old" / "first.caseapp"
    store.with_name("first.caseapp-backups").write_text("a file where the folder should be")
    accounts.sign_in(store, "marek", "gravel-otter-window-nine")


@contextmanager
def instead_of(ending, opened):
    """Let every opening of a file in this process lead to something else: a full disk, one that fails."""
    found = []
    for each in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{each}").endswith(ending):
                found.append(int(each))
        except OSError:  # the opening of the folder itself
            continue
    assert found
    kept = [os.dup(each) for each in found]
    other = opened()
    for each in found:
        os.dup2(other, each)
    try:
        yield
    finally:
        for was, each in zip(kept, found, strict=True):
            os.dup2(was, each)
            os.close(was)
        os.close(other)


def full(place):
    with place.sign_in() as one, instead_of("-wal", lambda: os.open("/dev/full", os.O_RDWR)):
        write(one, place)


def failing(place):
    """Nothing can be written through an opening that is for reading."""
    with place.sign_in() as one:
        write(one, place)
        log = place.path.with_name("a.caseapp-wal")
        with instead_of("-wal", lambda: os.open(log, os.O_RDONLY)):
            write(one, place)


def read_only(place):
    with place.sign_in() as one, ExitStack() as stack:
        one.store.engine.dispose()
        place.path.chmod(0o444)
        if os.geteuid() == 0:  # who may write everything, so somebody else tries
            place.path.parent.chmod(0o777)
            stack.callback(os.seteuid, 0)
            os.seteuid(65534)
        write(one, place)


def open_in_another_window(place):
    with place.sign_in():
        accounts.sign_in(place.path, "max", PASSWORD, window=True)


def busy(place):
    """Another one writes and does not end."""
    place.patch.setattr(connections, "WAIT_SECONDS", 0.05)
    with place.sign_in() as one, place.raw() as other:
        other.execute("BEGIN IMMEDIATE")
        write(one, place)


def network_gone(place):
    with place.sign_in() as one:
        one.store.engine.dispose()
        place.path.parent.rename(f"{place.path.parent}-gone")
        try:
            write(one, place)
        finally:
            Path(f"{place.path.parent}-gone").rename(place.path.parent)


def network_gone_and_an_empty_folder_left(place):
    with place.sign_in() as one:
        one.store.engine.dispose()
        place.path.rename(f"{place.path}-gone")
        try:
            write(one, place)
        finally:
            assert not place.path.exists()  # no empty store was made in its place
            Path(f"{place.path}-gone").rename(place.path)


def network_gone_before_signing_in(place):
    accounts.sign_in(place.path.parent / "share" / "a.caseapp", "max", PASSWORD)


def place_of_the_backup_gone(place):
    with place.sign_in() as one:
        upkeep.back_up(one, Path("/proc/nowhere/b.caseapp-backup"))


def second_place_gone(place):
    other = place.path.parent / "other disk"
    other.mkdir()
    with place.sign_in() as one:
        with one.store.session(one.actor) as session:
            backups.choose_second_place(session, other)
        shutil.rmtree(other)
        return backup_words.second_place_words(backups.keep_up(one, lambda: True))


def conflict_of_a_plan(place):
    with place.sign_in() as one:
        sessions = one.store.session
        with sessions(one.actor) as session:
            view = plan_reading.open_plan(session, place.draft)
        for place_said in ("home", "school"):
            with sessions(one.actor) as session:
                plans.save(session, place.draft, view.version, view.answers | {"place": place_said})


def conflict_of_a_record(place):
    with place.sign_in() as one, one.store.session(one.actor) as session:
        child = session.get_one(Child, place.child)
        session.connection().execute(text("UPDATE child SET version = version + 1"))
        child.known_as = "Ley"


def no_permission(place):
    reader = Actor(place.actor.worker_id, "Rob", place.actor.team_id, frozenset({"reader"}))
    with place.sign_in() as one, one.store.session(reader) as session:
        notes.add(session, place.child, NewNote(TODAY, "note", "x"))


def history_not_writable(place):
    """Who looks can be noted beside the store alone: not enough for a restricted record."""
    with place.sign_in() as one:
        with one.store.session(one.actor) as session:
            mine = Restriction(
                "exists", {one.actor.worker_id}, "A risk to her at the school", one.actor.worker_id
            )
            access.restrict(session, place.child, mine)
        with instead_of("-wal", lambda: os.open("/dev/full", os.O_RDWR)):
            one.store.call(one.actor, lambda session: overview.open_child(session, place.child))


def backup_overdue(place):
    with place.sign_in() as one:
        with one.store.session(one.actor) as session:
            state = backups.state(session)
        return backup_words.said_of(state, utc_now() + timedelta(days=8)).banner


def drill_failed(place):
    with place.sign_in() as one:
        backups.keep_up(one, lambda: True)
        newest = backups.found_in(backups.folder_of(place.path))[0].path
        with newest.open("r+b") as file:
            file.seek(2000)
            file.write(b"x" * 500)
        state = backups.prove(one, lambda: True)
        return next(said for said in backup_words.facts_of(state, utc_now()) if "Damaged" in said)


def clock_moved(place):
    with pretend(utc_now() - timedelta(hours=3, minutes=1)), place.sign_in() as one:
        return clock_check.behind_words(one.behind)


def import_refused(place):
    sheet = place.path.with_name("header.csv")
    sheet.write_bytes(b"\xff\xfe\x00 no table of any kind")
    place.patch.setenv("CASEAPP_STORE", str(place.path))
    place.patch.setenv("CASEAPP_USER", "max")
    place.patch.setenv("CASEAPP_PASSWORD", PASSWORD)
    said = []
    place.patch.setattr(cli, "say", said.append)
    assert cli.run(["import", "ssda903", str(sheet)]) != 0
    return said[-1]


def keys_while_something_waits(place):
    with place.sign_in() as one:
        one.store.spool.add({"kind": "typing", "by": place.actor.worker_id.hex, "at": utc_now().isoformat(),
                             "revision": "00" * 16, "version": 1, "answers": {}})  # fmt: skip
        rekeying.change_keys(one)


def nothing_can_be_written_beside(place):
    with place.sign_in() as one:
        place.path.with_name("a.caseapp.spool").mkdir()
        journal.keep(one.store, one.actor, Typed(place.draft, 1, {"place": "x"}), aside=True)


def a_fault_of_ours(place):
    return faults.report(KeyError("Leyla")).words


STATES = {
    each.__name__: each
    for each in (
        wrong_password, wrong_too_often, damaged, damaged_at_its_head, no_store_of_ours, key_file_missing,
        key_file_damaged, newer_schema, older_program, too_old_a_library, upgrade_held_back, full, failing,
        read_only, open_in_another_window, busy, network_gone, network_gone_and_an_empty_folder_left,
        network_gone_before_signing_in, place_of_the_backup_gone, second_place_gone, conflict_of_a_plan,
        conflict_of_a_record, no_permission, history_not_writable, backup_overdue, drill_failed, clock_moved,
        import_refused, keys_while_something_waits, nothing_can_be_written_beside, a_fault_of_ours,
    )
}  # fmt: skip
SAYS = {
    "wrong_password": "name or the password",
    "damaged": "damaged",
    "full": "disk is full",
    "failing": "did not answer",
    "read_only": "read-only",
    "open_in_another_window": "(max, since",
    "busy": "the window of max, since",
    "network_gone": "network drive is gone",
    "network_gone_and_an_empty_folder_left": "network drive is gone",
    "network_gone_before_signing_in": "network drive is connected",
    "older_program": "newer version",
    "newer_schema": "newer version",
    "history_not_writable": "restricted record stays shut",
    "clock_moved": "3 hours behind the last entry",
    "upgrade_held_back": "not brought up to date",
    "backup_overdue": "backed up for 8 days",
    "a_fault_of_ours": "reference E-",
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="disks fail here as Linux has it")
@pytest.mark.parametrize("state", STATES)
def test_p30_every_fault_state_says_what_happened_what_is_safe_and_what_to_do(place, state, record_property):
    record_property("figure", f"{len(STATES)} states reached, each worded by the rule")
    try:
        words = STATES[state](place)
    except Problem as problem:
        words = problem.words

    assert words, "the state was not reached"
    assert flaws(words.replace(str(place.path.parent), "the folder")) == [], words  # its name is of chance
    assert SAYS.get(state, "") in words
    assert "E-" not in words or state == "a_fault_of_ours"  # what a user can mend has no code
    assert "Leyla" not in words


@pytest.mark.parametrize(
    ("words", "flaw"),
    [
        ("The disk is full.", "one sentence is too little"),
        ("The disk is full. Make room.", "nothing says what is safe"),
        ("The disk is full. Nothing was changed.", "nothing says what to do"),
        ("OperationalError. Nothing was changed. Try again.", "jargon: OperationalError"),
        ("no such table: chain_head. Nothing was changed. Try again.", "jargon: table"),
    ],
)
def test_p30_the_rule_finds_what_is_missing(words, flaw):
    assert flaw in flaws(words)


def test_p30_while_the_log_cannot_be_written_other_records_open_and_who_looks_is_noted_and_said(place, qtbot):
    place.patch.setattr(connections, "WAIT_SECONDS", 0.05)
    with place.sign_in() as one:
        desk, told, opened = Desk(one.store, one.actor, one), [], []
        desk.problem.connect(lambda problem: told.append(problem.words))
        with place.raw() as other:
            other.execute("BEGIN IMMEDIATE")
            desk.run(desk, lambda session: overview.open_child(session, place.child), opened.append)
            qtbot.waitUntil(lambda: bool(opened))
            noted = [each["values"]["act"] for each in one.store.spool.read().entries]
            for _ in range(2):  # what the timer asks for again and again is said once
                desk._see_to_spool()
                qtbot.waitUntil(lambda: not desk.is_busy)
        desk._spool_timer.stop()
        desk.finish()

    assert "Leyla Haddad" in repr(opened[0])
    assert noted == ["open"]
    assert told == [desks.LOG_SHUT]
    assert flaws(desks.LOG_SHUT) == []


def test_p30_the_banner_over_what_is_on_the_screen_alone_is_worded_by_the_rule(qtbot):
    banner = UnsavedBanner()
    qtbot.addWidget(banner)

    assert flaws(banner.banner.text()) == []


def test_a_clock_that_was_put_back_changes_no_order_and_a_little_is_not_worth_a_word(place):
    with place.sign_in() as one:
        write(one, place)
    with pretend(utc_now() - timedelta(seconds=100)), place.sign_in() as one:
        assert one.behind is None
    with pretend(utc_now() - timedelta(days=400)), place.sign_in() as one:
        assert "400 days behind" in clock_check.behind_words(one.behind)
        write(one, place)
        report = upkeep.check(one)
    with place.sign_in() as one, one.store.engine.connect() as connection:
        asked = "SELECT at FROM history WHERE tbl = 'note' ORDER BY n DESC"
        newest, before = (at for (at,) in connection.exec_driver_sql(asked))

    assert report.faults == []
    assert newest < before  # by its clock; by its number it comes after


def test_p30_after_a_fault_what_is_typed_is_saved_at_once(place, qtbot, qapp):
    one = accounts.sign_in(place.path, "max", PASSWORD, window=True)
    program = Program(qapp)
    program.open_window(one)
    window = program.window
    window.gone.disconnect(program._gone)  # it would end the tests
    window.ways.open_plan(place.draft)
    qtbot.waitUntil(lambda: window.trail.name == "plan" and window.trail.current.form() is not None)
    form = window.trail.current.form()
    form.set_answers(form.answers() | {"worries": "She is alone a lot."})
    window.trail.current._typing.touch()

    program.show_fault(faults.report(KeyError("x")))

    def saved():
        with one.store.session(place.actor) as session:
            return plan_reading.open_plan(session, place.draft).answers.get("worries")

    qtbot.waitUntil(lambda: saved() == "She is alone a lot.")
    assert any("reference E-" in each.text() for each in window.findChildren(QLabel))
    with qtbot.waitSignal(window.gone, timeout=20_000):
        window.close()
    window.deleteLater()


# What waits beside the store when all keys change


def test_p5_what_a_colleague_typed_beside_the_store_is_put_into_it_before_all_keys_change(place):
    with place.sign_in() as one, one.store.session(one.actor, purpose="users") as session:
        more = {"user_name": "ada", "name": "Ada North", "password": PASSWORD, "roles": ["practitioner"]}
        user_accounts.add_user(session, one.keyring, **more)
    with place.sign_in("ada") as ada:
        journal.keep(ada.store, ada.actor, Typed(place.draft, 1, {"place": "At her aunt's"}), aside=True)
    with place.sign_in() as one:
        assert one.store.spool.size
        rekeying.disable(one, "ada")
    with place.sign_in() as one:
        assert not one.store.spool.size
        assert bytes(one.keyring.dek) != place.dek
        with one.store.engine.connect() as connection:
            kept = connection.exec_driver_sql("SELECT answers FROM typing").scalars().all()

    assert "At her aunt's" in "".join(map(str, kept))


def test_p5_what_cannot_be_put_into_the_store_holds_the_keys_back(place):
    with pytest.raises(Problem, match="Nothing was changed"):
        keys_while_something_waits(place)
    with place.sign_in() as one:
        assert bytes(one.keyring.dek) == place.dek
        assert len(one.store.spool.read().entries) == 1
