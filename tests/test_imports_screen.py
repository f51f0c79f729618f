"""The import of a return on screen: a preview first, refused rows in words, and what came in."""

import csv
from datetime import date
from uuid import uuid4

import pytest

from caseapp import imports
from caseapp.imports import Imported, Preview, Refused
from caseapp.work import Actor, Problem
from db.store import memory_store
from tests.test_window import nameless
from ui.desk import Desk
from ui.imports import ImportScreen

ADMINISTRATOR = Actor(uuid4(), "Ada", None, frozenset({"administrator"}))
REFUSED = [
    Refused("uasc.csv", 2, "CHILD", "=cmd is not in header.csv."),
    Refused("episodes.csv", 3, "LS", "?"),
]
HELD = Preview(7, {"Header": 7, "Episodes": 9}, REFUSED, 2025)


@pytest.fixture
def desk(qtbot):
    store = memory_store(today=lambda: date(2026, 11, 23))
    made = Desk(store, ADMINISTRATOR)
    yield made
    made.finish()
    store.close()


@pytest.fixture
def screen(qtbot, desk, monkeypatch):
    monkeypatch.setattr(imports, "preview", lambda folder: HELD)
    made = ImportScreen(desk)
    made.resize(1182, 688)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not desk.is_busy)
    made.close()
    made.deleteLater()


def looked(qtbot, screen, desk, folder):
    screen.look(folder)
    qtbot.waitUntil(lambda: not desk.is_busy)


def cells(screen):
    model = screen.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_every_control_has_a_name(qtbot, screen, desk, tmp_path):
    assert nameless(screen) == []

    looked(qtbot, screen, desk, tmp_path)

    assert nameless(screen) == []


def test_nothing_can_be_imported_before_it_was_looked_at(screen):
    assert not screen._take.isEnabled()


def test_what_would_be_refused_is_listed_before_the_import(qtbot, screen, desk, tmp_path):
    looked(qtbot, screen, desk, tmp_path)

    assert cells(screen)[1] == ["episodes.csv", "3", "LS", "?"]
    assert screen._take.text() == "Import 7 children"
    assert screen._take.isEnabled()


def test_a_set_that_is_no_return_is_refused_in_words(qtbot, screen, desk, tmp_path, monkeypatch):
    def refused(folder):
        raise Problem("There is no header.csv in this folder. Nothing was taken in.")

    monkeypatch.setattr(imports, "preview", refused)

    looked(qtbot, screen, desk, tmp_path)

    assert screen.said() == "There is no header.csv in this folder. Nothing was taken in."
    assert not screen._take.isEnabled()


def test_the_import_runs_for_its_purpose_and_tells_what_it_did(qtbot, screen, desk, tmp_path, monkeypatch):
    seen = []

    def taken(session, folder, progress):
        seen.append((session.info["purpose"], folder))
        progress(7, 7)
        return Imported(7, 7, {"Header": 7, "Episodes": 9}, 16, 0, 0, REFUSED, 2025)

    monkeypatch.setattr(imports, "import_ssda903", taken)
    looked(qtbot, screen, desk, tmp_path)

    screen.take()

    qtbot.waitUntil(lambda: not desk.is_busy)
    assert seen == [("import", tmp_path)]
    assert (
        screen.said() == "7 children and 16 rows are in: 16 new, 0 changed, 0 as they were. 2 rows refused."
    )


def test_a_cancelled_import_takes_nothing(qtbot, screen, desk, tmp_path, monkeypatch):
    import threading

    begun, go = threading.Event(), threading.Event()

    def slow(session, folder, progress):
        begun.set()
        go.wait(5)
        progress(1, 7)

    monkeypatch.setattr(imports, "import_ssda903", slow)
    looked(qtbot, screen, desk, tmp_path)
    screen.take()
    begun.wait(5)

    screen.cancel()
    go.set()

    qtbot.waitUntil(lambda: screen.said() == "You stopped it. Nothing was changed.")
    assert screen._take.isEnabled()


def test_the_list_is_saved_for_spreadsheets_without_formulas(qtbot, screen, desk, tmp_path, monkeypatch):
    monkeypatch.setattr(
        imports, "preview", lambda folder: HELD._replace(refused=[Refused("a.csv", 2, "=X", "=1+1")])
    )
    looked(qtbot, screen, desk, tmp_path)

    screen.save_list(str(tmp_path / "refused.csv"))

    qtbot.waitUntil(lambda: screen.said() == "The list is saved as refused.csv.")
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["file", "line", "column", "reason"],
            ["a.csv", "2", "'=X", "'=1+1"],
        ]
