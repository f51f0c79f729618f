"""What is worth a second look before a form is signed: later reviews than may be, facts that moved on."""

from datetime import date

import pytest

from caseapp import plan_checks, plan_reading, plans
from caseapp.forms.lac_review import LAC_REVIEW
from caseapp.forms.pep import PEP
from tests.desk_fixture import add_child, at_work, done
from tests.record_screen import texts
from tests.story import sample
from ui.plan import PlanScreen

__all__ = ["at_work"]

TODAY = date(2026, 11, 23)
HELD = {"held_on": "2026-11-23"}


def prompted(**answers):
    return plan_checks.prompts(LAC_REVIEW, HELD | answers, None, TODAY)


def test_a_review_seven_months_on_is_pointed_out_with_the_latest_day():
    (said,) = prompted(which="later", next_by="2027-06-23")

    assert said == (
        "Next review by: 23/06/2027 is too late. Reviews are at most six months apart: by 23/05/2027 at the "
        "latest."
    )


@pytest.mark.parametrize(
    ("which", "next_by", "is_late"),
    [
        ("first", "2027-02-23", False),
        ("first", "2027-02-24", True),
        ("second", "2027-05-23", False),
        ("extra", "2027-05-24", True),
    ],
)
def test_the_second_review_is_three_months_on_and_later_ones_six(which, next_by, is_late):
    assert bool(prompted(which=which, next_by=next_by)) == is_late


def test_a_day_planned_too_late_is_pointed_out_too():
    assert "Next review planned for: 01/06/2027" in prompted(which="later", next_on="2027-06-01")[0]


def test_a_review_without_its_day_is_not_judged():
    assert plan_checks.prompts(LAC_REVIEW, {"next_by": "2030-01-01"}, None, TODAY) == []


def looked_over(known):
    answers = sample("pep") | {"carers": "Carol and Dave Bell"}
    return plan_checks.looked_over(PEP, answers, None, None, TODAY, known)[1]


def test_a_plan_with_the_carers_of_before_the_move_says_so():
    said = looked_over({"child.carers": "Manjit and Kuldip Sahota"})

    assert (
        "Carers: differs now. Here “Carol and Dave Bell”, in the record “Manjit and Kuldip Sahota”."
    ) in said


def test_facts_that_are_as_they_were_or_that_the_record_does_not_tell_are_passed_over():
    assert not [each for each in looked_over({"child.carers": "Carol  and Dave Bell"}) if "differs" in each]
    others = {"author.name": "Ruth", "child.sen_status": "no such code"}
    assert not [each for each in looked_over(others) if "differs" in each]
    assert not [each for each in looked_over(None) if "differs" in each]


def test_the_check_page_tells_what_differs_from_the_record_unless_it_puts_an_old_plan_right(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    draft = done(at_work.sam, lambda session: plans.start(session, child_id, "lac-review"))
    view = done(at_work.sam, lambda session: plan_reading.open_plan(session, draft))
    older = view.answers | {"known_as": "Milka"}
    done(at_work.sam, lambda session: plans.save(session, draft, view.version, older))
    assert "Known as: differs now. Here “Milka”, in the record “Amelia”." in checked(
        qtbot, at_work.sam, draft
    )

    given = sample("lac_review") | {"known_as": "Milka"}
    done(at_work.sam, lambda session: plans.sign(session, draft, view.version + 1, given))
    correction = done(at_work.sam, lambda session: plans.correct(session, draft, "A date was wrong"))
    assert not [text for text in checked(qtbot, at_work.sam, correction) if "differs now" in text]


def checked(qtbot, desk, revision_id):
    screen = PlanScreen(desk, revision_id)
    qtbot.addWidget(screen)
    screen.resize(1182, 700)
    screen.show()
    screen.check()
    return texts(screen.check_page())
