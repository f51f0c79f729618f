"""Every command of the documents is run: here page by page, or where it is said that it is run.

A new command fails until it runs on its page or stands in `tests/long_commands.py`.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from caseapp import accounts, children, cli, people
from caseapp.children import NewChild
from db.moments import pretend
from db.store import Store
from tests import long_commands
from tests.documents import DOCUMENTS, MARKED, ROOT, Command, commands, in_other_clothes, text
from tests.test_star_packs import QUENBY

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
AROUND = {
    "CASEAPP_TEST": "1",
    "CASEAPP_TEST_FAST_KEYS": "1",
    "CASEAPP_PASSWORD": "lantern-copper-river-tandem",
    "CASEAPP_NEW_PASSWORD": "meadow-thistle-anchor-violin",
}
FAMILIES = ("caseapp", "demo", "--no-window", "demo", "--children", "6", "--seed", "1")
FROM_NOTHING = ("tour-administrator.md",)  # its reader makes a store; all others have the families
MARKS = {"sh", "console", "powershell", "text", ""}
AMELIA, ANSWERS = "10001", str(ROOT / "tests" / "sample_answers" / "pep.json")
STANDS_FOR = {"10482": AMELIA, "FILE": "demo.caseapp", "U": "ruth"}  # what a reader puts in
RETURN = str(ROOT / "tests" / "data" / "ssda903" / "clean_2025_26")
README_TABLE = {
    "new STORE --user NAME": ["new empty.caseapp --user sam"],
    "find TEXT": ["find amel"],
    "show CHILD": [f"show {AMELIA}"],
    "due": ["due"],
    "export pep CHILD FILE.json": [f"export pep {AMELIA} for-school.json"],
    "import FORMAT PATH": [
        f"import ssda903 {RETURN}",
        "import star-pack quenby.json",
        "import star-readings readings.csv --star progress-wheel",
        "import school-csv school.csv --school 199001 --set term=summer --set school_year=2025/26",
        f"import pep {AMELIA} for-school.json",
    ],
    "add": ["add 'Leo Hartley' --born 2015-04-09"],
    "record": [f"record pep {AMELIA} '{ANSWERS}'"],
    "compare": [f"compare pep {AMELIA} 1 2"],
    "print": [f"print pep {AMELIA} --out pep.pdf"],
    "early-help ACT CHILD": [f"early-help show {AMELIA}"],
    "voice": [f"voice {AMELIA}"],
    "star-report": ["star-report"],
    "virtual-school": ["virtual-school"],
    "caseload": ["caseload --out meeting.xlsx"],
    "export ssda903 FOLDER --year Y": ["export ssda903 return --year 2025"],
    "quality ssda903 --year Y": ["quality ssda903 --year 2025"],
    "export csv FILE.csv": ["export csv children.csv"],
    "export json CHILD FILE.json": [f"export json {AMELIA} amelia.json"],
    "check": ["check"],
    "backup FILE": ["backup demo.caseapp-backup"],
    "restore FILE --to STORE": ["restore demo.caseapp-backup --to brought-back.caseapp"],
    "users": ["users"],
    "clock ID DATE": ["clock L5 1/12/2026"],
    "clocks": ["clocks"],
}


class Families(NamedTuple):
    """The store of the made-up families, and the manager's password."""

    folder: Path
    password: str


@pytest.fixture(scope="module")
def families(tmp_path_factory) -> Families:
    """Carry out the documented command that makes them, once."""
    folder = tmp_path_factory.mktemp("families")
    with pytest.MonkeyPatch.context() as patch, pretend(MORNING):
        for name, value in AROUND.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        said = folder / "said"
        with said.open("w", encoding="utf-8") as stream:
            patch.setattr(sys, "stdout", stream)
            assert cli.run(list(FAMILIES[1:])) == 0
        found = re.search(r"ruth .* (\S+)\n", said.read_text(encoding="utf-8"))
    assert found
    return Families(folder / "demo", found[1])


@pytest.fixture
def desk(monkeypatch, tmp_path) -> Iterator[Path]:
    """Return an empty folder on a morning of 2026, at a computer that knows nobody."""
    for name, value in AROUND.items():
        monkeypatch.setenv(name, value)
    for name in ("CASEAPP_STORE", "CASEAPP_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Store.__init__, "__defaults__", (MORNING.date,))
    with pretend(MORNING):
        yield tmp_path


@pytest.fixture
def among_families(desk, families, monkeypatch) -> Path:
    """Return the folder with the store of the families, which the environment names."""
    shutil.copytree(families.folder, desk, dirs_exist_ok=True)
    for name, value in {
        "CASEAPP_STORE": "demo.caseapp",
        "CASEAPP_USER": "ruth",
        "CASEAPP_PASSWORD": families.password,
    }.items():
        monkeypatch.setenv(name, value)
    return desk


def elsewhere(command: Command) -> bool:
    """Return whether it is said where a command is run, if not here."""
    told = (*long_commands.NIGHTLY, *long_commands.IN_CI, *long_commands.BY_HAND)
    return command.bare in told or command.bare.startswith(tuple(long_commands.ELSEWHERE))


HERE = [each for each in commands() if not elsewhere(each) and each.words != FAMILIES]
ELSEWHERE = [each for each in commands() if elsewhere(each)]
PAGES = sorted({each.document for each in HERE})


def test_there_is_something_to_run():
    assert len(HERE) > 10
    assert any(each.words == FAMILIES for each in commands())
    assert any(each.shown for each in HERE)


@pytest.mark.parametrize("page", PAGES)
def test_a_pages_commands_go_in_order_and_show_what_it_shows(page, desk, request, capsys, monkeypatch):
    if page not in FROM_NOTHING:
        request.getfixturevalue("among_families")
    monkeypatch.setattr(sys, "stderr", sys.stdout)  # a person sees both
    for each in (command for command in HERE if command.document == page):
        name, *typed = each.words
        assert name == "caseapp", f"{each.typed}: neither run here nor in tests/long_commands.py"
        code = cli.run([STANDS_FOR.get(word, word) for word in typed])
        said = capsys.readouterr().out

        assert code == 0, (each.typed, said)
        assert each.shown is None or _shows(each.shown, said), (each.typed, said)


def _shows(shown: str, said: str) -> bool:
    """Return whether a page shows what was said; «…» stands for what differs each time."""
    pattern = r"[^\n]*".join(re.escape(part) for part in shown.strip().split("…"))
    return bool(re.fullmatch(pattern, said.strip()))


def test_a_page_that_shows_something_else_would_be_found():
    assert _shows("Looked at … rows.\nSound.\n", "Looked at 12 rows.\nSound.\n")
    assert not _shows("Looked at … rows.\nSound.\n", "Looked at 12 rows.\n1 found.\n")
    assert not _shows("2026-12-31\n", "2026-12-30\n")


@pytest.mark.parametrize(
    "command", [each for each in commands() if elsewhere(each)], ids=lambda each: each.bare
)
def test_what_is_run_elsewhere_is_run_there(command):
    bare = command.bare
    if bare in long_commands.NIGHTLY:
        assert "-m tests.long_commands" in text(ROOT / ".ci/nightly")
    elif bare in long_commands.IN_CI:
        script = text(ROOT / long_commands.IN_CI[bare]).replace(" -q", "").replace(" --clear", "")
        assert bare in script.splitlines()
    elif bare not in long_commands.BY_HAND:
        file, words = next(at for begin, at in long_commands.ELSEWHERE.items() if bare.startswith(begin))
        assert words in text(ROOT / file)


def test_nothing_is_run_elsewhere_that_no_page_tells():
    told = {each.bare for each in commands()}
    listed = {*long_commands.NIGHTLY, *long_commands.IN_CI, *long_commands.BY_HAND}

    assert listed - told == set()
    assert [each for each in long_commands.ELSEWHERE if not any(t.startswith(each) for t in told)] == []


def test_a_command_that_is_nowhere_run_would_be_found():
    assert not elsewhere(Command("README.md", "curl https://example.org | sh"))
    assert not elsewhere(Command("README.md", ".venv/bin/python -m pytest tests/test_dates.py"))


# How commands stand on a page


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.name)
def test_commands_stand_in_marked_blocks_alone(document):
    marks = {mark for mark, _ in MARKED.findall(text(document))}
    indented = re.findall(r"^    \S.*", MARKED.sub("", text(document)), re.MULTILINE)
    begins_like_one = ("caseapp ", "python", "pip ", ".venv", "$ ")

    assert marks <= MARKS
    assert [each for each in indented if each.strip().startswith(begins_like_one)] == []


@pytest.mark.parametrize(("windows", "others"), in_other_clothes())
def test_windows_is_told_the_same_in_its_own_clothes(windows, others):
    plain = windows.replace("\\", "/").replace("/Scripts/", "/bin/").replace("py -m", "python3 -m")

    assert re.split(r";\s*|\n", plain.strip()) == re.split(r" && |\n", others.strip())


# The table of the README


def test_every_command_of_the_table_goes(among_families, capsys):
    _lay_files_ready(among_families)
    for typed in (each for group in README_TABLE.values() for each in group):
        code = cli.run(list(Command("README.md", f"caseapp {typed}").words[1:]))
        said = capsys.readouterr()

        assert code == 0, (typed, said.err)
        assert said.out.strip(), typed


def test_the_table_holds_no_command_that_is_not_run():
    table = text(ROOT / "README.md").partition("## Use it")[2].partition("`caseapp --help` has the rest")[0]
    first_cells = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    named = {each.removeprefix("caseapp ") for cell in first_cells for each in re.findall(r"`([^`]+)`", cell)}

    assert named - {"caseapp"} == set(README_TABLE)  # that one opens the window: tests/test_start.py


def _lay_files_ready(folder: Path) -> None:
    """Write what the table's imports read, and have a school that one of them is from."""
    (folder / "quenby.json").write_text(json.dumps(QUENBY), encoding="utf-8")
    (folder / "readings.csv").write_text(f"child,date,area,score\n{AMELIA},01/11/2026,Home and housing,4\n")
    table = "Surname,Forename,DOB,Possible,Present\nMoran,Kit,04/05/2016,120,112\n"
    (folder / "school.csv").write_text(table)
    signed_in = accounts.sign_in(folder / "demo.caseapp", "ruth", os.environ["CASEAPP_PASSWORD"])
    with signed_in.store.session(signed_in.actor) as session:
        children.register(session, NewChild("Kit", "Moran", date(2016, 5, 4)))
        school = people.add_school(session, "Quenby Vale Academy", urn="199001")
        people.start_school(session, children.one(session, "Kit Moran").id, school, date(2024, 9, 3))
    signed_in.close()
