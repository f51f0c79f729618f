"""The kinds of question: what was typed is understood, or refused in a sentence, and never lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import words
from caseapp.form import (
    SIGNED,
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Computed,
    Date,
    Filled,
    Form,
    Is,
    Money,
    NotBefore,
    NotOver,
    Number,
    Rows,
    Score,
    Section,
    Signatures,
    Text,
    is_empty,
)
from tests import hostile

TODAY = date(2026, 11, 23)
KINDS = [
    Text("a", "A"),
    Text("a", "A", lines=4),
    Choice("a", "A", options=YES_NO),
    Choices("a", "A", options=(("x", "First"), ("y", "Second"))),
    Date("a", "A"),
    Date("a", "A", past=True),
    Number("a", "A"),
    Number("a", "A", unit="%", high=100, places=1),
    Money("a", "A"),
    Score("a", "A"),
    Rows("a", "A", fields=(Text("t", "T"), Date("d", "D"), Number("n", "N"))),
    Signatures("a", "A"),
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(hostile.TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("tdnxab"), inner, max_size=3),
    max_leaves=8,
)


def named(kind):
    return type(kind).__name__


@pytest.mark.parametrize("kind", KINDS, ids=named)
@given(raw=JSON)
def test_whatever_comes_is_understood_or_refused_in_a_sentence(kind, raw):
    try:
        answer = kind.clean(raw)
    except ValueError as error:
        said = str(error)
        assert said.endswith((".", "?"))  # understood or refused: either is right
        assert said[0].isupper() or said[0] == "“"
        return
    assert kind.clean(answer) == answer
    assert is_empty(answer) == (kind.show(answer) == "")


@pytest.mark.parametrize("kind", KINDS, ids=named)
@given(raw=JSON)
def test_whatever_stands_in_a_draft_can_be_shown(kind, raw):
    assert isinstance(kind.show(raw), str)


@pytest.mark.parametrize("kind", KINDS, ids=named)
@pytest.mark.parametrize("text", hostile.TEXTS, ids=lambda text: ascii(text[:20]))
def test_p25_a_hostile_text_is_understood_or_refused_in_a_sentence(kind, text):
    try:
        answer = kind.clean(text)
    except ValueError as error:
        assert len(str(error)) < 1000  # noqa: PT017  # understood or refused: either is right
        return
    assert kind.clean(answer) == answer


@given(st.text(max_size=200))
def test_text_comes_back_equal_but_for_control_characters(text):
    answer = Text("a", "A", lines=4).clean(text)

    assert (answer or "") == words.tidy(text).rstrip()


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_is_understood_as_it_is_shown(day):
    kind = Date("a", "A")

    assert kind.clean(words.day(day)) == day.isoformat()
    assert kind.clean(kind.show(day.isoformat())) == day.isoformat()


@given(st.integers(-(10**9), 10**9))
def test_a_sum_is_understood_as_it_is_shown(pence):
    kind = Money("a", "A")

    assert kind.clean(kind.show(pence).replace("-£", "-")) == pence


@given(st.integers(0, 1000))
def test_a_number_is_understood_as_it_is_shown(tenths):
    kind = Number("a", "A", unit="%", high=100, places=1)
    answer = str(Decimal(tenths) / 10)

    assert kind.clean(kind.show(kind.clean(answer))) == kind.clean(answer)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("7", 7), (" 7 ", 7), ("7.0", 7), (7, 7), ("0", 0), (0, 0), ("1,000", 1000), ("1e3", 1000), ("٣", 3)],
)
def test_numbers_as_people_type_them(typed, answer):
    assert Number("a", "A").clean(typed) == answer


@pytest.mark.parametrize(
    "typed", ["-1", "7.5", "1000001", "x", "1e999999999", "NaN", "Infinity", "--1", True]
)
def test_what_is_no_number_of_the_question_is_refused(typed):
    with pytest.raises(ValueError, match=r"\.$"):
        Number("a", "A").clean(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/9/26", date(2026, 9, 3)), ("03.09.2026", date(2026, 9, 3)), ("3 Sep 2026", date(2026, 9, 3)),
        ("3rd September 2026", date(2026, 9, 3)), ("2026-09-03", date(2026, 9, 3)), ("3-9-2026", date(2026, 9, 3)),
        ("3 9 2026", date(2026, 9, 3)), ("today", TODAY), ("Tomorrow", TODAY + timedelta(1)),
        (" yesterday ", TODAY - timedelta(1)), ("+6w", TODAY + timedelta(42)), ("-2d", TODAY - timedelta(2)),
        ("+3m", date(2027, 2, 23)), ("+1y", date(2027, 11, 23)), ("29/2/24", date(2024, 2, 29)),
        ("1/1/46", date(2046, 1, 1)), ("1/1/47", date(1947, 1, 1)), ("3 sept 2026", date(2026, 9, 3)),
    ],
)  # fmt: skip
def test_days_as_people_type_them(typed, day):
    assert words.day_from(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "", "soon", "30/02/2026", "31/4/2026", "29/02/2025", "0/1/2026", "1/13/2026", "1/1/1", "1/1/202", "3 Ma 2026",
        "3 Xyz 2026", "12122026", "+9999y", "1/2/3/4", "2026-13-01", "0000-01-01", "3 m 2026", "123/1/2026",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_a_sentence(typed):
    with pytest.raises(ValueError, match=r"^“.*\.$"):
        words.day_from(typed, TODAY)


@given(st.text(max_size=30) | st.sampled_from(hostile.TEXTS))
def test_any_typing_is_a_day_or_refused(typed):
    try:
        assert isinstance(words.day_from(typed, TODAY), date)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017  # either is right


@given(st.text(max_size=60))
def test_tidying_twice_is_tidying_once(text):
    tidy = words.tidy(text)

    assert words.tidy(tidy) == tidy
    assert "\x00" not in tidy
    assert "\r" not in tidy


@given(st.integers(-(10**10), 10**10))
def test_money_reads_with_pounds_and_pence(pence):
    said = words.money(pence)

    assert said.lstrip("-").startswith("£")
    assert int(said.replace("£", "").replace(",", "").replace(".", "")) == pence


# Forms


FORM = Form(
    "test",
    1,
    "test",
    "Test",
    (
        Section(
            "one",
            "One",
            (
                Choice("has", "Has?", options=YES_NO, required=True),
                Text("which", "Which", required=True, when=Is("has", "yes")),
                Date("from_on", "From", past=True),
                Date("to_on", "To", event="pep_held", fresh=True),
                Number("part", "Part", report=True),
                Number("whole", "Whole"),
                Computed("share", "Share", of="percent", needs=("part", "whole"), unit="%"),
                Text("said", "Said", quote=True),
            ),
        ),
        Section(
            "two",
            "Two",
            (
                Rows(
                    "agreed",
                    "Agreed",
                    fields=(Text("what", "What", required=True), Date("by", "By")),
                    at_least=1,
                ),
            ),
            when=AnyOf("has", ("yes",)),
        ),
        Section("three", "Three", (Signatures("signed", "Signed"),), when=Filled("which")),
    ),
    rules=(
        NotBefore("to_on", "from_on", "It ends before it begins."),
        NotOver("part", "whole", "More than all."),
    ),
    dated_by="to_on",
)


def troubles(answers, to_sign=True):
    return [(each.key, each.words) for each in FORM.clean(answers, today=TODAY, to_sign=to_sign)[1]]


def test_a_question_that_is_not_asked_is_not_missed():
    assert [key for key, _ in troubles({})] == ["has"]
    assert troubles({"has": "no"}) == []
    assert [key for key, _ in troubles({"has": "yes"})] == ["which", "agreed"]


def test_answers_to_questions_no_longer_asked_are_kept():
    answers, _ = FORM.clean({"has": "no", "which": "The big one"}, today=TODAY)

    assert answers["which"] == "The big one"


def test_what_cannot_be_understood_is_kept_as_typed_and_named():
    answers, found = FORM.clean({"from_on": "soon", "part": "many"}, today=TODAY)

    assert answers == {"from_on": "soon", "part": "many"}
    assert [each.key for each in found] == ["from_on", "part"]


def test_a_day_to_come_is_refused_where_it_must_have_been():
    assert "still to come" in dict(troubles({"has": "no", "from_on": "2026-11-24"}))["from_on"]
    assert troubles({"has": "no", "from_on": "2026-11-23"}) == []


def test_rules_between_answers_are_kept():
    broken = {"has": "no", "from_on": "2026-03-02", "to_on": "2026-03-01", "part": 5, "whole": 4}

    assert troubles(broken) == [("to_on", "It ends before it begins."), ("part", "More than all.")]


def test_a_row_is_missing_what_it_requires():
    said = dict(troubles({"has": "yes", "which": "x", "agreed": [{"what": "A"}, {"by": "2026-12-01"}]}))

    assert said["agreed"] == "Row 2 has no answer to “What”."


def test_a_computed_answer_is_worked_out_and_never_taken():
    answers, _ = FORM.clean({"part": 45, "whole": 50, "share": 1}, today=TODAY)

    assert answers["share"] == "90.0"
    assert "share" not in FORM.clean({"part": 45, "share": 1}, today=TODAY)[0]


def test_facts_events_date_and_quotes_are_read_from_the_answers():
    answers = {"has": "no", "to_on": "2026-11-20", "part": 3, "said": "I like it."}

    assert [(each.field, each.number) for each in FORM.facts(answers)] == [("part", 3)]
    assert FORM.events(answers) == [("pep_held", date(2026, 11, 20))]
    assert FORM.dated(answers) == date(2026, 11, 20)
    assert FORM.quotes(answers) == ["I like it."]


def test_a_review_brings_forward_all_but_what_is_asked_anew():
    last = {
        "has": "no",
        "to_on": "2026-11-20",
        "part": 45,
        "whole": 50,
        "share": "90.0",
        "signed": [{"name": "A"}],
    }

    assert FORM.brought_forward(last) == {"has": "no", "part": 45, "whole": 50}


@given(st.dictionaries(st.sampled_from([each.key for each in FORM.fields] + ["other"]), JSON, max_size=6))
def test_cleaning_twice_is_cleaning_once_and_loses_nothing(raw):
    answers, _ = FORM.clean(raw, today=TODAY, to_sign=True)

    assert repr(FORM.clean(answers, today=TODAY)[0]) == repr(answers)
    for each in FORM.fields:
        if not isinstance(each, Computed | Rows | Choices) and not is_empty(raw.get(each.key)):
            said = each.show(raw[each.key]).strip()
            assert each.key in answers or not words.tidy(said).strip()


@given(st.dictionaries(st.sampled_from([each.key for each in FORM.fields]), JSON, max_size=6))
def test_every_draft_has_progress_changes_and_quotes(raw):
    answers, _ = FORM.clean(raw, today=TODAY)

    assert len(FORM.progress(answers)) == 3
    assert FORM.changes(answers, answers) == []
    assert all(each.was != each.now for each in FORM.changes({}, answers))
    FORM.quotes(answers)
    FORM.actions(answers)


def test_who_could_not_sign_says_why():
    one = {"name": "A", "role": "Father", "answer": "declined", "on": "2026-11-20"}
    said = dict(troubles({"has": "yes", "which": "x", "agreed": [{"what": "A"}], "signed": [one]}))

    assert said["signed"] == "Signature 1 has no answer to “If not signed, why”."
    assert dict(SIGNED)["declined"] == "Declined to sign"
