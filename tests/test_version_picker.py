"""The lists of versions that are compared: long titles are shortened so that they can be told apart."""

import pytest

from ui.version_picker import VersionPicker

VERSIONS = [
    (f"Version {number}, signed: Personal Education Plan, {term} term 2026", number)
    for number, term in ((1, "spring"), (2, "summer"), (3, "autumn"))
]


@pytest.fixture
def picker(qtbot):
    picker = VersionPicker("The earlier version")
    qtbot.addWidget(picker)
    picker.offer(VERSIONS)
    picker.choose(2)
    picker.resize(220, 34)
    picker.show()
    return picker


def test_a_title_too_long_is_shortened_in_its_middle_and_whole_in_the_tooltip(picker):
    shown = picker.shown_text()

    assert shown.startswith("Version 2")
    assert "…" in shown
    assert shown.endswith("2026")
    assert picker.toolTip() == VERSIONS[1][0]


def test_where_there_is_room_the_title_is_whole(picker):
    picker.resize(620, 34)

    assert (picker.shown_text(), picker.toolTip()) == (VERSIONS[1][0], "")


def test_the_open_list_has_room_for_whole_titles(picker):
    widest = max(picker.fontMetrics().horizontalAdvance(said) for said, _ in VERSIONS)

    assert picker.view().minimumWidth() > widest
    assert picker.currentData() == 2
