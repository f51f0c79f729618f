"""Where the parts of an Outcome Star lie: one geometry for the screen and for the paper.

The centre is (0, 0), x grows to the right and y **downwards**, as on a screen; paper turns the sign of y.
The first area points to 12 o'clock and the others follow clockwise. The lowest score lies one step out
from the centre, so that it can be seen; the highest lies on the rim.
"""

import math
import textwrap
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

LABEL_WIDTH = 14
"""Characters in a line of an area's label."""


class Spot(NamedTuple):
    """A place on the chart."""

    x: float
    y: float


class Box(NamedTuple):
    """A label's place; `align` -1: text starts at the left edge, 0: centred, 1: it ends at the right edge."""

    x: float
    y: float
    width: float
    height: float
    align: int

    @property
    def right(self) -> float:
        """Return the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the lower edge."""
        return self.y + self.height

    def meets(self, other: "Box", gap: float) -> bool:
        """Return whether the two are nearer to each other than `gap`."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


def direction(arm: int, count: int) -> Spot:
    """Return the point at distance 1 on an arm."""
    angle = 2 * math.pi * arm / count
    return Spot(math.sin(angle), -math.cos(angle))


def ring(score: float, low: int, high: int, radius: float) -> float:
    """Return how far from the centre a score lies."""
    return radius * (score - low + 1) / (high - low + 1)


def numbered_every(low: int, high: int, radius: float, height: float) -> int:
    """Return every which ring bears its number, so that none stands upon another.

    >>> numbered_every(0, 10, 110, 12), numbered_every(0, 10, 66, 12), numbered_every(1, 5, 100, 12)
    (2, 2, 1)
    """
    return math.ceil(height * (high - low + 1) / radius)


def spot(arm: int, count: int, score: float, low: int, high: int, radius: float) -> Spot:
    """Return where a score lies on an arm."""
    towards, distance = direction(arm, count), ring(score, low, high, radius)
    return Spot(towards.x * distance, towards.y * distance)


def arm_points(
    count: int, low: int, high: int, radius: float, scores: Sequence[int | None]
) -> list[Spot | None]:
    """Return a point for each arm in the order of the areas, None where there is no score.

    Raises ValueError if there are not as many scores as arms, or one is out of range.
    """
    if len(scores) != count:
        raise ValueError(f"The star has {count} areas and was given {len(scores)} scores.")
    if any(score is not None and not low <= score <= high for score in scores):
        raise ValueError(f"A score lies between {low} and {high}.")
    return [
        None if score is None else spot(arm, count, score, low, high, radius)
        for arm, score in enumerate(scores)
    ]


def runs(points: Sequence[Spot | None]) -> list[list[Spot]]:
    """Return the lines to draw: neighbours joined, never across a gap.

    A star without gaps is one run that ends where it began. A point alone is a run of one.
    """
    if all(point is not None for point in points):
        whole = [point for point in points if point is not None]
        return [[*whole, whole[0]]] if whole else []
    gap = next(arm for arm, point in enumerate(points) if point is None)
    found: list[list[Spot]] = [[]]
    for point in [*points[gap + 1 :], *points[: gap + 1]]:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if run]


def nearest(
    x: float, y: float, count: int, low: int, high: int, radius: float, reach: float
) -> tuple[int, int] | None:
    """Return the (arm, score) whose point is nearest to a place, or None if all are further than `reach`."""
    angle = math.atan2(x, -y) % (2 * math.pi)
    arm = round(angle * count / (2 * math.pi)) % count
    step = radius / (high - low + 1)
    score = min(high, max(low, low - 1 + round(math.hypot(x, y) / step)))
    point = spot(arm, count, score, low, high, radius)
    return (arm, score) if math.hypot(point.x - x, point.y - y) <= reach else None


def wrapped(label: str, width: int = LABEL_WIDTH) -> list[str]:
    """Return a label in few lines of at most `width` characters, as even as they can be.

    A longer word stands alone, unbroken.
    """
    return [*_even_lines(label, width)]


@cache
def _even_lines(label: str, width: int) -> tuple[str, ...]:
    few = len(_lines(label, width))
    return next(lines for each in range(1, width + 1) if len(lines := _lines(label, each)) <= few)


def _lines(label: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(label, width, break_long_words=False, break_on_hyphens=False)) or ("",)


def label_boxes(radius: float, sizes: Sequence[tuple[float, float]], gap: float) -> list[Box]:
    """Return a place for each label (given as width and height) around the rim, none upon another."""
    count = len(sizes)
    boxes = [_beside_rim(direction(arm, count), radius, size, gap) for arm, size in enumerate(sizes)]
    # Crowding is at the top and the bottom: from there the labels of each side give way towards the middle.
    for side in _from_the_poles(count):
        for place, arm in enumerate(side):
            boxes[arm] = _clear_of([boxes[other] for other in side[:place]], boxes[arm], radius, gap)
    return boxes


def _beside_rim(towards: Spot, radius: float, size: tuple[float, float], gap: float) -> Box:
    width, height = size
    edge = Spot(towards.x * (radius + gap), towards.y * (radius + gap))
    if abs(towards.x) < 0.05:
        return Box(-width / 2, edge.y - height if towards.y < 0 else edge.y, width, height, 0)
    align = -1 if towards.x > 0 else 1
    y = edge.y - height / 2 * (1 - towards.y)
    return Box(edge.x if align < 0 else edge.x - width, y, width, height, align)


def _from_the_poles(count: int) -> list[list[int]]:
    half = count // 2
    right, left = list(range(half + 1)), [0, *range(count - 1, count - half - 1, -1)]
    sides = []
    for side in (right, left):
        middle = (len(side) + 1) // 2
        sides += [side[:middle], side[middle:][::-1]]
    return sides


def _clear_of(placed: Sequence[Box], box: Box, radius: float, gap: float) -> Box:
    down = box.y + box.height / 2 < 0
    for other in placed:
        if box.meets(other, gap / 2):
            box = box._replace(y=other.bottom + gap / 2 if down else other.y - gap / 2 - box.height)
    return _outside_rim(box, radius, gap)


def _outside_rim(box: Box, radius: float, gap: float) -> Box:
    if box.align == 0:
        return box
    nearest_y = min(max(0.0, box.y), box.bottom)
    if abs(nearest_y) >= radius + gap:
        return box
    edge = math.sqrt((radius + gap) ** 2 - nearest_y**2)
    if box.align < 0:
        return box._replace(x=max(box.x, edge))
    return box._replace(x=min(box.x, -edge - box.width))
