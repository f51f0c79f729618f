"""Garbage goes between events: never while something is painted, nor on a thread beside."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QObject

from ui import collecting


@pytest.fixture
def thresholds():
    was_on, usual = gc.isenabled(), gc.get_threshold()
    gc.disable()
    gc.collect()
    yield gc.set_threshold
    gc.set_threshold(*usual)
    if was_on:
        gc.enable()


class Ring:
    """Something that holds itself."""

    def __init__(self):
        self.itself = self


def test_a_ring_stays_until_its_time_has_come_and_goes_then(thresholds):
    thresholds(1_000_000, 10, 10)
    ring = weakref.ref(Ring())

    collecting.collect_what_is_due()
    assert ring() is not None

    thresholds(1, 10, 10)
    collecting.collect_what_is_due()
    assert ring() is None


def test_what_is_older_goes_when_the_younger_was_looked_at_often(thresholds):
    ring = Ring()
    seen = weakref.ref(ring)
    gc.collect(0)
    gc.collect(1)  # it is of the oldest now
    del ring
    thresholds(1, 1, 1)
    for _ in range(12):
        kept = [{number} for number in range(10)]
        collecting.collect_what_is_due()
        del kept

    assert seen() is None


def test_while_it_stands_nothing_is_collected_but_between_events(qtbot, thresholds):
    thresholds(1, 1, 1)
    gc.enable()
    parent = QObject()
    collecting.Collecting(parent)
    ring = weakref.ref(Ring())
    made = [{number} for number in range(100)]

    assert (gc.isenabled(), ring() is not None, len(made)) == (False, True, 100)
    qtbot.waitUntil(lambda: ring() is None)
