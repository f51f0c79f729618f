"""What the documents say is so: links, paths, commands, names on screen, keys, the picture of the layers.

That the commands go is seen in `tests/test_documented_commands.py`.
"""

import re
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from caseapp import __main__ as start
from tests import promises
from tests.documents import DOCUMENTS, FENCE, ROOT, codes, commands, program, prose, text
from ui.keys import KEYS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOURS = [each for each in DOCUMENTS if each.name.startswith("tour-")]
COMMANDS = sorted({each.words for each in commands()})
FOLDERS = ("caseapp/", "db/", "ui/", "resources/", "tests/", "docs/", "benchmarks/", "packaging/", ".ci/")


def test_there_is_something_to_look_at():
    assert len(DOCUMENTS) > 10
    assert len(TOURS) == 4
    assert len(COMMANDS) > 20


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.name)
def test_every_link_picture_and_path_leads_to_something(document):
    linked = [each for each in re.findall(r"\]\(([^)]+)\)", prose(document)) if "://" not in each]
    missing = [each for each in linked if not (document.parent / each.partition("#")[0]).exists()]
    named = [each for each in codes(document) if each.startswith(FOLDERS) and not re.search(r"[*{ …]", each)]

    assert missing == []
    assert [each for each in named if not (ROOT / each).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.name)
def test_every_keypress_that_is_named_is_one_of_the_window(document):
    named = {each for each in codes(document) if re.fullmatch(r"(Ctrl|Alt|Shift)\+\S+|F\d+", each)}

    assert named <= {key for key, _ in KEYS}


@pytest.mark.parametrize("tour", TOURS, ids=lambda each: each.name)
def test_every_name_on_screen_that_a_tour_tells_of_stands_in_the_program(tour):
    bold = [" ".join(each.split()) for each in re.findall(r"\*\*(.+?)\*\*", prose(tour), re.DOTALL)]

    assert [each for each in bold if each not in program()] == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_names_a_program_module_or_file_that_there_is(words):
    name, *rest = words
    if name == "pip":
        extras = re.findall(r"\[([a-z]+)\]", " ".join(rest))
        assert rest[0] == "install"
        assert set(extras) <= set(PROJECT["project"]["optional-dependencies"])
    elif rest[:1] == ["-m"]:
        assert find_spec(rest[1]) is not None
        _arguments_exist(rest[1], rest[2:])
    elif name in ("python", "python3"):
        assert (ROOT / rest[0]).is_file()
    else:
        assert (Path(sys.executable).parent / name).is_file() or name == "apt-get"


def _arguments_exist(module, rest):
    known = {"benchmarks": _parts(), "tests.promises": {f"P{each}" for each in promises.PROMISES}}
    for each in rest:
        if module in known and not each.startswith("-") and not each.endswith(".json"):
            assert each in known[module]
        if each.endswith(".py"):
            assert (ROOT / each).is_file()


def _parts():
    """Return the parts of the benchmarks, without loading them."""
    return set(re.findall(r'"(\w+)": \w+\.rows', text(ROOT / "benchmarks" / "__main__.py")))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.name)
def test_every_command_within_the_text_is_one(document):
    named = [each.split()[1:2] for each in codes(document) if each.startswith("caseapp ")]

    assert {each[0] for each in named if each and not each[0].startswith("-")} <= start.COMMANDS


def test_the_changelog_is_what_the_window_shows_as_new():
    shown = text(ROOT / "resources" / "help" / "changes.md").splitlines()[1:]

    assert text(ROOT / "CHANGELOG.md").splitlines()[1:] == shown
    assert f"## {PROJECT['project']['version']}" in shown


def test_the_licence_is_the_one_that_is_named():
    assert text(ROOT / "LICENSE").startswith("MIT License")
    assert PROJECT["project"]["license"] == "MIT"
    assert (ROOT / "resources/licences/caseapp.txt").read_text() == text(ROOT / "LICENSE")
    assert "[MIT](LICENSE)" in text(ROOT / "README.md")


# The picture of the layers


def test_the_picture_of_the_layers_is_that_of_the_import_contracts():
    picture = FENCE.findall(text(ROOT / "docs" / "architecture.md"))[0]
    boxes = [each for each in picture.split("└") if "│" in each]
    drawn = {}
    for box in boxes:
        words = re.sub(r"[│┌─┐▼]", " ", box).split()
        name = next(each for each in words if each in ("ui", "caseapp", "db"))
        drawn[name] = set(re.findall(r"\b[Nn]o (\w+)", " ".join(words)))
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["type"] == "layers")

    assert list(drawn) == layers
    for name, refused in drawn.items():
        assert refused == _refused(contracts, name)


def _refused(contracts, package):
    """Return what a package may not import, of the things that the picture names."""
    told = {"PySide6", "sqlalchemy", "db"}
    found = [each for each in contracts if package in each.get("source_modules", ())]
    return {name for each in found for name in each["forbidden_modules"]} & told


def test_the_picture_names_every_pure_module():
    picture = FENCE.findall(text(ROOT / "docs" / "architecture.md"))[0]
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    pure = next(each for each in contracts if "pure" in each["name"])

    assert sorted(re.findall(r"caseapp\.[a-z_.]+", picture)) == sorted(pure["source_modules"])


def test_the_table_of_folders_names_every_folder_of_the_layers():
    named = set(codes(ROOT / "docs" / "architecture.md"))
    layers = [each for name in ("caseapp", "db") for each in (ROOT / name).iterdir()]
    parts = {f"{each.relative_to(ROOT)}/" for each in layers if (each / "__init__.py").is_file()}
    above = {f"{each.name}/" for each in ROOT.iterdir() if each.is_dir() and any(each.glob("*.py"))}

    assert len(parts) > 10
    assert (parts | above) - named == set()
