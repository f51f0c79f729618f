"""What a benchmark says: how long an act takes, beside a floor measured in the same run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LEAST_SECONDS = 0.3
"""For so long each act is repeated, and at least five times."""
LEAST_TIMES = 5


class Row(NamedTuple):
    """A line of the table: an act, its floor, how many floors it costs and how many it may cost.

    Memory is in MB where the name says so; everything else in milliseconds.
    """

    name: str
    ms: float
    floor_ms: float
    target: float

    @property
    def ratio(self) -> float:
        """Return how many floors the act costs."""
        return self.ms / self.floor_ms

    @property
    def holds(self) -> bool:
        """Return whether the act stays within its target."""
        return self.ratio <= self.target


def row(name: str, ms: float, floor_ms: float, *, ratio: float = 0, most_ms: float = 0) -> Row:
    """Return a line whose target is a ratio, or milliseconds, which are divided by its own floor."""
    return Row(name, ms, floor_ms, ratio or most_ms / floor_ms)


def median_ms(act: Callable[[], object]) -> float:
    """Return how long an act takes once it is warm."""
    act()
    found: list[float] = []
    end = time.perf_counter() + LEAST_SECONDS
    while len(found) < LEAST_TIMES or time.perf_counter() < end:
        begun = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found)


def side_by_side(act: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Return how long an act and its floor take, in turns: whatever else the machine does hits both."""
    act()
    floor()
    acts: list[float] = []
    floors: list[float] = []
    end = time.perf_counter() + 2 * LEAST_SECONDS
    while len(acts) < LEAST_TIMES or time.perf_counter() < end:
        for found, each in ((acts, act), (floors, floor)):
            begun = time.perf_counter()
            each()
            found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(acts), statistics.median(floors)


def until_said(module: str, times: int, *arguments: str) -> float:
    """Return how long a new process of a module here takes until its first line, in milliseconds.

    The quickest of some: what else the machine does only ever adds.
    """
    return min(_run(module, *arguments)[0] for _ in range(times))


def said_ms(module: str, times: int, *arguments: str) -> float:
    """Return the milliseconds that a new process of a module here says first, the least of some."""
    return min(float(_run(module, *arguments)[1]) for _ in range(times))


def _run(module: str, *arguments: str) -> tuple[float, str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True,
    ) as process:  # fmt: skip
        said = process.stdout.readline() if process.stdout else ""
        took = 1000 * (time.perf_counter() - begun)
    if not said:
        raise RuntimeError(f"benchmarks.{module} said nothing.")
    return took, said
