"""What the README says is so: commands, options, paths, packages, libraries and keys that exist."""

import re
import tomllib
from datetime import date
from pathlib import Path
from random import Random

import pytest

from caseapp import __main__ as start
from caseapp import cli, demo, demo_people
from tests.documents import MARKED
from ui.keys import KEYS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"`([^`\n]+)`", README)
BLOCKS = [block for mark, block in MARKED.findall(README) if mark == "sh"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Found in a checkout, so a word of code is taken for a path if it begins with one of these or has an ending.
FOLDERS = tuple(
    f"{each}/" for each in ("caseapp", "db", "ui", "resources", "tests", "docs", "benchmarks", ".ci")
)
PATHS = sorted(
    {each for each in CODE if each.startswith(FOLDERS)}
    | {f"caseapp/{each}" for each in CODE if re.fullmatch(r"[a-z_]+\.py", each)}
    | {each for each in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in each}
)
TABLE = README[README.index("## Use it") : README.index("`caseapp --help` has the rest")]
COMMANDS = [
    each.removeprefix("caseapp ")
    for row in re.findall(r"^\| ([^|]+) \|", TABLE, re.MULTILINE)
    for each in re.findall(r"`([^`]+)`", row)
    if each != "caseapp"
]
FAMILIES_IN_WORDS = {"forty-eight": 48, "fifty": 50, "sixty": 60}


def test_there_is_something_to_look_at():
    assert len(PATHS) > 15
    assert len(COMMANDS) > 12


@pytest.mark.parametrize("path", PATHS)
def test_every_path_exists(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_one(command, capsys):
    name, *rest = command.split()
    with pytest.raises(SystemExit):
        cli.run([name, "--help"])
    usage = capsys.readouterr().out

    assert name in start.COMMANDS
    assert all(each in usage for each in rest if each.startswith("--"))


def test_the_options_and_variables_it_names_exist(capsys):
    with pytest.raises(SystemExit):
        cli.run(["--help"])
    usage = capsys.readouterr().out
    source = "".join(each.read_text(encoding="utf-8") for each in (ROOT / "caseapp").glob("cli*.py"))
    paragraph = README[README.index("`caseapp --help` has the rest") : README.index("## Find your way")]

    assert all(each in usage for each in re.findall(r"`(--[a-z-]+)`", paragraph))
    assert all(each in source for each in re.findall(r"`(CASEAPP_[A-Z_]+)`", README))


def test_its_demo_commands_are_understood(capsys):
    with pytest.raises(SystemExit):
        cli.run(["demo", "--help"])
    usage = capsys.readouterr().out
    named = [each for each in [*CODE, *BLOCKS] if "caseapp demo" in each]

    options = re.findall(r"--[a-z-]+", " ".join(each.split("caseapp demo")[1] for each in named))

    assert options
    assert all(each in usage for each in options)


def test_each_of_its_two_commands_installs_and_runs_what_there_is():
    run, test = BLOCKS[0], BLOCKS[-1]

    assert "pip install . &&" in run
    assert run.strip().endswith("/caseapp demo")
    assert PROJECT["project"]["scripts"]["caseapp"] == "caseapp.__main__:main"
    assert 'install -e ".[dev]"' in test
    assert "-m pytest" in test
    assert any(each.startswith("pytest>") for each in PROJECT["project"]["optional-dependencies"]["dev"])
    assert PROJECT["project"]["requires-python"] == ">=3.11"
    assert "Python 3.11 or newer" in README


def test_it_names_the_libraries_that_the_program_names():
    named = next(each for each in BLOCKS if each.startswith("apt-get install")).replace("\\\n", " ")
    told = start._missing("").splitlines()[1]

    assert named.split()[4:] == told.split("--no-install-recommends ")[1].split()


def test_it_counts_the_made_up_families():
    said = next(word for word in FAMILIES_IN_WORDS if f"opens it on {word} made-up families" in README)

    assert FAMILIES_IN_WORDS[said] == len(demo_people.families(demo.CHILDREN, Random(1), date(2026, 11, 23)))


def test_its_keys_are_those_of_the_window():
    named = {each for each in CODE if re.fullmatch(r"(Ctrl|Alt|Shift)\+\S+|F\d+", each)}
    screens = "".join(
        each.read_text(encoding="utf-8") for each in (ROOT / "ui").glob("*.py") if each.name != "keys.py"
    )

    assert named
    assert named <= {key for key, _ in KEYS}
    assert all(f'"{each}"' in screens for each in named)
