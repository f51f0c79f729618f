"""Words that the dictionary does not know are underlined in long texts; a menu says what may have been meant.

The dictionary loads in a thread when the first long text takes the keyboard. The word under the cursor is
left alone until the writer has gone on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit

from caseapp.spelling import Span
from ui import theme

if TYPE_CHECKING:
    from uuid import UUID

    from caseapp.spelling import Speller
    from caseapp.work import Session
    from ui.desk import Desk

QUIET_MS = 120
"""How long after the last key or move words are looked at."""
MOST_LETTERS = 60_000
"""Longer texts were not typed."""
LOOKING = "Looking for suggestions…"
NONE = "No suggestion"


class Spelling(QObject):
    """What all texts share: the dictionary once it is there, and the words that are right here."""

    changed = Signal()
    """The dictionary has come, or other words are right."""
    suggested = Signal(str, list)
    word_added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.speller: Speller | None = None
        self.known: frozenset[str] = frozenset()
        self._is_loading = False

    def load(self) -> None:
        """Begin to load the dictionary, once."""
        if not self._is_loading:
            self._is_loading = True
            threading.Thread(target=self._load, name="spelling", daemon=True).start()

    def _load(self) -> None:
        from caseapp import spelling

        self.speller = spelling.speller()
        self.changed.emit()

    def know(self, words: frozenset[str]) -> None:
        """Take these words for right, instead of those before: the names of the record that is open."""
        if words != self.known:
            self.known = words
            self.changed.emit()

    def wrong(self, text: str) -> list[Span]:
        """Return the words that are none; nothing until the dictionary is there."""
        return self.speller.wrong(text, self.known) if self.speller else []

    def add(self, word: str) -> None:
        """Take a word for right from now on; `word_added` lets the window keep it."""
        from caseapp import spelling

        self.know(self.known | spelling.folded([word]))
        self.word_added.emit(word)

    def suggest(self, word: str) -> None:
        """Look for what may have been meant; `suggested` says it."""
        threading.Thread(target=self._suggest, args=(word,), name="suggestions", daemon=True).start()

    def _suggest(self, word: str) -> None:
        self.suggested.emit(word, self.speller.suggestions(word) if self.speller else [])


@cache
def spelling() -> Spelling:
    """Return what all texts share."""
    return Spelling()


def know_record(desk: Desk, screen: QObject, child_id: UUID) -> None:
    """Let the names of a record, and the user's own words, be right in its texts."""
    desk.run(screen, partial(_right_words, child_id=child_id), spelling().know)


def _right_words(session: Session, child_id: UUID) -> frozenset[str]:
    from caseapp import spelling as rules

    return rules.names_of(session, child_id) | rules.own_words(session)


class Underlines(QObject):
    """Underlines what is no word: drawn over the text, so that nothing in it changes or counts as typed."""

    def __init__(self, box: QPlainTextEdit) -> None:
        super().__init__(box)
        self._box = box
        self._seen: dict[str, list[Span]] = {}
        self._quiet = QTimer(self, interval=QUIET_MS)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.look)
        spelling().changed.connect(self._begin_anew)
        box.textChanged.connect(self._quiet.start)
        box.cursorPositionChanged.connect(self._quiet.start)
        self._quiet.start()

    def _begin_anew(self) -> None:
        self._seen.clear()
        self._quiet.start()

    def look(self) -> None:
        """Underline the wrong words of every line, but for the one that is being typed."""
        if self._box.document().characterCount() > MOST_LETTERS:
            self._box.setExtraSelections([])
            return
        waves: list[QTextEdit.ExtraSelection] = []
        seen: dict[str, list[Span]] = {}
        block = self._box.document().firstBlock()
        while block.isValid():
            text = block.text()
            seen[text] = self._seen[text] if text in self._seen else spelling().wrong(text)
            at = self._typed_at(block)
            waves += [self._wave(block, each) for each in seen[text] if not each.holds(at)]
            block = block.next()
        self._seen = seen
        self._box.setExtraSelections(waves)

    def _wave(self, block: QTextBlock, span: Span) -> QTextEdit.ExtraSelection:
        wave = QTextEdit.ExtraSelection()
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + span.start)
        cursor.setPosition(block.position() + span.start + span.length, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(theme.meaning("alert")[0])
        wave.cursor, wave.format = cursor, look
        return wave

    def _typed_at(self, block: QTextBlock) -> int:
        """Return where in a line somebody is typing, -1 if elsewhere."""
        cursor = self._box.textCursor()
        is_here = self._box.hasFocus() and cursor.block() == block
        return cursor.positionInBlock() if is_here else -1


def menu_for(box: QPlainTextEdit, event: QContextMenuEvent) -> QMenu:
    """Return the menu of a text, with suggestions above it where it was asked for at a wrong word."""
    menu = box.createStandardContextMenu(event.pos())
    is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
    cursor = box.textCursor() if is_by_key else box.cursorForPosition(event.pos())
    at = cursor.positionInBlock()
    here = [each for each in spelling().wrong(cursor.block().text()) if each.holds(at)]
    if here and not box.isReadOnly():
        start = cursor.block().position() + here[0].start
        cursor.setPosition(start)
        cursor.setPosition(start + here[0].length, QTextCursor.MoveMode.KeepAnchor)
        _Suggestions(menu, cursor)
    return menu


class _Suggestions(QObject):
    """The upper part of a menu: what may have been meant stands there once it has been found."""

    def __init__(self, menu: QMenu, cursor: QTextCursor) -> None:
        super().__init__(menu)
        self._menu, self._cursor, self._word = menu, cursor, cursor.selectedText()
        self._top = menu.actions()[0]
        self._looking = self._put(LOOKING, None, self._top)
        self._put("Add to my words", partial(spelling().add, self._word), self._top)
        menu.insertSeparator(self._top)
        spelling().suggested.connect(self._fill)
        spelling().suggest(self._word)

    def _put(self, text: str, act: Callable[[], object] | None, before: QAction) -> QAction:
        action = QAction(text, self._menu)
        action.setEnabled(act is not None)
        if act is not None:
            action.triggered.connect(act)
        self._menu.insertAction(before, action)
        return action

    def _fill(self, word: str, found: list[str]) -> None:
        if word != self._word or not self._looking.isVisible():
            return
        for each in found:
            self._put(each, partial(self._take, each), self._looking)
        self._looking.setText(NONE)
        self._looking.setVisible(not found)

    def _take(self, word: str) -> None:
        self._cursor.insertText(word)
