"""The small widgets: what they show, what they say, and that words from people are never markup."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from ui import parts, theme

HOSTILE = "<b>Ann</b> & <img src='x'>"


def show(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    return widget


def button(widget: QWidget, name: str) -> QPushButton:
    return next(found for found in widget.findChildren(QPushButton) if found.text() == name)


def everything() -> list[QWidget]:
    facts = parts.FactsGrid()
    facts.set_facts([("School", HOSTILE), ("Worker", "")])
    undo, busy = parts.UndoBar(), parts.BusyBar()
    undo.offer(HOSTILE, list)
    busy.begin(HOSTILE)
    busy.show()
    return [
        parts.Chip(HOSTILE, "overdue"),
        parts.Card(HOSTILE, parts.LinkButton("Compare")),
        parts.Avatar("AK"),
        parts.Title(HOSTILE),
        parts.Section(HOSTILE),
        parts.Muted(HOSTILE),
        parts.ElidedLabel(HOSTILE),
        parts.Banner(HOSTILE, "warning", "Back up now"),
        parts.EmptyState("star", HOSTILE, HOSTILE, "Begin"),
        parts.icon_button("more", "More"),
        parts.primary("Sign"),
        facts,
        undo,
        busy,
    ]


def test_words_from_people_are_never_markup(qtbot):
    for widget in everything():
        show(qtbot, widget)
        labels = [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)

        assert {label.textFormat() for label in labels} <= {Qt.TextFormat.PlainText}


def test_everything_that_takes_the_keyboard_has_a_name(qtbot):
    for widget in everything():
        show(qtbot, widget)
        for part in [widget, *widget.findChildren(QWidget)]:
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.isVisible():
                spoken = QAccessible.queryAccessibleInterface(part)

                assert spoken.text(QAccessible.Text.Name), type(widget).__name__


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_part_is_drawn_in_every_theme(qtbot, qapp, name):
    theme.apply(qapp, name)
    blank = []
    for widget in everything():
        show(qtbot, widget)
        image = widget.grab().toImage()
        shades = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
        if len(shades) < 3:
            blank.append(type(widget).__name__)

    theme.apply(qapp, "light")
    assert blank == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amelia Kowalska", "AK"),
        ("Łucja", "Ł"),
        ("Mary-Jane van der O’Neil", "MO"),
        ("Baby Osei (due January)", "BO"),
        ("  ", "?"),
        ("", "?"),
    ],
)
def test_initials_are_those_of_the_first_and_last_name(name, letters):
    assert parts.initials(name) == letters


def test_a_chip_takes_the_icon_of_its_meaning_and_speaks_its_word(qtbot):
    chip = show(qtbot, parts.Chip("4 working days late", "overdue"))

    assert chip.accessibleName() == "4 working days late"
    assert chip.sizeHint() == parts.chip_size("4 working days late", "overdue")
    assert chip.sizeHint().width() > parts.chip_size("4 working days late").width()


def test_facts_are_replaced_and_an_empty_one_is_a_dash(qtbot):
    facts = show(qtbot, parts.FactsGrid())
    facts.set_facts([("School", "Hill Primary"), ("Worker", "Sam Okafor")])

    facts.set_facts([("School", "")])

    def shown() -> list[str]:
        return [label.text() for label in facts.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: shown() == ["School", "–"])


def test_a_long_line_is_cut_and_stands_whole_in_the_tooltip(qtbot):
    label = parts.ElidedLabel("Year 11, designated teacher Mrs Shah")
    show(qtbot, label)

    label.resize(80, 20)

    assert label.shown_text().endswith("…")
    assert label.toolTip() == label.text()


def test_the_action_of_a_banner_and_of_an_empty_list_can_be_taken(qtbot):
    banner = show(qtbot, parts.Banner("The last backup is nine days old.", "warning", "Back up now"))
    empty = show(qtbot, parts.EmptyState("star", "No readings", "They will stand here.", "First reading"))

    with qtbot.waitSignals([banner.acted, empty.acted]):
        button(banner, "Back up now").click()
        button(empty, "First reading").click()


def test_a_banner_without_an_action_has_no_button(qtbot):
    banner = show(qtbot, parts.Banner("Made-up families.", "info"))

    assert not any(found.isVisible() for found in banner.findChildren(QPushButton))


def test_undo_undoes_once_and_goes_away(qtbot):
    undone: list[str] = []
    bar = show(qtbot, parts.UndoBar())
    bar.offer("The note was deleted.", lambda: undone.append("note"))

    button(bar, "Undo").click()
    button(bar, "Undo").click()

    assert undone == ["note"]
    assert not bar.isVisible()


def test_the_offer_to_undo_ends_by_itself(qtbot):
    undone: list[str] = []
    bar = parts.UndoBar(seconds=0.01)
    bar.move(300, 300)  # away from the mouse, under which the offer stays
    qtbot.addWidget(bar)
    bar.offer("The note was deleted.", lambda: undone.append("note"))

    qtbot.waitUntil(lambda: not bar.isVisible())

    assert undone == []


def test_the_offer_to_undo_stands_ten_seconds():
    assert parts.UndoBar()._timer.interval() == 10_000


def test_work_that_ends_at_once_is_never_seen(qtbot):
    bar = parts.BusyBar()
    qtbot.addWidget(bar)
    bar.begin("Printing…")
    bar.end()

    assert not bar._show_timer.isActive()
    assert not bar.isVisible()


def test_long_work_is_seen_and_can_be_cancelled(qtbot):
    bar = parts.BusyBar(show_after_ms=1, cancel_after_ms=20)
    qtbot.addWidget(bar)
    bar.begin("Printing…")
    qtbot.waitUntil(lambda: button(bar, "Cancel").isVisible())
    bar.progress(3, 8)

    with qtbot.waitSignal(bar.cancelled):
        button(bar, "Cancel").click()

    assert bar.findChild(QProgressBar).value() == 3
