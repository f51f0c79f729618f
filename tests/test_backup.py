"""Backups: one counts once it was opened and compared; restoring is all or nothing."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import zipfile
from types import SimpleNamespace

import pytest

from caseapp import accounts, children, upkeep
from caseapp.children import Filter
from db import backup, backup_file, swap
from db.connections import open_raw
from db.problems import Damaged, NotAllowed, NotSaved, Problem, WrongKey
from tests.story import PASSWORD, fast_keys, make_on_disk

DAMAGES = 50


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """Return the folder of a store and its backup, made once."""
    folder = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        make_on_disk(folder / "a.caseapp")
        one = accounts.sign_in(folder / "a.caseapp", "max", PASSWORD)
        upkeep.back_up(one, folder / "b.backup")
        one.close()
    return folder


@pytest.fixture
def place(county, tmp_path, monkeypatch):
    """Return a folder of one's own with the store and the backup in it."""
    fast_keys(monkeypatch)
    for each in county.iterdir():
        shutil.copy(each, tmp_path / each.name)
    return tmp_path


@pytest.fixture
def signed_in(place):
    one = accounts.sign_in(place / "a.caseapp", "max", PASSWORD)
    yield one
    one.close()


def restore(place, user="max", password=PASSWORD):
    return upkeep.restore(place / "b.backup", place / "new" / "c.caseapp", user, password)


def left_behind(place):
    return [each for each in (place / "new").rglob("*") if each.is_file()] if (place / "new").exists() else []


def rows_of(path):
    """Return every row of every table but the looks, which note the backing up and restoring themselves."""
    one = accounts.sign_in(path, "max", PASSWORD)
    connection = open_raw(str(path), one.keyring.dek)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
        for name in names
        if name not in ("look", "chain_head", "seal")
    }
    connection.close()
    one.close()
    return found


def test_p18_a_restored_store_holds_every_row(place):
    made = restore(place)

    assert made.rows > 100
    assert rows_of(place / "new" / "c.caseapp") == rows_of(place / "a.caseapp")


def test_p18_a_restored_store_is_sound_and_opens_for_each_of_its_users(place):
    restore(place)

    for user in ("max", "ada", "sue", "amy"):
        accounts.sign_in(place / "new" / "c.caseapp", user, PASSWORD).close()
    one = accounts.sign_in(place / "new" / "c.caseapp", "max", PASSWORD)
    assert upkeep.check(one).faults == []
    with one.store.session(one.actor) as session:
        assert [row.name for row, _ in children.page(session, Filter(), None)] == ["Leyla Haddad"]
    one.close()


def test_a_backup_is_for_its_owner_only_and_nothing_stays_beside_it(place, signed_in):
    upkeep.back_up(signed_in, place / "out" / "d.backup")

    assert [each.name for each in (place / "out").iterdir()] == ["d.backup"]
    if os.name == "posix":
        assert (place / "out" / "d.backup").stat().st_mode & 0o077 == 0


def test_backing_up_and_restoring_are_recorded(place, signed_in):
    upkeep.back_up(signed_in, place / "d.backup")
    restore(place)

    for store, act in (("a.caseapp", "backup"), ("new/c.caseapp", "restore")):
        one = accounts.sign_in(place / store, "max", PASSWORD)
        with one.store.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw.execute("SELECT count(*) FROM look WHERE act = ?", (act,)).fetchone()[0] >= 1
        one.close()


def test_a_backup_does_not_overwrite(place, signed_in):
    before = (place / "b.backup").read_bytes()

    with pytest.raises(Problem, match="already"):
        upkeep.back_up(signed_in, place / "b.backup")

    assert (place / "b.backup").read_bytes() == before


def test_restoring_onto_a_store_is_refused_and_touches_nothing(place):
    before = (place / "a.caseapp").read_bytes()

    with pytest.raises(Problem, match="already a store"):
        upkeep.restore(place / "b.backup", place / "a.caseapp", "max", PASSWORD)

    assert (place / "a.caseapp").read_bytes() == before


@pytest.mark.parametrize("who", ["ada", "sue"])
def test_only_administrators_back_up_and_restore(place, who):
    one = accounts.sign_in(place / "a.caseapp", who, PASSWORD)
    with pytest.raises(NotAllowed):
        upkeep.back_up(one, place / "d.backup")
    one.close()
    with pytest.raises(NotAllowed):
        restore(place, who)

    assert not (place / "d.backup").exists()
    assert left_behind(place) == []


@pytest.mark.parametrize(("user", "password"), [("max", "x" * 20), ("nobody", PASSWORD), ("max", "")])
def test_a_wrong_password_restores_nothing(place, user, password):
    with pytest.raises(WrongKey):
        restore(place, user, password)

    assert left_behind(place) == []


def test_a_backup_that_is_not_there_is_named(place):
    with pytest.raises(Problem, match="no backup"):
        upkeep.restore(place / "none", place / "new" / "c.caseapp", "max", PASSWORD)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" * 100])
def test_what_is_no_backup_restores_nothing(place, content):
    (place / "b.backup").write_bytes(content)

    with pytest.raises(Damaged):
        restore(place)

    assert left_behind(place) == []


def damaged(whole):
    """Return as many damages as are promised: flips anywhere, cuts, additions, exchanges, blanks."""
    random.seed(18)
    size = len(whole)
    for place in random.sample(range(size), 20):
        yield whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
    for back in range(1, 400, 40):
        yield whole[:-back] + bytes([whole[-back] ^ 0xFF]) + (whole[-back + 1 :] if back > 1 else b"")
    for place in (0, 4, 10, 26, size // 2, size - 23, size - 22, size - 1):
        yield whole[:place]
    yield whole + b"x"
    yield b"x" + whole
    yield whole + whole
    yield whole + bytes(1000)
    for place in random.sample(range(size - 9000), 4):
        yield whole[:place] + bytes(4096) + whole[place + 4096 :]
    for place in random.sample(range(size // 2), 4):
        one, other = whole[place : place + 4096], whole[size // 2 + 4096 : size // 2 + 8192]
        yield whole[:place] + other + whole[place + 4096 : size // 2 + 4096] + one + whole[size // 2 + 8192 :]


def test_p18_fifty_damages_restore_nothing_and_leave_nothing_behind(place):
    whole = (place / "b.backup").read_bytes()
    tries = list(damaged(whole))

    for number, content in enumerate(tries):
        (place / "b.backup").write_bytes(content)
        with pytest.raises((Damaged, WrongKey)) as problem:
            restore(place)
        assert problem.value.words.endswith(".")
        assert left_behind(place) == [], number

    assert len(tries) >= DAMAGES


def repacked(folder, whole, change):
    """Return a backup whose parts were changed by somebody who knows how a zip is made."""
    with zipfile.ZipFile(io.BytesIO(whole)) as bundle:
        parts = {name: bundle.read(name) for name in bundle.namelist()}
    change(parts)
    packed = folder / "packed"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    backup_file.stamp(packed)
    return packed.read_bytes()


def altered(**values):
    def change(parts):
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | values).encode()

    return change


def other_keys(parts):
    slots = json.loads(parts["keys"])
    slots["slots"] = slots["slots"][:2]
    parts["keys"] = json.dumps(slots).encode()


FORGERIES = {
    "count": altered(rows={"child": 0}),
    "age": altered(made_at="2030-01-01T00:00:00+00:00"),
    "format": altered(format="other 1"),
    "no seal": altered(seal=""),
    "odd seal": altered(seal=None),
    "no hash": altered(sha256={}),
    "older schema": altered(schema="0000"),
    "newer schema": altered(schema="9999"),
    "list for a manifest": lambda parts: parts.update({"manifest.json": b"[]"}),
    "text for a manifest": lambda parts: parts.update({"manifest.json": b"\xff\xfe"}),
    "another part": lambda parts: parts.update({"../evil": b"x"}),
    "part missing": lambda parts: parts.pop("keys"),
    "empty store": lambda parts: parts.update({"store": b""}),
    "one page less": lambda parts: parts.update({"store": parts["store"][:-4096]}),
    "users taken out of the keys": other_keys,
}


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_p18_a_backup_repacked_by_hand_restores_nothing(place, name):
    path = place / "b.backup"
    path.write_bytes(repacked(place, path.read_bytes(), FORGERIES[name]))

    with pytest.raises(Problem):
        restore(place)

    assert left_behind(place) == []
    assert not (place / "evil").exists()


def test_p18_the_unchanged_repacked_by_hand_is_good(place):
    """Else the test above would prove nothing."""
    path = place / "b.backup"
    path.write_bytes(repacked(place, path.read_bytes(), lambda parts: None))

    assert restore(place).rows > 100


def test_p18_a_store_that_is_not_sound_is_not_backed_up(place, signed_in):
    with signed_in.store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("UPDATE note SET words = 'changed behind the program'")

    with pytest.raises(Damaged, match="not sound"):
        upkeep.back_up(signed_in, place / "d.backup")

    assert not (place / "d.backup").exists()
    assert not [each for each in place.iterdir() if each.name.startswith(".")]


@pytest.mark.parametrize("step", range(3))
def test_p18_a_disk_that_fails_while_restoring_leaves_nothing_and_it_works_the_next_time(
    place, monkeypatch, step
):
    """One after the other: the flush, the first renaming, the second."""
    calls = []

    def failing(*args):
        calls.append(args)
        if len(calls) == max(step, 1):
            raise OSError(28, "No space left on device")
        return real(*args)

    real = swap._flush if step == 0 else os.replace
    with monkeypatch.context() as patch:
        if step == 0:
            patch.setattr(swap, "_flush", failing)
        else:  # the swap's own, not those of the program's other files
            patch.setattr(swap, "os", SimpleNamespace(**vars(os) | {"replace": failing}))
        with pytest.raises(NotSaved, match="No space"):
            restore(place)

    assert left_behind(place) == []
    assert restore(place).rows > 100


def full(*_args):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("module", "name"), [(backup_file, "flush"), (backup, "pack")])
def test_p12_a_disk_that_fails_while_backing_up_leaves_nothing(place, signed_in, monkeypatch, module, name):
    monkeypatch.setattr(module, name, full)

    with pytest.raises(NotSaved, match="No space"):
        upkeep.back_up(signed_in, place / "out" / "d.backup")

    assert list((place / "out").iterdir()) == []


def test_p18_a_backup_is_made_while_others_work(place, signed_in):
    ada = accounts.sign_in(place / "a.caseapp", "ada", PASSWORD)
    with ada.store.session(ada.actor) as session:
        children.find(session, "leyla")
        made = backup.make(signed_in.store, accounts.keys_path(place / "a.caseapp"), place / "d.backup")
    ada.close()

    assert made.rows > 100


def test_p1_a_backup_tells_nothing_without_a_password(place):
    whole = (place / "b.backup").read_bytes()

    for word in ("Haddad", "Quenby", "caseapp.keys"):
        assert word.encode() not in whole
        assert word.encode("utf-16-le") not in whole
