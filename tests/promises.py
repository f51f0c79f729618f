"""One table of what the program promises: promise, test, figure, result.

Run: python -m tests.promises [--gate] [--json FILE] [P8 P20 …]    --gate tries as much as before a release.

The promises are those of docs/security.md. A test of promise 8 is named test_p8_…; what it tried stands in
its property «figure».
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent
PROMISES: dict[int, str] = {
    1: "Without a password or the recovery key the files tell nothing but size and dates",
    2: "A password guess costs at least 64 MiB and half a second; offered phrases have 51 bits",
    3: "The window locks by itself, on sleep and with the session; keys and texts are gone",
    4: "The recovery sheet is confirmed at set-up and opens everything",
    5: "Removing a user changes the keys; cut short, that leaves the old or the new",
    6: "Guessing is slowed down and told, and never locks anybody out for good",
    7: "Passwords are long or offered phrases, off a deny list, without expiry, and may be pasted",
    8: "«Saved» survives a killed program",
    9: "«Saved» survives a power cut",
    10: "At most a second of typing is lost, whatever happens; locking loses no letter",
    11: "Damage is noticed and named; the damaged file is kept, the last good backup is two clicks away",
    12: "A full, failing, read-only or locked disk: a plain message, nothing falsely saved, reading goes on",
    13: "Two editors never overwrite each other silently",
    14: "Every look, search, print and export is logged before the data show",
    15: "One table says who may do what, and the program equals it",
    16: "A restricted record cannot be inferred by outsiders",
    17: "A newer schema is refused untouched; an upgrade is all or nothing, from every schema so far",
    18: "A backup counts once opened and compared; a restore is all or nothing",
    19: "The newest backup is restored and compared every week",
    20: "History altered behind the program is found",
    21: "Any import file gets a clean yes or no in time, within limits, all or nothing",
    22: "Exports run no formula and obey no markup",
    25: "No letter is lost on the way in and out",
    29: "Logs hold no personal data",
    30: "Every fault has plain words and a code",
}
_NAME = re.compile(r"def (test_p(\d+)_\w+)\(")


class Line(NamedTuple):
    """What one promise came to."""

    promise: int
    tests: int
    failed: int
    skipped: int
    figures: tuple[str, ...]

    @property
    def result(self) -> str:
        """Return the outcome in a word."""
        if not self.tests:
            return "no test"
        return "FAILED" if self.failed else "held"


def files_of(promises: Iterable[int]) -> dict[str, list[int]]:
    """Return which test files speak of which promises."""
    wanted = set(promises)
    found: dict[str, list[int]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        numbers = {int(each) for _, each in _NAME.findall(path.read_text(encoding="utf-8"))} & wanted
        if numbers:
            found[str(path.relative_to(ROOT))] = sorted(numbers)
    return found


def run(promises: list[int], *, gate: bool) -> list[Line]:
    """Run the tests of some promises, and return what each came to."""
    chosen = " or ".join(f"test_p{each}_" for each in promises)
    with tempfile.TemporaryDirectory(prefix="caseapp-promises-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", "-k", chosen]
        environment = os.environ | ({"CASEAPP_GATE": "1"} if gate else {})
        subprocess.run(
            [*command, *files_of(promises)], cwd=ROOT, env=environment, stdout=sys.stderr, check=False
        )
        cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314 - our own
    return [_line(each, cases) for each in promises]


def _line(promise: int, cases: list[ElementTree.Element]) -> Line:
    mine = [each for each in cases if each.get("name", "").startswith(f"test_p{promise}_")]
    figures = [
        said.get("value", "")
        for each in mine
        for said in each.iter("property")
        if said.get("name") == "figure"
    ]
    failed = sum(each.find("failure") is not None or each.find("error") is not None for each in mine)
    skipped = sum(each.find("skipped") is not None for each in mine)
    return Line(promise, len(mine), failed, skipped, tuple(dict.fromkeys(figures)))


def table(lines: Iterable[Line]) -> str:
    """Return the lines as text."""
    rows = []
    for each in lines:
        skipped = f", {each.skipped} skipped" if each.skipped else ""
        rows.append(
            f"P{each.promise:<3} {each.result:<8} {each.tests} tests{skipped}  {PROMISES[each.promise]}"
        )
        rows += [f"              {figure}" for figure in each.figures]
    return "\n".join(rows)


def main(typed: list[str]) -> int:
    """Run what was asked for; return 0 if every promise held."""
    parser = argparse.ArgumentParser("python -m tests.promises")
    parser.add_argument("--gate", action="store_true", help="as much as before a release: hours")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("promises", nargs="*", type=lambda text: int(text.lstrip("Pp")), metavar="P8")
    options = parser.parse_args(typed)
    lines = run(options.promises or list(PROMISES), gate=options.gate)
    print(table(lines))
    if options.json:
        options.json.write_text(json.dumps([each._asdict() for each in lines], indent=1), encoding="utf-8")
    return 0 if all(each.result == "held" for each in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
