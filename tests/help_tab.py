"""A brother and a sister with early help, their tab on the screen, and short ways through it."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton

from caseapp import people
from caseapp.early_help import consents, episodes, moves, page
from caseapp.early_help.consents import NewConsent
from caseapp.early_help.episodes import NewEpisode
from db.models import HelpEpisode
from tests.desk_fixture import TODAY, DeskAtOnce, Office, add_child, add_mother, done
from tests.story import lived
from ui.child_help import HelpPage
from ui.form_dialog import FormDialog
from ui.small_form import SmallForm

REQUEST = NewEpisode(date(2026, 9, 1), "self_request", ("anxiety",), "primary", level=2)
AGREED = NewConsent(
    "Dana Hartley", "parent_pr", "start", ("start", "share"), "given", date(2026, 9, 3), how="paper"
)


class Family(NamedTuple):
    """Two children on file who are brother and sister."""

    leo: UUID
    mia: UUID


@pytest.fixture
def hartleys(at_work: Office) -> Family:
    return lived(at_work, _hartleys)


def _hartleys(at_work: Office) -> Family:
    sam = at_work.sam
    leo = add_child(sam, "Leo", "Hartley", date(2015, 4, 3))
    mia = add_child(sam, "Mia", "Hartley", date(2018, 1, 30))
    add_mother(sam, leo, "Dana Hartley")
    done(sam, lambda session: people.relate(session, leo, mia, "Sister", "Brother", lives_with=True))
    return Family(leo, mia)


@pytest.fixture
def helped(at_work: Office, hartleys: Family) -> list[UUID]:
    return list(lived(at_work, _helped, hartleys))


def _helped(at_work: Office, hartleys: Family) -> list[UUID]:
    return done(at_work.sam, lambda session: episodes.open_episode(session, list(hartleys), REQUEST))


def manager(office: Office) -> DeskAtOnce:
    actor = office.sam.actor
    return DeskAtOnce(office.store, replace(actor, roles=frozenset({"practitioner", "manager"})))


def tab(qtbot, desk, child_id, width=1182) -> HelpPage:
    may_write = desk.may("write").allowed
    shown = HelpPage(desk, child_id, may_write, "Leo Hartley", date(2015, 4, 3))
    qtbot.addWidget(shown)
    shown.resize(width, 560)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def form_of(shown: HelpPage) -> SmallForm:
    return shown.status_card().form().form


def fill(form: SmallForm, **answers) -> None:
    for key, answer in answers.items():
        editor = form.editor(key)
        editor.set_answer(answer)
        editor.edited()


def dialog_of(shown: HelpPage) -> FormDialog:
    return shown.findChildren(FormDialog)[-1]


def buttons(widget) -> set[str]:
    return {each.accessibleName() for each in widget.findChildren(QPushButton) if each.isVisible()}


def view(desk, child_id):
    return done(desk, lambda session: page.page(session, child_id))


def move(desk, episode_ids, *keys, on=TODAY, **more) -> None:
    for each in episode_ids:
        for key in keys:
            done(desk, lambda session, each=each, key=key: moves.make_move(session, each, key, on, **more))


def agree(desk, episode_ids, **more):
    return done(desk, lambda session: consents.add(session, episode_ids, replace(AGREED, **more)))


def put(desk, episode_id, **values) -> None:
    def work(session) -> None:
        episode = session.get_one(HelpEpisode, episode_id)
        for name, value in values.items():
            setattr(episode, name, value)

    done(desk, work)
