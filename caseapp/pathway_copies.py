"""Whose copy of a pathway plan it is: what each leaves out, numbers of papers, the paper for a pen. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from caseapp.form import Answers, Choice, Field, Form, Rows, Text, filled_rows

FULL, MINE, EASY, LANDLORD, COLLEGE = "full", "mine", "easy", "landlord", "college"
EDITIONS: Final = {
    FULL: "Our record", MINE: "The young person", EASY: "The young person, easy to read",
    LANDLORD: "A landlord…", COLLEGE: "A college or training provider…",
}  # fmt: skip
SHARED: Final = (LANDLORD, COLLEGE)
"""The copies for somebody else: they name whom they are for, and why."""


class Topic(NamedTuple):
    """What may be left out of a copy: sections, questions, and answers that would tell of it."""

    title: str
    sections: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    telling: tuple[tuple[str, tuple[str, ...]], ...] = ()


TOPICS: Final = {
    "health": Topic(
        "Health",
        ("health",),
        ("disability", "parenthood", "suitable_needs_why", "neet_reason", "parenting"),
        (("activity", ("G4", "G6")),),
    ),
    "immigration": Topic(
        "Immigration",
        (),
        ("immigration", "leave_ends_on", "uasc", "nationality", "nationality_work", "uasc_support",
         "document_visa"),
        (("accommodation", ("G", "H")),),
    ),
    "justice": Topic("Safety and justice", ("safety",), ("youth_justice",), (("accommodation", ("X",)),)),
    "identity": Topic("Who I am", ("identity",), ("ethnicity", "religion", "language", "former_names")),
    "family": Topic("Family and friends", ("family",), ("important_people", "live_with")),
    "money": Topic("Money and papers", ("money",), ("approved", "ni_number")),
    "work": Topic("Education, training and work", ("work",)),
    "home": Topic("Home", ("home", "suitable")),
}  # fmt: skip
LEFT_OUT: Final = {
    LANDLORD: frozenset({"health", "immigration", "justice", "identity", "family", "money"}),
    COLLEGE: frozenset({"health", "immigration", "justice", "identity", "family", "money", "home"}),
}
"""What a copy leaves out unless somebody chooses otherwise."""
_MIXED: Final = Topic(
    "",
    ("about_me", "views", "needs"),
    ("category", "category_from", "in_touch", "took_part", "attempts", "unplanned_because", "closing_because",
     "could_go_wrong", "early_signs", "services", "progress", "other_actions", "manager_note"),
)  # fmt: skip
"""Free words that tell of everything at once: they go with the first topic that is left out."""
_SIGNATURES, _BECAUSE = "signatures", "because"  # why somebody did not sign may be an illness

_PAPER_NUMBERS: Final = re.compile(
    r"\b(?:"
    r"[A-Z]{2}\s?(?:\d\d\s?){3}[A-D]"  # National Insurance
    r"|[A-Z]{1,2}\s?\d{7}(?:/\d+)?"  # residence permit, passport, Home Office reference
    r"|[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}"  # driving licence
    r"|\d{9}"  # passport
    r")\b",
    re.IGNORECASE,
)
NUMBER_LEFT_OUT: Final = "[number left out]"


def left_out(edition: str, chosen: Collection[str] | None) -> frozenset[str]:
    """Return the topics that a copy leaves out. Raises ValueError for one that there is not."""
    if edition not in SHARED:
        return frozenset()
    if unknown := sorted(set(chosen or ()) - TOPICS.keys()):
        raise ValueError(f"There is no part “{unknown[0]}” to leave out.")
    return LEFT_OUT[edition] if chosen is None else frozenset(chosen)


def for_copy(form: Form, answers: Mapping[str, Any], topics: Collection[str]) -> tuple[Form, Answers]:
    """Return form and answers without what tells of the topics."""
    if not topics:
        return form, dict(answers)
    gone = [TOPICS[each] for each in sorted(topics)] + [_MIXED]
    closed = {key for each in gone for key in each.sections}
    secret = {key for each in gone for key in each.keys}
    secret |= {key for each in gone for key, codes in each.telling if answers.get(key) in codes}
    sections = tuple(
        replace(section, fields=tuple(each for each in section.fields if each.key not in secret))
        for section in form.sections
        if section.key not in closed
    )
    told = {each.key for section in form.sections if section.key in closed for each in section.fields}
    kept = {key: said for key, said in answers.items() if key not in secret | told}
    if rows := filled_rows(kept.get(_SIGNATURES)):
        kept[_SIGNATURES] = [{key: said for key, said in row.items() if key != _BECAUSE} for row in rows]
    return replace(form, sections=sections), kept


def asked_only(form: Form, answers: Mapping[str, Any]) -> Answers:
    """Return the answers to the questions that are asked; what others are asked on stays as it was."""
    keys = {each.key for section in form.sections for each in section.asked(answers)}
    return {key: said for key, said in answers.items() if key in keys}


def without_numbers(answer: Any) -> Any:
    """Return an answer with the numbers of passports, permits and the like taken out of its words."""
    if isinstance(answer, str):
        return _PAPER_NUMBERS.sub(NUMBER_LEFT_OUT, answer)
    if isinstance(answer, list):
        return [without_numbers(each) for each in answer]
    if isinstance(answer, dict):
        return {key: without_numbers(each) for key, each in answer.items()}
    return answer


_NOT_MINE: Final = frozenset(
    {
        "plan_number", "plan_type", "category", "category_from", "in_touch", "team", "manager", "chair",
        "interpreter", "attempts", "copy_given_on", "copy_format", "homeless_risk", "duty_to_refer",
        "priority_need", "local_connection", "housing_band", "missing_risk", "exploitation_risk", "measures",
        "adult_care", "chc", "manager_note", "needs_assessed_on", "activity_hours", "course_level",
        "barriers", "neet_reason", "rent_paid_by", "staying_put_rate", "moves", "nights_homeless",
    }
)  # fmt: skip
"""What is there for us and for the return: the young person's own copy is shorter without it."""
_NOT_MY_PARTS: Final = ("needs",)


def for_me(form: Form) -> Form:
    """Return the form without what is there for professionals alone."""
    sections = tuple(
        replace(section, fields=tuple(each for each in section.fields if _is_mine(each)))
        for section in form.sections
        if not section.professional and section.key not in _NOT_MY_PARTS
    )
    return replace(form, sections=sections)


def _is_mine(field: Field) -> bool:
    return not field.professional and field.key not in _NOT_MINE


# The paper that is filled in by pen

_BY_PEN: Final = frozenset(
    {
        "my_story", "strengths", "important_people", "live_with",
        "view_of_plan", "hopes_one_year", "hopes_five_years", "worries", "agree", "disagree_with",
        "complaint_told", "view_carer",
        "plan_on", "next_review_on", "how_i_took_part",
        "known_as", "pronouns", "phone", "contact_way", "safe_times", "emergency_name", "emergency_phone",
        "landlord", "rent", "arrears", "housing_register", "next_move", "home_emergency",
        "suitability", "suitability_reasons",
        "course", "aims", "barriers", "cv", "laptop", "travel_help",
        "has_gp", "has_dentist", "conditions", "medication", "mental_health",
        "in_wages", "in_benefits", "in_council", "in_other", "out_rent", "out_energy", "out_food",
        "out_travel", "out_phone", "out_debts", "out_other", "debts", "bank",
        "faith", "culture", "languages", "photo_id",
        "family_tree", "friends", "carers", "mentor",
        "safety_plan",
        "could_go_wrong", "early_signs", "who_does_what", "backup_home", "backup_money", "who_to_tell",
        "contact_often", "services", "local_offer_on",
        "other_actions", "signatures",
    }
)  # fmt: skip
"""What is talked over at a visit: the rest the record knows, or the adviser types afterwards."""
_ENDS_BY_PEN: Final = ("_working", "_not_working", "_my_score", "_worker_score", "_want", "_actions")
_LISTS_BY_PEN: Final = ("suitable_", "skill_", "document_")
_PEN_ACTION: Final = ("what", "who", "by")
_MOST_LINES: Final = 2


def for_pen(form: Form) -> Form:
    """Return the plan as a paper to take to a visit: what is talked over, with room to write."""
    sections = (
        replace(section, when=None, fields=_side_by_side([each for each in section.fields if _by_pen(each)]))
        for section in form.sections
    )
    return replace(form, sections=tuple(each for each in sections if each.fields))


def _side_by_side(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return the questions; what works and what does not share a line, whatever stands before them."""
    made: list[Field] = []
    halves = 0
    for each in fields:
        asked = _shorter(each)
        if asked.key.endswith("_working") and not asked.key.endswith("_not_working") and halves % 2:
            made[-1] = replace(made[-1], half=False)
        halves = halves + 1 if asked.half else 0
        made.append(asked)
    return tuple(made)


def _by_pen(field: Field) -> bool:
    is_tick = isinstance(field, Choice) and field.key.startswith(_LISTS_BY_PEN)
    return field.key in _BY_PEN or is_tick or field.key.endswith(_ENDS_BY_PEN)


def _shorter(field: Field) -> Field:
    asked = replace(field, when=None)
    if isinstance(asked, Rows) and asked.actions:
        return replace(asked, fields=tuple(each for each in asked.fields if each.key in _PEN_ACTION))
    if isinstance(asked, Text):
        is_side = asked.key.endswith(("_working", "_not_working"))
        return replace(asked, lines=min(asked.lines, _MOST_LINES), half=asked.half or is_side)
    return replace(asked, half=True) if isinstance(asked, Choice) else asked


def topics_in_words(topics: Collection[str]) -> list[str]:
    """Return the topics as they are named on paper, in one order."""
    return [topic.title.lower() for key, topic in TOPICS.items() if key in topics]
