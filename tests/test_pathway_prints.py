"""The papers of leaving care, read back: plan, my own editions, copies, passport, paper for a pen."""

import copy
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from caseapp import cli_print, paper, pathway_copies, pathway_prints, pathway_wording, prints
from caseapp.form import Choice, Date, Is, Rows, Section, Text
from caseapp.form_parts import pathway_lists as lists
from caseapp.forms import FORMS
from caseapp.paper import Heading
from caseapp.paper.actions import action_lines
from caseapp.paper.page import look
from caseapp.paper.pathway import pathway_pdf
from caseapp.paper.sheet import Sheet
from caseapp.pathway import approvals, records
from caseapp.pathway.new_rows import NewMoney
from db.models import Look
from db.problems import NotAllowed, Problem
from tests.pdf_reading import bookmarks, fonts, holds_pictures_or_links, words_by_page, words_of
from tests.story import TODAY, lived, new_story, sample

FORM = FORMS["pathway-plan"]
EDITIONS = tuple(pathway_prints.EDITIONS)
TO = {"shared_with": "Tidewater Housing Trust", "why": "To offer a flat"}


def answers():
    return copy.deepcopy(sample("pathway_plan"))


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def draft(story):
    return lived(story, _draft)


def _draft(story):
    child = story.register("ada", "Yonas", "Tesfay", date(2008, 5, 11))
    return story.draft("ada", child, "pathway-plan")


def printed(story, revision_id, edition="full", told=None, **more):
    given = TO if edition in pathway_prints.SHARED else {}
    said = answers() if told is None else told
    return story.call(
        "ada",
        lambda session: prints.plan_pdf(session, revision_id, answers=said, edition=edition, **given | more),
    )


@cache
def sample_print(edition="full", large=False):
    """Return a print of the sample as a draft: made once for all tests that read it."""
    county = new_story()
    child = county.register("ada", "Yonas", "Tesfay", date(2008, 5, 11))
    return printed(county, county.draft("ada", child, "pathway-plan"), edition, large=large)


@cache
def pages(edition="full", large=False):
    """Return the words of that print, page by page."""
    return words_by_page(sample_print(edition, large))


def text_of(edition="full", large=False):
    return " ".join(pages(edition, large))


def signed(story, revision_id, edition="full", **more):
    return story.call("ada", lambda session: prints.plan_pdf(session, revision_id, edition=edition, **more))


def child_of(story, revision_id):
    return story.call("ada", lambda session: session.get_one(prints.Revision, revision_id).child_id)


def squeezed(text):
    return " ".join(text.split()).replace("- ", "-")


def lost(form, told, text):
    """Return the questions whose answer, or words of a row's, are not on paper."""
    gone = []
    for each in (one for section in form.sections for one in section.asked(told)):
        if told.get(each.key) in (None, "", []) or (each.secret_when and each.secret_when.holds(told)):
            continue
        if isinstance(each, Rows):
            gone += [
                f"{each.key}.{inner.key}"
                for row in told[each.key]
                for inner in each.fields
                if row.get(inner.key) and squeezed(inner.show(row[inner.key])).split(" ")[0] not in text
            ]
        elif squeezed(each.show(told[each.key]))[:24] not in text:
            gone.append(each.key)
    return gone


# The whole plan


def test_the_cover_says_whose_plan_it_is_and_which():
    first = pages()[0]

    for words in (
        "My Pathway Plan", "Yonas Tesfay", "My photo", "Plan number 3", "Thursday 19 November 2026",
        "Next review by Friday 14 May 2027", "Marcus Adeyemi, since 07/10/2024", "Status Draft", "DRAFT",
    ):  # fmt: skip
        assert words in first


def test_the_young_persons_words_are_the_second_page():
    second = pages()[1]

    assert "My words" in second
    assert "“I was born in Senafe" in second
    assert "What I hope for in a year" in second


def test_the_parts_stand_in_order_and_the_ends_come_last():
    titles = [title for title, _ in bookmarks(sample_print())]

    assert titles == [
        "My words", "The plan", "My details", "What I need", "Where I live", "Is my home suitable?",
        "Education, training and work", "Health and wellbeing", "Money and papers", "Who I am",
        "Family, friends and people I trust", "Practical skills", "Safety and justice",
        "Support I can count on",
        "If things go wrong", "All actions", "Agreement", "What to do if I’m not happy",
    ]  # fmt: skip


@pytest.mark.parametrize("large", [False, True])
def test_nothing_that_was_answered_is_lost_on_paper(large):
    assert lost(FORM, answers(), squeezed(text_of("full", large))) == []


def test_a_plan_on_an_older_form_stays_whole():
    more = Section(
        "own", "Things of my own", fields=(Text("bike", "My bicycle"), Date("ridden_on", "Ridden on"))
    )
    first, *rest = FORM.sections
    older = replace(FORM, version=1, sections=(replace(first, key="myself"), *rest[2:], rest[1], more))
    told = answers() | {"bike": "Red, with a bell", "ridden_on": "2026-05-01"}
    heading = Heading("My Pathway Plan", "Yonas Tesfay", None, "7")

    text = squeezed(words_of(pathway_pdf(older, told, heading)))

    assert lost(older, told, text) == []


def test_each_part_has_its_scores_before_its_actions():
    text = text_of()
    part = text.partition("Where I live Kind of place")[2].partition("Is my home suitable?")[0]

    assert "My score 7 of 10" in part
    assert part.index("My worker’s score 6 of 10") < part.index("What we will do")


def test_the_home_has_the_checklist_with_ticks_and_reasons():
    text = text_of()
    checked = text.partition("Is my home suitable?")[2].partition("Education, training and work")[0]

    assert all(label in checked for _, label in lists.SUITABILITY_POINTS)
    assert checked.count("✓ Yes") == 9
    assert "– Partly" in checked
    assert "It is in good repair" in checked.partition("Mould by the window of room 3.")[0]
    assert "Why it is suitable or not" in checked


def test_the_money_page_shows_what_is_left_to_set_up_a_home(story, draft):
    told = answers() | {"setting_up_limit": 300_000, "setting_up_spent": 310_050}

    assert "Left £2,587.25" in text_of()
    assert "Overspent £100.50" in words_of(printed(story, draft, told=told))


def test_the_page_for_trouble_stands_alone_in_big_letters():
    pdf = sample_print()
    number = dict(bookmarks(pdf))["If things go wrong"]
    page = pages()[number - 1]

    assert "What could go wrong" in page
    assert "01632 960999" in page
    assert "999" in page
    assert [title for title, at in bookmarks(pdf) if at == number] == ["If things go wrong"]
    assert body_size(pdf, number, "Agnieszka knocks") > 13


def body_size(pdf, number, words):
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1].get_textpage()
        at = page.search(words).get_next()[0]
        return pypdfium2.raw.FPDFText_GetFontSize(page, at)
    finally:
        document.close()


def test_all_actions_stand_in_one_table_with_owner_date_and_words_for_the_colour():
    text = text_of().partition("All actions No.")[2].partition("Agreement")[0]

    for each in FORM.fields:
        if isinstance(each, Rows) and each.actions:
            for row in answers().get(each.key, ()):
                assert squeezed(row["what"])[:30] in squeezed(text)
                assert squeezed(row["who"]).split(" ")[0] in text
    assert "Send the HC2 form again with proof of income" in text
    assert "Stuck (red)" in text


def test_the_last_page_tells_what_to_do_when_not_happy():
    last = pages()[-1]

    assert "Get an advocate" in last
    assert "Complaints, phone and email" in last
    assert "My next review is by Friday 14 May 2027" in last


@pytest.mark.parametrize(("edition", "large"), [("full", True), *((each, False) for each in EDITIONS)])
def test_no_heading_stands_alone_at_the_foot_of_a_page(edition, large):
    for title, page in bookmarks(sample_print(edition, large)):
        body = pages(edition, large)[page - 1].rpartition(title)[2].split("Pathway plan 1")[0]
        assert len(body.strip()) > 10, f"{title} on page {page}"


@pytest.mark.parametrize("large", [False, True])
def test_no_page_is_left_empty(large):
    assert [at for at, words in enumerate(pages("full", large), 1) if len(words) < 250] == []


def test_fonts_are_embedded_and_there_are_no_pictures_or_links():
    for edition in ("full", "easy"):
        pdf = sample_print(edition)
        assert all(fonts(pdf).values())
        assert not holds_pictures_or_links(pdf)


def test_a_signed_plan_says_how_far_it_is(story, draft):
    story.sign("ada", draft, answers())
    assert "waits for a manager" in words_of(signed(story, draft))
    assert "DRAFT" not in words_of(signed(story, draft))

    story.call("max", lambda session: approvals.approve(session, draft, "Read with him."))
    assert "in force" in words_of(signed(story, draft))


def test_very_long_answers_run_over_pages(story, draft):
    long = "An entirely ordinary sentence <b>with no markup in it & none meant. " * 45
    told = answers() | {
        "could_go_wrong": long,
        "home_want": long,
        "suitable_repair_why": long,
        "my_story": long,
    }
    told |= {"home_actions": [{"what": long, "who": "W" * 400, "by": "2027-01-01", "status": "red"}]}

    for edition in ("full", "easy"):
        assert "<b>with no markup" in words_of(printed(story, draft, edition, told=told))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_draft_may_hold_anything_that_was_typed(story, draft, edition):
    told = {
        "home_my_score": "much", "setting_up_limit": "lots", "plan_on": "soon", "home_actions": "nothing yet",
        "suitable_repair": "maybe", "accommodation": "D", "skill_cooking": "a bit", "next_review_on": "never",
    }  # fmt: skip

    assert printed(story, draft, edition, told=told)
    assert printed(story, draft, edition, told={})


# My own editions


def test_my_edition_says_i_will_and_who_will_help_me():
    text = text_of("mine")

    assert "I will ask Spoke & Chain for the apprenticeship offer in writing, by 26/02/2027." in text
    assert "Priya Raman will help me by 15/01/2027: pay for the provisional licence" in text
    assert "Parveen Akhtar (solicitor) will help me" in text
    assert "Done: Get a laptop through the college." in text
    assert "Where I live" in text


def test_my_edition_leaves_out_what_is_for_professionals():
    text = text_of("mine")

    for words in (
        "Former relevant",
        "In priority need",
        "Risk of exploitation",
        "What it found",
        "Anxiety (GAD-7)",
    ):
        assert words not in text


def test_the_easy_edition_is_short_in_fourteen_points_one_idea_a_line():
    pdf = sample_print("easy")

    assert len(words_by_page(pdf)) <= 6
    assert 13.9 < body_size(pdf, 1, "To pass Level 2") < 14.1
    lines = [line.strip() for line in lines_of(pdf)]
    assert "• I want to sleep." in lines
    assert "• I want to play in the Sunday league." in lines


def lines_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("what", "who", "said"),
    [
        ("Ask for the offer", "Yonas", "I will ask for the offer, by 26/02/2027."),
        (
            "Ask for the offer",
            "Yonas, Sam Lee",
            "I will ask for the offer, together with Sam Lee, by 26/02/2027.",
        ),
        ("I will ring Mo.", "me", "I will ring Mo, by 26/02/2027."),
        ("Harbour House mends it", "Sam", "Sam will help me by 26/02/2027: Harbour House mends it."),
        ("GP letter", "Sam", "Sam will help me by 26/02/2027: GP letter."),
        ("Find Yonas’s letters", "", "We will find my letters, by 26/02/2027."),
    ],
)
def test_an_action_is_said_in_the_first_person(what, who, said):
    row = {"what": what, "who": who, "by": "2027-02-26"}

    assert pathway_wording.i_will(row, frozenset({"yonas", "yonas tesfay"})) == said


# Copies for others


@pytest.mark.parametrize("edition", pathway_prints.SHARED)
def test_a_copy_for_others_leaves_out_health_immigration_and_justice(edition):
    text = text_of(edition).casefold()

    for words in (
        "refugee", "solicitor", "asylum", "red cross", "senafe", "therapy", "ibuprofen", "phq-9",
        "health passport",
        "exploitation", "court orders", "survivor", "latent", "immigration status",
    ):  # fmt: skip
        assert words not in text
    assert "copy for tidewater housing trust" in text
    assert "given because: to offer a flat" in text


def test_a_landlord_reads_of_the_home_and_a_college_of_the_course():
    landlord, college = (text_of(each) for each in pathway_prints.SHARED)

    assert "Is my home suitable?" in landlord
    assert "Licence or lodger agreement" in landlord
    assert "Licence or lodger agreement" not in college
    assert "night worker" in landlord
    assert "night worker" not in college
    assert "Engineering" in college


def test_illness_as_a_reason_for_not_working_goes_with_health(story, draft):
    told = answers() | {"activity": "G4", "neet_reason": "Long in hospital"}

    text = words_of(printed(story, draft, "college", told=told))

    assert "illness" not in text
    assert "hospital" not in text


def test_somebody_may_choose_what_a_copy_leaves_out(story, draft):
    text = words_of(printed(story, draft, "landlord", leave_out=["justice"]))

    assert "Health and wellbeing" in text
    assert "Safety and justice" not in text.replace("This copy is without: safety and justice.", "")


def test_a_copy_for_others_is_recorded_with_who_and_why(story, draft):
    printed(story, draft, "landlord")

    kept = story.call("ada", lambda session: session.query(Look).filter_by(act="share").one())
    assert kept.detail["shared_with"] == "Tidewater Housing Trust"
    assert kept.detail["why"] == "To offer a flat"
    assert "immigration" in kept.detail["left_out"]


@pytest.mark.parametrize(
    ("edition", "more", "said"),
    [
        ("landlord", {"why": ""}, "who the copy is for, and why"),
        ("college", {"shared_with": " "}, "who the copy is for, and why"),
        ("landlord", {"leave_out": ["weather"]}, "no part “weather”"),
        ("family", {}, "no edition “family” of a pathway plan"),
    ],
)
def test_a_copy_that_cannot_be_given_is_refused_and_nothing_is_recorded(story, draft, edition, more, said):
    with pytest.raises(Problem, match=said):
        printed(story, draft, edition, **more)

    assert story.call("ada", lambda session: session.query(Look).filter(Look.act != "open").count()) == 0


def test_numbers_of_papers_are_printed_only_when_asked(story, draft):
    told = answers() | {"debts": "Passport 123456789, permit ZU1234567, NI QQ123456C. Ring 01632 960 999."}

    text = words_of(printed(story, draft, told=told))
    asked = words_of(printed(story, draft, told=told, with_numbers=True))

    assert not any(number in text for number in ("123456789", "ZU1234567", "QQ123456"))
    assert "01632 960 999" in text
    assert all(number in asked for number in ("123456789", "ZU1234567"))


def test_another_team_gets_no_paper(story, draft):
    with pytest.raises((NotAllowed, Problem)):
        story.call("sue", lambda session: prints.plan_pdf(session, draft, edition="mine"))


def printing(county, monkeypatch, target, **more):
    """Run the command «print» as Ada; return how it ends."""

    class Reading:
        def __init__(self, _options):
            self._lent = county.store.session(county.actors["ada"])

        def __enter__(self):
            return self._lent.__enter__()

        def __exit__(self, *error):
            return self._lent.__exit__(*error)

    monkeypatch.setattr(cli_print, "reading", Reading)
    given = {
        "kind": "pathway-plan", "child": "10001", "out": str(target), "version": None, "edition": None,
        "agency": None, "why": None, "leave_out": None, "with_numbers": False, "variant": None,
        "large": False, "blank": False, "json": False, "no_addresses": False,
    }  # fmt: skip
    return cli_print.print_pdf(SimpleNamespace(**given | more))


def test_the_command_prints_a_copy_for_a_landlord(story, draft, monkeypatch, tmp_path):
    story.sign("ada", draft, answers())
    target = tmp_path / "copy.pdf"

    printing(story, monkeypatch, target, edition="landlord", agency="Tidewater", why="A flat")

    assert "Copy for Tidewater Given because: A flat" in words_of(target.read_bytes())


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize("kind", ["passport", "pathway-plan"])
def test_the_command_prints_each_paper(story, monkeypatch, tmp_path, kind):
    target = tmp_path / "paper.pdf"

    printing(story, monkeypatch, target, kind=kind)

    assert "Yonas Tesfay" in words_of(target.read_bytes())


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"edition": "school"}, "A pathway-plan's editions are full, mine, easy, landlord and college"),
        ({"kind": "star", "edition": "mine"}, "Only a pathway-plan has the edition “mine”"),
        ({"kind": "pep", "why": "A flat"}, "are for a pathway-plan"),
        ({"edition": "mine", "why": "A flat"}, "for the copy of a landlord or college"),
        ({"edition": "mine", "agency": "Tidewater"}, "An agency gets the edition for professionals"),
    ],
)
def test_the_command_refuses_what_does_not_go_together(story, monkeypatch, tmp_path, more, said):
    with pytest.raises(Problem, match=said):
        printing(story, monkeypatch, tmp_path / "paper.pdf", **more)


# The passport


def test_the_passport_is_one_sheet_with_what_a_desk_asks(story, draft):
    child = child_of(story, draft)
    story.look_after(child, date(2023, 10, 3))
    story.sign("ada", draft, answers())
    for kind, pence in (("grant", 300_000), ("spent", 50_000)):
        row = NewMoney(kind, date(2026, 6, 1), pence, "Bed")
        story.call("ada", lambda session, row=row: records.add(session, child, row))

    sheets = words_by_page(story.call("ada", lambda session: prints.passport_pdf(session, child)))

    assert len(sheets) == 1
    for words in (
        "Yonas Tesfay", "11/05/2008", "National Insurance number received Yes", "✓ I have it",
        "Marcus Adeyemi",
        "Dr Ifeoma Eze, Quayside Surgery", "Eastgate Dental", "Health passport Given by 19/11/2026",
        "Left £2,500.00", "Council tax relief", "Next review of my plan 14/05/2027", "I am 21 11/05/2029",
        "Gwen Pritchard 01632 960127", "Ten driving lessons",
    ):  # fmt: skip
        assert words in sheets[0]


def test_the_passport_of_somebody_without_a_plan_says_so(story, draft):
    text = words_of(story.call("ada", lambda session: prints.passport_pdf(session, child_of(story, draft))))

    assert "There is no signed pathway plan yet" in text
    assert "Not known" in text


# By pen, and what other plans print alike


@pytest.mark.parametrize("large", [False, True])
def test_the_paper_for_a_pen_is_short_and_has_room_for_all_that_is_talked_over(large):
    pdf = prints.blank_pdf("pathway-plan", large=large)
    text = words_of(pdf)

    assert len(words_by_page(pdf)) <= (24 if large else 10)
    for words in ("My story, in my words", "What’s working", "Who to tell, with phone numbers", "Who signs"):
        assert words.replace("’", "'") in text.replace("’", "'")
    assert "If “" not in text


def test_every_question_for_a_pen_is_one_of_the_form():
    keys = {each.key for each in FORM.fields}

    assert keys >= pathway_copies._BY_PEN
    assert {key for topic in pathway_copies.TOPICS.values() for key in (*topic.keys, *topic.sections)} <= (
        keys | {each.key for each in FORM.sections}
    )


HEADED = replace(
    FORM,
    sections=(
        Section(
            "needs", "Needs",
            fields=(
                Choice("health_is", "Health", options=(("need", "There is a need"), ("none", "No need"))),
                Text("health", "Health: what was found", when=Is("health_is", "need")),
            ),
        ),
    ),
)  # fmt: skip


def test_the_answer_to_a_question_that_heads_others_is_printed():
    heading = Heading("Needs", "Yonas Tesfay", None, "7")

    text = words_of(paper.plan_pdf(HEADED, {"health_is": "need", "health": "A dentist nearby"}, heading))

    assert "Health There is a need What was found A dentist nearby" in text


@pytest.mark.parametrize("kind", ["pathway-needs", "leaving-well"])
def test_the_other_papers_of_leaving_care_are_whole(kind):
    told = copy.deepcopy(sample(kind.replace("-", "_")))
    heading = Heading(FORMS[kind].title, "Yonas Tesfay", None, "7", printed_at=NOON)

    assert lost(FORMS[kind], told, squeezed(words_of(paper.plan_pdf(FORMS[kind], told, heading)))) == []


NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/London"))
_NUMBERED = Rows(
    "actions", "Actions", row="action", actions=True,
    fields=(Text("no", "No."), Text("what", "What"), Text("who", "Who"), Date("by", "By"),
            Choice("status", "How far", options=lists.STATUSES)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("status", "tone", "words"),
    [
        ("amber", "amber", "Overdue"),
        ("green", "green", "Overdue"),
        ("dropped", "grey", ""),
        ("done", "green", ""),
        ("new", "red", "Overdue"),
    ],
)
def test_a_numbered_action_has_the_colour_that_was_said_and_what_is_dropped_is_never_late(
    status, tone, words
):
    sheet = Sheet(look(large=False), False, {}, TODAY)
    row = {"no": "3", "what": "Ring", "who": "Sam", "by": "2026-01-05", "status": status}

    made = action_lines(_NUMBERED, [row], sheet)[0]

    assert (made.no, made.tone, made.colour_words) == ("3", tone, words)
