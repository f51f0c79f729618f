"""Commands about a store: new, import, check, backup, restore, users, demo."""

import io
import shutil
import sys
from pathlib import Path
from typing import Any

from caseapp import accounts, cli, demo, soundness
from db import lockfile
from db.check import Report
from tests.cli.county import (
    KIT,
    RETURNS,
    TEST_MODE,
)
from tests.story import PASSWORD

# Import


def test_an_import_names_every_refused_row(store, line):
    ended = line("import", "ssda903", RETURNS / "seeded_structural_2025_26", "--json", user="ada")

    assert ended.document["children"] == 2
    assert ended.document["year"] == 2026
    assert ended.document["taken"]["Episodes"] == 1
    first = ended.document["refused"][0]
    assert (first["file"], first["line"], first["column"]) == ("episodes.csv", 2, "DECOM")
    assert "is not a date" in first["reason"]


def test_an_import_reads_as_text_also_where_no_column_is_at_fault(store, tmp_path, line):
    folder = Path(shutil.copytree(RETURNS / "clean_2025_26", tmp_path / "set"))
    with (folder / "reviews.csv").open("a", encoding="utf-8") as reviews:
        reviews.write("AB0001,14/05/2012\n")
    (folder / "dolo.csv").write_text("CHILD,DOB,DOLO_START,DOLO_END\nAB0001,14/05/2012,01/06/2025,\n")

    told = line("import", "ssda903", folder, user="ada").out

    assert "reviews.csv line 17: The row has 2 cells" in told
    assert "31 March 2026: 9 children, 9 of them new." in told
    assert "1 DoLo. Refused: 1." in told


def test_a_dry_run_stores_nothing(store, line):
    ended = line("import", "ssda903", RETURNS / "clean_2025_26", "--dry-run", user="sam")

    assert "Would be taken: 9 Header" in ended.out
    assert ended.out.endswith("Nothing was stored.\n")
    assert line("show", "AB0001", user="sam").code == 7


def test_what_is_not_the_format_is_refused(store, tmp_path, line):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    ended = line("import", "ssda903", tmp_path, user="ada")

    assert (ended.code, ended.out) == (2, "")
    assert "nothing was imported" in ended.err


# The store


def test_a_new_store_tells_its_recovery_key_once(store, tmp_path, line):
    made = line("new", tmp_path / "new.caseapp", "--user", "vic", "--name", "Vic Stone", "--json")
    again = line("new", tmp_path / "new.caseapp", "--user", "vic")
    users = line("users", "--store", tmp_path / "new.caseapp", "--user", "vic", "--json").document

    key = made.document["recovery_key"]
    accounts.sign_in_with_recovery(tmp_path / "new.caseapp", key).close()
    assert key not in made.err
    assert (again.code, again.out) == (2, "")
    assert [(each["name"], each["roles"]) for each in users] == [("Vic Stone", ["administrator", "manager"])]


def test_a_new_store_needs_a_user_and_a_good_password(store, bare, tmp_path, monkeypatch, line):
    nobody = line("new", tmp_path / "new.caseapp")
    no_password = line("new", tmp_path / "new.caseapp", "--user", "vic")
    monkeypatch.setenv("CASEAPP_PASSWORD", "password")

    assert "--user NAME" in nobody.err
    assert "CASEAPP_PASSWORD" in no_password.err
    assert line("new", tmp_path / "new.caseapp", "--user", "vic").code == 2
    assert not (tmp_path / "new.caseapp").exists()


def test_a_password_is_chosen_twice_on_a_terminal(store, bare, tmp_path, monkeypatch, line):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter([PASSWORD, PASSWORD, PASSWORD, PASSWORD + "x"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))

    assert line("new", tmp_path / "one.caseapp", "--user", "vic").code == 0
    assert "differ" in line("new", tmp_path / "two.caseapp", "--user", "vic").err


def test_a_sound_store_is_sound(store, line):
    document = line("check", "--json").document

    assert (document["sound"], document["problems"]) == (True, [])
    assert document["looked_at"]["rows"] > 4
    assert line("check").out.endswith("Sound.\n")


def test_one_of_a_kind_is_told_as_one(store, line, monkeypatch):
    looked_at = {"pages": 1_330, "seals": 1, "look entries": 1, "signed plans": 0}
    monkeypatch.setattr(soundness, "whole", lambda _signed_in: Report(looked_at, []))

    assert line("check").out == "Looked at 1,330 pages, 1 seal, 1 look entry, 0 signed plans.\nSound.\n"


def test_a_row_altered_behind_the_program_is_found(store, line):
    signed_in = accounts.sign_in(store, "pat", PASSWORD)
    with signed_in.store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("UPDATE child SET given = 'Kat' WHERE ref = ?", (int(KIT),))
    signed_in.close()

    ended = line("check", "--json")

    assert (ended.code, ended.document["sound"]) == (4, False)
    assert set(ended.document["problems"][0]) == {"code", "what", "where"}
    assert ended.document["problems"][0]["code"] == "row-altered"


def test_a_file_that_is_no_store_is_damaged(store, line):
    store.write_bytes(b"something else " * 1000)

    ended = line("find", "Kit")

    assert ended.code == 4
    assert "damaged" in ended.err


def test_no_store_is_told(store, tmp_path, line):
    assert "There is no store" in line("find", "Kit", "--store", tmp_path / "none.caseapp").err


def test_a_backup_is_restored_to_a_place_where_nothing_is(store, tmp_path, line):
    made = line("backup", tmp_path / "b", "--json", user="ada")
    restored = line("restore", tmp_path / "b", "--to", tmp_path / "r.caseapp", "--json", user="ada")
    found = line("find", "Kit", "--store", tmp_path / "r.caseapp")

    assert made.document["rows"] == restored.document["rows"]
    assert "Kit Moran" in found.out
    assert line("backup", tmp_path / "b", user="ada").code == 2


def test_a_restore_never_overwrites(store, tmp_path, line):
    line("backup", tmp_path / "b", user="ada")
    before = store.read_bytes()

    assert line("restore", tmp_path / "b", "--to", store, user="ada").code == 2
    assert store.read_bytes() == before
    assert line("restore", tmp_path / "b", "--to", tmp_path / "r.caseapp", user="pat").code == 8
    assert not (tmp_path / "r.caseapp").exists()


def test_a_spoilt_backup_is_damaged(store, tmp_path, line):
    line("backup", tmp_path / "b", user="ada")
    content = bytearray((tmp_path / "b").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "b").write_bytes(content)

    assert line("restore", tmp_path / "b", "--to", tmp_path / "r.caseapp", user="ada").code == 4
    assert not (tmp_path / "r.caseapp").exists()


def test_users_are_added_given_roles_and_disabled(store, monkeypatch, line):
    other = "velvet harbour candle orchard"
    monkeypatch.setenv("CASEAPP_NEW_PASSWORD", other)
    typed = [
        "users",
        "add",
        "ola",
        "--full-name",
        "Ola Bright",
        "--role",
        "practitioner",
        "--job",
        "Social worker",
    ]
    added = line(*typed, "--json", user="ada").document
    line("users", "role", "ola", "--role", "practitioner", "--role", "manager", user="ada")
    listed = line("users", "list", user="ada").out
    monkeypatch.setenv("CASEAPP_PASSWORD", other)
    works = line("find", "Kit", user="ola")
    monkeypatch.setenv("CASEAPP_PASSWORD", PASSWORD)
    line("users", "disable", "ola", user="ada")
    monkeypatch.setenv("CASEAPP_PASSWORD", other)

    assert "Ola Bright" in {each["name"] for each in added}
    assert "ola  Ola Bright  practitioner, manager  East" in listed
    assert works.code == 0
    assert line("find", "Kit", user="ola").code == 5


def test_a_user_is_not_added_without_a_password_or_with_a_role_that_is_none(store, monkeypatch, line):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    without = line("users", "add", "ola", user="ada")
    monkeypatch.setenv("CASEAPP_NEW_PASSWORD", "velvet harbour candle orchard")

    assert (without.code, "CASEAPP_NEW_PASSWORD" in without.err) == (2, True)
    assert line("users", "add", "ola", "--role", "king", user="ada").code == 2
    assert line("users", "role", "nobody", "--role", "reader", user="ada").code == 7
    assert "ola" not in line("users", user="ada").out


def test_while_a_window_has_the_store_a_command_is_refused_naming_who(store, line):
    with lockfile.hold(accounts.lock_path(store), "Sam Okafor"):
        ended = line("find", "Kit")

    assert (ended.code, ended.out) == (2, "")
    assert "Sam Okafor" in ended.err
    assert line("find", "Kit").code == 0


# The demo


def test_a_demo_is_made_printed_and_told(bare, tmp_path, monkeypatch, line):
    for name, value in TEST_MODE.items():
        monkeypatch.setenv(name, value)
    ended = line("demo", tmp_path / "demo", "--children", 1, "--no-window", "--json", "--as-of", "2026-11-23")

    users = {each["name"]: each for each in ended.document["users"]}
    monkeypatch.setenv("CASEAPP_PASSWORD", users["sam"]["password"])
    assert users["sam"]["role"] == "practitioner"
    assert all(Path(each["file"]).read_bytes().startswith(b"%PDF") for each in ended.document["printed"])
    assert ended.document["recovery_key"]
    assert line("check", "--store", ended.document["store"], "--user", "sam").code == 0


def test_a_demo_opens_the_window_signed_in_as_a_practitioner(tmp_path, monkeypatch, capsys):
    for name, value in TEST_MODE.items():
        monkeypatch.setenv(name, value)
    path = tmp_path / "demo.caseapp"
    accounts.make_store(path, user_name="sam", name="Sam Okafor", password=PASSWORD).signed_in.close()
    users = [
        demo.DemoUser("ruth", "Ruth Bell", "manager", ""),
        demo.DemoUser("sam", "", "practitioner", PASSWORD),
    ]
    monkeypatch.setattr(demo, "make_demo", lambda *_, **__: demo.Demo(path, "KEY", users, []))
    opened = []

    def window(store: Path, signed_in: accounts.SignedIn) -> int:
        opened.append((store, signed_in.actor.name))
        signed_in.close()
        return 0

    assert cli.run(["demo", str(tmp_path)], window) == 0
    assert cli.run(["demo", str(tmp_path), "--no-window"], window) == 0
    assert opened == [(path, "Sam Okafor")]
    assert "Recovery key: KEY" in capsys.readouterr().out
