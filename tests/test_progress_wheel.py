"""The Family Progress Wheel: what each area asks, and how a reading copied or looked back on is told."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from caseapp.form import AnyOf, Is, Rows, Score, Text
from caseapp.form_json import from_json, to_json
from caseapp.forms.progress_wheel import CHILD_WHEEL, PROGRESS_WHEEL

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parent / "sample_answers"
SAMPLE = json.loads((SAMPLES / "progress_wheel.json").read_text(encoding="utf-8"))
CHILD_SAMPLE = {
    "read_on": "2026-11-10",
    "reading": "first",
    "completed_by": "both",
    "whose_name": "Leila",
    "home": 4,
    "well": 3,
    "feelings": 2,
    "feelings_note": "Squeezed on Thursdays.",
    "people": 5,
    "agreed": "yes",
    "actions": [{"area": "feelings", "what": "Swimming", "who": "Samira", "by": "2026-11-28"}],
}
WHEELS = [(PROGRESS_WHEEL, SAMPLE), (CHILD_WHEEL, CHILD_SAMPLE)]
both = pytest.mark.parametrize(("wheel", "sample"), WHEELS, ids=["family", "child"])
FAMILY_AREAS = [
    "Safe and cared for at home",
    "Health",
    "Feelings and coping",
    "School, learning and play",
    "Friends and belonging",
    "Getting on as a family",
    "Routines and boundaries",
    "Home and housing",
    "Money and work",
    "Support around us",
]
STAGES = [
    "Not yet talking about it",
    "Ready to talk",
    "Taking first steps",
    "Making it work",
    "Managing well",
]
CHILD_AREAS = ["Home", "Keeping safe", "Feeling well", "My feelings", "People I like", "School and play"]


def areas(wheel):
    star = next(each for each in wheel.sections if each.look == "star")
    return [each for each in star.fields if isinstance(each, Score)]


def field(wheel, key):
    return next(each for each in wheel.fields if each.key == key)


def missing_keys(wheel, sample, **changed):
    answers = {key: value for key, value in (sample | changed).items() if value is not None}
    return {trouble.key for trouble in wheel.clean(answers, today=TODAY, to_sign=True)[1]}


def every_group(wheel):
    """The questions of the form, then those of each kind of row: keys are unique within each."""
    yield "form", wheel.fields
    for each in wheel.fields:
        if isinstance(each, Rows):
            yield each.key, list(each.fields)


@both
def test_the_sample_is_accepted_for_signing_and_stored_as_it_was_given(wheel, sample):
    answers, troubles = wheel.clean(sample, today=TODAY, to_sign=True)

    assert troubles == []
    assert answers == sample


@both
def test_each_required_answer_that_is_missing_is_named(wheel, sample):
    required = [each.key for _, each in wheel.asked(sample) if each.required]

    assert {"read_on", "reading", "completed_by"} <= set(required)
    for key in required:
        assert missing_keys(wheel, sample, **{key: None}) == {key}


@both
def test_the_wheel_comes_back_from_its_json_unchanged(wheel, sample):
    assert from_json(json.loads(json.dumps(to_json(wheel)))) == wheel


@both
def test_keys_are_unique(wheel, sample):
    for name, fields in every_group(wheel):
        keys = [each.key for each in fields]
        assert len(keys) == len(set(keys)), name


@both
def test_every_condition_refers_to_an_answer_on_offer(wheel, sample):
    for _, fields in every_group(wheel):
        by_key = {each.key: each for each in fields}
        for each in fields:
            if each.when:
                assert isinstance(each.when, Is | AnyOf)
                values = (each.when.value,) if isinstance(each.when, Is) else each.when.values
                assert set(values) <= dict(by_key[each.when.key].options).keys()


@both
def test_every_label_is_a_sentence_in_small_letters(wheel, sample):
    labels = [each.label for _, fields in every_group(wheel) for each in fields]
    labels += [each.title for each in wheel.sections]
    for label in labels:
        assert label[0].isupper(), label
        assert not re.search(r"\s[A-Z]", re.sub(r"\bI\b", "", label)), label


@both
def test_the_next_steps_are_actions(wheel, sample):
    steps = field(wheel, "actions")

    assert steps.actions
    assert {"what", "who", "by", "status"} <= {each.key for each in steps.fields}
    assert dict(field(wheel, "actions").fields[0].options) == {each.key: each.label for each in areas(wheel)}
    assert [each.who for each in wheel.actions(sample)] == [each["who"] for each in sample["actions"]]


@both
def test_every_area_is_followed_by_its_note(wheel, sample):
    star = next(each for each in wheel.sections if each.look == "star")

    assert len(star.fields) == 2 * len(areas(wheel))
    for score, note in zip(star.fields[::2], star.fields[1::2], strict=True):
        assert isinstance(score, Score)
        assert isinstance(note, Text)
        assert note.key == f"{score.key}_note"


def test_the_family_wheel_has_ten_areas_from_0_to_10_in_order():
    assert [each.label for each in areas(PROGRESS_WHEEL)] == FAMILY_AREAS
    assert {(each.low, each.high) for each in areas(PROGRESS_WHEEL)} == {(0, 10)}
    assert {each.low_words for each in areas(PROGRESS_WHEEL)} == {"Very worried"}
    assert {each.high_words for each in areas(PROGRESS_WHEEL)} == {"No help needed"}


def test_the_childs_wheel_has_six_areas_from_1_to_5_in_order():
    assert [each.label for each in areas(CHILD_WHEEL)] == CHILD_AREAS
    assert {(each.low, each.high) for each in areas(CHILD_WHEEL)} == {(1, 5)}


@both
def test_a_score_off_the_scale_is_refused(wheel, sample):
    area = areas(wheel)[0]

    assert missing_keys(wheel, sample, **{area.key: area.high + 1}) == {area.key}
    assert missing_keys(wheel, sample, **{area.key: area.low - 1}) == {area.key}


@both
def test_an_area_not_talked_about_has_no_score_and_no_fact(wheel, sample):
    area = areas(wheel)[0].key
    answers, troubles = wheel.clean(
        {key: value for key, value in sample.items() if key != area}, today=TODAY, to_sign=True
    )

    assert troubles == []
    assert area not in answers
    assert area not in {fact.field for fact in wheel.facts(answers)}


def test_nought_is_a_score():
    answers, troubles = PROGRESS_WHEEL.clean(SAMPLE | {"money": 0}, today=TODAY, to_sign=True)

    assert troubles == []
    assert answers["money"] == 0
    assert {fact.field: fact.number for fact in PROGRESS_WHEEL.facts(answers)}["money"] == 0


@both
def test_every_score_is_reported_as_a_number(wheel, sample):
    scored = {each.key: sample[each.key] for each in areas(wheel) if each.key in sample}
    numbers = {fact.field: fact.number for fact in wheel.facts(sample)}

    assert {key: numbers[key] for key in scored} == scored


@both
def test_signing_tells_the_clocks_the_day_of_the_reading(wheel, sample):
    day = date.fromisoformat(sample["read_on"])

    assert wheel.events(sample) == [("star_reading", day)]
    assert wheel.dated(sample) == day


@both
def test_looking_back_asks_when_it_was_written_down(wheel, sample):
    back = {"reading": "retrospective", "read_on": "2026-03-01"}

    assert missing_keys(wheel, sample, **back) == {"written_on"}
    assert missing_keys(wheel, sample, **back, written_on="2026-11-13") == set()
    assert missing_keys(wheel, sample, **back, written_on="2026-02-01") == {"written_on"}


@both
def test_a_disagreement_is_written_down(wheel, sample):
    differing = {"agreed": "no", "for_report": "yes"}

    assert missing_keys(wheel, sample, **differing, difference=None) == {"difference"}
    assert missing_keys(wheel, sample, agreed="yes", difference=None) == set()


@both
def test_where_they_differ_the_worker_says_whether_the_scores_go_into_reports(wheel, sample):
    differing = sample | {"agreed": "no", "difference": "The child sees it better.", "for_report": "no"}

    assert missing_keys(wheel, differing, for_report=None) == {"for_report"}
    assert {fact.field: fact.code for fact in wheel.facts(differing)}["for_report"] == "no"
    assert "for_report" not in {fact.field for fact in wheel.facts(differing | {"agreed": "yes"})}


@both
def test_the_other_ones_scores_are_kept_area_by_area(wheel, sample):
    other = field(wheel, "other_scores")
    score = next(each for each in other.fields if isinstance(each, Score))

    assert dict(other.fields[0].options) == {each.key: each.label for each in areas(wheel)}
    assert (score.low, score.high) == (areas(wheel)[0].low, areas(wheel)[0].high)
    assert {each.key for each in other.fields if each.required} == {"area", "score", "who"}


@both
def test_a_reading_copied_from_elsewhere_says_so(wheel, sample):
    facts = {fact.field: fact.code for fact in wheel.facts(sample | {"source": "a paper star"})}

    assert facts["source"] == "a paper star"


def test_the_stages_of_the_family_wheel_cover_its_scale_in_order():
    points = [point for each in PROGRESS_WHEEL.stages for point in range(each.low, each.high + 1)]

    assert points == list(range(11))
    assert [each.label for each in PROGRESS_WHEEL.stages] == STAGES
    assert "8–10 managing well" in next(each for each in PROGRESS_WHEEL.sections if each.look).guidance


def test_the_childs_wheel_names_no_stages():
    assert CHILD_WHEEL.stages == ()


@both
def test_no_wheel_says_by_itself_when_to_review(wheel, sample):
    assert wheel.review_weeks == 0


@both
def test_a_new_reading_keeps_the_next_steps_and_asks_every_score_anew(wheel, sample):
    forward = wheel.brought_forward(sample)

    assert forward["actions"] == sample["actions"]
    assert not {each.key for each in areas(wheel)} & set(forward)
    assert not {"read_on", "reading", "agreed"} & set(forward)


def test_one_parents_reading_names_the_parent():
    assert missing_keys(PROGRESS_WHEEL, SAMPLE, whose="parent", whose_name=None) == {"whose_name"}
    assert missing_keys(PROGRESS_WHEEL, SAMPLE, whose="family", whose_name=None) == set()


def test_what_a_child_says_on_the_wheel_is_a_quote():
    assert CHILD_WHEEL.quotes(CHILD_SAMPLE) == ["Squeezed on Thursdays."]


@both
def test_the_wheel_is_our_own(wheel, sample):
    words = json.dumps(to_json(wheel)).casefold()

    assert not wheel.owner
    for theirs in (
        "outcomes star",
        "triangle",
        "journey of change",
        "stuck",
        "accepting help",
        "finding what works",
    ):
        assert theirs not in words
