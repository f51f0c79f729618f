"""Opening a record with five years of history, a keystroke in a long form, saving a draft."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from benchmarks.timing import Row, row, side_by_side
from caseapp import children, journal, notes, overview, plan_reading, plans
from caseapp.children import NewChild
from caseapp.forms import FORMS_BY_KEY
from caseapp.journal import Typed
from caseapp.notes import NewNote
from db.models import Team, Worker
from db.moments import new_id
from db.roles import Actor
from db.store import Store, create_store
from ui.form_view import FormView

TODAY = date(2026, 11, 23)
_YEARS, _NOTES = 5, 200
_FORM = "early-help"


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the lines of a record and its plans."""
    del quick  # they take seconds
    with TemporaryDirectory() as folder:
        store, worker, child_id = _lived(Path(folder))
        yield _opening(store, worker, child_id)
        yield from _saving(store, worker, child_id)
        store.close()
    yield _keystroke()


def _lived(folder: Path) -> tuple[Store, Actor, UUID]:
    """Return a store on disk with a child of whom five years are told."""
    store = create_store(folder / "bench.caseapp", bytes(32))
    store.today = lambda: TODAY
    team_id, worker_id = new_id(), new_id()
    worker = Actor(worker_id, "Worker", team_id, frozenset({"practitioner"}))
    office = Actor(worker_id, "Office", team_id, frozenset({"administrator"}))
    with store.session(office, purpose="users") as session:
        session.add(Team(id=team_id, name="North"))
        session.add(Worker(id=worker_id, name="Worker", sort_name="worker", team_id=team_id, roles=[]))
    with store.session(worker) as session:
        child_id = children.register(session, NewChild("Amelia", "Bench", date(2012, 9, 4))).id
    for number in range(_NOTES):
        happened = TODAY - timedelta(days=number * _YEARS * 365 // _NOTES)
        with store.session(worker) as session:
            notes.add(
                session, child_id, NewNote(happened, "visit", f"Visit {number}. " + "Seen at home. " * 30)
            )
    return store, worker, child_id


def _opening(store: Store, worker: Actor, child_id: UUID) -> Row:
    def open_record() -> None:
        with store.session(worker) as session:
            overview.open_child(session, child_id)
        with store.session(worker) as session:
            notes.timeline(session, child_id)

    def floor() -> None:
        with store.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            for table in ("child", "note", "clock", "relation", "involvement", "address", "revision"):
                column = "id" if table == "child" else "child_id"
                list(driver.execute(f"SELECT * FROM {table} WHERE {column} = ?", (child_id.bytes,)))  # noqa: S608

    ms, floor_ms = side_by_side(open_record, floor)
    return row(
        "opening a record of five years and its timeline / bare queries of its rows",
        ms,
        floor_ms,
        most_ms=150,
    )


def _saving(store: Store, worker: Actor, child_id: UUID) -> Iterator[Row]:
    """Yield what a draft costs: kept at each pause of the keys, and made a version after quiet minutes."""
    with store.session(worker) as session:
        revision_id = plans.start(session, child_id, _FORM)
    with store.session(worker) as session:
        view = plan_reading.open_plan(session, revision_id)
    version, count, answers = view.version, 0, dict(view.answers)

    def typed() -> dict[str, Any]:
        nonlocal count
        count += 1
        return answers | {"meaning": f"Typed {count} times."}

    def keep() -> None:
        journal.keep(store, worker, Typed(revision_id, version, typed()))

    def save() -> None:
        nonlocal version
        with store.session(worker) as session:
            version = plans.save(session, revision_id, version, typed()).version

    def bare() -> None:
        document = json.dumps(typed())
        with store.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("BEGIN IMMEDIATE")
            driver.execute(
                "UPDATE document SET answers = ? WHERE revision_id = ?", (document, revision_id.bytes)
            )
            driver.execute("COMMIT")

    yield row(
        "saving a draft as it is typed / a bare commit of its answers", *side_by_side(keep, bare), ratio=3
    )
    ms, floor_ms = side_by_side(save, bare)
    yield row("making it a version, history included / a bare commit of its answers", ms, floor_ms, most_ms=5)


def _long_text(view: FormView, app: QCoreApplication) -> QPlainTextEdit:
    """Go on from section to section until there is a box for a long text."""
    for section in FORMS_BY_KEY[_FORM].sections:
        view.show_section(section.key)
        app.processEvents()
        for each in view.findChildren(QPlainTextEdit):
            if each.isVisible() and not each.isReadOnly():
                return each
    raise RuntimeError("There is no long text in the form.")


def _keystroke() -> Row:
    app = QApplication.instance() or QApplication([])
    form = FORMS_BY_KEY[_FORM]
    view = FormView(form, TODAY)
    view.resize(1100, 700)
    view.show()
    app.processEvents()
    box = _long_text(view, app)
    bare = QPlainTextEdit()
    bare.resize(700, 120)
    bare.show()

    def press(widget: QPlainTextEdit) -> None:
        QTest.keyClick(widget, Qt.Key.Key_A)
        app.processEvents()

    ms, floor_ms = side_by_side(lambda: press(box), lambda: press(bare))
    questions = len(form.fields)
    return row(
        f"a keystroke in a form of {questions} questions / in a bare text box", ms, floor_ms, most_ms=4
    )
