"""P5, P11, P12: the key file damaged, tampered with, or cut short in the writing."""

import json
import os
import stat
import subprocess
import sys
from uuid import uuid4

import pytest

from db import key_file, keys
from db.keys import (
    Costs,
    KeyFileDamaged,
    WrongPassword,
    change_password,
    flaws,
    unlock,
)
from db.problems import NotSaved
from tests.key_files import GOOD, OTHER, SAM, fast_keys, made, path

__all__ = ["fast_keys", "made", "path"]


def rewritten(path, change):
    """Change the JSON as somebody would who knows the format, checksum and all."""
    content = json.loads(path.read_text())
    change(content)
    content.pop("digest")
    content["digest"] = key_file._digest(content)
    path.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("cost", "value"),
    [("m", (1 << 20) + 1), ("t", 11), ("p", 17), ("m", 0), ("t", 0), ("p", 0), ("m", "9" * 99)],
)
def test_p2_a_file_that_asks_for_too_much_is_refused_before_computing(path, made, monkeypatch, cost, value):
    for place in (path, key_file.copy_of(path)):
        rewritten(place, lambda content: content["slots"][0]["kdf"].update({cost: value}))
    monkeypatch.setattr(keys, "_argon2", lambda *given: pytest.fail("it computed"))

    with pytest.raises(KeyFileDamaged):
        unlock(path, SAM, GOOD)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["slots"][0]["kdf"].update(m=9 * 1024),
        lambda content: content["slots"][0]["kdf"].update(t=2),
        lambda content: content["slots"][0]["kdf"].update(salt="00" * 16),
        lambda content: content["slots"][0].update(user_uuid=str(uuid4())),
        lambda content: content["slots"][0].update(slot=7),
        lambda content: content["slots"][0].update(nonce="00" * 12),
        lambda content: content["slots"][0].update(sealed="00" * 112),
        lambda content: content.update(db_uuid=str(uuid4())),
        lambda content: content["slots"][0].update(label="00" * 32),
    ],
)
def test_a_slot_that_was_tampered_with_does_not_open(path, made, change):
    rewritten(path, change)

    with pytest.raises(WrongPassword):
        unlock(path, SAM, GOOD)


def test_the_costs_alone_are_bound_by_the_seal(path, made):
    slot = key_file.load(path).slots[0]
    store_id = key_file.load(path).store_id
    cheaper = slot._replace(costs=Costs(8 * 1024, 1, 2))

    assert keys._open(store_id, slot, keys._kek(GOOD, slot))
    assert keys._open(store_id, cheaper, keys._kek(GOOD, slot)) is None


def test_p11_each_flipped_byte_is_noticed_and_the_copy_serves(path, made):
    whole, seen = path.read_bytes(), set()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        seen.add(tuple(flaws(path)))
        assert key_file.load(path).slots == key_file.load(key_file.copy_of(path)).slots
    assert len(whole) > 500
    assert seen == {(f"{path.name} is damaged.",)}

    path.write_bytes(whole[: len(whole) // 2])
    assert flaws(path) == [f"{path.name} is damaged."]
    assert unlock(path, SAM, GOOD) == made[0]


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"{",
            b"[]",
            b"5",
            b'"x"',
            b"null",
            b"\xff\xfe",
            b"[" * 100_000,
            b"{" * 100_000,
            b" " * (1 << 21),
        ),
        *(b'{"digest": 1}', b'{"digest": "\\ud800"}', b'{"digest": NaN, "format": 1e999}'),
    ],
)
def test_p11_any_rubbish_in_both_files_is_called_damaged(path, made, content):
    path.write_bytes(content)
    key_file.copy_of(path).write_bytes(content)

    with pytest.raises(KeyFileDamaged, match="Restore a backup") as damaged:
        unlock(path, SAM, GOOD)
    assert damaged.value.exit_code == 4
    assert len(flaws(path)) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(format=3),
        lambda content: content.update(slots=[]),
        lambda content: content.update(slots=[5]),
        lambda content: content.update(db_uuid=5),
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content["slots"][0].update(kdf=None),
        lambda content: content["slots"][0].update(sealed="00"),
        lambda content: content["slots"][0].update(slot=-1),
    ],
)
def test_p11_a_file_of_another_shape_is_damaged_and_the_copy_serves(path, made, change):
    rewritten(path, change)

    assert flaws(path) == [f"{path.name} is damaged."]
    assert unlock(path, SAM, GOOD) == made[0]


def test_p11_a_damaged_file_is_whole_again_after_the_next_change(path, made):
    path.write_bytes(b"rubbish")
    change_password(path, made[0], user_name=SAM, password=OTHER)

    assert flaws(path) == []
    assert unlock(path, SAM, OTHER) == made[0]


def test_p11_an_older_copy_is_named(path, made):
    older = path.read_bytes()
    change_password(path, made[0], user_name=SAM, password=OTHER)
    key_file.copy_of(path).write_bytes(older)

    assert flaws(path) == [f"{path.name}.bak is not the same as {path.name}: an older password may open it."]


def test_p12_a_rewrite_cut_short_leaves_the_old_file(path, made, monkeypatch):
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    for name in ("replace", "fsync"):
        with monkeypatch.context() as broken:
            broken.setattr(key_file.os, name, full)
            with pytest.raises(NotSaved, match="No space left") as fault:
                change_password(path, made[0], user_name=SAM, password=OTHER)
        assert fault.value.exit_code == 3

    assert path.read_bytes() == key_file.copy_of(path).read_bytes() == before
    assert {place.name for place in path.parent.iterdir()} == {path.name, f"{path.name}.bak"}
    assert unlock(path, SAM, GOOD) == made[0]


def test_p12_a_copy_that_cannot_be_renewed_is_told_as_what_it_is(path, made, monkeypatch):
    replace = os.replace

    def only_the_file(source, target):
        if str(target).endswith(".bak"):
            raise OSError(5, "Input/output error")
        replace(source, target)

    with monkeypatch.context() as broken:
        broken.setattr(key_file.os, "replace", only_the_file)
        with pytest.raises(NotSaved, match="change itself was made"):
            change_password(path, made[0], user_name=SAM, password=OTHER)

    assert unlock(path, SAM, OTHER) == made[0]


def test_p12_what_does_not_open_when_read_back_never_replaces_the_old_file(path, made, monkeypatch):
    before = path.read_bytes()
    write = key_file._write_through
    monkeypatch.setattr(key_file, "_write_through", lambda place, text: write(place, text[:-40]))

    with pytest.raises(NotSaved, match="old one still holds"):
        change_password(path, made[0], user_name=SAM, password=OTHER)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_p5_killed_at_each_step_of_a_rewrite_the_store_opens_with_the_old_or_the_new_password(path, made):
    program = (
        "import os, sys, pathlib; from db import key_file, keys\n"
        "path, stop = pathlib.Path(sys.argv[1]), int(sys.argv[2])\n"
        "steps = iter(range(100))\n"
        "def counted(call):\n"
        "    def step(*given):\n"
        "        if next(steps) == stop: os.kill(os.getpid(), 9)\n"
        "        return call(*given)\n"
        "    return step\n"
        "ring = keys.unlock(path, 'Sam Okafor', sys.argv[3])\n"
        "os.replace, os.fsync, os.open = counted(os.replace), counted(os.fsync), counted(os.open)\n"
        "keys.change_password(path, ring, user_name='Sam Okafor', password=sys.argv[4])\n"
    )
    old, new, killed = GOOD, OTHER, 0
    for stop in range(12):
        done = subprocess.run([sys.executable, "-c", program, str(path), str(stop), old, new], check=False)
        killed += done.returncode == -9
        opened = [word for word in (old, new) if opens(path, word)]
        assert len(opened) == 1
        old, new = opened[0], new if opened == [old] else old
    assert killed == 10


def opens(path, password):
    try:
        return bool(unlock(path, SAM, password))
    except WrongPassword:
        return False


def test_p12_a_read_only_folder_still_opens_and_counts_nothing_falsely(path, made, monkeypatch):
    def read_only(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(WrongPassword):
        unlock(path, SAM, OTHER)

    assert unlock(path, SAM, GOOD) == made[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_may_read_the_files(path, made):
    with pytest.raises(WrongPassword):
        unlock(path, SAM, OTHER)

    files = sorted(path.parent.iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(place.stat().st_mode) for place in files} == {0o600}


def test_fields_that_a_later_version_adds_outlive_a_rewrite(path, made):
    rewritten(path, lambda content: content.update(former=["sealed"]))
    change_password(path, made[0], user_name=SAM, password=OTHER)

    assert json.loads(path.read_text())["former"] == ["sealed"]
