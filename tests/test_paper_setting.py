"""How a page is set: what stays on one line, how large letters are, where figures stand."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from caseapp.paper import Block, Heading, record_pdf
from caseapp.paper.documents import block_story
from caseapp.paper.grid import Grid
from caseapp.paper.page import WIDTH, Headline, document, look, paragraphs
from caseapp.paper.parts import Quote, height, panel
from caseapp.paper.tables import table
from caseapp.paper.wording import broken

STYLE = look(large=False)
HEADING = Heading(
    "Record", "Amelia Kowalska", date(2011, 9, 4), "10482", document="Pathway plan 10482-3", version="3",
    status="signed 24/05/2026, in force", printed_by="Ruth Adeyemi",
    printed_at=datetime(2026, 11, 23, 14, 40, tzinfo=UTC), mark="4-43123A",
)  # fmt: skip
RING = "The council's emergency team answers all night on 01632 960610, and Manjit on 07700 900 123."


def lines(text, width):
    return [each.text for each in broken(text, STYLE.body, width)]


@pytest.mark.parametrize("width", range(80, 460, 7))
def test_a_telephone_number_is_never_parted(width):
    set_lines = lines(RING, width)

    assert " ".join(set_lines) == RING
    assert any("01632 960610" in each for each in set_lines)
    assert any("07700 900 123" in each for each in set_lines)


def test_a_telephone_number_wider_than_its_column_parts_between_its_groups():
    assert lines("01632 960610", 40) == ["01632", "960610"]


@pytest.mark.parametrize("width", range(80, 460, 7))
def test_no_short_word_ends_a_text_alone(width):
    text = "What the child says about the school that is near the house of the aunt, and what came of it"
    set_lines = lines(text, width)

    assert " ".join(set_lines) == text
    assert len(set_lines[-1].split()) > 1


@pytest.mark.parametrize("width", range(30, 160, 3))
def test_words_without_spaces_are_not_parted_by_one(width):
    text = "She said it then 今天天气很好我们"
    set_lines = lines(text, width)

    assert all(each in text for each in set_lines)
    assert "".join(set_lines).replace(" ", "") == text.replace(" ", "")


def test_what_is_read_is_at_least_nine_and_a_half_points_high():
    small = {"edge", "edge_middle", "edge_right"}
    styles = {each.name: getattr(STYLE, each.name) for each in fields(STYLE) if each.name != "scale"}

    assert {name for name, style in styles.items() if style.fontSize < 9.5} == small


def test_the_foot_of_a_page_stays_in_one_line_as_long_as_it_fits():
    pdf = record_pdf(HEADING, [Block("Key facts", paragraphs=("Lives with Carol.",))])
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    start = page.get_text_range().index("Pathway plan")

    for words in ("Pathway", "force", "Printed", "mark"):
        at = page.get_text_range().index(words, start)
        assert page.get_charbox(at, loose=True)[1] == pytest.approx(page.get_charbox(start, loose=True)[1])


def test_a_name_that_runs_right_to_left_keeps_its_place_at_the_top_of_a_page():
    name = "محمد عمر خان"
    heading = replace(HEADING, child_name=name)
    page = pypdfium2.PdfDocument(record_pdf(heading, [Block("Key facts", paragraphs=("Lives.",))]))[0]
    text = page.get_textpage()
    found = text.get_text_range()
    of_name, of_day = found.index("\u0645"), found.index("04/09/2011")

    assert text.get_charbox(of_name)[2] < text.get_charbox(of_day)[0]


def test_figures_end_below_each_other_and_clear_of_the_words_beside_them():
    rows = (("Worker", "Open", "Zone"), ("Grace", "98", "In the zone"), ("Priya", "1,765", "Above it"))
    page = pypdfium2.PdfDocument(
        record_pdf(HEADING, [Block("Workers", table=rows, shares=(0.4, 0.2, 0.4), right=(1,))])
    )[0].get_textpage()
    found = page.get_text_range()
    ends = [page.get_charbox(found.index(each) + len(each) - 1)[2] for each in ("Open", "98", "1,765")]

    assert max(ends) - min(ends) < 1
    assert page.get_charbox(found.index("In the zone"))[0] - max(ends) > 15


def test_an_empty_row_is_one_to_write_in():
    def tall(*rows):
        return height(block_story(Block("Moves", table=(("Child", "To"), *rows)), STYLE))

    assert tall(("", ""), ("", "")) - tall(("", "")) > 22  # points: 8 millimetres


def test_what_explains_figures_is_quieter_than_they_are():
    told = "Everybody on the list who is eligible on the day. " * 4
    loud, quiet = (
        table(("Measure", "What it means"), [["Eligible", told]], STYLE, shares=(0.5, 0.5), quiet=columns)
        for columns in ((), (1,))
    )

    assert quiet.wrap(WIDTH, 800)[1] < loud.wrap(WIDTH, 800)[1]


def test_every_page_begins_at_the_same_height():
    tops = set()
    for count in range(46, 52):
        story = [*paragraphs("\n".join(["It went on."] * count), STYLE.body), STYLE.gap(40)]
        pdf = document(HEADING, [*story, Headline("After", STYLE)])
        pages = pypdfium2.PdfDocument(pdf)
        text = pages[len(pages) - 1].get_textpage()
        found = text.get_text_range()
        if "It went on." not in found:
            tops.add(round(text.get_charbox(found.index("After"))[3], 1))

    assert len(tops) == 1


def test_words_keep_off_the_edge_of_their_ground_where_it_goes_on_overleaf():
    (ground,) = (
        each for each in panel([Quote("What I like", "Drawing.\n" * 30)], STYLE) if isinstance(each, Grid)
    )
    whole = ground.wrap(WIDTH, 800)[1]
    parts = [part.wrap(WIDTH, 800)[1] for part in ground.split(WIDTH, 200)]

    assert parts[0] <= 200
    assert sum(parts) >= whole + 12
