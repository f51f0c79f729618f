"""What a computer remembers of a store: an older file shows, and the whole is looked at once a week."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from caseapp import accounts, children, places, sealing, soundness
from db.models import Child
from db.moments import pretend
from tests.story import PASSWORD, TODAY, Story, fast_keys

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

# What this computer remembers


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store made once, as making one costs more than all that is done with it."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        new = accounts.make_store(
            folder / "quenby.caseapp", user_name="max", name="Max North", password=PASSWORD
        ).signed_in
    new.close()
    return folder


@pytest.fixture
def on_disk(made, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "state_folder", lambda: tmp_path / "state")
    fast_keys(monkeypatch)
    shutil.copytree(made, tmp_path / "stores")
    signed_in = accounts.sign_in(tmp_path / "stores" / "quenby.caseapp", "max", PASSWORD)
    yield signed_in
    signed_in.store.close()
    signed_in.lock.close()


def add_child(signed_in):
    with signed_in.store.session(signed_in.actor) as session:
        children.register(session, children.NewChild("Leyla", "Haddad", TODAY))


def test_p20_an_older_file_put_back_is_said_in_words_until_somebody_takes_it(on_disk, record_property):
    path = on_disk.store.path
    assert sealing.seal(on_disk.store, on_disk.keyring)
    on_disk.store.close()
    old = path.read_bytes()
    add_child(on_disk)
    assert sealing.seal(on_disk.store, on_disk.keyring)
    assert soundness.at_start(on_disk) == []
    on_disk.store.close()
    path.write_bytes(old)

    for _ in range(2):  # going on with it and sealing again hides nothing
        found = soundness.at_start(on_disk)
        assert [each.code for each in found] == ["rolled-back"]
        happened, to_do = soundness.in_words(found)
        add_child(on_disk)
        add_child(on_disk)
        assert sealing.seal(on_disk.store, on_disk.keyring)
        found = soundness.at_start(on_disk)
        assert [each.code for each in found] == ["seals-replaced"]
        on_disk.store.close()
        path.write_bytes(old)

    assert happened == "An older or another copy of the store was put in its place."
    assert "Nothing was changed" in to_do
    soundness.accept(on_disk)
    assert soundness.at_start(on_disk) == []
    record_property("figure", "1 file, found at each start")


def test_what_is_remembered_holds_no_names_and_nobody_else_reads_it(on_disk):
    add_child(on_disk)
    sealing.seal(on_disk.store, on_disk.keyring)
    file = places.anchor_file(on_disk.store.path)

    said = json.loads(file.read_text())
    assert set(said) == {"store_id", "n", "signature", "entries", "at"}
    assert "quenby" not in f"{file.name} {file.read_text()}"
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"n": "x"}', "\x00"])
def test_a_damaged_memory_is_none(on_disk, damage):
    sealing.seal(on_disk.store, on_disk.keyring)
    places.anchor_file(on_disk.store.path).write_text(damage)

    assert soundness.at_start(on_disk) == []


def test_a_restored_backup_is_older_by_rights(on_disk):
    path = on_disk.store.path
    sealing.seal(on_disk.store, on_disk.keyring)
    on_disk.store.close()
    old = path.read_bytes()
    add_child(on_disk)
    sealing.seal(on_disk.store, on_disk.keyring)
    on_disk.store.close()
    path.write_bytes(old)

    sealing.forget(path)

    assert soundness.at_start(on_disk) == []


def test_a_store_that_cannot_be_written_is_left_unsealed(on_disk):
    story = Story(on_disk.store)
    story.raw("CREATE TRIGGER broken BEFORE INSERT ON seal BEGIN SELECT RAISE(ABORT, 'disk i/o error'); END")

    assert not sealing.seal(on_disk.store, on_disk.keyring)

    story.raw("DROP TRIGGER broken")
    assert sealing.seal(on_disk.store, on_disk.keyring)


def test_a_store_that_is_gone_is_not_made_anew(on_disk):
    on_disk.store.close()
    on_disk.store.path.unlink()

    assert not sealing.seal(on_disk.store, on_disk.keyring)
    assert not on_disk.store.path.exists()


# The whole check, once a week


def test_the_whole_is_looked_at_once_a_week_and_the_result_is_kept(on_disk):
    last = partial(in_session, on_disk, soundness.last)
    assert last().result == "Not looked at yet."
    with pretend(NOON):
        assert soundness.weekly(on_disk, lambda: False) == ""
        assert last().result == "The store is sound. It was looked at whole 23/11/2026 12:00."
    add_child(on_disk)
    with on_disk.store.session(on_disk.actor) as session:
        child = session.scalars(select(Child)).one()
    Story(on_disk.store).raw("UPDATE child SET known_as = 'x'")

    with pretend(NOON + timedelta(days=6)):
        assert soundness.weekly(on_disk, lambda: False) == ""
    with pretend(NOON + timedelta(days=7)):
        assert "changed outside the program" in soundness.weekly(on_disk, lambda: False)
    assert last().result == "The history was changed outside the program."
    assert last().faults == (f"A row of child is not as history left it. ({child.id.hex})",)
    assert not last().is_sound


def in_session(signed_in, work):
    with signed_in.store.session(signed_in.actor) as session:
        return work(session)
