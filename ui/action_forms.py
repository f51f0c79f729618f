"""The small forms of an action: note progress, mark it done, move its day, change its colour, add one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from caseapp import actions
from caseapp.actions import ActionRow
from caseapp.form import Choice, Date, Field, Options, Text
from caseapp.form_parts.early_help_lists import ACTION_STATUSES, RESULTS
from ui.small_form import InlineForm, SmallForm

if TYPE_CHECKING:
    from caseapp.work import Session

Work = Callable[["Session"], object]

_COLOURS: Options = (
    ("green", "Green: on track"),
    ("amber", "Amber: at risk"),
    ("red", "Red: late or stuck"),
    ("rule", "As the rule says"),
)
_GOING_ON: Options = tuple(each for each in ACTION_STATUSES if each[0] != "done")
_REOPENED: Options = tuple(each for each in ACTION_STATUSES if each[0] not in ("done", "not_needed"))
_ON = Date("on", "Day", past=True, half=True)


def _day(form: SmallForm) -> date:
    return form.day("on") or form.today


def _progress(action_id: UUID, form: SmallForm) -> Work:
    on, status, said = _day(form), form.text("status"), form.text("words")
    return lambda session: actions.step(session, action_id, on=on, status=status, words=said)


def _done(action_id: UUID, form: SmallForm) -> Work:
    on, result, evidence, said = _day(form), form.text("result"), form.text("evidence"), form.text("words")
    return lambda session: actions.step(
        session, action_id, on=on, status="done", words=said, result=result, evidence=evidence
    )


def _moved(action_id: UUID, form: SmallForm) -> Work:
    by_on, status, said = form.day("by_on"), form.text("status"), form.text("words")
    on = form.today
    return lambda session: actions.step(session, action_id, on=on, status=status, words=said, by_on=by_on)


def _coloured(action_id: UUID, form: SmallForm) -> Work:
    colour, because = form.text("colour").replace("rule", ""), form.text("because")
    return lambda session: actions.recolour(session, action_id, colour, because)


@dataclass(frozen=True)
class _Form:
    """What one link of an action asks, and what is done with the answers."""

    link: str
    title: str
    save: str
    fields: tuple[Field, ...]
    needed: tuple[str, ...]
    work: Callable[[UUID, SmallForm], Work]
    for_finished: bool = False


FORMS: Final = {
    "progress": _Form(
        "Note progress",
        "What has happened",
        "Save the note",
        (
            Choice("status", "How far it is", options=_GOING_ON, half=True),
            _ON,
            Text("words", "What has happened", lines=2),
        ),
        ("status", "on", "words"),
        _progress,
    ),
    "done": _Form(
        "Mark done",
        "Done",
        "Mark it done",
        (
            Choice("result", "Was the outcome reached?", options=RESULTS, half=True),
            Date("on", "Done on", past=True, half=True),
            Text("evidence", "What shows it", lines=2),
            Text("words", "What has happened", lines=2),
        ),
        ("on",),
        _done,
    ),
    "date": _Form(
        "New date",
        "A new date, and why",
        "Move the date",
        (
            Date("by_on", "New date", half=True),
            Choice("status", "How far it is", options=_GOING_ON, half=True),
            Text("words", "Why the date moves", lines=2),
        ),
        ("by_on", "status", "words"),
        _moved,
    ),
    "colour": _Form(
        "Change colour",
        "Another colour than the rule's",
        "Set the colour",
        (
            Choice("colour", "Colour", options=_COLOURS, half=True),
            Text("because", "Why", lines=2),
        ),
        ("colour",),
        _coloured,
    ),
    "reopen": _Form(
        "Open again",
        "Open it again, and why",
        "Open it again",
        (
            Choice("status", "How far it is", options=_REOPENED, half=True),
            _ON,
            Text("words", "Why it is opened again", lines=2),
        ),
        ("status", "on", "words"),
        _progress,
        for_finished=True,
    ),
}
"""The forms by key, in the order of their links."""

_NEW: Final[tuple[Field, ...]] = (
    Text("what", "What will be done", lines=2),
    Text("who", "Who does it", half=True, help="One person; a family member may"),
    Date("by_on", "By when", half=True, help="Not “ongoing”: the day on which it is looked at again"),
    Text("need", "Need", half=True),
    Text("whom", "For whom", half=True),
    Text("outcome", "What will be different", lines=2),
    Text("agency", "Their agency", half=True),
    Text("measure", "How we will know", half=True),
)


def action_form(key: str, action: ActionRow, today: date) -> InlineForm:
    """Return one of the forms of an action, with what is known of it."""
    asked = FORMS[key]
    form = SmallForm(asked.fields, today, asked.needed)
    known: dict[str, Any] = {"on": today.isoformat(), "result": action.result}
    if action.status not in ("done", "not_needed"):
        known["status"] = action.status
    keys = {each.key for each in asked.fields}
    form.set_answers({name: value for name, value in known.items() if name in keys and value})
    return InlineForm(f"{asked.title} (action {action.no})", form, asked.save)


def new_action_form(today: date) -> InlineForm:
    """Return the questions about an action outside any plan."""
    return InlineForm("Agreed outside a plan", SmallForm(_NEW, today, ("what", "who", "by_on")), "Add it")
