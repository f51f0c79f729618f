"""The life of a pathway plan: what each move needs, the manager's decision, in date or not, closed, anew."""

from datetime import date

import pytest

from caseapp import dates, plan_reading, plans
from caseapp.pathway import approvals, cycle, cycle_rules, standing
from caseapp.pathway.cycle_rules import Facts, stages
from caseapp.pathway.new_rows import NewOverride
from db.models import Child
from db.problems import NotAllowed, NotFound, Problem
from tests.pathway_life import answers, draft_plan, signed_plan, young_person
from tests.story import TODAY, new_story, sample

NOTE = "Read with Yonas: it is his plan."


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def yonas(story):
    return young_person(story)


def told(story, child_id, who="max"):
    return story.call(who, lambda session: cycle.view(session, child_id))


def now(view):
    return next(each.words for each in view.stages if each.state == "now")


def approve(story, plan, who="max", note=NOTE):
    story.call(who, lambda session: approvals.approve(session, plan, note))


def send_back(story, plan, who="max", note="Who is called at the weekend?"):
    story.call(who, lambda session: approvals.send_back(session, plan, note))


def stored(story, child_id, clock):
    """Return when the stored clocks of a kind were met, as lists of many children read them."""
    rows = story.call("ada", lambda session: dates.session_clocks(session, child_id))
    return [each.met_on for each in rows if each.kind == clock]


def due(story, child_id, clock):
    found = story.call("ada", lambda session: dates.due_of(session, session.get_one(Child, child_id)))
    return next((each for each in found if each.clock == clock), None)


def test_it_begins_with_the_needs_assessment(story, yonas):
    view = told(story, yonas)

    assert now(view) == "Needs assessment"
    assert view.missing == ("Start the needs assessment.",)
    assert view.is_in_date is None


def test_an_open_assessment_then_a_signed_one_move_it_on(story, yonas):
    draft = story.draft("ada", yonas, "pathway-needs")
    assert now(told(story, yonas)) == "Needs assessment open"

    story.sign("ada", draft, sample("pathway_needs"))

    view = told(story, yonas)
    assert now(view) == "Assessed"
    assert view.missing == ("Start the pathway plan.",)


def test_a_draft_needs_a_meeting_with_the_young_person_or_three_tries(story, yonas):
    given = answers(review_met_on=None, how_i_took_part=[])
    draft_plan(story, yonas, given)

    view = told(story, yonas)

    assert now(view) == "Plan draft"
    assert view.missing == (
        "Put the day of the meeting into the plan.",
        "Say how the young person took part, or log three tries to reach them.",
    )


def test_once_met_the_plan_says_what_stands_between_it_and_a_signature(story, yonas):
    draft_plan(
        story, yonas, answers(suitability=None, backup_money="", who_to_tell="", next_review_on="2027-05-20")
    )

    view = told(story, yonas)

    assert now(view) == "Meeting held"
    assert view.missing == (
        "Decide whether the home is suitable.",
        "Fill in the contingency: money for the first days and who to tell.",
        "The next review is more than six months ahead: 19/05/2027 at the latest.",
    )


def test_three_tries_stand_for_taking_part():
    tries = [{"on": f"2026-11-0{number}"} for number in (1, 2, 3)]

    assert cycle_rules.took_part({"how_i_took_part": ["none"], "attempts": tries})
    assert not cycle_rules.took_part({"how_i_took_part": ["none"], "attempts": tries[:2]})
    assert cycle_rules.took_part({"how_i_took_part": ["none", "written"]})


def test_a_signed_plan_waits_for_a_manager_and_is_not_in_date(story, yonas):
    signed_plan(story, yonas)

    view = told(story, yonas)

    assert (now(view), view.is_in_date) == ("Signed", False)
    assert view.waiting.words == "Signed, waits for a manager"
    assert view.refused == ()
    assert view.missing == ("Approve it or send it back, with a note.",)


def test_an_approved_plan_is_in_force_and_in_date_by_a_formula_that_is_told(story, yonas):
    plan = signed_plan(story, yonas)

    approve(story, plan)

    view = told(story, yonas)
    assert now(view) == "Approved, in force"
    assert view.in_force.revision_id == plan
    assert view.is_in_date
    assert view.in_date_words == (
        "In date: approved, and the last review of 19/11/2026 plus six months is 19/05/2027."
    )
    assert [(each.words, each.by, each.note) for each in view.decisions] == [("Approved", "Max North", NOTE)]


@pytest.mark.parametrize(("reviewed", "is_in_date"), [("2026-05-23", True), ("2026-05-22", False)])
def test_six_months_after_the_last_review_it_is_out_of_date(story, yonas, reviewed, is_in_date):
    plan = signed_plan(story, yonas, reviewed)
    approve(story, plan)

    assert told(story, yonas).is_in_date is is_in_date


def test_the_clock_for_the_plan_stops_when_it_is_approved_not_when_it_is_signed(story, yonas):
    needs = story.draft("ada", yonas, "pathway-needs")
    story.sign("ada", needs, sample("pathway_needs"))
    plan = signed_plan(story, yonas)
    assert stored(story, yonas, "W2") == [None]

    approve(story, plan)

    assert stored(story, yonas, "W2") == [TODAY]


def test_a_practitioner_approves_no_plan_and_a_manager_never_their_own(story, yonas):
    plan = signed_plan(story, yonas)
    with pytest.raises(NotAllowed, match=r"approved by a team manager.*You signed this plan"):
        approve(story, plan, "ada")
    with pytest.raises(NotAllowed, match="approved by a team manager"):
        send_back(story, plan, "rob")
    with pytest.raises(NotFound):
        approve(story, plan, "tom")

    other = young_person(story)
    own = signed_plan(story, other, who="max")
    with pytest.raises(NotAllowed, match="nobody approves their own"):
        approve(story, own)
    assert told(story, other).refused
    assert told(story, yonas).in_force is None


def test_a_decision_needs_a_note_and_a_signed_undecided_plan(story, yonas):
    draft = story.draft("ada", yonas, "pathway-plan")
    with pytest.raises(Problem, match="Only a signed plan"):
        approve(story, draft)
    story.sign("ada", draft, answers())
    with pytest.raises(Problem, match="manager's note"):
        approve(story, draft, note="  ")
    approve(story, draft)

    with pytest.raises(Problem, match="this one is “in force”"):
        send_back(story, draft)


def test_another_kind_of_plan_is_not_decided_on_here(story, yonas):
    draft = story.draft("ada", yonas, "early-help")

    with pytest.raises(NotFound):
        approve(story, draft)


def test_a_plan_sent_back_says_why_and_its_correction_can_be_approved(story, yonas):
    plan = signed_plan(story, yonas)
    send_back(story, plan)
    view = told(story, yonas)
    assert now(view) == "Meeting held"
    assert view.missing == ("Put right what the manager said: Who is called at the weekend?",)
    assert view.states[0].returned_because == "Who is called at the weekend?"

    mended = story.call("ada", lambda session: plans.correct(session, plan, "Weekend numbers."))
    story.sign("ada", mended, answers())
    assert [each.key for each in told(story, yonas).states] == ["signed", "superseded"]
    approve(story, mended)

    assert [each.key for each in told(story, yonas).states] == ["approved", "superseded"]


def test_the_old_plan_stays_in_force_under_review_until_the_new_one_is_approved(story, yonas):
    first = signed_plan(story, yonas, "2026-05-20")
    approve(story, first)
    second = signed_plan(story, yonas, "2026-11-19", 2)

    under_review = told(story, yonas)
    assert now(under_review) == "Under review: plan 2, signed"
    assert under_review.in_force.revision_id == first
    assert [each.key for each in under_review.states] == ["signed", "under_review"]

    approve(story, second)

    after = told(story, yonas)
    assert [each.key for each in after.states] == ["approved", "superseded"]
    assert after.in_force.revision_id == second


def test_a_review_begins_with_the_next_one_six_months_ahead_not_with_its_own_day(story, yonas):
    approve(story, signed_plan(story, yonas, "2026-05-20"))

    draft = story.draft("ada", yonas, "pathway-plan")

    given = story.call("ada", lambda session: plan_reading.open_plan(session, draft)).answers
    assert given["next_review_on"] == "2027-05-23"


def test_plans_signed_before_an_approved_one_are_superseded_not_waiting(story, yonas):
    signed_plan(story, yonas, "2026-05-20")
    second = signed_plan(story, yonas, "2026-11-19", 2)

    approve(story, second)

    view = told(story, yonas)
    assert [each.key for each in view.states] == ["approved", "superseded"]
    assert view.waiting is None


def test_a_review_asked_for_is_due_at_once_and_held_by_the_next_review(story, yonas):
    approve(story, signed_plan(story, yonas, "2026-05-20"))

    story.call(
        "ada", lambda session: approvals.ask_for_review(session, yonas, date(2026, 11, 2), "He asked.")
    )

    assert due(story, yonas, "W10").due_on == date(2026, 11, 2)
    signed_plan(story, yonas, "2026-11-19", 2)
    assert due(story, yonas, "W10") is None


def closing(story, child_id, number=1, plan_on="2026-11-02"):
    more = {
        "plan_type": "closing", "closing_because": "ended", "met_on": plan_on, "review_met_on": None,
        "next_review_on": None,
    }  # fmt: skip
    return signed_plan(story, child_id, plan_on, number, **more)


def test_an_approved_closing_plan_closes_and_stays_to_be_read(story):
    child_id = young_person(story, date(2004, 3, 4))
    approve(story, signed_plan(story, child_id, "2026-05-20"))
    approve(story, closing(story, child_id, 2))

    view = told(story, child_id)

    assert now(view) == "Closed"
    assert (view.in_force, view.missing, view.is_in_date) == (None, (), None)
    assert [each.words for each in view.states] == ["Closed, kept to be read", "Superseded"]


def test_support_asked_for_at_22_begins_anew_with_the_old_plans_kept(story):
    child_id = young_person(story, date(2004, 3, 4))
    approve(story, closing(story, child_id))

    story.call("ada", lambda session: standing.ask_for_support(session, child_id, "adviser_asked", TODAY))

    view = told(story, child_id)
    assert now(view) == "Needs assessment"
    assert [each.words for each in view.states] == ["Closed, kept to be read"]
    draft = story.draft("ada", child_id, "pathway-plan")
    assert told(story, child_id).states[0].revision_id == draft


def test_where_leaving_care_is_closed_no_plan_is_in_force(story, yonas):
    approve(story, signed_plan(story, yonas))
    new = NewOverride("closed", TODAY, "Another council took over.")

    story.call("max", lambda session: standing.decide(session, yonas, new))

    view = told(story, yonas)
    assert (now(view), view.in_force) == ("Closed", None)
    assert view.states[0].words == "Closed, kept to be read"
    assert view.in_date_words.startswith("Closed")


def test_for_an_eligible_young_person_the_reviewing_officer_sees_the_plan(story):
    child_id = young_person(story, date(2010, 9, 4))
    signed_plan(story, child_id, category="eligible")

    assert "The reviewing officer sees it at the looked-after review." in told(story, child_id).missing


def test_the_stages_are_in_order_with_one_of_them_now():
    for newest in ("", "draft", "met", "signed", "returned"):
        found = stages(Facts(False, TODAY, newest, 1, {}, {}, None, None, False))
        said = [each.state for each in found]
        assert said.count("now") == 1
        assert said == sorted(said, key=["done", "now", "ahead"].index)
