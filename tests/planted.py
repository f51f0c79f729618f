"""Negative controls: plant each fault in a copy of the tree, and see that its test fails.

Run: python -m tests.planted [P8 P20 …]    A check that cannot fail is no check.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.plants import Plant, every_plant

ROOT = Path(__file__).parents[1]
PARTS = ("caseapp", "db", "ui", "resources", "tests", "docs", "pyproject.toml", "README.md")
PATIENCE = 600  # seconds; a test that hangs has not failed
FOUND, MISSED, FAILS_ANYHOW = "found", "MISSED", "FAILS"
"""FAILS: the test does not pass without the fault either, so nothing is proved."""
FAILED = 1  # pytest's exit code for tests that ran and failed


def main(wanted: list[str]) -> int:
    """Plant the faults of some promises, or of all; return 0 if every one was found."""
    plants = [each for each in every_plant() if not wanted or each.promise in wanted]
    verdicts = []
    for plant in plants:
        verdicts.append(verdict(plant))
        print(f"{plant.promise:<4}{verdicts[-1]:<8}{plant.fault}  ({plant.test})", flush=True)
    print(f"{len(plants)} faults planted, {verdicts.count(FOUND)} found.")
    return 0 if verdicts.count(FOUND) == len(plants) else 1


def verdict(plant: Plant) -> str:
    """Return whether the named test passes without the fault and fails with it; else what is wrong."""
    with tempfile.TemporaryDirectory(prefix="caseapp-planted-") as folder:
        tree = Path(folder)
        for part in PARTS:
            _copied(ROOT / part, tree / part)
        if _outcome(tree, plant.test) != 0:
            return FAILS_ANYHOW
        file = tree / plant.file
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(plant.was, plant.bug), encoding="utf-8")
        return FOUND if _outcome(tree, plant.test) == FAILED else MISSED


def _copied(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    else:
        shutil.copy(source, target)


def _outcome(tree: Path, test: str) -> int:
    """Return pytest's exit code for one test in a tree, whose packages come before the installed ones."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
        "-x",
        test,
    ]
    ran = subprocess.run(
        command,
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
