"""The return on screen: its findings, the way to the row of each, and the files."""

import csv
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog
from sqlalchemy import select

from caseapp.imports import import_ssda903
from caseapp.returns import findings
from caseapp.returns.findings import Filter
from caseapp.returns.rules import NOT_DONE, RULES
from db.models import Child, Look, Team, Worker
from db.moments import new_id
from db.problems import NotAllowed
from db.roles import Actor
from db.store import Store, memory_store
from tests.desk_fixture import DeskAtOnce
from tests.record_screen import texts
from tests.test_window import nameless
from ui import reports
from ui.child import ChildScreen
from ui.form_dialog import FormDialog
from ui.parts import EmptyState
from ui.return_quality import ReturnScreen, return_page

DATA = Path(__file__).parent / "data" / "ssda903"
TODAY = date(2026, 11, 23)
ADMINISTRATOR = Actor(new_id(), "Ada", None, frozenset({"administrator"}))


@pytest.fixture(scope="module")
def seeded():
    """Return a store with the seeded set, and the manager who reads it."""
    store = memory_store(today=lambda: TODAY)
    with store.session(ADMINISTRATOR, purpose="users") as session:
        team = Team(name="Family Support East")
        session.add(team)
        session.flush()
        worker = Worker(name="Mo Adeyemi", sort_name="mo adeyemi", team_id=team.id, job="Team manager")
        session.add(worker)
        session.flush()
        manager = Actor(worker.id, worker.name, team.id, frozenset({"manager"}))
    with store.session(ADMINISTRATOR, "Import", purpose="import") as session:
        import_ssda903(session, DATA / "seeded_2025_26")
    yield store, manager
    store.close()


@pytest.fixture
def desk(seeded) -> DeskAtOnce:
    return DeskAtOnce(*seeded)


@pytest.fixture
def screen(qtbot, desk) -> ReturnScreen:
    made = ReturnScreen(desk)
    qtbot.addWidget(made)
    made.resize(1182, 600)
    made.show()
    return made


def judged(store: Store, who: Actor):
    with store.session(who) as session:
        return findings.look(session, 2026)


def cells(table) -> list[list[str]]:
    model = table.model()
    return [[model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())]  # fmt: skip


def test_nothing_is_judged_before_it_is_asked_for(screen):
    assert nameless(screen) == []
    assert "Nothing judged yet" in texts(screen)
    assert screen.year.currentText() == "1 April 2025 to 31 March 2026"
    assert screen.year.itemText(1) == "1 April 2026 to 31 March 2027, so far"


def test_what_is_wrong_stands_with_child_mend_rule_and_place(screen):
    screen.check_button.click()

    rows = cells(screen.findings)
    told = next(row for row in rows if row[3] == "146\nPLACE")
    assert told[0].startswith("Child SA0")
    assert told[1] == "The placement is no code of this year’s list."
    assert told[2].startswith("Choose the placement")
    assert told[4] == "Care\nPlacements"
    assert nameless(screen) == []


def test_the_screen_says_how_much_was_judged_and_how_often_each_rule_is_broken(screen, seeded):
    screen.check()

    found = judged(*seeded)
    assert any(f"children judged by {len(RULES)} rules, {len(found.rows)} findings" in each
               for each in texts(screen))  # fmt: skip
    counted = cells(screen.counts)
    assert sum(int(row[1]) for row in counted) == len(found.rows)
    assert [int(row[1]) for row in counted] == sorted((int(row[1]) for row in counted), reverse=True)


def test_a_rule_of_the_counts_narrows_the_findings_until_its_chip_is_pressed(screen):
    screen.check()
    every = screen.findings.model().rowCount()

    screen.counts.setCurrentIndex(screen.counts.model().index(0, 0))
    QTest.keyClick(screen.counts, Qt.Key.Key_Return)

    rule, times, _ = cells(screen.counts)[0]
    assert {row[3].split("\n")[0] for row in cells(screen.findings)} == {rule}
    assert screen.findings.model().rowCount() == int(times) < every
    assert screen.filters.rule.text() == f"Rule {rule}  ×"

    screen.filters.rule.click()

    assert screen.findings.model().rowCount() == every


def test_findings_are_narrowed_by_table_and_the_words_say_so(screen):
    screen.check()

    box = screen.filters.table
    box.setCurrentIndex(box.findData("OC2"))
    box.activated.emit(box.currentIndex())

    assert {row[4] for row in cells(screen.findings)} == {"Care\nHealth"}
    assert any("Shown: Table health (OC2)" in each for each in texts(screen))


def test_mine_are_those_of_whom_i_am_the_worker(screen, seeded, monkeypatch):
    store, manager = seeded
    with store.session(manager) as session:
        child = session.query(Child).filter_by(source_ref="SA030").one()
        child.worker_id, child.team_id = manager.worker_id, manager.team_id
    screen.check()

    screen.filters.mine.click()

    assert {row[0] for row in cells(screen.findings)} == {"Child SA030"}
    assert screen.filters.worker.itemText(1) == "Mo Adeyemi"


def test_enter_opens_the_child_the_part_and_the_field(qtbot, screen):
    screen.check()
    screen.filters.choose_rule("167")

    with qtbot.waitSignal(screen.open_place) as caught:
        QTest.keyClick(screen.findings, Qt.Key.Key_Return)

    (opens,) = caught.args
    assert (opens.tab, opens.part, opens.field) == ("Care", "Reviews and visits", "participation")


def opened_at(qtbot, desk, opens) -> ChildScreen:
    record = ChildScreen(desk, opens.child_id, opens.tab)
    qtbot.addWidget(record)
    record.resize(1182, 688)
    record.open_place(opens)
    record.show()
    return record


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("146", "Placement"),
        ("167", "How the child took part"),
        ("197a", "If there is no score, why"),
        ("520", "Sex of the adopters"),
    ],
)
def test_the_record_opens_with_the_very_row_and_field_of_a_finding(qtbot, desk, seeded, rule, asked):
    row = next(each for each in judged(*seeded).rows if each.rule == rule)

    record = opened_at(qtbot, desk, row.opens)

    qtbot.waitUntil(lambda: any(each.isVisible() for each in record.findChildren(FormDialog)))
    (dialog,) = record.findChildren(FormDialog)
    assert record.tab == "Care"
    assert record.page().part().accessibleName() == row.opens.part
    assert dialog.focusWidget().accessibleName() == asked
    dialog.done(0)


def test_what_the_header_tells_is_mended_among_the_details(qtbot, desk, seeded):
    row = next(each for each in judged(*seeded).rows if each.rule == "442")

    record = opened_at(qtbot, desk, row.opens)

    (dialog,) = [each for each in record.findChildren(QDialog) if each.isVisible()]
    assert (dialog.windowTitle(), dialog.focusWidget().accessibleName()) == ("Edit details", "UPN")
    dialog.done(0)


def test_after_a_mend_the_reader_stands_where_they_were(screen):
    screen.check()
    screen.findings.go_to(7)

    screen.refresh()

    assert screen.findings.currentIndex().row() == 7


def test_a_finding_is_told_in_full_below_with_the_departments_words(screen):
    screen.check()
    screen.filters.choose_rule("167")

    assert screen.in_full.text().startswith("Child SA030: ")
    assert "Rule 167 (REVIEW_CODE, REVIEW). The Department’s words: " in screen.in_full.text()


def test_the_rules_that_are_not_judged_are_named_with_the_reason(screen):
    screen.filters.undone.click()

    rows = cells(screen.undone)
    assert screen.undone.isVisible()
    assert {row[0]: row[2] for row in rows} == NOT_DONE
    assert all(row[1] for row in rows)


def test_thousands_of_findings_are_read_page_by_page(screen, seeded, monkeypatch):
    found = judged(*seeded)
    many = found._replace(rows=found.rows * 100)
    monkeypatch.setattr(findings, "look", lambda session, year: many)
    QAbstractItemModelTester(screen.findings.model())

    screen.check()
    assert screen.findings.model().rowCount() == 200

    screen.findings.go_to(len(many.rows) - 1)

    assert screen.findings.model().rowCount() == len(many.rows)


def test_a_return_made_elsewhere_is_judged_without_links(qtbot, screen, monkeypatch):
    monkeypatch.setattr(screen.desk, "run_outside", lambda _screen, work, then, _failed: then(work()))

    screen.judge_folder(str(DATA / "seeded_structural_2025_26"))

    rows = cells(screen.findings)
    assert rows
    assert all(row[4].startswith("Row ") for row in rows)
    assert not screen.filters.mine.isVisible()
    with qtbot.assertNotEmitted(screen.open_place):
        QTest.keyClick(screen.findings, Qt.Key.Key_Return)


def test_a_folder_that_is_no_return_is_refused_in_words(qtbot, screen, tmp_path):
    screen.judge_folder(str(tmp_path))

    qtbot.waitUntil(lambda: screen.banner.isVisible())
    assert "no file with the columns of the table Header" in screen.banner.text()
    assert screen.check_button.isEnabled()


def test_the_files_are_written_and_what_was_written_is_said(screen, tmp_path):
    screen.export_to(str(tmp_path / "out"))

    with (tmp_path / "out" / "header.csv").open(encoding="utf-8", newline="") as file:
        rows = len(list(csv.DictReader(file)))
    assert f"header.csv {rows}" in screen.banner.text()
    assert "not encrypted" in screen.banner.text()


def test_a_folder_that_holds_something_is_refused(screen, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    screen.export_to(str(tmp_path))

    assert "Nothing was written" in screen.banner.text()
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_the_list_is_saved_with_its_filter_and_stands_on_record(screen, seeded, tmp_path):
    screen.check()
    screen.filters.choose_rule("167")
    path = tmp_path / "list.csv"

    screen.exporting.save_to(str(path))

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["Shown", "Rule 167"]
    assert rows[5] == list(findings.HEADER)
    assert [row[5] for row in rows[6:]] == ["167"]
    assert str(path) in screen.banner.text()
    store, _ = seeded
    looks = Look.__table__.c
    with store.engine.connect() as connection:
        details = connection.execute(select(looks.detail).where(looks.act == "export")).scalars().all()
    assert "Rule 167" in [each.get("filter") for each in details]


def test_a_name_that_looks_like_a_formula_is_harmless_in_the_list(seeded):
    store, manager = seeded
    found = judged(store, manager)
    row = found.rows[0]._replace(name="=cmd|'/c calc'!A0")
    of_files = found._replace(folder="files", rows=(row,))
    with store.session(manager) as session:
        said = findings.file_of(session, of_files, Filter(), as_csv=True).decode("utf-8-sig")

    assert "'=cmd" in said
    assert "\n=cmd" not in said


def test_with_nobody_in_care_there_is_nothing_to_return(qtbot):
    store = memory_store(today=lambda: TODAY)
    empty = ReturnScreen(DeskAtOnce(store, Actor(new_id(), "Mo", None, frozenset({"manager"}))))
    qtbot.addWidget(empty)
    empty.show()

    empty.check()

    assert "Nothing to return" in texts(empty)
    store.close()


def test_where_nothing_is_wrong_the_screen_says_so(qtbot, screen, monkeypatch):
    monkeypatch.setattr(findings, "look", lambda session, year: findings.Found(year, "", 9, ()))

    screen.check()

    assert any("The rules that can be judged here find nothing." in each for each in texts(screen))


def test_others_read_why_the_return_is_not_for_them(qtbot, seeded):
    store, manager = seeded
    practitioner = Actor(new_id(), "Sam Okafor", manager.team_id, frozenset({"practitioner"}))

    page = return_page(DeskAtOnce(store, practitioner))
    qtbot.addWidget(page)

    assert isinstance(page, EmptyState)
    assert "It is for: team manager" in page.accessibleName()
    with store.session(practitioner) as session, pytest.raises(NotAllowed):
        findings.look(session, 2026)


def test_reports_hand_on_what_the_return_opens(qtbot, desk, monkeypatch):
    monkeypatch.setattr(reports, "_leaving_care", lambda desk: EmptyState("pathway", "Leaving care", ""))
    screen = reports.ReportsScreen(desk)
    qtbot.addWidget(screen)
    screen.show_tab(1)
    screen.page().check()

    with qtbot.waitSignal(screen.open_place):
        QTest.keyClick(screen.page().findings, Qt.Key.Key_Return)


def test_a_childs_name_stands_with_the_reference_once(seeded):
    store, manager = seeded
    row = judged(store, manager).rows[0]

    assert row.who == row.name
    assert row._replace(name="Amelia Kowalska").who == f"Amelia Kowalska ({row.ref})"
