"""What stands in the demo's plans: answers for each form, from the texts of resources/demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from caseapp.demo_people import Family, Kid, filled, texts, working_day
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


# Early help


def early_help(family: Family, kid: Kid, said: Mapping[str, str], done_on: date, draft: bool) -> Answers:
    """Return an assessment that is completed on a day; a draft lacks decision and signatures."""
    story = {
        key: filled(each, said) for key, each in texts("early_help")["stories"][kid.life["story"]].items()
    }
    small = kid.age_on(done_on) < 5
    seen_on = done_on - timedelta(days=9)
    parent = f"{said['mother']} {family.surname}"
    others = [each for each in family.kids if each is not kid]
    answers: Answers = {
        "area": "East" if said["team"].endswith("East") else "West",
        "stage": "first",
        "scope": "several" if others else "one",
        "identified_on": (done_on - timedelta(days=34)).isoformat(),
        "opened_on": (done_on - timedelta(days=27)).isoformat(),
        "route": story["route"],
        "level_at_start": "2",
        "relies_on_child": "yes" if kid.life["story"] == "young_carer" else "no",
        "care_assessment": "offered",
        "agency": "family_support",
        "assessor_contact": "01632 960120",
        "visits": [
            _visit(done_on - timedelta(days=20), "Home", f"{parent}, {kid.name}", said["worker"]),
            _visit(seen_on, kid.school[0] or "Home", kid.name, said["worker"]),
        ],
        "sources": ["child", "parents", "health_visiting" if small else "primary"],
        "consent": "given",
        "consent_on": (done_on - timedelta(days=27)).isoformat(),
        "consents": [_consent(parent, said["worker"], done_on - timedelta(days=27))],
        "main_reason": story["reason"],
        "reasons": story["also"],
        "led_to": story["led_to"],
        "tried": story["tried"],
        "hopes": story["hopes"],
        **_domains(story),
        **_voice(story, kid, seen_on, small),
        "parents_views": [
            {"name": parent, "relation": "Mother", "how": "met", "wants": story["hopes"], "agrees": "agree"}
        ],
    }  # fmt: skip
    if others:
        answers["siblings"] = [_sibling(each, said, done_on) for each in others]
    if draft:
        return answers
    return answers | _conclusion(story, kid, said, parent, done_on)


def _visit(on: date, place: str, seen: str, by: str) -> Answers:
    return {"on": on.isoformat(), "place": place, "seen": seen, "by": by}


def _consent(parent: str, worker: str, on: date) -> Answers:
    return {
        "person": parent, "capacity": "parent_pr", "moment": "start", "decision": "given",
        "purposes": ["start", "store", "share"], "allowed": "School, health, family hub", "how": "paper",
        "on": on.isoformat(), "recorded_by": worker, "explained": "yes",
        "explained_how": "Leaflet and privacy notice read together",
        "review_due": (on + relativedelta(years=1)).isoformat(),
    }  # fmt: skip


def _domains(story: Mapping[str, Any]) -> Answers:
    """Return the areas that the story tells of: what goes well, what is needed."""
    found: Answers = {}
    for area, key in (("health", "health"), ("warmth", "warmth"), ("wider_family", "family")):
        strengths, needs = story[key]
        found |= {f"{area}_known": "described", f"{area}_strengths": strengths, f"{area}_needs": needs}
    return found | {
        "presentation_known": "nothing",
        "self_care_known": "nothing",
        "employment_known": "nothing",
    }


def _voice(story: Mapping[str, Any], kid: Kid, on: date, small: bool) -> Answers:
    common = {"voice_on": on.isoformat(), "voice_place": kid.school[0] or "At home", "seen_home": "yes"}
    if small:
        return common | {"voice": "observed", "observed": story["observed"], "seen_alone": "no"}
    return common | {
        "voice": "heard",
        "words": story["words"],
        "seen_alone": "yes",
        "voice_methods": ["talk", "drawing"],
    }


def _sibling(kid: Kid, said: Mapping[str, str], on: date) -> Answers:
    row: Answers = {"name": kid.name, "level": "2"}
    if kid.due_on:
        return row | {
            "due_on": kid.due_on.isoformat(), "voice": "unborn", "why_not": "Not born yet",
            "meaning": "The plan is meant to be in place before the birth.",
        }  # fmt: skip
    row |= {
        "born_on": kid.born_on.isoformat() if kid.born_on else None,
        "voice_on": (on - timedelta(days=9)).isoformat(),
    }
    row["school"] = kid.school[0]
    if kid.age_on(on) < 5:
        return row | {
            "voice": "observed",
            "observed": f"{kid.name} stayed near the older ones, brought a book and found a lap.",
            "meaning": f"{kid.name} is well cared for, and picks up the mood of the house at once.",
        }
    return row | {
        "voice": "heard",
        "words": "It is okay. It is better when everyone is in a good mood.",
        "meaning": f"{kid.name} is doing well and notices more than {said['mother']} thinks.",
    }


def _conclusion(
    story: Mapping[str, Any], kid: Kid, said: Mapping[str, str], parent: str, on: date
) -> Answers:
    review_on = on + timedelta(days=42)
    plan = [
        {
            "need": need, "area": area, "whom": kid.name, "outcome": measure, "what": what, "who": who,
            "by": days_on(on, 14 + 9 * number), "status": "in_progress" if number == 0 else "not_started",
            "measure": measure,
        }
        for number, (need, area, what, who, measure) in enumerate(story["actions"])
    ]  # fmt: skip
    return {
        "meaning": story["meaning"],
        "working_well": story["working"],
        "worries": story["worries"],
        "level": story["level"],
        "level_because": story["because"],
        "decision": "D3",
        "decision_because": "The family want a plan, and more than one service has to act.",
        "decided_on": on.isoformat(),
        "decided_by": f"{said['worker']} with {parent}; agreed by {said['manager']}",
        "family_told_on": on.isoformat(),
        "lead": said["worker"],
        "lead_agency": "family_support",
        "plan": plan,
        "review_on": working_day(review_on).isoformat(),
        "review_place": "Winterbrook Family Hub, 10:00",
        "parents_agree": "agree",
        "child_agrees": "agree",
        "manager": said["manager"],
        "manager_on": on.isoformat(),
        "completed_on": on.isoformat(),
        "signatures": [signature(parent, "Mother", on), signature(said["worker"], said["job"], on)],
    }


# Wheels


def wheel(
    kid: Kid, said: Mapping[str, str], scores: Sequence[int], read_on: date, *, first: bool, step: str
) -> Answers:
    """Return a reading of the family's wheel."""
    spoken = (
        texts("amelia")["star_notes"] if kid.life.get("life") == "amelia" else _spoken(FAMILY_AREAS, scores)
    )
    return {
        "read_on": read_on.isoformat(),
        "reading": "first" if first else "review",
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
    kid: Kid, said: Mapping[str, str], scores: Sequence[int], read_on: date, *, first: bool
) -> Answers:
    """Return a reading of the wheel for children under eleven."""
    return {
        "read_on": read_on.isoformat(),
        "reading": "first" if first else "review",
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
