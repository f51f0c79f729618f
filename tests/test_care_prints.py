"""The papers of care, read back: missing sheet, placement record, who decides, doorstep, summary, pack."""

import re
from datetime import date
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from caseapp import care_prints, notes, prints, review_pack
from caseapp.looked_after import new_rows as new
from caseapp.looked_after import pen, records
from caseapp.looked_after.veil import Veil
from caseapp.notes import NewNote
from caseapp.paper import Block, Heading
from caseapp.paper.care_sheets import Panel, sheet_pdf
from db.models import Child, Look
from db.problems import NotAllowed, NotFound, Problem
from tests.care_story import SECRETS, CareStory, at
from tests.pdf_reading import bookmarks, fonts, words_by_page, words_of
from tests.story import new_story

SHEETS = {
    "missing-sheet": care_prints.missing_sheet,
    "placement-record": care_prints.placement_record,
    "delegated-authority": care_prints.delegated_sheet,
    "doorstep": care_prints.doorstep_sheet,
    "lac-summary": care_prints.lac_summary,
    "review-pack": review_pack.review_pack,
}
MOST_PAGES = {"missing-sheet": 2, "delegated-authority": 1, "doorstep": 1, "lac-summary": 2}
every_sheet = pytest.mark.parametrize("kind", SHEETS)


@pytest.fixture(scope="module")
def kez():
    """Kezia, whose placement plan and care plan are signed. Tests that add to her record make their own."""
    story = CareStory()
    story.sign("placement-plan", "placement_plan")
    story.sign("care-plan", "care_plan")
    return story


@pytest.fixture(scope="module")
def hidden():
    """Kezia, who lives where nobody may know. Her plans were written before, and name the place."""
    story = CareStory(withheld=True)
    story.sign("placement-plan", "placement_plan")
    story.sign("care-plan", "care_plan")
    return story


def made(story, kind, who="ada", **more):
    return story.call(lambda session: SHEETS[kind](session, story.kezia, **more), who)


@cache
def printed(story, kind):
    """Return a paper of a story that no test changes, made once."""
    return made(story, kind)


# What all of them share


@every_sheet
def test_each_page_says_whose_it_is_how_protected_and_who_printed_it(kez, kind):
    pages = words_by_page(printed(kez, kind))

    for number, page in enumerate(pages, 1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "Kezia Thornbury 09/03/2015 ref 10001" in page
        assert "by Ada North, mark" in page
        assert f"page {number} of {len(pages)}" in page
    assert len(pages) <= MOST_PAGES.get(kind, 99)


@every_sheet
def test_the_print_is_recorded_and_a_reader_of_another_team_gets_none(kez, kind):
    printed(kez, kind)

    looks = kez.call(lambda session: session.query(Look).filter_by(act="print").all())
    assert kind in {each.detail.get("what") for each in looks}
    with pytest.raises((NotFound, NotAllowed)):
        made(kez, kind, who="sue")


@every_sheet
def test_a_withheld_home_is_on_no_paper_wherever_it_was_typed(hidden, kind):
    text = words_of(printed(hidden, kind)).casefold()

    assert [each for each in SECRETS if each.casefold() in text] == []
    assert "withheld" in text


@every_sheet
def test_a_copy_without_addresses_has_none(kez, kind):
    assert "8 Mill Rise" in words_of(printed(kez, "placement-record"))

    text = words_of(made(kez, kind, addresses=False))

    assert "8 Mill Rise" not in text
    assert "01632 960141" not in text


@every_sheet
def test_fonts_are_embedded(kez, kind):
    assert all(fonts(printed(kez, kind)).values())


@pytest.mark.parametrize("kind", ["missing-sheet", "doorstep"])
def test_large_print_takes_more_pages_and_says_as_much(kez, kind):
    normal, large = words_by_page(printed(kez, kind)), words_by_page(made(kez, kind, large=True))

    assert len(large) > len(normal)
    assert len(" ".join(large)) > 0.95 * len(" ".join(normal))


# The missing sheet


def test_the_missing_sheet_has_what_is_asked_first(kez):
    text = words_of(printed(kez, "missing-sheet"))

    for words in (
        "Photograph", "Known as Kez", "11 years 8 months", "White and Black Caribbean", "07700 900123",
        "Neil Prentice may look for her", "Day and time", "Height and build", "Police reference",
        "Single period of accommodation under section 20, looked after since 14/09/2026",
        "Donna Thornbury (mother)", "Brown inhaler", "Bev and Martin Oakes Carers 01632 960141",
        "Out-of-hours team", "Bus stop at Larkfield, then the hospital", "Larkfield Primary School",
        "2 times on record; 2 in the last 90 days", "Sat 7 Nov 2026 16:00 3 hours",
        "1 Ring her phone and Aunt Carol", "Ring the police: 101", "within 72 hours",
    ):  # fmt: skip
        assert words in text, words


def test_a_child_who_is_missing_now_is_told_with_the_police_reference():
    story = CareStory()
    day = date(2026, 11, 22)
    row = new.NewMissing("M", day, left_at=at(day, 21), police_told_at=at(day, 22), police_ref="QX-1122-9",
                         words="Grey coat. Went out by the back door")  # fmt: skip
    story.call(lambda session: records.add(session, story.kezia, row))

    text = words_of(made(story, "missing-sheet"))

    assert "Since Sun 22 Nov 2026 21:00" in text
    assert "QX-1122-9" in text
    assert "Went out by the back door" in text
    assert "3 times in 90 days: strategy or planning meeting" in text  # the pattern


def test_a_child_at_home_has_a_missing_sheet_too():
    story = new_story()
    child = story.register("ada", "Leo", "Hart", address="4 Mill Lane", postcode="QX1 2AB")

    text = words_of(story.call("ada", lambda session: care_prints.missing_sheet(session, child)))

    assert "4 Mill Lane, QX1 2AB" in text
    assert "The record names no risk. That does not mean there is none" in text
    assert "None is on record." in text


def test_nobody_has_parental_responsibility_for_an_adult():
    story = CareStory()

    def grow_up(session):
        session.get_one(Child, story.kezia).born_on = date(2008, 11, 23)

    story.call(grow_up)
    text = words_of(made(story, "missing-sheet"))

    assert "Nobody: an adult" in text
    assert "Mother, parental responsibility" not in text


# The placement


def test_the_placement_record_says_what_was_agreed_and_who_was_told(kez):
    text = words_of(printed(kez, "placement-record"))

    for words in (
        "Graham Tulley, nominated officer on 14/09/2026", "3.4 miles", "In an emergency",
        "Donna Thornbury 14/09/2026 Letter, on the ward",
        "Up at 7:10 by her own alarm", "Elm Road family centre",
        "Order of the court", "First year of the placement", "Signed, carer",
    ):  # fmt: skip
        assert words in text, words


def test_who_decides_stands_beside_terms_and_whom_to_tell(kez):
    text = words_of(printed(kez, "delegated-authority"))

    assert "Haircut Carer Trims and braids. A new colour: ask Donna Carol, who does the braids" in text
    assert "Piercing or tattoo Parent Not before secondary school" in text
    assert "Swimming in the sea and in lakes Carer" in text  # a decision of their own
    assert "Does not arise Part-time job" in text
    assert "for the carer, from the placement plan of 17/09/2026" in text


def test_the_parts_of_a_sheet_are_its_bookmarks(kez):
    titles = [title for title, _ in bookmarks(printed(kez, "placement-record"))]

    assert titles[:2] == ["The placement", "What was agreed"]
    assert "Who decides what" in titles


def test_without_a_signed_placement_plan_nothing_is_printed_and_nothing_recorded():
    story = CareStory()

    with pytest.raises(Problem, match="no signed placement plan"):
        made(story, "delegated-authority")
    assert story.call(lambda session: session.query(Look).filter_by(act="print").count()) == 0


def test_a_child_who_is_not_in_care_has_none_of_its_papers():
    story = new_story()
    child = story.register("ada", "Leo", "Hart")

    for make in (care_prints.placement_record, care_prints.lac_summary, review_pack.review_pack):
        with pytest.raises(Problem, match="Nothing was printed"):
            story.call("ada", lambda session, make=make: make(session, child))


# Before a visit


def test_the_doorstep_sheet_tells_of_the_last_three_visits_and_what_to_see(kez):
    text = words_of(printed(kez, "doorstep"))

    for words in (
        "18/11/2026 Seen alone, bedroom seen, at home Netball cup on the shelf",
        "28/10/2026 Seen alone, bedroom not seen, at home", "17/09/2026",
        "18/11/2026: Bev has had no short break since September", "“Leave me with the dog.”",
        "Visit, six weeks since the last", "☐ Bedroom seen", "First year of the placement",
    ):  # fmt: skip
        assert words in text, words


def test_the_doorstep_sheet_works_in_early_help_and_after_care():
    story = new_story()
    child = story.register("ada", "Leo", "Hart", address="4 Mill Lane", postcode="QX1 2AB")
    story.call(
        "ada", lambda session: notes.add(session, child, NewNote(date(2026, 11, 2), "call", "Rang us."))
    )

    help_text = words_of(story.call("ada", lambda session: care_prints.doorstep_sheet(session, child)))

    def leave(session):
        session.get_one(Child, child).status = "care_leaver"

    story.call("ada", leave)
    after = words_of(story.call("ada", lambda session: care_prints.doorstep_sheet(session, child)))
    assert "No visit is on record yet." in help_text
    assert "☐ Each child seen" in help_text
    assert "Telephone call Rang us." in after
    assert "☐ The home: heating, food, safety" in after


def test_a_page_full_of_words_is_cut_with_a_mark_and_stays_a_page():
    story = CareStory()
    for day in range(1, 20):
        note = NewNote(
            date(2026, 11, day), "visit", "Much was said and done. " * 40, "So it is. " * 30, seen=True,
            worries="A worry that goes on and on. " * 20,
        )  # fmt: skip
        story.call(lambda session, note=note: notes.add(session, story.kezia, note))

    (page,) = words_by_page(made(story, "doorstep"))

    assert "…" in page


# The summary


def test_the_summary_has_the_facts_of_the_whole_record(kez):
    text = words_of(printed(kez, "lac-summary"))

    for words in (
        "NHS number 943 476 5919", "Return home within six months", "Care proceedings. 4 weeks 6 days, green",
        "2 in 12 months", "Dental check 19/10/2026", "Mr Colm Adair", "Sunita Rao", "Review 1, 08/10/2026",
        "Ended kindly if Donna has been drinking", "14/09/2026 now Foster placement",
        "Attends and speaks for self",
    ):  # fmt: skip
        assert words in text, words


# The pack


@pytest.fixture(scope="module")
def reviewed():
    story = CareStory()
    story.sign("placement-plan", "placement_plan")
    story.sign("care-plan", "care_plan")
    story.sign("pep", "pep")
    story.sign("lac-review", "lac_review")
    return story


def test_the_pack_has_contents_bookmarks_and_running_numbers_that_agree(reviewed):
    pdf = printed(reviewed, "review-pack")
    pages, marks = words_by_page(pdf), bookmarks(pdf)
    begins = {
        title: page
        for title, page in marks  # the care plan has a section “Health” too
        if title in review_pack.PARTS.values() and (title != "Health" or "Health 10001" in pages[page - 1])
    }

    assert list(begins) == [title for key, title in review_pack.PARTS.items() if key != "pathway"]
    for title, page in begins.items():
        (line,) = re.findall(rf"\d {re.escape(title)} (.*?)(?: \d [A-Z]| Not in)", pages[0])
        assert line.endswith(str(page)), title
    assert f"page {len(pages)} of {len(pages)}" in pages[-1]
    assert "Not in this pack, as the record has none: pathway plan." in pages[0]


def test_the_sections_of_a_document_stand_below_it_among_the_bookmarks(reviewed):
    with pikepdf.open(BytesIO(printed(reviewed, "review-pack"))) as document:
        outline = document.open_outline()
        with outline:
            by_title = {each.title: [child.title for child in each.children] for each in outline.root}

    assert set(by_title) <= set(review_pack.PARTS.values())
    assert "Health plan" in by_title[review_pack.PARTS["report"]]


def test_each_document_of_the_pack_bears_its_own_foot(reviewed):
    pdf = printed(reviewed, "review-pack")
    pages = words_by_page(pdf)
    begins = dict(bookmarks(pdf))

    assert "Care plan 10001-1, version 1, signed" in pages[begins[review_pack.PARTS["report"]] - 1]
    assert "PEP 10001-1, version 1" in pages[begins[review_pack.PARTS["pep"]] - 1]
    assert "Review pack 10001" in pages[0]


def test_the_pack_tells_how_the_decisions_of_the_last_review_stand(reviewed):
    pdf = made(reviewed, "review-pack", parts=["decisions"])
    (_, page) = words_by_page(pdf)

    assert "Held on Friday 9 October 2026" in page
    assert "Change the care plan and send it to all" in page
    assert "In progress" in page
    assert "This pack holds 1 of the 9 papers" in words_of(pdf)


def test_the_chronology_of_the_pack_begins_with_the_last_review(reviewed):
    text = words_of(made(reviewed, "review-pack", parts=["chronology"]))

    assert "Visit, child seen alone, bedroom seen" in text
    assert "First hearing Assess Aunt Carol" in text
    assert "17/09/2026" not in text.partition("Chronology")[2].partition("From")[2].replace(
        "17/09/2026 (", ""
    )


def test_a_draft_in_the_pack_is_marked_on_its_own_pages_alone():
    story = CareStory()
    story.story.draft("ada", story.kezia, "care-plan")

    pages = words_by_page(made(story, "review-pack", parts=["agenda", "report"]))

    assert "DRAFT" not in pages[0] + pages[1]
    assert "DRAFT" in pages[-1]
    assert "version 1, draft" in pages[0]


def test_a_part_that_there_is_not_is_refused(kez):
    with pytest.raises(Problem, match="There is no part “moon” of a review pack"):
        made(kez, "review-pack", parts=["moon"])
    with pytest.raises(Problem, match="would be empty"):
        made(kez, "review-pack", parts=[])


# The timeline


def test_the_chronology_holds_what_happened_in_care(kez):
    entries = kez.call(lambda session: notes.timeline(session, kez.kezia))
    told = {each.title: each.words for each in entries}

    assert "Decisions sent 14/10/2026" in told["Looked-after review"]
    assert told["Sight test"] == "Refused. Enough of doctors"
    assert told["Return home interview"].startswith("Within 72 hours. By: Rosalind Achebe")
    assert "Police reference: QX-1107" in told["Missing"]
    assert told["Care proceedings: issued"] == "Quenby Family Court. Case: QX26C00412"
    assert told["Plan for permanence"].startswith("Return home within six months. Beside it: ")
    assert "Family time refused: Neil Prentice" in told
    assert "Visit, child seen alone, bedroom seen" in told


def test_the_chronology_does_not_name_carers_who_are_withheld(hidden):
    entries = hidden.call(lambda session: notes.timeline(session, hidden.kezia))

    placed = next(each.words for each in entries if "With:" in each.words)
    assert "With: withheld" in placed


# By pen


@pytest.mark.parametrize("kind", sorted(pen.KINDS))
def test_the_blank_papers_of_care_are_shorter_than_their_forms(kind):
    pages = words_by_page(prints.blank_pdf(kind))

    assert len(pages) <= 9


# Odd texts


ODD = ("<b>bold</b> & <i", "a\nb\n\n\nc", "x" * 3_000, "‘", "100 % {0} %s", "Łukasz Żak", "\t", "", " ")


@pytest.mark.parametrize("text", ODD)
def test_any_text_can_stand_on_a_sheet(text):
    heading = Heading("Sheet", "Kezia", None, "1", facts=(("Fact", text),))
    panel = Panel("Panel", facts=(("Label", text),), paragraphs=(text,), table=(("A", "B"), (text, text)))

    assert words_by_page(sheet_pdf(heading, [panel, (panel, panel)], photo=True))


def test_letters_that_cannot_be_printed_are_refused_in_words():
    story = CareStory()

    def write(session):
        session.get_one(Child, story.kezia).alerts = "ཀ"

    story.call(write)
    for kind in ("missing-sheet", "review-pack"):
        with pytest.raises(Problem, match="cannot print some letters"):
            made(story, kind)


def test_long_texts_run_over_pages_and_lose_nothing():
    text = " ".join(f"word{number}" for number in range(1_500))
    panel = Panel("Panel", facts=(("Label", text),), pens=("Pen",), steps=(("Who", "What"),))

    found = words_of(sheet_pdf(Heading("Sheet", "Kezia", None, "1"), [(panel, panel), panel]))

    assert found.count("word1499") == 3


def test_the_veil_finds_a_secret_with_other_spaces_and_leaves_the_rest():
    veil = Veil(["8 Mill Rise", "QX4 1AB"], is_placement=True, leaves_out=False)
    block = Block("At 8 mill  rise", table=(("A",), ("qx41ab and QX4 2AB",)))

    shown = veil.of(block)

    assert shown.title == "At withheld"
    assert shown.table == (("A",), ("withheld and QX4 2AB",))
