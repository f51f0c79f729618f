"""The Personal Education Plan: complete, signable, and honest about what is missing."""

import json
from datetime import date
from pathlib import Path

import pytest

from caseapp.form import Choice, Choices, Fact, Field, Rows, Trouble, is_empty
from caseapp.form_json import digest, from_json, to_json
from caseapp.forms.pep import PEP

TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parent / "sample_answers" / "pep.json"
FIELDS = {each.key: each for each in PEP.fields}
TABLES = [each for each in PEP.fields if isinstance(each, Rows)]

# What section 8 of the reference page asks for, and where it is answered. The number of the plan, its status,
# version and forerunner are the record's own and are asked of nobody.
COVERED: dict[str, dict[str, str]] = {
    "A header": {
        "child": "name",
        "academic year*": "academic_year",
        "term*": "term",
        "type*": "pep_type",
        "variant*": "variant",
        "begun": "opened_on",
        "due date": "due_on",
        "meeting date*": "met_on",
        "time": "met_at",
        "place or link": "met_where",
    },
    "B child and care": {
        "legal name*": "name",
        "known as": "known_as",
        "date of birth*": "born_on",
        "sex, gender, pronouns": "sex gender pronouns",
        "ethnicity": "ethnicity",
        "language, EAL, interpreter": "first_language eal interpreter",
        "religion": "religion",
        "UPN or reason*": "upn_state upn",
        "ULN, NHS number, social care id": "uln nhs_number social_care_id",
        "legal status*": "legal_status",
        "looked after since*": "looked_after_since",
        "placements": "placements_count",
        "permanence plan": "permanence",
        "placement": "placement_type placement_since placement_address placement_postcode",
        "withhold flag": "address_withheld",
        "placement authority, distance": "placement_authority home_miles",
        "carers*": "carers",
        "carer contact": "carer_contact",
        "parental responsibility*": "responsibility",
        "who may collect, have reports*": "may_collect may_have_reports",
        "any prohibition*": "prohibited prohibition",
        "worker and contact*": "worker worker_contact",
        "manager and contact*": "manager manager_contact",
        "reviewing officer": "reviewing_officer",
        "delegated authority*": "signs_trips signs_photos signs_medical",
        "siblings and schools": "siblings siblings_schools",
        "unaccompanied": "asylum immigration",
        "youth justice": "youth_justice youth_justice_note",
        "what school must know": "school_must_know",
        "allergy, medical, medication, dental": "allergies medical medication appointments",
        "disability": "disability",
        "transport": "transport",
        "agencies": "agencies.name agencies.role agencies.contact agencies.purpose agencies.ends_on",
    },
    "C education provision": {
        "setting name*": "school",
        "type*": "setting_type",
        "URN, authority, phone, address": "school_urn school_authority school_phone school_address",
        "Ofsted": "inspection",
        "on roll*": "on_roll_on",
        "year group*": "year_group",
        "actual year group and reason": "actual_year_group actual_year_reason",
        "class": "tutor",
        "designated teacher*": "teacher teacher_email",
        "head of year, SENCO, attendance lead": "head_of_year senco attendance_lead",
        "hours a week*": "hours_week",
        "full time*": "full_time",
        "if not": "part_time_reason",
        "alternative": "alternative_name alternative_registered alternative_days alternative_hours",
        "alternative, when and by whom": "alternative_from alternative_review_on alternative_by",
        "dual, boarding, distance": "dual boards school_miles",
        "previous schools": "previous_schools.name previous_schools.from_on previous_schools.to_on",
        "why they ended": "previous_schools.reason",
        "moves, exam centre": "school_moves exam_centre",
    },
    "D special educational needs": {
        "status*": "sen_status",
        "assessment requested": "ehcp_asked_on",
        "plan": "ehcp_authority ehcp_issued_on ehcp_reviewed_on ehcp_review_due_on ehcp_placement ehcp_parts",
        "top-up, exam access": "top_up exam_access",
        "needs": "primary_need other_needs",
        "provision, psychologist, therapies": "provision psychologist therapies",
    },
    "E attendance": {
        "year to date*": "sessions_possible sessions_attended",
        "percent": "attendance_percent",
        "absence": "sessions_authorised sessions_unauthorised lates",
        "before": "percent_last_term percent_last_year",
        "reasons, plan": "absence_reasons attendance_plan",
        "register codes": "register_codes",
    },
    "F behaviour": {
        "suspensions": "suspensions.from_on suspensions.to_on suspensions.sessions suspensions.reasons",
        "what followed": "suspensions.provided_from suspensions.told_on suspensions.return_on",
        "days": "suspended_days_term suspended_days_year",
        "exclusion": "excluded excluded_on excluded_for governors_on governors rescinded",
        "provision after it": "excluded_provision_on",
        "timetable": "timetable_hours timetable_full timetable_reason timetable_from timetable_to",
        "its review and agreement": "timetable_reviews timetable_by",
        "rewards, plan, restraint, move": "rewards behaviour_plan restraints restraints_note managed_move",
    },
    "G attainment": {
        "subject*": "attainment.subject",
        "assessment date*": "attainment.assessed_on",
        "framework, result": "attainment.framework attainment.result",
        "judgement*": "attainment.judgement",
        "progress*": "attainment.progress",
        "against the baseline": "attainment.from_baseline",
        "target grade, comment": "attainment.target_grade attainment.remark",
        "reading, writing, maths": "reading writing maths",
        "baseline": "baseline.subject baseline.assessed_on baseline.result baseline.judgement",
    },
    "H wellbeing": {
        "date and by whom": "sdq_on sdq_by",
        "scales": "sdq_emotional sdq_conduct sdq_hyperactivity sdq_peer sdq_prosocial",
        "total, band, source, action": "sdq_total sdq_band sdq_source sdq_action",
        "reason for none": "sdq_none",
        "strategies": "sdq_strategies",
        "therapy, bullying, friends, adult": "therapy bullying friendships trusted_adult",
    },
    "I child's voice": {
        "method, date, helper": "voice_method voice_on voice_helper",
        "enjoy, good at, hard, helps": "enjoys good_at hard helps_learn",
        "who helps, feeling, clubs": "helpers feeling my_clubs",
        "change, hopes": "wants_changed hopes_year hopes_job hopes_dream",
        "meeting": "knows_why wants_to_come wants_there",
        "last time, comment": "said_before came_of_it comment",
        "refusal": "refused_on ask_again_on refused_note",
    },
    "J targets": {
        "category": "targets.category",
        "need*": "targets.need",
        "target*": "targets.what",
        "measure*": "targets.measure",
        "success*": "targets.success",
        "intervention*": "targets.intervention targets.delivered_by targets.often",
        "its days*": "targets.starts_on targets.ends_on",
        "group size": "targets.group_size",
        "owner*": "targets.who",
        "own words": "targets.own_words",
        "due*": "targets.by",
        "cost, RAG": "targets.cost targets.rag",
        "outcome*": "last_targets.outcome",
        "evidence, impact, carried": "last_targets.evidence last_targets.impact last_targets.carried_to",
    },
    "K leisure": {
        "clubs, sport, music": "clubs_in clubs_out sport music",
        "library, holiday, trips": "library holiday trips",
        "achievements, barriers, equipment": "achievements barriers laptop internet equipment",
    },
    "L transition": {
        "type, date, setting": "change_type change_on receiving",
        "visits, information": "visits handed_over",
        "exams and approval": "exam_continuity approval_by approval_on",
        "transport, risk, actions": "change_transport disruption change_actions",
        "careers": "careers_on options work_experience destination september_offer results_contact bursary",
    },
    "M views": {
        "carer*": "carer_view carer_support",
        "parent": "parent_view",
        "worker and teacher*": "worker_view teacher_view",
        "others": "other_views.name other_views.role other_views.view",
        "home": "home_reading homework",
    },
    "N pupil premium": {
        "request": "pp_requests.target pp_requests.item pp_requests.category pp_requests.amount",
        "who and when": "pp_requests.term pp_requests.asked_by pp_requests.asked_on",
        "decision": "pp_requests.decision pp_requests.approved pp_requests.decided_by pp_requests.decided_on",
        "reason, paid, spent": "pp_requests.why pp_requests.paid_on pp_requests.spent",
        "impact": "last_requests.impact",
        "totals": "pp_allocated pp_approved pp_paid pp_spent pp_left",
    },
    "O documents": {"papers": "documents.kind documents.title documents.dated_on documents.kept"},
    "P agreement": {
        "attendance": "child_there carer_there worker_there teacher_there",
        "others": "attendees.name attendees.role attendees.organisation attendees.invited attendees.attended",
        "view given": "attendees.gave_view",
        "decisions": "decisions",
        "actions": "actions.what actions.who actions.by actions.status",
        "next PEP*": "next_on",
        "time of it": "next_at",
        "distribution": "sent_to child_version",
        "signatures": "signatures.name signatures.role signatures.answer signatures.on",
    },
    "Q quality": {
        "who, when": "qa_by qa_on",
        "voice to transitions": "qa_voice qa_reviewed qa_attainment qa_needs qa_smart qa_interventions",
        "the rest": "qa_transitions qa_carer qa_premium qa_attendees qa_next qa_attendance qa_documents",
        "grades": "qa_sections.section qa_sections.grade qa_grade",
        "comments, actions": "qa_comments qa_actions.what qa_actions.who qa_actions.by",
        "sent back, approved": "qa_returns qa_approved_on",
    },
}
ITEMS = [(f"{part}: {item}", keys.split()) for part, items in COVERED.items() for item, keys in items.items()]
STARRED = sorted({key for item, keys in ITEMS if item.endswith("*") for key in keys})


@pytest.fixture
def answers() -> dict:
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def troubles(answers: dict) -> list[Trouble]:
    return PEP.clean(answers, today=TODAY, to_sign=True)[1]


def asked_at(path: str) -> Field:
    key, _, inner = path.partition(".")
    found = FIELDS[key]
    if not inner:
        return found
    assert isinstance(found, Rows)
    return next(each for each in found.fields if each.key == inner)


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

    assert len(empty) < 12, empty


@pytest.mark.parametrize(("item", "keys"), ITEMS, ids=[item for item, _ in ITEMS])
def test_each_item_of_the_reference_page_is_asked(item, keys):
    for path in keys:
        assert asked_at(path).label


def test_every_question_is_of_a_part_of_the_reference_page_or_helps_to_answer_one():
    listed = {path.partition(".")[0] for _, keys in ITEMS for path in keys}
    helping = {
        "parents", "team", "signing_note", "key_stage", "alternative", "timetable_reduced", "sdq_done",
        "sdq_impact", "sdq_earlier", "attendance_helps", "attendance_check_on", "progress_overall",
        "gcse_course", "last_actions", "pp_unplanned", "change_planned",
    }  # fmt: skip

    assert {each.key for each in PEP.fields} - listed == helping


@pytest.mark.parametrize("path", STARRED)
def test_a_starred_answer_that_is_missing_is_named(answers, path):
    key, _, inner = path.partition(".")
    if inner:
        del answers[key][0][inner]
    else:
        del answers[key]

    found = troubles(answers)

    assert [each.key for each in found] == [key]
    assert asked_at(path).label in (found[0].words if inner else found[0].label)


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
        ({"suspended_days_term": "2"}, "suspended_days_term"),
        ({"pp_paid": 90_001}, "pp_paid"),
        ({"sdq_peer": 11}, "sdq_peer"),
        ({"qa_approved_on": "2026-11-02"}, "qa_approved_on"),
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

    assert [each.key for each in marked] == ["targets", "actions", "qa_actions"]
    assert all({"what", "who", "by", "status"} <= {inner.key for inner in each.fields} for each in marked)


def test_the_actions_of_the_sample_are_listed_with_their_day(answers):
    found = PEP.actions(answers)

    assert len(found) == 7
    assert (found[0].who, found[0].by, found[0].status) == ("Nadia Shah", date(2027, 2, 26), "Under way")


def test_last_terms_targets_come_from_the_last_plan_and_must_be_reviewed(answers):
    review = PEP.brought_forward(answers)

    assert review["last_targets"] == [
        {key: row[key] for key in ("what", "who", "by")} for row in answers["targets"]
    ]
    assert "targets" not in review
    found = troubles(answers | {"last_targets": review["last_targets"]})
    assert [each.words for each in found] == [f"Target {n} has no answer to “Result”." for n in (1, 2, 3)]


def test_last_terms_actions_and_money_come_forward_too(answers):
    review = PEP.brought_forward(answers)

    assert [row["status"] for row in review["last_actions"]] == ["open", "started", "open"]
    assert review["last_requests"][1] == {"item": "Portfolio case and paper", "approved": 6000}


def test_a_review_keeps_standing_facts_and_asks_views_and_figures_anew(answers):
    review = PEP.brought_forward(PEP.clean(answers, today=TODAY)[0])

    assert {"name", "school", "legal_status", "sen_status", "baseline", "previous_schools"} <= set(review)
    anew = {
        "term", "voice_method", "enjoys", "feeling", "sessions_possible", "attendance_percent", "attainment",
        "reading", "targets", "pp_left", "carer_view", "met_on", "actions", "next_on", "signatures",
        "qa_grade", "qa_voice", "qa_approved_on",
    }  # fmt: skip
    assert anew & set(review) == set()


def test_lists_and_tiles_find_what_managers_watch(answers):
    cleaned, _ = PEP.clean(answers, today=TODAY)
    facts = {each.field: each for each in PEP.facts(cleaned)}

    assert facts["met_on"] == Fact("met_on", day=date(2026, 11, 19))
    assert str(facts["attendance_percent"].number) == "91.5"
    assert [facts[key].code for key in ("sen_status", "qa_grade", "voice_method")] == ["K", "green", "talk"]
    watched = {
        "next_on", "child_there", "carer_there", "suspended_days_year", "excluded", "timetable_reduced",
        "reading", "writing", "maths", "pp_approved", "pp_spent", "pp_left", "sdq_total", "qa_returns",
        "school_moves", "qa_approved_on", "variant", "pep_type",
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
    assert titles[-2:] == ["Agreement and signatures", "Quality assurance"]
    assert {each.owner for each in PEP.sections} == {
        "Social worker", "Designated teacher", "Carer", "Child", "Virtual school",
    }  # fmt: skip
    assert all(each.guidance for each in PEP.sections)


def test_a_careers_question_is_not_asked_of_a_young_child(answers):
    asked = {each.key for _, each in PEP.asked(answers | {"key_stage": "KS2"})}

    assert not asked & {"careers_on", "september_offer", "gcse_course"}
