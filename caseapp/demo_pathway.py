"""What stands in the demo's needs assessments, pathway plans and checklists of leaving care."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from caseapp.ages import birthday
from caseapp.demo_leaving import ALLOWANCE, spent_by
from caseapp.demo_people import Kid, filled, texts
from caseapp.demo_plans import days_on, signature
from caseapp.form import Answers
from caseapp.form_parts import pathway_needs_parts
from caseapp.forms import leaving_well as leaving_well_form

ADULT = 18


def pathway(kid: Kid, said: Mapping[str, str], number: int, plan_on: date, needs_on: date) -> Answers:
    """Return a pathway plan's answers."""
    common = texts("pathway")["common"]
    story = _story(kid, said)
    adult, uasc = kid.age_on(plan_on) >= ADULT, _is_uasc(kid)
    return {
        "plan_number": number,
        "plan_type": "first" if number == 1 else "review",
        "category": "former_relevant" if adult else "eligible",
        "plan_on": plan_on.isoformat(),
        "review_met_on": plan_on.isoformat(),
        "next_review_on": (plan_on + relativedelta(months=6)).isoformat(),
        "in_touch": "YES",
        "personal_adviser": said["adviser"],
        "took_part": [
            {"name": kid.full_name, "role": "Young person", "how": "attended"},
            {"name": said["adviser"], "role": "Personal adviser", "how": "attended"},
        ],
        "how_i_took_part": ["meeting", "before"],
        "advocate_offered": "yes",
        "my_story": story["story"],
        "strengths": story["strengths"],
        "live_with": story["live_with"],
        "immigration": "refugee" if uasc else "none",
        "uasc": "yes" if uasc else "no",
        **({"uasc_support": common["uasc_support"]} if uasc else {}),
        "parenthood": ["parent"] if kid.life["leaver"] == "parent" else ["no"],
        "view_of_plan": story["view"],
        "hopes_one_year": story["hopes"],
        "worries": story["worries"],
        "agree": "most",
        "disagree_with": story["disagree"],
        "complaint_told": "yes",
        "needs_assessed_on": needs_on.isoformat(),
        "needs_found": pathway_needs_parts.found(_needs(story, uasc)),
        **_home(kid, story, said, plan_on, adult),
        **_work_and_health(kid, story, said, plan_on, adult),
        **_young_persons_actions(story, plan_on),
        "could_go_wrong": common["could_go_wrong"][(number + len(kid.name)) % 4],
        "early_signs": common["early_signs"][(number + len(kid.family)) % 4],
        "who_does_what": filled(common["who"], said),
        "backup_home": filled(common["backup_home"][len(kid.name) % 3], said),
        "backup_money": common["backup_money"],
        "who_to_tell": filled(common["tell"], said),
        "contact_often": "month" if adult else "fortnight",
        "contact_by": said["adviser"],
        "contact_how": ["visit", "text"],
        "local_offer_on": (plan_on - timedelta(days=30)).isoformat(),
        "entitlements": ["pa", "setting_up", "council_tax", "documents"],
        "signatures": _signatures(kid, said, plan_on),
    }


def needs(kid: Kid, said: Mapping[str, str], needs_on: date) -> Answers:
    """Return the answers of the needs assessment that the first plan builds on."""
    story = _story(kid, said)
    adult, uasc = kid.age_on(needs_on) >= ADULT, _is_uasc(kid)
    return {
        "wishes": story["home_want"],
        "hard": story["worries"],
        "ready": story["hopes"],
        "assessed_because": "changed" if adult else "sixteen",
        "category": "former_relevant" if adult else "eligible",
        "begun_on": (needs_on - timedelta(days=40)).isoformat(),
        "needs_assessed_on": needs_on.isoformat(),
        "assessor": said["adviser"],
        "assessor_role": "Personal adviser",
        "how_i_took_part": ["meeting", "before"],
        "advocate_offered": "yes",
        "sources": ["pathway"] if adult else ["care_plan", "pep", "health"],
        **_needs(story, uasc),
        **_voices(said, needs_on, adult, uasc),
        "actions": [
            {
                "what": "Give the local offer and go through it", "who": said["adviser"],
                "by": needs_on.isoformat(), "status": "done",
            }
        ],
        "plan_due_on": days_on(needs_on, 28),
        "agree": "most",
        "disagree_with": story["disagree"],
        "complaint_told": "yes",
        "manager": said["manager"],
        "manager_agreed_on": needs_on.isoformat(),
        "manager_note": "A full assessment in plain words. The plan follows within four weeks.",
        "signatures": _signatures(kid, said, needs_on),
    }  # fmt: skip


def leaving_well(kid: Kid, said: Mapping[str, str], filled_on: date) -> Answers:
    """Return the answers of the checklist that the young person fills in before a review."""
    story, shift = _story(kid, said), len(kid.full_name)
    ticks = ("yes", "yes", "working", "yes", "no", "yes", "na", "yes", "working", "yes", "yes")
    return {
        "filled_on": filled_on.isoformat(),
        "filled": "alone",
        **{
            f"question_{number}": ticks[(number + shift) % len(ticks)]
            for _, number, _ in leaving_well_form.questions()
        },
        "housing_note": story["home_want"],
        "careers_note": story["work_want"],
        "proud_of": story["strengths"],
        "work_on": story["hopes"],
        "who_can_help": said["adviser"],
    }


def _story(kid: Kid, said: Mapping[str, str]) -> dict[str, Any]:
    told = texts("pathway")["stories"][kid.life["leaver"]]
    return {key: filled(each, said) for key, each in told.items()}


def _is_uasc(kid: Kid) -> bool:
    return bool(kid.life["care"].get("uasc"))


def _signatures(kid: Kid, said: Mapping[str, str], on: date) -> list[Answers]:
    return [
        signature(kid.full_name, "Young person", on),
        signature(said["adviser"], "Personal adviser", on),
        signature(said["manager"], "Team manager", on),
    ]


def _needs(story: Mapping[str, Any], uasc: bool) -> Answers:
    skills = "Cooks, cleans and travels without help. Letters and tenancy rules need practice."
    told = {
        "need_health": (story["health"], "Keep doctor and dentist; health passport at 18."),
        "need_eet": (
            f"{story['course'] or 'At home with her child'}. {story['work_want']}",
            story["work_want"],
        ),
        "need_uasc": ("Legal advice and tracing go on.", "The same solicitor and the same interpreter."),
        "need_family": (story["family"], "Time and fares for the people who matter."),
        "need_money": (story["money"], "A plan for the month, gone through when the money comes."),
        "need_skills": (skills, "Open the post together; go through a tenancy line by line."),
        "need_support": (story["support"], story["home_want"]),
    }
    answers: Answers = {}
    for key, (found, plan) in told.items():
        if key == "need_uasc" and not uasc:
            answers[f"{key}_is"] = "none"
        else:
            answers |= {f"{key}_is": "need", key: found, f"{key}_plan": plan}
    return answers


def _voices(said: Mapping[str, str], needs_on: date, adult: bool, uasc: bool) -> Answers:
    views = {
        "parents": "" if uasc else "Asked by letter; content with what is planned.",
        "carer": f"{said['carer_full']}: proud of {said['name']}, and the door stays open.",
        "school": "The tutor describes somebody who asks when unsure and turns up.",
        "iro": "" if adult else f"{said['reviewing_officer']}: name the home in good time.",
        "health": "Health assessments are up to date; the passport is explained and given at 18.",
        "adviser": f"{said['adviser']}: texts work best, and plain words.",
        "others": "",
    }
    answers: Answers = {}
    for number, (who, view) in enumerate(views.items(), 1):
        if view:
            asked_on = (needs_on - timedelta(days=4 * number)).isoformat()
            answers |= {f"{who}_asked": "view", f"{who}_asked_on": asked_on, f"{who}_view": view}
        else:
            answers[f"{who}_asked"] = "nobody"
    if uasc:
        reason = "No contact that would be safe or wished for."
        answers |= {"parents_asked": "not_asked", "parents_why_not": reason}
    return answers


def _home(kid: Kid, story: Mapping[str, Any], said: Mapping[str, str], on: date, adult: bool) -> Answers:
    keys = (
        "needs",
        "facilities",
        "safety",
        "location",
        "support",
        "tenancy",
        "cost",
        "landlord",
        "work",
        "views",
        "rights",
    )
    return {
        "accommodation": story["accommodation"],
        "landlord": story["landlord"],
        **({"home_since": birthday(kid.born_on, 18).isoformat()} if adult and kid.born_on else {}),
        **{f"suitable_{key}": "yes" for key in keys},
        "suitable_repair": "partly",
        "suitable_repair_why": "One repair is waiting; see the actions.",
        "suitability": "1",
        "suitability_reasons": f"Seen by {said['adviser']}: warm, near to friends. {kid.name} feels safe.",
        "home_want": story["home_want"],
        "home_my_score": 7,
        "home_worker_score": 6,
        "nights_homeless": 0,
        "staying_put": "considered" if not adult else "no",
        **({} if adult else {"next_move": story["support"]}),
    }  # fmt: skip


def _work_and_health(
    kid: Kid, story: Mapping[str, Any], said: Mapping[str, str], on: date, adult: bool
) -> Answers:
    return {
        "activity": story["activity"],
        "course": story["course"],
        "work_want": story["work_want"],
        "work_my_score": 8,
        "work_worker_score": 7,
        "university": "there" if story["activity"] == "F1" else "no",
        "health_consent": "some",
        "has_gp": "yes",
        "has_dentist": "yes",
        "health_assessed_on": (on - timedelta(days=120)).isoformat(),
        "health_passport": "given" if adult else "due",
        "conditions": story["health"],
        "health_my_score": 7,
        "bank": "yes",
        "savings": "own" if adult else "isa",
        "setting_up_limit": ALLOWANCE,
        "setting_up_spent": spent_by(birthday(kid.born_on, 18), on) if adult and kid.born_on else 0,
        "debts": story["money"],
        "document_passport": "have" if adult else "applied",
        "document_ni": "have",
        "missing_risk": "low",
        "exploitation_risk": "low",
        "safety_plan": f"Odd messages go to {said['adviser']}. Somebody knows who is out late.",
    }


def _young_persons_actions(story: Mapping[str, Any], on: date) -> Answers:
    found: Answers = {}
    for number, (area, what, who) in enumerate(story["actions"]):
        key = {"support": "other_actions", "skills": "skills_actions"}.get(area, f"{area}_actions")
        row = {
            "what": what,
            "who": who,
            "by": days_on(on, 21 + 17 * number),
            "status": ("green", "new", "amber", "new")[number % 4],
        }
        found.setdefault(key, []).append(row)
    return found
