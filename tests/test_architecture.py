"""Rules of the house that a compiler does not keep: who imports whom, and what may not be written."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
MIGRATIONS = ROOT / "db" / "migrations"
SOURCES = sorted(
    path
    for package in ("caseapp", "db", "ui")
    for path in (ROOT / package).rglob("*.py")
    if MIGRATIONS not in path.parents
)
RULES = [path for path in SOURCES if path.parts[-2] != "ui" and (ROOT / "ui") not in path.parents]
SCREENS = [path for path in SOURCES if (ROOT / "ui") in path.parents]
CHAINS = ROOT / "db" / "history.py"  # moves the heads of the chains, which are no records
TYPINGS = ROOT / "db" / "typings.py"  # keeps what has neither version nor history, and asks for rights itself
AN_IMPORT = ROOT / "db" / "new_records.py"  # stores many at once, for imports alone, and seals each itself


def named(path):
    return str(path.relative_to(ROOT))


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path):
    """Return everything in a file, however deep."""
    return list(ast.walk(parsed(path)))


def calls(path):
    """Return (name, line) of everything that is called in a file: f() and x.f() alike."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield called.id, node
            elif isinstance(called, ast.Attribute):
                yield f".{called.attr}", node


def texts(path):
    """Return the text constants of a file that are no docstrings."""
    documented = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value, node.lineno


def imported(path):
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, each.name) for each in node.names)


def test_every_import_contract_holds():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]

    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert found.returncode == 0, found.stdout[-3000:]
    assert "0 broken" in found.stdout


def offenders(paths, *found_in):
    """Return where a rule is broken, as «file: what, line», for every one of the files."""
    return [f"{named(path)}: {found}" for path in paths for find in found_in for found in find(path)]


def texts_like(pattern):
    """Return what finds the texts of a file that hold a pattern."""
    return lambda path: [(text, line) for text, line in texts(path) if re.search(pattern, text)]


def calls_of(*wanted):
    """Return what finds the calls of some names in a file."""
    return lambda path: [(name, node.lineno) for name, node in calls(path) if name in wanted]


def test_the_rules_are_asked_of_every_source():
    assert {path.name for path in SCREENS} >= {"window.py", "theme.py"}
    assert {path.name for path in RULES} >= {"plans.py", "store.py", "guard.py"}
    assert len(SOURCES) == len(RULES) + len(SCREENS)


def test_no_list_is_paged_by_offset_and_no_query_asks_the_database_for_today():
    asked = texts_like(r"\bOFFSET\b|CURRENT_(DATE|TIME)")

    assert offenders(RULES, asked, calls_of(".offset", "offset")) == []


def test_no_bulk_statement_passes_by_versions_and_history():
    bulk = {("sqlalchemy", name) for name in ("update", "delete", "insert")} | {
        ("sqlalchemy.dialects.sqlite", "insert")
    }
    files = [path for path in RULES if path not in (CHAINS, AN_IMPORT, TYPINGS)]

    assert offenders(files, lambda path: sorted(bulk & set(imported(path)))) == []
    assert offenders(files, texts_like(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b")) == []
    assert (
        offenders(
            files,
            lambda path: [
                (name, node.lineno) for name, node in calls(path) if name.startswith((".bulk_", ".query"))
            ],
        )
        == []
    )


def test_paragraphs_are_made_where_text_is_escaped():
    files = [path for path in SOURCES if path.parent.name != "paper"]

    assert offenders(files, calls_of("Paragraph", ".Paragraph")) == []


def test_no_screen_has_a_colour_of_its_own():
    files = [path for path in SCREENS if path.name != "theme.py"]
    literal = texts_like(r"^\s*#([0-9a-fA-F]{3,4}){1,2}\s*$")
    styled = texts_like(r":\s*#[0-9a-fA-F]{3,8}\b")

    assert offenders(files, literal, styled) == []


def test_nothing_prints_but_the_command_line():
    files = [
        path
        for path in SOURCES
        if not path.name.startswith("cli") and path.name not in ("trials.py", "__main__.py")
    ]

    assert offenders(files, calls_of("print", "pprint")) == []


def swallowed(path):
    """Return the lines of a file at which an error is caught unnamed, or without doing anything."""
    return [
        f"line {node.lineno}"
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(each, ast.Pass) for each in node.body))
    ]


def test_no_error_is_swallowed():
    assert offenders(SOURCES, swallowed) == []


def moments_asked(path):
    """Return the lines of a file that ask the machine for the present."""
    return [
        f"line {node.lineno}"
        for name, node in calls(path)
        if name in (".now", ".utcnow", ".today")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date", "time")
    ]


def test_the_present_is_asked_of_one_clock():
    clocks = ("moments.py", "tries.py", "keys.py")  # the clock; seconds between tries; how fast we are

    assert offenders([path for path in RULES if path.name not in clocks], moments_asked) == []
