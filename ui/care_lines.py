"""The lines that the parts of the Care tab are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import words
from caseapp.dates import Due
from caseapp.looked_after.timing import Timing
from caseapp.plan_versions import VersionRow
from ui.child_plans import versions_card
from ui.editor import Flow
from ui.parts import Card, Chip, LinkButton, Muted, Rule, plain
from ui.record_parts import state_meaning
from ui.why import why_button

AT_ONCE: Final = 6


def link(text: str, act: Callable[[], object] | None, name: str = "") -> LinkButton | None:
    """Return a link that does something, None where it may not be done."""
    if act is None:
        return None
    made = LinkButton(text)
    made.setAccessibleName(name or text)
    made.clicked.connect(act)
    return made


def flowing(widgets: Sequence[QWidget], gap: int = 6) -> QWidget:
    """Return widgets one after the other, going on in a new line where there is no room."""
    holder = QWidget()
    layout = Flow(holder, gap=gap, line_gap=4)
    layout.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        layout.addWidget(each)
    return holder


def timing_chip(told: Timing, what: str = "") -> Chip:
    """Return whether something was in time as a chip; `what` says of what."""
    said = told.words
    text = f"{what}: {said[:1].lower()}{said[1:]}" if what else f"{said[:1].upper()}{said[1:]}"
    return Chip(text, state_meaning(told.state))


def told_row(
    title: str,
    told: Sequence[str],
    chips: Sequence[Chip] = (),
    buttons: Sequence[QWidget | None] = (),
) -> QWidget:
    """Return a row of a card: a title, what is told of it, chips below, and buttons at the right."""
    lines = QVBoxLayout()
    lines.setSpacing(3)
    heading = plain(title, "label")
    heading.setWordWrap(True)
    lines.addWidget(heading)
    for said in told:
        if said:
            lines.addWidget(Muted(said))
    if chips:
        lines.addWidget(flowing(chips))
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 2, 0, 2)
    layout.addLayout(lines, 1)
    for button in buttons:
        if button is not None:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return holder


def due_row(due: Due) -> QWidget:
    """Return something due: what and when, why, and how urgent it is."""
    return told_row(
        f"{due.what}: {words.day(due.due_on)}",
        [due.why],
        [Chip(due.words, state_meaning(due.state))],
        buttons=[why_button(due)],
    )


def fill(card: Card, rows: Sequence[QWidget], empty: str) -> None:
    """Put rows into a card with a fine line between them, or say what will stand there.

    The earlier rows of a long list are folded away until somebody asks for them.
    """
    later: list[QWidget] = []
    for place, each in enumerate(rows):
        parts = [Rule(), each] if place else [each]
        for part in parts:
            card.body.addWidget(part)
        later += parts if place >= AT_ONCE else []
    if not rows:
        card.body.addWidget(Muted(empty))
    if later:
        text = f"Show all {len(rows)}"
        more = LinkButton(text)
        more.setAccessibleName(f"{text}: {card.accessibleName()}")
        more.clicked.connect(partial(_unfold, later, more))
        card.body.addWidget(more)
        for each in later:
            each.hide()


def _unfold(later: Sequence[QWidget], more: QWidget) -> None:
    for each in later:
        each.show()
    more.hide()


def documents(
    title: str,
    versions: Sequence[VersionRow],
    empty: str,
    write: tuple[str, Callable[[], object]] | None,
    open_plan: Callable[[UUID], object],
) -> Card:
    """Return the versions of a form of care, newest first, and the button that begins the next one.

    A draft is gone on with where it stands, so no second one is offered.
    """
    card = versions_card(title, versions, write is not None, open_plan)
    if not versions:
        card.body.addWidget(Muted(empty))
    if write and all(each.signed_at for each in versions):
        text, act = write
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.clicked.connect(act)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card
