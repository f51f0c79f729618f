"""Each kind of question on screen gives back what it was given, and can be worked by keyboard."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QRadioButton, QWidget

from caseapp.form import (
    KINDS,
    YES_NO,
    Choice,
    Choices,
    Computed,
    Date,
    Is,
    Money,
    Number,
    Rows,
    Score,
    Signatures,
    Text,
    is_empty,
)
from caseapp.forms import FORMS_BY_KEY
from tests.story import LIVED
from ui.editor import Editor
from ui.fields import GrowingText
from ui.row_fields import RowsEditor, editor_for

TODAY = date(2026, 11, 19)
SAMPLES = Path(__file__).parent / "sample_answers"
MANY = tuple((f"c{number}", f"Choice number {number}") for number in range(12))
TARGETS = Rows(
    "targets",
    "Targets",
    row="target",
    fields=(
        Text("what", "What", required=True),
        Choice("done", "Done?", options=YES_NO),
        Text("why", "Why not", when=Is("done", "no")),
        Date("by", "By when"),
        Money("cost", "Cost"),
    ),
)
ONE_OF_EACH = (
    (Text("a", "Name"), "Siân Łukasz"),
    (Text("b", "Story", lines=4), "One\nTwo\u00a0three\n\nFour"),
    (Choice("c", "Yes?", options=YES_NO), "no"),
    (Choice("d", "Which?", options=MANY), "c7"),
    (Choices("e", "Which of them?", options=MANY), ["c1", "c9"]),
    (Date("f", "When"), "2026-09-03"),
    (Number("g", "Percent", unit="%", places=1, high=100), "91.4"),
    (Number("h", "Days", unit="days"), 3),
    (Money("i", "Sum"), 48050),
    (Score("j", "Mood", low=0, high=10, low_words="Low", high_words="High"), 0),
    (Score("k", "Total", low=0, high=40), 27),
    (TARGETS, [{"what": "Read", "done": "no", "why": "Ill", "by": "2026-12-01", "cost": 500}]),
    (Signatures("l", "Signatures"), [{"name": "Amelia", "answer": "declined", "because": "Tired"}]),
    (Computed("m", "Attendance", of="percent", needs=("x", "y"), unit="%"), "91.5"),
)


def shown(qtbot, field, answer=None):
    editor = editor_for(field, None, TODAY)
    qtbot.addWidget(editor)
    editor.set_answer(answer)
    editor.show()
    return editor


def type_into(widget, text):
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, event)


def typed(qtbot, field, text):
    editor = shown(qtbot, field)
    type_into(editor.control(), text)
    return editor


def sample_fields():
    for path in sorted([*SAMPLES.glob("*.json"), *LIVED.glob("*.json")]):
        form = next((each for each in FORMS_BY_KEY.values() if each.key.replace("-", "_") == path.stem), None)
        answers = json.loads(path.read_text(encoding="utf-8"))
        for field in form.fields if form else ():
            if field.key in answers:
                yield pytest.param(field, answers[field.key], id=f"{path.stem}-{field.key}")


def test_every_kind_of_question_has_an_editor(qapp):
    assert {type(field) for field, _ in ONE_OF_EACH} == set(KINDS)


@pytest.mark.parametrize(("field", "answer"), ONE_OF_EACH, ids=lambda value: getattr(value, "key", ""))
def test_an_answer_comes_back_as_it_was_given(qtbot, field, answer):
    editor = shown(qtbot, field, answer)

    assert editor.answer() == answer
    assert editor.read() == answer


@pytest.mark.parametrize(("field", "answer"), list(sample_fields()))
def test_every_sample_answer_comes_back_from_the_screen(qtbot, field, answer):
    editor = shown(qtbot, field, answer)

    assert editor.answer() == answer
    assert editor.read() == answer


@pytest.mark.parametrize(("field", "answer"), ONE_OF_EACH, ids=lambda value: getattr(value, "key", ""))
def test_no_answer_and_one_that_is_not_understood_come_back_too(qtbot, field, answer):
    editor = shown(qtbot, field, answer)

    for strange in (None, "what is this?"):
        editor.set_answer(strange)

        assert editor.answer() == strange


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=some.text(some.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))).filter(str.strip))
def test_whatever_is_typed_into_a_text_is_its_answer(qtbot, text):
    field = Text("story", "Story", lines=3)
    editor = shown(qtbot, field)

    editor.control().insertPlainText(text)

    assert field.clean(editor.answer()) == field.clean(text)


@pytest.mark.parametrize(("field", "answer"), ONE_OF_EACH, ids=lambda value: getattr(value, "key", ""))
def test_everything_that_takes_the_keyboard_has_a_name(qtbot, field, answer):
    editor = shown(qtbot, field, answer)
    if isinstance(editor, RowsEditor):
        editor.cards()[0].set_open(True)

    nameless = [
        widget
        for widget in editor.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]

    assert nameless == []


def test_what_is_needed_is_said_in_words(qtbot):
    editor = shown(qtbot, Text("name", "Name", required=True, help="As in the passport"))

    assert "Needed before signing" in editor.control().accessibleDescription()
    assert "As in the passport" in editor.control().accessibleDescription()
    assert editor.control().accessibleName() == "Name"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/9/26", "2026-09-03"),
        ("03.09.2026", "2026-09-03"),
        ("3 Sep 2026", "2026-09-03"),
        ("today", "2026-11-19"),
        ("+6w", "2026-12-31"),
        ("-1d", "2026-11-18"),
    ],
)
def test_a_date_is_typed_in_any_sensible_way(qtbot, text, day):
    editor = typed(qtbot, Date("on", "When"), text)

    assert editor.answer() == day


def test_a_date_is_shown_in_full_with_its_weekday_once_it_is_left(qtbot):
    editor = typed(qtbot, Date("on", "When"), "3/9/26")
    QTest.keyClick(editor.control(), Qt.Key.Key_Return)

    assert editor.control().text() == "03/09/2026"
    assert "Thursday" in words_on(editor)
    assert editor.answer() == "2026-09-03"


def test_a_date_that_cannot_be_read_stays_as_typed_with_the_reason(qtbot):
    editor = typed(qtbot, Date("on", "When"), "31/2/26")
    QTest.keyClick(editor.control(), Qt.Key.Key_Return)

    assert editor.control().text() == "31/2/26"
    assert editor.answer() == "31/2/26"
    assert "31/2/26" in editor.problem()
    assert editor.problem() in editor.control().accessibleDescription()


def test_arrow_keys_step_a_date_by_days_and_months(qtbot):
    editor = shown(qtbot, Date("on", "When"), "2026-12-31")

    for key, day in (
        (Qt.Key.Key_Up, "2027-01-01"),
        (Qt.Key.Key_Down, "2026-12-31"),
        (Qt.Key.Key_PageUp, "2027-01-31"),
        (Qt.Key.Key_PageUp, "2027-02-28"),
        (Qt.Key.Key_PageDown, "2027-01-28"),
    ):
        QTest.keyClick(editor.control(), key)

        assert editor.answer() == day


def test_the_calendar_opens_on_the_day_and_takes_another(qtbot):
    editor = shown(qtbot, Date("on", "When"), "2026-09-03")
    editor._button.click()
    popup = editor._popup

    popup.calendar.clicked.emit(popup.calendar.selectedDate().addDays(1))

    assert editor.answer() == "2026-09-04"
    assert not popup.isVisible()


def test_a_text_grows_with_what_is_typed_and_then_scrolls(qtbot):
    editor = shown(qtbot, Text("story", "Story", lines=2))
    text = editor.control()
    editor.resize(400, 600)
    before = text.height()

    text.setPlainText("line\n" * 6)
    grown = text.height()
    text.setPlainText("line\n" * 60)

    assert isinstance(text, GrowingText)
    assert before < grown < text.height() < 60 * text.fontMetrics().lineSpacing()
    assert text.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded


def test_tab_leaves_a_text(qtbot):
    assert shown(qtbot, Text("story", "Story", lines=2)).control().tabChangesFocus()


@pytest.mark.parametrize("options", [YES_NO, MANY], ids=["buttons", "list"])
def test_delete_takes_a_choice_away(qtbot, options):
    editor = shown(qtbot, Choice("which", "Which?", options=options), options[0][0])

    QTest.keyClick(editor.control(), Qt.Key.Key_Delete)

    assert editor.answer() is None


def test_few_short_choices_are_buttons_and_many_a_list(qtbot):
    few = shown(qtbot, Choice("few", "Few", options=YES_NO))
    many = shown(qtbot, Choice("many", "Many", options=MANY))

    assert [button.text() for button in few.findChildren(QRadioButton)] == ["Yes", "No"]
    assert many.findChildren(QComboBox)


def test_the_wheel_never_changes_a_choice(qtbot):
    editor = shown(qtbot, Choice("many", "Many", options=MANY), "c3")
    still, down = QPoint(0, 0), QPoint(0, -120)
    event = QWheelEvent(
        still, still, still, down, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip

    QApplication.sendEvent(editor.control(), event)

    assert editor.answer() == "c3"


def test_a_choice_that_is_not_on_offer_is_shown_and_kept(qtbot):
    editor = shown(qtbot, Choice("few", "Few", options=YES_NO), "perhaps")

    assert "perhaps" in words_on(editor)
    assert editor.answer() == "perhaps"


def test_a_score_is_chosen_moved_and_taken_away_with_keys(qtbot):
    editor = shown(qtbot, Score("mood", "Mood", low=1, high=5))

    QTest.keyClick(editor.control(), Qt.Key.Key_3)
    assert editor.answer() == 3
    QTest.keyClick(editor.control(), Qt.Key.Key_Right)
    assert editor.answer() == 4
    QTest.keyClick(editor.control(), Qt.Key.Key_Delete)
    assert editor.answer() is None


def test_a_number_with_its_unit_and_a_sum_are_tidied_when_they_are_left(qtbot):
    percent = typed(qtbot, Number("share", "Share", unit="%", places=1, high=100), "91.40 %")
    money = typed(qtbot, Money("cost", "Cost"), "1,234.5")
    for editor in (percent, money):
        QTest.keyClick(editor.control(), Qt.Key.Key_Return)

    assert (percent.answer(), percent.control().text()) == ("91.4", "91.4 %")
    assert (money.answer(), money.control().text()) == (123450, "£1,234.50")


def test_a_number_that_is_none_stays_as_typed(qtbot):
    editor = typed(qtbot, Number("days", "Days", high=10), "eleven")
    QTest.keyClick(editor.control(), Qt.Key.Key_Return)

    assert editor.answer() == "eleven"
    assert "eleven" in editor.problem()


def test_read_only_shows_words_and_no_control(qtbot):
    editor = shown(qtbot, Choice("many", "Many", options=MANY), "c3")

    editor.set_read_only(True)

    assert not editor.control().isVisible()
    assert "Choice number 3" in words_on(editor)
    assert editor.answer() == "c3"


def test_a_note_stands_beside_the_question_and_is_spoken(qtbot):
    editor = shown(qtbot, Number("share", "Share", unit="%"))

    editor.set_note("last time 88 %")

    assert "last time 88 %" in words_on(editor)
    assert "last time 88 %" in editor.control().accessibleDescription()


# Rows


def add_target(qtbot, editor, what):
    editor.add_row()
    card = editor.cards()[-1]
    type_into(card.editors()[0].control(), what)
    return card


def test_rows_are_added_moved_removed_and_brought_back(qtbot):
    editor = shown(qtbot, TARGETS)
    for what in ("Read", "Write", "Count"):
        add_target(qtbot, editor, what)
    whats = lambda: [row["what"] for row in editor.answer() or []]  # noqa: E731
    assert whats() == ["Read", "Write", "Count"]

    QTest.keyClick(editor.cards()[2], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert whats() == ["Read", "Count", "Write"]

    editor.cards()[0]._remove.click()
    assert whats() == ["Count", "Write"]
    assert "Target 1 was removed." in words_on(editor)

    editor._undo._button.click()
    assert whats() == ["Read", "Count", "Write"]


def test_the_keyboard_goes_past_the_number_that_signing_gives_to_a_new_row(qtbot):
    asked = (Number("no", "No."), Text("what", "What"))
    editor = shown(qtbot, Rows("targets", "Targets", row="target", fields=asked))

    editor.add_row()

    qtbot.waitUntil(lambda: editor.cards()[0].editors()[1].has_keyboard())


def test_a_question_of_a_row_hides_and_keeps_its_answer(qtbot):
    editor = shown(qtbot, TARGETS, [{"what": "Read", "done": "no", "why": "Ill"}])
    card = editor.cards()[0]
    card.set_open(True)
    asked = lambda: [each.field.key for each in card.editors()]  # noqa: E731
    assert "why" in asked()

    done = next(each for each in card.editors() if each.field.key == "done")
    done.findChildren(QRadioButton)[0].click()

    assert "why" not in asked()
    assert editor.answer() == [{"what": "Read", "done": "yes", "why": "Ill"}]


def test_an_empty_row_is_no_answer(qtbot):
    editor = shown(qtbot, TARGETS)

    editor.add_row()

    assert is_empty(editor.answer())


def test_a_closed_row_says_what_is_in_it(qtbot):
    editor = shown(qtbot, TARGETS, [{"what": "Read", "by": "2026-12-01"}, {"what": "Write"}])

    assert editor.cards()[0].summary() == "Read · 01/12/2026"
    assert "Read" in editor.cards()[0].head().accessibleName()


def words_on(editor: Editor) -> str:
    labels = [label.text() for label in editor.findChildren(QLabel) if label.isVisibleTo(editor)]
    lines = [line.text() for line in editor.findChildren(QLineEdit) if line.isVisibleTo(editor)]
    return "\n".join(labels + lines)
