"""Without the password the files tell nothing (P1): no word that was typed stands in any of them."""

import base64
import json
import os
import secrets
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.marker_day import NAMES, Markers

ROOT = Path(__file__).parent.parent
LETTERS = "bcdfghjklmnpqrstvwxz"  # no word of any language


def marker() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(14)).capitalize()


def disguises(word: str) -> Iterator[bytes]:
    """Return how a word may stand in a file, whatever became of its capital letters."""
    for spelled in (word, word.lower(), word.upper()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            plain = spelled.encode(encoding)
            yield plain
            yield plain.hex().encode()
            yield plain.hex().upper().encode()
            yield from in_base64(plain)


def in_base64(plain: bytes) -> Iterator[bytes]:
    """Return the letters of base64 that hang on the word alone, wherever among its threes it begins."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + plain).rstrip(b"=")
        ours = whole[(0, 2, 3)[before] : len(whole) - bool((before + len(plain)) % 3)]
        yield ours
        yield ours.translate(bytes.maketrans(b"+/", b"-_"))


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Return the name and content of every file, and of what is packed into them."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = str(path.relative_to(folder))
        yield name, name.encode() + b"\0" + path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as bundle:
                yield from ((f"{name}/{part}", bundle.read(part)) for part in bundle.namelist())


def leaks(folder: Path, words: dict[str, str]) -> list[tuple[str, str]]:
    """Return (file, which word) of everything that can be read."""
    disguised = {what: set(disguises(word)) for what, word in words.items()}
    return [
        (name, what)
        for name, content in contents(folder)
        for what, forms in disguised.items()
        if any(form in content for form in forms)
    ]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder that is home, and where everything temporary and cached goes."""
    for name in ("tmp", "cache", "config", "data", "state", "run", "work"):
        (tmp_path / name).mkdir(mode=0o700)
    return tmp_path


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a program that lives in that folder alone."""
    places = {f"XDG_{each.upper()}_HOME": each for each in ("cache", "config", "data", "state")}
    places |= {"XDG_RUNTIME_DIR": "run", **dict.fromkeys(("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR"), "tmp")}
    ours = {name: str(home / place) for name, place in places.items()}
    ours |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    return os.environ | ours | {"CASEAPP_TEST": "1", "CASEAPP_TEST_FAST_KEYS": "1"}


def test_p1_no_word_that_was_typed_stands_in_any_file(home):
    words = Markers(**{name: marker() for name in NAMES})
    day = subprocess.Popen(
        [sys.executable, "-m", "tests.marker_day", str(home / "work")], env=surroundings(home),
        cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip

    day.stdin.write(json.dumps(vars(words)) + "\n")
    day.stdin.flush()
    shown = day.stdout.readline()
    while_open = leaks(home, vars(words))
    logs = {path.name for path in (home / "work").iterdir()}
    _, complaints = day.communicate("\n", timeout=60)

    assert day.returncode == 0, complaints[-3000:]
    assert not [what for what, word in words.findable().items() if word not in shown]
    assert "a.caseapp-wal" in logs  # else the journal was not looked at
    assert not while_open
    assert not leaks(home, vars(words))
    assert not [what for what, word in vars(words).items() if word.lower() in complaints.lower()]


@pytest.mark.parametrize("before", ["", "x", "xy"])
def test_the_scan_finds_a_word_in_every_disguise(tmp_path, before):
    word = marker()
    text = f"{before}{word}, and more"
    plain = {encoding: text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    forms = plain | {f"{name} in hex": each.hex().encode() for name, each in plain.items()}
    forms |= {f"{name} in base64": base64.b64encode(each) for name, each in plain.items()}
    for name, content in forms.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "packed", "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("inside", text.lower() * 10)
    (tmp_path / word.lower()).touch()
    (tmp_path / "other").write_text(marker())

    found = {name for name, _ in leaks(tmp_path, {"word": word})}

    assert found == {*forms, "packed/inside", word.lower()}
