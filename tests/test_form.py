"""Questions and forms: any answer is understood or refused in words, and nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp import form_json, words
from caseapp.form import (
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
from caseapp.forms import FORMS_BY_KEY
from tests.hostile import TEXTS, VALUES

TODAY = date(2026, 11, 23)
NEEDS = (("speech", "Speech, language"), ("sight", "Sight"), ("other", "Other"))
STATUS = (("open", "Open"), ("done", "Done"))
TARGETS = Rows(
    "targets",
    "Targets",
    fields=(
        Text("what", "What", required=True),
        Text("who", "Who"),
        Date("by", "By when"),
        Choice("status", "How it stands", options=STATUS),
        Number("hours", "Hours", places=1, unit="hours"),
    ),
    row="target",
    actions=True,
    at_least=1,
    fresh=True,
)
KINDS = (
    Text("line", "Line"),
    Text("story", "Story", lines=4),
    Choice("away", "Away?", options=YES_NO),
    Choices("needs", "Needs", options=NEEDS),
    Date("met_on", "Met on"),
    Number("days", "Days", unit="days", high=366),
    Number("share", "Share", unit="%", high=100, places=1),
    Number("change", "Change", low=-10, high=10, places=2),
    Money("fund", "Fund"),
    Score("mood", "Mood"),
    TARGETS,
    Signatures("signatures", "Signatures"),
)
FORM = Form(
    "sample",
    1,
    "pep",
    "Sample",
    sections=(
        Section(
            "start",
            "Start",
            (
                Date("met_on", "Met on", required=True, past=True, event="pep_held", report=True, fresh=True),
                Date("next_on", "Next on", fresh=True),
                Choice("away", "Away?", options=YES_NO, required=True, report=True),
                Text("carer", "Carer", when=Is("away", "yes"), required=True),
                Choices("needs", "Needs", options=NEEDS, report=True),
                Text("which", "Which other need", when=AnyOf("needs", ("other",))),
            ),
        ),
        Section(
            "figures",
            "Figures",
            (
                Number("possible", "Possible"),
                Number("there", "There"),
                Computed("share", "Share", of="percent", needs=("there", "possible"), unit="%", report=True),
                Money("fund", "Fund", report=True),
                Money("spent", "Spent"),
                Computed("left", "Left", of="left", needs=("fund", "spent"), unit="pence"),
                Computed("both", "Both", of="total", needs=("there", "possible")),
            ),
        ),
        Section(
            "later",
            "Later",
            (
                Text("says", "What I say", quote=True, lines=3),
                Rows("last", "Last targets", fields=(Text("what", "What"),), from_last="targets"),
                TARGETS,
            ),
            when=Filled("away"),
        ),
    ),
    dated_by="met_on",
    rules=(
        NotBefore("next_on", "met_on", "The next one is before this one."),
        NotOver("there", "possible", "More were there than possible."),
    ),
)

every_kind = pytest.mark.parametrize("field", KINDS, ids=lambda each: f"{type(each).__name__}-{each.key}")

text = st.text(max_size=30) | st.sampled_from(TEXTS)
answer = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text | st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["what", "by", "status", "hours", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
# Loads of odd answers, and enough sensible ones to get past the first check.
likely = st.sampled_from(
    ["yes", "no", "Sight", ["sight", "other"], "2026-11-02", "02/11/2026", "7", 3, "£12.50", "NaN", 10**30,
     [{"what": "Read", "by": "1/2/2026", "status": "Done", "hours": "2.5 hours"}], "91.4 %", 0, "0"]
)  # fmt: skip


def refusal(read, *typed):
    """Return the words in which something is refused; a full stop if it is understood."""
    try:
        read(*typed)
    except UnicodeError:
        return "this is Python's own error, not a sentence"
    except ValueError as refused:
        return str(refused)
    return "."


def cleaned(raw, **more):
    return FORM.clean(raw, today=TODAY, **more)


def troubles(raw, **more):
    return {each.key: each.words for each in cleaned(raw, **more)[1]}


@every_kind
def test_a_hostile_answer_is_understood_or_refused_in_words_and_shown_either_way(field):
    for raw in (*TEXTS, *VALUES):
        assert refusal(field.clean, raw).endswith("."), repr(raw)[:80]
        assert isinstance(field.show(raw), str), repr(raw)[:80]


@every_kind
@settings(max_examples=60, deadline=None)
@given(raw=answer | likely)
def test_what_was_understood_is_understood_again_in_the_same_way(field, raw):
    try:
        stored = field.clean(raw)
    except ValueError:
        return

    assert field.clean(stored) == stored
    assert stored is None or not is_empty(stored)


@every_kind
@settings(max_examples=60, deadline=None)
@given(raw=answer | likely)
def test_what_is_shown_can_be_typed_again_and_means_the_same(field, raw):
    if isinstance(field, Rows | Choices):
        return  # lists are shown for reading: their parts stand beside each other
    try:
        stored = field.clean(raw)
    except ValueError:
        return

    assert field.clean(field.show(stored)) == stored


@settings(max_examples=300, deadline=None)
@given(raw=st.dictionaries(st.sampled_from([each.key for each in FORM.fields]), answer | likely))
def test_any_draft_is_cleaned_shown_and_compared_and_nothing_typed_is_lost(raw):
    answers, wrong = cleaned(raw, to_sign=True)

    assert cleaned(answers, to_sign=True) == (answers, wrong)
    for each in FORM.fields:
        assert isinstance(each.show(answers.get(each.key)), str)
        if isinstance(each, Computed):
            continue
        try:
            stored = each.clean(raw.get(each.key))
        except ValueError:
            stored = raw.get(each.key)
        assert is_empty(stored) or repr(answers[each.key]) == repr(stored)
    assert FORM.changes(answers, answers) == []
    FORM.changes({}, answers), FORM.brought_forward(answers), FORM.progress(answers)
    FORM.actions(answers), FORM.quotes(answers), FORM.dated(answers), FORM.events(answers)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_draft_of_a_published_form_is_cleaned(data):
    form = data.draw(st.sampled_from(list(FORMS_BY_KEY.values())))
    keys = st.sampled_from([each.key for each in form.fields])
    raw = data.draw(st.dictionaries(keys, answer | likely, max_size=12))

    answers, _ = form.clean(raw, today=TODAY, to_sign=True)

    assert form.of_draft(raw) == form.clean(raw, today=TODAY)[0] == answers
    form.progress(answers), form.actions(answers), form.brought_forward(answers)


@pytest.mark.parametrize("raw", ["NaN", "sNaN", "Infinity", "1e999999999", 10**30, "three", True, [1]])
@pytest.mark.parametrize("key", ["there", "possible"])
def test_a_number_that_is_none_stays_typed_and_works_nothing_out(key, raw):
    answers, wrong = cleaned({"there": 3, "possible": 4, key: raw})

    assert answers[key] == raw
    assert "share" not in answers
    assert [each.key for each in wrong] == [key]


@pytest.mark.parametrize("raw", ["-0", "-0.0", "0e5", "-0.00"])
def test_nought_has_no_sign(raw):
    assert Number("change", "Change", low=-10, places=1).clean(raw) == "0.0"


@pytest.mark.parametrize("raw", [10**11, -(10**11), 10**30, "10000000000", "1234567890.00"])
def test_a_sum_that_cannot_be_right_is_refused(raw):
    with pytest.raises(ValueError, match="money"):
        Money("fund", "Fund").clean(raw)


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("£1,234.50", 123450), ("60", 6000), ("60.5", 6050), ("-3", -300), (60, 60), (0, 0), ("£0.05", 5)],
)
def test_a_sum_is_kept_in_pence(typed, pence):
    assert Money("fund", "Fund").clean(typed) == pence


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/9/26", date(2026, 9, 3)),
        ("03.09.2026", date(2026, 9, 3)),
        ("3 9 2026", date(2026, 9, 3)),
        ("3-9-26", date(2026, 9, 3)),
        ("2026-09-03", date(2026, 9, 3)),
        ("2026/9/3", date(2026, 9, 3)),
        ("3 Sep 2026", date(2026, 9, 3)),
        ("3rd sept. 26", date(2026, 9, 3)),
        ("3 SEPTEMBER, 2026", date(2026, 9, 3)),
        (" today ", TODAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("+6w", date(2027, 1, 4)),
        ("-2d", date(2026, 11, 21)),
        ("+ 3M", date(2027, 2, 23)),
        ("+1y", date(2027, 11, 23)),
        ("1/1/46", date(2046, 1, 1)),
        ("1/1/47", date(1947, 1, 1)),
        ("29/2/24", date(2024, 2, 29)),
    ],
)
def test_a_day_is_read_however_it_is_typed(typed, day):
    assert words.day_from(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "30/02/2026", "31/04/2026", "29/2/25", "1/13/2026", "0/1/2026", "3 Ju 26", "3 Jun", "3/9",
     "2026", "1/1/1", "1/1/126", "+9999y", "-9999y", "+6", "6w", "100/1/2026", "3 Sep 2026 at 3"],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_the_way_to_type_it(typed):
    with pytest.raises(ValueError, match=r"not a date.* Type it as 03/09/2026"):
        words.day_from(typed, TODAY)


def test_a_page_pasted_into_a_date_is_not_told_back_whole():
    with pytest.raises(ValueError, match=r"^“She said one thing and then another and…” is not a date\."):
        words.day_from("She said one thing\nand then another and" + " another" * 400, TODAY)


@given(st.dates())
def test_every_day_as_shown_or_stored_is_read_back(day):
    assert words.day_from(words.day(day), TODAY) == day
    if day.year > 999:
        assert words.day_from(words.long_day(day).partition(" ")[2], TODAY) == day
    assert Date("on", "On").clean(day.isoformat()) == day.isoformat()


@settings(max_examples=200)
@given(text, st.dates())
def test_any_text_is_a_day_or_refused_in_words(typed, today):
    assert refusal(words.day_from, typed, today).endswith(".")


def test_what_cannot_be_understood_is_kept_and_named_at_its_question():
    raw = {"met_on": "the other day", "away": "perhaps", "fund": "lots", "targets": "none yet"}

    answers, wrong = cleaned(raw)

    assert answers == raw
    assert [each.key for each in wrong] == ["met_on", "away", "fund", "targets"]


def test_an_answer_no_longer_asked_is_kept_and_does_no_harm():
    answers, wrong = cleaned({"away": "no", "carer": "Rana", "which": "x" * 600})

    assert (answers["carer"], wrong) == ("Rana", [])
    assert "carer" not in [each.key for _, each in FORM.asked(answers)]


def test_computed_answers_are_worked_out_anew_and_never_taken_from_outside():
    answers, _ = cleaned(
        {"there": "45", "possible": "60", "fund": "£5.00", "spent": "£7", "share": "99", "left": 1}
    )

    assert (answers["share"], answers["left"], answers["both"]) == ("75.0", -200, 105)
    assert FORM.fields[11].show(answers["left"]) == "-£2.00"
    assert cleaned({"share": "99", "left": 1})[0] == {}


def test_words_of_an_option_are_taken_for_its_code():
    assert cleaned({"away": " YES ", "needs": ["Other", "speech", "other"]})[0] == {
        "away": "yes",
        "needs": ["speech", "other"],
    }


def test_only_signing_asks_for_what_is_needed():
    assert troubles({}) == {}
    assert set(troubles({}, to_sign=True)) == {"met_on", "away"}
    assert set(troubles({"away": "yes"}, to_sign=True)) == {"met_on", "carer", "targets"}


def test_a_row_is_named_by_its_number_and_its_question():
    assert troubles({"away": "no", "targets": [{"what": "Read"}, {}, {"by": "soon"}]})["targets"].startswith(
        "Target 2, By when: “soon” is not a date."
    )
    assert (
        "Target 1 has no answer to “What”."
        in troubles({"away": "no", "targets": [{"who": "Rana"}]}, to_sign=True).values()
    )


def test_days_to_come_and_days_the_wrong_way_round_are_named():
    assert "still to come" in troubles({"met_on": "24/11/2026"})["met_on"]
    assert troubles({"met_on": "20/11/2026", "next_on": "19/11/2026"}) == {
        "next_on": "The next one is before this one."
    }
    assert troubles({"there": 5, "possible": 4}) == {"there": "More were there than possible."}


def test_changes_are_told_in_words_in_the_order_of_the_form():
    was = {"away": "yes", "fund": 100, "carer": "Rana"}
    now = {"away": "no", "fund": 100, "met_on": "2026-11-20"}

    assert [tuple(each)[1:] for each in FORM.changes(was, now)] == [
        ("Met on", "", "20/11/2026"),
        ("Away?", "Yes", "No"),
        ("Carer", "Rana", ""),
    ]


def test_a_review_brings_forward_what_stands_and_the_last_targets_to_look_back_on():
    last = {
        "met_on": "2026-11-20",
        "away": "yes",
        "carer": "Rana",
        "both": 3,
        "last": [{"what": "Older"}],
        "targets": [{"what": "Read", "who": "Ms Okafor", "status": "open"}, {}],
    }

    assert FORM.brought_forward(last) == {"away": "yes", "carer": "Rana", "last": [{"what": "Read"}]}
    assert "last" not in FORM.brought_forward({"last": [{"what": "Older"}]})


def test_progress_tells_done_part_empty_and_unasked():
    def told(answers):
        return [(each.state, each.missing) for each in FORM.progress(answers)]

    assert told({}) == [("empty", 2), ("empty", 0), ("unasked", 0)]
    assert told({"away": "yes", "there": 1}) == [("part", 2), ("done", 0), ("empty", 1)]
    assert told({"away": "no", "met_on": "2026-11-20"})[0] == ("done", 0)


def test_reportable_answers_become_typed_facts_and_days_become_events():
    answers, _ = cleaned({"met_on": "20/11/2026", "away": "no", "needs": ["sight", "other"], "fund": "£5"})

    facts = {each.field: (each.code, each.number, each.day) for each in FORM.facts(answers)}

    assert facts == {
        "met_on": (None, None, date(2026, 11, 20)),
        "away": ("no", None, None),
        "needs": (None, Decimal(2), None),
        "fund": (None, Decimal(500), None),
    }
    assert FORM.events(answers) == [("pep_held", date(2026, 11, 20))]
    assert FORM.dated(answers) == date(2026, 11, 20)


def test_agreed_actions_and_the_childs_words_are_found():
    answers, _ = cleaned(
        {
            "away": "no",
            "says": "It is quiet.",
            "targets": [{"what": "Read", "by": "1/2/2027", "status": "open"}],
        }
    )

    assert [tuple(each) for each in FORM.actions(answers)] == [("Read", "", date(2027, 2, 1), "Open")]
    assert FORM.quotes(answers) == ["It is quiet."]


@given(answer)
def test_a_document_that_is_no_form_is_refused_in_words(document):
    with pytest.raises(ValueError, match=r"\.$"):
        form_json.from_json(document)


@pytest.mark.parametrize(
    "document",
    [{"is": []}, {"is": "Text"}, {"is": "Form"}, {"is": "Text", "key": "a", "label": "A"}, {"is": "os"}],
)
def test_a_document_that_is_almost_a_form_is_refused_in_words(document):
    with pytest.raises(ValueError, match=r"\.$"):
        form_json.from_json(document)


def test_one_of_a_unit_is_shown_and_understood_in_the_singular():
    days = Number("days", "Days", unit="days", high=366)

    assert [days.show(each) for each in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [days.clean(typed) for typed in ("1 day", "1 days", "2 days")] == [1, 1, 2]
