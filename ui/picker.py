"""Find one of many by typing: what fits stands below the line, to be chosen with mouse or keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.basics import HandsKeyboardOn
from ui.parts import plain

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

WAIT_MS: Final = 120
_ROW: Final = 36


class Found(NamedTuple):
    """Something to choose: the words that say what it is, its id, and what else tells it apart."""

    text: str
    id: UUID | None
    detail: str = ""


class Chooser(HandsKeyboardOn, QWidget):
    """Something chosen beside the questions of a form, and kept with their answers."""

    changed = Signal()
    """Somebody chose, or typed letters to choose by."""

    def written(self) -> Any:
        """Return what is chosen, as JSON has it; None for nothing."""
        raise NotImplementedError

    def bring_back(self, written: Any) -> None:
        """Show what was chosen before."""
        raise NotImplementedError


class Picker(Chooser):
    """A line to type in, and a list of what was found. `search(session, text)` looks in the background."""

    picked = Signal(object)
    """The `Found` that was chosen; its id is None for what is to be added as new."""

    def __init__(
        self,
        desk: Desk,
        label: str,
        search: Callable[[Session, str], Sequence[Found]],
        add_words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._search, self._add_words = desk, search, add_words
        self._chosen: Found | None = None
        self._line = QLineEdit()
        self._line.setAccessibleName(label)
        self._line.setPlaceholderText("Type a few letters")
        self._line.textEdited.connect(self._typed)
        self._line.returnPressed.connect(self._take_first)
        self._line.installEventFilter(self)
        self.front = self._line
        self._list = QListWidget()
        self._list.setAccessibleName(f"{label}: what was found")
        self._list.itemActivated.connect(self._take)
        self._list.itemClicked.connect(self._take)
        self._list.hide()
        self._words = plain("", "error")
        self._words.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for widget in (plain(label, "label"), self._words, self._line, self._list):
            layout.addWidget(widget)
        self._timer = QTimer(self, interval=WAIT_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def chosen(self) -> Found | None:
        """Return what was chosen, unless other letters were typed since."""
        return self._chosen

    def text(self) -> str:
        """Return what stands in the line."""
        return self._line.text().strip()

    def written(self) -> list[str] | None:
        """Return the words, the id and the detail of what was chosen, or the letters alone."""
        if self._chosen is None:
            return [self.text()] if self.text() else None
        text, found_id, detail = self._chosen
        return [text, str(found_id or ""), detail]

    def bring_back(self, written: list[str] | None) -> None:
        """Show what was chosen, or the letters."""
        text, *chosen = written or [""]
        self._timer.stop()
        self._list.hide()
        self._line.setText(text)
        self._chosen = Found(text, UUID(chosen[0]) if chosen[0] else None, chosen[1]) if chosen else None

    def focus(self) -> None:
        """Put the keyboard into the line."""
        self._line.setFocus()

    def show_words(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._words.setText(text)
        self._words.setVisible(bool(text))

    def found(self) -> list[Found]:
        """Return what is on offer."""
        items = (self._list.item(place) for place in range(self._list.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items]

    def look(self) -> None:
        """Search for what is typed."""
        text, search = self.text(), self._search
        if text:
            self._desk.run(self, lambda session: (text, search(session, text)), self._show, self._failed)
        else:
            self._list.hide()

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Go from the line into the list with the down key."""
        is_down = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        )
        if is_down and self._list.isVisible():
            self._list.setFocus()
            self._list.setCurrentRow(0)
            return True
        return False

    def _typed(self) -> None:
        self._chosen = None
        self.show_words("")
        self._timer.start()
        self.changed.emit()

    def _failed(self, problem: Any) -> None:
        self.show_words(problem.words)

    def _show(self, answer: tuple[str, Sequence[Found]]) -> None:
        text, found = answer
        if text != self.text() or self._chosen is not None:
            return  # more letters were typed in between
        self._list.clear()
        offered = list(found)
        if self._add_words and not any(each.text.casefold() == text.casefold() for each in offered):
            offered.append(Found(text, None, self._add_words))
        for each in offered:
            shown = f"{each.text}   {each.detail}" if each.id else f"{each.detail} “{each.text}”"
            item = QListWidgetItem(shown)
            item.setData(Qt.ItemDataRole.UserRole, each)
            self._list.addItem(item)
        if not offered:
            self._list.addItem("Nothing is found by these letters.")
            self._list.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.setFixedHeight(min(self._list.count(), 6) * _ROW + 4)
        self._list.show()

    def _take_first(self) -> None:
        offered = [each for each in self.found() if each]
        if self._list.isVisible() and offered:
            self._choose(offered[0])

    def _take(self, item: QListWidgetItem) -> None:
        if (each := item.data(Qt.ItemDataRole.UserRole)) is not None:
            self._choose(each)

    def _choose(self, each: Found) -> None:
        self._timer.stop()
        self._chosen = each
        self._line.setText(each.text)
        self._list.hide()
        self._line.setFocus()
        self.changed.emit()
        self.picked.emit(each)
