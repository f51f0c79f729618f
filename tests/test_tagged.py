"""Every document that is printed can be read aloud: structure, order, figures in words, what is left out."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from caseapp.form import Date, Form, Rows, Score, Section, Signatures, Text
from caseapp.forms import FORMS_BY_KEY
from caseapp.paper import Block, Heading, blank_pdf, plan_pdf, record_pdf, wording
from caseapp.paper.care_sheets import Panel, sheet_pdf
from caseapp.paper.measures import MeasureLine, measures_pdf
from caseapp.paper.pack import PackPart, pack_pdf
from caseapp.paper.pathway import pathway_pdf
from caseapp.paper.pathway_mine import easy_pdf, mine_pdf
from caseapp.paper.pep import pep_pdf
from caseapp.paper.pep_short import child_pdf, summary_pdf
from caseapp.paper.recovery_sheet import recovery_sheet_pdf
from caseapp.paper.star_child import ChildStar
from caseapp.paper.star_child import child_pdf as star_child_pdf
from tests.tagged_reading import heard

AT = datetime(2026, 11, 23, 14, 40, tzinfo=UTC)
HEADING = Heading(
    "Sample plan", "Amelia Kowalska", date(2011, 9, 4), "10482", subtitle="Autumn term",
    document="Sample 10482", version="1", status="signed 20/11/2026", printed_by="Sam Okafor", printed_at=AT,
    facts=(("Social worker", "Sam Okafor"),), notice_title="Your copy", notice="Keep it safe.",
)  # fmt: skip
AREAS = tuple(Score(f"area{number}", f"Area {number}", low=1, high=5) for number in range(4))
FORM = Form(
    "sample", 1, "pep", "Sample plan",
    sections=(
        Section("words", "What I say", (
            Text("says", "What I enjoy", quote=True), Text("story", "Story", lines=6),
        )),
        Section("goals", "Goals", (
            Rows("goals", "What we agreed", row="goal", fields=(Text("what", "What"), Date("by", "By when"))),
        )),
        Section("wheel", "The wheel", AREAS, look="star"),
        Section("signing", "Agreement", (Signatures("signed", "Who signs"),)),
    ),
)  # fmt: skip
ANSWERS = {
    "says": "Drawing.", "story": "It was long. " * 40, "area0": 1, "area1": 2, "area2": 3, "area3": 4,
    "goals": [{"what": f"Goal {number}", "by": "2026-12-01"} for number in range(60)],
}  # fmt: skip
ROWS = (("Date", "What happened"), *((f"{day:02d}/11/2026", f"Visit {day}") for day in range(1, 31)))
BLOCKS = (
    Block(
        "Overview", facts=(("School", "Riverside"),), quotes=(("I say", "Hello"),), paragraphs=("A text.",)
    ),
    Block("Chronology", table=ROWS, shares=(0.3, 0.7)),
)
PANELS = (
    Panel("About", facts=(("Hair", "Brown"),), pens=("Phone",)),
    (Panel("Left", paragraphs=("Words",)), Panel("Right", facts=(("Eyes", "Green"),), lines=2)),
    Panel("Steps", steps=(("Carer", "Ring the police"),)),
)
STAR = ChildStar("My star", "23 November 2026", AREAS, (1, 2, 3, 4), wants=("To swim",), has_faces=True)


@cache
def _sample(name: str):
    path = Path(__file__).parent / "sample_answers" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _pep(make):
    return make(FORMS_BY_KEY["pep"], _sample("pep"), HEADING)


def _pathway(make, *more):
    return make(FORMS_BY_KEY["pathway-plan"], _sample("pathway_plan"), HEADING, *more)


def _pack():
    parts = [
        PackPart("plan", "The plan", "version 1", HEADING, form=FORM, answers=ANSWERS),
        PackPart("blocks", "The record", "", replace(HEADING, status="draft"), blocks=BLOCKS),
    ]
    return pack_pdf(HEADING, parts, ["A note."])


def _measures():
    lines = [MeasureLine("Plans in time", "92 %", "90 %", "Of all plans.")]
    return measures_pdf(HEADING, ("Now", "Before"), [("Plans", lines)], "A note.")


DOCUMENTS = {
    "plan": lambda: plan_pdf(FORM, ANSWERS, HEADING),
    "draft in large print": lambda: plan_pdf(FORM, ANSWERS, replace(HEADING, status="draft", large=True)),
    "family": lambda: plan_pdf(FORM, ANSWERS, HEADING, edition="family"),
    "blank": lambda: blank_pdf(FORM),
    "record": lambda: record_pdf(HEADING, BLOCKS),
    "sheet": lambda: sheet_pdf(HEADING, PANELS, photo=True),
    "measures": _measures,
    "pack": _pack,
    "pep": lambda: _pep(pep_pdf),
    "child's pep": lambda: _pep(child_pdf),
    "education summary": lambda: _pep(summary_pdf),
    "pathway": lambda: _pathway(pathway_pdf),
    "my pathway": lambda: _pathway(mine_pdf, "Amelia"),
    "easy pathway": lambda: _pathway(easy_pdf, "Amelia"),
    "child's star": lambda: star_child_pdf(STAR, HEADING),
    "recovery sheet": lambda: recovery_sheet_pdf("ABCD-EFGH\nJKMN-PQRS", "county", AT),
}


@cache
def _printed(name: str) -> bytes:
    return DOCUMENTS[name]()


@cache
def _heard(name: str):
    return heard(_printed(name))


every_document = pytest.mark.parametrize("name", DOCUMENTS)


@every_document
def test_everything_on_the_pages_is_read_once_or_is_decoration(name):
    found = _heard(name)

    assert not found.faults
    assert len(found.said) > 7


@every_document
def test_a_document_says_its_title_and_language_to_a_reader(name):
    found = _heard(name)

    assert found.about["language"] == "en-GB"
    assert found.about["marked"]
    assert found.about["title shown"]
    assert found.about["title"]
    assert len(found.kinds("H1")) == (3 if name == "pack" else 1)


@pytest.mark.parametrize("name", ["plan", "blank", "record", "sheet", "pack", "child's star", "pep"])
def test_a_checker_of_accessible_files_finds_nothing(name, tmp_path):
    file = tmp_path / "printed.pdf"
    file.write_bytes(_printed(name))

    assert not [each for each in validate(str(file)).findings if each.severity.name != "INFO"]


@pytest.mark.parametrize("name", ["plan", "pep", "record", "sheet"])
def test_it_is_read_in_the_order_in_which_it_stands(name):
    found = _heard(name)

    marks = [mark for part in found.root.all() for mark in part.marks]
    assert marks == sorted(marks)


def test_titles_are_headings_and_stand_in_the_bookmarks_too():
    assert _heard("plan").kinds("H2") == ["What I say", "Goals", "The wheel"]


def test_a_table_says_its_heads_once_and_each_row_on_whatever_page():
    found = _heard("record")

    (table,) = found.root.all("Table")
    rows = [[found.words(cell) for cell in row.kids] for row in table.kids]
    assert rows == [list(row) for row in ROWS]
    assert [cell.scope for cell in table.kids[0].kids] == ["Column", "Column"]
    assert {cell.kind for row in table.kids[1:] for cell in row.kids} == {"TD"}


def test_a_label_and_its_answer_are_an_item_of_a_list():
    found = _heard("record")

    item = next(found.root.all("LI"))
    assert [(part.kind, found.words(part)) for part in item.kids] == [
        ("Lbl", "Social worker"), ("LBody", "Sam Okafor"),
    ]  # fmt: skip


def test_a_text_over_two_pages_is_one_paragraph_with_its_spaces():
    text = "It was a long walk to the library. " * 300
    found = heard(plan_pdf(FORM, {"story": text}, HEADING))

    over = [part for part in found.root.all("P") if len({page for page, _ in part.marks}) > 1]
    assert over
    assert all(found.words(part) in " ".join(text.split()) for part in over)


def test_a_long_cell_in_several_rows_is_one_cell_to_who_hears_it():
    words = "They walked to the library and back again. " * 120
    found = heard(record_pdf(HEADING, [Block("Chronology", table=(ROWS[0], ("01/11/2026", words)))]))

    (table,) = found.root.all("Table")
    assert [len(row.kids) for row in table.kids] == [2, 2]
    assert found.words(table.kids[1].kids[1]) == words.strip()


@pytest.mark.parametrize(("name", "told"), [
    ("plan", "Area 3 4"), ("blank", "to be filled in by pen"), ("pep", "attendance"),
    ("child's star", "Faces from"),
])  # fmt: skip
def test_a_figure_is_told_in_words(name, told):
    figures = list(_heard(name).root.all("Figure"))

    assert any(told in figure.alt for figure in figures)
    assert all(figure.alt for figure in figures)


def test_a_line_of_the_contents_is_a_link_that_says_where_it_leads():
    links = list(_heard("pack").root.all("Link"))

    assert [(link.alt, link.links) for link in links] == [("To The plan", 1), ("To The record", 1)]
    with pikepdf.open(BytesIO(_printed("pack"))) as document:
        lists = dict(zip(*[iter(document.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        owners = [lists[each.StructParent] for each in document.pages[0].Annots]
    assert [str(each.S) for each in owners] == ["/Link", "/Link"]


def test_what_stands_on_every_page_is_not_read():
    found = _heard("draft in large print")

    read = found.words(found.root)
    assert "OFFICIAL-SENSITIVE" not in read
    assert "DRAFT" not in read
    assert "Goal 59" in read


def test_a_paragraph_is_broken_into_lines_once(monkeypatch):
    made, broken = [], []
    real_init, real_broken = wording.Words.__init__, wording.broken

    def init(self, text, style, *args, **more):
        made.append(text)
        real_init(self, text, style, *args, **more)

    def breaks(text, style, width):
        broken.append(text)
        return real_broken(text, style, width)

    monkeypatch.setattr(wording.Words, "__init__", init)
    monkeypatch.setattr(wording, "broken", breaks)
    _pep(pep_pdf)

    assert len(broken) < 1.1 * len(made)
