"""Backups make themselves, thin out, go to a second place, are proved; a restore cut short is old or new."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import accounts, backup_words, backups, children, upkeep
from caseapp.backups import State, kept
from caseapp.children import NewChild
from db import backup, backup_file, settings, swap
from db.looks import record_look
from db.moments import pretend, utc_now
from db.problems import Damaged, NotAllowed, NotSaved, Problem
from tests.figures import figure
from tests.story import PASSWORD, fast_keys, make_on_disk, new_story

NOW = datetime(2026, 11, 27, 9, 1, tzinfo=UTC)  # a Friday
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """Return the folder of a store of two children and a backup that holds one of them."""
    folder = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        make_on_disk(folder / "a.caseapp")
        one = accounts.sign_in(folder / "a.caseapp", "max", PASSWORD)
        upkeep.back_up(one, folder / "b.backup")
        add_child(one)
        one.close()
    return folder


@pytest.fixture
def place(county, tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    for each in county.iterdir():
        shutil.copy(each, tmp_path / each.name)
    return tmp_path


@pytest.fixture
def one(place):
    signed_in = accounts.sign_in(place / "a.caseapp", "max", PASSWORD)
    yield signed_in
    signed_in.close()


def add_child(signed_in, given="Amelia"):
    with signed_in.store.session(signed_in.actor) as session:
        children.register(session, NewChild(given, "Kowalska", born_on=date(2011, 9, 4)))


def always():
    return True


def keep_up(signed_in, at=NOW):
    with pretend(at):
        return backups.keep_up(signed_in, always)


def state(signed_in):
    with signed_in.store.session(signed_in.actor, purpose="backup") as session:
        return backups.state(session)


def names(folder):
    return sorted(each.name for each in folder.iterdir())


# When one is made


def test_a_backup_makes_itself_once_and_again_only_after_a_change(place, one):
    first = keep_up(one)
    again = keep_up(one, NOW + MINUTE)
    add_child(one, "Ben")
    third = keep_up(one, NOW + 2 * MINUTE)

    assert (first.how_many, again.how_many, third.how_many) == (1, 1, 1)  # of one hour the newest is kept
    assert names(place / "a.caseapp-backups") == ["2026-11-27-090300Z.caseapp-backup"]
    assert not third.is_changed
    if os.name == "posix":
        assert (place / "a.caseapp-backups").stat().st_mode & 0o777 == 0o700


def test_any_window_makes_them_and_it_is_recorded(place):
    ada = accounts.sign_in(place / "a.caseapp", "ada", PASSWORD)
    try:
        made = keep_up(ada)
        with ada.store.session(ada.actor) as session:
            recorded = settings.last_backup(session)
    finally:
        ada.close()

    assert (made.how_many, made.made_at) == (1, recorded)
    restored = upkeep.restore(found(place), place / "new" / "c.caseapp", "max", PASSWORD)
    assert restored.rows > 100


def found(place, nth=0):
    return backups.found_in(place / "a.caseapp-backups")[nth].path


def test_a_new_password_is_a_change_and_a_look_is_none(place, one):
    keep_up(one)
    with one.store.session(one.actor) as session:
        children.find(session, "leyla")
    assert not state(one).is_changed

    accounts.change_password(one.store.path, one.keyring, "max", "gravel-thistle-mandolin-orbit")

    assert state(one).is_changed


def test_p18_half_a_backup_never_counts_and_is_cleared_at_the_next(place, one):
    folder = place / "a.caseapp-backups"
    (folder / ".caseapp-cut").mkdir(parents=True)
    (folder / ".caseapp-cut" / "store").write_bytes(b"half")
    (folder / ".caseapp-x.part").write_bytes(b"half")
    assert backups.found_in(folder) == []

    keep_up(one)

    assert names(folder) == ["2026-11-27-090100Z.caseapp-backup"]


def test_p18_saving_and_finding_go_on_during_a_backup_which_holds_one_moment(place, one, monkeypatch):
    real, done = backup.dump_digest, []

    def meanwhile(raw):
        if not done:
            done.append(True)
            add_child(one, "Ben")
            with one.store.session(one.actor) as session:
                assert children.find(session, "ben")
        return real(raw)

    monkeypatch.setattr(backup, "dump_digest", meanwhile)
    made = keep_up(one)

    assert done
    assert made.is_changed  # the child who came in between is for the next one
    backup.prove(found(place), one.store.dek)


def test_a_backup_that_is_not_wanted_any_more_stops_and_leaves_nothing(place, one):
    looks = iter([True])

    with pytest.raises(backup.Stopped):
        backups.keep_up(one, lambda: next(looks, False))

    assert names(place / "a.caseapp-backups") == []


def test_p18_a_copy_that_differs_from_the_store_is_no_backup(place, one, monkeypatch):
    real = backup._copy

    def loses_a_row(raw, copy):
        real(raw, copy)
        with backup._opened(copy, one.store.dek, always) as copied:
            copied.execute("DELETE FROM setting")

    monkeypatch.setattr(backup, "_copy", loses_a_row)

    with pytest.raises(Damaged, match="never equalled"):
        keep_up(one)
    assert names(place / "a.caseapp-backups") == []
    assert "never equalled" in state(one).failed


def test_keys_that_change_during_a_backup_are_not_packed(place, one, monkeypatch):
    keys = accounts.keys_path(one.store.path)
    real = backup._check_soundness

    def meanwhile(*args):
        real(*args)
        keys.write_bytes(keys.read_bytes() + b"\n")

    monkeypatch.setattr(backup, "_check_soundness", meanwhile)

    with pytest.raises(NotSaved, match="keys were changed"):
        keep_up(one)


# Which are kept

times = st.lists(st.integers(0, 60 * 24 * 100).map(lambda ago: NOW - timedelta(minutes=ago)), max_size=200)


@given(times)
def test_p18_the_newest_is_kept_and_each_of_24_hours_14_days_and_8_weeks(made):
    keep = kept(made, NOW)

    assert keep <= set(made)
    assert len(keep) <= backups.HOURLY + backups.DAILY + backups.WEEKLY
    assert not made or max(made) in keep
    assert kept(keep, NOW) == keep
    for span, most in ((backups._hour, 24), (backups._day, 14), (backups._week, 8)):
        spans = sorted({span(each) for each in made}, reverse=True)[:most]
        assert {span(each) for each in keep} >= set(spans)


@given(times)
def test_p18_thinning_after_each_backup_keeps_what_thinning_at_the_end_keeps(made):
    left = set()
    for each in sorted(made):
        left = kept(left | {each}, each)

    assert left == kept(made, NOW)


def test_a_backup_from_the_future_takes_nobodys_place():
    future = [NOW + timedelta(days=400), NOW + timedelta(days=800)]
    past = [NOW - timedelta(hours=hours) for hours in range(24)]

    assert kept([*future, *past], NOW) == {*future, *past}


# The second place


@pytest.fixture
def stick(place, one):
    folder = place / "stick"
    folder.mkdir()
    with one.store.session(one.actor) as session:
        backups.choose_second_place(session, folder)
    return folder


def test_a_backup_is_in_the_second_place_too(place, one, stick):
    keep_up(one)

    (copy,) = (stick / "a.caseapp-backups").iterdir()
    assert copy.read_bytes() == found(place).read_bytes()
    if os.name == "posix":
        assert copy.stat().st_mode & 0o077 == 0


def test_a_second_place_that_is_gone_is_said_since_when_and_filled_when_it_is_back(place, one, stick):
    stick.rename(place / "pulled out")
    gone = keep_up(one)
    later = keep_up(one, NOW + timedelta(days=1))
    (place / "pulled out").rename(stick)

    back = keep_up(one, NOW + timedelta(days=2))

    assert (gone.missing_since, later.missing_since, back.missing_since) == (NOW, NOW, None)
    assert names(stick / "a.caseapp-backups") == names(place / "a.caseapp-backups")


def test_another_disk_at_the_same_place_is_not_the_second_place(place, one, stick):
    shutil.rmtree(stick / "a.caseapp-backups")

    assert keep_up(one).missing_since == NOW
    assert names(stick) == []


def test_a_copy_that_reads_back_wrong_does_not_count(one, stick, monkeypatch):
    monkeypatch.setattr(backup.shutil, "copyfile", lambda _, new: Path(new).write_bytes(b"other"))

    assert keep_up(one).missing_since == NOW
    assert names(stick / "a.caseapp-backups") == []


def test_the_second_place_is_elsewhere_there_and_an_administrators_choice(place, one):
    for folder, said in ((place, "where the store itself is"), (place / "none", "no folder")):
        with one.store.session(one.actor) as session, pytest.raises(Problem, match=said):
            backups.choose_second_place(session, folder)
    ada = accounts.sign_in(place / "a.caseapp", "ada", PASSWORD)
    with ada.store.session(ada.actor) as session, pytest.raises(NotAllowed):
        backups.choose_second_place(session, None)
    ada.close()


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/sam/OneDrive - Quenby/x", "OneDrive"),
        ("/home/sam/Dropbox", "Dropbox"),
        ("/Users/sam/Library/Mobile Documents/x", "iCloud"),
        ("/media/stick", ""),
    ],
)
def test_folders_that_leave_the_computer_are_told(folder, service):
    said = backup_words.synced_words(Path(folder))

    assert service in said
    assert bool(said) == bool(service)


# The proof


def prove(signed_in, at=NOW):
    with pretend(at):
        return backups.prove(signed_in, always)


def flip(path):
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)


def test_p19_the_newest_backup_is_restored_on_trial_and_nothing_of_it_stays(place, one):
    before = keep_up(one)

    proven = prove(one, NOW + MINUTE)

    assert before.proof_is_due(NOW)
    assert proven.proven_at == NOW + MINUTE
    assert not proven.proof_is_due(NOW + timedelta(days=6))
    assert proven.proof_is_due(NOW + MINUTE + timedelta(days=7))
    assert len(names(place / "a.caseapp-backups")) == 1


def test_p19_a_damaged_backup_is_found_kept_and_named_and_the_next_older_one_proved(
    place, one, record_property
):
    keep_up(one)
    add_child(one, "Ben")
    keep_up(one, NOW + timedelta(hours=2))
    flip(found(place))

    proven = prove(one, NOW + timedelta(hours=3))

    assert proven.damaged == ("2026-11-27-110100Z.caseapp-backup",)
    assert proven.proven_at == NOW + timedelta(hours=3)
    assert proven.is_changed  # so that a good one is made at the next occasion
    after = keep_up(one, NOW + timedelta(hours=4))
    assert (after.how_many, after.is_changed) == (3, False)
    record_property("figure", "1 damaged backup found of 2, the older one proved")


def forged(path, dek, change):
    """Write a backup anew whose seals all hold, with a store that somebody with the key changed."""
    scratch = path.parent / "forged"
    scratch.mkdir()
    manifest = backup_file.unpack(path, scratch)
    with backup._opened(scratch / "store", dek, always) as raw:
        raw.execute(change)
    manifest["sha256"]["store"] = backup_file.digest_of(scratch / "store")
    manifest["seal"] = backup._seal(manifest, dek)
    path.unlink()
    backup_file.pack(path, scratch / "store", (scratch / "keys").read_bytes(), manifest)
    shutil.rmtree(scratch)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE setting SET value = 'other' WHERE name = 'device_id'",
        "DELETE FROM chain_head WHERE n = (SELECT max(n) FROM chain_head)",
    ],
)
def test_p19_a_backup_that_is_whole_but_not_as_listed_is_found(place, one, change):
    keep_up(one)
    forged(found(place), one.store.dek, change)

    proven = prove(one)

    assert proven.damaged == (found(place).name,)
    assert proven.proven_at is None


def test_p19_a_backup_from_before_the_keys_changed_is_left_out(place, one):
    keep_up(one)
    with one.store.session(one.actor) as session:
        settings.put(session, "rekeyed_at", (NOW + MINUTE).isoformat())

    proven = prove(one)

    assert (proven.damaged, proven.proven_at) == ((), None)


# What is said


def standing(**values):
    usual = {
        "folder": Path("/x/a.caseapp-backups"), "how_many": 3, "made_at": NOW - timedelta(hours=1),
        "is_changed": False, "opened_at": NOW - timedelta(days=90), "proven_at": NOW - timedelta(days=3),
    }  # fmt: skip
    return State(**usual | values)


NEVER = {"is_changed": True, "made_at": None, "how_many": 0, "proven_at": None}


@pytest.mark.parametrize(
    ("values", "more", "banner"),
    [
        ({}, ", proven Tuesday", False),
        ({"proven_at": NOW}, ", proven today", False),
        ({"proven_at": NOW - timedelta(days=20)}, ", proven 07/11/2026", False),
        ({"proven_at": None}, "", False),
        ({"made_at": NOW - timedelta(days=30)}, ", proven Tuesday", False),
        ({"is_changed": True, "made_at": NOW - timedelta(hours=23)}, ", proven Tuesday", False),
        ({"is_changed": True, "made_at": NOW - timedelta(hours=25)}, ", overdue", False),
        ({"is_changed": True, "made_at": NOW - timedelta(days=9)}, ", overdue", True),
        ({"is_changed": True, "made_at": None}, ", overdue", True),
        ({**NEVER, "opened_at": NOW - timedelta(minutes=1)}, "", False),
        ({**NEVER, "opened_at": NOW - timedelta(hours=25)}, ", overdue", False),
        ({**NEVER, "opened_at": NOW, "failed": "Full."}, ", the last try failed: see Settings", False),
        ({"failed": "The disk is full."}, ", the last try failed: see Settings", False),
        ({"damaged": ("x",)}, ", a backup is damaged: see Settings", False),
        (
            {"missing_since": NOW - timedelta(days=1)},
            ", proven Tuesday · second place not reachable since Thursday",
            False,
        ),
    ],
)
def test_the_status_bar_says_one_thing_the_gravest(values, more, banner):
    said = backup_words.said_of(standing(**values), NOW)

    assert (said.more, bool(said.banner)) == (more, banner)


def test_old_records_do_not_make_a_store_old_before_somebody_has_signed_in():
    story = new_story()
    actor = story.actors["max"]
    with story.store.session(actor) as session:
        made_at = settings.first_opened_at(session)
    for moment in (NOW + timedelta(days=400), NOW + timedelta(days=500)):
        with pretend(moment), story.store.session(actor, purpose="users") as session:
            record_look(session, "sign in", tbl="worker", row_id=actor.worker_id)

    with story.store.session(actor) as session:
        opened_at = settings.first_opened_at(session)

    assert made_at < opened_at == NOW + timedelta(days=400)


def test_the_banner_says_how_long_what_is_safe_and_what_to_do():
    said = backup_words.said_of(standing(is_changed=True, made_at=NOW - timedelta(days=9)), NOW)

    assert said.banner == (
        "Nothing was backed up for 9 days, though records changed. What is saved is safe while this disk is. "
        "Open Settings: under Backups it says why."
    )


# A restore over a store


def test_p18_what_stood_there_is_kept_whole_and_the_key_file_has_its_copy(place):
    before = {name: (place / name).read_bytes() for name in ("a.caseapp", "a.caseapp.keys")}

    made = upkeep.restore(place / "b.backup", place / "a.caseapp", "max", PASSWORD, replacing=True)

    assert {name: (made.former / name).read_bytes() for name in before} == before
    assert (place / "a.caseapp.keys.bak").read_bytes() == (place / "a.caseapp.keys").read_bytes()
    assert [each for each in place.iterdir() if each.name.startswith(".")] == []
    assert not swap.note_path(place / "a.caseapp").exists()


def test_p18_a_store_in_use_is_not_restored_over(place, one):
    with pytest.raises(Problem, match="open in another window"):
        upkeep.restore(place / "b.backup", place / "a.caseapp", "max", PASSWORD, replacing=True)


def test_p18_a_damaged_store_with_its_log_gives_way_and_is_kept(place):
    (place / "a.caseapp").write_bytes(b"damaged")
    (place / "a.caseapp-wal").write_bytes(b"a log that must not be played into the restored store")

    made = upkeep.restore(place / "b.backup", place / "a.caseapp", "max", PASSWORD, replacing=True)

    assert (made.former / "a.caseapp").read_bytes() == b"damaged"
    assert (made.former / "a.caseapp-wal").exists()
    one = accounts.sign_in(place / "a.caseapp", "max", PASSWORD)
    assert upkeep.check(one).faults == []
    one.close()


@pytest.mark.parametrize("nth", range(1, 6))
def test_p18_a_disk_that_fails_during_the_swap_leaves_the_former_store(place, monkeypatch, nth):
    before = {each.name: each.read_bytes() for each in place.iterdir()}
    calls, real = [], os.replace

    def failing(*args):
        calls.append(args)
        if len(calls) == nth:
            raise OSError(28, "No space left on device")
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(swap, "os", SimpleNamespace(**vars(os) | {"replace": failing}))
        if nth <= 4:
            with pytest.raises(NotSaved, match="No space"):
                upkeep.restore(place / "b.backup", place / "a.caseapp", "max", PASSWORD, replacing=True)
        else:
            upkeep.restore(place / "b.backup", place / "a.caseapp", "max", PASSWORD, replacing=True)

    if nth <= 4:
        assert {name: (place / name).read_bytes() for name in before} == before
        assert not list(place.glob("before-restore-*"))


@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
def test_p18_a_restore_killed_at_any_step_leaves_the_old_or_the_new_store(place, record_property):
    kills = figure(10, 500)
    command = [sys.executable, "-m", "tests.restore_kills", str(place), str(kills)]

    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)

    assert ran.returncode == 0, ran.stderr
    results = json.loads(ran.stdout)
    counted = Counter(which for _, which, _, _ in results["kills"])
    assert all(faults == 0 for _, _, faults, _ in results["kills"])
    assert all(is_kept for _, which, _, is_kept in results["kills"] if which == "new")
    assert counted["old"] + counted["new"] == kills
    assert min(counted["old"], counted["new"]) > 0
    record_property("figure", f"{kills} kills over {results['steps']} steps, all old or new")


def test_p18_a_backup_of_an_older_schema_is_restored_and_brought_up_to_date(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    old = Path(__file__).parent / "data" / "stores" / "0004"
    shutil.copytree(old, tmp_path / "old")
    keys = accounts.keys_path(tmp_path / "old" / "first.caseapp")
    from db.keys import unlock

    dek = unlock(keys, "marek", "gravel-otter-window-nine").dek
    with backup._opened(tmp_path / "old" / "first.caseapp", dek, always) as raw:
        manifest = {
            "format": backup_file.FORMAT, "made_at": utc_now().isoformat(), "schema": "0004",
            "rows": backup._rows(raw), "heads": backup._heads(raw),
        }  # fmt: skip
    store = tmp_path / "old" / "first.caseapp"
    manifest["sha256"] = {"store": backup_file.digest_of(store), "keys": backup_file.digest_of(keys)}
    manifest["seal"] = backup._seal(manifest, dek)
    backup_file.pack(tmp_path / "b.backup", store, keys.read_bytes(), manifest)

    upkeep.restore(tmp_path / "b.backup", tmp_path / "new.caseapp", "marek", "gravel-otter-window-nine")

    one = accounts.sign_in(tmp_path / "new.caseapp", "marek", "gravel-otter-window-nine")
    assert upkeep.check(one).faults == []
    one.close()
