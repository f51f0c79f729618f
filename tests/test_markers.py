"""P1: what is written into a store is in no file in the clear: data, backup, temporary files, cache, log."""

from __future__ import annotations

import base64
import json
import os
import random
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.marker_day import NEVER_SHOWN, WHERE

ROOT = Path(__file__).parent.parent
PLACES = ("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


def marks(number):
    """Return random words that occur nowhere else."""
    return ["".join(random.choices("bcdfghjklmnpqrstvwxz", k=12)).capitalize() for _ in range(number)]


def disguises(word):
    """Return a word as it may stand in a file."""
    plain = {word, word.lower(), word.upper()}
    found = {each.encode(code) for each in plain for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
    found |= {each.encode().hex().encode() for each in plain} | {
        each.encode().hex().upper().encode() for each in plain
    }
    for each in plain:
        for shift in range(3):  # base64 of the word within a longer text: its middle, by where it begins
            coded = base64.b64encode(b"\x00" * shift + each.encode())
            found.add(coded[4 if shift else 0 : -4])
    return found


def files_in(folder):
    """Return (name, content) of every file below, of the parts of zips too."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        yield path.name, path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as bundle:
                yield from ((f"{path.name}/{name}", bundle.read(name)) for name in bundle.namelist())


def leaks(folder, words):
    sought = {coded: word for word in words for coded in disguises(word)}
    return [
        (name, word)
        for name, content in files_in(folder)
        for coded, word in sought.items()
        if coded in content or coded in name.encode()
    ]


def test_p1_a_day_in_the_window_with_all_its_faults_leaves_no_word_in_any_file(tmp_path, record_property):
    home = tmp_path / "home"
    home.mkdir()
    surroundings = os.environ | {name: str(home) for name in PLACES}
    surroundings |= {"CASEAPP_TEST": "1", "CASEAPP_TEST_FAST_KEYS": "1", "QT_QPA_PLATFORM": "offscreen"}
    words = dict(zip(WHERE, marks(len(WHERE)), strict=True))
    password = f"{marks(1)[0]} lantern meadow tickets"
    command = [sys.executable, "-m", "tests.marker_day", str(home / "a.caseapp")]
    with subprocess.Popen(
        command, env=surroundings, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        said = process.stdin, process.stdout
        print(json.dumps({"words": words, "password": password}), file=said[0], flush=True)
        told = json.loads(said[1].readline() or "{}")
        if not told:
            raise AssertionError(process.communicate()[1][-3000:])
        sought = [*words.values(), password, password.split()[0]]
        at_work = leaks(home, sought)
        print(file=said[0], flush=True)
        locked = json.loads(said[1].readline())
        when_locked = leaks(home, sought)
        _, complaints = process.communicate("\n", timeout=60)

    names = {each.name for each in home.rglob("*")}
    record_property("figure", f"{len(words)} words of a day, {len(names)} files and folders: 0 found")
    assert set(WHERE) - NEVER_SHOWN <= set(told["shown"])  # else it proves nothing
    assert told["spool"]
    assert locked == {"locked": True}
    # Who sits at the open store stands in its lock, so that the next one can be told: a colleague, no child.
    who = {("a.caseapp.lock", words["user_name"]), ("a.caseapp.lock", words["name"])}
    assert [each for each in at_work + when_locked if each not in who] == []
    assert {"a.caseapp", "a.caseapp.keys", "a.caseapp.spool", "a.caseapp.tries", "a.caseapp-backups"} <= names
    assert "fault E-" in (Path(told["log"]) / "caseapp.log").read_text(encoding="utf-8")
    assert Path(told["log"]).is_relative_to(home)
    assert not [word for word in sought if word in complaints]


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "hex", "base64", "zip", "name"])
def test_p1_the_search_finds_what_it_looks_for(tmp_path, code):
    """Else the test above could not fail."""
    word, around = "Brndlmqxzvkt", secrets.token_bytes(1001)
    text = f"some words {word} and more".encode()
    content = {
        "utf-16-le": text.decode().encode("utf-16-le"),
        "hex": text.hex().encode(),
        "base64": base64.b64encode(text),
    }.get(code, text)
    if code == "zip":
        with zipfile.ZipFile(tmp_path / "x", "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("part", text * 20)
    elif code == "name":
        (tmp_path / word).touch()
    else:
        (tmp_path / "x").write_bytes(around + content + around)

    assert word in {found for _, found in leaks(tmp_path, [word])}
