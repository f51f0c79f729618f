"""The Personal Education Plan: complete, signable, and honest about what is missing."""

import json
from datetime import date
from pathlib import Path

import pytest

from caseapp.form import Choice, Choices, Fact, Field, Rows, Trouble, is_empty
from caseapp.form_json import digest, from_json, to_json
from caseapp.form_parts import pep_targets
from caseapp.form_parts.pep_lists import NOT_FOR_SCHOOL
from caseapp.forms.pep import PEP

TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parent / "sample_answers" / "pep.json"
FIELDS = {each.key: each for each in PEP.fields}
TABLES = [each for each in PEP.fields if isinstance(each, Rows)]

VARIANTS = ("early_years", "special", "post_16", "not_in_education")
WHERE = Path(__file__).parent / "sample_answers" / "pep"


@pytest.fixture
def answers() -> dict:
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def troubles(answers: dict) -> list[Trouble]:
    return PEP.clean(answers, today=TODAY, to_sign=True)[1]


def conditions(fields: list[Field]) -> list[tuple[str, str]]:
    asked = [(each.key, each.when) for each in fields] + [(each.key, each.secret_when) for each in fields]
    return [(key, condition.key) for key, condition in asked if condition]


def test_the_sample_is_accepted_for_signing(answers):
    cleaned, found = PEP.clean(answers, today=TODAY, to_sign=True)

    assert found == []
    assert answers.items() <= cleaned.items()


def test_the_sample_answers_only_questions_that_are_there(answers):
    assert set(answers) <= set(FIELDS)
    for table in TABLES:
        kept = {each.key for each in table.fields}
        assert all(set(row) <= kept for row in answers.get(table.key, [])), table.key


def test_the_sample_leaves_few_questions_empty(answers):
    empty = [
        each.key
        for _, each in PEP.asked(answers)
        if is_empty(PEP.clean(answers, today=TODAY)[0].get(each.key))
    ]

    assert len(empty) < 14, empty


def test_a_draft_needs_nothing():
    assert PEP.clean({}, today=TODAY) == ({}, [])


def test_more_sessions_attended_than_possible_are_refused(answers):
    found = troubles(answers | {"sessions_attended": 130})

    assert [each.key for each in found] == ["sessions_attended"]
    assert found[0].words.startswith("More sessions are attended than were possible")


def test_attendance_is_worked_out_and_not_typed(answers):
    cleaned, _ = PEP.clean(answers | {"attendance_percent": "99.9"}, today=TODAY)

    assert cleaned["attendance_percent"] == "91.5"


def test_the_total_of_the_questionnaire_leaves_kindness_out(answers):
    cleaned, _ = PEP.clean(answers | {"sdq_total": 40}, today=TODAY)

    assert cleaned["sdq_total"] == 6 + 2 + 5 + 3


def test_the_money_left_is_worked_out_in_pence(answers):
    cleaned, _ = PEP.clean(answers, today=TODAY)

    assert (cleaned["pp_left"], FIELDS["pp_left"].show(cleaned["pp_left"])) == (126_000, "£1,260.00")


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"attendance_check_on": "2026-11-13"}, "attendance_check_on"),
        ({"next_on": "2026-11-01"}, "next_on"),
        ({"met_on": "2026-11-24"}, "met_on"),
        ({"looked_after_since": "2010-01-01"}, "looked_after_since"),
        ({"sessions_unauthorised": 200}, "sessions_unauthorised"),
        ({"pp_paid": 90_001}, "pp_paid"),
        ({"sdq_peer": 11}, "sdq_peer"),
        ({"sdq_written": 17}, "sdq_written"),
        ({"sdq_written": 15}, "sdq_total"),
        ({"on_roll_on": "2010-01-01"}, "on_roll_on"),
    ],
)
def test_answers_at_odds_with_each_other_are_named(answers, wrong, key):
    assert key in {each.key for each in troubles(answers | wrong)}


def test_fewer_than_three_targets_are_not_signed(answers):
    found = troubles(answers | {"targets": answers["targets"][:2]})

    assert [(each.key, each.words) for each in found] == [("targets", "At least 3 targets before signing.")]


def test_a_child_who_does_not_wish_to_share_is_asked_again_and_not_pressed(answers):
    prompts = [each.key for each in PEP.fields if each.when and each.when.key == "voice_method"]
    silent = {key: value for key, value in answers.items() if key not in prompts}

    found = troubles(silent | {"voice_method": "refused"})

    assert [each.key for each in found] == ["refused_on", "ask_again_on"]
    noted = {"voice_method": "refused", "refused_on": "2026-11-17", "ask_again_on": "2026-12-08"}
    assert troubles(silent | noted) == []


def test_a_child_without_a_pupil_number_needs_a_reason_and_no_number(answers):
    del answers["upn"]

    assert troubles(answers | {"upn_state": "UN3"}) == []


def test_it_goes_to_json_and_back_unchanged():
    document = json.loads(json.dumps(to_json(PEP)))

    assert from_json(document) == PEP
    assert digest(from_json(document)) == digest(PEP)


def test_keys_are_unique_in_the_form_and_in_each_row():
    assert len(FIELDS) == len(PEP.fields)
    for table in TABLES:
        assert len({each.key for each in table.fields}) == len(table.fields), table.key
    assert len({each.key for each in PEP.sections}) == len(PEP.sections)


def test_every_condition_refers_to_a_question_of_the_form_or_the_row():
    assert {other for _, other in conditions(PEP.fields)} <= set(FIELDS)
    for table in TABLES:
        assert {other for _, other in conditions(list(table.fields))} <= {each.key for each in table.fields}


def test_every_condition_waits_for_a_question_that_stands_before():
    place = {each.key: number for number, each in enumerate(PEP.fields)}

    assert [key for key, other in conditions(PEP.fields) if place[other] >= place[key]] == []


def test_every_condition_waits_for_a_question_that_is_always_asked():
    waiting = {each.key for each in PEP.fields if each.when}

    assert {other for _, other in conditions(PEP.fields)} & waiting == set()


def test_every_rule_compares_questions_of_the_form():
    assert {key for rule in PEP.rules for key in (rule.key, rule.other)} <= set(FIELDS)


def test_every_choice_has_a_list_without_doubles():
    inner = [each for table in TABLES for each in table.fields]
    for each in [*PEP.fields, *inner]:
        if isinstance(each, Choice | Choices):
            codes, labels = zip(*each.options, strict=True)
            assert len(set(codes)) == len(codes) > 1, each.key
            assert len({label.casefold() for label in labels}) == len(labels), each.key


def test_rows_that_make_actions_say_what_who_by_when_and_how_it_stands():
    marked = [each for each in TABLES if each.actions]

    assert [each.key for each in marked] == ["targets", "actions"]
    assert all({"what", "who", "by", "status"} <= {inner.key for inner in each.fields} for each in marked)


def test_the_actions_of_the_sample_are_listed_with_their_day(answers):
    found = PEP.actions(answers)

    assert len(found) == 6
    assert (found[0].who, found[0].by, found[0].status) == ("Nadia Shah", date(2027, 2, 26), "Under way")


def test_last_terms_targets_come_from_the_last_plan_and_must_be_reviewed(answers):
    review = PEP.brought_forward(answers)

    assert review["last_targets"] == [
        {key: row[key] for key in ("no", "what", "success", "who", "by", "cost") if key in row}
        for row in answers["targets"]
    ]
    assert "targets" not in review
    found = troubles(answers | {"last_targets": review["last_targets"]})
    assert [each.words for each in found] == [f"Target {n} has no answer to “Result”." for n in (1, 2, 3)]


def test_last_terms_actions_come_forward_with_their_numbers(answers):
    review = PEP.brought_forward(answers)

    assert [(row["no"], row["status"]) for row in review["last_actions"]] == [
        (8, "open"), (9, "started"), (10, "open"),
    ]  # fmt: skip


def test_a_review_keeps_standing_facts_and_asks_views_and_figures_anew(answers):
    review = PEP.brought_forward(PEP.clean(answers, today=TODAY)[0])

    assert {"name", "school", "legal_status", "sen_status", "baseline", "variant"} <= set(review)
    anew = {
        "term", "voice_method", "enjoys", "feeling", "sessions_possible", "attendance_percent", "attainment",
        "targets", "pp_left", "carer_view", "met_on", "actions", "next_on", "signatures", "child_agrees",
        "schools", "attendance", "suspensions", "premium",
    }  # fmt: skip
    assert anew & set(review) == set()


def test_lists_and_tiles_find_what_managers_watch(answers):
    cleaned, _ = PEP.clean(answers, today=TODAY)
    facts = {each.field: each for each in PEP.facts(cleaned)}

    assert facts["met_on"] == Fact("met_on", day=date(2026, 11, 19))
    assert str(facts["attendance_percent"].number) == "91.5"
    assert [facts[key].code for key in ("sen_status", "variant", "voice_method")] == ["K", "school", "talk"]
    watched = {
        "next_on", "child_there", "carer_there", "pp_approved", "pp_spent", "pp_left", "sdq_total",
        "school_moves", "pep_type", "progress_overall", "hours_week", "september_guarantee",
    }  # fmt: skip
    assert watched <= set(facts)


def test_signing_tells_the_clocks_of_plan_questionnaire_and_meeting(answers):
    assert PEP.events(answers) == [
        ("pep_begun", date(2026, 11, 5)),
        ("sdq", date(2026, 9, 21)),
        ("pep_held", date(2026, 11, 19)),
    ]
    assert PEP.dated(answers) == date(2026, 11, 19)


@pytest.mark.parametrize(
    "key", ["placement_address", "placement_postcode", "placement_authority", "home_miles", "carer_contact"]
)
def test_where_the_child_lives_is_withheld_only_when_it_must_be(answers, key):
    secret = FIELDS[key].secret_when

    assert secret
    assert secret.holds(answers)
    assert not secret.holds(answers | {"address_withheld": "no"})


def test_the_childs_own_words_are_marked_as_such(answers):
    quotes = PEP.quotes(answers)

    assert quotes[0].startswith("I like art and I am good at remembering things.")
    assert answers["worker_view"] not in quotes


def test_the_child_speaks_before_anybody_else():
    titles = [each.title for each in PEP.sections]

    assert titles[:2] == ["About the child", "What the child says"]
    assert titles[-1] == "Agreement and signatures"
    assert {each.owner for each in PEP.sections} == {
        "Social worker", "Designated teacher", "Carer", "Child", "Virtual school",
    }  # fmt: skip
    assert all(each.guidance for each in PEP.sections)


def test_a_careers_question_is_not_asked_of_a_young_child(answers):
    asked = {each.key for _, each in PEP.asked(answers | {"key_stage": "KS2"})}

    assert not asked & {"careers_on", "september_offer", "gcse_course"}


# What differs by setting


def told(variant: str) -> dict:
    return json.loads((WHERE / f"{variant}.json").read_text(encoding="utf-8"))


def sections(answers: dict) -> set[str]:
    return {section.key for section, _ in PEP.asked(answers)}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_plan_of_every_variant_can_be_signed(variant):
    answers = told(variant)

    cleaned, found = PEP.clean(answers, today=TODAY, to_sign=True)

    assert found == []
    assert answers.items() <= cleaned.items()
    assert set(answers) <= {each.key for _, each in PEP.asked(cleaned)}, "an answer that nobody asked for"


@pytest.mark.parametrize(
    ("variant", "own"),
    [
        ("early_years", {"early_years", "school"}),
        ("special", {"special", "school", "attendance", "careers"}),
        ("post_16", {"post_16", "school", "attendance", "careers"}),
        ("not_in_education", {"not_in_education", "careers"}),
    ],
)
def test_each_variant_asks_its_own_parts_beside_the_shared_ones(variant, own):
    only_some = {
        "early_years", "special", "post_16", "not_in_education", "school", "attendance", "exclusions",
        "careers",
    }  # fmt: skip
    shared = {each.key for each in PEP.sections} - only_some

    asked = sections(told(variant))

    assert shared | own <= asked
    others = {"early_years", "special", "post_16", "not_in_education"} - {variant}
    assert not asked & others


def test_a_child_without_a_place_is_asked_about_none():
    asked = {each.key for _, each in PEP.asked(told("not_in_education"))}

    assert not asked & {"school", "teacher", "sessions_possible", "attainment", "suspensions"}
    assert {"schools", "teacher_there", "targets", "days_without", "host_contact"} <= asked


def test_a_young_person_over_16_without_a_place_has_no_day_on_roll_and_no_lead():
    answers = told("post_16") | {"setting_type": "none", "eet": "G5", "hours_week": "0.0"}
    for key in ("on_roll_on", "teacher", "teacher_email"):
        del answers[key]

    assert troubles(answers) == []


def test_a_child_who_uses_no_words_is_observed_and_not_quoted():
    answers = told("early_years")

    del answers["observed"]

    assert [each.key for each in troubles(answers)] == ["observed"]


@pytest.mark.parametrize("who", ["carer", "worker", "teacher"])
def test_those_who_always_come_have_a_reason_when_they_do_not(answers, who):
    away = answers | {f"{who}_there": "apologies"}

    assert [each.key for each in troubles(away)] == [f"{who}_away"]
    assert troubles(away | {f"{who}_away": "Ill; sent her view"}) == []


def test_the_area_may_want_more_or_fewer_targets_and_little_ones_have_two(answers):
    def wanted(variant: str, targets: int) -> int:
        form = pep_targets.wanting(PEP, targets, variant)
        return next(each.at_least for each in form.fields if each.key == "targets")

    assert [wanted("school", 4), wanted("early_years", 4), wanted("school", 1)] == [4, 2, 1]
    assert pep_targets.wanting(PEP, 3, "school") == PEP
    assert "signatures" in [each.key for each in pep_targets.wanting(PEP, 4).fields]


def test_rows_that_the_record_holds_are_asked_for_and_never_carried_on():
    held = {each.key: each.from_record for each in TABLES if each.from_record}

    assert held == {
        "schools": "schools", "attendance": "attendance", "suspensions": "suspensions",
        "timetables": "timetables", "alternatives": "provision", "attainment": "attainment",
        "baseline": "baseline", "premium": "premium",
    }  # fmt: skip
    assert [key for key in held if not FIELDS[key].fresh] == ["baseline"]


def test_what_a_school_copy_leaves_out_is_asked_in_the_form_and_names_nothing_else():
    assert set(NOT_FOR_SCHOOL) <= set(FIELDS)
    assert not {"school_must_know", "may_collect", "carer_contact", "worker_contact"} & set(NOT_FOR_SCHOOL)


def test_quality_is_no_longer_part_of_the_form():
    assert not [key for key in FIELDS if key.startswith("qa_")]


def test_an_answer_of_version_1_with_another_code_is_kept_and_named():
    kept, found = PEP.clean({"variant": "post16", "previous_schools": [{"name": "Old"}]}, today=TODAY)

    assert (kept["variant"], kept["previous_schools"]) == ("post16", [{"name": "Old"}])
    assert [each.key for each in found] == ["variant"]
