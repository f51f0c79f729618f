"""The forms beside the pathway plan: needs assessment, checks before signing, the Leaving Well checklist."""

import csv
from datetime import date
from importlib.resources import files

import pytest

from caseapp.form import Choice, Date, Rows, Text
from caseapp.form_parts import pathway_checks
from caseapp.form_parts import pathway_needs_parts as parts
from caseapp.forms.leaving_well import LEAVING_WELL
from caseapp.forms.pathway_needs import PATHWAY_NEEDS
from caseapp.forms.pathway_plan import PATHWAY_PLAN
from caseapp.paper import Heading, plan_pdf
from tests.pdf_reading import words_of
from tests.story import sample

TODAY = date(2026, 11, 23)
HEADINGS = ("health", "eet", "uasc", "family", "money", "skills", "support")
WHOM = ("parents", "carer", "school", "iro", "health", "adviser", "others")
NEEDED_TO_SIGN = (
    "wishes name assessed_because category needs_assessed_on assessor how_i_took_part agree complaint_told "
    "manager manager_agreed_on manager_note disagree_with parents_asked_on health_why_not carer_view"
)


@pytest.fixture
def needs():
    return dict(sample("pathway_needs"))


@pytest.fixture
def plan():
    return dict(sample("pathway_plan"))


@pytest.fixture
def checklist():
    return dict(sample("leaving_well"))


def troubled(answers, form=PATHWAY_NEEDS):
    return {each.key for each in form.clean(answers, today=TODAY, to_sign=True)[1]}


def checked(answers, age=18):
    """Return {key: words} of what the plan's own checks find."""
    stored, _ = PATHWAY_PLAN.clean(answers, today=TODAY)
    return {each.key: each.words for each in pathway_checks.troubles(PATHWAY_PLAN, stored, age)}


# Needs assessment


def test_the_young_persons_words_come_first(needs):
    first = PATHWAY_NEEDS.sections[0]

    assert first.owner == "Young person"
    assert all(isinstance(each, Text) and each.quote for each in first.fields)
    assert PATHWAY_NEEDS.quotes(needs)[0] == needs["wishes"]


@pytest.mark.parametrize(
    "key",
    [*NEEDED_TO_SIGN.split(), *(f"need_{each}_is" for each in HEADINGS), *(f"{each}_asked" for each in WHOM)],
)
def test_a_needed_answer_of_the_assessment_that_is_missing_is_named(needs, key):
    needs.pop(key)

    assert key in troubled(needs)


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_heading_takes_text_and_what_the_plan_should_do_or_no_need(needs, heading):
    key = f"need_{heading}"
    without = {name: value for name, value in needs.items() if name not in (key, f"{key}_plan")}

    assert troubled(without) == {key, f"{key}_plan"}
    assert troubled(without | {f"{key}_is": "none"}) == set()


def test_the_headings_are_those_of_regulation_42():
    assert [key for key, _ in parts.NEEDS] == [f"need_{each}" for each in HEADINGS]
    assert [key for key, _ in parts.VOICES] == list(WHOM)


@pytest.mark.parametrize("who", WHOM)
def test_of_everybody_it_says_whether_when_and_what_or_why_not(needs, who):
    silent = {name: value for name, value in needs.items() if not name.startswith(f"{who}_")}
    asked, view, why_not = f"{who}_asked", f"{who}_view", f"{who}_why_not"

    assert troubled(silent) == {asked}
    assert troubled(silent | {asked: "view"}) == {f"{asked}_on", view}
    assert troubled(silent | {asked: "silent"}) == {f"{asked}_on"}
    assert troubled(silent | {asked: "not_asked"}) == {why_not}
    assert troubled(silent | {asked: "nobody"}) == set()


def test_nobody_is_asked_after_the_assessment_is_complete(needs):
    _, troubles = PATHWAY_NEEDS.clean(needs | {"carer_asked_on": "2024-08-03"}, today=TODAY)

    assert [(each.key, each.words) for each in troubles] == [
        ("needs_assessed_on", "It is complete before everybody was asked: carer.")
    ]


def test_the_manager_agrees_after_the_assessment_and_not_before(needs):
    assert troubled(needs | {"manager_agreed_on": "2024-08-01"}) == {"manager_agreed_on"}


def test_an_assessment_without_the_young_person_wants_three_tries(needs):
    tried = {"on": "2024-07-01", "how": "call", "result": "No answer"}
    without = needs | {"how_i_took_part": ["none"]}

    assert troubled(without | {"attempts": [tried, tried]}) == {"attempts"}
    assert troubled(without | {"attempts": [tried, tried, tried]}) == set()


def test_signing_an_assessment_tells_the_clocks_and_gives_its_actions(needs):
    assert PATHWAY_NEEDS.events(needs) == [("needs_assessment", date(2024, 8, 2))]
    assert PATHWAY_NEEDS.dated(needs) == date(2024, 8, 2)
    assert [each.by for each in PATHWAY_NEEDS.actions(needs)] == [date(2024, 8, 23), date(2024, 8, 30)]


def test_a_new_assessment_asks_for_words_and_views_anew(needs):
    begun = PATHWAY_NEEDS.brought_forward(needs)

    assert begun["need_health"] == needs["need_health"]
    assert not {"wishes", "needs_assessed_on", "carer_view", "actions", "signatures"} & set(begun)


def test_the_plan_begins_with_what_was_found_for_it(needs):
    found = parts.found(needs | {"need_uasc_is": "none", "need_money_plan": ""})

    lines = found.splitlines()
    assert lines[0] == f"Health and development: {needs['need_health_plan']}"
    assert f"Money now, money expected, and managing it: {needs['need_money']}" in lines
    assert lines[-1] == "No need: Needs as an unaccompanied or trafficked young person"
    assert parts.found({}) == ""


# Checks of a pathway plan


def test_the_sample_plan_passes_every_check(plan):
    assert checked(plan) == {}
    assert pathway_checks.prompts(plan, 18) == []


@pytest.mark.parametrize("home", ["S", "X"])
def test_homeless_and_custody_are_never_suitable(plan, home):
    assert set(checked(plan | {"accommodation": home})) == {"suitability"}
    assert checked(plan | {"accommodation": home, "suitability": "2"}) == {}


@pytest.mark.parametrize("home", ["V", "W"])
def test_emergency_and_bed_and_breakfast_warn_and_may_be_suitable(plan, home):
    emergency = plan | {"accommodation": home}

    assert checked(emergency) == {}
    assert "seldom suitable" in pathway_checks.prompts(emergency, 18)[0]
    assert pathway_checks.prompts(emergency | {"suitability": "2"}, 18) == []


@pytest.mark.parametrize("home", ["T", "Z"])
def test_foyer_and_staying_put_begin_at_eighteen(plan, home):
    placed = plan | {"accommodation": home}

    assert set(checked(placed, 17)) == {"accommodation"}
    assert checked(placed, 18) == {}
    assert checked(placed, None) == {}


@pytest.mark.parametrize("touch", ["DIED", "RHOM"])
def test_who_died_or_went_home_has_neither_activity_nor_accommodation(plan, touch):
    gone = plan | {"in_touch": touch}

    assert set(checked(gone)) == {"activity", "accommodation"}
    assert checked(gone | {"activity": "0", "accommodation": "0"}) == {}


def test_of_whom_one_is_in_touch_with_both_codes_are_known(plan):
    assert set(checked(plan | {"activity": "0", "accommodation": "0"})) == {"activity", "accommodation"}
    assert checked(plan | {"in_touch": "NO", "activity": "0", "accommodation": "0"}) == {}


def test_codes_that_an_earlier_category_left_behind_are_not_held_against_the_plan(plan):
    assert checked(plan | {"category": "eligible", "in_touch": "DIED"}) == {}


@pytest.mark.parametrize("key", ["in_touch", "activity", "accommodation"])
def test_the_three_codes_of_a_care_leaver_are_all_needed(plan, key):
    plan.pop(key)

    assert key in troubled(plan, PATHWAY_PLAN)


@pytest.mark.parametrize(
    ("plan_type", "held_on", "latest", "too_late"),
    [
        ("review", "2026-08-31", "2027-02-28", "2027-03-01"),
        ("first", "2026-08-31", "2027-02-28", "2027-03-01"),
        ("review", "2026-05-14", "2026-11-14", "2026-11-15"),
    ],
)
def test_the_next_review_is_within_six_months(plan, plan_type, held_on, latest, too_late):
    held = plan | {"plan_type": plan_type, "plan_on": held_on, "review_met_on": held_on}

    assert checked(held | {"next_review_on": latest}) == {}
    assert set(checked(held | {"next_review_on": too_late})) == {"next_review_on"}


def test_a_closing_plan_has_no_next_review_and_says_why_it_closes(plan):
    plan.pop("next_review_on")
    closing = plan | {"plan_type": "closing"}

    assert troubled(closing, PATHWAY_PLAN) == {"closing_because"}
    assert troubled(closing | {"closing_because": "aged_out"}, PATHWAY_PLAN) == set()


def test_closing_after_a_refusal_wants_the_managers_note(plan):
    closing = plan | {"plan_type": "closing", "closing_because": "refused"}

    assert checked(closing) == {}
    assert set(checked(closing | {"manager_note": " "})) == {"manager_note"}


def test_spending_over_the_allowance_wants_its_reason(plan):
    over = plan | {"setting_up_spent": 310_050}

    assert checked(over) == {"setting_up_over": "£100.50 more than allowed was spent. Say why."}
    assert checked(over | {"setting_up_over": "The cooker had to be replaced; agreed by Priya Raman."}) == {}
    assert checked(plan | {"setting_up_spent": 300_000}) == {}


@pytest.mark.parametrize(
    ("changed", "age", "said"),
    [
        ({"category": "eligible"}, 18, "eligible or relevant"),
        ({}, 17, "from 18 to 24"),
        ({}, 25, "from 18 to 24"),
        ({"homeless_risk": "high", "duty_to_refer": "no"}, 18, "duty to refer"),
        ({"leave_ends_on": "2027-05-01"}, 18, "before the next review"),
        ({"category": "eligible", "next_move": "", "staying_put": "considered"}, 17, "from 18"),
    ],
)
def test_what_is_worth_a_second_look_is_said(plan, changed, age, said):
    assert [said in each for each in pathway_checks.prompts(plan | changed, age)] == [True]


def test_a_plan_that_is_hardly_begun_has_nothing_to_check():
    assert checked({}) == {}
    assert pathway_checks.prompts({}, None) == []


# Leaving Well


def test_every_question_of_the_checklist_is_asked_once_under_its_area():
    text = (files("resources") / "pathway" / "leaving_well_checklist.csv").read_text(encoding="utf-8")
    wanted = [(row["area"], row["question"]) for row in csv.DictReader(text.splitlines())]
    asked = [
        (section.title, each.label)
        for section in LEAVING_WELL.sections
        for each in section.fields
        if isinstance(each, Choice) and each.key.startswith("question_")
    ]

    assert asked == wanted
    assert (len(asked), len({area for area, _ in asked})) == (66, 8)


def test_each_area_has_room_for_words_and_every_answer_may_be_left_out(checklist):
    areas = LEAVING_WELL.sections[1:-1]
    bare = {key: checklist[key] for key in ("name", "filled_on")}

    assert all(isinstance(each.fields[-1], Text) and each.fields[-1].quote for each in areas)
    assert troubled(bare, LEAVING_WELL) == set()
    assert troubled({}, LEAVING_WELL) == {"name", "filled_on"}


def test_the_checklist_is_asked_anew_and_two_of_them_are_compared(checklist):
    now = checklist | {"question_12": "yes"}

    changes = LEAVING_WELL.changes(checklist, now)

    assert LEAVING_WELL.brought_forward(checklist) == {}
    assert [(each.label, each.was, each.now) for each in changes] == [
        ("Do you know where you will move to next?", "Working on it", "Yes")
    ]


# On paper


@pytest.mark.parametrize("form", [PATHWAY_NEEDS, PATHWAY_PLAN, LEAVING_WELL], ids=lambda form: form.key)
def test_every_word_of_the_sample_reaches_paper(form):
    answers, _ = form.clean(sample(form.key.replace("-", "_")), today=TODAY)

    printed = letters(words_of(plan_pdf(form, answers, Heading(form.title, "Yonas Tesfay", None, "10007"))))

    # Of a heading with words under it the paper leaves out that there is a need
    missing = [each for each in said(form, answers) if letters(each) not in printed]
    assert [each for each in missing if each != "There is a need"] == []
    assert form.owner == "" or letters(form.owner) in printed


def letters(text):
    """Return a text without spaces and hyphens: lines break at both."""
    return "".join(each for each in text if each.isalnum())


def said(form, answers):
    """Yield the words of each answer that is not to be kept off paper."""
    for _, each in form.asked(answers):
        if each.key not in answers or (each.secret_when and each.secret_when.holds(answers)):
            continue
        if isinstance(each, Rows):
            for row in answers[each.key]:
                yield from (inner.show(row[inner.key]) for inner in each.fields if inner.key in row)
        elif isinstance(each, Text | Choice | Date):
            yield from each.show(answers[each.key]).splitlines()
