"""The actions of a record on screen, and mine in Today."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from caseapp import actions
from caseapp.actions import NewAction
from caseapp.form import Trouble
from caseapp.forms import FORMS
from tests.desk_fixture import TODAY, Office, add_child, at_work, done
from tests.record_screen import button, texts
from ui.check_page import CheckPage
from ui.child_actions import ActionsPage, colour_chip
from ui.chips import Chip
from ui.record_parts import ElidedLink
from ui.today import TodayScreen

__all__ = ["at_work"]


@pytest.fixture
def leo(at_work: Office):
    return add_child(at_work.sam, "Leo", "Hartley", date(2016, 3, 1))


def agree(office: Office, child_id, what: str, days: int, who: str = "Sam Okafor", **more):
    new = NewAction(what, who, TODAY + timedelta(days=days), **more)
    return done(office.sam, lambda session: actions.add(session, child_id, new))


def rows_of(office: Office, child_id):
    return done(office.sam, lambda session: actions.of_child(session, child_id))


def shown(qtbot, screen, width=1182):
    qtbot.addWidget(screen)
    screen.resize(width, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    QApplication.processEvents()
    return screen


def page_of(qtbot, office: Office, child_id, may_write=True) -> ActionsPage:
    return shown(qtbot, ActionsPage(office.sam, child_id, may_write))


def press(widget, text) -> None:
    button(widget, text).click()
    QApplication.processEvents()


def answer(page, **answers) -> None:
    form = page.form.form
    form.set_answers(form.answers() | answers)


def test_an_empty_page_says_what_will_stand_here_and_offers_the_next_step(qtbot, at_work, leo):
    page = page_of(qtbot, at_work, leo)

    assert "No actions yet" in texts(page)
    press(page, "Add an action")
    answer(page, what="Ring the school", who="Sam Okafor", by_on="2026-12-01")
    press(page, "Add it")

    assert {"1 action open", "Ring the school", "Sam Okafor (you)", "01/12/2026"} <= set(texts(page))


def test_each_open_action_shows_number_owner_day_status_and_colour_in_words(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3, who="Kasia Zielna", agency="Housing")

    found = set(texts(page_of(qtbot, at_work, leo)))

    assert {"1", "Mend the lock", "Kasia Zielna", "Housing", "26/11/2026", "in 3 working days"} <= found
    assert {"Not started", "Due soon"} <= found


def test_an_overdue_action_is_counted_and_named(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 1)
    at_work.store.today = lambda: TODAY + timedelta(days=7)

    found = texts(page_of(qtbot, at_work, leo))

    assert "1 action open, 1 overdue" in found
    assert "4 working days late" in found


def test_details_show_need_outcome_and_history_and_close_again(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3, need="Nights", outcome="Leo sleeps")
    page = page_of(qtbot, at_work, leo)

    press(page, "Details")
    assert {"Nights", "Leo sleeps", "Nothing has been noted yet."} <= set(texts(page))

    press(page, "Close")
    assert "Leo sleeps" not in texts(page)


def test_progress_is_noted_with_its_day_and_writer(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3)
    page = page_of(qtbot, at_work, leo)
    press(page, "Details")

    press(page, "Note progress")
    answer(page, status="in_progress", words="Lock mended")
    with qtbot.waitSignal(page.changed):
        press(page, "Save the note")

    assert "In progress. Lock mended. (Sam Okafor)" in texts(page)


def test_a_done_action_moves_into_the_fold_and_can_be_looked_up_there(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3)
    agree(at_work, leo, "Ring the school", 3)
    page = page_of(qtbot, at_work, leo)
    page.open_action(1)

    press(page, "Mark done")
    answer(page, result="fully", evidence="It locks")
    press(page, "Mark it done")

    assert "Finished (1)" in texts(page)
    assert "Mend the lock" not in texts(page)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button(page, "Show"))
    press(page, "Show")
    assert {"Mend the lock", "Done, outcome reached", "It locks"} <= set(texts(page))


def test_a_new_date_without_a_reason_is_not_saved(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3)
    page = page_of(qtbot, at_work, leo)
    page.open_action(1)

    press(page, "New date")
    answer(page, by_on="2026-12-18")
    press(page, "Move the date")
    assert page.form is not None

    answer(page, words="The electrician was ill")
    press(page, "Move the date")
    assert "in 19 working days, moved once" in texts(page)
    said = "Not started. The electrician was ill. Day put off from 26/11/2026 to 18/12/2026. (Sam Okafor)"
    assert said in texts(page)


def test_what_the_use_case_refuses_is_said_at_the_form_and_the_text_stays(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3)
    page = page_of(qtbot, at_work, leo)
    page.open_action(1)

    press(page, "New date")
    answer(page, by_on="2026-11-02", words="Earlier")
    press(page, "Move the date")

    assert page.form.words.text().startswith("02/11/2026 has gone by.")
    assert page.form.form.text("words") == "Earlier"


def test_a_colour_by_hand_needs_a_reason_and_says_that_it_is_by_hand(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 90)
    page = page_of(qtbot, at_work, leo)
    page.open_action(1)

    press(page, "Change colour")
    answer(page, colour="red")
    press(page, "Set the colour")
    assert "Say why the colour differs from the rule" in page.form.words.text()

    answer(page, because="Nobody answers")
    press(page, "Set the colour")
    assert "Late or stuck, by hand" in texts(page)


def test_a_finished_action_opens_again(qtbot, at_work, leo):
    action_id = agree(at_work, leo, "Mend the lock", 3)
    done(at_work.sam, lambda s: actions.step(s, action_id, on=TODAY, status="done"))
    page = page_of(qtbot, at_work, leo)
    assert "Everything that was agreed is done." in texts(page)

    page.open_action(1)
    press(page, "Open again")
    answer(page, status="in_progress", words="It broke")
    press(page, "Open it again")

    assert "1 action open" in texts(page)


def test_an_action_opened_again_and_one_just_added_are_in_sight(qtbot, at_work, leo):
    first = agree(at_work, leo, "Mend the lock", 3)
    done(at_work.sam, lambda s: actions.step(s, first, on=TODAY, status="done"))
    for number in range(12):
        agree(at_work, leo, f"Something else {number}", 30)
    page = page_of(qtbot, at_work, leo)

    def is_in_sight(no):
        found = page.findChildren(QPushButton, f"details {no}")
        return any(each.isVisible() and not each.visibleRegion().isEmpty() for each in found)

    page.open_action(1)
    press(page, "Open again")
    answer(page, status="in_progress", words="It broke")
    press(page, "Open it again")
    qtbot.waitUntil(lambda: is_in_sight(1))

    press(page, "Add an action")
    answer(page, what="Ring the school", who="Sam Okafor", by_on="2027-03-01")
    press(page, "Add it")
    qtbot.waitUntil(lambda: is_in_sight(14))


def test_who_may_not_write_is_offered_no_change(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3)
    page = page_of(qtbot, at_work, leo, may_write=False)
    page.open_action(1)
    QApplication.processEvents()

    offered = {each.text() for each in page.findChildren(QPushButton) if each.isVisible()}
    assert offered == {"Close"}


def test_the_keyboard_alone_opens_an_action(qtbot, at_work, leo):
    agree(at_work, leo, "Mend the lock", 3, need="Nights")
    page = page_of(qtbot, at_work, leo)
    button(page, "Details").setFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QApplication.processEvents()

    assert "Nights" in texts(page)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is button(page, "Close"))


def test_every_colour_has_an_icon_or_word_of_its_own(at_work, leo, qtbot):
    action_id = agree(at_work, leo, "Mend the lock", 90)
    words = set()
    for colour in ("", "amber", "red"):
        done(
            at_work.sam, lambda s, given=colour: actions.recolour(s, action_id, given, "x") if given else None
        )
        chip = colour_chip(rows_of(at_work, leo)[0])
        qtbot.addWidget(chip)
        words.add(chip.text())

    assert words == {"On track", "At risk, by hand", "Late or stuck, by hand"}


def test_text_from_people_is_never_markup(qtbot, at_work, leo):
    agree(at_work, leo, "<b>Ring</b> & write", 3, who="<i>Sam</i>")

    assert {"<b>Ring</b> & write", "<i>Sam</i>"} <= set(texts(page_of(qtbot, at_work, leo)))


# Today


def my_card(screen) -> list[str]:
    return [link.whole_text() for link in screen.findChildren(ElidedLink) if link.isVisible()]


def test_today_lists_my_actions_overdue_first_and_opens_their_tab(qtbot, at_work, leo):
    agree(at_work, leo, "Later", 40)
    agree(at_work, leo, "Late", 1)
    agree(at_work, leo, "Somebody else's", 1, who="Kasia Zielna")
    at_work.store.today = lambda: TODAY + timedelta(days=7)
    screen = shown(qtbot, TodayScreen(at_work.sam))

    assert [each for each in my_card(screen) if each.startswith("Late") or "else" in each] == [
        "Late",
        "Later",
    ]
    assert "My actions (1 overdue)" in texts(screen)
    assert "Overdue" in [each.text() for each in screen.findChildren(Chip)]
    with qtbot.waitSignal(screen.open_child_tab) as asked:
        next(each for each in screen.findChildren(ElidedLink) if each.whole_text() == "Late").click()
    assert asked.args == [leo, "Actions"]


def test_today_shows_a_few_of_many_actions_and_all_when_asked(qtbot, at_work, leo):
    for number in range(9):
        agree(at_work, leo, f"Ring {number}", 3 + number)
    screen = shown(qtbot, TodayScreen(at_work.sam))

    assert len([each for each in my_card(screen) if each.startswith("Ring")]) == 6
    press(screen, "Show all 9")
    assert len([each for each in my_card(screen) if each.startswith("Ring")]) == 9


def test_today_without_actions_says_what_will_be_here(qtbot, at_work):
    assert any(
        each.startswith("Nothing waits for you.") for each in texts(shown(qtbot, TodayScreen(at_work.sam)))
    )


# Check and sign


def test_what_is_worth_a_look_stands_below_and_does_not_keep_from_signing(qtbot):
    page = shown(qtbot, CheckPage(FORMS["early-help"]))
    page.show_troubles([], "The plan", ["Action 1 (Ring) has no owner."])
    QApplication.processEvents()

    assert {"Worth a look", "Action 1 (Ring) has no owner."} <= set(texts(page))
    assert page.sign_button().isEnabled()


def test_what_is_missing_comes_before_what_is_worth_a_look(qtbot):
    page = shown(qtbot, CheckPage(FORMS["early-help"]))
    page.show_troubles([Trouble("plan", "lead", "Lead practitioner", "Needed.")], "The plan", ["No owner."])
    QApplication.processEvents()

    found = texts(page)
    assert found.index("Needed.") < found.index("No owner.")
    assert not page.sign_button().isEnabled()


def test_nothing_worth_a_look_leaves_no_heading(qtbot):
    page = shown(qtbot, CheckPage(FORMS["early-help"]))
    page.show_troubles([], "The plan")

    assert "Worth a look" not in texts(page)
