"""A record on screen: how tests open it, read it and press its buttons."""

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from caseapp import plan_reading, plans, stars
from caseapp.forms import FORMS
from tests.desk_fixture import (
    Office,
    add_child,
    add_mother,
    add_note,
    at_work,
    done,
    look_after,
)
from tests.story import lived
from ui.child import ChildScreen
from ui.chips import Chip
from ui.form_dialog import FormDialog
from ui.record_parts import ElidedLink

__all__ = ["at_work"]


@pytest.fixture
def amelia(at_work: Office):
    return lived(at_work, _amelia)


def _amelia(at_work: Office):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska", address="14 Mill Lane, Upton", postcode="up1 2ab")
    look_after(at_work.sam, child_id)
    add_mother(at_work.sam, child_id)
    add_note(
        at_work.sam, child_id, date(2026, 11, 2), "A visit.", quote="See Ola every week.", seen_alone=True
    )
    add_note(at_work.sam, child_id, date(2026, 9, 1), "A call about maths.", kind="call")
    return child_id


def opened(qtbot, desk, child_id, tab="", width=1182) -> ChildScreen:
    screen = ChildScreen(desk, child_id, tab)
    qtbot.addWidget(screen)
    screen.resize(width, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    QApplication.processEvents()
    return screen


def texts(widget) -> list[str]:
    QApplication.processEvents()
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    found += [link.whole_text() for link in widget.findChildren(ElidedLink) if link.isVisible()]
    return found + [chip.text() for chip in widget.findChildren(Chip) if chip.isVisible()]


def button(widget, text) -> QPushButton:
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.isVisible()]
    return next(each for each in found if text in (each.text(), each.accessibleName()))


def dialog(widget) -> FormDialog:
    """Return the dialog that is open on a page."""
    QApplication.processEvents()
    return next(each for each in widget.findChildren(FormDialog) if each.isVisible())


def tool(widget, name) -> QAbstractButton:
    """Return the button on view whose name holds some words."""
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QAbstractButton) if each.isVisible()]
    return next(each for each in found if name in each.accessibleName())


def fill(form, **answers) -> None:
    form.set_answers(form.answers() | answers)
    form.changed.emit()


def read_star(desk, child_id, day: str, points: list[int]) -> None:
    """Sign a reading of the star."""
    form = FORMS["star"]
    answers = dict(zip((each.key for each in stars.areas(form)), points, strict=False))
    answers[form.dated_by] = day

    def work(session) -> None:
        revision_id = plans.start(session, child_id, "star")
        view = plan_reading.open_plan(session, revision_id)
        for each in form.fields:
            if each.required and each.key not in answers:
                choices = getattr(each, "options", ())
                answers[each.key] = choices[0][0] if choices else "words"
        plans.sign(session, revision_id, view.version, answers)

    done(desk, work)
