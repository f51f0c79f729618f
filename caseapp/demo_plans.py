"""What stands in the demo's plans: answers for each form, from the texts of resources/demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from caseapp.demo_people import Kid, texts, working_day
from caseapp.form import Answers

FAMILY_AREAS = (
    "home_care", "health", "feelings", "learning", "friends",
    "together", "routines", "housing", "money", "support",
)  # fmt: skip
CHILD_AREAS = ("home", "safe", "well", "feelings", "people", "play")
CHILD_WHEEL_UNTIL = 11


def days_on(day: date, days: int) -> str:
    """Return a working day so many days on, ISO."""
    return working_day(day + timedelta(days=days)).isoformat()


def signature(name: str, role: str, on: date, because: str = "") -> Answers:
    """Return a row of signatures; with a reason, of somebody who could not sign."""
    row = {"name": name, "role": role, "answer": "absent" if because else "signed", "on": on.isoformat()}
    return row | ({"because": because} if because else {})


# Wheels


def wheel(
    kid: Kid, said: Mapping[str, str], scores: Sequence[int], read_on: date, *, kind: str, step: str
) -> Answers:
    """Return a reading of the family's wheel."""
    spoken = (
        texts("amelia")["star_notes"] if kid.life.get("life") == "amelia" else _spoken(FAMILY_AREAS, scores)
    )
    return {
        "read_on": read_on.isoformat(),
        "reading": kind,
        "completed_by": "both",
        "whose": "child" if kid.status in ("looked_after", "care_leaver") else "family",
        "worker": said["worker"],
        "present": f"{kid.name}, {said['worker']}",
        "place": "At home",
        **dict(zip(FAMILY_AREAS, scores, strict=True)),
        **{f"{area}_note": text for area, text in spoken.items()},
        "agreed": "yes",
        "actions": [
            {
                "area": FAMILY_AREAS[scores.index(min(scores))], "goal": min(scores) + 2, "what": step,
                "who": said["worker"], "by": days_on(read_on, 28), "status": "in_progress",
            }
        ],
    }  # fmt: skip


def child_wheel(
    kid: Kid, said: Mapping[str, str], scores: Sequence[int], read_on: date, *, kind: str
) -> Answers:
    """Return a reading of the wheel for children under eleven."""
    return {
        "read_on": read_on.isoformat(),
        "reading": kind,
        "completed_by": "both",
        "whose_name": kid.name,
        "worker": said["worker"],
        "place": kid.school[0] or "At home",
        **dict(zip(CHILD_AREAS, scores, strict=True)),
        **{f"{area}_note": text for area, text in _spoken(CHILD_AREAS, scores).items()},
        "agreed": "yes",
    }


def _spoken(areas: Sequence[str], scores: Sequence[int]) -> dict[str, str]:
    """Return what was said about the areas that stand lowest and highest."""
    said = texts("wheel")
    order = sorted(range(len(areas)), key=lambda at: scores[at])
    found = {areas[at]: said["low"][areas[at]] for at in order[:3]}
    return found | {areas[at]: said["high"][areas[at]] for at in order[-2:]}


def scores_over_time(random: Random, areas: int, high: int, readings: int) -> list[list[int]]:
    """Return plausible scores of some readings: most areas climb, some stay, now and then one falls."""
    low, top = (2, high - 4) if high > 5 else (2, 3)
    found = [[random.randint(low, top) for _ in range(areas)]]
    for _ in range(readings - 1):
        steps = random.choices((-1, 0, 1, 2), (1, 3, 5, 1), k=areas)
        found.append([max(1, min(high, was + step)) for was, step in zip(found[-1], steps, strict=True)])
    return found
