"""What stands in the demo's documents of early help: the common part of a family, and each child's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from caseapp import words
from caseapp.demo_people import Family, Kid, filled, texts, working_day
from caseapp.demo_plans import days_on, signature
from caseapp.form import Answers
from caseapp.form_parts.early_help_triangle import DIMENSIONS

TALKS_FROM, TEEN_FROM, SCORES_FROM = 5, 11, 7
MEETS_EVERY = 42
HUB = "Winterbrook Family Hub"
PHONE = "01632 960120"
SCHOOL_AGENCIES = {
    "nursery": "nursery", "primary": "primary", "secondary": "secondary",
    "special": "special_school", "college": "college",
}  # fmt: skip
_FATHER_CAME = ("came", "apologies")  # to every second meeting
# The story's own words: the part of it, the area that it belongs to
_TOLD_AREAS = (("health", "health"), ("warmth", "warmth"), ("family", "wider_family"))


@dataclass(frozen=True)
class Scene:
    """A child on the day of a document, with the words that stand in for people.

    `tale` names the family's story, `number` counts its meetings.
    """

    family: Family
    kid: Kid
    said: Mapping[str, str]
    on: date
    tale: str = ""
    number: int = 0

    @property
    def parent(self) -> str:
        """Return the full name of the parent who answers."""
        return f"{self.said['mother']} {self.family.surname}"

    @property
    def father(self) -> str:
        """Return the full name of the father, if he is the children's own and is not the one who answers."""
        listed = self.family.father if self.family.mother and not self.family.kin.get("step") else ""
        return f"{listed} {self.family.surname}" if listed else ""

    @property
    def story(self) -> dict[str, Any]:
        """Return the story that brought the family, with names put in."""
        told = texts("early_help")["stories"][self.tale]
        return {key: filled(each, self.said) for key, each in told.items()}

    @property
    def day(self) -> str:
        """Return the day as forms keep it."""
        return self.on.isoformat()

    @property
    def relation(self) -> str:
        """Return what the parent who answers is."""
        return "Mother" if self.family.mother else "Father"

    def picked(self, pool: Sequence[Any], more: int = 0) -> Any:
        """Return a text of a pool, another one at each meeting, with names put in."""
        return filled(pool[(self.number + self.family.number + more) % len(pool)], self.said)

    def before(self, days: int) -> str:
        """Return a working day so many days earlier."""
        return working_day(self.on - timedelta(days=days)).isoformat()


# The assessment


def assessment(scene: Scene, agreed_on: date) -> Answers:
    """Return the parts of an assessment that brothers and sisters have in common, up to the views."""
    story, said, kid = scene.story, scene.said, scene.kid
    small = kid.age_on(scene.on) < TALKS_FROM
    return {
        "area": "East" if said["team"].endswith("East") else "West",
        "stage": "first",
        "identified_on": (agreed_on - timedelta(days=12)).isoformat(),
        "opened_on": agreed_on.isoformat(),
        "route": story["route"],
        "checked_on": agreed_on.isoformat(),
        "checked": "none",
        "agency": "family_support",
        "assessor_contact": PHONE,
        "visits": [
            _visit(max(agreed_on.isoformat(), scene.before(20)), "Home", scene.parent, said["worker"]),
            _visit(
                max(agreed_on.isoformat(), scene.before(9)), kid.school[0] or "Home", kid.name, said["worker"]
            ),
        ],
        "sources": ["child", "parents", "health_visiting" if small else "primary"],
        "main_reason": story["reason"],
        "reasons": story["also"],
        "led_to": story["led_to"],
        "tried": story["tried"],
        "hopes": story["hopes"],
        **_areas(scene, [key for key, *_ in DIMENSIONS[7:]]),
        "parents_views": parents(scene, how="met", wants=story["hopes"], agrees="agree"),
    }


def own_assessment(scene: Scene, *, first: bool) -> Answers:
    """Return a child's own part, up to their view; of the first child the story tells."""
    cares = first and "young_carer" in (scene.story["reason"], *scene.story["also"])
    answers: Answers = {"level_at_start": "2", "relies_on_child": "yes" if cares else "no"}
    if cares:
        answers |= {
            "carer_identified_on": scene.before(30), "cared_for": scene.parent,
            "care_assessment": "offered", "care_assessment_on": scene.before(9),
            "care_tasks": filled(texts("help")["carer"]["detail"], scene.said), "care_hours": 14,
        }  # fmt: skip
    return answers | _areas(scene, [key for key, *_ in DIMENSIONS[:7]], told=first) | _heard(scene, first)


def _visit(on: str, place: str, seen: str, by: str) -> Answers:
    return {"on": on, "place": place, "seen": seen, "by": by}


def _areas(scene: Scene, keys: Sequence[str], *, told: bool = True) -> Answers:
    """Return the headings of the triangle: as the story tells, in the area's own words, or nothing."""
    own = {area: scene.story[part] for part, area in _TOLD_AREAS} if told else {}
    found: Answers = {}
    for key in keys:
        said = own.get(key) or filled(texts("help")["areas"].get(key, []), scene.said)
        found[f"{key}_known"] = "described" if said else "nothing"
        if said:
            found[f"{key}_strengths"], found[f"{key}_needs"] = said
    return found


def _heard(scene: Scene, first: bool) -> Answers:
    common = {
        "voice_on": scene.before(9),
        "voice_place": scene.kid.school[0] or "At home",
        "seen_home": "yes",
    }
    if scene.kid.age_on(scene.on) < TALKS_FROM:
        seen = scene.story["observed"] if first else scene.picked(texts("help")["voices"]["small"])
        return common | {"voice": "observed", "observed": seen, "seen_alone": "no"}
    words_said = scene.story["words"] if first else scene.picked(texts("help")["voices"]["sibling"])
    return common | {
        "voice": "heard", "words": words_said, "seen_alone": "yes", "voice_methods": ["talk", "drawing"],
        "voice_influence": scene.picked(_meeting()["influence"]),
    }  # fmt: skip


def parents(scene: Scene, **told: str) -> list[Answers]:
    """Return a row for each parent: the one who answers, and the father, who sees it much the same."""
    rows = [{"name": scene.parent, "relation": scene.relation, **told}]
    if scene.father:
        theirs = {key: "The same as she says." if len(each) > 9 else each for key, each in told.items()}
        rows.append({"name": scene.father, "relation": "Father", **theirs})
    return rows


def conclusion(scene: Scene) -> Answers:
    """Return what the family have in common at the end of an assessment: plan, review and signatures."""
    story, said = scene.story, scene.said
    plan = [
        {
            "need": need, "area": area, "whom": scene.kid.name, "outcome": story["hopes"], "what": what,
            "who": who, "by": days_on(scene.on, 20 + 9 * at), "measure": measure,
            "status": "not_started" if at else "in_progress",
        }
        for at, (need, area, what, who, measure) in enumerate(story["actions"])
    ]  # fmt: skip
    return {
        "scaling": scores(scene, 3),
        "family_level": story["level"],
        "lead": said["worker"],
        "lead_agency": "family_support",
        "plan": plan,
        "if_worse": filled(_meeting()["if_worse"], said),
        "review_on": days_on(scene.on, MEETS_EVERY),
        "review_place": f"{HUB}, 10:00",
        **_consent_checked(scene),
        "copies": [{"to": scene.parent, "on": scene.day, "how": "By hand"}],
        "parents_agree": "agree",
        "manager": said["manager"],
        "completed_on": scene.day,
        "signatures": signed(scene),
    }


def own_conclusion(scene: Scene, *, first: bool) -> Answers:
    """Return what an assessment concludes for one child."""
    story, said = scene.story, scene.said
    name = scene.kid.name
    return {
        "meaning": story["meaning"]
        if first
        else f"{name} is doing well and notices more than is said aloud.",
        "working_well": story["working"],
        "worries": story["worries"] if first else "",
        "level": story["level"] if first else "2",
        "level_because": story["because"] if first else "Part of the family’s plan; no need of their own.",
        "decision": "D3",
        "decision_because": "The family want a plan, and more than one service has to act.",
        "decided_on": scene.day,
        "decided_by": f"{said['worker']} with {scene.parent}",
        "family_told_on": scene.day,
        "child_agrees": "agree",
    }


def scores(scene: Scene, base: int) -> list[Answers]:
    """Return how things are from 0 to 10: the parent, the worker, and a child who can answer."""
    kid, odd = scene.kid, scene.family.number % 2
    asked = [
        (scene.parent, "parent", "The family", base),
        (scene.said["worker"], "worker", "The family", base + odd),
    ]
    if kid.age_on(scene.on) >= SCORES_FROM:
        asked.append((kid.name, "child", kid.name, base + 1))
    return [
        {
            "respondent": who,
            "respondent_role": role,
            "subject": about,
            "on": scene.day,
            "score": min(points, 9),
        }
        for who, role, about, points in asked
    ]


def _consent_checked(scene: Scene) -> Answers:
    return {"consent_checked": "yes", "consent_checked_on": scene.day}


def signed(scene: Scene, *more: tuple[str, str]) -> list[Answers]:
    """Return the signatures of parent and worker, and of others: (name, role)."""
    people = ((scene.parent, scene.relation), (scene.said["worker"], scene.said["job"]), *more)
    return [signature(name, role, scene.on) for name, role in people]


# The meeting


def meeting(
    scene: Scene, open_rows: Sequence[Answers], next_on: date | None, star: str = "", minutes: str = ""
) -> Answers:
    """Return the common part of a meeting's minutes; the last meeting of all has no next one."""
    told, said = _meeting(), scene.said
    last = next_on is None
    answers: Answers = {
        "meeting": "last" if last else "review" if scene.number else "first",
        "planned_on": scene.day, "planned_time": "10:00", "held_as": "room",
        "place": scene.kid.school[0] or HUB, "held_on": scene.day,
        "chair": said["mother"] if scene.number >= 3 else said["worker"], "minute_taker": said["worker"],
        "agenda": "What went well\nThe plan, one action after the other\nWhat the children say\nNext time",
        "invited": _invited(scene),
        "parents_views": _took_part(scene),
        **_consent_checked(scene),
        "went_well": _at(scene, told["went_well"]),
        "worries": _at(scene, told["worries"]),
        "changes": scene.picked(told["changes"]),
        "reviewed": _looked_at(scene, open_rows, last),
        "scaling": scores(scene, 4 + scene.number),
        "star_note": star,
        "plan": [] if last else _new_actions(scene, open_rows),
        "if_worse": filled(told["if_worse"], said),
        "minutes": minutes or _at(scene, told["minutes"]),
        "copies": [{"to": scene.parent, "on": scene.day, "how": "By hand"}],
        "signatures": signed(scene),
    }  # fmt: skip
    if next_on:
        answers |= {"next_on": next_on.isoformat(), "next_time": "10:00", "next_place": HUB}
    return answers


def _took_part(scene: Scene) -> list[Answers]:
    mother, *father = parents(scene, attended="came", views=scene.story["hopes"])
    if _FATHER_CAME[scene.number % 2] == "came":
        return [mother, *father]
    return [mother, *(row | {"attended": "before"} for row in father)]


def _at(scene: Scene, pool: Sequence[str]) -> str:
    """Return the text of a meeting: the pool goes from the first meeting to the last."""
    return str(filled(pool[min(scene.number, len(pool) - 1)], scene.said))


def _invited(scene: Scene) -> list[Answers]:
    said, school = scene.said, scene.kid.school
    people = [(scene.parent, scene.relation, "family", "came")]
    people += [(scene.father, "Father", "family", _FATHER_CAME[scene.number % 2])] if scene.father else []
    people.append((said["worker"], said["job"], "family_support", "came"))
    if school[2]:
        people.append((school[1], school[0], SCHOOL_AGENCIES[school[2]], "came"))
    health = ("Bernadette Quirke", "Health visitor", "health_visiting")
    if scene.kid.age_on(scene.on) >= TALKS_FROM:
        health = ("Denise Fairhurst", "School nurse", "school_nursing")
    people.append((*health, ("came", "report", "apologies")[scene.number % 3]))
    return [
        {"name": name, "role": role, "agency": agency, "invited_how": "email", "attendance": came}
        | ({} if came == "came" else {"report_in": "yes" if came == "report" else "no"})
        for name, role, agency, came in people
    ]


def _looked_at(scene: Scene, open_rows: Sequence[Answers], last: bool) -> list[Answers]:
    """Return the actions that were open: done by their day; at every second meeting one gets a new date."""
    found, moves = [], scene.number % 2 == 1
    for at, row in enumerate(open_rows):
        by = words.stored_day(row.get("by"))
        if last or (by and by <= scene.on):
            found.append(_done(scene, row, at))
            continue
        found.append(row | {"status": "in_progress", "comment": scene.picked(_meeting()["going"], at)})
        if by and moves:
            found[-1] |= {"new_by": days_on(by, 14), "why_moved": _meeting()["moved"]}
            moves = False
    return found


def _done(scene: Scene, row: Answers, at: int) -> Answers:
    return row | {
        "status": "done", "comment": scene.picked(_meeting()["done"], at),
        "result": "partly" if (scene.number + at) % 4 == 3 else "fully", "result_on": scene.day,
        "evidence": _at(scene, _meeting()["progress"]),
    }  # fmt: skip


def _meeting() -> Any:
    """Return the texts of meetings."""
    return texts("help")["meeting"]


def _new_actions(scene: Scene, open_rows: Sequence[Answers]) -> list[Answers]:
    agreed = {row.get("what") for row in open_rows}
    found = [scene.picked(_meeting()["actions"], scene.number + more) for more in range(2)]
    return [
        {
            "need": need, "area": area, "whom": scene.kid.name, "outcome": outcome, "what": what, "who": who,
            "by": days_on(scene.on, 30 + 12 * at), "status": "not_started", "measure": measure,
        }
        for at, (need, area, what, who, outcome, measure) in enumerate(found)
        if what not in agreed
    ]  # fmt: skip


def own_meeting(scene: Scene, level: str, *, first: bool, last: bool) -> Answers:
    """Return one child's part in a meeting."""
    told = _meeting()
    years = scene.kid.age_on(scene.on)
    return {
        "child_attended": "part" if first and years >= SCORES_FROM and scene.number % 2 else "no",
        **voice(scene, 4),
        "child_progress": _at(scene, told["progress"]),
        "voice_influence": scene.picked(told["influence"]),
        "level": "1" if last else level,
        "level_because": told["level_because"],
        "decision": "close" if last else "go_on",
        "decision_because": "What was agreed is done." if last else told["because"],
    }


def voice(scene: Scene, days: int, own_words: str = "") -> Answers:
    """Return what a child says, or what was seen of a small one, some days before."""
    pools, years = texts("help")["voices"], scene.kid.age_on(scene.on)
    common = {"voice_on": scene.before(days), "voice_present": f"{scene.kid.name}, {scene.said['worker']}"}
    if years < TALKS_FROM:
        return common | {"voice": "observed", "observed": scene.picked(pools["small"])}
    said = own_words or scene.picked(pools["teen" if years >= TEEN_FROM else "young"])
    return common | {"voice": "heard", "words": said, "voice_methods": ["talk"]}
