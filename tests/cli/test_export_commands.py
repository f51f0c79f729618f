"""Commands that write what other programs read: the list as CSV, a record as JSON."""

import csv
import json

from tests.cli.county import KIT


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_list_is_written_as_the_screen_lists_it(store, tmp_path, line):
    done = line("export", "csv", tmp_path / "list.csv")
    rows = read(tmp_path / "list.csv")

    assert done.code == 0
    assert [each["Name"] for each in rows] == ["Leila Haddad", "Leila Rose Hadley", "Kit Moran"]
    assert rows[2]["Reference"] == KIT
    assert {each["Born or due"] for each in rows} == {"2016-05-04"}


def test_a_list_can_be_narrowed(store, tmp_path, line):
    line("export", "csv", tmp_path / "care.csv", "--status", "looked_after")

    assert read(tmp_path / "care.csv") == []
    assert line("export", "csv", tmp_path / "free.csv", "--whose", "unallocated").code == 0
    assert read(tmp_path / "free.csv") == []
    assert line("export", "csv", tmp_path / "x.csv", "--status", "moved").code == 2


def test_a_record_is_written_whole(store, tmp_path, line):
    done = line("export", "json", KIT, tmp_path / "kit.json", "--json")
    told = json.loads((tmp_path / "kit.json").read_text(encoding="utf-8"))

    assert done.document == {"file": str(tmp_path / "kit.json"), "ref": KIT}
    assert told["tables"]["child"][0]["family"] == "Moran"
    assert "Pat Lindley" in {each["name"] for each in told["named"]["worker"].values()}


def test_nothing_is_overwritten_and_nobody_elses_child_leaves(store, tmp_path, line):
    (tmp_path / "there.json").write_text("keep me")

    assert line("export", "json", KIT, tmp_path / "there.json").code == 2
    assert line("export", "csv", tmp_path / "there.json").code == 2
    assert (tmp_path / "there.json").read_text() == "keep me"
    assert line("export", "json", KIT).code == 2
    assert line("export", "json", KIT, tmp_path / "kit.json", user="wes").code == 7
    assert line("export", "json", KIT, tmp_path / "kit.json", user="rea").code == 8
    assert line("export", "csv", tmp_path / "list.csv", user="ada").code == 8
    assert not (tmp_path / "kit.json").exists()
