"""Enter presses a button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from ui.enter_key import EnterPresses


def test_enter_presses_the_button_that_has_the_focus(qtbot):
    page = QWidget()
    button = QPushButton("Start review")
    QVBoxLayout(page).addWidget(button)
    qtbot.addWidget(page)
    pressed = []
    button.clicked.connect(lambda: pressed.append("pressed"))
    enter = EnterPresses(page)
    QApplication.instance().installEventFilter(enter)

    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.instance().removeEventFilter(enter)
    qtbot.keyClick(button, Qt.Key.Key_Return)

    assert pressed == ["pressed"]
