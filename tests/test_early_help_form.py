"""The early help assessment: what it asks, what it needs before signing, and what a review keeps."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from caseapp.form import AnyOf, Field, Is, Rows, Text, is_empty
from caseapp.form_json import from_json, to_json
from caseapp.forms.early_help import EARLY_HELP

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parent / "sample_answers"
SAMPLE = json.loads((SAMPLES / "early_help.json").read_text(encoding="utf-8"))
BROTHER = json.loads((SAMPLES / "sibling" / "early_help.json").read_text(encoding="utf-8"))
SHARED = {each.key for section in EARLY_HELP.sections if section.shared for each in section.fields}
ROWS = [each for each in EARLY_HELP.fields if isinstance(each, Rows)]
REQUIRED = [each.key for _, each in EARLY_HELP.asked(SAMPLE) if each.required]
REQUIRED_IN_ROWS = [
    (rows.key, inner.key)
    for rows in ROWS
    for inner in rows.fields
    if inner.required and any(row.get(inner.key) for row in SAMPLE.get(rows.key, []))
]
PROPER = re.compile(r"\b(NHS|UPN|GP|SEN|I|Level \d)\b|\([A-Z]+\)")
DIMENSIONS = {
    "development": [
        "Health",
        "Education",
        "Emotional and behavioural development",
        "Identity",
        "Family and social relationships",
        "Social presentation",
        "Self-care skills",
    ],
    "parenting": [
        "Basic care",
        "Ensuring safety",
        "Emotional warmth",
        "Stimulation",
        "Guidance and boundaries",
        "Stability",
    ],
    "surroundings": [
        "Family history and functioning",
        "Wider family",
        "Housing",
        "Employment",
        "Income",
        "Family's social integration",
        "Community resources",
    ],
}


def signing_troubles(**changed):
    answers = {key: value for key, value in (SAMPLE | changed).items() if value is not None}
    return EARLY_HELP.clean(answers, today=TODAY, to_sign=True)[1]


def missing_keys(**changed):
    return {trouble.key for trouble in signing_troubles(**changed)}


def asked_keys(**changed):
    return {each.key for _, each in EARLY_HELP.asked(SAMPLE | changed)}


def every_group():
    """The questions of the form, then those of each kind of row: keys are unique within each."""
    yield "form", EARLY_HELP.fields
    for rows in ROWS:
        yield rows.key, list(rows.fields)


def field(key, fields=None) -> Field:
    return next(each for each in (fields or EARLY_HELP.fields) if each.key == key)


def test_the_sample_is_accepted_for_signing_and_stored_as_it_was_given():
    answers, troubles = EARLY_HELP.clean(SAMPLE, today=TODAY, to_sign=True)

    assert troubles == []
    assert answers == SAMPLE


def test_the_sample_answers_nearly_everything_that_is_asked():
    unanswered = [each.key for _, each in EARLY_HELP.asked(SAMPLE) if is_empty(SAMPLE.get(each.key))]

    assert unanswered == ["due_on"]


def test_the_sample_holds_nothing_that_the_form_does_not_ask():
    assert set(SAMPLE) <= {each.key for each in EARLY_HELP.fields}
    for rows in ROWS:
        kept = {inner.key for inner in rows.fields}
        assert all(set(row) <= kept for row in SAMPLE[rows.key])


@pytest.mark.parametrize("key", REQUIRED)
def test_each_required_answer_that_is_missing_is_named(key):
    troubles = [trouble for trouble in signing_troubles(**{key: None}) if trouble.key == key]

    assert [trouble.label for trouble in troubles] == [field(key).label]


@pytest.mark.parametrize(("rows", "key"), REQUIRED_IN_ROWS)
def test_each_required_answer_that_is_missing_in_a_row_is_named(rows, key):
    without = [{name: value for name, value in row.items() if name != key} for row in SAMPLE[rows]]
    label = field(key, field(rows).fields).label

    assert any(label in trouble.words for trouble in signing_troubles(**{rows: without}))


@pytest.mark.parametrize(
    "key", ["meaning", "level", "level_because", "decision", "voice", "words", "consent_checked"]
)
def test_what_the_life_cycle_demands_blocks_signing(key):
    assert key in missing_keys(**{key: None})


@pytest.mark.parametrize(
    ("question", "answer", "then_needed"),
    [
        ("consent_checked", "no", {"consent_unchecked"}),
        ("voice", "not_seen", {"voice_why_not"}),
        ("voice", "unborn", {"voice_why_not"}),
        ("voice", "observed", {"observed"}),
        ("level", "4", {"level_4_steps"}),
        ("decision", "D1", set()),
        ("decision", "D2", {"decision_agency"}),
        ("decision", "D4", {"panel_consent"}),
        ("decision", "D6", {"referral_to", "referral_on"}),
        ("decision", "D7", {"referral_to", "referral_on"}),
        ("decision", "D8", set()),
        ("decision", "D9", {"transfer_to"}),
    ],
)
def test_an_answer_brings_its_own_required_questions(question, answer, then_needed):
    assert missing_keys(**{question: answer}) == then_needed


def test_a_closed_case_needs_no_review_date_and_no_lead_practitioner():
    assert missing_keys(decision="D1", review_on=None, lead=None) == set()


def test_help_from_several_agencies_needs_a_lead_practitioner_and_a_review():
    assert missing_keys(lead=None, review_on=None) == {"lead", "review_on"}


def test_a_brothers_part_with_the_common_parts_is_a_whole_assessment():
    common = {key: answer for key, answer in SAMPLE.items() if key in SHARED}

    assert EARLY_HELP.clean(common | BROTHER, today=TODAY, to_sign=True)[1] == []
    assert not SHARED & set(BROTHER)


def test_each_child_has_a_voice_a_level_and_a_decision_of_their_own():
    assert not SHARED & {"name", "voice", "words", "meaning", "level", "decision", "child_comment"}
    assert {"family", "services", "main_reason", "parents_views", "scaling", "plan", "signatures"} <= SHARED
    assert all(f"{each}_known" in SHARED for each in ("basic_care", "housing"))
    assert "health_known" not in SHARED


def test_nothing_that_the_record_knows_of_one_child_is_copied_to_another():
    of_the_child = {each.key for each in EARLY_HELP.fields if each.prefill.startswith("child.")}

    assert not SHARED & of_the_child


def test_what_others_said_in_confidence_stays_off_the_familys_copy():
    hidden = {each.key for each in EARLY_HELP.fields if each.professional}
    hidden |= {each.key for section in EARLY_HELP.sections if section.professional for each in section.fields}
    hidden |= {f"{rows.key}.{each.key}" for rows in ROWS for each in rows.fields if each.professional}

    assert {"consents", "confidential", "words_private", "parents_views.private", "alerts"} <= hidden
    assert {"family.address", "family.visit_risk_detail", "services.told_us", "manager_comment"} <= hidden
    assert {each.key for each in EARLY_HELP.fields if each.key.endswith("_evidence")} <= hidden
    assert not hidden & {"words", "level", "meaning", "decision", "plan", "child_comment"}


def test_the_family_reads_plain_words_where_ours_are_jargon():
    assert field("emotions_known").plain == "Feelings and behaviour"
    assert field("level").plain == "How much help is needed now"
    assert field("health_needs").plain == "Health: what would help"
    assert field("safety_worries").plain == "Keeping safe: what worries us"


def test_the_twenty_dimensions_are_there_in_their_three_domains():
    sections = {each.key: each for each in EARLY_HELP.sections}
    for key, titles in DIMENSIONS.items():
        found = [each.label for each in sections[key].fields if each.key.endswith("_known")]
        assert found == titles
    assert sum(map(len, DIMENSIONS.values())) == 20


def test_each_dimension_asks_for_strengths_needs_worries_a_rating_and_how_we_know():
    keys = {each.key for each in EARLY_HELP.fields}
    dimensions = [key.removesuffix("_known") for key in keys if key.endswith("_known")]

    assert len(dimensions) == 20
    for part in ("strengths", "needs", "worries", "rating", "evidence"):
        assert {f"{each}_{part}" for each in dimensions} <= keys


def test_what_differs_for_each_child_is_asked_where_brothers_and_sisters_share_the_words():
    sections = {each.key: {field.key for field in each.fields} for each in EARLY_HELP.sections}

    for domain, shared in (("development", False), ("parenting", True), ("surroundings", True)):
        dimensions = [key.removesuffix("_known") for key in sections[domain] if key.endswith("_known")]
        assert all((f"{each}_children" in sections[domain]) == shared for each in dimensions)


def test_nothing_to_report_and_not_known_are_answers_and_ask_no_more():
    for answer in ("nothing", "not_known", "not_applicable"):
        assert "health_needs" not in asked_keys(health_known=answer)
        assert field("health_known").show(answer)
    assert "health_needs" in asked_keys(health_known="described")


def test_the_form_comes_back_from_its_json_unchanged():
    document = json.loads(json.dumps(to_json(EARLY_HELP)))

    assert from_json(document) == EARLY_HELP


def test_keys_are_unique():
    for name, fields in every_group():
        keys = [each.key for each in fields]
        assert len(keys) == len(set(keys)), name
    sections = [each.key for each in EARLY_HELP.sections]
    assert len(sections) == len(set(sections))


def test_every_condition_refers_to_a_question_beside_it_and_to_an_answer_on_offer():
    for name, fields in every_group():
        by_key = {each.key: each for each in fields}
        conditions = [each.when for each in fields if each.when]
        conditions += [each.secret_when for each in fields if each.secret_when]
        if name == "form":
            conditions += [each.when for each in EARLY_HELP.sections if each.when]
        for condition in conditions:
            assert condition.key in by_key, (name, condition)
            assert set(values_of(condition)) <= {code for code, _ in options_of(by_key[condition.key])}


def values_of(condition):
    if isinstance(condition, Is):
        return (condition.value,)
    return condition.values if isinstance(condition, AnyOf) else ()


def options_of(each):
    return getattr(each, "options", ())


def test_every_choice_has_words_and_codes_of_its_own():
    for name, fields in every_group():
        for each in fields:
            codes = [code for code, _ in options_of(each)]
            assert len(codes) == len(set(codes)), (name, each.key)
            assert all(words[0].isupper() for _, words in options_of(each)), (name, each.key)
            assert codes or not hasattr(each, "options"), (name, each.key)


def test_the_plan_is_made_of_actions():
    plan = field("plan")

    assert [each.key for each in ROWS if each.actions] == ["plan"]
    assert {"what", "who", "by", "status", "need", "whom", "outcome", "measure"} <= {
        x.key for x in plan.fields
    }
    assert {"no", "star", "repeats", "result", "result_on", "evidence", "progress"} <= {
        x.key for x in plan.fields
    }
    assert plan.fields[0].key == "no"
    assert plan.from_record == "open actions"
    assert len(EARLY_HELP.actions(SAMPLE)) == len(SAMPLE["plan"])
    assert EARLY_HELP.actions(SAMPLE)[0].who == "Nour Haddad"
    assert EARLY_HELP.actions(SAMPLE)[0].status == "In progress"


def test_an_action_without_an_owner_or_with_ongoing_as_its_date_is_refused():
    action = SAMPLE["plan"][0]

    assert signing_troubles(plan=[action | {"who": ""}])
    assert signing_troubles(plan=[action | {"by": "ongoing"}])


def test_every_label_is_a_sentence_in_small_letters():
    labels = [(name, each.label) for name, fields in every_group() for each in fields]
    labels += [("section", each.title) for each in EARLY_HELP.sections]
    for name, label in labels:
        assert label, name
        assert label[0].isupper(), label
        assert not re.search(r"(?<![?.])\s[A-Z]", PROPER.sub("", label)), label


def test_completion_is_told_to_the_clocks_and_consent_is_not():
    assert EARLY_HELP.events(SAMPLE) == [("early_help_assessment", date(2026, 11, 20))]
    assert EARLY_HELP.dated(SAMPLE) == date(2026, 11, 20)


def test_what_lists_and_tiles_count_is_reported():
    facts = {fact.field: fact for fact in EARLY_HELP.facts(SAMPLE)}

    assert facts["agency"].code == "primary"
    assert facts["level"].code == "3"
    assert facts["decision"].code == "D3"
    assert facts["main_reason"].code == "young_carer"
    assert facts["relies_on_child"].code == "yes"
    assert facts["completed_on"].day == date(2026, 11, 20)
    assert str(facts["attendance"].number) == "88.4"


def test_a_review_keeps_the_family_and_the_plan_and_asks_the_rest_anew():
    forward = EARLY_HELP.brought_forward(SAMPLE)

    kept = {
        "name",
        "family",
        "services",
        "scaling",
        "plan",
        "main_reason",
        "health_strengths",
        "lead",
    }
    anew = {
        "words",
        "voice",
        "meaning",
        "level",
        "decision",
        "decided_on",
        "consents",
        "consent_checked",
        "family_level",
        "child_signature",
        "review_on",
    }
    anew |= {
        "completed_on",
        "signatures",
        "opened_on",
        "child_comment",
        "parents_views",
        "copies",
        "level_at_start",
    }
    assert kept <= set(forward)
    assert not anew & set(forward)


def test_the_childs_own_words_are_kept_as_quotes():
    quotes = EARLY_HELP.quotes(SAMPLE)

    assert quotes[0] == SAMPLE["words"]
    assert SAMPLE["child_comment"] in quotes
    assert SAMPLE["voice_meaning"] not in quotes


def test_the_address_can_be_kept_off_paper():
    for key in ("address", "postcode"):
        assert field(key).secret_when.holds({"address_private": "yes"})
        assert not field(key).secret_when.holds({"address_private": "no"})


def test_dates_in_the_wrong_order_are_named():
    assert missing_keys(completed_on="2026-10-01") == {"completed_on"}
    assert missing_keys(review_on="2026-11-01") == {"review_on"}
    assert missing_keys(decided_on="2026-10-01") == {"decided_on"}


def test_a_day_to_come_cannot_be_the_day_consent_was_checked():
    assert missing_keys(consent_checked_on="2026-12-01") == {"consent_checked_on"}


def test_an_empty_draft_is_accepted_until_it_is_signed():
    assert EARLY_HELP.clean({}, today=TODAY) == ({}, [])
    assert EARLY_HELP.clean({}, today=TODAY, to_sign=True)[1]


def test_an_unborn_baby_can_be_assessed():
    unborn = {
        "name": "Unborn baby of Samira Haddad",
        "born_on": None,
        "due_on": "2027-02-14",
        "voice": "unborn",
    }

    assert missing_keys(**unborn, voice_why_not="Due in February.") == set()


def test_every_long_answer_has_room():
    short = [
        key
        for key, answer in SAMPLE.items()
        if isinstance(field(key), Text) and field(key).lines == 1 and len(answer) > 250
    ]

    assert short == []
