"""The documents' commands that are too long for the tests, or that need the network: run each night.

Run: python -m tests.long_commands [WORDS …]    those that hold the words, or all; prints how each went

Each is run as it stands in the documents, in their order, in one fresh copy of the checkout.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = (".git", ".venv", ".build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis")
PATIENCE = 7200  # seconds
WINDOW_STANDS = 15

NIGHTLY = (
    "python3 -m venv .venv",
    ".venv/bin/pip install .",
    ".venv/bin/caseapp demo",
    '.venv/bin/pip install -e ".[dev]"',
    ".venv/bin/python -m pytest tests/test_help.py",
    ".venv/bin/python -m pytest tests/test_form.py",
    ".venv/bin/python -m tests.promises P20",
    ".venv/bin/python -m benchmarks --quick finding",
    ".venv/bin/python -m benchmarks finding recording",
    ".venv/bin/python -m benchmarks --quick",
    ".venv/bin/python -m benchmarks --json figures.json",
    "python -m tests.promises P8 P20",
    "python -m tests.promises",
    "python -m tests.planted P20",
    "python -m tests.planted",
)
"""Run by this module, which `.ci/nightly` calls."""

IN_CI = {
    ".venv/bin/ruff check .": ".ci/run",
    ".venv/bin/ruff format --check .": ".ci/run",
    ".venv/bin/mypy": ".ci/run",
    ".venv/bin/python -m pytest": ".ci/run",
    '.build/bin/pip install ".[build]"': ".ci/nightly",
    ".build/bin/python packaging/build.py": ".ci/nightly",
    "python3 -m venv .build": ".ci/nightly",
}
"""What those two run word for word, but for `-q` and `--clear`."""

ELSEWHERE = {
    ".venv/bin/lint-imports": ("tests/test_architecture.py", "lint_imports_command"),
    "apt-get install": ("packaging/clean_machine.py", 'inside(machine, "apt-get", "install"'),
}
"""What runs in another way: the file, and the words that do it."""

BY_HAND = {"python -m tests.promises --gate": "hours; before a release"}


def main(wanted: list[str]) -> int:
    """Run them one after another; return 0 if all went."""
    chosen = [each for each in NIGHTLY if not wanted or all(word in each for word in wanted)]
    with tempfile.TemporaryDirectory(prefix="caseapp-as-told-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        home = Path(folder) / "home"
        home.mkdir()
        failed = [each for each in chosen if not went(each, copy, home)]
    print(f"{len(chosen)} commands, {len(failed)} failed.")
    return 1 if failed else 0


def went(command: str, checkout: Path, home: Path) -> bool:
    """Run a command of the documents and say how it went."""
    around = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "CASEAPP_"))}
    path = f"{checkout}/.venv/bin:{around['PATH']}"  # «python» is the one that the commands before installed
    around |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PATH": path}
    begun = time.monotonic()
    log = home / "said"
    with log.open("w") as said:
        shell = ["bash", "-c", f"exec {command}"]
        running = subprocess.Popen(shell, cwd=checkout, env=around, stdout=said, stderr=said)
        good = _opens(running, log) if command.endswith("caseapp demo") else _ends_well(running)
    print(f"{'went  ' if good else 'FAILED'} {time.monotonic() - begun:6.0f} s  {command}", flush=True)
    if not good:
        print(log.read_text()[-3000:])
    return good


def _ends_well(running: subprocess.Popen[bytes]) -> bool:
    try:
        return running.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        running.kill()
        return False


def _opens(running: subprocess.Popen[bytes], log: Path) -> bool:
    """Return whether the families were made and the window stood open then."""
    end = time.monotonic() + PATIENCE
    while running.poll() is None and "Printed:" not in log.read_text() and time.monotonic() < end:
        time.sleep(1)
    try:
        running.wait(WINDOW_STANDS)
    except subprocess.TimeoutExpired:
        running.terminate()
        running.wait(30)
        return "Users:" in log.read_text()
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
