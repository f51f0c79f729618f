"""The SMART check: it warns in words and never blocks."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseapp import smart
from caseapp.forms import FORMS

TODAY = date(2026, 11, 23)
GOOD: dict[str, Any] = {
    "need": "Nobody has slept",
    "outcome": "Leo sleeps through",
    "what": "Buy two torches",
    "who": "Kasia Zielna",
    "by": "2026-12-07",
}


def said(*rows: dict[str, Any]) -> str:
    return "\n".join(smart.warnings(rows, TODAY))


def test_a_good_action_is_left_alone():
    assert said(GOOD) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"who": ""}, "has no owner"),
        ({"by": None}, "has no date"),
        ({"by": "2026-11-23"}, "was due on 23/11/2026"),
        ({"by": "2026-11-20"}, "was due on 20/11/2026"),
        ({"by": "ongoing"}, "“ongoing” is no date"),
        ({"what": "Talk, ongoing"}, "says “ongoing”"),
        ({"repeats": "ASAP"}, "says “ASAP”"),
        ({"outcome": ""}, "does not say what will be different"),
        ({"need": " "}, "hangs from no need"),
        ({"who": "Kasia and Tom"}, "more than one owner: Kasia and Tom"),
        ({"who": "Kasia, Tom"}, "more than one owner"),
        ({"who": "Kasia/Tom"}, "more than one owner"),
    ],
)
def test_a_weak_action_is_named_with_what_is_weak(change, words):
    found = said(GOOD | change, GOOD | {"by": "2026-12-08"})

    assert words in found
    assert found.startswith("Action 1 (")


def test_a_name_that_only_holds_the_letters_of_and_is_one_owner():
    assert said(GOOD | {"who": "Sandra Brandt"}) == ""


def test_the_same_day_on_every_action_is_worth_a_look():
    assert said(GOOD, GOOD | {"what": "Ring the school"}) == (
        "All 2 actions are due on the same day, 07/12/2026. Is that so?"
    )


def test_a_plan_in_which_nothing_will_be_different_for_the_child_says_so():
    rows = (GOOD | {"outcome": ""}, GOOD | {"outcome": None, "by": "2026-12-08"})

    assert "No action says what will be different for the child." in said(*rows)


def test_what_is_over_is_not_warned_of():
    assert said({"what": "Ring", "status": "done"}, {"what": "Write", "status": "not_needed"}) == ""


def test_an_action_keeps_its_printed_number():
    assert said(GOOD | {"who": "", "no": 7}).startswith("Action 7 (Buy two torches) has no owner")


def assessment(**more: Any) -> dict[str, Any]:
    needs = {"health_known": "described", "health_needs": "Asthma at night", "housing_needs": "The damp wall"}
    return needs | {"plan": [GOOD], "decision": "D3"} | more


def of_form(answers: dict[str, Any]) -> str:
    return "\n".join(smart.of_form(FORMS["early-help"], answers, TODAY))


def test_a_need_without_an_action_or_a_reason_is_named():
    assert of_form(assessment()) == (
        "Health and Housing have needs without an action. Add one, or say why there is none."
    )


def test_a_need_is_answered_by_an_action_under_its_heading_or_by_a_reason_why_not():
    plan = [GOOD | {"area": "health"}]
    reasons = [{"need": "The damp wall", "because": "The landlord mends it in May."}]

    assert of_form(assessment(plan=plan, no_action=reasons)) == ""


def test_a_form_whose_actions_hang_from_no_need_is_not_measured_by_it():
    assert smart.of_form(FORMS["pep"], {"actions": [{"what": "Ring"}]}, TODAY) == []


def test_the_warnings_never_keep_a_sample_plan_from_being_signed():
    path = Path(__file__).parent / "sample_answers" / "early_help.json"
    answers = json.loads(path.read_text(encoding="utf-8"))
    form = FORMS["early-help"]

    found = smart.of_form(
        form, answers | {"plan": [dict(each, who="A and B") for each in answers["plan"]]}, TODAY
    )

    assert found
    _, troubles = form.clean(answers, today=date(2026, 12, 24), to_sign=True)
    assert not troubles
