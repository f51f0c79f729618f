"""The help: a page for every screen, names and keys that exist, no dead links; tour, news and licences."""

from __future__ import annotations

import ast
import re
import time
import tomllib
from dataclasses import replace
from importlib.metadata import requires
from importlib.resources import files
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from caseapp import first_steps, licences
from caseapp import help as pages
from caseapp.forms import FORMS
from caseapp.work import Actor
from tests.desk_fixture import DeskAtOnce, at_work, done
from tests.documents import ROOT, program
from tests.record_screen import amelia, opened
from ui import child, child_care, frame, help_text
from ui.about import AboutScreen
from ui.form_view import FormView
from ui.guide import Guide
from ui.help import HelpPane, Subject, before_signing_in, subject_of
from ui.keys import KEYS
from ui.parts import Card
from ui.settings import SettingsScreen
from ui.tour import STEPS, Tour
from ui.window import MainWindow

__all__ = ["amelia", "at_work"]

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAGES = [pages.page(each) for each in pages.names()]
RUNS = [(page, run) for page in PAGES for block in page.blocks for run in block.runs]
TABBED = {"early help": "ui/early_help.py", "front door": "ui/front_door.py", "education": "ui/education.py",
          "reports": "ui/reports.py"}  # fmt: skip

CALLED = {
    "pep late": "record-education", "forgot password": "sign-in", "twins": "add-a-child",
    "undo": "saved", "print": "printing", "sibling": "record-people", "overdue": "today",
    "wrong date": "dates", "leave": "caseload", "sick": "caseload", "903": "reports",
    "school change": "record-education", "move house": "record-placements", "rename": "record",
    "lost work": "saved", "email": "printing", "new user": "settings-users", "font": "settings",
    "dark mode": "settings", "bigger text": "settings", "spelling": "plan", "reopen": "plan",
    "keyboard shortcuts": "start", "conflict": "saved", "log out": "lock", "ran away": "record-missing",
    "allergy": "record", "phone number": "record-people", "cannot see child": "restricted",
    "reminders": "today", "update": "about", "visit late": "record-reviews-and-visits",
    "easy read": "printing", "who looked": "record-history", "what's new": "changes",
    "excluded": "record-education", "grandma": "record-people", "interpreter": "record", "photo": "record",
    "attach file": "record", "previous section": "plan", "undo signing": "plan", "budget": "record-pathway",
    "close case": "record-early-help", "off sick": "caseload", "strategy meeting": "front-door",
    "install": "about", "cancel visit": "record-reviews-and-visits", "tour": "about",
    "transfer case": "caseload", "arabic": "printing", "send to school": "record-education",
}  # fmt: skip
"""What people type: the page that they look for."""


class Wayless:
    """A trail that stands still."""

    name, current, leads_back = "today", None, False


@pytest.fixture
def pane(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 700)
    made = HelpPane(window)
    with qtbot.waitExposed(window):
        window.show()
    yield made
    window.hide()


# The pages


def test_every_file_is_a_page_and_every_page_a_file():
    on_disk = {each.name.removesuffix(".md") for each in (files("resources") / "help").iterdir()}

    assert on_disk == set(pages.names())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_page_has_a_title_words_and_headings_told_apart(page):
    assert page.title
    assert page.blocks
    assert len(page.anchors()) == len(set(page.anchors()))
    assert page.words or page.key == "changes"


def test_every_screen_of_the_rail_has_a_page():
    assert [each.key for each in frame.ENTRIES if pages.slug(each.key) not in pages.names()] == []


def test_every_tab_of_a_record_and_every_part_of_care_has_a_page():
    wanted = [f"record-{pages.slug(each)}" for each in (*child.TABS, *child_care.PARTS)]

    assert [each for each in wanted if each not in pages.names()] == []


@pytest.mark.parametrize("name", TABBED)
def test_every_tab_of_a_screen_has_a_heading_on_its_page(name):
    source = (ROOT / TABBED[name]).read_text(encoding="utf-8")
    body = ast.parse(source)
    tabs = [
        key.value
        for each in ast.walk(body)
        if isinstance(each, ast.Dict)
        for key in each.keys
        if isinstance(key, ast.Constant) and f'"{key.value}": ' in source and str(key.value)[:1].isupper()
    ]
    anchors = pages.page(pages.slug(name)).anchors()

    assert tabs
    assert [each for each in tabs if pages.slug(each) not in anchors] == []


def test_every_screen_that_the_window_opens_has_a_page():
    source = (ROOT / "ui/ways.py").read_text(encoding="utf-8")
    names = set(re.findall(r'\), "([a-z ]+)", ', source)) | {"about"}

    assert {"child", "plan", "pdf", "import"} <= names
    assert all(subject_of(each, None).page.key != "start" for each in names)


def test_every_link_leads_somewhere_and_every_page_is_linked():
    targets = [(page.key, run.target) for page, run in RUNS if run.look == "link"]
    dead = []
    for key, target in targets:
        name, _, anchor = target.partition("#")
        if name not in pages.names() or (anchor and anchor not in pages.page(name).anchors()):
            dead.append((key, target))
    listed = {run.target for block in pages.contents().blocks for run in block.runs if run.target}

    assert dead == []
    assert len(targets) > 60
    assert listed == set(pages.names())


def test_every_key_that_a_page_names_is_one_of_the_window():
    named = {run.text for _, run in RUNS if run.look == "key"} - {"Enter"}

    assert named <= {key for key, _ in KEYS}
    assert len(named) >= 10


def test_every_name_on_screen_that_a_page_tells_of_stands_in_the_program():
    told = program()
    missing = [(page.key, run.text) for page, run in RUNS if run.look == "bold" and run.text not in told]

    assert missing == []


def test_every_card_of_the_settings_is_told_of(qtbot, at_work):
    screen = SettingsScreen(_administrator(at_work))
    qtbot.addWidget(screen)
    for tab in screen.tab_names():
        screen.show_named(tab)
    titles = {
        label.text()
        for label in screen.findChildren(QLabel)
        if label.property("role") == "section" and label.text()
    }
    told = {pages.slug(each) for page in PAGES if page.key.startswith("settings") for each in _told(page)}

    assert len(titles) > 12
    assert {each for each in titles if pages.slug(each) not in told} == set()


def _told(page: pages.Page) -> list[str]:
    return [page.title, *(block.text for block in page.blocks if block.kind == "heading")]


def _administrator(office):
    office.sam.actor = replace(office.sam.actor, roles=frozenset({"administrator", "manager"}))
    return office.sam


def test_steps_are_counted_from_one_on_every_page():
    for page in PAGES:
        last = 0
        for block in page.blocks:
            assert block.kind != "step" or block.number in (1, last + 1), (page.key, block.text)
            last = block.number


def test_text_that_looks_like_markup_is_shown_as_it_stands(pane):
    hostile = pages.read_page("x", "# A <b>title</b>\n\n<img src='http://x/y'> & <a href='z'>go</a>\n")

    pane.open_at(Subject(hostile))

    assert pane.text() == "<img src='http://x/y'> & <a href='z'>go</a>"
    assert pane.title() == "Help: A <b>title</b>"


def test_a_page_without_a_title_is_refused():
    with pytest.raises(ValueError, match="does not begin with its title"):
        pages.read_page("x", "No title")


# Searching


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("record a visit", "record-timeline#record-a-visit"),
        ("forgotten password", "sign-in"),
        ("break glass", "emergency"),
        ("lac review", "record-reviews-and-visits"),
        ("who can see", "access"),
        ("add a sibling", "record-people"),
        ("attendanse", "education"),
        ("PRINTING", "printing"),
        ("reallocate children", "caseload"),
    ],
)
def test_plain_words_find_their_page(typed, first):
    assert first in [each.target for each in pages.search(typed)][:3]


@pytest.mark.parametrize(("typed", "page"), CALLED.items())
def test_what_people_call_it_finds_the_page_among_the_first_three(typed, page):
    assert page in [each.page for each in pages.search(typed)][:3]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("calender", "calendar"), ("reveiw", "review"), ("pasword", "password"), ("adress", "address")],
)  # fmt: skip
def test_a_slip_of_the_keys_finds_what_was_meant(slip, meant):
    assert pages.search(slip) == pages.search(meant) != []


def test_nonsense_finds_nothing_and_says_so():
    assert pages.search("") == pages.search("the of") == []
    assert "No page has these words" in pages.found_page("qqq", pages.search("qqqzzz")).blocks[0].text


def test_a_search_takes_less_than_twenty_milliseconds():
    pages.search("warm")
    begun = time.process_time()
    for typed in ("r", "record", "record a visit to a looked after child", "qxzvqqq attendanse"):
        pages.search(typed)

    assert (time.process_time() - begun) / 4 < 0.02


def test_typing_shows_what_is_found_and_enter_opens_the_first(pane):
    pane.open_at(subject_of("today", None))
    box = pane.findChild(QLineEdit)
    QTest.keyClicks(box, "emergen")
    found = pane.title()
    QTest.keyClick(box, Qt.Key.Key_Return)

    assert found == "Help: Found for “emergen”"
    assert pane.title() == "Help: Open a record in an emergency"
    pane.back()
    pane.back()
    assert pane.title() == "Help: Today"


# On screen


def test_the_help_opens_at_the_open_tab_of_a_record(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Care")

    assert subject_of("child", screen).page.key == "record-placements"
    screen.show_tab("Timeline")
    assert subject_of("child", screen).page.key == "record-timeline"


def test_the_help_of_a_plan_opens_at_the_question_with_the_keyboard(qtbot, at_work):
    view = FormView(FORMS["early-help"], at_work.sam.today)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    section = view.page().section
    asked = [each for each in section.fields if each.key in view.page().editors()]
    view.page().focus(asked[1].key)

    subject = subject_of("plan", view)

    assert subject.page.title == section.title
    assert subject.anchor == pages.slug(asked[1].label)
    assert section.guidance in [block.text for block in subject.page.blocks]


def test_a_link_to_a_heading_scrolls_to_it(pane):
    pane.open_at(Subject(pages.page("settings-area"), "caseloads"))
    text = pane.findChild(help_text.HelpText)
    assert text.verticalScrollBar().value() > 0

    pane.follow("settings-area#term-dates")
    shown = text.cursorForPosition(text.viewport().rect().center())

    assert text.verticalScrollBar().value() > 0
    assert shown.blockNumber() > 5


def test_links_are_followed_by_the_keyboard_alone(pane):
    pane.open_at(Subject(pages.page("dates")))
    text = pane.findChild(help_text.HelpText)
    QTest.keyClick(text, Qt.Key.Key_Tab)
    QTest.keyClick(text, Qt.Key.Key_Return)

    assert pane.title() == "Help: Settings of the area"


def test_the_window_to_sign_in_has_help_and_gets_the_keyboard_back(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    card = Card("Restore a backup", parent=window)
    box = QLineEdit()
    card.body.addWidget(box)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    box.setFocus()
    shown = before_signing_in(window, None)
    assert shown.title() == "Help: Restore a backup"

    QTest.keyClick(shown.findChild(QLineEdit), Qt.Key.Key_Escape)

    assert not shown.isVisible()
    assert box.hasFocus()
    assert before_signing_in(window, shown).isVisible()


def test_steps_carry_their_numbers(pane):
    pane.open_at(subject_of("today", None))
    document = pane.findChild(help_text.HelpText).document()
    block, numbers = document.begin(), []
    while block.isValid():
        if block.textList() is not None and "Take the first row" in block.textList().item(0).text():
            numbers.append(block.textList().itemText(block))
        block = block.next()

    assert numbers == ["1.", "2.", "3."]


# Tour and news


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        ("practitioner", ["The screens", "Find a child", "Today", "A record", "Saved, locked, backed up"]),
        ("administrator", ["The screens", "Settings", "Saved, locked, backed up"]),
    ],
)
def test_the_tour_tells_of_what_a_role_may_use_and_goes_by_keyboard(qtbot, at_work, role, titles):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 700)
    with qtbot.waitExposed(window):
        window.show()
    desk = DeskAtOnce(at_work.store, Actor(UUID(int=1), "Ada", None, frozenset({role})))
    Guide(window, desk, Wayless()).show_tour()
    tour = window.findChild(Tour)
    seen = []
    while tour.isVisible():
        seen.append(tour.title())
        QTest.keyClick(tour, Qt.Key.Key_Right)

    assert seen == titles


@pytest.fixture
def toured(qtbot):
    """Return a window with a field, and the tour over it at its first card."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 700)
    QLineEdit(window)
    tour = Tour(window)
    with qtbot.waitExposed(window):
        window.show()
    tour.begin()
    yield window, tour
    window.hide()


def test_the_arrow_keys_turn_the_tours_cards_from_its_buttons_too(toured):
    _window, tour = toured
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)

    QTest.keyClick(button, Qt.Key.Key_Right)

    assert tour.title() == STEPS[1].title


def test_the_tour_steps_aside_for_a_key_that_leads_elsewhere_and_goes_on_at_the_next_card(qtbot, toured):
    window, tour = toured
    field = window.findChild(QLineEdit)
    QShortcut(QKeySequence("Ctrl+K"), window, field.setFocus)
    tour.next()
    with qtbot.waitSignal(tour.stepped_aside):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert not tour.isVisible()
    assert QApplication.focusWidget() is field
    tour.go_on()
    assert (tour.title(), tour.standing()) == (STEPS[2].title, f"3 of {len(STEPS)}")


def test_a_letter_or_a_click_on_its_card_leaves_the_tour_and_a_click_beside_it_lets_one_work(toured):
    _window, tour = toured
    words = next(each for each in tour.findChildren(QLabel) if each.text() == STEPS[0].words)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert tour.isVisible()

    QTest.mouseClick(tour, Qt.MouseButton.LeftButton, pos=QPoint(tour.width() - 5, tour.height() - 5))

    assert not tour.isVisible()


def test_stepping_aside_at_the_last_card_ends_the_tour(qtbot, toured):
    _window, tour = toured
    for _ in STEPS[1:]:
        tour.next()
    with qtbot.waitSignal(tour.ended):
        tour.step_aside()
    assert not tour.isVisible()


def test_tab_stays_within_the_tours_card(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    beneath = QLineEdit(window)
    tour = Tour(window)
    with qtbot.waitExposed(window):
        window.show()
    tour.begin()
    tour.next()
    buttons = set()
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or tour, Qt.Key.Key_Tab)
        buttons.add(QApplication.focusWidget().accessibleName())

    assert buttons == {"Skip the tour", "Back to the card before", "Next"}
    assert not beneath.hasFocus()


def test_the_tour_is_shown_once(qtbot, at_work):
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    for expected in (1, 0):
        guide = Guide(window, at_work.sam, Wayless())
        guide._ask_what_is_new()
        tours = [each for each in window.findChildren(Tour) if each.isVisible()]
        assert len(tours) == expected
        guide.close_what_is_open()
    assert done(at_work.priya, first_steps.read).wants_tour


def test_the_tour_waits_where_somebody_types_already(qtbot, at_work):
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit(window)
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    guide = Guide(window, at_work.sam, Wayless())
    with qtbot.waitSignal(guide.tour_waits) as waits:
        guide._ask_what_is_new()
    tour = window.findChild(Tour)

    assert waits.args == ["1 of 5"]
    assert not tour.isVisible()
    assert field.hasFocus()
    guide.go_on_with_tour()
    assert (tour.isVisible(), tour.title()) == (True, STEPS[0].title)
    assert not done(at_work.sam, first_steps.read).wants_tour


def test_the_line_at_the_bottom_offers_the_tour_that_stepped_aside(qtbot, at_work):
    window = MainWindow(at_work.sam, "practice.caseapp")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.guide.show_tour()
    tour = window.findChild(Tour)
    tour.step_aside()
    link = next(each for each in window.findChildren(QPushButton) if each.text().startswith("Go on with"))
    assert (link.isVisible(), link.text()) == (True, "Go on with the tour (2 of 5)")

    link.setFocus()
    link.click()

    assert (tour.isVisible(), tour.title()) == (True, STEPS[1].title)
    assert not link.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert (tour.isVisible(), link.isVisible()) == (False, False)
    screen, focused = window.trail.current, QApplication.focusWidget()
    assert focused is screen or screen.isAncestorOf(focused)


def test_what_is_new_is_told_after_a_change_of_version_and_not_to_a_new_user(at_work, monkeypatch):
    assert not done(at_work.sam, first_steps.read).has_news
    done(at_work.sam, first_steps.tour_shown)
    assert done(at_work.sam, first_steps.read) == (False, False)

    monkeypatch.setattr(first_steps, "version", lambda _name: "99.0")
    assert done(at_work.sam, first_steps.read).has_news
    done(at_work.sam, first_steps.news_shown)

    assert not done(at_work.sam, first_steps.read).has_news


def test_news_are_a_link_in_the_help_that_goes_once_it_is_read(pane):
    pane.offer_news(True)
    pane.open_at(subject_of("today", None))
    link = next(each for each in pane.findChildren(QPushButton) if each.text() == "What is new")
    assert link.isVisible()

    link.click()

    assert pane.title() == "Help: What is new"
    assert not link.isVisible()


def test_what_is_new_tells_of_this_version():
    assert PROJECT["project"]["version"] in [
        b.text for b in pages.page("changes").blocks if b.kind == "heading"
    ]


# Licences


def _name(requirement: str) -> str:
    return (
        re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0]
        .casefold()
        .replace("_", "-")
        .replace(".", "-")
    )


def _needed(name: str, known: set[str]) -> set[str]:
    """Return a package and what it needs on this system, without extras."""
    if name in known:
        return known
    known.add(name)
    for each in requires(name) or ():
        marker = each.partition(";")[2]
        if "extra" not in marker and not re.search(r'python_(full_)?version\s*<\s*"3\.(9|10|11)', marker):
            _needed(_name(each), known)
    return known


def test_every_package_that_is_needed_has_its_licence():
    needed: set[str] = set()
    for each in PROJECT["project"]["dependencies"]:
        _needed(_name(each), needed)
    listed = {part.package.casefold() for part in licences.shipped() if part.package}

    assert needed - listed == set()
    assert listed - needed == set()


def test_every_licence_has_its_text_and_every_folder_of_others_work_its_entry():
    texts = {part.text for part in licences.shipped()}
    beside = {f"{f.parent.name}/{f.name}" for f in (ROOT / "resources").rglob("*") if _is_licence(f)}

    assert all(len(licences.words_of(part)) > 500 for part in licences.shipped())
    assert beside <= texts


def _is_licence(file: Path) -> bool:
    return file.suffix == ".txt" and (
        file.parent.name == "licences" or "LICENSE" in file.name or file.name.startswith("OFL")
    )


def test_the_page_about_the_program_shows_version_and_texts(qtbot):
    screen = AboutScreen()
    qtbot.addWidget(screen)
    with qtbot.waitExposed(screen):
        screen.show()
    shown = [each.text() for each in screen.findChildren(QLabel) if each.isVisible()]

    assert f"caseapp {PROJECT['project']['version']}" in shown
    screen._list.setCurrentRow([part.package for part in licences.shipped()].index("PySide6-Essentials"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in screen._text.toPlainText()
