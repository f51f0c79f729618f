"""Faults to plant, one list a part: each goes into a copy of the tree, and the test that it names must fail.

`python -m tests.planted` runs them; tests/test_plants.py sees that each still fits the program.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import NamedTuple


class Plant(NamedTuple):
    """A fault: `was`, which stands once in the file, becomes `bug`; then `test` has to fail."""

    promise: str
    file: str
    was: str
    bug: str
    test: str
    fault: str


def every_plant() -> list[Plant]:
    """Return all plants, by promise."""
    parts = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    found: list[Plant] = [plant for part in parts for plant in part.PLANTS]
    return sorted(found, key=lambda plant: (int(plant.promise[1:]), plant.file, plant.was))
