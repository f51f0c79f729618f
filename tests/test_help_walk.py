"""A family's early help in the window: two children from the request to closure, screen by screen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from caseapp import people, plan_versions, plans
from caseapp.early_help.statuses import STATUSES
from db.moments import pretend
from tests.desk_fixture import DeskAtOnce, Office, add_child, add_mother, at_work, done
from tests.help_tab import dialog_of, fill, form_of
from tests.pdf_reading import words_of
from tests.record_screen import button, texts
from tests.story import sample
from ui.child_help import HelpPage
from ui.help_status import MissingList
from ui.parts import LinkButton
from ui.people_forms import Found
from ui.plan import PlanScreen

__all__ = ["at_work"]

ASKED, ASSESSED, CLOSED = date(2026, 11, 2), date(2026, 11, 20), date(2027, 3, 26)
READINGS = (date(2026, 11, 24), date(2027, 1, 26), date(2027, 3, 9))
REVIEWS = (date(2026, 12, 18), date(2027, 1, 29), date(2027, 3, 12))
NEXT = (*REVIEWS[1:], date(2027, 4, 23))
AHEAD = ("29/01/2027, in 27 working days", "12/03/2027, in 30 working days", "23/04/2027, in 28 working days")
LEO_BORN, MIA_BORN = date(2017, 5, 19), date(2020, 8, 2)


@dataclass
class Walk:
    """Two children, and the screens that whoever works with them opens on the day it is."""

    qtbot: Any
    office: Office
    days: ExitStack
    leo: UUID
    mia: UUID

    def on(self, day: date) -> None:
        """Let it be that day, for whatever is opened from now on."""
        self.office.store.today = lambda: day
        self.days.enter_context(pretend(datetime(day.year, day.month, day.day, 10, tzinfo=UTC)))

    def sam(self) -> DeskAtOnce:
        """Return the desk of the practitioner, as it is switched on that day."""
        return DeskAtOnce(self.office.store, self.office.sam.actor)

    def manager(self) -> DeskAtOnce:
        """Return the desk of another person, who manages the same team."""
        team = self.office.sam.actor.team_id
        roles = frozenset({"practitioner", "manager"})
        return DeskAtOnce(self.office.store, replace(self.office.priya.actor, team_id=team, roles=roles))

    def help_page(self, child_id: UUID, desk: DeskAtOnce | None = None) -> HelpPage:
        """Open the Early help tab of a child."""
        is_leo = child_id == self.leo
        name, born_on = ("Leo Zielny", LEO_BORN) if is_leo else ("Mia Zielny", MIA_BORN)
        shown = HelpPage(desk or self.sam(), child_id, True, name, born_on)
        self.qtbot.addWidget(shown)
        shown.resize(1182, 700)
        with self.qtbot.waitExposed(shown):
            shown.show()
        return shown

    def sign(self, child_id: UUID, kind: str, answers: Mapping[str, Any]) -> PlanScreen:
        """Begin or go on with a document, put answers into its form, and sign it by its buttons."""
        desk = self.sam()
        draft = done(desk, lambda session: plans.start(session, child_id, kind))
        screen = PlanScreen(desk, draft)
        self.qtbot.addWidget(screen)
        screen.resize(1182, 700)
        screen.show()
        assert screen._head.chip().startswith("Draft, version ")
        screen.form().set_answers(screen.form().answers() | dict(answers))
        screen._typing.touch()
        screen.check()
        page = screen.check_page()
        assert [(link.text(), link.accessibleDescription()) for link in page.links()] == []
        page.sign_button().click()
        page.confirm_button().click()
        assert screen._head.chip().startswith("Signed, version ")
        screen.hide()
        return screen

    def signed(self, child_id: UUID, kind: str) -> int:
        """Return how many versions of a kind of document are signed."""
        rows = done(self.sam(), lambda session: plan_versions.versions(session, child_id, kind))
        return sum(each.signed_at is not None for each in rows)


@pytest.fixture
def walk(qtbot, at_work) -> Iterator[Walk]:
    with ExitStack() as days:
        made = Walk(qtbot, at_work, days, UUID(int=0), UUID(int=0))
        made.on(ASKED)
        sam = made.sam()
        made.leo = add_child(sam, "Leo", "Zielny", LEO_BORN)
        made.mia = add_child(sam, "Mia", "Zielny", MIA_BORN)
        add_mother(sam, made.leo, "Kasia Zielna")
        leo, mia = made.leo, made.mia
        done(sam, lambda session: people.relate(session, leo, mia, "Sister", "Brother", lives_with=True))
        yield made


def test_two_children_walk_from_request_to_closure(walk):
    _to_consent(walk)
    _to_approval(walk)
    _to_the_plan(walk)
    for number, day in enumerate(REVIEWS):
        _reading(walk, number)
        _review(walk, number, day)
    _to_the_end(walk)
    for child_id, name in ((walk.leo, "Leo Zielny"), (walk.mia, "Mia Zielny")):
        _papers(walk, child_id, name)


# What is seen and pressed


def _move(shown: HelpPage, title: str) -> None:
    """Make a move by its button, with the sister's box ticked as it is proposed."""
    button(shown, title).click()
    assert len(form_of(shown).codes("also")) == 1
    button(shown.status_card().form(), title).click()


def _refused(shown: HelpPage, title: str, *sentences: str) -> MissingList:
    """Press a move that cannot be made: what is missing stands below, and nothing moves."""
    before = _chips(shown)
    button(shown, title).click()
    told = shown.status_card().form()
    assert isinstance(told, MissingList)
    said = texts(told)
    assert f"“{title}” is not possible yet" in said
    for sentence in sentences:
        assert any(text.startswith(sentence) for text in said)
    assert _chips(shown) == before
    return told


def _chips(shown: HelpPage) -> list[str]:
    """Return the words of the statuses on the card: the child's own, then the sister's."""
    return [text for text in texts(shown.status_card()) if text in STATUSES.values()]


def _stand(walk: Walk, shown: HelpPage, status: str, review: str = "") -> None:
    """Both children stand alike on both pages, and each page names the other child."""
    mias = walk.help_page(walk.mia)
    for page, other in ((shown, "Mia Zielny"), (mias, "Leo Zielny")):
        said = texts(page.status_card())
        assert _chips(page) == [status, status]
        assert other in said
        assert not review or review in said
    mias.close()


def _more(shown: HelpPage, title: str) -> None:
    """Choose a move of the menu, and make it."""
    menu = button(shown, "More moves").menu()
    next(each for each in menu.actions() if each.text() == f"{title}…").trigger()
    assert len(form_of(shown).codes("also")) == 1
    button(shown.status_card().form(), title).click()


# The stages


def _to_consent(walk: Walk) -> None:
    shown = walk.help_page(walk.leo)
    assert "No early help yet" in texts(shown)
    button(shown, "Start early help").click()
    dialog = dialog_of(shown)
    assert dialog.form.codes("also") == (str(walk.mia),)
    fill(dialog.form, route="self_request", agency="primary", reasons=["debt"], level="2")
    dialog.save_button.click()
    _stand(walk, shown, "Request", "No date given")

    _move(shown, "Ask for consent")
    _stand(walk, shown, "Awaiting consent")
    told = _refused(shown, "Start the assessment", "Record who agreed")

    button(told, "Record a decision").click()
    dialog = dialog_of(shown)
    mother = next(code for code, name in dialog.form.editor("person").field.options if name == "Kasia Zielna")
    fill(dialog.form, person=mother, decision="given", purposes=["start", "store", "share"], how="paper")
    dialog.save_button.click()
    for page in (shown, walk.help_page(walk.mia)):
        assert {"Kasia Zielna", "Given"} <= set(texts(page))
    _move(shown, "Start the assessment")
    _stand(walk, shown, "In assessment")


def _to_approval(walk: Walk) -> None:
    walk.on(ASSESSED)
    shown = walk.help_page(walk.leo)
    _refused(shown, "Send to the manager", "Sign this child's assessment first")
    walk.sign(walk.leo, "early-help", sample("early_help") | {"name": "Leo Zielny"})
    walk.sign(walk.mia, "early-help", sample("sibling/early_help") | {"name": "Mia Zielny"})
    shown.refresh()
    _move(shown, "Send to the manager")
    _stand(walk, shown, "With the manager")
    _refused(shown, "Approve the assessment", "Nobody approves their own", "This is for a team manager.")

    _move(walk.help_page(walk.leo, walk.manager()), "Approve the assessment")
    shown.refresh()
    _stand(walk, shown, "Assessment complete")


def _to_the_plan(walk: Walk) -> None:
    shown = walk.help_page(walk.leo)
    told = _refused(shown, "Start the plan", "Name the lead practitioner first.")
    button(told, "Name the lead").click()
    form = shown.status_card().form()
    form.picker._choose(Found("Blessing Adeyemi", None))
    fill(form.form, agency="Quenby Primary")
    button(form, "Name the lead").click()
    for page in (shown, walk.help_page(walk.mia)):
        assert "Blessing Adeyemi, Quenby Primary" in texts(page.status_card())
    _move(shown, "Start the plan")
    _stand(walk, shown, "Plan active", "18/12/2026, in 20 working days")


def _reading(walk: Walk, number: int) -> None:
    day = READINGS[number]
    walk.on(day)
    kind = ("first", "review", "last")[number]
    walk.sign(walk.leo, "star", sample("progress_wheel") | {"reading": kind, "read_on": day.isoformat()})
    assert walk.signed(walk.leo, "star") == number + 1


def _review(walk: Walk, number: int, day: date) -> None:
    walk.on(day)
    shown = walk.help_page(walk.leo)
    _move(shown, "Start the review")
    _stand(walk, shown, "In review")
    told = _refused(shown, "Go on with the plan", "Hold the family meeting of this review")
    with walk.qtbot.waitSignal(shown.start_plan) as started:
        button(told, "Open the family meeting").click()
    assert started.args == [walk.leo, "taf"]

    walk.sign(walk.leo, "taf", _meeting(number, day))
    own = {"voice_on": day.isoformat(), "voice_told_on": day.isoformat()}
    mias = walk.sign(walk.mia, "taf", sample("sibling/taf") | own)
    assert mias.form().answers()["next_on"] == NEXT[number].isoformat()
    shown.refresh()
    _move(shown, "Go on with the plan")
    _stand(walk, shown, "Plan active", AHEAD[number])


def _meeting(number: int, day: date) -> dict[str, Any]:
    """Return the minutes of a review held on a day."""
    iso = day.isoformat()
    own = ("held_on", "planned_on", "voice_on", "voice_told_on", "consent_checked_on")
    found: dict[str, Any] = dict(sample("taf")) | dict.fromkeys(own, iso)
    found["next_on"] = NEXT[number].isoformat()
    for key in ("scaling", "copies", "signatures"):
        found[key] = [each | {"on": iso} for each in found[key]]
    status = "done" if number else "in_progress"
    told = f"As told at review {number + 1}"
    action = {"no": 1, "what": "Bring Idris to nursery", "who": "Nour Haddad"}
    return found | {"reviewed": [action | {"status": status, "comment": told}], "plan": []}


def _to_the_end(walk: Walk) -> None:
    walk.on(CLOSED)
    shown = walk.help_page(walk.leo)
    _more(shown, "Start closing")
    _stand(walk, shown, "Closing")
    told = _refused(shown, "Close early help", "Sign the closing summary first")
    with walk.qtbot.waitSignal(shown.start_plan) as started:
        button(told, "Write the closing summary").click()
    assert started.args == [walk.leo, "early-help-closing"]

    walk.sign(walk.leo, "early-help-closing", _dated(sample("early_help_closing"), CLOSED))
    walk.sign(walk.mia, "early-help-closing", _dated(sample("sibling/early_help_closing"), CLOSED))
    shown.refresh()
    _move(shown, "Close early help")
    _stand(walk, shown, "Closed")
    assert any(text.startswith("26/03/2027, ") for text in texts(shown.status_card()))
    assert button(shown, "Start early help again").isVisible()
    for child_id in (walk.leo, walk.mia):
        assert [walk.signed(child_id, kind) for kind in ("early-help", "taf", "early-help-closing")] == [
            1,
            3,
            1,
        ]


def _dated(document: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Return a document with every day in it brought to one day."""

    def brought(row: dict[str, Any]) -> dict[str, Any]:
        keys = [key for key in row if key in ("on", "by") or key.endswith("_on")]
        return row | dict.fromkeys(keys, day.isoformat())

    found: dict[str, Any] = json.loads(json.dumps(dict(document)), object_hook=brought)
    return found


def _papers(walk: Walk, child_id: UUID, name: str) -> None:
    shown = walk.help_page(child_id)
    for title in ("The plan", "The plan, the family’s copy", "The chronology of this early help"):
        with walk.qtbot.waitSignal(shown.print_bytes) as told:
            next(each for each in shown.findChildren(LinkButton) if each.text() == title).click()
        assert told.args[0] == title
        read = words_of(told.args[1])
        assert name in read
    assert "Closed" in read
