"""The command line as a whole: usage, who may, faults, clocks, processes."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp import children, cli, cli_child, cli_parts
from caseapp.__main__ import COMMANDS
from caseapp.forms import FORMS
from caseapp.work import Problem
from tests.cli.county import (
    KIT,
    RETURNS,
    answers,
    program,
)
from tests.story import PASSWORD

# Usage


@pytest.mark.parametrize("command", sorted(COMMANDS - {"help"}))
def test_every_command_tells_how_it_goes(command, line, capsys):
    with pytest.raises(SystemExit) as end:
        line(command, "--help")

    assert end.value.code == 0
    assert f"usage: caseapp {command}" in capsys.readouterr().out


def test_the_commands_known_at_the_start_are_those_of_the_parser(capsys):
    with pytest.raises(SystemExit):
        cli.run(["help"])

    listed = {row.split()[0] for row in capsys.readouterr().out.splitlines() if row.startswith("    ")}
    assert COMMANDS - {"help"} <= listed


def test_every_form_can_be_recorded_compared_and_printed():
    assert set(cli_child.KINDS) == set(FORMS)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["exprot", "json", "x"], "There is no command “exprot”."),
        ([], "COMMAND"),
        (["find"], "What is missing: TEXT."),
        (["find", "Kit", "--loud"], "Not understood: --loud."),
        (["find", "--user"], "--user needs something after it."),
        (["add", "Kit", "--born", "soon"], "“soon” is not a date."),
        (["compare", "pep", "1", "one", "2"], "“one” is not a whole number"),
        (["compare", "pep", "1", "0", "2"], "“0” is not a whole number"),
        (["print", "parcel", "1", "--out", "x.pdf"], "“parcel” is none of record, chronology"),
        (["import", "excel", "x"], "“excel” is none of ssda903, star-readings, star-pack, school-csv, pep."),
        (["users", "fire", "pat"], "“fire” is none of list, add, disable, role, rekey."),
        (["users", "add"], "Whom? caseapp users add NAME"),
        (["users", "role", "pat"], "Which role?"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(typed, said, line):
    ended = line(*typed)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert "usage:" not in ended.err


@pytest.mark.parametrize("before", [True, False])
def test_options_stand_before_or_after_the_command(before, store, bare, monkeypatch, line):
    monkeypatch.setenv("CASEAPP_PASSWORD", PASSWORD)
    options = ["--store", store, "--user", "pat", "--json", "--as-of", "2026-12-01"]
    command = ["find", "Kit"]

    ended = line(*([*options, *command] if before else [*command, *options]))

    assert [row["name"] for row in ended.document] == ["Kit Moran"]


def test_an_option_after_the_command_wins_over_the_environment(store, line):
    assert "Ben Okoro" in line("find", "Ben", "--user", "wes").out
    assert line("find", "Ben").out == "No child is found.\n"


def test_the_version_is_told(line, capsys):
    with pytest.raises(SystemExit) as end:
        line("--version")

    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("caseapp ")


def test_without_store_or_user_it_says_which_to_give(bare, line):
    assert "--store FILE" in line("find", "Kit").err
    assert "--user NAME" in line("find", "Kit", "--store", "x.caseapp").err


def test_what_is_written_bears_the_real_day(store, line):
    ended = line("add", "Zoe Quist", "--born", "4/5/2018", "--as-of", "1/1/2026")

    assert ended.code == 2
    assert line("find", "Quist").out == "No child is found.\n"


# Who may


def test_a_wrong_password_a_wrong_name_and_none_are_refused(store, monkeypatch, line):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setenv("CASEAPP_PASSWORD", "copper lantern meadow barrow")
    wrong_password = line("find", "Kit")
    wrong_name = line("find", "Kit", user="nobody")
    monkeypatch.delenv("CASEAPP_PASSWORD")

    assert (wrong_password.code, wrong_name.code, line("find", "Kit").code) == (5, 5, 5)
    assert wrong_password.err == wrong_name.err


def reading_commands(folder: Path) -> list[list[object]]:
    return [
        ["find", "Kit"], ["show", KIT], ["due"], ["compare", "star", KIT, 1, 2],
        ["print", "record", KIT, "--out", folder / "x.pdf"],
        ["record", "star", KIT, answers(folder, {"place": "School"})],
    ]  # fmt: skip


def test_an_administrator_reads_no_records(store, tmp_path, line):
    ended = [line(*typed, user="ada") for typed in reading_commands(tmp_path)]

    assert [(each.code, each.out) for each in ended] == [(8, "")] * 6
    assert not (tmp_path / "x.pdf").exists()


def test_another_teams_child_does_not_exist(store, tmp_path, line):
    ended = [line(*typed, user="wes") for typed in reading_commands(tmp_path)[1:]]

    assert [each.code for each in ended] == [7, 0, 7, 7, 7]
    assert "Kit" not in "".join(each.out + each.err for each in ended)


def test_a_reader_may_look_and_print_but_not_write(store, tmp_path, line):
    assert line("show", KIT, user="rea").code == 0
    assert line("print", "record", KIT, "--out", tmp_path / "x.pdf", user="rea").code == 0
    assert line("add", "Zoe Quist", "--born", "4/5/2018", user="rea").code == 8
    assert line("record", "star", KIT, answers(tmp_path, {}), user="rea").code == 8


def test_what_is_for_administrators_is_refused_to_others(store, tmp_path, line):
    assert line("import", "ssda903", RETURNS / "clean_2025_26").code == 8
    assert line("backup", tmp_path / "b").code == 8
    assert line("users").code == 8


# Faults


def test_a_fault_of_ours_gives_a_reference_and_no_words_of_the_record(store, monkeypatch, line):
    def broken(*_: object) -> None:
        raise KeyError("Leila Haddad")

    monkeypatch.setattr(children, "find", broken)
    ended = line("find", "Kit")

    assert (ended.code, ended.out) == (1, "")
    assert "Reference " in ended.err
    assert "KeyError at test_usage.py:" in ended.err
    assert "Leila" not in ended.err
    assert "Traceback" not in ended.err


def test_a_disk_that_refuses_is_not_our_fault(store, tmp_path, monkeypatch, line):
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "x"))

    monkeypatch.setattr(children, "find", refused)
    ended = line("find", "Kit")

    assert ended.code == 3
    assert "x Permission denied" in ended.err


def test_a_command_can_be_stopped(store, monkeypatch, line):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(children, "find", stopped)

    assert line("find", "Kit") == (130, "", "Stopped. What was under way was not saved.\n")


def test_progress_is_shown_on_a_terminal_alone(monkeypatch, capsys):
    cli_parts.progress(3, 6)
    nothing = capsys.readouterr().err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    cli_parts.progress(3, 6)

    assert nothing == ""
    assert f"[{'#' * 15}{'.' * 15}] 3 of 6" in capsys.readouterr().err


def test_a_problem_is_told_in_its_own_sentence(store, monkeypatch, line):
    def refused(*_: object) -> None:
        raise Problem("Say it plainly.")

    monkeypatch.setattr(children, "find", refused)

    assert line("find", "Kit") == (2, "", "Say it plainly.\n")


# Clocks


def test_a_clock_tells_its_date(line):
    assert line("clock", "L5", "2026-12-01") == (0, "2026-12-31\n", "")
    document = line("clock", "l5", "1/12/2026", "--json").document
    assert set(document) >= {"clock", "start", "limit", "due_on", "plan_by", "source"}
    assert (document["clock"], document["start"], document["limit"]) == ("L5", "2026-12-01", "WD+20")
    assert line("clock", "Z99", "2026-12-01").code == 7


def test_the_clocks_are_listed(line):
    rows = line("clocks", "--json").document

    assert len(rows) > 50
    assert all(set(row) >= {"clock", "name", "limit", "source", "local"} for row in rows)
    assert len(line("clocks").out.splitlines()) == len(rows)


@pytest.mark.parametrize("typed", [["clock", "L5", "2026-12-01"], ["clocks"]])
def test_clocks_start_neither_the_database_nor_the_window(typed):
    code = (
        "import sys; from caseapp import cli; cli.run(sys.argv[1:]);"
        "sys.exit(any(name.split('.')[0] in ('sqlalchemy', 'sqlcipher3', 'PySide6') for name in sys.modules))"
    )

    done = program(*typed, code=code)

    assert done.returncode == 0
    assert done.stdout


def test_a_command_does_not_start_the_window(store):
    code = "import sys; from caseapp import cli; cli.run(sys.argv[1:]); sys.exit('PySide6' in sys.modules)"

    done = program("find", "Kit", code=code)

    assert (done.returncode, "Kit Moran" in done.stdout) == (0, True)


# Processes


def test_commands_run_side_by_side(store):
    names = ["Una Abbot", "Theo Brand", "Mina Castle", "Olek Drew"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "caseapp", "add", name, "--born=-9y", "--anyway"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in names
    ]  # fmt: skip
    ended = [(each.communicate(timeout=60), each.returncode) for each in running]

    assert [code for _, code in ended] == [0, 0, 0, 0], ended
    assert len({out for (out, _), _ in ended}) == 4


@pytest.mark.parametrize("typed", [["clock", "L5", "2026-12-01"], ["clocks"]])
def test_a_reader_who_has_had_enough_is_no_fault(typed):
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "caseapp", *typed],
        stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")


def test_an_unknown_command_is_told_by_the_program_itself():
    done = program("exprot")

    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no command “exprot”" in done.stderr
