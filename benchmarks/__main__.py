"""Every figure beside its floor of the same run: python -m benchmarks [--quick] [--json FILE] [NAME …]."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks import caseload, finding, importing, memory, printing, recording, starting
from benchmarks.timing import Row
from caseapp.__main__ import collect_garbage_seldom

PARTS: dict[str, Callable[..., Iterator[Row]]] = {
    "starting": starting.rows, "finding": finding.rows, "recording": recording.rows,
    "printing": printing.rows, "caseload": caseload.rows, "importing": importing.rows, "memory": memory.rows,
}  # fmt: skip


def main(typed: Sequence[str]) -> int:
    """Measure, and print a table; with --json write it too."""
    parser = argparse.ArgumentParser("python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="smaller counties, fewer repetitions")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART", help=", ".join(PARTS))
    options = parser.parse_args(typed)
    collect_garbage_seldom()  # as the program does
    found: list[Row] = []
    for name in options.parts or PARTS:
        for each in PARTS[name](quick=options.quick):
            found.append(each)
            print(_line(each), flush=True)
    if options.json:
        options.json.write_text(
            json.dumps({"rows": [_told(each) for each in found]}, indent=1), encoding="utf-8"
        )
    return 0


def _line(each: Row) -> str:
    verdict = "" if each.holds else "  over its target"
    figures = f"{each.ms:9.2f} {each.floor_ms:9.3f} {each.ratio:8.2f}  at most {each.target:8.2f}"
    return f"{figures}  {each.name}{verdict}"


def _told(each: Row) -> dict[str, str | float]:
    return {
        "name": each.name, "ms": each.ms, "floor_ms": each.floor_ms, "ratio": each.ratio,
        "target": each.target,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
