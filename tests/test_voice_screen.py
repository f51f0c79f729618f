"""The Voice page: large quotes with day and place, what came of them, a search, and the document behind."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from caseapp import plan_reading, plans
from tests.desk_fixture import Office, add_child, add_note, at_work, done
from tests.record_screen import button, texts
from tests.story import sample
from ui.child_voice import AT_ONCE, SaidRow, VoicePage

__all__ = ["at_work"]


@pytest.fixture
def leo(at_work: Office):
    return add_child(at_work.sam, "Leo", "Hartley", date(2014, 5, 4))


def shown(qtbot, desk, child_id) -> VoicePage:
    page = VoicePage(desk, child_id, may_write=True)
    qtbot.addWidget(page)
    page.resize(1182, 700)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def sign_taf(desk, child_id):
    def work(session):
        revision_id = plans.start(session, child_id, "taf")
        view = plan_reading.open_plan(session, revision_id)
        plans.sign(session, revision_id, view.version, sample("taf"))
        return revision_id

    return done(desk, work)


def rows(page) -> list[SaidRow]:
    return [each for each in page.findChildren(SaidRow) if each.isVisible()]


def test_an_empty_page_says_how_to_gather_words(qtbot, at_work, leo):
    page = shown(qtbot, at_work.sam, leo)

    said = " ".join(texts(page))
    assert "Nothing in the child’s own words yet" in said
    assert "as they say it" in said
    assert not page._filter.isVisible()
    with qtbot.waitSignal(page.note_asked):
        button(page, "Add a note").click()


def test_quotes_are_larger_than_what_is_told_of_them(qtbot, at_work, leo):
    add_note(at_work.sam, leo, date(2026, 11, 2), "A visit.", quote="It is quiet here.", seen_alone=True)
    page = shown(qtbot, at_work.sam, leo)

    labels = {label.text(): label for label in page.findChildren(QLabel) if label.isVisible()}
    quote, told = labels["“It is quiet here.”"], labels["Visit on 02/11/2026, seen alone"]
    assert quote.font().pointSizeF() > told.font().pointSizeF() + 2
    assert quote.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert page._counted.text() == "1 quote"


def test_a_document_opens_and_tells_how_the_words_changed_the_plan(qtbot, at_work, leo):
    revision_id = sign_taf(at_work.sam, leo)
    page = shown(qtbot, at_work.sam, leo)

    said = texts(page)
    assert f"“{sample('taf')['words']}”" in said
    assert said[said.index("How it changed the plan") + 1] == sample("taf")["voice_influence"]
    with qtbot.waitSignal(page.open_plan) as opened:
        button(page, "Team around the family meeting, 12/02/2026").click()
    assert opened.args == [revision_id]


def test_the_words_of_one_document_stand_together_newest_first(qtbot, at_work, leo):
    def work(session):
        revision_id = plans.start(session, leo, "pathway-plan")
        view = plan_reading.open_plan(session, revision_id)
        plans.sign(session, revision_id, view.version, sample("pathway_plan"))

    done(at_work.sam, work)
    add_note(at_work.sam, leo, date(2025, 3, 1), "A call.", quote="Before.")
    add_note(at_work.sam, leo, date(2026, 11, 22), "A call.", quote="After.")
    page = shown(qtbot, at_work.sam, leo)

    names = [each.accessibleName() for each in rows(page)]
    assert [name[8:18] for name in names] == ["22/11/2026", "19/11/2026", "01/03/2025"]
    assert len([text for text in texts(rows(page)[1]) if text.startswith("“")]) > 10


def test_the_search_narrows_what_is_shown(qtbot, at_work, leo):
    add_note(at_work.sam, leo, date(2026, 11, 2), "A visit.", quote="It is QUIET here.")
    add_note(at_work.sam, leo, date(2026, 10, 2), "A visit.", quote="Maths is hard.")
    page = shown(qtbot, at_work.sam, leo)

    page._filter.setText("quiet visit")
    qtbot.waitUntil(lambda: len(rows(page)) == 1)
    assert "“It is QUIET here.”" in texts(page)

    page._filter.setText("swimming")
    qtbot.waitUntil(lambda: "Nothing like that was said" in texts(page))
    page._filter.clear()
    qtbot.waitUntil(lambda: len(rows(page)) == 2)


def test_a_long_life_is_read_on_by_and_by(qtbot, at_work, leo):
    for number in range(AT_ONCE + 3):
        add_note(
            at_work.sam, leo, date(2026, 1 + number % 2, 1 + number // 2), "A visit.", quote=f"Said {number}."
        )
    page = shown(qtbot, at_work.sam, leo)
    assert len(rows(page)) == AT_ONCE

    button(page, "Show earlier words").click()
    QApplication.processEvents()

    assert len(rows(page)) == AT_ONCE + 3


def test_quotes_are_never_read_as_markup(qtbot, at_work, leo):
    add_note(at_work.sam, leo, date(2026, 11, 2), "A visit.", quote="<b>loud</b> & clear")
    page = shown(qtbot, at_work.sam, leo)

    assert "“<b>loud</b> & clear”" in texts(page)
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in page.findChildren(QLabel))


def test_every_part_that_takes_the_keyboard_has_a_name(qtbot, at_work, leo):
    sign_taf(at_work.sam, leo)
    page = shown(qtbot, at_work.sam, leo)

    focusable = [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert page._filter in focusable
    assert all(each.accessibleName() for each in focusable)
