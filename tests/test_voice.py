"""The child's own words: gathered from documents and notes, verbatim, dated, newest first."""

from datetime import date

import pytest

from caseapp import notes, plans, voice
from caseapp.form import Form, Rows, Section, Text
from caseapp.forms import FORMS, FORMS_BY_KEY
from caseapp.notes import NewNote
from db.models import Note
from db.problems import NotFound
from tests.story import TODAY, new_story, sample


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leo(story):
    return story.register("ada", "Leo", "Hartley")


def gathered(story, child_id, who="ada"):
    return story.call(who, lambda session: voice.gathered(session, child_id))


def sign_plan(story, child_id, kind, answers):
    draft = story.draft("ada", child_id, kind)
    return story.sign("ada", draft, answers).revision_id


def add_note(story, child_id, on, quote, **more):
    new = NewNote(on, "visit", "We talked.", quote, **more)
    return story.call("ada", lambda session: notes.add(session, child_id, new))


def test_notes_and_documents_stand_together_newest_first(story, leo):
    add_note(story, leo, date(2026, 11, 2), "I like the quiet.", seen_alone=True)
    add_note(story, leo, date(2025, 3, 1), "No.")
    sign_plan(story, leo, "taf", sample("taf"))

    said = gathered(story, leo)
    assert [(each.on, each.source) for each in said] == [
        (date(2026, 11, 2), "Visit on 02/11/2026, seen alone"),
        (date(2026, 2, 10), "Team around the family meeting, 12/02/2026"),
        (date(2025, 3, 1), "Visit on 01/03/2025"),
    ]
    assert [each.words for each in said] == ["I like the quiet.", sample("taf")["words"], "No."]


def test_words_are_verbatim_to_the_last_line_end(story, leo):
    typed = "I don’t  like it.\n\nAt all!!  «Нет»"
    add_note(story, leo, TODAY, typed)

    assert gathered(story, leo)[0].words == typed


def test_a_document_tells_the_question_where_it_was_said_and_what_came_of_it(story, leo):
    revision_id = sign_plan(story, leo, "taf", sample("taf"))

    said = gathered(story, leo)[0]
    assert said.revision_id == revision_id
    assert said.question == "In the child's own words"
    assert said.influence == sample("taf")["voice_influence"]
    assert sample("taf")["voice_present"] in said.where


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_every_quote_that_a_form_can_hold_is_gathered(kind):
    form = FORMS[kind]
    quotes = [each for each in form.fields if isinstance(each, Text) and each.quote]
    rows = [each for each in form.fields if isinstance(each, Rows)]
    quotes += [inner for each in rows for inner in each.fields if isinstance(inner, Text) and inner.quote]
    answers = {each.key: f"words of {each.key}" for each in quotes}
    for each in rows:
        inner = {one.key: f"row of {one.key}" for one in each.fields if isinstance(one, Text) and one.quote}
        answers |= {each.key: [inner]} if inner else {}
    unconditional = _without_conditions(form)

    found = [each.words for each in voice._quotes(unconditional, answers)]

    assert sorted(found) == sorted(
        [f"words of {each.key}" for each in form.fields if isinstance(each, Text) and each.quote]
        + [text for key in answers if isinstance(answers[key], list) for text in answers[key][0].values()]
    )


def _without_conditions(form: Form) -> Form:
    from dataclasses import replace

    def free(field):
        inner = {"fields": tuple(free(each) for each in field.fields)} if isinstance(field, Rows) else {}
        return replace(field, when=None, **inner)

    sections = tuple(
        replace(each, when=None, fields=tuple(free(field) for field in each.fields)) for each in form.sections
    )
    return replace(form, sections=sections)


def test_words_of_brothers_and_sisters_in_a_first_edition_are_told_as_theirs(story, leo, monkeypatch):
    siblings = Rows(
        "siblings",
        "Each other child",
        fields=(Text("name", "Name"), Text("words", "In their own words", quote=True), Text("influence", "")),
    )
    older = Form("early-help", 1, "early-help", "Assessment", (Section("siblings", "Siblings", (siblings,)),))
    monkeypatch.setitem(FORMS_BY_KEY, "early-help", older)
    monkeypatch.setitem(FORMS, "early-help", older)
    rows = [
        {"name": "Mia", "words": "I want my torch.", "influence": "She has one."},
        {"name": "leo", "words": "Me too."},
        {"name": "Baby"},
    ]
    sign_plan(story, leo, "early-help", {"siblings": rows})

    said = [(each.whose, each.words, each.influence) for each in gathered(story, leo)]
    assert said == [("Mia", "I want my torch.", "She has one."), ("", "Me too.", "")]


def test_a_corrected_version_is_left_out_and_a_draft_is_not_in_yet(story, leo):
    answers = sample("taf")
    revision_id = sign_plan(story, leo, "taf", answers)
    draft = story.call("ada", lambda session: plans.correct(session, revision_id, "Misheard"))
    assert [each.words for each in gathered(story, leo)] == [answers["words"]]

    story.sign("ada", draft, answers | {"words": "I said torch, not porch."})

    assert [each.words for each in gathered(story, leo)] == ["I said torch, not porch."]


def test_a_note_that_a_later_one_puts_right_is_left_out(story, leo):
    wrong = add_note(story, leo, TODAY, "I hate shcool")

    def put_right(session):
        right = {"happened_on": TODAY, "kind": "visit", "words": "We talked.", "quote": "I hate school"}
        session.add(Note(child_id=leo, replaces_id=wrong, **right))

    story.call("ada", put_right)

    assert [each.words for each in gathered(story, leo)] == ["I hate school"]


def test_what_a_review_brings_forward_is_told_once_and_what_is_said_anew_each_time(story, leo):
    story.look_after(leo, date(2024, 3, 11))
    first = sample("pathway_plan")
    sign_plan(story, leo, "pathway-plan", first)
    before = gathered(story, leo)
    sign_plan(story, leo, "pathway-plan", first)

    again = gathered(story, leo)
    fresh = {each.label for each in FORMS["pathway-plan"].fields if isinstance(each, Text) and each.fresh}
    new = again[:]
    for each in before:
        new.remove(each)
    assert new
    assert {each.question.split(": ")[-1] for each in new} <= fresh
    assert "My story, in my words" in {each.question for each in before}


def test_another_team_hears_nothing(story, leo):
    add_note(story, leo, TODAY, "Only for Ada.")

    with pytest.raises(NotFound):
        gathered(story, leo, "sue")
