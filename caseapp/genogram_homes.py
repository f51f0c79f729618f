"""The outlines of a genogram's homes: around those who share one, never around anybody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from caseapp.genogram_lines import CELL, CELL_HEIGHT, Place


class Home(NamedTuple):
    """An outline around those who live together, with its words; `is_group` if it is no home but a list."""

    label: str
    keys: tuple[str, ...]
    outline: tuple[tuple[float, float], ...]
    label_at: tuple[float, float]
    room: float
    is_group: bool


def outlines(
    label: str, keys: Sequence[str], is_group: bool, places: dict[str, Place], tops: Sequence[float]
) -> list[Home]:
    """Return an outline, or several where others stand between: each bears the words."""
    stacks: list[list[list[str]]] = []
    for run in _runs(keys, places):
        band = places[run[0]].band
        above = next((
            each for each in stacks
            if places[each[-1][0]].band == band - 1 and _common(each[-1], run, places)
        ), None)  # fmt: skip
        stacks.append([run]) if above is None else above.append(run)
    made = []
    for stack in stacks:
        last = stack[-1]
        left, bottom = places[last[0]].x - CELL / 2 + 2, tops[places[last[0]].band] + CELL_HEIGHT - 7
        room = places[last[-1]].x - places[last[0]].x + CELL - 4
        told = tuple(key for run in stack for key in run)
        made.append(Home(label, told, _polygon(stack, places, tops), (left, bottom), room, is_group))
    return made


def _runs(keys: Sequence[str], places: dict[str, Place]) -> list[list[str]]:
    runs: list[list[str]] = []
    for key in sorted(keys, key=lambda each: (places[each].band, places[each].column)):
        here = places[key]
        last = places[runs[-1][-1]] if runs else None
        if last and (last.band, last.column + 1) == (here.band, here.column):
            runs[-1].append(key)
        else:
            runs.append([key])
    return runs


def _common(
    upper: Sequence[str], lower: Sequence[str], places: dict[str, Place]
) -> tuple[float, float] | None:
    """Return from where to where one run stands above the other, if it does."""
    left = max(places[upper[0]].x, places[lower[0]].x)
    right = min(places[upper[-1]].x, places[lower[-1]].x)
    return (left, right) if left <= right else None


def _polygon(
    stack: Sequence[Sequence[str]], places: dict[str, Place], tops: Sequence[float]
) -> tuple[tuple[float, float], ...]:
    """Return the outline of runs one above the other, joined where they face each other."""
    half = CELL / 2 + 6
    right: list[tuple[float, float]] = []
    left: list[tuple[float, float]] = []
    for number, run in enumerate(stack):
        top = tops[places[run[0]].band]
        bottom = top + CELL_HEIGHT
        facing = _common(stack[number - 1], run, places) if number else None
        if facing:
            above = right[-1][1]
            right += [(facing[1] + half, above), (facing[1] + half, top)]
            left += [(facing[0] - half, above), (facing[0] - half, top)]
        right += [(places[run[-1]].x + half, top), (places[run[-1]].x + half, bottom)]
        left += [(places[run[0]].x - half, top), (places[run[0]].x - half, bottom)]
    return (*right, *reversed(left))
