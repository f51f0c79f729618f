"""How the states and grades of a Personal Education Plan look, and what is said of them in a line."""

from __future__ import annotations

from datetime import date
from typing import Final

from caseapp import words
from caseapp.education.pep_states import PepState
from caseapp.pep_quality import QualityView, QueueRow
from ui.chips import Chip

_STATES: Final = {
    "planned": ("neutral", "calendar"),
    "draft": ("draft", ""),
    "meeting_held": ("info", "people"),
    "submitted": ("info", "sign"),
    "in_qa": ("info", "eye"),
    "returned": ("warning", "undo"),
    "approved": ("success", "signed"),
    "superseded": ("neutral", "history"),
    "cancelled": ("neutral", "minus"),
    "void": ("neutral", "delete"),
}
"""The meaning and the icon of a state."""
_GRADES: Final = {
    "gold": ("success", "star"),
    "outstanding": ("success", "star"),
    "green": ("success", ""),
    "good": ("success", ""),
    "amber": ("due_soon", "part-done"),
    "improve": ("due_soon", "part-done"),
    "red": ("alert", ""),
    "inadequate": ("alert", ""),
}
"""The meaning and the icon of a grade."""


def state_chip(state: PepState) -> Chip:
    """Return the chip of a plan's state; an approved one's with its grade."""
    said = f"{state.words}, {state.grade_words.lower()}" if state.grade_words else state.words
    return Chip(said, *_STATES[state.key])


def key_chip(key: str, said: str) -> Chip:
    """Return the chip of a state by its key."""
    return Chip(said, *_STATES[key])


def grade_look(code: str) -> tuple[str, str]:
    """Return the meaning and the icon of a grade."""
    return _GRADES.get(code, ("neutral", ""))


def grade_chip(code: str, said: str) -> Chip:
    """Return the chip of a grade."""
    return Chip(said, *grade_look(code))


def due_words(row: QueueRow) -> str:
    """Return how urgent a row of the queue is: «Overdue 3 working days», «In 4 working days»."""
    if row.due_on is None:
        return ""
    if row.state == "overdue":
        late = max(-row.working_days, 1)
        return f"Overdue {words.count(late, 'working day')}"
    return f"In {words.count(row.working_days, 'working day')}" if row.working_days else "Today"


def came_back(resubmissions: int) -> str:
    """Return how often a plan came back mended; nothing if it never did."""
    if not resubmissions:
        return ""
    times = {1: "once", 2: "twice"}.get(resubmissions, f"{resubmissions} times")
    return f"resubmitted {times}"


def standing(view: QualityView, today: date) -> str:
    """Return in a sentence how a plan stands and what comes next."""
    state = view.state
    on = words.day(state.on) if state.on else ""
    if state.key in ("submitted", "in_qa"):
        return _waiting(view, today)
    if state.key == "returned":
        by = f" Mend it by {words.day(state.mend_by)}." if state.mend_by else ""
        return f"Given back by {state.by} on {on}: {state.returned_because}{by}"
    if state.key == "approved":
        return f"Approved by {state.by} on {on}."
    if state.key == "superseded":
        return f"Version {state.replaced_by} has taken its place; this one can still be read and printed."
    if state.key in ("void", "cancelled"):
        return f"{state.words} by {state.by} on {on}: {state.because}"
    return f"Not signed yet: {words.count(len(state.missing), 'thing')} to see to." if state.missing else ""


def _waiting(view: QualityView, today: date) -> str:
    begun = f"Being checked by {view.state.by}. " if view.state.key == "in_qa" else ""
    if view.due_on is None:
        return begun
    late = " It is late." if view.due_on < today else ""
    return f"{begun}To be checked by {words.day(view.due_on)}.{late}"
