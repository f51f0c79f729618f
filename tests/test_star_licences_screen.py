"""Stars and licences in Settings: what administrators see and do, and that nobody else sees it."""

import json
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from caseapp import star_licences, star_packs
from caseapp.star_licences import NewLicence, Trained
from tests.desk_fixture import DeskAtOnce
from tests.story import new_story
from tests.test_star_packs import QUENBY
from tests.test_window import nameless
from ui.chips import Chip
from ui.settings import SettingsScreen
from ui.star_import import StarImportCard
from ui.star_licences import StarsCard

OWNER = "Triangle Consulting Social Enterprise Ltd"
DAY = date(2026, 4, 1)
LICENCE = NewLicence(OWNER, "Quenby Council", "L-100", DAY, date(2027, 3, 31), "AP-7", DAY, users=1)
STARS = 7


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def screen(qtbot, story):
    return settings(qtbot, story, "amy")


def settings(qtbot, story, who):
    made = SettingsScreen(DeskAtOnce(story.store, story.actors[who]))
    qtbot.addWidget(made)
    made.resize(1182, 688)
    if "Stars" in made.tab_names():
        made.show_named("Stars")
    made.show()
    return made


def stars_of(screen):
    return screen.findChild(StarsCard)


def shown(widget):
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def chips(card):
    QApplication.processEvents()
    return [chip.accessibleName() for chip in card.findChildren(Chip) if chip.isVisible()]


def fill(card, **answers):
    card.form.form.set_answers(card.form.form.answers() | answers)
    next(each for each in card.form.findChildren(QPushButton) if each.property("primary")).click()


def describe(card, **changed):
    card.begin()
    answers = {
        "organisation": "Quenby Council", "number": "L-100", "valid_from": "2026-04-01",
        "valid_until": "2027-03-31", "approval": "AP-7", "approved_on": "2026-03-02", "users": 40,
    }  # fmt: skip
    fill(card, **(answers | changed))


def written(folder, document, name="quenby.json"):
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return str(path)


def test_every_control_has_a_name(screen):
    stars_of(screen).begin()

    assert nameless(screen) == []


def test_without_a_licence_every_star_is_locked_and_says_why(screen):
    assert len(chips(stars_of(screen))) == STARS
    assert {name.split(": ")[1] for name in chips(stars_of(screen))} == {"Locked"}
    assert any("No licence and approval of its owner are on record" in text for text in shown(screen))


def test_a_recorded_licence_opens_the_stars(screen, story):
    describe(stars_of(screen))

    assert stars_of(screen).said().startswith("Licence L-100 is on record.")
    assert "My Star: Open" in chips(stars_of(screen))
    assert "Licence L-100, in force until 31/03/2027." in shown(screen)
    assert "01/04/2026 to 31/03/2027, 40 users. Approval AP-7 of 02/03/2026." in shown(screen)
    assert story.call("amy", star_licences.licences)[0].users == 40


def test_what_is_missing_is_said_at_its_question_and_nothing_is_recorded(screen, story):
    describe(stars_of(screen), number=None, approved_on=None)

    assert shown(stars_of(screen).form).count("This is needed.") == 1
    assert "Give a date, such as 03/09/2026 or today." in shown(stars_of(screen).form)
    assert story.call("amy", star_licences.licences) == []


def test_a_licence_that_ends_before_it_begins_is_refused_in_words_and_keeps_what_was_typed(screen):
    describe(stars_of(screen), valid_until="2026-03-01")

    form = stars_of(screen).form
    assert any("would end before it begins" in text for text in shown(form))
    assert form.form.text("organisation") == "Quenby Council"


def test_an_expired_licence_is_seen_as_that(qtbot, story):
    story.call("amy", lambda session: star_licences.record(session, LICENCE))
    story.store.today = lambda: date(2027, 6, 1)

    screen = settings(qtbot, story, "amy")

    assert "My Star: Expired" in chips(stars_of(screen))
    assert any("ran out on 31/03/2027" in text for text in shown(screen))


def test_a_trained_worker_is_named(qtbot, story):
    story.call("amy", lambda session: star_licences.record(session, LICENCE))
    screen = settings(qtbot, story, "amy")
    card = stars_of(screen)
    licence = story.call("amy", star_licences.licences)[0]

    card.begin_trained(licence)
    fill(card, name="Ada North", on="2026-05-12")

    assert card.said() == "Ada North is named as trained on 12/05/2026."
    assert "Trained: Ada North (12/05/2026)." in shown(card)
    assert story.call("amy", star_licences.licences)[0].trained == (Trained("Ada North", date(2026, 5, 12)),)


def test_more_trained_workers_than_users_are_told(qtbot, story):
    two = (Trained("Ada North", DAY), Trained("Bea North", DAY))
    story.call(
        "amy", lambda session: star_licences.record(session, NewLicence(**(vars(LICENCE) | {"trained": two})))
    )

    assert "More workers are named than the licence has users: 2." in shown(settings(qtbot, story, "amy"))


def test_a_licence_is_withdrawn_with_a_reason(qtbot, story):
    story.call("amy", lambda session: star_licences.record(session, LICENCE))
    screen = settings(qtbot, story, "amy")
    card = stars_of(screen)

    card.begin_withdrawal(story.call("amy", star_licences.licences)[0])
    fill(card, reason="Written down wrongly")

    assert "My Star: Locked" in chips(card)
    assert story.call("amy", star_licences.licences) == []


def test_a_pack_is_brought_in_and_stands_among_the_others(screen, tmp_path):
    stars_of(screen).import_pack(written(tmp_path, QUENBY))

    assert stars_of(screen).said() == "Quenby Star, edition 1, is here: 3 areas."
    assert "Quenby Star (your own): Open" in chips(stars_of(screen))


def test_a_bad_pack_is_refused_in_words(screen, story, tmp_path):
    stars_of(screen).import_pack(written(tmp_path, QUENBY | {"descriptions": ["…"]}))

    assert "has no place for “descriptions”" in stars_of(screen).said()
    assert len(story.call("amy", star_packs.packs)) == STARS


def test_cancelling_leaves_the_keyboard_where_it_began(screen):
    card = stars_of(screen)
    card.begin()

    card.form.cancelled.emit()

    assert card.form is None
    assert card._record.isEnabled()


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_nobody_else_sees_the_stars_in_settings(qtbot, story, who):
    screen = settings(qtbot, story, who)

    assert stars_of(screen) is None
    assert screen.findChild(StarImportCard) is None


# Readings from a file


def readings_file(story, folder, rows):
    ref = story.raw("SELECT ref FROM child")[0][0]
    return written(folder, "child,date,area,score\n" + rows.replace("KIT", str(ref)), "readings.csv")


def test_readings_are_counted_first_and_taken_when_asked(qtbot, screen, story, tmp_path):
    story.register("ada", "Kit", "Moran")
    card = screen.findChild(StarImportCard)
    path = readings_file(story, tmp_path, "KIT,01/09/2026,Health,4\nKIT,01/10/2026,Health,6\n")

    card.look(path)
    assert card.said() == "2 readings of 1 child would go in, as Family Progress Wheel."
    assert story.raw("SELECT count(*) FROM revision") == [(0,)]
    card.take()
    qtbot.waitUntil(lambda: not card._desk.is_busy, timeout=20_000)

    assert card.said() == "2 readings of 1 child are in, as Family Progress Wheel."
    assert story.raw("SELECT count(*) FROM revision WHERE signed_at IS NOT NULL") == [(2,)]


def test_refused_rows_are_listed_with_line_and_reason(screen, story, tmp_path):
    story.register("ada", "Kit", "Moran")
    card = screen.findChild(StarImportCard)

    card.look(readings_file(story, tmp_path, "KIT,01/09/2026,Health,44\n"))

    model = card.findChild(QTableView).model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row == ["readings.csv", "2", "score", "Choose a whole number from 0 to 10."]
    buttons = [each for each in card.findChildren(QPushButton) if each.isVisible()]
    assert [each.accessibleName() for each in buttons] == ["Choose a CSV of readings"]


def test_a_file_refused_whole_is_said(screen, tmp_path):
    card = screen.findChild(StarImportCard)

    card.look(written(tmp_path, "a,b\n1,2\n", "list.csv"))

    assert card.said().startswith("list.csv is refused whole, and nothing was imported.")


def test_a_star_can_be_chosen_for_readings_once_its_licence_is_there(screen):
    card = screen.findChild(StarImportCard)
    assert card._stars.findData("star-my-star") == -1

    describe(stars_of(screen))
    card.choose_star("star-my-star")

    assert card._stars.currentText() == "My Star"
