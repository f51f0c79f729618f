"""The import of the SSDA903 return: a clean yes or a plain no, and never more than the file says."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from caseapp import children, imports
from caseapp.children import Filter
from caseapp.imports import import_ssda903, preview
from caseapp.work import NotAllowed, NotSaved, Store
from db.check import check
from db.models import (
    Adoption,
    CareLeaverYear,
    CaseSpell,
    Child,
    ClockRow,
    Episode,
    HealthYear,
    History,
    LacReview,
    LibertyOrder,
    Look,
    PreviousPermanence,
    WorkerSpell,
)
from db.names import fold
from db.store import create_store
from tests.return_sets import (
    ADMINISTRATOR,
    CLEAN,
    DATA,
    PRIOR,
    add_line,
    clean,
    parsed_here,
    replace,
    rows,
    somebody,
    store,
    stores,
    take,
)

__all__ = ["clean", "parsed_here", "store", "stores"]


def child(store: Store, source_ref: str) -> Child:
    return next(each for each in rows(store, Child) if each.source_ref == source_ref)


def episodes(store: Store, source_ref: str) -> list[Episode]:
    wanted = child(store, source_ref).id
    return [each for each in rows(store, Episode, Episode.started_on) if each.child_id == wanted]


# What goes in


def test_the_clean_set_gives_nine_children_and_refuses_nothing(store):
    done = take(store, CLEAN)

    assert (done.children, done.new_children, done.refused) == (9, 9, [])
    assert done.taken == {
        "Header": 9, "Episodes": 10, "Reviews": 15, "UASC": 1, "OC2": 4, "OC3": 1, "AD1": 1,
        "PlacedAdoption": 1, "PrevPerm": 2, "Missing": 2, "SWEpisodes": 9,
    }  # fmt: skip
    assert (done.new, done.changed, done.unchanged, done.year) == (55, 0, 0, 2026)


def test_a_preview_counts_the_same_and_needs_no_store():
    seen = preview(CLEAN)

    assert (seen.children, seen.tables["Episodes"], seen.refused, seen.year) == (9, 10, [], 2026)


def test_what_the_rows_say_is_kept_in_the_returns_own_codes(store):
    take(store, CLEAN)
    first, second = episodes(store, "AB0002")
    health = next(each for each in rows(store, HealthYear) if each.child_id == first.child_id)

    assert (child(store, "AB0002").upn, child(store, "AB0002").ethnicity) == ("H330220015002", "MWBC")
    assert (first.ended_on, first.reason_ended, first.reason_moved) == (date(2025, 8, 18), "X1", "CARPL")
    assert (second.reason_started, second.placement, second.placement_postcode) == ("P", "K2", "B1 1TA")
    assert (health.year, health.sdq_score, health.substance_misuse) == (2026, 19, True)
    assert health.intervention_offered is None
    assert rows(store, Adoption)[0].adopters_legal_status == "L11"
    assert {each.kind for each in rows(store, PreviousPermanence)} == {"Z1"}
    assert rows(store, CareLeaverYear)[0].accommodation == "U1"
    assert {each.source_ref for each in rows(store, WorkerSpell)} >= {"SW111111", "SW222222"}


def test_the_status_says_whether_care_goes_on(store):
    take(store, CLEAN)

    assert child(store, "AB0001").status == "looked_after"
    assert child(store, "AB0005").status == "care_leaver"  # in OC3
    assert child(store, "AB0009").status == "care_leaver"  # left at 18 after five years
    assert (child(store, "AB0006").status, child(store, "AB0006").closed_on) == (
        "closed", date(2025, 11, 14),
    )  # fmt: skip
    assert (child(store, "AB0003").status, child(store, "AB0003").closed_on) == (
        "closed", date(2026, 1, 30),
    )  # fmt: skip


def test_an_imported_child_is_sorted_by_what_it_is_called_and_has_a_caseload_of_its_own(store):
    take(store, CLEAN)
    spells = {each.child_id: each for each in rows(store, CaseSpell)}

    for each in rows(store, Child):
        spell = spells.pop(each.id)
        assert each.sort_name == fold(each.name)
        assert (spell.from_on, spell.until_on, spell.worker_id) == (each.opened_on, None, None)
        assert spell.status == ("closed" if each.closed_on else each.status)
    assert spells == {}


def test_a_check_of_everything_finds_no_fault_after_two_years_of_returns(store):
    take(store, PRIOR)
    take(store, CLEAN)

    assert check(store).faults == []


def test_an_imported_child_has_no_name_and_is_found_by_the_reference(store):
    take(store, CLEAN)
    with store.session(somebody("manager")) as session:
        found = children.find(session, "ab0001")

    assert [row.name for row in found] == ["Child AB0001"]
    assert child(store, "AB0001").opened_on == date(2025, 2, 10)


def test_clocks_run_for_children_in_care_and_not_for_closed_ones(store):
    take(store, CLEAN)
    running = {each.child_id for each in rows(store, ClockRow)}

    assert child(store, "AB0001").id in running
    assert child(store, "AB0003").id not in running


def test_an_order_of_deprivation_of_liberty_is_taken(store, clean):
    (clean / "dolo.csv").write_text(
        "CHILD,DOB,DOLO_START,DOLO_END\nAB0001,14/05/2012,01/06/2025,\n", encoding="utf-8"
    )

    done = take(store, clean)

    assert (done.taken["DoLo"], done.refused) == (1, [])
    assert [each.started_on for each in rows(store, LibertyOrder)] == [date(2025, 6, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_encoding_and_line_end_of_the_format_is_taken(clean, encoding, line_end):
    for path in clean.iterdir():
        text_in = path.read_text(encoding="utf-8")
        path.write_bytes(text_in.replace("\n", line_end).encode(encoding))
        path.rename(path.with_name(f"any {path.stem} name.CSV"))  # a table is known by its columns

    assert preview(clean) == preview(CLEAN)


def test_values_are_taken_in_any_case_quoted_and_in_any_order_of_columns(clean):
    (clean / "uasc.csv").write_text(
        '"DUC","CHILD","DOB","SEX"\n"","ab0004","15/06/2008","m"\n', encoding="utf-8"
    )

    assert preview(clean).refused == []


def test_sexes_of_older_returns_become_letters(store, clean):
    replace(clean / "header.csv", "AB0001,F", "AB0001,2")

    take(store, clean)

    assert child(store, "AB0001").sex == "F"


# The same again, and the next year


def test_the_same_set_twice_doubles_nothing_and_leaves_no_history(store):
    take(store, CLEAN)
    before = len(rows(store, History)), len(rows(store, ClockRow)), len(rows(store, LacReview))

    again = take(store, CLEAN)

    assert (again.new_children, again.new, again.changed, again.unchanged) == (0, 0, 0, 55)
    assert (len(rows(store, History)), len(rows(store, ClockRow)), len(rows(store, LacReview))) == before
    assert {each.version for each in rows(store, Child)} == {1}


def test_the_next_years_set_goes_on_with_the_same_children(store):
    take(store, PRIOR)
    assert [each.ended_on for each in episodes(store, "AB0002")] == [None]

    done = take(store, CLEAN)

    assert (done.new_children, len(rows(store, Child))) == (2, 9)
    assert [each.ended_on for each in episodes(store, "AB0002")] == [date(2025, 8, 18), None]
    assert [each.reason_started for each in episodes(store, "AB0006")] == ["S", "L", "T"]
    assert (child(store, "AB0006").status, child(store, "AB0006").opened_on) == ("closed", date(2024, 4, 2))
    assert [each.version for each in episodes(store, "AB0001")] == [1]


def test_an_older_set_after_a_newer_one_only_adds(store, tmp_path):
    older = Path(shutil.copytree(PRIOR, tmp_path / "older"))
    replace(older / "header.csv", "AB0001,F,14/05/2012,WBRI", "AB0001,F,14/05/2012,REFU")
    take(store, CLEAN)
    done = take(store, older)

    assert child(store, "AB0001").ethnicity == "WBRI"
    assert (done.new_children, done.changed) == (0, 0)
    assert episodes(store, "AB0002")[0].ended_on == date(2025, 8, 18)
    assert len(episodes(store, "AB0006")) == 3
    assert (child(store, "AB0006").status, child(store, "AB0006").opened_on) == ("closed", date(2024, 4, 2))


def test_a_correction_in_the_header_is_taken_and_a_blank_leaves_what_is_known(store, clean):
    take(store, CLEAN)
    replace(clean / "header.csv", "AB0001,F,14/05/2012,WBRI,Q330220017001", "AB0001,F,15/05/2012,WIRI,")
    for name in ("reviews", "oc2", "sw_episodes"):
        replace(clean / f"{name}.csv", "AB0001,14/05/2012", "AB0001,15/05/2012")

    done = take(store, clean)

    known = child(store, "AB0001")
    assert (done.changed, done.refused, known.version) == (1, [], 2)
    assert (known.born_on, known.ethnicity, known.upn) == (date(2012, 5, 15), "WIRI", "Q330220017001")
    with store.session(somebody("manager")) as session:
        assert "AB0001" in [row.name[6:] for row in children.find(session, "15/05/2012")]


def test_an_end_that_the_collection_could_not_know_stays(store, clean):
    add_line(clean / "sw_episodes.csv", "AB0001,14/05/2012,SW999999,10/03/2025,02/04/2026,TSPROC")
    take(store, clean)
    replace(clean / "sw_episodes.csv", "10/03/2025,02/04/2026", "10/03/2025,")

    done = take(store, clean)

    spell = next(each for each in rows(store, WorkerSpell) if each.source_ref == "SW999999")
    assert (spell.ended_on, done.changed) == (date(2026, 4, 2), 0)


def test_a_workers_status_stays_when_the_same_set_comes_again(store):
    take(store, CLEAN)
    known = child(store, "AB0005")
    with store.session(somebody("manager")) as session:
        children.change_details(session, known.id, known.version, {"status": "closed"})

    take(store, CLEAN)

    assert child(store, "AB0005").status == "closed"


def test_a_dry_run_counts_and_stores_nothing(store):
    done = take(store, CLEAN, dry_run=True)

    assert (done.new_children, done.new) == (9, 55)
    assert (rows(store, Child), rows(store, History), rows(store, Look)) == ([], [], [])


# What stays out


def test_each_structural_fault_is_named_with_file_line_and_column(store):
    done = take(store, DATA / "seeded_structural_2025_26")

    assert [each[:3] for each in done.refused] == [
        ("episodes.csv", 2, "DECOM"), ("episodes.csv", 3, "CHILD"), ("episodes.csv", 4, "CHILD"),
        ("oc2.csv", 3, "CHILD"), ("reviews.csv", 4, "CHILD"), ("reviews.csv", 5, "CHILD"),
        ("sw_episodes.csv", 3, "CHILD"), ("sw_episodes.csv", 4, "CHILD"),
    ]  # fmt: skip
    assert done.refused[0].reason == "DECOM “2025-02-10” is not a date written DD/MM/YYYY."
    assert done.refused[1].reason == "CHILD “SS002” is not taken: it is not in header.csv."


def test_a_refused_row_leaves_the_rest(store):
    done = take(store, DATA / "seeded_structural_2025_26")

    assert [each.source_ref for each in rows(store, Child, Child.ref)] == ["SS001", "SS003"]
    assert (done.taken["Reviews"], len(rows(store, LacReview))) == (4, 4)
    assert child(store, "SS001").status == "looked_after"  # its one episode has to be mended


def test_a_child_whose_header_row_is_refused_stays_out_whole(store):
    done = take(store, DATA / "seeded_2025_26")

    about = [each for each in done.refused if "SA004" in each.reason or each[:2] == ("header.csv", 5)]
    assert [each.file for each in about] == [
        "episodes.csv", "header.csv", "oc2.csv", "reviews.csv", "reviews.csv", "sw_episodes.csv",
    ]  # fmt: skip
    assert "its row in header.csv was refused" in about[0].reason
    assert not any(each.source_ref == "SA004" for each in rows(store, Child))
    assert (done.children, len(done.refused)) == (51, 25)


@pytest.mark.parametrize(
    ("file", "line", "column", "reason"),
    [
        ("episodes.csv", "AB0001,31/02/2025,S,C2,N1,U4,PR1,,,,,,", "DECOM", "not a day of the calendar"),
        ("episodes.csv", "AB0001,01/01/0201,S,C2,N1,U4,PR1,,,,,,", "DECOM", "between 1900 and 2099"),
        ("episodes.csv", ",01/01/2026,S,C2,N1,U4,PR1,,,,,,", "CHILD", "CHILD is blank"),
        ("episodes.csv", "AB0001,01/01/2026,S,C3,N1,U4,PR1,,,,,,", "LS", "not a code of LS"),
        ("episodes.csv", "AB0001,01/01/2026,ſ,C2,N1,U4,PR1,,,,,,", "RNE", "letters that the return"),
        ("episodes.csv", "AB0001,01/01/2026,S,C2,N1,U4,PR1,31/12/2025,E8,,,,", "DEC", "is before DECOM"),
        ("episodes.csv", "AB0001,10/02/2025,S,C2,N1,U4,PR1,,,,,,", "DECOM", "stands in line 2 already"),
        ("episodes.csv", "AB0001,01/01/2026,S", "", "3 cells where the header line has 13"),
        ("oc2.csv", "AB0009,05/10/2007,41,,,,,,,,,", "SDQ_SCORE", "not a number from 0 to 40"),
        ("oc2.csv", "AB0009,05/10/2007,,,Y,,,,,,,", "CONVICTED", "neither 0 nor 1"),
        ("oc2.csv", "AB0009,05/10/2007,NULL,,,,,,,,,", "SDQ_SCORE", "not a number"),
        ("oc3.csv", "AB0009,05/10/2007,YES,F2,Q1", "ACCOM", "not a code of ACCOM"),
        ("missing.csv", "AB0008,09/02/2011,M,21/07/2025,", "DOB", "another child may be meant"),
        ("missing.csv", "AB0008,,M,21/06/2025,", "MISSING", "stands in line 2 already"),
        ("previous_permanence.csv", "AB0009,,P1,12,ZZ/ZZ/2015", "LA_PERM", "three digits"),
        ("previous_permanence.csv", "AB0009,,P1,330,ZZ/13/2015", "DATE_PERM", "not a day"),
        ("header.csv", "AB-10,F,01/01/2012,WBRI,,,", "CHILD", "up to 20 letters and digits"),
        ("header.csv", "AB0001,F,14/05/2012,WBRI,,,", "CHILD", "stands in line 2 already"),
        ("uasc.csv", "AB0001,M,14/05/2012,", "SEX", "another child may be meant"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_kept_truthfully_is_refused_in_words(clean, file, line, column, reason):
    number = add_line(clean / file, line)

    (refused,) = preview(clean).refused

    assert (refused.file, refused.line, refused.column) == (file, number, column)
    assert reason in refused.reason


def test_breaks_of_the_returns_rules_are_no_reason_to_refuse(clean):
    add_line(clean / "episodes.csv", "AB0001,01/01/2026,T,C2,N1,H5,,20/01/2026,,,,,")  # overlaps, no REC
    add_line(clean / "episodes.csv", "AB0001,01/02/2026,S,C2,N1,T0,PR1,,X1,,,,")  # REC without DEC
    add_line(clean / "oc3.csv", "AB0009,05/10/2007,YES,,0")
    add_line(clean / "previous_permanence.csv", "AB0009,05/10/2007,P1,999,ZZ/ZZ/ZZZZ")

    assert preview(clean).refused == []


def test_a_row_with_several_faults_is_one_refusal_that_names_them_all(clean):
    add_line(clean / "oc3.csv", "AB0009,05/10/2007,PERHAPS,F9,Q1")

    (refused,) = preview(clean).refused

    assert refused.column == "IN_TOUCH"
    assert all(name in refused.reason for name in ("PERHAPS", "F9", "Q1"))


def test_line_numbers_count_from_the_file_and_not_from_the_rows(clean):
    (clean / "oc3.csv").write_text(
        'CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n\n,,,,\nAB0005,"11/11/2006",YES,F2,"\nU1"\nAB0009,x,YES,F2,U1\n',
        encoding="utf-8",
    )

    seen = preview(clean)

    assert [each[:3] for each in seen.refused] == [("oc3.csv", 6, "DOB")]
    assert seen.tables["OC3"] == 1


# All or nothing, and for whom


def test_nothing_is_left_when_the_store_fails_in_the_middle(tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "AT_A_TIME", 3)
    store = create_store(tmp_path / "cases.caseapp", bytes(32))
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER broken BEFORE INSERT ON worker_spell "
                "WHEN (SELECT count(*) FROM worker_spell) > 5 "
                "BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"
            )
        )

    with pytest.raises(NotSaved):
        take(store, CLEAN)

    assert (rows(store, Child), rows(store, Episode), rows(store, History)) == ([], [], [])
    store.close()


def test_nothing_is_left_when_somebody_gives_up_in_the_middle(store, monkeypatch):
    monkeypatch.setattr(imports, "AT_A_TIME", 3)
    heard = []

    def give_up(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.session(ADMINISTRATOR, purpose="import") as session:
        import_ssda903(session, CLEAN, give_up)

    assert heard == [(3, 9), (6, 9)]
    assert (rows(store, Child), rows(store, Look)) == ([], [])


@pytest.mark.parametrize("role", ["practitioner", "manager", "reader"])
def test_only_an_administrator_imports(store, role):
    with pytest.raises(NotAllowed), store.session(somebody(role), purpose="import") as session:
        import_ssda903(session, CLEAN)

    assert rows(store, Child) == []


def test_an_administrator_sees_counts_and_no_record(store):
    take(store, CLEAN)
    with store.session(ADMINISTRATOR) as session:
        assert children.count(session, Filter()) == 0
    (look,) = rows(store, Look)

    assert (look.act, look.detail["taken"]["Header"]) == ("import", 9)
    assert set(look.detail) == {"year", "taken", "refused"}
    assert not any("AB0" in str(value) for value in look.detail.values())


def test_unallocated_children_are_seen_by_a_manager_and_not_by_a_practitioner(store):
    take(store, CLEAN)

    with store.session(somebody("manager")) as session:
        assert children.count(session, Filter(whose="unallocated")) == 7  # two are closed
    with store.session(somebody("practitioner")) as session:
        assert children.count(session, Filter()) == 0
        assert children.find(session, "AB0001") == []


# A whole volume


VOLUME = DATA / "fake_volume"


def lines_of(folder: Path) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in folder.iterdir())


def test_the_volume_set_ends_with_counts_of_taken_and_refused():
    seen = preview(VOLUME)

    assert (seen.children, seen.year, len(seen.refused)) == (1765, 2018, 40)
    assert seen.tables["Reviews"] == 8312
    assert sum(seen.tables.values()) + len(seen.refused) == lines_of(VOLUME)


def test_every_row_of_a_part_of_the_volume_set_that_is_taken_has_its_line_of_history(store, tmp_path):
    part = tmp_path / "part"
    part.mkdir()
    wanted = {each.split(",")[0] for each in (VOLUME / "header.csv").read_text().splitlines()[1:][::8]}
    for path in VOLUME.iterdir():
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        kept = [each for each in lines if each.split(",")[0] in wanted]
        (part / path.name).write_text("\n".join([first, *kept]), encoding="utf-8")

    done = take(store, part)

    assert (done.children > 200, len(done.refused) > 0) == (True, True)
    assert sum(done.taken.values()) + len(done.refused) == lines_of(part)
    assert done.new == sum(done.taken.values()) == len(rows(store, History))
