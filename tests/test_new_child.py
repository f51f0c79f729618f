"""Adding a child: who may be the same is looked for first."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from caseapp import children
from caseapp.children import Filter
from tests.desk_fixture import Office, add_child, at_work, done
from ui.new_child import NewChildDialog
from ui.record_parts import ElidedLink

__all__ = ["at_work"]


def opened(qtbot, desk, typed="") -> NewChildDialog:
    dialog = NewChildDialog(desk, typed)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def answer(dialog, **answers) -> None:
    form = dialog.panel.form
    form.set_answers(form.answers() | answers)
    form.changed.emit()


def add_button(dialog) -> QPushButton:
    return next(each for each in dialog.findChildren(QPushButton) if "dd this child" in each.text())


def matches(dialog) -> list[str]:
    QApplication.processEvents()  # Qt shows what was added to a layout in its next round
    return [link.whole_text() for link in dialog.findChildren(ElidedLink) if not link.isHidden()]


def texts(dialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if not label.isHidden()]


def count(office: Office) -> int:
    return done(office.sam, lambda session: children.count(session, Filter("all")))


def test_a_child_nobody_is_like_is_added_at_once(qtbot, at_work):
    dialog = opened(qtbot, at_work.sam, "Idris Warsame")
    answer(dialog, born_on="2014-05-05")

    with qtbot.waitSignal(dialog.added) as added:
        add_button(dialog).click()

    row = done(at_work.sam, lambda session: children.one(session, str(added.args[0])))
    assert row.name == "Idris Warsame"
    assert row.born_on == date(2014, 5, 5)


def test_a_child_who_may_be_the_same_is_shown_before_anything_is_added(qtbot, at_work):
    add_child(at_work.sam, "Amelia", "Kowalska")
    dialog = opened(qtbot, at_work.sam)
    answer(dialog, given="Amelia", family="Kowalsky", born_on="2011-09-04")

    add_button(dialog).click()

    assert count(at_work) == 1
    assert matches(dialog) == ["Amelia Kowalska"]
    assert add_button(dialog).text() == "None of these: add this child"
    with qtbot.waitSignal(dialog.added):
        add_button(dialog).click()
    assert count(at_work) == 2


def test_likely_matches_appear_while_typing(qtbot, at_work):
    add_child(at_work.sam, "Amelia", "Kowalska")
    dialog = opened(qtbot, at_work.sam)

    answer(dialog, given="Amelia", family="Kowalska")

    qtbot.waitUntil(lambda: matches(dialog) == ["Amelia Kowalska"])


def test_opening_the_match_adds_nobody(qtbot, at_work):
    there = add_child(at_work.sam, "Amelia", "Kowalska")
    dialog = opened(qtbot, at_work.sam, "Amelia Kowalska")

    with qtbot.waitSignal(dialog.open_child) as signal:
        dialog.findChildren(ElidedLink)[0].click()

    assert signal.args == [there]
    assert count(at_work) == 1


def test_an_unborn_child_needs_only_the_due_date_and_family_name(qtbot, at_work):
    dialog = opened(qtbot, at_work.sam)
    answer(dialog, family="Osei", due_on="2027-01-10")

    with qtbot.waitSignal(dialog.added):
        add_button(dialog).click()

    assert count(at_work) == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"born_on": "2014-01-10"}, "A child needs a name"),
        ({"family": "Osei"}, "A child needs a date of birth"),
        ({"family": "Osei", "born_on": "2027-01-10"}, "This day is still to come"),
        ({"family": "Osei", "born_on": "32/13/2014"}, "is not a date"),
    ],
)
def test_what_is_missing_or_odd_is_said_and_nobody_is_added(qtbot, at_work, answers, words):
    dialog = opened(qtbot, at_work.sam)
    answer(dialog, **answers)

    add_button(dialog).click()

    assert any(words in text for text in texts(dialog))
    assert count(at_work) == 0
    assert dialog.isVisible()


def test_closing_with_something_typed_asks_once(qtbot, at_work):
    dialog = opened(qtbot, at_work.sam)
    answer(dialog, family="Osei")

    dialog.reject()
    assert dialog.isVisible()

    dialog.reject()
    assert not dialog.isVisible()


def test_another_teams_child_is_not_given_away(qtbot, at_work):
    add_child(at_work.priya, "Amelia", "Kowalska")

    assert matches(opened(qtbot, at_work.sam, "Amelia Kowalska")) == []
