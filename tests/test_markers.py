"""P1: what is written into a store is in no file in the clear: data, backup, temporary files, cache, log."""

from __future__ import annotations

import base64
import os
import random
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.story import PASSWORD

ROOT = Path(__file__).parent.parent
PLACES = ("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")

# Everything through the use cases, in a process of its own, as the program would do it.
WRITER = """
import sys
from datetime import date
from pathlib import Path
from caseapp import accounts, children, notes, overview, people, plans, prints, upkeep
from caseapp.children import NewChild
from caseapp.notes import NewNote
from caseapp.people import NewPerson

path, password, marks = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
made = accounts.make_store(path, user_name=marks[0], name=marks[1], password=password, team=marks[2])
one = made.signed_in
today = one.store.today()

def call(act):
    with one.store.session(one.actor, marks[3]) as session:
        return act(session)

born = date(today.year - 9, 1, 1)
new = NewChild(marks[4], marks[5], born, known_as=marks[6], address=marks[7], postcode=marks[8])
child = call(lambda session: children.register(session, new)).id
call(lambda session: notes.add(session, child, NewNote(today, "note", marks[9], marks[10])))
mother = NewPerson(marks[11], marks[12], phone=marks[13])
call(lambda session: people.add_family(session, child, mother, "Mother"))
draft = call(lambda session: plans.start(session, child, "star"))
view = call(lambda session: plans.open_plan(session, draft))
saved = call(lambda session: plans.save(session, draft, view.version, {"place": marks[14]}))
call(lambda session: plans.keep_typing(session, draft, saved.version, {"place": marks[15]}))
found = [
    call(lambda session: children.find(session, marks[5])),
    call(lambda session: overview.open_child(session, child)),
    call(lambda session: notes.timeline(session, child)),
    call(lambda session: people.people(session, child)),
    call(lambda session: plans.open_plan(session, draft)),
    one.actor,
]
shown = repr(found)
assert len(call(lambda session: prints.chronology_pdf(session, child))) > 1000
try:
    call(lambda session: plans.sign(session, draft, saved.version, {"place": marks[14]}))
except Exception as problem:
    shown += repr(problem)
assert upkeep.check(one).faults == []
upkeep.back_up(one, path.with_name("b.backup"))
print("shown", *(each for each in marks if each.lower() in shown.lower()))
print("alive", flush=True)
sys.stdin.readline()
one.close()
"""
# The user name (0) and the reason of a change (3) stand on other pages than those that are opened here.
NOT_SHOWN = {0, 3}


def marks():
    """Return sixteen random words that occur nowhere else."""
    return ["".join(random.choices("bcdfghjklmnpqrstvwxz", k=12)).capitalize() for _ in range(16)]


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


@pytest.fixture
def written(tmp_path):
    """Run the writer with every place of this user in one folder; return it while it is at work."""
    home = tmp_path / "home"
    home.mkdir()
    surroundings = os.environ | {name: str(home) for name in PLACES}
    surroundings |= {"CASEAPP_TEST": "1", "CASEAPP_TEST_FAST_KEYS": "1", "PYTHONPATH": str(ROOT)}
    surroundings |= {"PYTHONDONTWRITEBYTECODE": "1"}
    words = marks()
    command = [sys.executable, "-c", WRITER, str(home / "a.caseapp"), PASSWORD, *words]
    process = subprocess.Popen(
        command, env=surroundings, cwd=home, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    shown = process.stdout.readline().split()
    alive = process.stdout.readline().strip()
    yield process, home, words, shown[1:], alive
    if process.poll() is None:
        process.communicate("\n", timeout=60)


def test_p1_no_file_tells_what_was_written(written):
    process, home, words, shown, alive = written
    if alive != "alive":
        raise AssertionError(process.communicate()[1][-3000:])
    written_there = {word for at, word in enumerate(words) if at not in NOT_SHOWN}
    assert written_there <= set(shown)  # else it proves nothing

    # Who sits at the open store stands in its lock, so that the next one can be told: a colleague, no child.
    who = {("a.caseapp.lock", word) for word in words[:2]}
    at_work = [each for each in leaks(home, [*words, PASSWORD]) if each not in who]
    _, complaints = process.communicate("\n", timeout=60)
    after = leaks(home, [*words, PASSWORD])

    assert process.returncode == 0
    assert at_work == after == []
    assert {"a.caseapp", "a.caseapp.keys", "b.backup"} <= {each.name for each in home.iterdir()}
    assert not [word for word in words if word in complaints]


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
