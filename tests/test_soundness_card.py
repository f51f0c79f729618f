"""Settings › «Is the store sound?», and the banner when it is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPushButton

from caseapp import accounts, places, sealing
from caseapp.children import NewChild, register
from db.moments import pretend
from tests.story import PASSWORD, Story, fast_keys
from tests.test_window import nameless
from ui.desk import Desk
from ui.parts import Muted
from ui.soundness_card import SoundnessCard, SoundnessWatch, UnsoundBanner


@pytest.fixture
def signed_in(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "state_folder", lambda: tmp_path / "state")
    fast_keys(monkeypatch)
    made = accounts.make_store(
        tmp_path / "s.caseapp", user_name="sam", name="Sam Okafor", password=PASSWORD
    ).signed_in
    with made.store.session(made.actor) as session:
        register(session, NewChild("Leyla", "Haddad", made.store.today()))
    yield made
    made.store.close()
    made.lock.close()


@pytest.fixture
def desk(qtbot, signed_in):
    made = Desk(signed_in.store, signed_in.actor, signed_in)
    yield made
    made.finish()


@pytest.fixture
def card(qtbot, desk):
    made = SoundnessCard(desk)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    qtbot.waitUntil(lambda: not desk.is_busy)
    return made


def test_a_sound_store_is_said_to_be_sound_and_when_it_was_looked_at(qtbot, desk, card):
    assert card.said() == "Not looked at yet."

    card.check()

    qtbot.waitUntil(lambda: card.said().startswith("The store is sound. It was looked at whole "))
    assert nameless(card) == []


def test_what_is_wrong_stands_there_with_its_place_and_what_to_do(qtbot, desk, card, signed_in):
    Story(signed_in.store).raw("UPDATE child SET known_as = 'x'")

    card.check()

    qtbot.waitUntil(lambda: card.said() == "The history was changed outside the program.")
    shown = " ".join(each.text() for each in card.findChildren(Muted) if each.isVisible())
    assert "Leave the file as it is" in shown
    assert "A row of child is not as history left it." in shown


def test_an_older_file_put_back_is_said_until_an_administrator_takes_it(qtbot, desk, card, signed_in):
    path = signed_in.store.path
    signed_in.store.close()
    old = path.read_bytes()
    with signed_in.store.session(signed_in.actor) as session:
        register(session, NewChild("Omar", "Haddad", session.today))
    sealing.seal(signed_in.store, signed_in.keyring)
    signed_in.store.close()
    path.write_bytes(old)
    watch, banner = SoundnessWatch(desk), UnsoundBanner()
    qtbot.addWidget(banner)
    watch.found.connect(banner.say)

    watch.begin()
    qtbot.waitUntil(lambda: banner.isVisible())
    assert banner.banner.text().startswith("An older or another copy of the store was put in its place.")
    card.check()
    qtbot.waitUntil(lambda: card.said().startswith("An older or another copy"))
    button = next(each for each in card.findChildren(QPushButton) if each.text() == "It was done on purpose")
    assert button.isVisible()
    button.click()

    qtbot.waitUntil(lambda: card.said().startswith("The store is sound."))
    assert not button.isVisible()
    watch.finish()


def test_the_weekly_look_is_given_up_at_the_lock(qtbot, desk, signed_in):
    watch, said = SoundnessWatch(desk), []
    watch.found.connect(said.append)
    Story(signed_in.store).raw("UPDATE child SET known_as = 'x'")
    watch.begin()
    with pretend(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        watch.look_at_all()
        watch.stop()
        watch.finish()
        qtbot.waitUntil(lambda: not watch.is_busy)

    assert said == []
