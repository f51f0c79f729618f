"""Commands about the returns: the files out of the record, and what their rules find."""

from tests.cli.county import RETURNS

CLEAN, SEEDED = RETURNS / "clean_2025_26", RETURNS / "seeded_2025_26"


def test_a_return_goes_out_by_the_year_in_which_it_begins(store, tmp_path, line):
    assert line("import", "ssda903", CLEAN, user="ada").code == 0
    ended = line("export", "ssda903", tmp_path / "out", "--year", 2025, "--json", user="sam")

    assert (ended.code, ended.document["year"], ended.document["children"]) == (0, 2026, 9)
    assert ended.document["files"]["episodes.csv"] == 10
    assert len(list((tmp_path / "out").iterdir())) == len(ended.document["files"])


def test_a_return_needs_its_year_a_manager_and_an_empty_folder(store, tmp_path, line):
    line("import", "ssda903", CLEAN, user="ada")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("keep me")

    without = line("export", "ssda903", tmp_path / "out", user="sam")
    practitioner = line("export", "ssda903", tmp_path / "out", "--year", 2025)
    full = line("export", "ssda903", tmp_path / "full", "--year", 2025, user="sam")

    assert (without.code, "--year Y" in without.err) == (2, True)
    assert practitioner.code == 8
    assert (full.code, "not empty" in full.err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_the_rules_say_what_is_wrong_in_the_record_and_how_to_mend_it(store, line):
    line("import", "ssda903", SEEDED, user="ada")
    ended = line("quality", "ssda903", "--year", 2025, "--json", user="sam")
    told = line("quality", "ssda903", "--year", 2025, user="sam").out

    found = {(each["child"], each["rule"]) for each in ended.document["findings"]}
    assert {("SA018", "218"), ("SA036", "191"), ("SA044", "601"), ("SA052", "SW17STG2")} <= found
    assert not {child for child, _ in found} & {"SA001", "SA002"}
    assert all(
        each["wrong"].endswith(".") and each["mend"].endswith(".") for each in ended.document["findings"]
    )
    assert "SA018: " in told
    assert "(rule 218, URN" in told


def test_files_of_another_program_can_be_judged_without_a_store(line, monkeypatch):
    monkeypatch.delenv("CASEAPP_STORE", raising=False)
    sound = line("quality", "ssda903", CLEAN, "--year", 2025)
    seeded = line("quality", "ssda903", SEEDED, "--year", 2025, "--json")

    assert (sound.code, sound.out.strip()) == (0, "The rules that can be judged here find nothing.")
    assert ("SA010", "102") in {(each["child"], each["rule"]) for each in seeded.document["findings"]}
    assert len(seeded.document["not_done"]) < 30
