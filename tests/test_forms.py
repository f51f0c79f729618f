"""For every form: it is frozen once published, goes to JSON and back, can be signed, kept, printed and compared."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from caseapp import prints
from caseapp.clocks import CLOCKS
from caseapp.form import COMPUTED, AnyOf, Computed, Date, Filled, Is, Rows, Score
from caseapp.form_json import digest, from_json, to_json
from caseapp.forms import FORMS, FORMS_BY_KEY
from db.check import check
from tests.pdf_reading import words_of
from tests.story import new_story, sample

TODAY = date(2026, 11, 23)
PUBLISHED = json.loads((Path(__file__).parent / "published_forms.json").read_text(encoding="utf-8"))
EVERY = sorted(FORMS_BY_KEY.values(), key=lambda each: each.key)
EVENTS = {
    name for each in CLOCKS for kind in (each.starts, each.stops) for name in kind.replace("|", " ").split()
}


def named(form):
    return f"{form.key}@{form.version}"


def answers_of(form):
    """Return sample answers; a second form of a kind is answered with what it shares with the first."""
    keys = {each.key for each in form.fields}
    return {
        key: value for key, value in sample(FORMS[form.kind].key.replace("-", "_")).items() if key in keys
    }


@pytest.fixture(scope="module")
def county():
    story = new_story()
    return story, story.register("ada", "Leyla", "Haddad", first_language="Arabic")


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_a_published_form_is_frozen(form):
    """A change of wording is a new version: raise `version`, then add its line to published_forms.json."""
    assert PUBLISHED[named(form)] == digest(form)


def test_nothing_is_published_that_is_not_there_or_older():
    newest = {each.key: each.version for each in EVERY}

    for name in PUBLISHED:
        key, version = name.split("@")
        assert int(version) <= newest[key]


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_a_form_goes_to_json_and_back_unchanged(form):
    there = json.loads(json.dumps(to_json(form), ensure_ascii=False))

    assert from_json(there) == form
    assert digest(from_json(there)) == digest(form)


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_every_key_stands_once(form):
    for fields in (form.fields, *(each.fields for each in form.fields if isinstance(each, Rows))):
        keys = [each.key for each in fields]
        assert len(keys) == len(set(keys))
    sections = [each.key for each in form.sections]
    assert len(sections) == len(set(sections))


def conditions(form):
    for section in form.sections:
        if section.when:
            yield section.when, form.fields
        for each in section.fields:
            yield from ((one, form.fields) for one in (each.when, each.secret_when) if one)
            if isinstance(each, Rows):
                yield from ((inner.when, each.fields) for inner in each.fields if inner.when)


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_every_condition_names_a_question_and_an_answer_on_offer(form):
    for condition, fields in conditions(form):
        asked = {each.key: each for each in fields}
        assert isinstance(condition, Is | AnyOf | Filled)
        assert condition.key in asked
        offered = dict(getattr(asked[condition.key], "options", ()))
        values = (
            () if isinstance(condition, Filled) else getattr(condition, "values", ()) or (condition.value,)
        )
        assert not offered or set(values) <= set(offered), condition


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_every_other_name_in_a_form_leads_somewhere(form):
    keys = {each.key for each in form.fields}

    assert not form.dated_by or form.dated_by in keys
    assert {key for each in form.rules for key in (each.key, each.other)} <= keys
    for each in form.fields:
        if isinstance(each, Computed):
            assert each.of in COMPUTED
            assert set(each.needs) <= keys
        if isinstance(each, Date) and each.event:
            assert each.event in EVENTS
        if getattr(each, "from_last", ""):
            assert each.from_last in keys
        for code, words in getattr(each, "options", ()):
            assert code == code.strip()
            assert words.strip() == words != ""


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_every_question_has_words_that_fit(form):
    for section in form.sections:
        assert section.title.strip()
        for each in section.fields:
            assert each.label.strip() == each.label != ""
            assert each.help == "" or each.help.endswith((".", "?", ")", "”", ":"))
            if isinstance(each, Score):
                assert each.low < each.high


@pytest.mark.parametrize("form", [FORMS[kind] for kind in sorted(FORMS)], ids=named)
def test_sample_answers_can_be_signed(form):
    answers, troubles = form.clean(answers_of(form), today=TODAY, to_sign=True)

    assert troubles == []
    assert answers
    assert form.dated(answers)


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_an_empty_form_says_what_is_missing_and_where(form):
    answers, troubles = form.clean({}, today=TODAY, to_sign=True)

    assert answers == {}
    assert troubles
    places = {(section.key, each.key) for section in form.sections for each in section.fields}
    assert all((each.section, each.key) in places for each in troubles)


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_facts_have_one_type_each(form):
    answers, _ = form.clean(answers_of(form), today=TODAY)

    for fact in form.facts(answers):
        assert sum(each is not None for each in (fact.code, fact.number, fact.day)) == 1, fact


@pytest.mark.parametrize("form", EVERY, ids=named)
def test_nothing_that_was_answered_is_left_out_of_a_comparison(form):
    answers, _ = form.clean(answers_of(form), today=TODAY)

    assert {each.key for each in form.changes({}, answers)} == set(answers)


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_plan_is_started_signed_printed_and_sound(county, kind):
    story, child_id = county
    draft = story.draft("ada", child_id, kind)

    story.sign("ada", draft, answers_of(FORMS[kind]))
    pdf = story.call("ada", lambda session: prints.plan_pdf(session, draft))

    assert pdf.startswith(b"%PDF")
    said = words_of(pdf)
    assert "Leyla Haddad" in said
    assert check(story.store).faults == []


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_an_empty_form_is_printed_with_every_question(kind):
    said = "".join(words_of(prints.blank_pdf(kind)).split())

    for each in FORMS[kind].fields:
        if not isinstance(each, Computed | Score):
            assert "".join(each.label.split())[:20] in said, each.label


@pytest.mark.parametrize(
    "document",
    [
        {}, {"is": "Form"}, {"is": "Popen", "args": "ls"}, {"is": "Section", "key": "a"},
        {"is": "Form", "key": "a", "unknown": 1}, {"key": "a"},
        {"is": "Text", "key": "a", "label": "b"},
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_in_a_sentence(document):
    with pytest.raises(ValueError, match=r"^This is not a form.*\.$"):
        from_json(document)
