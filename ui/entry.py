"""What the cards before the window share: fields one below the other, one line for what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.basics import Card, Muted, Title, plain, primary, push

R = TypeVar("R")

if TYPE_CHECKING:
    from caseapp.work import Problem

    class Outside(Protocol):
        """What does a card's work in a thread: `Background`, or what stands for it at first."""

        def run_outside(
            self,
            screen: QObject,
            work: Callable[[], R],
            then: Callable[[R], object],
            failed: Callable[[Problem], object] | None = None,
        ) -> None:
            """Call `work()` in a thread, then `then(result)` here."""


WRONG = "The user name or the password is not right."
CARD_WIDTH = 432
_TOOL_TIP: Final = 3  # Qt.ItemDataRole.ToolTipRole; the namespace takes 18 ms to load
_NO_FOCUS: Final = 0  # Qt.FocusPolicy.NoFocus


class EntryCard(Card):
    """A card with a title, fields one below the other, and one primary button."""

    done = Signal(object)
    """SignedIn: a store is open."""
    left = Signal()
    """The user wants to go back."""

    def __init__(self, background: Outside, title: str, words: str, button: str, busy: str) -> None:
        super().__init__()
        self._background = background
        self._button_text, self._busy_text = button, busy
        self._wait = 0
        self._came_from: QWidget | None = None
        self.setFixedWidth(CARD_WIDTH)
        self.setAccessibleName(title)
        self.body.setContentsMargins(8, 8, 8, 8)
        self.body.setSpacing(4)
        self.body.addWidget(Title(title))
        if words:
            self.body.addWidget(Muted(words))
        self.body.addSpacing(8)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(4)
        self.body.addLayout(self.fields)
        self._problem = plain("", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addSpacing(8)
        self.go_button = primary(button)
        self.go_button.setMinimumHeight(38)
        self.body.addWidget(self.go_button)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._count_down)

    def add_field(self, label: str, widget: QWidget, hint: str = "") -> None:
        """Put a field with its label, and perhaps a hint, below the last one."""
        words = plain(label, "label")
        words.setBuddy(widget)
        if not widget.accessibleName():
            widget.setAccessibleName(label)
        self.fields.addSpacing(4)
        self.fields.addWidget(words)
        self.fields.addWidget(widget)
        if hint:
            said = plain(hint, "small")
            said.setWordWrap(True)
            self.fields.addWidget(said)

    def add_links(self, *links: QPushButton) -> None:
        """Put links below the primary button."""
        self.body.addSpacing(8)
        before: QWidget = self.go_button  # the first in Tab's round: it was made before the fields
        for link in links:
            self.body.addWidget(link)
            QWidget.setTabOrder(before, link)
            before = link

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.Cancel):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def run(self, work: Callable[[], R], then: Callable[[R], object], busy: str = "") -> None:
        """Do something in the background, with the card at rest and the button saying what goes on."""
        self.show_problem("")
        self._came_from = self.window().focusWidget()
        self._set_busy(True)
        self.go_button.setText(busy or self._busy_text)
        self._background.run_outside(self, work, partial(self._ended, then), self._refused)

    def show_problem(self, words: str) -> None:
        """Say what is wrong, or nothing."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def problem_text(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()

    def refused(self, problem: Problem) -> None:
        """Stand ready for another try; each card may add to it."""

    def _ended(self, then: Callable[[R], object], result: R) -> None:
        self._set_busy(False)
        then(result)

    def _refused(self, problem: Problem) -> None:
        from caseapp.passwords import Throttled

        self._set_busy(False)
        if isinstance(problem, Throttled):
            self._wait = max(1, int(-(-problem.seconds // 1)))
            self._show_wait()
            self._timer.start()
        else:
            self.show_problem(self.words_of(problem))
        if self._came_from is not None:
            self._came_from.setFocus()  # a card at rest had lost the keyboard
        self.refused(problem)

    def words_of(self, problem: Problem) -> str:
        """Return a problem in words: never which of name and password was wrong."""
        from caseapp.work import WrongKey

        return WRONG if isinstance(problem, WrongKey) else problem.words

    def _count_down(self) -> None:
        self._wait -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        self.go_button.setEnabled(self._wait <= 0)
        if self._wait > 0:
            unit = "second" if self._wait == 1 else "seconds"
            self.show_problem(f"Too many wrong passwords. Wait {self._wait} {unit}.")
        else:
            self._timer.stop()
            self.show_problem("")

    def _set_busy(self, is_busy: bool) -> None:
        self.go_button.setText(self._busy_text if is_busy else self._button_text)
        self.setEnabled(not is_busy)


class StoreChooser(QWidget):
    """The store file: one used before, or another one."""

    def __init__(self, stores: list[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QComboBox()
        self._box.setAccessibleName("Store")
        self._box.setMinimumContentsLength(12)
        for each in stores:
            self._add(each)
        if not stores:
            self._box.setPlaceholderText("Choose a store file")
            self._box.setCurrentIndex(-1)
        other = push("Choose…")
        other.setAccessibleName("Choose a store file")
        other.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._box, 1)
        layout.addWidget(other)
        self.setFocusProxy(self._box)

    def path(self) -> Path | None:
        """Return the store that is chosen."""
        data = self._box.currentData()
        return Path(data) if data else None

    def choose(self, path: Path) -> None:
        """Choose a store."""
        index = self._box.findData(str(path))
        self._box.setCurrentIndex(index if index >= 0 else self._add(path))

    def _add(self, path: Path) -> int:
        self._box.addItem(path.name, str(path))
        index = self._box.count() - 1
        self._box.setItemData(index, str(path), _TOOL_TIP)
        return index

    def _ask(self) -> None:
        from ui import file_dialogs

        dialog = file_dialogs.to_open(self, "Choose a store", "Stores (*.caseapp);;All files (*)")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.choose(Path(path))


class PathField(QWidget):
    """A place on disk, typed or chosen: a file that is there, or one to be made."""

    def __init__(self, name: str, *, to_make: bool, pattern: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._to_make, self._pattern = name, to_make, pattern
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        button = QPushButton("Choose…")
        button.setAccessibleName(f"Choose: {name}")
        button.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(button)
        self.setFocusProxy(self.edit)

    def path(self) -> Path | None:
        """Return the place, or None while nothing is typed."""
        typed = self.edit.text().strip()
        return Path(typed).expanduser() if typed else None

    def set_path(self, path: Path) -> None:
        """Offer a place."""
        self.edit.setText(str(path))

    def _ask(self) -> None:
        from ui import file_dialogs

        typed = self.path()
        start = typed if typed and typed.parent.is_dir() else None
        if self._to_make:
            dialog = file_dialogs.to_save(self, self._name, typed.name if typed else "", self._pattern)
            if typed:
                # Not among the documents: a store is no file for a cloud to copy while it is written.
                dialog.setDirectory(str(start.parent if start else Path.home()))
        else:
            dialog = file_dialogs.to_open(self, self._name, self._pattern, start)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()


class FolderField(PathField):
    """A folder, typed or chosen."""

    chosen = Signal(Path)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, to_make=False, pattern="", parent=parent)
        self.edit.setPlaceholderText(name)

    def _ask(self) -> None:
        from ui import file_dialogs

        typed = self.path()
        dialog = file_dialogs.for_folder(self, self._name, typed if typed and typed.is_dir() else None)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.edit.setText(path)
        self.chosen.emit(Path(path))


def centred(card: QWidget) -> QScrollArea:
    """Return a page with a card in its middle and the product's name above it; it scrolls where it must."""
    page = QWidget()
    page.setObjectName("canvas")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(24, 24, 24, 24)
    layout.setSpacing(16)
    layout.addStretch(2)
    for widget in (_product(), card):
        row = (
            QHBoxLayout()
        )  # not an alignment: with one, a card with wrapped words is given too little height
        row.addStretch(1)
        row.addWidget(widget)
        row.addStretch(1)
        layout.addLayout(row)
    layout.addStretch(3)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setProperty("focusPolicy", _NO_FOCUS)
    area.setWidget(page)
    return area


def _product() -> QLabel:
    name = plain("caseapp")
    name.setFont(theme.font(20, QFont.Weight.DemiBold))
    return name
