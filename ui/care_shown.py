"""Rows of the care record as lines of a card, with their flags and the button that changes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.looked_after.shown import Flag, Shown
from ui.care_lines import fill, told_row
from ui.education_cards import Acts
from ui.parts import Card, Chip, LinkButton, Rule

_FEW: Final = 5


def chips_of(flags: Sequence[Flag]) -> list[Chip]:
    """Return flags as chips: icon, word and colour."""
    return [Chip(each.words, each.meaning) for each in flags]


def shown_row(each: Shown, acts: Acts, *more: QWidget | None) -> QWidget:
    """Return a row of a card; `more` stands before the button that changes it."""
    button = acts.button(each.title, each.id, each.version, each.given)
    return told_row(each.title, each.told, chips_of(each.flags), [*more, button])


def shown_card(title: str, rows: Sequence[Shown], acts: Acts, empty: str) -> Card:
    """Return a card of rows in the order given, or what will stand there."""
    card = Card(title, acts.link())
    fill(card, [shown_row(each, acts) for each in rows], empty)
    return card


def folded(rows: Sequence[QWidget], of_what: str) -> QWidget:
    """Return rows of which the first few are seen, and the others when they are asked for."""
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(6)
    for each in rows[:_FEW]:
        body.addWidget(Rule())
        body.addWidget(each)
    if len(rows) > _FEW:
        body.addWidget(_More(rows[_FEW:], f"Show all {len(rows)} {of_what}"))
    return holder


class _More(QWidget):
    def __init__(self, rows: Sequence[QWidget], text: str) -> None:
        super().__init__()
        self._rows = rows
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(6)
        self._link = LinkButton(text)
        self._link.clicked.connect(self._show_all)
        self._body.addWidget(self._link)

    def _show_all(self) -> None:
        self._link.hide()
        for each in self._rows:
            self._body.addWidget(Rule())
            self._body.addWidget(each)


def acting(text: str, add: Callable[[], object], edit: Callable[..., object], may_write: bool) -> Acts:
    """Return what may be done in a card: nothing for somebody who only reads."""
    return Acts(text, add, edit) if may_write else Acts(text)
