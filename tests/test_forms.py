"""What holds for every form on offer; what is particular to one stands in its own test."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caseapp import form_json, known
from caseapp.clocks import CLOCKS
from caseapp.form import Computed, Date, Rows
from caseapp.forms import FORMS, FORMS_BY_KEY
from caseapp.paper import blank_pdf
from caseapp.pathway import plan_facts
from tests.story import LIVED, sample
from tests.story import SAMPLES as STORED

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
PUBLISHED = json.loads((HERE / "published_forms.json").read_text(encoding="utf-8"))
SAMPLES = {each.stem.replace("_", "-") for folder in (STORED, LIVED) for each in folder.glob("*.json")}
KNOWN = {
    name
    for module in (known, plan_facts)
    for name in re.findall(
        r'"((?:child|author|term|pep|pathway|help)\.\w+|today)"',
        Path(module.__file__).read_text(encoding="utf-8"),
    )
}
LISTENED_TO = {kind for clock in CLOCKS for kind in (clock.starts, clock.stops)}

every_form = pytest.mark.parametrize("form", FORMS_BY_KEY.values(), ids=lambda form: form.key)


def groups(form):
    """The questions of the form, then those of each kind of row: names are looked up within each."""
    yield form.fields
    for each in form.fields:
        if isinstance(each, Rows):
            yield list(each.fields)


def all_fields(form):
    return [each for group in groups(form) for each in group]


def changed(form):
    """Say what to do about a form whose digest is not the published one; nothing if it is."""
    published = PUBLISHED.get(f"{form.key}@{form.version}")
    if published is None:
        return f"Freeze {form.key}@{form.version}: add its digest to tests/published_forms.json."
    if form_json.digest(form) != published:
        return (
            f"{form.key}@{form.version} has changed; plans may be signed under its old words. "
            f"Raise its version to {form.version + 1} and add the new digest to tests/published_forms.json."
        )
    return ""


@every_form
def test_a_form_goes_to_json_and_back_unchanged(form):
    document = json.loads(json.dumps(form_json.to_json(form)))

    assert form_json.from_json(document) == form
    assert form_json.digest(form_json.from_json(document)) == form_json.digest(form)


@every_form
def test_a_published_form_has_not_changed_under_its_version(form):
    assert not changed(form), changed(form)


@every_form
def test_a_changed_wording_asks_for_the_next_version(form):
    first = form.sections[0]
    reworded = replace(form, sections=(replace(first, title=first.title + "!"), *form.sections[1:]))

    assert f"Raise its version to {form.version + 1}" in changed(reworded)


@every_form
def test_a_new_version_asks_to_be_frozen(form):
    assert changed(replace(form, version=form.version + 1)).startswith("Freeze")


def test_only_forms_that_exist_or_existed_are_frozen():
    assert {name.partition("@")[0] for name in PUBLISHED} == set(FORMS_BY_KEY)


@pytest.mark.parametrize("key", sorted(SAMPLES))
def test_the_sample_answers_are_accepted_for_signing_and_stored_as_given(key):
    answers, troubles = FORMS_BY_KEY[key].clean(sample(key.replace("-", "_")), today=TODAY, to_sign=True)

    assert troubles == []
    typed = {each.key for each in FORMS_BY_KEY[key].fields if not isinstance(each, Computed)}
    assert {name: answer for name, answer in answers.items() if name in typed} == {
        name: answer for name, answer in sample(key.replace("-", "_")).items() if name in typed
    }


def test_every_kind_of_plan_has_sample_answers():
    assert {FORMS_BY_KEY[key].kind for key in SAMPLES} == set(FORMS)


@every_form
def test_an_empty_draft_has_no_troubles_and_cannot_be_signed(form):
    assert form.clean({}, today=TODAY) == ({}, [])
    assert form.clean({}, today=TODAY, to_sign=True)[1]


@every_form
def test_keys_are_names_and_unique_in_the_form_and_in_each_row(form):
    for group in groups(form):
        keys = [each.key for each in group]
        assert len(keys) == len(set(keys))
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)
    sections = [each.key for each in form.sections]
    assert len(sections) == len(set(sections))


@every_form
def test_every_condition_names_a_question_beside_it_and_an_answer_on_offer(form):
    for group in groups(form):
        by_key = {each.key: each for each in group}
        conditions = [each for field in group for each in (field.when, field.secret_when) if each]
        if group == form.fields:
            conditions += [each.when for each in form.sections if each.when]
        for condition in conditions:
            assert condition.key in by_key, condition
            options = getattr(by_key[condition.key], "options", None)
            wanted = {getattr(condition, "value", None), *getattr(condition, "values", ())} - {None}
            assert options is None or wanted <= {code for code, _ in options}, condition


@every_form
def test_every_rule_computed_answer_and_origin_names_questions_that_exist(form):
    keys = {each.key for each in form.fields}
    named = {key for rule in form.rules for key in (rule.key, rule.other)}
    named |= {key for each in form.fields if isinstance(each, Computed) for key in each.needs}
    named |= {each.from_last for each in form.fields if isinstance(each, Rows) and each.from_last}

    assert named | {form.dated_by} <= keys
    assert isinstance(next(each for each in form.fields if each.key == form.dated_by), Date)


@every_form
def test_every_event_is_one_that_a_clock_listens_to(form):
    published = {each.event for each in all_fields(form) if isinstance(each, Date) and each.event}

    assert published <= LISTENED_TO


@every_form
def test_rows_that_become_actions_say_what_who_by_when_and_how_it_stands(form):
    for rows in (each for each in form.fields if isinstance(each, Rows) and each.actions):
        assert {"what", "who", "by", "status"} <= {each.key for each in rows.fields}, rows.key


@every_form
def test_what_a_form_wants_to_know_beforehand_the_record_can_tell(form):
    assert {each.prefill for each in all_fields(form) if each.prefill} <= KNOWN


@every_form
def test_every_choice_has_codes_and_words_without_doubles(form):
    for each in all_fields(form):
        if hasattr(each, "options"):
            codes, labels = zip(*each.options, strict=True)
            assert len(set(codes)) == len(codes)
            assert len({label.casefold() for label in labels}) == len(labels)
            # Words that are another option's code would be read as that other option.
            assert all(code == label or label not in codes for code, label in each.options), each.key


def test_a_form_prints_empty():
    assert blank_pdf(FORMS["star"]).startswith(b"%PDF-")
