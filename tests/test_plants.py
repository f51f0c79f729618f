"""The faults that `python -m tests.planted` puts in still fit the program and its tests."""

from pathlib import Path

import pytest

from tests.plants import every_plant

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("plant", every_plant(), ids=lambda plant: f"{plant.promise}: {plant.fault}")
def test_a_planted_fault_fits_the_program_and_names_a_test(plant):
    path, _, test = plant.test.partition("::")

    assert (ROOT / plant.file).read_text(encoding="utf-8").count(plant.was) == 1
    assert plant.bug != plant.was
    assert f"def {test.partition('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8")
