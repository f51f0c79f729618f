"""What stands in the demo's plans: answers for each form, from the texts of resources/demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from caseapp import calendars
from caseapp.ages import key_stage, year_group
from caseapp.demo_people import Family, Kid, filled, texts, working_day
from caseapp.form import Answers

FAMILY_AREAS = (
    "home_care", "health", "feelings", "learning", "friends", "together", "routines", "housing", "money", "support",
)  # fmt: skip
CHILD_AREAS = ("home", "safe", "well", "feelings", "people", "play")
CHILD_WHEEL_UNTIL = 11
_SDQ_EVERY = timedelta(days=150)  # often enough that one is always in date


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
            {"on": (done_on - timedelta(days=20)).isoformat(), "place": "Home", "seen": f"{parent}, {kid.name}", "by": said["worker"]},
            {"on": seen_on.isoformat(), "place": kid.school[0] or "Home", "seen": kid.name, "by": said["worker"]},
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
            "observed": f"{kid.name} stayed near the older ones, brought a book and climbed on to the lap that was free.",
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
                "area": FAMILY_AREAS[scores.index(min(scores))], "goal": min(10, min(scores) + 2), "what": step,
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


# Education plans


def profile_of(kid: Kid, number: int) -> Mapping[str, Any]:
    """Return what a child is like at school."""
    pep: dict[str, Any] = texts("pep")
    if kid.life.get("life") == "amelia":
        return dict(pep["amelia"])
    listed = pep["teen" if kid.school[2] in ("secondary", "college") else "young"]
    return dict(listed[kid.life.get("profile", number) % len(listed)])


def pep(
    kid: Kid, said: Mapping[str, str], profile: Mapping[str, Any], which: int, met_on: date, care_on: date, initial: bool
) -> Answers:  # fmt: skip
    """Return an education plan's answers; `which` counts a child's plans from the oldest."""
    own = {key: _nth(filled(each, said), which) for key, each in profile.items() if key != "targets"}
    targets = [
        _target(filled(each, said), own, said, met_on, at) for at, each in enumerate(profile["targets"])
    ]
    term = calendars.term_of(met_on)
    school_year = met_on.year if met_on.month >= 9 else met_on.year - 1
    return {
        "term": term.name.capitalize(),
        "academic_year": f"{school_year} to {school_year + 1}",
        "pep_type": "initial" if initial else "review",
        "variant": "post16" if kid.school[2] == "college" else "school",
        "opened_on": (met_on - timedelta(days=12)).isoformat(),
        "upn_state": "known",
        **_own_words(own, said, met_on),
        **_care_answers(kid, said),
        **_school_answers(kid, said, met_on, which),
        **_sdq(kid, met_on, care_on, which),
        **_learning(own, kid, met_on, which),
        "targets": targets,
        "achievements": own["achievements"],
        "library": "yes",
        "laptop": "yes",
        "carer_view": own["carer_view"],
        "carer_support": own.get(
            "carer_support", "The planner is read together each Sunday, and there is a desk by the window."
        ),
        "worker_view": own["worker_view"],
        "teacher_view": own["teacher_view"],
        **_meeting(kid, said, met_on, own),
    }


def _nth(value: Any, which: int) -> Any:
    return value[min(which, len(value) - 1)] if isinstance(value, list) else value


def _own_words(own: Mapping[str, Any], said: Mapping[str, str], met_on: date) -> Answers:
    keys = ("enjoys", "good_at", "hard", "helps", "helpers", "hopes_year", "hopes_job")
    asked = {"helps": "helps_learn"}
    return {asked.get(key, key): own[key] for key in keys} | {
        "voice_method": "talk",
        "voice_on": (met_on - timedelta(days=3)).isoformat(),
        "voice_helper": said["teacher"],
        "feeling": own.get("feeling", 4),
        "knows_why": "yes",
        "wants_to_come": "part",
    }


def _target(
    row: Sequence[str], own: Mapping[str, Any], said: Mapping[str, str], met_on: date, at: int
) -> Answers:
    category, need, what, measure, quote = row
    by = met_on + timedelta(days=84)
    helping = {
        "maths": (
            "One-to-one tuition with the same person each time",
            "Tutor, planned with school",
            "Twice a week",
            36000,
        ),
        "reading": (
            "Short sessions with one adult, books chosen by {name}",
            "Teaching assistant",
            "Daily, ten minutes",
            9000,
        ),
        "attendance": ("A job to do on arrival, and a call home by 9:15", "{teacher}", "Each morning", 0),
        "semh": (
            "A key adult, the card, and a place to go",
            "{teacher}",
            "When needed, looked at each Friday",
            0,
        ),
    }.get(category, ("Time, materials and somebody who knows the subject", "{teacher}", "Once a week", 12000))
    intervention, by_whom, often, cost = helping
    found = {
        "category": category, "need": need, "what": what, "measure": measure, "success": measure.split(";")[-1].strip().capitalize(),
        "intervention": intervention.format_map(said), "delivered_by": by_whom.format_map(said), "often": often,
        "starts_on": days_on(met_on, 5), "ends_on": by.isoformat(), "who": said["teacher"], "own_words": quote,
        "by": by.isoformat(), "rag": ("amber", "green", "amber")[at % 3], "status": "started",
    }  # fmt: skip
    return found | ({"cost": cost} if cost else {})


def _care_answers(kid: Kid, said: Mapping[str, str]) -> Answers:
    on_order = kid.life["care"]["legal"] in ("C1", "C2", "E1")
    return {
        "address_withheld": "yes" if kid.life["care"].get("uasc") else "no",
        "carers": said["carer_full"],
        "responsibility": (
            f"The council by order, shared with {said['mother_full']}." if on_order
            else f"{said['mother_full']}; the council looks after {kid.name} by agreement and holds none." if said["mother_full"]
            else "Nobody in this country; the council looks after the child under section 20."
        ),
        "may_collect": f"{said['carer_full']}, and {said['worker']} with identification.",
        "may_have_reports": f"{said['carer_full']} directly; others through {said['worker']}.",
        "prohibited": "no",
        "worker_contact": "01632 960120",
        "manager": said["manager"],
        "manager_contact": "01632 960121",
        "signs_trips": ["carer"],
        "signs_photos": ["worker"],
        "signs_medical": ["carer", "manager"] if on_order else ["carer", "parent"] if said["mother_full"] else ["carer", "manager"],
        "asylum": "yes" if kid.life["care"].get("uasc") else "no",
        "youth_justice": "no",
        "agencies": [{"name": said["reviewing_officer"], "role": "Independent reviewing officer"}],
    }  # fmt: skip


def _school_answers(kid: Kid, said: Mapping[str, str], met_on: date, which: int) -> Answers:
    setting = {
        "primary": "primary",
        "secondary": "secondary",
        "college": "fe",
        "special": "special",
        "nursery": "nursery",
    }
    term = calendars.term_of(met_on)
    possible = max(10, (met_on - term.starts_on).days // 7 * 10)
    missed = (5, 3, 2, 4, 1, 2)[(which + len(kid.name)) % 6]
    group = year_group(kid.born_on, met_on) if kid.born_on else 0
    return {
        "setting_type": setting[kid.school[2]],
        "teacher_email": "designated.teacher@example.org",
        "hours_week": "16.0" if kid.school[2] == "college" else "25.0",
        "full_time": "yes",
        "alternative": "no",
        "key_stage": {"post-16": "KS5"}.get(key_stage(group), key_stage(group)),
        "sessions_possible": possible,
        "sessions_attended": possible - missed,
        "sessions_authorised": missed,
        "sessions_unauthorised": 0,
        "absence_reasons": ("A cold in the second week.", "Dentist and a stomach bug.", "Family time once, agreed.", "Two late Mondays.")[missed % 4],
        "suspended_days_term": "0.0",
        "suspended_days_year": "0.0",
        "excluded": "no",
        "timetable_reduced": "no",
        "sen_status": kid.life.get("sen", "N"),
        "allergies": kid.life.get("alerts", ""),
        "trusted_adult": said["teacher"],
    }  # fmt: skip


def _sdq(kid: Kid, met_on: date, care_on: date, which: int) -> Answers:
    first = care_on + timedelta(days=30)
    if met_on < first or not 4 <= kid.age_on(met_on) <= 16:
        return {}
    done_on = first + (met_on - first) // _SDQ_EVERY * _SDQ_EVERY
    lower = min(which, 3)
    return {
        "sdq_done": "yes", "sdq_on": done_on.isoformat(), "sdq_by": "carer", "sdq_emotional": 7 - lower,
        "sdq_conduct": 3, "sdq_hyperactivity": 6 - lower // 2, "sdq_peer": 4 - lower // 2, "sdq_prosocial": 7,
        "sdq_source": "Health assessment",
    }  # fmt: skip


def _learning(own: Mapping[str, Any], kid: Kid, met_on: date, which: int) -> Answers:
    below = {"Reading": "reading", "English": "writing", "Writing": "writing", "Maths": "maths"}.get(
        str(own["weak"]), ""
    )
    judged = {key: "B" if key == below else "E" for key in ("reading", "writing", "maths")}
    on = working_day(met_on - timedelta(days=6)).isoformat()
    judged |= {"progress_overall": "expected" if which == 0 else "more"}
    return judged | {
        "attainment": [
            {"subject": str(own["strong"]), "assessed_on": on, "framework": "school", "judgement": "GD", "progress": "more", "remark": str(own["achievements"])},
            {"subject": str(own["weak"]), "assessed_on": on, "framework": "school", "judgement": "B", "progress": "expected", "remark": "Support goes on; see the targets."},
        ]
    }  # fmt: skip


def _meeting(kid: Kid, said: Mapping[str, str], met_on: date, own: Mapping[str, Any]) -> Answers:
    following = calendars.term_after(calendars.term_of(met_on)).starts_on + timedelta(days=21)
    signed = [signature(kid.name, "Child" if kid.age_on(met_on) < 11 else "Young person", met_on)]
    signed += [
        signature(said["carer"], "Carer", met_on),
        signature(said["teacher"], "Designated teacher", met_on),
    ]
    return {
        "met_on": met_on.isoformat(),
        "met_at": "14:00",
        "met_where": kid.school[0],
        "child_there": "part",
        "carer_there": "there",
        "worker_there": "there",
        "teacher_there": "there",
        "decisions": f"{kid.name}’s own targets stand first. Support in {str(own['weak']).lower()} goes on until the next meeting.",
        "actions": [
            {"what": f"Give {kid.name} the one-page version of this plan", "who": said["teacher"], "by": days_on(met_on, 7), "status": "open"},
            {"what": f"Tell the reviewing officer what {kid.name} asked for", "who": said["worker"], "by": days_on(met_on, 10), "status": "open"},
        ],
        "next_on": working_day(following).isoformat(),
        "child_version": "yes",
        "signatures": [*signed, signature(said["worker"], said["job"], met_on)],
    }  # fmt: skip


# Pathway plans


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
            {"name": kid.name, "role": "Young person", "how": "attended"},
            {"name": said["adviser"], "role": "Personal adviser", "how": "attended"},
        ],
        "how_i_took_part": ["meeting", "before"],
        "advocate_offered": "yes",
        "my_story": story["story"],
        "strengths": story["strengths"],
        "important_people": story["family"],
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
            signature(kid.name, "Young person", plan_on),
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
        "need_view_iro": f"{said['reviewing_officer']}: the plan is sound; the home must be named in good time.",
        "need_view_health": "Health assessments are up to date; the passport is explained and given at 18.",
        "need_view_pa": f"{said['adviser']}: texts work best, and plain words.",
        "need_view_others": "None beside those named.",
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
        **{f"suitable_{key}": "yes" for key in keys},
        "suitable_repair": "partly",
        "suitable_repair_why": "One repair is waiting; see the actions.",
        "suitability": "1",
        "suitability_reasons": f"Seen by {said['adviser']} with {kid.name}: own room, warm, near to work and friends. {kid.name} feels safe there.",
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
        "aims": story["work_want"],
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
        "safety_plan": f"Show odd messages to {said['adviser']}. Somebody knows when {said['name']} is out late.",
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
