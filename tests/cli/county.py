"""A small county for the tests of the command line: its people, and a way to type commands."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from caseapp import cli

TODAY = date(2026, 11, 23)
RETURNS = Path(__file__).parents[1] / "data" / "ssda903"
TEST_MODE = {"CASEAPP_TEST": "1", "CASEAPP_TEST_FAST_KEYS": "1"}
STAFF = {
    "pat": ("Pat Lindley", ["practitioner"], "East"),
    "wes": ("Wes Harper", ["practitioner"], "West"),
    "ada": ("Ada Quill", ["administrator"], "East"),
    "rea": ("Rea Mills", ["reader"], "East"),
}
CHILDREN = (
    ("pat", "Kit", "Moran"), ("pat", "Leila", "Haddad"), ("pat", "Leila Rose", "Hadley"),
    ("wes", "Ben", "Okoro"),
)  # fmt: skip
KIT, LEILA, LEILA_ROSE = "10001", "10002", "10003"


class Said(NamedTuple):
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


class Line:
    """A command line: `line("find", "Kit")`; another user by name."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *typed: object, user: str = "") -> Said:
        chosen = ["--user", user] if user else []
        self._capsys.readouterr()
        code = cli.run([*chosen, *map(str, typed)])
        return Said(code, *self._capsys.readouterr())


def answers(folder: Path, content: object) -> Path:
    path = folder / "answers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def program(*typed: object, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program, or some code that is given its arguments, as a process of its own."""
    started = ["-c", code] if code else ["-m", "caseapp"]
    return subprocess.run(
        [sys.executable, *started, *map(str, typed)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
