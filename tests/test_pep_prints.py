"""The prints of a Personal Education Plan, read back: whole, child's, school's, summary, blank, large."""

import copy
import json
import re
from decimal import Decimal
from functools import partial

import pytest

from caseapp import pep_copies, pep_prints, pep_reading, prints
from caseapp.education import pep_cycle
from caseapp.form import Rows, Text
from caseapp.form_parts.pep_lists import NOT_FOR_SCHOOL, VARIANTS
from caseapp.forms import FORMS
from caseapp.paper.page import WIDTH, look
from caseapp.paper.school_charts import attainment_grid
from db.models import Look
from db.problems import Problem
from tests.pdf_reading import bookmarks, fonts, holds_pictures_or_links, once, words_by_page, words_of
from tests.story import SAMPLES, lived, new_story, sample

FORM = FORMS["pep"]
OTHERS = ("early_years", "special", "post_16", "not_in_education")


def answers_of(variant):
    name = "pep" if variant == "school" else f"pep/{variant}"
    return copy.deepcopy(json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")))


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def draft(story):
    return lived(story, _draft)


def _draft(story):
    child = story.register("ada", "Amelia", "Kowalska")
    return story.draft("ada", child, "pep")


@pytest.fixture(scope="module")
def paper():
    """Print one draft that no test changes: each copy of the same answers is drawn once."""
    kept = new_story()
    drawn = once(partial(printed, kept, _draft(kept)))

    def asked(edition="full", answers=None, *, large=False):
        return drawn(edition, answers_of("school") if answers is None else answers, large=large)

    return asked


def printed(story, revision_id, edition="full", answers=None, **more):
    told = copy.deepcopy(sample("pep")) if answers is None else answers
    return story.call(
        "ada",
        lambda session: prints.plan_pdf(session, revision_id, answers=told, edition=edition, **more),
    )


def squeezed(text):
    return " ".join(text.split())


# The whole plan


def test_a_row_that_the_first_page_does_not_hold_leaves_no_empty_second_one(paper):
    answers = answers_of("school")
    answers["targets"] *= 3

    first, second, *_ = words_by_page(paper(answers=answers))

    assert "About me" not in first
    assert "About me" in second


def test_the_first_page_says_who_what_and_how_it_goes(paper):
    first = words_by_page(paper())[0]

    assert "Amelia Kowalska, Year 11, autumn term 2026" in first
    assert "What Amelia says “I like art and I am good at remembering things. … Mondays are hard." in first
    assert "Told to Mrs Shah, Tuesday 17 November 2026. Amelia came to part of the meeting." in first
    for words in ("How the last targets went", "Partly achieved", "91.5 %", "90 %", "▾ Below expected"):
        assert words in first
    assert "What we agreed" in first
    assert "£480.00" in first


def test_the_parts_follow_in_the_order_in_which_they_are_read(paper):
    titles = [title for title, _ in bookmarks(paper())]

    wanted = [
        "About me", "Who was there", "About the child", "Care and the people who matter", "School",
        "Special educational needs", "Health and wellbeing", "Attendance",
        "Behaviour, suspensions and timetable", "Progress", "Strengths and Difficulties Questionnaire",
        "Last term's targets", "New targets", "Pupil premium plus", "Transition and planned change",
        "Views of others", "Decisions and actions", "Agreement and signatures",
    ]  # fmt: skip
    assert [each for each in titles if each in wanted] == wanted


@pytest.mark.parametrize("variant", ["school", *OTHERS])
def test_nothing_that_was_written_is_lost_on_paper(paper, variant):
    answers = answers_of(variant)
    text = words_of(paper(answers=answers)).replace("- ", "-")

    secret = {each.key for each in FORM.fields if each.secret_when and each.secret_when.holds(answers)}
    asked = [each for section in FORM.sections for each in section.asked(answers)]
    lost = [
        each.key
        for each in asked
        if isinstance(each, Text) and each.key not in secret and answers.get(each.key)
        if squeezed(str(answers[each.key]))[:28].replace("- ", "-") not in text
    ]
    rows = [
        f"{each.key}.{inner.key}"
        for each in asked if isinstance(each, Rows)
        for row in answers.get(each.key) or ()
        for inner in each.fields
        if isinstance(inner, Text) and row.get(inner.key)
        if squeezed(row[inner.key]).split(" ")[0] not in text
    ]  # fmt: skip
    assert lost + rows == []


def test_no_heading_stands_alone_at_the_foot_of_a_page(paper):
    for large in (False, True):
        pdf = paper(large=large)
        pages = words_by_page(pdf)
        for title, page in bookmarks(pdf):
            body = pages[page - 1].rpartition(title)[2].split("PEP 1")[0]
            assert len(body.strip()) > 10, f"{title} on page {page}"


def test_fonts_are_embedded_and_there_are_no_pictures_or_links(paper):
    for edition in pep_prints.EDITIONS:
        pdf = paper(edition)
        assert all(fonts(pdf).values())
        assert not holds_pictures_or_links(pdf)


def test_a_plan_is_a_draft_on_paper_until_it_is_approved(story, draft):
    story.sign("ada", draft, sample("pep"))
    assert all("DRAFT" in page for page in words_by_page(signed(story, draft)))
    assert "submitted" in words_of(signed(story, draft))

    story.call("max", lambda session: pep_cycle.begin_qa(session, draft))
    assert "being checked" in words_of(signed(story, draft))


def signed(story, revision_id, edition="full"):
    return story.call("ada", lambda session: prints.plan_pdf(session, revision_id, edition=edition))


def test_a_signed_plan_shows_what_was_true_when_it_was_signed(story, draft):
    story.sign("ada", draft, sample("pep"))

    text = words_of(signed(story, draft))

    assert "Marle Valley High School" in text  # the record knows of no school
    assert "Carol and Dave Bell" in text


def test_each_print_is_recorded_with_its_edition(story, draft):
    printed(story, draft, "school")

    look_kept = story.call("ada", lambda session: session.query(Look).filter_by(act="print").one())
    assert look_kept.detail["edition"] == "school"


def test_large_print_says_the_same(paper):
    normal, large = paper(), paper(large=True)

    assert len(words_by_page(large)) > len(words_by_page(normal))
    for words in ("Portfolio complete and shown to Mr Lowe", "persistent absence", "17: a concern"):
        assert words in words_of(large)


def test_what_was_said_before_a_refusal_is_not_printed(paper):
    answers = answers_of("school") | {"voice_method": "refused", "refused_on": "2026-11-10"}

    for edition in pep_prints.EDITIONS:
        assert "Drawing faces" not in words_of(paper(edition, answers))
    whole = words_of(paper(answers=answers))
    assert "was asked on Tuesday 10 November 2026 and did not wish to share" in whole


@pytest.mark.parametrize("edition", ["full", "child", "school", "summary"])
def test_a_draft_may_hold_anything_that_was_typed(paper, edition):
    for typed in ("zzz", 5, [], ["a", 3], {"a": 1}, None):
        answers = {each.key: typed for each in FORM.fields} | {"variant": "school"}
        assert words_by_page(paper(edition, answers))


def test_very_long_answers_run_over_pages(paper):
    answers = answers_of("school")
    for target in answers["targets"]:
        target.update(what="long " * 2_000, who="x" * 500, measure="wide " * 100)
    answers["attainment"][0].update(subject="S" * 500, result="9" * 500, comment="said " * 900)

    for edition in pep_prints.EDITIONS:
        assert words_by_page(paper(edition, answers))


# What is withheld


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("edition", ["full", "child", "school", "summary"])
def test_a_withheld_address_is_in_no_copy_even_where_it_was_typed_elsewhere(paper, edition, large):
    answers = answers_of("school")
    answers["carer_view"] += " We are at 12 orchard  bank, ZZ993VZ; ring 01632 960114."
    answers["targets"][0]["own_words"] = "Walk home to 12 Orchard Bank"
    answers["helpers"] = "Carol at 12 Orchard Bank"

    text = words_of(paper(edition, answers, large=large)).casefold()

    for secret in ("orchard", "zz99 3vz", "zz993vz", "960114", "bells@example.org"):
        assert secret not in text


def test_the_town_in_the_schools_own_address_stays(paper):
    answers = answers_of("school") | {"placement_address": "12 Orchard Bank\nMarle"}

    assert "Valley Road Marle" in words_of(paper(answers=answers))


def test_an_address_that_may_be_known_is_printed(paper):
    assert "4 Mill Row" in words_of(paper(answers=answers_of("early_years")))


# Other copies


def test_the_school_copy_leaves_out_what_a_school_does_not_need(paper):
    answers = answers_of("school")
    labels = {each.key: each.label for each in FORM.fields}

    ours = words_of(paper(answers=answers))
    theirs = words_of(paper("school", answers))

    left_out = [labels[key] for key in NOT_FOR_SCHOOL if key in labels and labels[key] in ours]
    assert len(left_out) > 8
    assert [each for each in left_out if f" {each} " in f" {theirs} " and len(each.split()) > 1] == []
    assert "19 of 40" in ours
    assert "19 of 40" not in theirs
    assert "Who may collect the child" in theirs
    assert all("the school’s copy" in page for page in words_by_page(paper("school", answers)))


def test_the_child_has_one_page_in_their_own_words(paper):
    (page,) = words_by_page(paper("child"))

    for words in (
        "Amelia’s education plan", "What I am good at", "Drawing faces.", "My three targets",
        "“Quiet Mondays”", "Mr Lowe helps me", "My people: who helps me", "Carol and Dave Bell",
        "Thursday 11 March 2027 at 14:00",
    ):  # fmt: skip
        assert words in page
    for words in ("£", "section 20", "Single period", "Joanna", "premium", "04/06/2011"):
        assert words not in page


@pytest.mark.parametrize("large", [False, True])
def test_the_childs_print_takes_two_pages_at_most(paper, large):
    answers = answers_of("school")
    for key in ("good_at", "enjoys", "helpers", "carers", "trusted_adult", "worker"):
        answers[key] = "So much to say. " * 30
    answers["targets"] = [each | {"own_words": "I will try hard. " * 28} for each in answers["targets"]] * 3

    assert len(words_by_page(paper("child", answers, large=large))) <= 2


@pytest.mark.parametrize("variant", ["school", *OTHERS])
def test_the_summary_is_one_page(paper, variant):
    answers = answers_of(variant)
    assert len(words_by_page(paper("summary", answers))) == 1

    for each in FORM.fields:
        if isinstance(each, Text) and answers.get(each.key):
            answers[each.key] = "A great deal was said. " * 20
    (page,) = words_by_page(paper("summary", answers))
    assert "Targets now" in page
    assert "£" not in page


def test_another_edition_is_refused_and_nothing_is_recorded(story, draft):
    with pytest.raises(Problem, match="full, child, school or summary"):
        printed(story, draft, "family")

    assert story.call("ada", lambda session: session.query(Look).filter_by(act="print").count()) == 0


# Charts


def test_words_for_the_age_and_grades_never_share_a_column():
    answers = answers_of("school")
    answers["attainment"] += [
        {
            "subject": "Writing",
            "framework": "ks2_writing",
            "result": "EXS",
            "target": "GDS",
            "judgement": "E",
        },
        {"subject": "Drama", "framework": "gcse", "result": "Working towards", "target": "5"},
        {"subject": "French", "framework": "school", "result": "4", "target": "at expected"},
    ]

    found = pep_reading.subjects(FORM, answers)

    assert not [each for each in found if pep_reading.is_for_age(each.grade or each.aim_grade)]
    by_name = {each.name: each for each in found}
    assert (by_name["Writing"].result, by_name["Writing"].grade) == ("EXS", "")
    assert (by_name["Drama"].result, by_name["Drama"].grade) == ("Working towards", "")
    assert (by_name["French"].grade, by_name["French"].aim) == ("4", "at expected")
    assert attainment_grid(found, look(large=False)).wrap(WIDTH, 10_000)[1] > 0


def test_bars_are_counted_from_sessions_and_named_by_the_law():
    rows = [
        {"term": "Spring term 2026", "possible": 100, "attended": 90},
        {"term": "Summer term 2026", "possible": 100, "attended": 50},
        {"term": "Autumn term 2026", "possible": 100, "attended": 91},
        {"term": "Odd", "possible": 10, "attended": 11},
    ]

    bars = pep_reading.attendance_bars({"attendance": rows})

    assert [(each.label, each.percent) for each in bars] == [
        ("Spring 2026", Decimal("90.0")), ("Summer 2026", Decimal("50.0")), ("Autumn 2026", Decimal("91.0")),
    ]  # fmt: skip
    assert [each.called for each in bars] == ["Persistent absence", "Severe absence", ""]


def test_two_schools_in_a_term_are_told_apart():
    rows = [
        {"term": "Autumn term 2026", "school": school, "possible": 10, "attended": 9}
        for school in ("Oak", "Ash")
    ]

    assert [each.label for each in pep_reading.attendance_bars({"attendance": rows})] == [
        "Autumn 2026, Oak", "Autumn 2026, Ash",
    ]  # fmt: skip


def test_the_questionnaires_stand_in_order_with_their_bands():
    points = pep_reading.sdq_points(FORM, answers_of("school"))

    assert [(each.total, each.band) for each in points] == [
        (21, "very high"), (19, "high"), (16, "slightly raised"),
    ]  # fmt: skip


# By pen


@pytest.mark.parametrize("variant", [code for code, _ in VARIANTS])
def test_the_blank_paper_asks_what_its_setting_is_asked_and_is_short(variant):
    whole = words_by_page(prints.blank_pdf("pep"))
    pages = words_by_page(prints.blank_pdf("pep", variant=variant))
    text = " ".join(pages)

    assert len(pages) <= 16 < len(whole)
    assert "“Kind of setting”" not in text
    own = {
        "early_years": "Key person",
        "post_16": "Courses and qualifications",
        "special": "Therapies in the week",
    }
    for code, words in own.items():
        assert (words in text) == (code == variant)
    assert "What we agreed" in text
    assert "What helps me learn" in text
    assert not re.search(r"If “[a-z_]+” is", text)  # a condition on a question that is not on the paper


def test_no_question_of_a_setting_is_left_out_but_what_the_record_knows():
    asked = {each.key for variant, _ in VARIANTS for each in pep_copies.for_variant(FORM, variant).fields}

    missing = [each for each in FORM.fields if each.key not in asked and not each.prefill]
    assert {each.key for each in missing} <= pep_copies.NOT_BY_PEN


def test_a_setting_that_there_is_not_has_no_blank_paper():
    with pytest.raises(Problem, match="Nothing was printed"):
        prints.blank_pdf("pep", variant="moon")
