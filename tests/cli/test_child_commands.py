"""Commands about children: add, find, show, record, compare, print, due."""

from datetime import UTC, datetime

import pytest

from caseapp import accounts, children, cli_parts, plan_reading, plans
from caseapp.work import Session
from db.moments import pretend
from tests.cli.county import KIT, LEILA, LEILA_ROSE, RETURNS, answers
from tests.story import PASSWORD, SAMPLES, sample

# Children


def test_a_child_is_added_and_found_again(store, line):
    added = line("add", "Zoë Ann Quist", "--born", "2018-05-04", "--postcode", "qx1 2ab", "--json")
    found = line("find", "quist zoe", "--json")

    assert found.document == [
        {
            "ref": added.document["ref"], "name": "Zoë Ann Quist", "born_on": "2018-05-04",
            "status": "Early help", "worker": "Pat Lindley", "next_due_on": None,
        }
    ]  # fmt: skip


def test_a_likely_match_is_listed_and_nothing_added_unless_anyway(store, line):
    refused = line("add", "Kit Moran", "--born", "4/5/2016")
    before = line("find", "Moran", "--json").document
    added = line("add", "Kit Moran", "--born", "4/5/2016", "--anyway")

    assert (refused.code, refused.out) == (2, "")
    assert f"{KIT}  Kit Moran, born 04/05/2016" in refused.err
    assert len(before) == 1
    assert (added.code, added.out.strip().isdigit()) == (0, True)


def test_a_name_and_a_birthday_that_cannot_be_are_refused(store, line):
    assert line("add", " ", "--born", "4/5/2016").code == 2
    assert "not that of a child" in line("add", "Old Tom", "--born", "4/5/1950").err


def test_a_name_of_broken_letters_is_no_fault(store, line):
    assert line("find", "Ki\udcffZ\x00").code == 0
    assert line("show", "\udcff").code == 7


def test_the_overview_has_its_fields_and_reads_as_text(store, tmp_path, line):
    line("record", "star", KIT, SAMPLES / "progress_wheel.json", "--sign")
    told, document = line("show", "kit moran").out, line("show", KIT, "--json").document

    assert told.startswith("Kit Moran, 10 years")
    assert "Worker: Pat Lindley" in told
    assert document["ref"] == KIT
    assert (document["name"], document["born_on"], document["status"]) == (
        "Kit Moran",
        "2016-05-04",
        "Early help",
    )
    assert document["plans"] == [
        {"kind": "star", "version": 1, "status": "signed", "signed_on": "2026-11-23"}
    ]
    assert {"clock", "what", "due_on"} == set(document["next"][0])
    assert document["next"][0]["due_on"] == "2027-02-13"


def test_a_name_that_fits_several_children_is_refused_with_the_list(store, line):
    ended = line("show", "Leila")

    assert (ended.code, ended.out) == (2, "")
    assert f"{LEILA}  Leila Haddad, born 04/05/2016" in ended.err
    assert f"{LEILA_ROSE}  Leila Rose Hadley" in ended.err


def test_an_unknown_child_is_not_found(store, line):
    assert line("show", "99999").code == 7
    assert line("show", "Nobody Here").code == 7
    assert line("show", "018f0000-0000-7000-8000-000000000000").code == 7


# Plans


def test_answers_go_into_the_draft_and_a_version_is_signed(store, tmp_path, line):
    draft = line("record", "star", KIT, answers(tmp_path, {"place": "School"}), "--json")
    signed = line("record", "star", KIT, SAMPLES / "progress_wheel.json", "--sign", "--json")
    review = line(
        "record", "star", KIT, answers(tmp_path, sample("progress_wheel") | {"health": 7}), "--json"
    )

    assert draft.document == {"ref": KIT, "kind": "star", "version": 1, "status": "draft"}
    assert signed.document == {"ref": KIT, "kind": "star", "version": 1, "status": "signed"}
    assert (review.document["version"], review.document["status"]) == (2, "draft")


def test_two_versions_are_compared(store, tmp_path, line):
    line("record", "star", KIT, SAMPLES / "progress_wheel.json", "--sign")
    line("record", "star", KIT, answers(tmp_path, sample("progress_wheel") | {"health": 7}))
    changes = line("compare", "star", KIT, 1, 2, "--json").document
    told = line("compare", "star", KIT, 1, 2).out

    change = next(each for each in changes if each["field"] == "health")
    assert set(change) == {"field", "label", "was", "now"}
    assert (change["was"], change["now"]) != ("", "")
    assert f"{change['label']}\n  was: {change['was']}\n  now: {change['now']}" in told
    assert line("compare", "star", KIT, 1, 1).out == "No difference.\n"
    assert line("compare", "star", KIT, 1, 3).code == 7


def test_what_cannot_be_signed_yet_is_named_and_kept(store, tmp_path, line):
    ended = line("record", "star", KIT, answers(tmp_path, {"place": "At school"}), "--sign")

    assert (ended.code, ended.out) == (2, "")
    assert "read_on (" in ended.err
    assert line("compare", "star", KIT, 1, 1).code == 0
    assert '"status": "draft"' in line("show", KIT, "--json").out


def test_a_draft_may_hold_errors_and_they_are_told(store, tmp_path, line):
    ended = line("record", "star", KIT, answers(tmp_path, {"read_on": "soon"}))

    assert ended.code == 0
    assert "Kept as it is" in ended.err
    assert "read_on (" in ended.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"no_such": 1, "place": "x"}', "There is no question “no_such”"),
        ("[1, 2]", "holds no answers"),
        ("{", "is not JSON"),
        ('{"place": NaN}', "is not JSON"),
        ('{"place": "\\ud800"}', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused_whole(content, said, store, tmp_path, line):
    ended = line("record", "star", KIT, answers(tmp_path, content))

    assert ended.code == 2
    assert said in ended.err
    assert line("show", KIT, "--json").document["plans"] == []


def test_a_folder_or_no_file_at_all_is_refused(store, tmp_path, line):
    assert "cannot be read" in line("record", "star", KIT, tmp_path).err
    assert line("record", "star", KIT, tmp_path / "none.json").code == 2


def test_typing_that_waits_in_the_window_is_not_thrown_away(store, tmp_path, line):
    line("record", "star", KIT, answers(tmp_path, {"place": "School"}))
    signed_in = accounts.sign_in(store, "pat", PASSWORD)
    with signed_in.store.session(signed_in.actor) as session:
        revision = plan_reading.numbered(session, children.one(session, KIT).id, "star")
        plans.keep_typing(session, revision.id, revision.version, {"place": "At home"})
    signed_in.close()

    ended = line("record", "star", KIT, answers(tmp_path, {"place": "Library"}))

    assert ended.code == 2
    assert "typing of 23/11/2026 10:00" in ended.err


def test_a_save_in_between_is_told_as_such(store, tmp_path, monkeypatch, line):
    open_plan = plan_reading.open_plan

    def opened_then_saved_by_another(session: Session, revision_id):
        view = open_plan(session, revision_id)
        with pretend(datetime(2026, 11, 23, 10, 1, tzinfo=UTC)):
            plans.save(session, revision_id, view.version, {"place": "Library"})
        return view

    monkeypatch.setattr(plan_reading, "open_plan", opened_then_saved_by_another)
    ended = line("record", "star", KIT, answers(tmp_path, {"place": "School"}))

    assert (ended.code, ended.out) == (9, "")
    assert "Nothing was overwritten" in ended.err


# Prints


@pytest.mark.parametrize("kind", ["record", "chronology", "star", "missing-sheet", "doorstep"])
def test_documents_are_printed(kind, store, tmp_path, line):
    line("record", "star", KIT, SAMPLES / "progress_wheel.json", "--sign")
    target = tmp_path / f"{kind}.pdf"
    ended = line("print", kind, KIT, "--out", target, "--large", "--json")

    assert target.read_bytes().startswith(b"%PDF")
    assert ended.document == {"file": str(target), "bytes": target.stat().st_size}
    assert target.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_version_is_printed_by_its_number(store, tmp_path, line):
    line("record", "star", KIT, SAMPLES / "progress_wheel.json", "--sign")

    assert line("print", "star", KIT, "--version", 1, "--out", tmp_path / "1.pdf").code == 0
    assert line("print", "star", KIT, "--version", 2, "--out", tmp_path / "2.pdf").code == 7
    assert line("print", "record", KIT, "--version", 1, "--out", tmp_path / "2.pdf").code == 2
    assert not (tmp_path / "2.pdf").exists()


@pytest.mark.parametrize("kind", ["pack", "lac-summary", "placement-record", "delegated-authority"])
def test_a_paper_of_care_is_refused_for_a_child_who_is_not_in_care(kind, store, tmp_path, line):
    ended = line("print", kind, KIT, "--out", tmp_path / "x.pdf")

    assert ended.code == 2
    assert "Nothing was printed" in ended.err
    assert not (tmp_path / "x.pdf").exists()


def test_only_a_sheet_of_care_leaves_addresses_out(store, tmp_path, line):
    target = tmp_path / "x.pdf"

    assert line("print", "missing-sheet", KIT, "--no-addresses", "--out", target).code == 0
    assert (
        "--no-addresses is for the sheets of care"
        in line("print", "record", KIT, "--no-addresses", "--out", target).err
    )


@pytest.mark.parametrize("kind", ["early-help", "star", "pep", "pathway-plan", "care-plan", "lac-review"])
def test_an_empty_form_needs_no_child_and_no_store(kind, bare, tmp_path, line):
    ended = line("print", kind, "--blank", "--out", tmp_path / "blank.pdf")

    assert ended.code == 0
    assert (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF")


def test_a_print_without_a_child_asks_whose(store, tmp_path, line):
    assert "Whose?" in line("print", "record", "--out", tmp_path / "x.pdf").err
    assert line("print", "record", "--blank", "--out", tmp_path / "x.pdf").code == 2


def test_a_print_replaces_an_earlier_pdf_and_nothing_else(store, tmp_path, line):
    earlier = tmp_path / "earlier.pdf"
    earlier.write_bytes(b"%PDF-1.4 earlier")

    assert line("print", "record", KIT, "--out", earlier).code == 0
    assert len(earlier.read_bytes()) > 1000
    before = store.read_bytes()
    assert "Nothing was overwritten" in line("print", "record", KIT, "--out", store).err
    assert store.read_bytes() == before
    assert line("print", "record", KIT, "--out", tmp_path).code == 2
    assert line("print", "record", KIT, "--out", tmp_path / "none" / "x.pdf").code == 2


def test_a_print_that_cannot_be_written_leaves_nothing_behind(store, tmp_path, monkeypatch, line):
    def full(_was, _now):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli_parts.os, "replace", full)
    ended = line("print", "star", "--blank", "--out", tmp_path / "x.pdf")

    assert ended.code == 3
    assert "No space left" in ended.err
    assert {each.name for each in tmp_path.iterdir()} == {"county"}


# What is due


def test_what_is_due_is_told_as_of_a_day(store, tmp_path, line):
    line("record", "star", KIT, SAMPLES / "progress_wheel.json", "--sign")
    row = line("due", "--json", "--as-of", "2027-02-15").document[0]
    told = line("due", "--as-of", "2027-02-15").out

    assert set(row) >= {
        "child", "clock", "what", "started_on", "due_on", "days_left", "working_days_left", "state",
    }  # fmt: skip
    assert (row["child"], row["due_on"], row["days_left"]) == (KIT, "2027-02-13", -2)
    assert told.startswith("13/02/2027")
    assert f"{KIT}  Kit Moran: Star reading" in told


def test_what_is_due_can_be_a_workers_or_the_teams(store, tmp_path, line):
    line("record", "star", KIT, SAMPLES / "progress_wheel.json", "--sign")

    assert KIT in line("due", "--worker", "pat lindley", user="sam").out
    assert KIT in line("due", "--team", user="rea").out
    assert KIT in line("due", "--team", "east", user="rea").out
    assert line("due", user="rea").out == "Nothing is due.\n"
    assert line("due", "--team", "West").code == 7
    assert line("due", "--worker", "Nobody").code == 7
    assert line("due", "--worker", "Pat Lindley", "--team", "East").code == 2


def test_a_manager_sees_what_is_due_for_children_without_a_worker(store, line):
    line("import", "ssda903", RETURNS / "clean_2025_26", user="sam")
    dues = line("due", "--json", user="sam").document

    assert "Child AB0001" in {row["name"] for row in dues}
    assert [row["due_on"] for row in dues] == sorted(row["due_on"] for row in dues)
