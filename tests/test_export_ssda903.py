"""The return out of the record: what came in goes out again, and nothing that the year could not know."""

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caseapp.imports import import_ssda903
from caseapp.returns import rules
from caseapp.returns.export import FILE_NAMES, export_ssda903
from caseapp.returns.from_record import return_of
from db.models import Look
from db.moments import new_id
from db.problems import NotAllowed, Problem
from db.roles import Actor
from db.store import Store, memory_store

DATA = Path(__file__).parent / "data" / "ssda903"
CLEAN, PRIOR = DATA / "clean_2025_26", DATA / "clean_2024_25_prior_year"
NOT_IN_THE_HEADER = ("uasc.csv", "ZZ0001")
"""A row of the prior year about a child whom its header does not know: named on import, and never kept."""


def somebody(*roles: str) -> Actor:
    return Actor(new_id(), "Somebody", new_id(), frozenset(roles))


MANAGER = somebody("manager")


@pytest.fixture
def store() -> Iterator[Store]:
    made = memory_store(today=lambda: date(2026, 4, 20))
    yield made
    made.close()


def take(store: Store, folder: Path) -> None:
    with store.session(somebody("administrator"), "Import", purpose="import") as session:
        import_ssda903(session, folder)


def give(store: Store, folder: Path, begins: int, who: Actor = MANAGER):
    with store.session(who) as session:
        return export_ssda903(session, folder, begins)


def rows(folder: Path) -> dict[str, Counter]:
    """Return every file's rows, each as a set of its named cells: order and columns' places are free."""
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.name] = Counter(frozenset(row.items()) for row in csv.DictReader(file))
    return found


def test_the_clean_set_comes_out_as_it_went_in(store, tmp_path):
    take(store, CLEAN)
    exported = give(store, tmp_path / "out", 2025)

    assert rows(tmp_path / "out") == rows(CLEAN)
    assert (exported.year, exported.children, exported.files["episodes.csv"]) == (2026, 9, 10)


def test_the_year_before_comes_out_as_it_went_in(store, tmp_path):
    take(store, PRIOR)
    give(store, tmp_path / "out", 2024)
    there = rows(PRIOR)
    name, stranger = NOT_IN_THE_HEADER
    there[name] = Counter(row for row in there[name] if ("CHILD", stranger) not in row)

    assert rows(tmp_path / "out") == {name: found for name, found in there.items() if found}


def test_with_both_years_in_the_store_each_comes_out_as_its_own_year_knew_it(store, tmp_path):
    """Both sets tell the open episodes: what ended in the second year was open at the end of the first."""
    take(store, PRIOR)
    take(store, CLEAN)
    give(store, tmp_path / "first", 2024)
    give(store, tmp_path / "second", 2025)

    first, there = rows(tmp_path / "first"), rows(PRIOR)
    assert first["episodes.csv"] == there["episodes.csv"]
    assert first["header.csv"] == there["header.csv"]
    assert rows(tmp_path / "second") == rows(CLEAN)


def test_what_comes_out_can_come_in_again_and_changes_nothing(store, tmp_path):
    take(store, CLEAN)
    give(store, tmp_path / "out", 2025)
    with store.session(somebody("administrator"), "Import", purpose="import") as session:
        again = import_ssda903(session, tmp_path / "out")

    assert (again.new, again.changed, again.refused) == (0, 0, [])


def test_the_record_of_the_clean_sets_breaks_no_rule(store):
    take(store, PRIOR)
    take(store, CLEAN)
    with store.session(MANAGER) as session:
        made = return_of(session, 2026, prior=True)

    assert [(each.code, each.child) for each in rules.check(made.told)] == []


def test_each_line_knows_the_row_of_the_record_behind_it(store):
    take(store, CLEAN)
    with store.session(MANAGER) as session:
        made = return_of(session, 2026)

    told = [line for name in FILE_NAMES for line in made.told.lines(name)]
    assert len({made.origin(line) for line in told}) == len(told)
    assert {made.origin(line).tbl for line in made.told.lines("OC2")} == {"health_year"}
    assert made.names["AB0001"] == "Child AB0001"


def test_the_files_are_plain_commas_and_capitals_without_empty_tables(store, tmp_path):
    take(store, CLEAN)
    give(store, tmp_path / "out", 2025)
    header = (tmp_path / "out" / "header.csv").read_bytes()

    assert header.startswith(b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\r\n")
    assert not (tmp_path / "out" / "dolo.csv").exists()


def test_a_return_is_for_managers_and_holds_whom_they_may_see(store, tmp_path):
    take(store, CLEAN)
    with pytest.raises(NotAllowed):
        give(store, tmp_path / "out", 2025, somebody("practitioner", "administrator"))

    assert not (tmp_path / "out").exists()


def test_an_export_is_on_record_before_a_file_is_written(store, tmp_path):
    take(store, CLEAN)
    give(store, tmp_path / "out", 2025)
    with store.engine.connect() as connection:
        looks = connection.execute(Look.__table__.select().where(Look.__table__.c.act == "export")).all()

    assert [each.detail for each in looks] == [{"what": "SSDA903 return 2025", "children": 9}]


@pytest.mark.parametrize(
    ("begins", "said"), [(1066, "There is no return of 1066"), (2031, "Nobody within your reach")]
)
def test_a_year_without_anybody_is_told_and_nothing_written(store, tmp_path, begins, said):
    take(store, CLEAN)
    # Care that goes on is told of every year, so the open episodes have to end for 2031 to be empty
    if begins == 2031:
        store = memory_store(today=lambda: date(2031, 4, 20))
    with pytest.raises(Problem, match=said):
        give(store, tmp_path / "out", begins)

    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_left_alone(store, tmp_path):
    take(store, CLEAN)
    shutil.copytree(PRIOR, tmp_path / "out")
    with pytest.raises(Problem, match="not empty"):
        give(store, tmp_path / "out", 2025)

    assert rows(tmp_path / "out") == rows(PRIOR)
