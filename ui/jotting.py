"""Keeps what is written in a small form until it is recorded, and offers what was written there before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from caseapp import jottings, words
from caseapp.form import is_empty
from caseapp.jottings import About, Jotted, LetGo, Offered, Recording
from caseapp.work import NotSaved, Problem, utc_now
from ui.keeper import ASIDE, RETRY_MS, Rhythm, once
from ui.parts import LinkButton, plain
from ui.tabbed import open_tabs

if TYPE_CHECKING:
    from caseapp.journal import Kept
    from caseapp.work import Session
    from ui.desk import Desk

R = TypeVar("R")
_ALONE: Final = (
    "Not kept: neither the store nor the file beside it can be written. What you typed is on the screen "
    "alone. Leave this open, make room or look to the disk; it is tried again by itself."
)


class Place(NamedTuple):
    """What a form is about: a child, and a row of theirs, or of nobody's; whether it changes that row."""

    child_id: UUID | None = None
    row: object = ""
    is_change: bool = False


class Form(Protocol):
    """The questions of a small form."""

    @property
    def changed(self) -> SignalInstance:
        """Say that somebody edited an answer."""

    @property
    def left(self) -> SignalInstance:
        """Say that it is no longer to be seen."""

    def written(self) -> dict[str, Any]:
        """Return the answers as they stand, with what was chosen beside the questions."""

    def bring_back(self, written: Mapping[str, Any]) -> None:
        """Show all that again."""

    def focus_first(self) -> None:
        """Put the keyboard into the first question."""


class JottingLine(QWidget):
    """A quiet line at the top of a form; hidden while there is nothing to say."""

    taken_up = Signal()
    discarded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = plain("", "muted")
        self._words.setWordWrap(True)
        self._take, self._discard = LinkButton("Take it up"), LinkButton("Discard")
        self._take.clicked.connect(self.taken_up)
        self._discard.clicked.connect(self.discarded)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._words, 1)
        for button in (self._take, self._discard):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.hide()

    def offer(self, offered: Offered) -> None:
        """Say what was written here before, and until when it stays where it was discarded."""
        day = words.day(offered.at.astimezone(words.LONDON).date())
        when = f"{day} at {words.clock_time(offered.at)}"
        self._show_buttons(True, not offered.is_discarded)
        if offered.is_discarded:
            self._take.setText("Bring it back")
            self.say(f"You discarded what you wrote here on {when}. It stays for 30 days.")
        else:
            self._take.setText("Take it up")
            self.say(f"You were writing this on {when}.")
        self._take.setAccessibleName(f"{self._take.text()}: what you wrote on {when}")
        self._discard.setAccessibleName(f"Discard what you wrote on {when}")

    def tell(self, said: str) -> None:
        """Say something that there is nothing to do about; nothing at all takes the line away."""
        self._show_buttons(False, False)
        self.say(said)

    def say(self, said: str) -> None:
        """Show words, to be heard too."""
        self._words.setText(said)
        self.setAccessibleName(said)
        self.setVisible(bool(said))
        if said:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _show_buttons(self, may_take: bool, may_discard: bool) -> None:
        self._take.setVisible(may_take)
        self._discard.setVisible(may_discard)

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text() if not self.isHidden() else ""


class Jotter(QObject):
    """Keeps a form on the journal's thread. Of a form that changes a row only what differs is kept.

    Of a new row all is kept: yesterday's note, taken up, still says yesterday.
    """

    taken_up = Signal()
    """What was written before stands in the form."""
    recording_now = Signal(bool)
    """True when it is handed on to be recorded, False once it is recorded, or could not be."""

    def __init__(
        self, desk: Desk, form: Form, title: str, place: Place, parent: QWidget, *, name: str = ""
    ) -> None:
        super().__init__(parent)
        self._desk, self._form, self._part, self._is_change = desk, form, parent, place.is_change
        # The title too: one class asks for several things.
        about = name or f"{form_name(parent)}: {title}"
        self._about = About(about, f"{place.child_id or ''} {place.row}".strip(), place.child_id, title)
        self.line = JottingLine(parent)
        self.line.taken_up.connect(self.take_up)
        self.line.discarded.connect(self._discard_offered)
        self._offered: Offered | None = None
        self._is_told = self._is_recording = self._was_recorded = False
        self._begin()
        self._rhythm = Rhythm(self)
        self._rhythm.due.connect(self.keep)
        self._again = once(self, RETRY_MS, self.keep)
        form.changed.connect(self._edited)
        form.left.connect(self.keep)
        desk.resting.connect(self.keep)
        self._look()

    def _begin(self) -> None:
        self._id = uuid4()
        self._opened = self._form.written()
        self._is_dirty = self._is_kept = self._is_over = False

    def _look(self) -> None:
        about = self._about
        work = partial(jottings.offered, form=about.form, place=about.place, wanted=self._desk.wanted)
        self._desk.run(self, work, self._show_offer, _let_be)

    @property
    def id(self) -> UUID:
        """Return what it is kept under."""
        return self._id

    def go_on(self, jotting_id: UUID, answers: Mapping[str, Any]) -> None:
        """Go on with what the form held as it was last put away."""
        self._id, self._is_kept, self._offered = jotting_id, True, None
        self._form.bring_back(self._opened | dict(answers))
        self.line.tell("")

    def opened_anew(self) -> None:
        """Take what stands in the form for what it was opened with."""
        self._opened = self._form.written()

    # Keeping

    def _edited(self) -> None:
        if not self._is_dirty:  # now: a form that is left because its screen goes finds nothing above it
            child_id = self._about.child_id or child_above(self._part)
            self._about = self._about._replace(screen=screen_name(self._part), child_id=child_id)
        self._is_dirty = True
        self._rhythm.touch()

    def has_words(self) -> bool:
        """Return whether anything differs from what the form was opened with."""
        return bool(self._changes())

    def _changes(self) -> dict[str, Any]:
        now, was = self._form.written(), self._opened
        return {key: now[key] for key in now if not _are_same(now[key], was.get(key))}

    def keep(self) -> None:
        """Keep what is written, now."""
        self._rhythm.stop()
        if not self._is_dirty or self._is_over:
            return
        self._is_dirty = False
        changes = self._changes()
        if changes:
            self._is_kept = True
            answers = changes if self._is_change else self._form.written()
            self._hand_on(Jotted(self._id, self._about, answers))
        elif self._is_kept:
            self._hand_on(LetGo(self._id))

    def _hand_on(self, what: Jotted | LetGo) -> None:
        self._desk.keep_typing(self, what, self._kept, self._not_kept)

    def _kept(self, kept: Kept) -> None:
        self._again.stop()
        if self._offered is None:
            self.line.tell(f"{ASIDE} {words.clock_time(kept.at)}" if kept.refused else "")
        elif self._is_told:
            self.line.offer(self._offered)
        self._is_told = False

    def _not_kept(self, problem: Problem) -> None:
        """Say so. A full disk is tried again; what may not be written, only once something else is typed."""
        if self._is_over:
            return
        if isinstance(problem, NotSaved):
            self._is_dirty = True
            self._again.start()
        if self.has_words():
            self._is_told = True
            self.line.tell(_ALONE if isinstance(problem, NotSaved) else problem.words)

    # Recorded, or let go of

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Join what is kept to the save that is handed in meanwhile: the same commit lets go of it."""
        self._desk.recording = self
        try:
            yield
        finally:
            self._desk.recording = None

    @property
    def is_recording(self) -> bool:
        """Return whether what is written is on its way to be recorded."""
        return self._is_recording

    @property
    def is_recorded(self) -> bool:
        """Return whether all that is written is recorded: the form only waits to be closed."""
        return self._was_recorded and not self.has_words()

    def along(
        self,
        work: Callable[[Session], R],
        then: Callable[[R], object],
        failed: Callable[[Problem], object],
    ) -> tuple[Callable[[Session], R], Callable[[R], object], Callable[[Problem], object]]:
        """Return work that also forgets what is kept, and what is to be called once it is done, or failed."""
        self.keep()  # the save may take its time
        self._set_recording(True)
        return self.forgetting(work), partial(self._recorded, then), partial(self._refused, failed)

    def forgetting(self, work: Callable[[Session], R]) -> Callable[[Session], R]:
        """Return work that also forgets what is kept."""
        return Recording(work, self._id)

    def _recorded(self, then: Callable[[R], object], result: R) -> None:
        if isValid(self):  # it is not where its page was built anew meanwhile
            self._again.stop()
            self._rhythm.stop()
            self._is_dirty = False
            # `then` closes the form: what its fields say as they are left is kept no more
            self._is_over = self._was_recorded = True
            self._set_recording(False)
        then(result)
        if isValid(self) and isValid(self._part):
            self._begin()

    def _refused(self, failed: Callable[[Problem], object], problem: Problem) -> None:
        if isValid(self):
            self._set_recording(False)
        failed(problem)

    def _set_recording(self, is_recording: bool) -> None:
        self._is_recording = is_recording
        self.recording_now.emit(is_recording)

    def discard(self) -> None:
        """Let go of what is written, at its writer's wish: the form offers it for 30 days."""
        self.keep()
        if self._is_kept and self.has_words():
            self._hand_on(LetGo(self._id, is_discarded=True))
        self._is_over = True

    # What was written before

    def _show_offer(self, offered: Offered | None) -> None:
        if offered is not None and offered.id != self._id:
            self._offered = offered
            self.line.offer(offered)
            if offered.id == self._desk.wanted:
                self._desk.wanted = None
                self.take_up()

    def take_up(self) -> None:
        """Put what was written before into the form; what stands there now is offered in its place."""
        if (offered := self._offered) is None:
            return
        self.keep()
        mine = Offered(self._id, utc_now(), self._form.written(), False) if self.has_words() else None
        self._id, self._offered = offered.id, mine
        self._form.bring_back(self._opened | offered.answers)
        self._is_kept = self._is_dirty = True
        self.line.tell("")
        if mine is not None:
            self.line.offer(mine)
        self._form.changed.emit()
        self.keep()
        self._form.focus_first()
        self.taken_up.emit()

    def _discard_offered(self) -> None:
        if (offered := self._offered) is not None:
            what = LetGo(offered.id, is_discarded=True)
            self._desk.keep_typing(self, what, partial(self._let_go_of, offered), self._not_let_go_of)

    def _let_go_of(self, offered: Offered, _kept: Kept) -> None:
        if self._offered == offered:
            self._offered = offered._replace(is_discarded=True)
            self.line.offer(self._offered)

    def _not_let_go_of(self, problem: Problem) -> None:
        self.line.say(problem.words)


def form_name(widget: QWidget) -> str:
    """Return the name of a form's class, as «care_review_forms.ReviewDialog»."""
    kind = type(widget)
    return f"{kind.__module__.rpartition('.')[2]}.{kind.__qualname__}"


def screen_above(widget: QWidget) -> QWidget | None:
    """Return the screen that a part of it, or a dialog over it, belongs to."""
    at: QWidget | None = widget
    while at is not None and not at.property("screen"):
        at = at.parentWidget()
    return at


def screen_name(widget: QWidget) -> str:
    """Return where a form is opened: the screen's name and the tabs that are open in it."""
    screen = screen_above(widget)
    if screen is None:
        return ""
    return "/".join([str(screen.property("screen")), *open_tabs(screen)])


def child_above(widget: QWidget) -> UUID | None:
    """Return the child whose record a form is opened in, if it is."""
    at: QWidget | None = widget
    while at is not None:
        if isinstance(child_id := getattr(at, "child_id", None), UUID):
            return child_id
        at = at.parentWidget()
    return None


def _are_same(one: Any, other: Any) -> bool:
    return bool(one == other) or (is_empty(one) and is_empty(other))


def _let_be(_problem: Problem) -> None:
    """Offer nothing: a store that cannot be read says so itself."""
