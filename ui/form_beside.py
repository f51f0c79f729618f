"""What stands beside a form: what was written last time, the guidance, and what the record knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from caseapp import smart
from caseapp.form import Answers, Field, Form, Rows, Section, filled_rows, is_empty
from ui.check_page import worth_a_look
from ui.parts import Card, FactsGrid, LinkButton, Muted, Rule, plain

_SHORT: Final = 26
"""Letters of an answer that stands beside its label; a longer one stands below it."""
_LABEL: Final = 110


class Beside(Card):
    """Three tabs about the section that is open."""

    brought = Signal(str)
    """The key of an answer to bring forward from last time."""

    def __init__(self, form: Form, today: date, parent: QWidget | None = None) -> None:
        super().__init__("", None, parent)
        self._form, self._today = form, today
        self._last: Answers | None = None
        self._signed = ""
        self._may_write = True
        self._shown: tuple[Any, ...] = ()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        for part in (self._tabs, self._tabs.tabBar()):
            part.setAccessibleName("Beside the form")
        self._pages = [_page() for _ in range(3)]
        for page, title in zip(self._pages, ("Last time", "Guidance", "Facts"), strict=True):
            self._tabs.addTab(page, title)
        self.body.addWidget(self._tabs)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setContentsMargins(16, 8, 8, 8)
        self.setMinimumWidth(240)

    def set_last(self, answers: Answers | None, signed: str) -> None:
        """Take over what was written last time, with the words for who signed it and when."""
        self._last, self._signed = answers, signed

    def set_known(self, known: Mapping[str, str]) -> None:
        """Show what the record knows, by the labels of the form."""
        column = _emptied(self._pages[2])
        facts = _facts(self._form, known)
        if facts:
            grid = FactsGrid(label_width=_LABEL)
            grid.set_facts(facts)
            column.addWidget(grid)
        else:
            column.addWidget(Muted("The record holds nothing yet that this form asks for."))
        column.addStretch(1)

    def set_may_write(self, may_write: bool) -> None:
        """Offer to bring answers forward, or not."""
        self._may_write = may_write

    def show_section(self, section: Section, answers: Answers) -> None:
        """Show what belongs to a section; drawn again only if it would be different."""
        asked = section.asked(answers)
        told = [(each.key, each.show(self._was(each)), each.show(answers.get(each.key))) for each in asked]
        if (section.key, told, self._may_write) == self._shown:
            return
        self._shown = (section.key, told, self._may_write)
        self._show_last([each for each in asked if not is_empty(self._was(each))], answers)
        self._show_guidance(section, answers)

    def _was(self, field: Field) -> Any:
        return (self._last or {}).get(field.key)

    def _show_last(self, fields: list[Field], answers: Answers) -> None:
        column = _emptied(self._pages[0])
        if self._last is None:
            column.addWidget(Muted("This is the first one. From the next on, the last stands here."))
        elif not fields:
            column.addWidget(Muted("Nothing was written in this section last time."))
        for field in fields:
            column.addWidget(self._answer(field, answers.get(field.key)))
        if self._last is not None and self._signed:
            column.addSpacing(4)
            column.addWidget(Rule())
            column.addWidget(Muted(self._signed))
        column.addStretch(1)

    def _answer(self, field: Field, now: Any) -> QWidget:
        """Return what was written for a question, whether it differs, and the link to bring it forward."""
        was = field.show(self._was(field))
        differs = was != field.show(now)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        said = plain(_rows_told(field, self._was(field)) if isinstance(field, Rows) else was)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setAccessibleName(f"{field.label}, last time: {was}")
        if len(was) <= _SHORT and len(field.label) <= _SHORT:
            label = plain(field.label, "muted")
            label.setWordWrap(True)
            label.setFixedWidth(_LABEL)
            row = QHBoxLayout()
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(said, 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        else:
            label = plain(field.label, "label")
            label.setWordWrap(True)
            column.addWidget(label)
            column.addWidget(said)
        self._add_foot(column, field, now, differs)
        return holder

    def _add_foot(self, column: QVBoxLayout, field: Field, now: Any, differs: bool) -> None:
        if not differs or not self._form.lends(field):
            return
        row = QHBoxLayout()
        row.setSpacing(10)
        if self._may_write:
            link = LinkButton("Bring forward")
            link.setAccessibleName(f"Bring forward: {field.label}")
            link.setProperty("key", field.key)
            link.clicked.connect(self._bring)
            row.addWidget(link)
        if not is_empty(now):
            row.addWidget(plain("differs now", "small"))
        row.addStretch(1)
        column.addLayout(row)

    def _bring(self) -> None:
        self.brought.emit(self.sender().property("key"))

    def _show_guidance(self, section: Section, answers: Answers) -> None:
        column = _emptied(self._pages[1])
        agrees_actions = any(isinstance(each, Rows) and each.actions for each in section.fields)
        worth = smart.of_form(self._form, answers, self._today) if agrees_actions else []
        if worth:
            column.addWidget(worth_a_look(worth))
        if section.guidance:
            column.addWidget(_wrapped(section.guidance))
        if section.owner:
            column.addWidget(Muted(f"Whose part it is: {section.owner}"))
        for each in section.fields:
            if each.help:
                column.addWidget(_wrapped(each.label, "label"))
                column.addWidget(Muted(each.help))
        if self._form.source:
            column.addWidget(Rule())
            column.addWidget(Muted(self._form.source))
        if column.count() == 0:
            column.addWidget(Muted("There is no guidance for this section."))
        column.addStretch(1)

    def focus(self) -> None:
        """Put the keyboard on the tabs."""
        self._tabs.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)


def _page() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _emptied(area: QScrollArea) -> QVBoxLayout:
    """Return the column of a new, empty page; the old one goes."""
    page = QWidget()
    page.setObjectName("canvas")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 12, 8, 8)
    column.setSpacing(10)
    area.setWidget(page)
    return column


def _rows_told(rows: Rows, answer: Any) -> str:
    """Return a line a question, and a blank line between rows: in one run they could not be read."""
    if not isinstance(answer, list):
        return rows.show(answer)
    return "\n\n".join(
        "\n".join(
            f"{each.label}: {each.show(row[each.key])}"
            for each in rows.fields
            if not is_empty(row.get(each.key))
        )
        for row in filled_rows(answer)
    )


def _wrapped(text: str, role: str = "") -> QWidget:
    label = plain(text, role)
    label.setWordWrap(True)
    return label


def _facts(form: Form, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return label and words of what the record knows, in the form's order, each fact once."""
    found: dict[str, tuple[str, str]] = {}
    for each in form.fields:
        if each.prefill in known and each.prefill not in found and known[each.prefill]:
            found[each.prefill] = (each.label, each.show(known[each.prefill]))
    return list(found.values())
