"""What stands in the demo's education plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from caseapp import calendars
from caseapp.ages import key_stage, year_group
from caseapp.demo_people import Kid, filled, texts, working_day
from caseapp.demo_plans import days_on, signature
from caseapp.form import Answers

_SDQ_EVERY = timedelta(days=90)  # often enough that one is always in date


# What is done for a target of a kind: what, by whom, how often, in pence.
_HELP = {
    "maths": (
        "One-to-one tuition with the same person each time",
        "A tutor, with school",
        "Twice a week",
        36000,
    ),
    "reading": ("Short sessions with one adult, books chosen together", "Teaching assistant", "Daily", 9000),
    "attendance": ("A job to do on arrival, and a call home by 9:15", "{teacher}", "Each morning", 0),
    "semh": ("A key adult, the card, and a place to go", "{teacher}", "Looked at each Friday", 0),
}
_OTHER_HELP = ("Time, materials and somebody who knows the subject", "{teacher}", "Once a week", 12000)
_CARER_SUPPORT = "The planner is read together each Sunday, and there is a desk by the window."
_SETTINGS = {
    "nursery": "nursery", "primary": "primary", "secondary": "secondary",
    "college": "fe", "special": "special", "": "none",
}  # fmt: skip
_VARIANTS = {"": "not_in_education", "nursery": "early_years", "college": "post_16", "special": "special"}
_ABSENCES = (
    "A cold in the second week.", "Dentist and a stomach bug.",
    "Family time once, agreed.", "Two mornings after bad nights.",
)  # fmt: skip


_EARLY = (
    "Communication and language", "Physical development", "Personal, social and emotional development",
    "Literacy", "Mathematics", "Understanding the world",
)  # fmt: skip


def profile_of(kid: Kid, number: int) -> Mapping[str, Any]:
    """Return what a child is like at school."""
    pep: dict[str, Any] = texts("pep")
    if kid.life.get("life") == "amelia":
        return dict(pep["amelia"])
    listed = pep["teen" if kid.school[2] in ("secondary", "college") else "young"]
    return dict(listed[kid.life.get("profile", number) % len(listed)])


_SETTLED = "Settles at the door, joins the carpet, and knows the names of two others."


def variant(kid: Kid) -> str:
    """Return which kind of plan suits where a child learns."""
    return _VARIANTS.get(kid.school[2], "school")


def pep(
    kid: Kid,
    said: Mapping[str, str],
    profile: Mapping[str, Any],
    which: int,
    met_on: date,
    care_on: date,
    initial: bool,
) -> Answers:
    """Return an education plan's answers; `which` counts a child's plans from the oldest."""
    own = {key: _nth(filled(each, said), which) for key, each in profile.items() if key != "targets"}
    targets = [
        _target(filled(each, said), own, said, met_on, at) for at, each in enumerate(profile["targets"])
    ]
    term = calendars.term_of(met_on)
    school_year = met_on.year if met_on.month >= 9 else met_on.year - 1
    return {
        "term": term.name,
        "academic_year": f"{school_year} to {school_year + 1}",
        "pep_type": "initial" if initial else "review",
        "variant": variant(kid),
        "opened_on": (met_on - timedelta(days=12)).isoformat(),
        "upn_state": "UN1" if kid.school[2] == "nursery" else "known",
        **_own_words(own, said, met_on),
        **_care_answers(kid, said),
        **_school_answers(kid, said, met_on, which),
        **_of_setting(kid, said, own, met_on),
        **_sdq(kid, met_on, care_on, which),
        **_learning(own, kid, met_on, which),
        "targets": targets,
        "achievements": own["achievements"],
        "library": "yes",
        "laptop": "yes",
        "carer_view": own["carer_view"],
        "carer_support": own.get("carer_support", _CARER_SUPPORT),
        "worker_view": own["worker_view"],
        "teacher_view": own["teacher_view"],
        **_meeting(kid, said, met_on, own),
    }


def _nth(value: Any, which: int) -> Any:
    return value[min(which, len(value) - 1)] if isinstance(value, list) else value


def _own_words(own: Mapping[str, Any], said: Mapping[str, str], met_on: date) -> Answers:
    keys = ("enjoys", "good_at", "hard", "helps", "helpers", "hopes_year", "hopes_job")
    asked = {"helps": "helps_learn"}
    if "observed" in own:
        return {
            "voice_method": "watched", "voice_on": days_on(met_on, -4), "voice_helper": said["teacher"],
            "observed": own["observed"],
        }  # fmt: skip
    return {asked.get(key, key): own[key] for key in keys} | {
        "voice_method": own.get("voice_method", "talk"),
        "voice_on": days_on(met_on, -4),
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
    intervention, by_whom, often, cost = _HELP.get(category, _OTHER_HELP)
    found = {
        "category": category, "need": need, "what": what, "measure": measure,
        "success": _sentence(measure.split(";")[-1].strip()),
        "intervention": intervention.format_map(said), "delivered_by": by_whom.format_map(said),
        "often": often,
        "starts_on": days_on(met_on, 5), "ends_on": by.isoformat(), "who": said["teacher"],
        "own_words": quote,
        "by": by.isoformat(), "rag": ("amber", "green", "amber")[at % 3], "status": "started",
    }  # fmt: skip
    return found | ({"cost": cost} if cost else {})


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _responsibility(kid: Kid, said: Mapping[str, str], on_order: bool) -> str:
    if on_order:
        return f"The council by order, shared with {said['mother_full']}."
    if said["mother_full"]:
        return f"{said['mother_full']}; the council looks after {kid.name} by agreement and holds none."
    return "Nobody in this country; the council looks after the child under section 20."


def _care_answers(kid: Kid, said: Mapping[str, str]) -> Answers:
    on_order = kid.life["care"]["legal"] in ("C1", "C2", "E1")
    return {
        "address_withheld": "yes" if kid.life["care"].get("uasc") else "no",
        "carers": said["carer_full"],
        "responsibility": _responsibility(kid, said, on_order),
        "may_collect": f"{said['carer_full']}, and {said['worker']} with identification.",
        "may_have_reports": f"{said['carer_full']} directly; others through {said['worker']}.",
        "prohibited": "no",
        "worker_contact": "01632 960120",
        "manager": said["manager"],
        "manager_contact": "01632 960121",
        "signs_trips": ["carer"],
        "signs_photos": ["worker"],
        "signs_medical": ["carer", "parent" if said["mother_full"] and not on_order else "manager"],
        "asylum": "yes" if kid.life["care"].get("uasc") else "no",
        "youth_justice": "no",
        "agencies": [{"name": said["reviewing_officer"], "role": "Independent reviewing officer"}],
    }  # fmt: skip


def _school_answers(kid: Kid, said: Mapping[str, str], met_on: date, which: int) -> Answers:
    term = calendars.term_of(met_on)
    possible = max(10, (met_on - term.starts_on).days // 7 * 10)
    missed = (5, 3, 2, 4, 1, 2)[(which + len(kid.name)) % 6]
    group = year_group(kid.born_on, met_on) if kid.born_on else 0
    return {
        "setting_type": _SETTINGS[kid.school[2]],
        "teacher_email": "designated.teacher@example.org",
        "hours_week": "16.0" if kid.school[2] == "college" else "25.0",
        "full_time": "yes",
        "key_stage": {"post-16": "KS5"}.get(key_stage(group), key_stage(group)),
        "sessions_possible": possible,
        "sessions_attended": possible - missed,
        "sessions_authorised": missed,
        "sessions_unauthorised": 0,
        "absence_reasons": _ABSENCES[missed % 4],
        "sen_status": kid.life.get("sen", "N"),
        "allergies": kid.life.get("alerts", ""),
        "trusted_adult": said["teacher"],
    }  # fmt: skip


def _of_setting(kid: Kid, said: Mapping[str, str], own: Mapping[str, Any], met_on: date) -> Answers:
    """Return what only one kind of setting is asked."""
    if (kind := variant(kid)) == "school":
        return {}
    return {
        "post_16": _college, "early_years": _nursery, "special": _special, "not_in_education": _no_place,
    }[kind](said, own, met_on)  # fmt: skip


def _college(said: Mapping[str, str], own: Mapping[str, Any], met_on: date) -> Answers:
    ends = date(met_on.year + (met_on.month >= 9), 7, 10)
    passed = "has" if "has_english" in own else "resit"
    return {
        "eet": "F2", "english_four": passed, "maths_four": passed, "neet_risk": "green",
        "bursary_state": "paid", "ucas": "sent" if own.get("applies") else "no",
        "courses": [
            {
                "title": str(own["strong"]), "level": "3", "provider": said["school"],
                "ends_on": ends.isoformat(), "state": "enrolled",
            }
        ],
    }  # fmt: skip


def _nursery(said: Mapping[str, str], own: Mapping[str, Any], met_on: date) -> Answers:
    return {
        "key_person": said["teacher"], "funded_kind": ["universal"], "funded_hours": "15.0",
        "hours_taken": "15.0", "two_year_check": "some", "development": own.get("development", _SETTLED),
        "two_year_note": "Few words for the age. Speech therapy was asked for, and has begun.",
        "early_premium": "claimed", "early_premium_use": "An hour a week with the speech assistant",
        "school_applied": "not_due",
    }  # fmt: skip


def _special(said: Mapping[str, str], own: Mapping[str, Any], met_on: date) -> Answers:
    reviewed = met_on - timedelta(days=120)
    return {
        "curriculum": "Steps in language, number and life skills, with music each day.",
        "engagement_exploration": "Looks for a new sound as soon as one is there.",
        "engagement_initiation": "Fetches the drum, and the person to play it with.",
        "therapy_sessions": [
            {"what": "Speech and language therapy", "who": "School’s therapist", "often": "Twice a week"}
        ],
        "communication": "Short spoken words, signs, and a talker with symbols.",
        "primary_need": "SLD", "ehcp_authority": "Slough", "ehcp_placement": said["school"],
        "ehcp_reviewed_on": reviewed.isoformat(),
        "ehcp_review_due_on": (reviewed + timedelta(days=364)).isoformat(),
        "ehcp_outcomes": [
            {"outcome": "Asks for what is wanted, in three places", "area": "communication"},
            {"outcome": "Moves between rooms with the board, and calm", "area": "semh"},
        ],
        "provision": "A class of eight with three adults; the same adult at each change.",
    }  # fmt: skip


def _no_place(said: Mapping[str, str], own: Mapping[str, Any], met_on: date) -> Answers:
    left = date.fromisoformat(said["left_on"])
    found = {
        "last_in_education_on": left.isoformat(), "no_place": own.get("no_place", "moved"),
        "no_place_note": own.get("no_place_note", ""),
        "days_without": calendars.england().working_days_between(left, met_on),
        "tuition_hours": "15.0", "tuition_by": "A tutor at home, and the library on Thursdays",
        "place_step": "fair_access", "place_step_on": days_on(met_on, -2),
    }  # fmt: skip
    return {key: each for key, each in found.items() if each != ""}


def _sdq(kid: Kid, met_on: date, care_on: date, which: int) -> Answers:
    first = care_on + timedelta(days=30)
    if not 4 <= kid.age_on(met_on) <= 16:
        return {"sdq_done": "no", "sdq_none": "SDQ1"}
    if met_on < first:
        return {}
    done_on = first + (met_on - first) // _SDQ_EVERY * _SDQ_EVERY
    lower = min(which, 3)
    return {
        "sdq_done": "yes", "sdq_on": done_on.isoformat(), "sdq_by": "carer", "sdq_emotional": 7 - lower,
        "sdq_conduct": 3, "sdq_hyperactivity": 6 - lower // 2, "sdq_peer": 4 - lower // 2, "sdq_prosocial": 7,
        "sdq_source": "Health assessment",
    }  # fmt: skip


def _learning(own: Mapping[str, Any], kid: Kid, met_on: date, which: int) -> Answers:
    on = working_day(met_on - timedelta(days=6)).isoformat()
    if variant(kid) == "early_years":
        rows = [_subject(each, on, "B" if each == own["weak"] else "E", "expected", "") for each in _EARLY]
        return {"progress_overall": "expected", "attainment": rows}
    strong, weak = str(own["strong"]), str(own["weak"])
    rows = [
        _subject(strong, on, "GD", "more", str(own["achievements"])),
        _subject(weak, on, "B", "expected", "Support goes on; see the targets."),
    ]
    others = [each for each in ("Reading", "Writing", "Maths") if each not in (strong, weak)]
    rows += [_subject(each, on, "E", "expected", "As expected for the age.") for each in others]
    return {"progress_overall": "expected" if which == 0 else "more", "attainment": rows}


def _subject(name: str, on: str, judged: str, progress: str, remark: str) -> Answers:
    return {
        "subject": name,
        "assessed_on": on,
        "framework": "eyfs" if name in _EARLY else "school",
        "judgement": judged,
        "progress": progress,
        "comment": remark,
    }


def _meeting(kid: Kid, said: Mapping[str, str], met_on: date, own: Mapping[str, Any]) -> Answers:
    following = calendars.term_after(calendars.term_of(met_on)).starts_on + timedelta(days=21)
    signed = (
        []
        if kid.age_on(met_on) < 5
        else [signature(kid.full_name, "Child" if kid.age_on(met_on) < 11 else "Young person", met_on)]
    )
    signed += [
        signature(said["carer_signs"], "Carer", met_on),
        signature(said["teacher"], "Designated teacher", met_on),
    ]
    return {
        "met_on": met_on.isoformat(),
        "met_at": "14:00",
        "met_where": kid.school[0] or "Virtual school, online",
        "child_there": "views" if kid.age_on(met_on) < 7 else "part",
        "carer_there": "there",
        "worker_there": "there",
        "teacher_there": "there",
        "decisions": f"{kid.name}’s own targets stand first. Support in {str(own['weak']).lower()} goes on.",
        "actions": [
            _action(f"Give {kid.name} the one-page version", said["teacher"], days_on(met_on, 7)),
            _action(f"Tell the reviewing officer what {kid.name} asks", said["worker"], days_on(met_on, 10)),
        ],
        "next_on": working_day(following).isoformat(),
        "child_version": "yes",
        "signatures": [*signed, signature(said["worker"], said["job"], met_on)],
    }  # fmt: skip


def _action(what: str, who: str, by: str) -> Answers:
    return {"what": what, "who": who, "by": by, "status": "open"}
