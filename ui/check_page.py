"""The last step of a form: everything that is missing or odd as links, and the button that signs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from caseapp import words
from caseapp.form import Form, Trouble
from ui.parts import Banner, BusyBar, Card, LinkButton, Muted, Rule, plain, primary
from ui.reading_order import put_in_order


class CheckPage(Card):
    """What keeps a version from being signed, question by question, and signing itself."""

    go_to = Signal(str, str)
    """A section and a question to go to."""
    signing = Signal()
    """Somebody said twice that the version shall be signed and closed."""
    closed = Signal()

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        self._back = LinkButton("Back to the form")
        super().__init__("Check and sign", self._back, parent)
        self._back.clicked.connect(self.closed)
        self._titles = {section.key: section.title for section in form.sections}
        self._links: list[LinkButton] = []
        self._banner = Banner("", "info")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName("What to see to")
        self._area.setProperty("ringed", "true")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sign = primary("Sign and close this version")
        self._sign.clicked.connect(self._ask)
        self._busy = BusyBar()
        self.body.addWidget(self._banner)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._busy)
        self.body.addWidget(self._confirm_panel())
        self.body.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignLeft)

    def _confirm_panel(self) -> QWidget:
        self._confirm = QWidget()
        column = QVBoxLayout(self._confirm)
        column.setContentsMargins(0, 0, 0, 0)
        self._question = plain("")
        self._question.setWordWrap(True)
        self._yes = primary("Sign it now")
        self._yes.clicked.connect(self._sign_now)
        not_yet = QPushButton("Not yet")
        not_yet.setAccessibleName("Not yet")
        not_yet.clicked.connect(self._not_yet)
        row = QHBoxLayout()
        row.addWidget(self._yes)
        row.addWidget(not_yet)
        row.addStretch(1)
        column.addWidget(self._question)
        column.addLayout(row)
        self._confirm.hide()
        return self._confirm

    def show_troubles(self, troubles: Sequence[Trouble], title: str, worth: Sequence[str] = ()) -> None:
        """Show what is missing or odd in a version called `title`; without any it can be signed.

        What is `worth` a look is said below and keeps nobody from signing.
        """
        self._links = []
        page = QWidget()
        page.setObjectName("canvas")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 12, 4)
        column.setSpacing(4)
        section = ""
        for trouble in troubles:
            if trouble.section != section:
                section = trouble.section
                if self._links:
                    column.addSpacing(6)
                    column.addWidget(Rule())
                column.addWidget(plain(self._titles.get(section, section), "label"))
            column.addWidget(self._link(trouble), 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(Muted(trouble.words))
        if worth:
            column.addSpacing(6 if troubles else 0)
            column.addWidget(worth_a_look(worth))
        column.addStretch(1)
        self._area.setWidget(page)
        # Sentences have nothing that Tab stops at: the list itself is one, so that the arrow keys scroll it.
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus if worth else Qt.FocusPolicy.NoFocus)
        self._say(len(troubles))
        self._question.setText(
            f"Signing closes “{title}” for good: its words can no longer be changed. "
            "A correction makes a new version that names this one."
        )
        put_in_order(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard on the first thing to see to: the button that led here is gone."""
        super().showEvent(event)
        if not event.spontaneous():
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on the first thing to see to, or on signing."""
        listed = self._area if self._area.focusPolicy() else self._sign
        (self._links[0] if self._links else listed).setFocus()

    def _link(self, trouble: Trouble) -> LinkButton:
        link = LinkButton(trouble.label)
        link.setAccessibleName(f"Go to {trouble.label}")
        link.setAccessibleDescription(trouble.words)
        link.setProperty("place", (trouble.section, trouble.key))
        link.clicked.connect(self._go)
        self._links.append(link)
        return link

    def _say(self, count: int) -> None:
        if count:
            many = words.count(count, "answer")
            self._banner.set_banner(f"{many} to see to before it can be signed.", "warning")
        else:
            self._banner.set_banner(
                "Everything that is needed is there. Read the pages once more, then sign.", "success"
            )
        self._sign.setEnabled(not count)
        self._not_yet()

    def say(self, text: str) -> None:
        """Say what went wrong when it was to be signed."""
        self._busy.end()
        self._banner.set_banner(text, "warning")
        self._not_yet()

    def links(self) -> list[LinkButton]:
        """Return the links to what is missing or odd, in the form's order."""
        return list(self._links)

    def sign_button(self) -> QPushButton:
        """Return the button that asks whether to sign."""
        return self._sign

    def confirm_button(self) -> QPushButton:
        """Return the button that signs."""
        return self._yes

    def _go(self) -> None:
        section, key = self.sender().property("place")
        self.go_to.emit(section, key)

    def _ask(self) -> None:
        self._sign.hide()
        self._confirm.show()
        self._yes.setFocus()

    def _not_yet(self) -> None:
        focused = self.window().focusWidget()
        has_keyboard = focused is self or self._confirm.isAncestorOf(focused)
        self._confirm.hide()
        self._sign.show()
        if has_keyboard:
            (self._links[0] if self._links else self._sign).setFocus()

    def _sign_now(self) -> None:
        self.setFocus()  # with its button hidden, Qt would give the keyboard to whatever comes next
        self._confirm.hide()
        self._busy.begin("Signing…", may_cancel=False)
        self.signing.emit()


def worth_a_look(sentences: Sequence[str]) -> QWidget:
    """Return sentences as a quiet list: it warns, and leaves the decision to the writer."""
    holder = QWidget()
    holder.setAccessibleName("Worth a look")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(Rule())
    column.addWidget(plain("Worth a look", "label"))
    for each in sentences:
        column.addWidget(Muted(each))
    column.addWidget(Muted("None of this keeps the plan from being signed."))
    return holder
