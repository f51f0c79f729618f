"""P29: the log holds codes, references and places in the program; never a name, a text or a value."""

from __future__ import annotations

import logging
import os
import stat

import pytest
from sqlalchemy import exc, text

from caseapp import faults, log_file, soundness
from db.faults import Fault
from db.models import Base
from db.moments import new_id
from tests.story import new_story
from ui import faults as hooks

WORD = "Vokzirrlem"
"""Occurs nowhere else: what a log must never hold."""


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Let the log be kept in a folder of its own; return a way to read all of it."""
    logger, root = logging.getLogger("caseapp"), logging.getLogger()
    for owner in (logger, root):
        monkeypatch.setattr(owner, "handlers", [])
    monkeypatch.setattr(logger, "propagate", True)
    before = os.umask(0o022)  # the log must not lean on it
    faults.keep_log(tmp_path / "log")
    yield lambda: "".join(each.read_text(encoding="utf-8") for each in sorted((tmp_path / "log").iterdir()))
    os.umask(before)
    for handler in logger.handlers:
        handler.close()


def fault(error):
    """Return an error as it was raised, with the frames and their values behind it."""
    try:
        child_name = WORD  # noqa: F841  # what a traceback with values would quote
        raise error
    except type(error) as raised:
        return raised


def test_p29_a_fault_is_logged_by_its_reference_kind_and_place(kept):
    words = faults.report(fault(KeyError(WORD))).words

    reference = words.removesuffix(".").rpartition(" ")[2]
    assert f"ERROR fault {reference} KeyError at test_logs.py:" in kept()


def leaks():
    """Yield ways in which the program, or a library within it, could say the word to the log."""
    log = logging.getLogger("caseapp")
    yield lambda: faults.report(fault(ValueError(f"could not read {WORD}")))
    yield lambda: faults.report(fault(exc.StatementError(WORD, WORD, {"name": WORD}, ValueError(WORD))))
    yield lambda: log.error("could not save %s", WORD)
    yield lambda: log.warning(f"could not save {WORD}")
    yield lambda: log.error("check of the store found %s", WORD)
    too_much = ("check of the store found %s", ("row-altered", WORD), None)
    yield lambda: log.handlers[0].handle(log.makeRecord("caseapp", logging.ERROR, WORD, 1, *too_much))
    yield lambda: log.error("fault %s %s at %s", WORD, WORD + " Haddad", f"/home/{WORD}/x.py:1")
    yield lambda: log.error("clock %s seconds behind the last entry", {"name": WORD})
    yield lambda: log.error("Qt ended the program", exc_info=fault(ValueError(WORD)))
    yield lambda: log.error("Qt ended the program", stack_info=True)
    yield lambda: logging.getLogger("caseapp.anything").critical(WORD)
    yield lambda: soundness._note([Fault(WORD, WORD, WORD)])
    yield lambda: hooks._qt_said(hooks.QtMsgType.QtCriticalMsg, None, f"{WORD}: no such file")
    yield lambda: hooks._qt_said(hooks.QtMsgType.QtCriticalMsg, None, f"QFont::fromString: bad {WORD}")
    yield lambda: hooks._qt_said(hooks.QtMsgType.QtWarningMsg, None, WORD)


def test_p29_whatever_is_said_to_the_log_nothing_about_anybody_gets_into_it(kept, capfd, record_property):
    ways = list(leaks())
    for each in ways:
        each()
    logging.getLogger("sqlalchemy").error("parameters %s", WORD)
    logging.getLogger("alembic").warning(WORD)

    content = kept()
    record_property("figure", f"{len(ways)} ways to say a name to the log: 0 found in it")
    assert "fault E-" in content
    assert "Qt said QFont::fromString" in content
    assert log_file.WITHHELD in content
    assert WORD not in content
    assert "Traceback" not in content
    assert WORD not in "".join(capfd.readouterr())


@pytest.mark.skipif(os.name != "posix", reason="rights of files are the system's there")
def test_p29_five_files_of_a_megabyte_each_for_this_user_only(kept, tmp_path, monkeypatch):
    assert (log_file.MOST_BYTES, log_file.FILES) == (1_000_000, 5)
    handler = logging.getLogger("caseapp").handlers[0]
    handler.maxBytes = 2_000
    for _ in range(200):
        faults.note("Qt ended the program")

    found = sorted((tmp_path / "log").iterdir())
    assert len(found) == 5
    assert {stat.S_IMODE(each.stat().st_mode) for each in found} == {0o600}
    assert all(each.stat().st_size <= 2_000 for each in found)
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700


def test_p29_a_folder_that_refuses_costs_the_log_alone(tmp_path, monkeypatch):
    file = tmp_path / "log"
    file.write_text("a file where the folder should be")
    log = logging.getLogger("caseapp")
    monkeypatch.setattr(log, "handlers", [])

    faults.keep_log(file)

    assert "reference E-" in faults.report(fault(KeyError(WORD))).words
    assert log.handlers == []
    assert file.read_text() == "a file where the folder should be"


def test_p29_no_row_tells_in_its_repr_what_it_holds():
    """All mapped classes, each with the word in every column that it has."""
    shown = []
    for mapper in Base.registry.mappers:
        row = mapper.class_()
        for column in mapper.column_attrs:
            setattr(row, column.key, new_id() if column.key == "id" else WORD)
        shown.append(repr(row))

    assert len(shown) > 60
    assert [each for each in shown if WORD in each] == []
    assert all(each.startswith("<") and each.endswith(">") for each in shown)


def test_p29_an_error_of_the_database_says_no_value():
    story = new_story()
    with story.store.session(story.actors["ada"]) as session, pytest.raises(exc.DBAPIError) as failed:
        session.connection().exec_driver_sql("SELECT * FROM nowhere WHERE a = ?", (WORD,))
    with story.store.session(story.actors["ada"]) as session, pytest.raises(exc.DBAPIError) as refused:
        session.connection().execute(text("SELECT nowhere FROM child WHERE ref = :word"), {"word": WORD})

    assert WORD not in str(failed.value) + repr(failed.value)
    assert WORD not in str(refused.value) + repr(refused.value)
    assert not story.store.engine.echo
    assert story.store.engine.hide_parameters
