"""Rules of the house that a compiler does not keep: who imports whom, and what may not be written."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

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


def named(path):
    return str(path.relative_to(ROOT))


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path):
    """Return (name, line) of everything that is called in a file: f() and x.f() alike."""
    tree = parsed(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield called.id, node
            elif isinstance(called, ast.Attribute):
                yield f".{called.attr}", node


def texts(path):
    """Return the text constants of a file that are no docstrings."""
    tree = parsed(path)
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value, node.lineno


def imported(path):
    for node in ast.walk(parsed(path)):
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


@pytest.mark.parametrize("path", RULES, ids=named)
def test_no_list_is_paged_by_offset_and_no_query_asks_the_database_for_today(path):
    said = [(text, line) for text, line in texts(path) if re.search(r"\bOFFSET\b|CURRENT_(DATE|TIME)", text)]
    called = [(name, node.lineno) for name, node in calls(path) if name in (".offset", "offset")]

    assert not said
    assert not called


@pytest.mark.parametrize("path", [each for each in RULES if each != CHAINS], ids=named)
def test_no_bulk_statement_passes_by_versions_and_history(path):
    bulk = {("sqlalchemy", name) for name in ("update", "delete", "insert")} | {
        ("sqlalchemy.dialects.sqlite", "insert")
    }
    called = [name for name, _ in calls(path) if name.startswith((".bulk_", ".query"))]

    assert not bulk & set(imported(path))
    assert not called


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_paragraphs_are_made_where_text_is_escaped(path):
    if path.parent.name == "paper":
        return
    assert not [node.lineno for name, node in calls(path) if name in ("Paragraph", ".Paragraph")]


@pytest.mark.parametrize("path", SCREENS, ids=named)
def test_no_screen_has_a_colour_of_its_own(path):
    if path.name == "theme.py":
        return
    literals = [
        (text, line) for text, line in texts(path) if re.fullmatch(r"#([0-9a-fA-F]{3,4}){1,2}", text.strip())
    ]
    styled = [(text, line) for text, line in texts(path) if re.search(r":\s*#[0-9a-fA-F]{3,8}\b", text)]

    assert not literals
    assert not styled


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_nothing_prints_but_the_command_line(path):
    if path.name.startswith("cli") or path.name in ("trials.py", "__main__.py"):
        return
    assert not [node.lineno for name, node in calls(path) if name in ("print", "pprint")]


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_error_is_swallowed(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}"
            assert not all(isinstance(each, ast.Pass) for each in node.body), f"line {node.lineno}"


@pytest.mark.parametrize("path", RULES, ids=named)
def test_the_present_is_asked_of_one_clock(path):
    if path.name in (
        "moments.py",
        "tries.py",
        "keys.py",
    ):  # the clock; seconds between tries; how fast we are
        return
    asked = {".now", ".utcnow", ".today"}
    tree = parsed(path)
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and f".{node.func.attr}" in asked
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date", "time")
    ]

    assert not found
