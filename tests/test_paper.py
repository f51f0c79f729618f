"""PDFs: every page says whose it is, tables break well, and any text is set and never obeyed."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from caseapp.form import (
    KINDS,
    YES_NO,
    Choice,
    Choices,
    Computed,
    Date,
    Form,
    Is,
    Money,
    Number,
    Rows,
    Score,
    Section,
    Signatures,
    Text,
)
from caseapp.paper import Block, Heading, Unprintable, blank_pdf, plan_pdf, record_pdf
from caseapp.paper.answers import printed
from caseapp.paper.blank import blank
from tests.pdf_reading import about, bookmarks, fonts, holds_pictures_or_links, words_by_page, words_of

RESULTS = (("achieved", "Achieved"), ("partly", "Partly achieved"), ("not_yet", "Not yet"))
FORM = Form(
    "sample",
    3,
    "pep",
    "Sample plan",
    sections=(
        Section(
            "child",
            "About the child",
            (
                Text("name", "Legal name", required=True),
                Text("school", "School", required=True),
                Choice("away", "Lives away from home?", options=YES_NO),
                Text("carer", "Name of the carer", when=Is("away", "yes")),
                Choice("hidden", "Must the address be withheld?", options=YES_NO),
                Text("address", "Address", lines=2, secret_when=Is("hidden", "yes")),
                Choices("needs", "Needs", options=(("speech", "Speech"), ("sight", "Sight"))),
                Money("fund", "Fund"),
                Number("sessions", "Sessions possible"),
                Number("there", "Sessions attended"),
                Computed("share", "Attendance", of="percent", needs=("there", "sessions"), unit="%"),
                Score("mood", "How school feels", low_words="Awful", high_words="Great"),
            ),
        ),
        Section(
            "voice",
            "What the child says",
            (Text("says", "What I enjoy", lines=4, quote=True), Text("story", "What happened", lines=6)),
        ),
        Section(
            "targets",
            "Targets",
            (
                Rows(
                    "goals",
                    "What we agreed",
                    row="target",
                    actions=True,
                    fields=(
                        Text("what", "Target", required=True),
                        Text("who", "Who helps"),
                        Date("by", "By when"),
                        Choice("status", "Result", options=RESULTS),
                    ),
                ),
            ),
        ),
        Section(
            "wheel",
            "The wheel",
            (*(Score(f"area{number}", f"Area {number}") for number in range(5)), Text("note", "Notes")),
            look="star",
        ),
        Section("signing", "Agreement", (Signatures("signed", "Who signs"),)),
    ),
    acknowledgement="With thanks to the makers of the wheel.",
    owner="An owner outside",
)
HEADING = Heading(
    "Sample plan",
    "Amelia Kowalska",
    date(2011, 9, 4),
    "10482",
    document="PEP 10482-14",
    version="1",
    status="signed 20/11/2026",
    printed_by="Sam Okafor",
    printed_at=datetime(2026, 11, 23, 14, 40, tzinfo=UTC),
    mark="7F3K",
    facts=(("Social worker", "Sam Okafor"),),
)
DRAFT = replace(HEADING, status="draft")
LONG = "First. " + "They walked to the library and back again. " * 900 + "Last."


def test_every_page_says_whose_it_is_what_it_is_and_which_of_how_many():
    pages = words_by_page(plan_pdf(FORM, {"story": LONG}, HEADING))

    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "Amelia Kowalska 04/09/2011 ref 10482" in page
        assert "PEP 10482-14, version 1, signed 20/11/2026" in page
        assert "Printed 23/11/2026 14:40 by Sam Okafor, mark 7F3K" in page
        assert f"page {number} of {len(pages)}" in page


def test_draft_stands_on_every_page_until_it_is_signed():
    draft = words_by_page(plan_pdf(FORM, {"story": LONG}, DRAFT))
    signed = words_by_page(plan_pdf(FORM, {"story": LONG}, HEADING))

    assert all("DRAFT" in page for page in draft)
    assert not any("DRAFT" in page for page in signed)


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć",
        "Șerban",
        "Nguyễn",
        "Ọmọ",
        "Αλέξης",
        "Олександра",
        "Ցոլակ",
        "გიორგი",
        "Siân O’Neill-Šimić",
    ],
)
def test_names_of_many_scripts_are_printed_letter_for_letter(name):
    heading = replace(HEADING, child_name=name)
    pdf = plan_pdf(FORM, {"name": name, "says": name, "goals": [{"what": name}]}, heading)

    assert words_of(pdf).count(name) >= 4
    assert all(fonts(pdf).values())


def test_every_font_is_embedded_and_helvetica_is_not_among_them():
    answers = {"area0": 3, "area1": 4, "area2": 5, "mood": 4, "goals": [{"what": "Read", "status": "partly"}]}

    for pdf in (plan_pdf(FORM, answers, DRAFT), blank_pdf(FORM), record_pdf(HEADING, [])):
        assert fonts(pdf)
        assert all(fonts(pdf).values())
        assert not any("Helvetica" in name for name in fonts(pdf))


@pytest.mark.parametrize("key", ["story", "says", "school", "goals"])
def test_a_long_answer_runs_over_pages_and_loses_nothing(key):
    text = " ".join(f"word{number}" for number in range(4_000))
    answer = [{"what": text, "who": "Sam"}] if key == "goals" else text

    pages = words_by_page(plan_pdf(FORM, {key: answer}, HEADING))

    assert len(pages) > 3
    found = set(" ".join(pages).replace("“", " ").replace("”", " ").split())
    assert {f"word{number}" for number in range(4_000)} <= found


def test_markup_is_printed_as_it_was_typed():
    hostile = (
        'a <b> & </para> <img src="file:///etc/passwd"/> <a href="http://x.test">x</a> =SUM(A1) {{x}} %s'
    )

    answers = {"name": hostile, "story": hostile, "says": hostile, "goals": [{"what": hostile}]}
    pdf = plan_pdf(FORM, answers, replace(HEADING, child_name=hostile, title=hostile))

    assert words_of(pdf).count('<img src="file:///etc/passwd"/>') >= 6
    assert not holds_pictures_or_links(pdf)


@pytest.mark.parametrize(
    "text", ["x" * 5_000, "word " * 40_000, "line\n" * 4_000, "x" * 200_000, "é <" * 10_000]
)
def test_no_text_is_too_long_to_lay_out_or_takes_long(text):
    started = time.monotonic()

    for key in ("name", "story", "says"):
        plan_pdf(FORM, {key: text}, HEADING)
    record_pdf(HEADING, [Block("Notes", facts=(("Note", text[:500]),), table=(("Day", "Note"), ("1", text)))])

    assert (
        time.monotonic() - started < 60
    )  # some seconds; minutes would be a layout that goes round in circles


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("text", ["W" * 4_000, "WWW WW " * 700, "i\n" * 300])
def test_many_narrow_columns_of_long_text_fit_on_pages(text, large):
    rows = (("Heading",) * 8, (text,) * 8)

    pages = words_by_page(record_pdf(replace(HEADING, large=large), [Block("Notes", table=rows)]))

    letter = text[0]
    assert "".join(pages).count(letter) >= 8 * text.count(letter)


@pytest.mark.parametrize(
    ("letters", "named"), [("ཀཁཁ", "‘ཀ’, ‘ཁ’"), ("fine 㐀", "‘㐀’"), ("ok \u0f71", "U+0F71")]
)
def test_a_letter_that_no_font_holds_stops_the_print_and_is_named(letters, named):
    with pytest.raises(Unprintable) as told:
        plan_pdf(FORM, {"story": letters}, HEADING)

    assert f"{named} in “What happened”" in str(told.value)
    assert "Nothing was printed" in str(told.value)


def test_a_picture_is_printed_by_its_name():
    text = words_of(plan_pdf(FORM, {"story": "She sent 🙂 and 👍🏽."}, HEADING))

    assert "She sent ‹slightly smiling face› and ‹thumbs up sign›" in text


def test_a_name_that_cannot_be_printed_is_named_with_its_place():
    with pytest.raises(Unprintable, match="in the name “ཀཁ”"):
        record_pdf(replace(HEADING, child_name="ཀཁ"), [])


def test_signs_that_turn_text_round_are_shown_and_not_obeyed():
    text = words_of(plan_pdf(FORM, {"school": "Hill\u202eloohcS\u200f"}, HEADING))

    assert "Hill‹RLO›loohcS‹RLM›" in text


def test_a_question_that_is_no_longer_asked_is_left_out():
    text = words_of(plan_pdf(FORM, {"away": "no", "carer": "Carol Bell"}, HEADING))

    assert "Carol Bell" not in text
    assert "Name of the carer" not in text


def test_what_is_withheld_stays_withheld():
    hidden = words_of(plan_pdf(FORM, {"hidden": "yes", "address": "Valley Road 4"}, HEADING))
    shown = words_of(plan_pdf(FORM, {"hidden": "no", "address": "Valley Road 4"}, HEADING))

    assert "Valley Road" not in hidden
    assert "Address Withheld" in hidden
    assert "Address Valley Road 4" in shown


def test_a_withheld_answer_cannot_stop_a_print():
    pdf = plan_pdf(FORM, {"hidden": "yes", "address": "شارع"}, HEADING)

    assert "Address Withheld" in words_of(pdf)


def test_a_draft_shows_what_is_still_needed_and_a_signed_plan_does_not():
    assert "School Not answered" in words_of(plan_pdf(FORM, {"name": "Amelia"}, DRAFT))
    assert "Not answered" not in words_of(plan_pdf(FORM, {"name": "Amelia"}, HEADING))


def test_answers_are_printed_as_people_read_them():
    answers = {
        "needs": ["speech", "sight"], "fund": 123450, "sessions": 200, "there": 183, "mood": 6,
        "says": "I like art.", "goals": [{"what": "Read daily", "by": "2027-02-26", "status": "partly"}],
    }  # fmt: skip

    text = words_of(plan_pdf(FORM, answers, HEADING))

    for words in (
        "Speech, Sight",
        "£1,234.50",
        "91.5 %",
        "6 of 10",
        "“I like art.”",
        "26/02/2027",
        "Partly achieved",
    ):
        assert words in text


def test_each_section_that_holds_something_has_a_bookmark_to_its_page():
    pdf = plan_pdf(FORM, {"name": "Amelia", "story": LONG, "goals": [{"what": "Read daily"}]}, HEADING)

    found = bookmarks(pdf)

    assert [title for title, _ in found] == ["About the child", "What the child says", "Targets"]
    pages = words_by_page(pdf)
    assert all(title in pages[page - 1] for title, page in found)
    assert found[-1][1] == len(pages)


def test_no_title_stands_alone_at_the_foot_of_a_page():
    for lines in range(20, 60):
        answers = {"story": "A line.\n" * lines, "goals": [{"what": "Read daily", "who": "Sam"}]}
        pages = words_by_page(plan_pdf(FORM, answers, HEADING))
        assert next(page for page in pages if "Targets" in page).count("Read daily") == 1


def test_the_header_of_a_table_is_repeated_on_each_page():
    rows = (("Day", "What happened"), *((f"{number:03d}", "A visit.") for number in range(150)))

    pages = words_by_page(record_pdf(HEADING, [Block("Chronology", table=rows)]))

    assert len(pages) > 3
    assert all("Day What happened" in page for page in pages)
    assert all(f"{number:03d} A visit." in " ".join(pages) for number in range(150))


def test_the_star_shows_earlier_readings_beside_the_latest_in_numbers_and_words():
    earlier = [("12/05/2026", {"area0": 2, "area1": 4, "area2": 5}), ("10/08/2026", {"area0": 3})]
    answers = {"area0": 6, "area1": 4, "area2": 4, "note": "Mornings are better."}

    text = words_of(plan_pdf(FORM, answers, HEADING, earlier=earlier))

    assert "Area 12/05/2026 10/08/2026 Now Change" in text
    assert "Area 0 2 3 6 up 4" in text
    assert "Area 1 4 not discussed 4 the same" in text
    assert "Area 2 5 not discussed 4 down 1" in text
    assert "With thanks to the makers of the wheel." in text
    assert "Mornings are better." in text


def test_a_star_of_two_areas_is_drawn_as_bars():
    wheel = Section("wheel", "The wheel", (Score("a", "Home"), Score("b", "School")), look="star")
    form = replace(FORM, sections=(wheel,))

    assert "Home 7 up 1" not in (text := words_of(plan_pdf(form, {"a": 7}, HEADING)))
    assert "7 of 10" in text
    assert "not discussed" in text


def test_a_copy_of_some_sections_says_so_and_holds_nothing_else():
    text = words_of(plan_pdf(FORM, {"name": "Amelia", "story": "Secret"}, HEADING, sections={"child"}))

    assert "Secret" not in text
    assert "This copy holds 1 of 5 sections." in text


def test_signatures_show_who_signed_and_why_somebody_did_not():
    signed = [
        {"name": "Amelia Kowalska", "role": "Young person", "answer": "signed", "on": "2026-11-19"},
        {
            "name": "Joanna",
            "role": "Mother",
            "answer": "absent",
            "on": "2026-11-20",
            "because": "In hospital",
        },
    ]

    text = words_of(plan_pdf(FORM, {"signed": signed}, HEADING))

    assert "Amelia Kowalska Young person Signed 19/11/2026" in text
    assert "Joanna Mother Could not sign 20/11/2026 In hospital" in text


def test_a_draft_may_hold_anything_that_was_typed():
    answers = {
        "fund": "about ten pounds", "mood": "high", "goals": "none yet", "sessions": {"odd": 1}, "signed": 7,
        "area0": 99, "needs": "speech", "away": ["yes"],
    }  # fmt: skip

    text = words_of(plan_pdf(FORM, answers, DRAFT))

    for words in ("about ten pounds", "high", "none yet"):
        assert words in text


def test_the_empty_form_asks_every_question_and_says_when():
    text = words_of(blank_pdf(FORM))

    for field in FORM.fields:
        assert field.label in text
    for words in (
        "Name of the carer If “Lives away from home?” is “Yes”",
        "☐ Speech",
        "Signature",
        "Awful",
        "About the child",
    ):
        assert words in text
    for inner in ("Target", "Who helps", "By when", "☐ Partly achieved"):
        assert inner in text


def test_large_print_takes_more_pages_and_says_the_same():
    answers = {"name": "Amelia", "story": LONG[:6_000], "goals": [{"what": "Read daily", "who": "Sam"}]}

    usual = words_by_page(plan_pdf(FORM, answers, HEADING))
    large = words_by_page(plan_pdf(FORM, answers, replace(HEADING, large=True)))

    assert len(large) > 1.5 * len(usual)
    assert "Read daily" in " ".join(large)
    assert words_of(blank_pdf(FORM, large=True)).count("What we agreed") == 1


def test_a_record_prints_facts_paragraphs_and_tables():
    blocks = [
        Block("Overview", facts=(("Status", "Looked after"),), paragraphs=("Quiet this month.",)),
        Block("Chronology", table=(("Day", "What"), ("01/09/2026", "School began"))),
    ]

    pdf = record_pdf(HEADING, blocks)

    for words in ("Status Looked after", "Quiet this month.", "Day What 01/09/2026 School began"):
        assert words in words_of(pdf)
    assert [title for title, _ in bookmarks(pdf)] == ["Overview", "Chronology"]


def test_the_document_knows_its_title_author_and_language():
    assert about(plan_pdf(FORM, {}, HEADING)) == {
        "title": "Sample plan, Amelia Kowalska", "author": "caseapp", "language": "en-GB",
    }  # fmt: skip


def test_the_same_print_gives_the_same_bytes():
    answers = {"name": "Ցոլակ", "story": LONG, "area0": 4, "area1": 5, "area2": 6}

    assert plan_pdf(FORM, answers, DRAFT) == plan_pdf(FORM, answers, DRAFT)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_has_a_way_onto_paper_of_its_own(kind):
    assert kind in printed.registry
    assert kind in blank.registry


@pytest.mark.parametrize("lines", range(24, 44))
def test_a_heading_goes_on_with_the_rows_that_begin_its_section(lines):
    asked = tuple(Text(f"asked{number}", f"Question {number}") for number in range(7))
    people = Section("people", "Who is there", (Rows("people", "People", row="person", fields=asked),))
    form = replace(FORM, sections=(*FORM.sections[:2], people))
    row = {each.key: "Somebody who comes by on most days and stays a while" for each in asked}
    answers = {"story": "\n".join(["A day."] * lines), "people": [row]}

    for page in words_by_page(plan_pdf(form, answers, HEADING)):
        assert not page.endswith("Who is there")


def test_questions_named_after_one_before_them_stand_under_its_heading():
    form = replace(
        FORM,
        sections=(
            Section(
                "growing",
                "Growing up",
                (
                    Choice("health", "Health", options=(("some", "Something to say"),)),
                    Text("strengths", "Health: strengths"),
                    Text("needs", "Health: needs"),
                    Text("school", "School"),
                ),
            ),
        ),
    )
    answers = {"health": "some", "strengths": "Runs well", "needs": "Glasses", "school": "Likes it"}

    assert "Health Something to say Strengths Runs well Needs Glasses School Likes it" in words_of(
        plan_pdf(form, answers, HEADING)
    )


def test_a_reader_is_told_on_the_first_page_and_letters_in_it_are_checked():
    heading = replace(HEADING, notice_title="This is your copy", notice="Keep it safe.")

    assert "This is your copy Keep it safe." in words_by_page(plan_pdf(FORM, {"story": LONG}, heading))[0]
    with pytest.raises(Unprintable):
        plan_pdf(FORM, {}, replace(heading, notice="\u0f40"))


def test_a_table_never_leaves_one_row_alone_under_its_heads():
    for count in range(16, 30):
        rows = (("Date", "What"), *((f"Day {number}", f"Visit {number}") for number in range(count)))
        last = words_by_page(record_pdf(HEADING, [Block("Chronology", table=rows)]))[-1]

        assert last.count("Visit") != 1


def test_the_last_of_many_answers_does_not_begin_a_page_alone():
    for count in range(34, 50):
        told = tuple((f"Question {number}", f"Answer {number}. " * 6) for number in range(count))
        last = words_by_page(record_pdf(HEADING, [Block("Facts", facts=told)]))[-1]

        assert last.count("Question") != 1


def test_many_long_options_stand_in_two_columns():
    long = "is rather long, so long that beside all the others it takes a second line"
    options = tuple((str(number), f"Option {number} {long}") for number in range(12))
    asked = (Choices("all", "All", options=options),)
    form = Form("many", 1, "pep", "Many", sections=(Section("one", "One", asked),))

    page = pypdfium2.PdfDocument(blank_pdf(form))[0].get_textpage()
    boxes = [page.get_charbox(at) for at, letter in enumerate(page.get_text_range()) if letter == "☐"]

    assert len(boxes) == 12
    assert len({round(left) for left, *_ in boxes}) == 2
