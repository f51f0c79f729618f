"""What stands in the demo's documents where early help ends, asks for more, or begins after social care."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from caseapp import words
from caseapp.demo_help_plans import PHONE, Scene, parents, scores, signed, voice
from caseapp.demo_people import filled, texts
from caseapp.demo_plans import days_on
from caseapp.form import Answers


def step_up(scene: Scene, told: Mapping[str, str], assessed_on: date, met_on: date | None) -> Answers:
    """Return a step up of one child; while no answer has come it says so."""
    said = {key: filled(each, scene.said) for key, each in told.items()}
    answered = {
        "answered_on": scene.day, "answered_by": scene.said["manager"],
        "answer_because": said.get("answer", ""),
        "early_help": "close",
    }  # fmt: skip
    return {
        "stepped_on": scene.day, "urgency": said["urgency"], "manager": scene.said["manager"],
        "trigger": said["trigger"], "reason": said["reason"], "tried": said["tried"],
        "level": "4", "level_because": "Early help cannot keep this safe.",
        "level_4_steps": f"{scene.said['manager']} told and children’s social care rung today",
        "risk": said["risk"], "safe_now": said["safe_now"], **voice(scene, 0, said["words"]),
        "eha_attached": "yes", "eha_version": f"Version 1 of {words.day(assessed_on)}",
        "plan_attached": "yes" if met_on else "no",
        **({"plan_version": f"As of the meeting on {words.day(met_on)}"} if met_on else {}),
        "family_told": "yes", "told_on": scene.day, "family_view": said["family_view"], "consent": "given",
        "contact_on": scene.day, "contact_time": "10:20", "contact_to": "First contact team",
        "contact_how": "phone", "result": said["result"],
        **(answered if said["result"] == "accepted" else {"early_help": "pause"}),
        "signatures": signed(scene),
    }  # fmt: skip


def closing(scene: Scene, told: Mapping[str, Any], star_on: date | None) -> Answers:
    """Return the summary with which early help ends."""
    said = {key: filled(each, scene.said) for key, each in told.items()}
    name, agency, what, contact = said["continuing"]
    star = {"star_taken": "no", "star_why_not": said.get("star_why_not", "")}
    if star_on:
        star = {"star_taken": "yes", "star_on": star_on.isoformat(), "star_note": said["star"]}
    return {
        "closed_on": scene.day, "reason": said["reason"], **voice(scene, 3, said["words"]),
        "impact": said["impact"], "level": "1", "level_because": "School and family meet what is left.",
        "outcomes": [
            {
                "need": need, "whom": scene.kid.name, "outcome": "partly" if at == 2 else "achieved",
                "evidence": measure,
            }
            for at, (need, _, _, _, measure) in enumerate(scene.story["actions"])
        ],
        "scaling": scores(scene, 8), **star,
        "parents_views": parents(
            scene, asked="yes", helped=said["helped"], better=said["better"], agrees="agree"
        ),
        "continuing": [{"name": name, "agency": agency, "what": what, "contact": contact}],
        "contingency": [{"sign": said["sign"], "then": said["then"], "who": scene.said["mother"]}],
        "come_back": f"Ring the family hub on {PHONE}, or ask at school.",
        "letter_sent_on": scene.day, "letter_to": scene.parent,
        "manager": scene.said["manager"], "manager_on": scene.day,
        "signatures": signed(scene, (scene.said["manager"], "Team manager")),
    }  # fmt: skip


def step_down(scene: Scene, told: Mapping[str, str], social_worker: str, first_on: date) -> Answers:
    """Return how social care hands a child over to early help."""
    said = {key: filled(each, scene.said) for key, each in told.items()}
    return {
        "stepped_on": scene.day, "social_worker": social_worker, "social_team": scene.said["team"],
        "social_manager": scene.said["manager"], "source": "meeting", "source_on": scene.day,
        "reason": said["reason"], "family_agreed": "yes", "agreed_on": scene.day, "agreed_by": scene.parent,
        "level": "3", "level_because": "Safe, with help that several people give.",
        "better": said["better"], "still_needed": said["still_needed"], **voice(scene, 2),
        "lead": scene.said["worker"], "lead_agency": "family_support", "lead_named_on": scene.day,
        "first_taf_on": first_on.isoformat(), "handed_papers": ["assessment", "plan", "minutes"],
        "handed_over": [
            {"what": said["handed"], "from_whom": social_worker, "to_whom": scene.said["worker"]}
        ],
        "handover_done": "yes", "handover_on": scene.day,
        "contingency": [{"sign": said["sign"], "then": said["then"], "who": scene.said["mother"]}],
        "signatures": signed(scene, (social_worker, "Social worker")),
    }  # fmt: skip


def young_carer(scene: Scene, found_on: date) -> Answers:
    """Return a young carer's needs assessment."""
    told = {key: filled(each, scene.said) for key, each in texts("help")["carer"].items()}
    return {
        "written_on": scene.day, "identified_on": found_on.isoformat(), "identified_how": "school",
        "identified_by": scene.said["teacher"], "assessment": "completed", "offered_on": scene.before(28),
        "assessed_on": scene.day, "took_part": f"{scene.kid.name}, {scene.parent}, {scene.said['worker']}",
        "cared_for": [
            {
                "name": scene.parent, "relation": scene.relation, "condition": "A long illness",
                "adult_assessment": "asked", "adult_contact": "Adult services; the two will be read together",
            }
        ],
        "tasks": told["tasks"], "tasks_detail": told["detail"], "emotional_care": told["nights"], "hours": 14,
        "nights": "yes", "reliance": "mainly", "reliance_detail": told["reliance"],
        "effect_education": told["education"], "effect_wellbeing": told["wellbeing"],
        "effect_development": told["development"], "good_in_it": told["proud"], "excessive": "some",
        "excessive_which": told["too_much"], "appropriate": "less", "appropriate_because": told["because"],
        **voice(scene, 2, told["words"]), "wants": "more_help", "wishes": told["wishes"],
        "family_wishes": told["family_wishes"], "needs_support": "yes", "support_because": told["support"],
        "supported_on": scene.day, "emergency": told["emergency"],
        "plan": [
            {
                "need": need, "area": area, "whom": scene.kid.name, "outcome": outcome, "what": what,
                "who": who, "by": days_on(scene.on, 35), "status": "not_started", "measure": measure,
            }
            for need, area, what, who, outcome, measure in filled(told["actions"], scene.said)
        ],
        "review_on": days_on(scene.on, 180), "transition": "not_yet",
        "signatures": signed(scene, (scene.kid.full_name, "Young person")),
    }  # fmt: skip
