"""The meeting, the steps up and down, the closing and the young carer's assessment."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from caseapp.form import Rows, is_empty
from caseapp.form_parts import early_help_lists as lists
from caseapp.forms.early_help import EARLY_HELP
from caseapp.forms.early_help_closing import EARLY_HELP_CLOSING
from caseapp.forms.step_down import STEP_DOWN
from caseapp.forms.step_up import STEP_UP
from caseapp.forms.taf import TAF
from caseapp.forms.young_carer import YOUNG_CARER

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parent / "sample_answers"
FORMS = (TAF, STEP_UP, STEP_DOWN, EARLY_HELP_CLOSING, YOUNG_CARER)
WITH_SIBLING = (TAF, EARLY_HELP_CLOSING)
PROPER = re.compile(r"\bLevel \d\b")

every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)


def answers_of(form, folder=""):
    path = SAMPLES / folder / f"{form.key.replace('-', '_')}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def troubles(form, **changed):
    answers = {key: value for key, value in (answers_of(form) | changed).items() if value is not None}
    return form.clean(answers, today=TODAY, to_sign=True)[1]


def missing(form, **changed):
    return {trouble.key for trouble in troubles(form, **changed)}


def asked(form, **changed):
    return {each.key for _, each in form.asked(answers_of(form) | changed)}


def shared_keys(form):
    return {each.key for section in form.sections if section.shared for each in section.fields}


def hidden_keys(form):
    hidden = {each.key for each in form.fields if each.professional}
    hidden |= {each.key for section in form.sections if section.professional for each in section.fields}
    rows = [each for each in form.fields if isinstance(each, Rows)]
    return hidden | {f"{row.key}.{each.key}" for row in rows for each in row.fields if each.professional}


def field(form, key):
    return next(each for each in form.fields if each.key == key)


# All of them


@every_form
def test_the_sample_can_be_signed_and_is_stored_as_given(form):
    answers, found = form.clean(answers_of(form), today=TODAY, to_sign=True)

    assert found == []
    assert answers == answers_of(form)


@every_form
def test_the_sample_answers_nearly_everything_that_is_asked(form):
    sample = answers_of(form)
    unanswered = {each.key for _, each in form.asked(sample) if is_empty(sample.get(each.key))}

    assert unanswered <= {"words_private"}


@every_form
def test_each_required_answer_that_is_missing_is_named(form):
    for _, each in form.asked(answers_of(form)):
        if each.required:
            assert each.key in missing(form, **{each.key: None}), each.key


@pytest.mark.parametrize("form", WITH_SIBLING, ids=lambda form: form.key)
def test_a_sisters_part_with_the_common_parts_is_a_whole_document(form):
    common = {key: answer for key, answer in answers_of(form).items() if key in shared_keys(form)}
    own = answers_of(form, "sibling")

    assert form.clean(common | own, today=TODAY, to_sign=True)[1] == []
    assert not shared_keys(form) & set(own)


@pytest.mark.parametrize("form", [TAF, STEP_UP, STEP_DOWN, EARLY_HELP_CLOSING], ids=lambda form: form.key)
def test_a_childs_voice_and_level_are_never_copied_to_a_sibling(form):
    assert {"voice", "words", "level", "level_because"} <= {each.key for each in form.fields}
    assert not shared_keys(form) & {"voice", "words", "observed", "level", "level_because"}


@every_form
def test_nothing_that_the_record_knows_of_one_child_is_copied_to_another(form):
    of_the_child = {each.key for each in form.fields if each.prefill.startswith("child.")}

    assert not shared_keys(form) & of_the_child


@every_form
def test_what_was_said_in_confidence_stays_off_the_familys_copy_and_the_childs_words_do_not(form):
    assert "words_private" in hidden_keys(form)
    assert "words" not in hidden_keys(form)


@every_form
def test_every_label_is_a_sentence_in_small_letters(form):
    rows = [each for each in form.fields if isinstance(each, Rows)]
    labels = [each.label for group in (form.fields, *(row.fields for row in rows)) for each in group]
    for label in [*labels, *(section.title for section in form.sections)]:
        assert label[0].isupper(), label
        assert not re.search(r"(?<![?.:])\s[A-Z]", PROPER.sub("", label)), label


@every_form
def test_the_childs_words_are_quotes(form):
    assert answers_of(form)["words"] in form.quotes(answers_of(form))


# The meeting


def test_a_meeting_ends_with_the_next_date_unless_early_help_closes():
    for decision in ("go_on", "step_up"):
        assert missing(TAF, decision=decision, next_on=None) == {"next_on"}
    assert missing(TAF, decision="close", next_on=None) == set()


def test_a_change_of_lead_and_a_step_to_one_agency_name_them():
    assert missing(TAF, decision="change_lead") == {"new_lead"}
    assert missing(TAF, decision="step_down") == {"decision_agency"}


def test_the_next_meeting_comes_after_this_one():
    assert missing(TAF, next_on="2026-02-11") == {"next_on"}
    assert missing(TAF, next_on="2026-02-12") == set()


def test_a_meeting_is_told_to_the_clocks_on_the_day_it_was_held():
    assert TAF.events(answers_of(TAF)) == [("taf", date(2026, 2, 12))]
    assert TAF.dated(answers_of(TAF)) == date(2026, 2, 12)


def test_a_meeting_begins_with_the_open_actions_and_a_moved_date_has_a_reason():
    reviewed = field(TAF, "reviewed")
    row = answers_of(TAF)["reviewed"][0] | {"new_by": "2026-03-01"}

    assert reviewed.from_record == "open actions"
    assert not reviewed.actions
    assert ["Why the date moved" in each.words for each in troubles(TAF, reviewed=[row])] == [True]


def test_only_the_new_actions_of_a_meeting_become_actions():
    assert [each.key for each in TAF.fields if isinstance(each, Rows) and each.actions] == ["plan"]
    assert len(TAF.actions(answers_of(TAF))) == 2


def test_consent_is_asked_about_at_each_meeting():
    assert missing(TAF, consent_checked=None) == {"consent_checked"}
    assert missing(TAF, consent_checked="no") == {"consent_unchecked"}


def test_a_child_who_did_not_come_is_heard_or_a_reason_is_given():
    assert missing(TAF, voice=None) == {"voice"}
    assert missing(TAF, voice="not_seen") == {"voice_why_not"}


def test_invitations_count_each_kind_of_agency_and_the_family():
    agency = next(each for each in field(TAF, "invited").fields if each.key == "agency")

    assert agency.options == (("family", "Family or friends"), *lists.AGENCIES)


def test_the_next_meeting_asks_for_scores_minutes_and_decision_anew():
    forward = TAF.brought_forward(answers_of(TAF))

    assert {"chair", "place", "invited", "if_worse"} <= set(forward)
    assert not {"held_on", "next_on", "words", "level", "decision", "scaling", "reviewed", "plan"} & set(
        forward
    )
    assert not {"minutes", "signatures", "consent_checked", "parents_views", "copies"} & set(forward)


# Up and down


def test_a_step_up_without_agreement_says_why_and_who_decided():
    for consent in ("overridden", "unsafe"):
        assert missing(STEP_UP, consent=consent) == {"override_because", "override_manager"}


def test_a_family_not_told_of_a_step_up_needs_a_reason():
    assert missing(STEP_UP, family_told="no") == {"not_told_because"}


def test_a_step_up_goes_without_an_assessment_if_it_says_why():
    assert missing(STEP_UP, eha_attached="no") == {"eha_missing"}
    assert missing(STEP_UP, eha_version=None, plan_version=None) == {"eha_version", "plan_version"}


def test_a_step_up_can_be_signed_before_the_answer_and_an_answer_has_a_date():
    assert missing(STEP_UP, result="waiting", answered_on=None) == set()
    for result in ("accepted", "returned", "advice"):
        assert missing(STEP_UP, result=result, answered_on=None) == {"answered_on"}


def test_a_step_up_keeps_its_days_in_order():
    assert missing(STEP_UP, contact_on="2026-03-01") == {"contact_on"}
    assert missing(STEP_UP, answered_on="2026-03-01") == {"answered_on"}


def test_a_step_down_names_the_lead_practitioner_before_social_care_closes():
    assert missing(STEP_DOWN, lead=None, lead_named_on=None) == {"lead", "lead_named_on"}
    assert missing(STEP_DOWN, lead_named_on="2026-05-20") == {"handover_on", "care_closed_on"}


def test_social_care_stays_open_until_the_handover_is_done():
    assert missing(STEP_DOWN, care_closed_on="2026-05-17") == {"care_closed_on"}
    assert "care_closed_on" not in asked(STEP_DOWN, handover_done="no")
    assert missing(STEP_DOWN, handover_done="no", handover_on=None) == set()


def test_a_step_down_rests_on_a_document_a_written_agreement_and_a_first_meeting():
    assert missing(STEP_DOWN, source=None, first_taf_on=None) == {"source", "first_taf_on"}
    assert missing(STEP_DOWN, family_agreed=None) == {"family_agreed"}
    assert missing(STEP_DOWN, family_agreed="no") == {"not_agreed"}
    assert missing(STEP_DOWN, contingency=None) == {"contingency"}


# Closing


def test_every_reason_for_closing_counts_as_something():
    assert [code for code, _ in lists.CLOSURES] == [f"C{number:02}" for number in range(1, 13)]
    assert list(lists.CLOSURE_COUNTS) == [code for code, _ in lists.CLOSURES]
    assert set(lists.CLOSURE_COUNTS.values()) == {
        "positive", "escalation", "not_completed", "neutral", "excluded",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "then_needed"),
    [
        ("C01", set()),
        ("C03", {"social_care"}),
        ("C04", {"social_care"}),
        ("C05", {"social_care"}),
        ("C06", {"ended_because"}),
        ("C07", {"attempts"}),
        ("C08", {"moved_to", "receiving_told"}),
        ("C09", {"safeguarding_check", "safeguarding_check_on"}),
        ("C10", set()),
        ("C11", set()),
        ("C12", {"linked_record"}),
    ],
)
def test_a_reason_for_closing_brings_its_own_questions(reason, then_needed):
    assert missing(EARLY_HELP_CLOSING, reason=reason) == then_needed


def test_help_that_is_left_to_one_agency_names_it():
    assert missing(EARLY_HELP_CLOSING, remaining_agency=None) == {"remaining_agency"}


@pytest.mark.parametrize(
    "key",
    [
        "closed_on", "reason", "level", "impact", "voice", "outcomes", "scaling", "star_taken",
        "parents_views", "continuing", "contingency", "letter_sent_on", "manager", "manager_on",
    ],
)  # fmt: skip
def test_what_a_closing_must_hold_blocks_signing(key):
    assert key in missing(EARLY_HELP_CLOSING, **{key: None})


@pytest.mark.parametrize("reason", ["C11", "C12"])
def test_nobody_is_asked_what_the_help_was_like_after_a_death_or_an_error(reason):
    left = asked(EARLY_HELP_CLOSING, reason=reason)

    assert not left & {"impact", "level", "words", "outcomes", "scaling", "parents_views", "letter_sent_on"}
    assert {"closed_on", "manager", "signatures"} <= left


def test_a_family_nobody_can_find_gets_no_letter_and_its_safety_is_checked_before_closing():
    found_nowhere = {"reason": "C09", "safeguarding_check": "Police and school: not known"}

    assert "letter_sent_on" not in asked(EARLY_HELP_CLOSING, reason="C09")
    late = missing(EARLY_HELP_CLOSING, **found_nowhere, safeguarding_check_on="2026-11-20")
    assert late == {"closed_on"}


# Young carers


def test_an_assessment_that_was_declined_says_when_and_why_and_asks_no_more():
    left = asked(YOUNG_CARER, assessment="declined")

    assert not left & {"tasks", "effect_education", "words", "plan", "review_on"}
    assert missing(YOUNG_CARER, assessment="declined") == {"declined_on", "declined_because"}


def test_the_assessment_decides_what_the_regulations_ask_for():
    for key in (
        "tasks", "hours", "reliance", "effect_education", "effect_wellbeing", "excessive", "appropriate",
        "appropriate_because", "needs_support",
    ):  # fmt: skip
        assert missing(YOUNG_CARER, **{key: None}) == {key}


def test_what_is_counted_of_young_carers_is_reported():
    facts = {fact.field: fact for fact in YOUNG_CARER.facts(answers_of(YOUNG_CARER))}

    assert facts["identified_on"].day == date(2026, 10, 12)
    assert facts["identified_how"].code == "school"
    assert facts["assessment"].code == "completed"
    assert facts["assessed_on"].day == date(2026, 11, 19)
    assert facts["supported_on"].day == date(2026, 11, 19)
    assert facts["hours"].number == 16


def test_the_illness_of_the_person_cared_for_stays_off_the_childs_copy():
    assert "cared_for.condition" in hidden_keys(YOUNG_CARER)
    assert "cared_for_condition" in hidden_keys(EARLY_HELP)
