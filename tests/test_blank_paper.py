"""Paper to be filled in by pen: little of it, with room for the hand, and nothing asked or told twice."""

from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest

from caseapp import prints
from caseapp.form import YES_NO, Choice, Choices, Date, Form, Is, Rows, Section, Signatures, Text
from caseapp.form_parts.pep_lists import VARIANTS
from caseapp.forms import FORMS_BY_KEY
from caseapp.paper import blank_pdf
from caseapp.paper.drawn import DateBoxes, WritingLines
from caseapp.paper.page import WIDTH, look
from caseapp.paper.pen_rows import GAP, placed, room
from tests.pdf_reading import bookmarks, words_by_page, words_of

MM = 72 / 25.4
SMALL = look(large=False)
WHO = tuple((f"who{number}", f"Somebody {number}") for number in range(9))
MAY = (("carer", "The foster carer"), ("worker", "The social worker"), ("parent", "A parent or guardian"),
       ("child", "The young person"), ("none", "Does not arise"))  # fmt: skip


def printed(*fields, large=False):
    form = Form("sample", 1, "pep", "Sample", sections=(Section("one", "One", fields),))
    return blank_pdf(form, large=large)


def places(pdf: bytes, *searched: str) -> list[tuple[float, float]]:
    """Return where each text begins: from the left and from the foot of the first page."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    found = []
    for each in searched:
        at, _ = page.search(each, match_case=True).get_next()
        left, foot, *_ = page.get_charbox(at)
        found.append((left, foot))
    return found


@pytest.mark.parametrize("large", [False, True])
def test_a_line_to_write_on_and_a_box_of_a_date_are_as_high_as_a_hand_needs(large):
    style = look(large=large)

    assert WritingLines(3, style).wrap(WIDTH, 1_000)[1] >= 3 * 7.5 * MM
    assert DateBoxes(style).wrap(WIDTH, 100)[1] >= 7.5 * MM


def test_short_questions_share_a_line_and_a_long_one_has_its_own():
    asked = (Date("on", "Seen on"), Text("by", "Seen by", half=True), Text("role", "Role of them", half=True),
             Text("said", "What was said", lines=5))  # fmt: skip

    (left, first), (middle, second), (_, third), (start, below) = places(
        printed(*asked), "Seen on", "Seen by", "Role of", "What was said"
    )
    assert first == pytest.approx(second, abs=1)
    assert second == pytest.approx(third, abs=1)
    assert (left < middle, below < first) == (True, True)
    assert start == pytest.approx(left, abs=1)


@pytest.mark.parametrize("key", ["early-help", "lac-review", "health-assessment"])
def test_no_line_of_questions_is_wider_than_the_paper_and_none_is_lost(key):
    asked = [each for section in FORMS_BY_KEY[key].sections for each in section.fields]

    lines = list(placed(asked, SMALL))

    assert [each.field.key for line in lines for each in line] == [each.key for each in asked]
    for line in lines:
        assert sum(each.width for each in line) + GAP * (len(line) - 1) <= WIDTH + 0.1
        assert all(each.width >= room(3) - 0.1 for each in line)


def test_a_section_that_only_tells_something_is_printed():
    told = Section("read", "Read this first", (), guidance="Nobody needs to answer.")
    form = Form("sample", 1, "pep", "Sample", sections=(told, Section("one", "One", (Text("why", "Why"),))))

    assert "Nobody needs to answer." in words_of(blank_pdf(form))


def test_a_hint_is_given_once_and_a_long_list_of_answers_too():
    asked = (
        Choice("main", "Main reason", help="Only one", options=WHO),
        Choices("more", "Other reasons", options=WHO),
        Text("a", "Home: how we know", help="Who said it"),
        Text("b", "School: how we know", help="Who said it"),
    )

    text = words_of(printed(*asked))

    assert text.count("Who said it") == 1
    assert text.count("Somebody 5") == 1
    assert "Other reasons From the list above" in text


def test_questions_named_after_the_one_above_them_do_not_repeat_its_name():
    known = (("some", "Something to say"), ("none", "Nothing"))
    asked = (
        Choice("health", "Health", options=known),
        Text("needs", "Health: needs", lines=3, when=Is("health", "some")),
        Text("risks", "Health: risks", lines=3, when=Is("health", "some")),
    )

    text = words_of(printed(*asked))

    assert text.count("Health") == 1
    assert "Needs" in text
    assert "If “" not in text


def test_answers_to_many_alike_questions_are_ticked_below_each_other():
    asked = [Choice(f"q{number}", f"Question {number}", options=YES_NO) for number in range(4)]
    pdf = printed(*asked)

    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = [page.get_charbox(at)[0] for at, letter in enumerate(page.get_text_range()) if letter == "☐"]

    assert len(boxes) == 8
    assert len({round(left) for left in boxes}) == 2


def test_long_answers_to_many_alike_questions_head_the_columns_of_a_table():
    asked = [Choice(f"q{number}", f"Question {number}", options=MAY) for number in range(8)]

    text = words_of(printed(*asked))

    assert text.count("☐") == 8 * len(MAY)
    assert text.count("Does not") == 1
    assert all(each.label in text for each in asked)


def test_a_row_with_many_answers_on_offer_is_answered_in_writing_and_says_them_once():
    asked = (
        Text("name", "Name of them", lines=2),
        Choice("kind", "Kind of person", options=WHO),
        Text("tel", "Telephone", when=Is("kind", "who1")),
        Choices("needs", "Needs", options=WHO[:3]),
    )

    text = words_of(printed(Rows("people", "People", row="person", fields=asked)))

    assert "Kind of person: write Somebody 0, Somebody 1" in text
    assert text.count("Somebody 8") == 1
    assert "Person 3" in text


@pytest.mark.parametrize("lines", range(1, 22, 3))
def test_those_who_sign_stand_on_one_page_with_what_they_sign(lines):
    asked = [Text(f"t{number}", f"Question {number}", lines=5) for number in range(lines)]

    pages = words_by_page(printed(*asked, Signatures("signed", "Who signs here", at_least=4)))

    assert sum("Signature" in page for page in pages) == 1
    assert "Question" in pages[-1]
    assert "Signature" in pages[-1]


@pytest.mark.parametrize("variant", [code for code, _ in VARIANTS])
def test_a_plan_for_school_is_short_and_no_page_of_it_holds_next_to_nothing(variant):
    document = pypdfium2.PdfDocument(prints.blank_pdf("pep", variant=variant))

    filled = [len(page.get_textpage().get_text_range()) for page in document]

    assert min(filled[:-1]) > 250
    assert len(filled) <= 15  # what a worker carries


def test_large_print_has_larger_letters_and_more_room():
    asked = (Text("name", "Full name", half=True), Text("story", "What happened", lines=4))

    usual, large = (
        places(printed(*asked, large=each), "Full name", "What happened") for each in (False, True)
    )

    (_, high), (_, low) = usual
    (_, large_high), (_, large_low) = large
    assert large_high - large_low > 1.3 * (high - low)


def test_an_empty_form_in_the_hands_of_somebody_says_all_its_conditions():
    on = Is("away", "yes")
    asked = (Choice("away", "Lives away", options=YES_NO), Text("carer", "Carer’s name", when=on),
             Choice("told", "Told of it", options=YES_NO), Text("a", "Their address", when=on),
             Text("b", "Their telephone", when=on))  # fmt: skip

    text = words_of(printed(*asked))

    assert "Carer's name If “Lives away” is “Yes”".replace("'", "’") in text
    assert "If “Lives away” is “Yes”: Their address" in text


def test_the_same_questions_in_another_order_take_about_as_many_lines():
    asked = [Text(f"t{number}", f"Question {number}", half=number % 2 == 0) for number in range(12)]

    counts = [len(list(placed(each, SMALL))) for each in (asked, asked[::-1])]

    assert all(abs(one - other) <= 1 for one, other in pairwise(counts))
    assert max(counts) <= 6


def test_a_question_of_the_record_has_a_line_to_be_corrected_on():
    known = Text("address", "Address", lines=4, prefill="child.address")

    (line,) = placed([known], SMALL)
    (own,) = placed([replace(known, prefill="")], SMALL)

    assert (line[0].lines, own[0].lines) == (1, 4)


@pytest.mark.parametrize("kind", ["early-help", "pathway-plan"])
def test_no_heading_stands_at_the_foot_of_a_page_without_a_question(kind):
    pdf = prints.blank_pdf(kind)
    pages = words_by_page(pdf)
    guidance = {each.title: " ".join(each.guidance.split()) for each in FORMS_BY_KEY[kind].sections}

    for title, page in bookmarks(pdf):
        below = pages[page - 1].rpartition(title)[2].replace(guidance.get(title, ""), "")
        assert len(below.strip()) > 5, title
