"""The Pathway tab: what it shows at 16, 18 and 24, and how rows are added, changed, decided on."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from caseapp import notes
from caseapp.notes import NewNote
from caseapp.pathway import adviser, approvals, cycle, homes, money, standing
from caseapp.pathway.new_rows import (
    NewActivity,
    NewHome,
    NewInTouch,
    NewLeavingEvent,
    NewMoney,
    NewOverride,
)
from tests.desk_fixture import DeskAtOnce
from tests.pathway_life import add, signed_plan, young_person
from tests.record_screen import button, dialog, fill, texts, tool
from tests.story import TODAY, lived, new_story
from ui import theme
from ui.child import ChildScreen
from ui.child_pathway import PathwayPage
from ui.form_dialog import FormDialog
from ui.line_chart import LineChart
from ui.pathway_acts import AdviserDialog
from ui.picker import Found


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def yonas(story):
    """Somebody of 18 with something in every card."""
    return lived(story, _yonas)


def _yonas(story):
    child_id = young_person(story)
    story.call("ada", standing.sweep)

    def write(session):
        adviser.allocate(session, child_id, story.actors["bea"].worker_id, date(2024, 3, 1))
        seen = NewNote(date(2026, 9, 7), "visit", "Saw the room.", "I like the key.", seen_alone=True, mood=7)
        notes.add(session, child_id, seen)
        notes.add(session, child_id, NewNote(date(2026, 11, 12), "attempt", "No answer.", method="phone"))

    story.call("ada", write)
    for new in (
        NewInTouch("YES", date(2026, 5, 11), "Visit"),
        NewHome("D", date(2026, 5, 11), None, True, "Near college.", True, "3 Quay Street"),
        NewActivity("F2", date(2025, 9, 8), None, "Level 2 engineering"),
        NewMoney("grant", date(2026, 5, 11), 300_000, "Allowance"),
        NewMoney("spent", date(2026, 6, 2), 48_000, "Bed"),
        NewLeavingEvent("education", date(2025, 9, 8)),
    ):
        add(story, child_id, new)
    return child_id


def desk(story, who="ada"):
    return DeskAtOnce(story.store, story.actors[who])


def shown(qtbot, story, child_id, who="ada", may_write=True, width=1182) -> PathwayPage:
    page = PathwayPage(desk(story, who), child_id, may_write)
    qtbot.addWidget(page)
    page.resize(width, 2600)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def has(page, name) -> bool:
    return any(
        name in each.accessibleName() for each in page.findChildren(QAbstractButton) if each.isVisible()
    )


def save(opened: FormDialog) -> None:
    opened.save_button.click()
    QApplication.processEvents()


def test_the_tab_of_the_record_is_the_pathway_page(qtbot, story, yonas):
    screen = ChildScreen(desk(story), yonas, "Pathway")
    qtbot.addWidget(screen)
    screen.show()

    assert isinstance(screen.page(), PathwayPage)
    assert "Former relevant" in texts(screen)


def test_the_category_stands_on_top_with_what_moves_it_and_what_is_owed(qtbot, story, yonas):
    said = texts(shown(qtbot, story, yonas))

    assert {"Former relevant", "since 11/05/2026", "Stays, but what is owed changes on 11/05/2029."} <= set(
        said
    )
    assert "Looked after and eligible up to the 18th birthday, 11/05/2026, when care ended." in said
    assert "Keeping in touch, and a personal adviser." in said


def test_why_shows_the_dates_used_and_how_it_moved_and_hides_them_again(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)
    assert not any("13 weeks (91 days)" in each for each in texts(page))

    button(page, "Why").click()

    said = texts(page)
    assert any("13 weeks (91 days)" in each for each in said)
    assert {"11/05/2024", "Eligible", "Children Act 1989 s23C"} <= set(said)
    button(page, "Less").click()
    assert not any("13 weeks (91 days)" in each for each in texts(page))


def test_every_card_tells_what_the_record_holds(qtbot, story, yonas):
    said = " | ".join(texts(shown(qtbot, story, yonas)))

    for words in (
        "Bea North", "Since 01/03/2024", "12/11/2026  Telephone", "Attempt: does not count",
        "Last contact that counts: 07/09/2026", "“I like the key.”", "Seen alone, mood 7 of 10. By Ada North",
        "Yes, we are in touch", "Suitable", "Code D1", "Lives here now", "Level 2 engineering",
        "In education, training or work", "£3,000.00", "£480.00", "£2,520.00", "Personal adviser's visit",
        "In education or training, or wanting it", "No pathway plan yet.",
    ):  # fmt: skip
        assert words in said, words


def test_an_eligible_young_person_is_led_to_the_needs_assessment(qtbot, story):
    child_id = young_person(story, date(2010, 9, 4))
    page = shown(qtbot, story, child_id)

    with qtbot.waitSignal(page.start_plan) as asked:
        button(page, "Start the needs assessment").click()

    assert asked.args == [child_id, "pathway-needs"]
    said = texts(page)
    assert "Moves by itself on 04/09/2028 to: former relevant, if nothing changes." in said
    assert "No home recorded yet. While looked after, the placement stands on the Care tab." in said


def test_at_24_support_can_be_asked_for_and_the_adviser_is_owed_again(qtbot, story):
    child_id = young_person(story, date(2002, 3, 4))
    story.call("ada", standing.sweep)
    page = shown(qtbot, story, child_id)
    assert "An offer of a personal adviser once a year, up to 25." in texts(page)

    button(page, "Support asked for").click()
    opened = dialog(page)
    fill(opened.form, kind="adviser_asked", words="Rent trouble.")
    save(opened)

    assert "Keeping in touch, and a personal adviser." in texts(page)
    assert "Asked for a personal adviser at 21 to 24" in texts(page)


def test_a_contact_is_added_from_the_card_and_counts_at_once(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)

    button(page, "Add a contact").click()
    opened = dialog(page)
    fill(opened.form, kind="call", method="video", words="College goes well.", mood=8)
    save(opened)

    said = texts(page)
    assert "Last contact that counts: 23/11/2026" in said
    assert "23/11/2026  Video call" in said


def test_an_adviser_is_chosen_from_our_workers(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)
    button(page, "Allocate").click()
    opened = dialog(page)
    assert isinstance(opened, AdviserDialog)

    save(opened)
    assert "Choose the worker from the list." in texts(opened)
    opened.picker._choose(Found("Ada North", story.actors["ada"].worker_id))
    fill(opened.form, handover="Texts before calls.")
    save(opened)

    said = texts(page)
    assert {
        "Ada North",
        "Since 23/11/2026",
        "Texts before calls.",
        "Before: Bea North, until 23/11/2026",
    } <= set(said)


def test_a_move_is_added_and_the_code_worked_out(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)

    button(page, "Add a home").click()
    opened = dialog(page)
    fill(opened.form, kind="U", from_on="2026-11-02", suitable="no", because="Mould.", provided="no")
    save(opened)

    (now, before) = story.call("ada", lambda session: homes.view(session, yonas)).homes
    assert (now.code, now.given.provided, before.given.until_on) == ("U2", False, date(2026, 11, 2))
    assert "Not suitable" in texts(page)


def test_custody_is_not_asked_about_and_is_never_suitable(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)
    button(page, "Add a home").click()
    opened = dialog(page)

    fill(opened.form, kind="X", from_on="2026-11-02")

    assert not opened.form.editor("suitable").isVisible()
    save(opened)
    assert story.call("ada", lambda session: homes.view(session, yonas)).homes[0].code == "X2"


def test_a_row_opens_as_it_was_written_and_is_put_right(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)

    tool(page, "Change Semi-independent").click()
    opened = dialog(page)
    assert (opened.form.text("suitable"), opened.form.text("provided")) == ("yes", "yes")
    fill(opened.form, landlord="Harbour Homes")
    save(opened)

    row = story.call("ada", lambda session: homes.view(session, yonas)).homes[0]
    assert (row.given.landlord, row.given.because) == ("Harbour Homes", "Near college.")


def test_a_row_entered_by_mistake_goes_with_its_reason(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)

    tool(page, "Change Bed").click()
    opened = dialog(page)
    fill(opened.form, wrong=["yes"], wrong_because="Another child's.")
    save(opened)

    assert [each.what for each in story.call("ada", lambda session: money.view(session, yonas)).rows] == [
        "Allowance"
    ]
    assert "£2,520.00" not in texts(page)


def test_overspending_is_refused_in_words_and_nothing_typed_is_lost(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)
    button(page, "Add an entry").click()
    opened = dialog(page)
    fill(opened.form, kind="spent", pence=252_001, what="Sofa")

    save(opened)

    assert "more than the £2,520.00 left" in opened.said()
    assert opened.form.text("what") == "Sofa"
    fill(opened.form, because="Flood.")
    save(opened)
    assert "£0.01 more was spent than granted." in texts(page)


def test_only_a_manager_is_offered_the_category_and_closing(qtbot, story, yonas):
    assert not has(shown(qtbot, story, yonas), "Set the category")
    page = shown(qtbot, story, yonas, "max")

    button(page, "Set the category").click()
    opened = dialog(page)
    fill(opened.form, category="qualifying", reason="Legal advice.")
    save(opened)

    assert "Qualifying" in texts(page)
    assert any(each.startswith("Set by Max North: Qualifying, since 23/11/2026.") for each in texts(page))
    button(page, "Take back").click()
    save(dialog(page))
    assert "Former relevant" in texts(page)


def test_a_manager_closes_leaving_care_with_a_reason(qtbot, story, yonas):
    page = shown(qtbot, story, yonas, "max")

    button(page, "Close leaving care").click()
    opened = dialog(page)
    fill(opened.form, because="refused", words="Letters unanswered since October 2025.")
    save(opened)

    said = texts(page)
    assert "I refused contact for a year. Letters unanswered since October 2025." in said
    assert "Closed: no plan is owed any more. Old plans stay to be read." in said


def test_a_signed_plan_is_approved_by_a_manager_with_a_note(qtbot, story, yonas):
    signed_plan(story, yonas)
    assert not has(shown(qtbot, story, yonas), "Approve or send back")
    page = shown(qtbot, story, yonas, "max")

    button(page, "Approve or send back").click()
    opened = dialog(page)
    fill(opened.form, decision="approve")
    save(opened)
    assert opened.isVisible()  # the note is missing
    fill(opened.form, note="Read with Yonas.")
    save(opened)

    said = texts(page)
    assert {"In force", "In date", "Read with Yonas."} <= set(said)
    assert "Approved by Max North on 23/11/2026: Pathway plan 1, 19/11/2026" in said


def test_a_plan_sent_back_is_put_right_by_a_correction(qtbot, story, yonas):
    plan = signed_plan(story, yonas)
    story.call("max", lambda session: approvals.send_back(session, plan, "Weekend numbers are missing."))
    page = shown(qtbot, story, yonas)
    assert "To put right: Weekend numbers are missing." in texts(page)

    with qtbot.waitSignal(page.open_plan) as asked:
        button(page, "Put the plan right").click()

    view = story.call("ada", lambda session: cycle.view(session, yonas))
    assert asked.args[0] == view.states[0].revision_id
    assert view.states[0].key in ("draft", "met")


def test_a_review_asked_for_is_due_today(qtbot, story, yonas):
    plan = signed_plan(story, yonas, "2026-10-19")
    story.call("max", lambda session: approvals.approve(session, plan, "Read."))
    page = shown(qtbot, story, yonas)

    button(page, "Review asked for").click()
    opened = dialog(page)
    fill(opened.form, who="The young person asked.")
    save(opened)

    said = texts(page)
    assert {"Pathway review asked for", "Review of the plan asked for", "The young person asked."} <= set(
        said
    )


def test_scores_stand_in_a_table_and_the_chosen_part_is_drawn_with_two_lines(qtbot, story, yonas):
    signed_plan(story, yonas, "2026-05-20", home_my_score=4, home_worker_score=6)
    signed_plan(story, yonas, "2026-11-19", 2, home_my_score=7, home_worker_score=6)
    page = shown(qtbot, story, yonas)
    (chart,) = (each for each in page.findChildren(LineChart) if each.isVisible())
    assert "Young person: 20/05/2026 4" in chart.description()

    button(page, "Show the scores of: Practical skills").click()

    assert chart.accessibleName() == "Scores over time: Practical skills"
    assert {"Where I live", "+3"} <= set(texts(page)) | {
        each.text() for each in page.findChildren(QAbstractButton)
    }


def test_papers_say_in_words_how_far_they_are(qtbot, story, yonas):
    signed_plan(story, yonas, document_passport="applied")

    said = texts(shown(qtbot, story, yonas))

    assert {"Passport or travel document", "Applied for", "As told in: Pathway plan 1, 19/11/2026."} <= set(
        said
    )


def test_a_plan_in_the_list_opens(qtbot, story, yonas):
    plan = signed_plan(story, yonas)
    page = shown(qtbot, story, yonas)

    with qtbot.waitSignal(page.open_plan) as asked:
        button(page, "Pathway Plan, 19/11/2026").click()

    assert asked.args == [plan]


def test_a_reader_is_offered_nothing_to_write(qtbot, story, yonas):
    signed_plan(story, yonas)

    page = shown(qtbot, story, yonas, "rob", may_write=False)

    for name in ("Add a", "Change ", "Allocate", "Start", "Approve", "Review asked for", "Support", "Record"):
        assert not has(page, name), name
    assert "Bea North" in texts(page)


def test_an_override_that_others_took_meanwhile_is_said_and_nothing_is_lost(qtbot, story, yonas):
    page = shown(qtbot, story, yonas, "max")
    new = NewOverride("none", TODAY, "Why.")
    story.call("max", lambda session: standing.decide(session, yonas, new))
    page.refresh()
    button(page, "Take back").click()
    opened = dialog(page)
    row = story.call("max", lambda session: standing.standing(session, yonas)).override
    story.call("max", lambda session: standing.take_back(session, row.id, row.version, TODAY))

    save(opened)

    assert opened.isVisible()
    assert "Nothing was saved" in opened.said()


def test_every_control_is_named_and_nothing_is_wider_than_the_page(qtbot, story, yonas):
    signed_plan(story, yonas)
    for width in (1182, 700):
        page = shown(qtbot, story, yonas, "max", width=width)
        for each in page.findChildren(QAbstractButton):
            assert not each.isVisible() or each.accessibleName(), each.text()
        for card in page.findChildren(QWidget):
            if card.isVisible() and card.property("card"):
                assert card.mapTo(page, card.rect().topRight()).x() < width


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_page_is_drawn_in_every_theme(qtbot, story, yonas, name):
    app = QApplication.instance()
    try:
        theme.apply(app, name)
        page = shown(qtbot, story, yonas, "max")
        assert not page.grab().isNull()
    finally:
        theme.apply(app, "light")


def test_tab_goes_through_the_page_in_reading_order(qtbot, story, yonas):
    page = shown(qtbot, story, yonas)
    button(page, "Start the needs assessment").setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(12):
        page.focusNextChild()
        if focused := QApplication.focusWidget():
            seen.append(focused.accessibleName())

    order = ["Why: the dates used", "Add a contact", "Allocate", "Record"]
    assert [seen.index(name) for name in order] == sorted(seen.index(name) for name in order)
