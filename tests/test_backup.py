"""A backup comes back as it was, or is refused in words with nothing left behind."""

import json
import random
import shutil
import zipfile
from contextlib import closing

import pytest

from caseapp import accounts, upkeep
from db import backup
from db.check import counts, heads_digest
from db.problems import Damaged, NotAllowed, NotSaved, Problem, WrongKey
from db.store import open_store
from tests.story import PASSWORD, fast_keys, make_on_disk


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A folder with a store and a backup of it: to be copied, not changed."""
    folder = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        make_on_disk(folder / "a.caseapp")
        with closing(accounts.sign_in(folder / "a.caseapp", "amy", PASSWORD)) as amy:
            upkeep.back_up(amy, folder / "kept")
    return folder


@pytest.fixture
def home(county, tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    shutil.copytree(county, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def amy(home):
    with closing(accounts.sign_in(home / "a.caseapp", "amy", PASSWORD)) as signed_in:
        yield signed_in


def names_in(folder):
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def dump(store):
    with store.engine.connect() as connection:
        return list(connection.connection.driver_connection.iterdump())


def parts_of(path):
    with zipfile.ZipFile(path) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def write(path, parts):
    with zipfile.ZipFile(path, "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)


def refused(home, path, kind=Damaged, user="amy", password=PASSWORD):
    """Restore into an empty folder, which is empty again afterwards; return what was said."""
    place = home / "place"
    with pytest.raises(kind) as problem:
        upkeep.restore(path, place / "b.caseapp", user, password)
    assert names_in(place) == []
    assert problem.value.words.endswith(".")
    return problem.value.words


def test_a_backup_comes_back_with_every_row_and_sound(home, amy):
    made = backup.make(amy.store, accounts.keys_path(home / "a.caseapp"), home / "new")

    backup.restore(home / "new", home / "place" / "b.caseapp", "amy", PASSWORD)

    with closing(opened(home, amy)) as restored:
        assert dump(restored) == dump(amy.store)
        with restored.engine.connect() as connection:
            assert sum(counts(connection).values()) == made.rows
            assert heads_digest(connection)


def opened(home, amy):
    return open_store(home / "place" / "b.caseapp", amy.keyring.dek)


def test_a_restored_store_is_signed_in_to_and_found_sound(home):
    upkeep.restore(home / "kept", home / "place" / "b.caseapp", "amy", PASSWORD)

    with closing(accounts.sign_in(home / "place" / "b.caseapp", "amy", PASSWORD)) as amy:
        assert upkeep.check(amy).faults == []


@pytest.mark.parametrize("seed", range(5))
def test_damage_to_a_part_is_refused_with_nothing_left_behind(home, seed):
    """Ten flipped bytes each: anywhere in the store, the keys or the manifest, the zip's own sums set right."""
    random.seed(seed)
    whole = parts_of(home / "kept")
    for number in range(10):
        name = backup.PARTS[number % 3]
        content = bytearray(whole[name])
        content[random.randrange(len(content))] ^= 0x02
        write(home / "damaged", whole | {name: bytes(content)})

        refused(home, home / "damaged", Problem)


def test_a_flip_anywhere_in_the_file_is_refused_or_changes_nothing(home, amy):
    whole = (home / "kept").read_bytes()
    random.seed(5)
    ends = [*range(64), *range(len(whole) - 300, len(whole), 4)]
    for place in [*ends, *random.sample(range(len(whole)), 20)]:
        (home / "damaged").write_bytes(whole[:place] + bytes([whole[place] ^ 0x11]) + whole[place + 1 :])
        try:
            backup.restore(home / "damaged", home / "place" / "b.caseapp", "amy", PASSWORD)
        except Problem as problem:
            assert isinstance(problem, Damaged | WrongKey), (place, problem.words)
        else:
            assert (home / "place" / "b.caseapp").read_bytes() == parts_of(home / "kept")["store"]
            for each in (home / "place").iterdir():
                each.unlink()
        assert names_in(home / "place") == []


@pytest.mark.parametrize("share", [0, 1, 30, 500, 900, 999])
def test_a_backup_cut_short_is_refused(home, share):
    whole = (home / "kept").read_bytes()
    (home / "damaged").write_bytes(whole[: len(whole) * share // 1000])

    refused(home, home / "damaged")


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts | {"more": b""},
        lambda parts: parts | {"../out": b""},
        lambda parts: {name: content for name, content in parts.items() if name != "keys"},
        lambda parts: parts | {"manifest.json": b"{}"},
        lambda parts: parts | {"manifest.json": b"[]"},
        lambda parts: parts | {"manifest.json": b"\xff"},
        lambda parts: parts | {"manifest.json": b"[" * 100_000},
        lambda parts: parts | {"store": b""},
        lambda parts: parts | {"store": parts["store"][:-4096]},
        lambda parts: parts | {"store": parts["store"] + bytes(4096)},
        lambda parts: parts | {"keys": b""},
        lambda parts: parts | {"keys": b"{}"},
        lambda parts: parts | {"store": parts["keys"], "keys": parts["store"]},
    ],
)
def test_a_backup_put_together_by_hand_is_refused(home, change):
    write(home / "damaged", change(parts_of(home / "kept")))

    refused(home, home / "damaged")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rows", {}),
        ("heads", "0"),
        ("made_at", "2020-01-01"),
        ("schema", "0000"),
        ("sha256", {}),
        ("seal", None),
    ],
)
def test_an_altered_list_of_contents_is_refused(home, name, value):
    parts = parts_of(home / "kept")
    manifest = json.dumps(json.loads(parts["manifest.json"]) | {name: value})
    write(home / "damaged", parts | {"manifest.json": manifest})

    assert "altered" in refused(home, home / "damaged")


def test_a_backup_of_a_newer_version_is_refused(home):
    parts = parts_of(home / "kept")
    manifest = json.dumps(json.loads(parts["manifest.json"]) | {"schema": "9999"})
    write(home / "damaged", parts | {"manifest.json": manifest})

    assert "newer version" in refused(home, home / "damaged", Problem)


def test_a_wrong_password_and_somebody_who_may_not_leave_nothing(home):
    refused(home, home / "kept", WrongKey, password="velvet orchard thirteen")
    refused(home, home / "kept", WrongKey, user="nobody")
    assert names_in(home / "place") == []
    with pytest.raises(NotAllowed):
        upkeep.restore(home / "kept", home / "place" / "b.caseapp", "ada", PASSWORD)
    assert [name for name in names_in(home / "place") if not name.endswith((".lock", ".tries"))] == []


@pytest.mark.parametrize("there", ["", ".keys", ".keys.bak", "-wal"])
def test_restoring_overwrites_nothing_and_never_takes_up_what_an_old_store_left(home, there):
    """SQLite would play a log left behind into the restored store."""
    place = home / "place"
    place.mkdir()
    (place / f"b.caseapp{there}").write_bytes(b"kept")

    with pytest.raises(Problem, match="already"):
        upkeep.restore(home / "kept", place / "b.caseapp", "amy", PASSWORD)

    assert {each.name: each.read_bytes() for each in place.iterdir()} == {f"b.caseapp{there}": b"kept"}


def test_a_backup_overwrites_nothing_and_is_for_administrators(home, amy):
    with pytest.raises(Problem, match="already"):
        upkeep.back_up(amy, home / "kept")
    with closing(accounts.sign_in(home / "a.caseapp", "ada", PASSWORD)) as ada, pytest.raises(NotAllowed):
        upkeep.back_up(ada, home / "new")

    assert not (home / "new").exists()


@pytest.mark.parametrize("step", ["_pack", "_compared", "_sync_folder"])
def test_a_backup_that_fails_half_way_leaves_no_file(home, amy, monkeypatch, step):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, step, full)
    before = names_in(home)

    with pytest.raises(NotSaved, match="No space left"):
        upkeep.back_up(amy, home / "new")

    assert names_in(home) == before


def test_a_store_that_is_not_sound_is_not_backed_up(home, amy):
    with amy.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE child SET family = 'Other'")

    with pytest.raises(Damaged):
        upkeep.back_up(amy, home / "new")

    assert not (home / "new").exists()
