"""A plan's form with a question of each usual kind, open on screen."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from caseapp.form import YES_NO, Choice, Computed, Date, Form, Is, NotBefore, Number, Rows, Section, Text
from ui.form_view import FormView

TODAY = date(2026, 11, 19)
ABOUT = Section(
    "about",
    "About the child",
    (
        Text("name", "Legal name", required=True, prefill="child.name", half=True),
        Text("known_as", "Known as", half=True),
        Choice("away", "Lives away from home?", options=YES_NO),
        Text("carer", "Name of the carer", when=Is("away", "yes"), required=True),
    ),
    guidance="Check it with the child.",
)
SCHOOL = Section(
    "school",
    "School",
    (
        Number("possible", "Sessions possible", half=True),
        Number("attended", "Sessions attended", half=True),
        Computed("share", "Attendance", of="percent", needs=("attended", "possible"), unit="%"),
        Text("helps", "What helps", lines=3),
        Date("met_on", "Meeting", required=True),
        Date("next_on", "Next meeting"),
    ),
)
CARER = Section("carer", "The carer's view", (Text("view", "View", lines=3),), when=Is("away", "yes"))
TARGETS = Section(
    "targets", "Targets", (Rows("targets", "Targets", row="target", fields=(Text("what", "What"),)),)
)
FORM = Form(
    "sample", 1, "pep", "Sample plan", (ABOUT, SCHOOL, CARER, TARGETS),
    rules=(NotBefore("next_on", "met_on", "This date is before the meeting. Choose a later one."),),
)  # fmt: skip


@pytest.fixture
def view(qtbot):
    view = FormView(FORM, TODAY, last_step="Check and sign")
    qtbot.addWidget(view)
    view.resize(1134, 600)
    view.show()
    qtbot.waitExposed(view)
    return view


def type_into(widget, text):
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, event)


def editor(view, key):
    return view.page().editors()[key]


def write(view, key, text):
    type_into(editor(view, key).control(), text)
