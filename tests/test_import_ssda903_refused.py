"""Sets that are not the SSDA903 format, and whatever bytes come: a clean yes or a plain no."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseapp.imports import preview
from caseapp.work import Problem
from db.models import (
    Child,
)
from tests.return_sets import CLEAN, add_line, clean, emptied, parsed_here, replace, rows, store, stores, take

__all__ = ["clean", "parsed_here", "store", "stores"]

# A set that is not the format


def _semicolons(clean: Path) -> None:
    replace(clean / "oc3.csv", ",", ";")


def _small_letters(clean: Path) -> None:
    replace(clean / "oc3.csv", "IN_TOUCH", "In_Touch")


def _missing_column(clean: Path) -> None:
    replace(clean / "oc3.csv", ",ACCOM", "")


def _added_column(clean: Path) -> None:
    replace(clean / "oc3.csv", ",ACCOM", ",ACCOM,NOTES")


def _column_twice(clean: Path) -> None:
    replace(clean / "oc3.csv", ",ACCOM", ",ACCOM,ACCOM")


def _unknown_table(clean: Path) -> None:
    (clean / "budget.csv").write_text("YEAR,POUNDS\n2026,100\n", encoding="utf-8")


def _same_table_twice(clean: Path) -> None:
    shutil.copy(clean / "oc3.csv", clean / "oc3 copy.csv")


def _empty_file(clean: Path) -> None:
    (clean / "oc3.csv").write_bytes(b"")


def _utf_16(clean: Path) -> None:
    (clean / "oc3.csv").write_text((clean / "oc3.csv").read_text(encoding="utf-8"), encoding="utf-16")


def _open_quote(clean: Path) -> None:
    replace(clean / "oc3.csv", "AB0005", '"AB0005')


def _without_header(clean: Path) -> None:
    (clean / "header.csv").unlink()


def _without_episodes(clean: Path) -> None:
    (clean / "episodes.csv").unlink()


def _folder_named_csv(clean: Path) -> None:
    (clean / "more.csv").mkdir()


def _link_outside(clean: Path) -> None:
    (clean / "oc3.csv").unlink()
    (clean / "oc3.csv").symlink_to(CLEAN / "oc3.csv")


def _nothing(clean: Path) -> None:
    shutil.rmtree(clean)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_semicolons, "oc3.csv parts its cells by semicolons"),
        (_small_letters, "oc3.csv has column names that are not in plain capitals"),
        (_missing_column, "oc3.csv looks like the table OC3, but lacks ACCOM"),
        (_added_column, "oc3.csv looks like the table OC3, but has NOTES too many"),
        (_column_twice, "oc3.csv names the column ACCOM twice"),
        (_unknown_table, "budget.csv has no header line of the return"),
        (_same_table_twice, "hold the same table, OC3"),
        (_empty_file, "oc3.csv is empty"),
        (_utf_16, "oc3.csv: It is not UTF-8 text"),
        (_open_quote, "oc3.csv: From line 2 on it is no CSV"),
        (_without_header, "the table Header"),
        (_without_episodes, "the table Episodes"),
        (_folder_named_csv, "has the name of a CSV file and is none"),
        (_link_outside, "a link to another place"),
        (_nothing, "no such folder"),
    ],
)
def test_a_set_that_is_not_the_format_is_refused_whole(store, clean, spoil, said):
    spoil(clean)

    with pytest.raises(Problem) as refused:
        take(store, clean)

    assert said in refused.value.words
    assert "nothing was imported" in refused.value.words
    assert refused.value.exit_code == 2
    assert rows(store, Child) == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(clean, monkeypatch):
    monkeypatch.setattr("caseapp.ssda903.FILE_LIMIT", 700)

    with pytest.raises(Problem, match="this is more"):
        preview(clean)


def test_a_file_name_shows_without_its_control_characters(clean):
    (clean / "oc3.csv").rename(clean / "oc\n3\x1b.csv")
    number = add_line(clean / "oc\n3\x1b.csv", "AB0009,05/10/2007,PERHAPS,F2,U1")

    assert preview(clean).refused[0][:3] == ("oc?3?.csv", number, "IN_TOUCH")


def test_a_few_years_typed_wrong_do_not_move_the_collection(clean):
    add_line(clean / "reviews.csv", "AB0001,14/05/2012,12/06/2052,PN1")

    assert preview(clean).year == 2026


# Whatever the bytes


MUTATIONS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["cut", "put", "flip", "twice"]),
        st.integers(1, 40),
        st.binary(min_size=1, max_size=12)
        | st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b";", b"\xff"]),
    ),
    min_size=1,
    max_size=6,
)


def _mutated(content: bytes, mutations: list) -> bytes:
    for share, how, length, put in mutations:
        at = int(share * len(content))
        if how == "cut":
            content = content[:at] + content[at + length :]
        elif how == "put":
            content = content[:at] + put + content[at:]
        elif how == "flip":
            content = content[:at] + put + content[at + len(put) :]
        else:
            content = content[: at + length] + content[at:]
    return content


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Path:
    return Path(shutil.copytree(CLEAN, tmp_path_factory.mktemp("hostile") / "set"))


NAMES = sorted(path.name for path in CLEAN.iterdir())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(NAMES), mutations=MUTATIONS)
def test_hostile_bytes_end_in_a_clean_yes_or_a_plain_no(workshop, name, mutations):
    whole = (CLEAN / name).read_bytes()
    (workshop / name).write_bytes(_mutated(whole, mutations))
    said = _answer(workshop)
    (workshop / name).write_bytes(whole)

    assert said
    assert all(each.isprintable() and each.endswith(".") for each in said)


def _answer(folder: Path) -> list[str]:
    """Return what a person reads of a set: the reasons of each refused row, or that of the whole."""
    try:
        seen = preview(folder)
    except Problem as problem:
        return [problem.words]
    return [f"{seen.children} children.", *(each.reason for each in seen.refused)]


CELLS = st.sampled_from(
    [
        "", "0", "1", "S", "X1", "V4", "E12", "E2", "T3", "29/02/2024", "01/01/1900", "31/12/2099",
        "31/03/2026", "01/04/2026", "14/05/2012", "ZZ/ZZ/ZZZZ", "AB0002", "DIED", "UN1", "M",
    ]
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(NAMES),
    changes=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12), CELLS), min_size=1, max_size=8),
)
def test_odd_but_readable_cells_never_stop_the_store(workshop, stores, name, changes):
    whole = (CLEAN / name).read_text(encoding="utf-8")
    lines = [line.split(",") for line in whole.splitlines()]
    for line, column, value in changes:
        cells = lines[1 + line % (len(lines) - 1)]
        cells[column % len(cells)] = value
    (workshop / name).write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    empty, store = stores
    emptied(empty, store)
    try:
        first = take(store, workshop)
        assert take(store, workshop).new == 0
        assert first.new == sum(first.taken.values())
    finally:
        (workshop / name).write_text(whole, encoding="utf-8")
