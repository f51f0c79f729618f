"""What scores say: the bands of the SDQ, change towards a goal, points of ten side by side. No store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

SCALES: tuple[tuple[str, str], ...] = (
    ("emotional", "Emotional symptoms"),
    ("conduct", "Conduct"),
    ("hyperactivity", "Hyperactivity"),
    ("peer", "Getting on with others"),
    ("prosocial", "Kind and helpful behaviour"),
)
"""The scales of the Strengths and Difficulties Questionnaire, 0 to 10 each. Its items are never kept."""
DIFFICULTIES = ("emotional", "conduct", "hyperactivity", "peer")
"""The scales that make up the total; kind and helpful behaviour stands apart, and there high is good."""
MOST_POINTS, MOST_TOTAL, MOST_GOALS = 10, 40, 3
INFORMANTS: tuple[tuple[str, str], ...] = (
    ("parent", "Parent"),
    ("carer", "Carer"),
    ("teacher", "Teacher"),
    ("self", "The child themselves"),
)
WHOSE: tuple[tuple[str, str], ...] = (
    ("child", "The child’s"),
    ("parent", "A parent’s or carer’s"),
    ("worker", "The worker’s"),
)
"""Whose view a goal is."""
RAISED = ("close to average", "slightly raised", "high", "very high")
LOWERED = ("close to average", "slightly lowered", "low", "very low")
_AGES = {"parent": (4, 17), "carer": (4, 17), "teacher": (4, 17), "self": (11, 17)}

# Where the second, third and fourth band begin; for prosocial the highest points that they hold.
# Teacher: published scoring of the SDQ, verified. Parent and self: K (from knowledge, not verified here).
# A carer fills in the parent's version.
_PARENT = {
    "emotional": (4, 5, 7), "conduct": (3, 4, 6), "hyperactivity": (6, 8, 9), "peer": (3, 4, 5),
    "prosocial": (7, 6, 5), "total": (14, 17, 20),
}  # fmt: skip
_BANDS = {
    "parent": _PARENT,
    "carer": _PARENT,
    "teacher": {
        "emotional": (4, 5, 6), "conduct": (3, 4, 5), "hyperactivity": (6, 8, 9), "peer": (3, 5, 6),
        "prosocial": (5, 4, 3), "total": (12, 16, 19),
    },
    "self": {
        "emotional": (5, 6, 7), "conduct": (4, 5, 6), "hyperactivity": (6, 7, 8), "peer": (3, 4, 5),
        "prosocial": (6, 5, 4), "total": (15, 18, 20),
    },
}  # fmt: skip


def band(scale: str, points: int | None, informant: str, years: int | None = None) -> str:
    """Return the band of points on a scale, or of the total; nothing while something needed is unknown.

    The bands were made for ages 4 to 17, of the young person's own answers for 11 to 17: outside of them
    there is no band. Source: published four-band scoring of the SDQ.

    >>> band("total", 16, "teacher"), band("total", 16, "parent"), band("prosocial", 5, "self")
    ('high', 'slightly raised', 'low')
    >>> band("total", None, "parent"), band("total", 16, ""), band("total", 16, "self", 9)
    ('', '', '')
    """
    limits = _BANDS.get(informant, {}).get(scale)
    if points is None or limits is None or not _is_of_age(informant, years):
        return ""
    if scale == "prosocial":
        return LOWERED[sum(points <= limit for limit in limits)]
    return RAISED[sum(points >= limit for limit in limits)]


def _is_of_age(informant: str, years: int | None) -> bool:
    youngest, oldest = _AGES[informant]
    return years is None or youngest <= years <= oldest


def difficulties(scores: Mapping[str, int]) -> int | None:
    """Return the total difficulties, 0 to 40; None while one of the four scales is missing.

    >>> difficulties({"emotional": 3, "conduct": 2, "hyperactivity": 5, "peer": 0, "prosocial": 9})
    10
    >>> difficulties({"emotional": 3, "prosocial": 9}) is None
    True
    """
    found = [scores[key] for key in DIFFICULTIES if key in scores]
    return sum(found) if len(found) == len(DIFFICULTIES) else None


def change(points: Sequence[int]) -> int | None:
    """Return the latest less the first of points in the order of time; None for fewer than two.

    >>> change([2, 1, 6]), change([4])
    (4, None)
    """
    return points[-1] - points[0] if len(points) > 1 else None


def mean_change(changes: Iterable[int | None]) -> tuple[Decimal, int] | None:
    """Return the mean of the changes to two places, and over how many goals; None if no goal has one.

    >>> mean_change([4, None, 1, 2])
    (Decimal('2.33'), 3)
    """
    found = [each for each in changes if each is not None]
    return (round(Decimal(sum(found)) / len(found), 2), len(found)) if found else None


class Gap(NamedTuple):
    """Two latest scores about the same: a family member’s and a worker’s."""

    subject: str
    family: str
    family_score: int
    worker: str
    worker_score: int

    @property
    def difference(self) -> int:
        """Return the family's score less the worker's."""
        return self.family_score - self.worker_score

    @property
    def words(self) -> str:
        """Return both scores, and which is the higher.

        >>> Gap("The family", "Kasia", 5, "Ruth", 3).words
        'The family: Kasia 5, Ruth 3. Kasia scores 2 higher.'
        """
        scored = f"{self.subject}: {self.family} {self.family_score}, {self.worker} {self.worker_score}."
        if not self.difference:
            return f"{scored} The same."
        higher = self.family if self.difference > 0 else self.worker
        return f"{scored} {higher} scores {abs(self.difference)} higher."
