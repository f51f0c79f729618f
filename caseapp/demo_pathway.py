"""What stands in the demo's pathway plans, the needs assessment among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from caseapp.ages import birthday
from caseapp.demo_people import Kid, filled, texts
from caseapp.demo_plans import days_on, signature
from caseapp.form import Answers


def pathway(
    kid: Kid, said: Mapping[str, str], number: int, plan_on: date, needs_on: date, random: Random
) -> Answers:
    """Return a pathway plan's answers, the needs assessment among them."""
    common = texts("pathway")["common"]
    story = {key: filled(each, said) for key, each in texts("pathway")["stories"][kid.life["leaver"]].items()}
    adult = kid.age_on(plan_on) >= 18
    uasc = bool(kid.life["care"].get("uasc"))
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
        "parenthood": ["parent"] if kid.life["leaver"] == "parent" else ["no"],
        "view_of_plan": story["view"],
        "hopes_one_year": story["hopes"],
        "worries": story["worries"],
        "agree": "most",
        "disagree_with": story["disagree"],
        "complaint_told": "yes",
        **_needs(story, said, needs_on, uasc),
        **_home(kid, story, said, plan_on, adult),
        **_work_and_health(story, said, plan_on, adult, random),
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
        "signatures": [
            signature(kid.full_name, "Young person", plan_on),
            signature(said["adviser"], "Personal adviser", plan_on),
            signature(said["manager"], "Team manager", plan_on),
        ],
    }


def _needs(story: Mapping[str, Any], said: Mapping[str, str], on: date, uasc: bool) -> Answers:
    return {
        "needs_assessed_on": on.isoformat(),
        "need_wishes": story["home_want"],
        "need_health": story["health"],
        "need_eet": f"{story['course'] or 'At home with her child'}. {story['work_want']}",
        "need_uasc": "Legal advice and tracing go on; see the actions." if uasc else "Does not apply.",
        "need_family": story["family"],
        "need_money": story["money"],
        "need_skills": "Cooks, cleans and travels without help. Letters and tenancy rules need practice.",
        "need_support": story["support"],
        "need_view_parents": "No contact that would be safe or wished for."
        if uasc
        else "Asked by letter; content with the plan.",
        "need_view_carer": f"{said['carer_full']}: proud of {said['name']}, and the door stays open.",
        "need_view_school": "The tutor describes somebody who asks when unsure and turns up.",
        "need_view_iro": f"{said['reviewing_officer']}: a sound plan; name the home in good time.",
        "need_view_health": "Health assessments are up to date; the passport is explained and given at 18.",
        "need_view_pa": f"{said['adviser']}: texts work best, and plain words.",
        "need_view_others": "Nobody beside those named.",
    }


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
    }  # fmt: skip


def _work_and_health(
    story: Mapping[str, Any], said: Mapping[str, str], on: date, adult: bool, random: Random
) -> Answers:
    spent = random.randint(20, 180) * 1000
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
        "setting_up_limit": 300000,
        "setting_up_spent": spent if adult else 0,
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
