"""The command that shows a child's own words."""

import json
from argparse import Namespace
from datetime import date

import pytest

from caseapp import accounts, cli_voice, notes
from caseapp.notes import NewNote
from db.problems import NotAllowed, NotFound
from tests.cli.county import KIT, LEILA
from tests.story import PASSWORD


@pytest.fixture
def said(store):
    """A store where Kit said something on two days."""
    signed_in = accounts.sign_in(store, "pat", PASSWORD)
    with signed_in.store.session(signed_in.actor) as session:
        from caseapp import children

        child = children.one(session, KIT)
        for on, quote in ((date(2026, 9, 1), "Maths is hard."), (date(2026, 11, 2), "It’s quiet.")):
            notes.add(session, child.id, NewNote(on, "visit", "A visit.", quote))
    signed_in.close()
    return store


def options(child, user="pat", as_json=False):
    return Namespace(store=None, user=user, as_of=None, json=as_json, child=child)


def test_words_come_newest_first_with_day_and_place(said, capsys):
    assert cli_voice.voice(options(KIT)) == 0

    assert capsys.readouterr().out == (
        "02/11/2026  Visit on 02/11/2026\n“It’s quiet.”\n\n"
        "01/09/2026  Visit on 01/09/2026\n“Maths is hard.”\n"
    )


def test_the_same_comes_as_one_document(said, capsys):
    cli_voice.voice(options(KIT, as_json=True))

    document = json.loads(capsys.readouterr().out)
    assert [(each["on"], each["words"]) for each in document] == [
        ("2026-11-02", "It’s quiet."),
        ("2026-09-01", "Maths is hard."),
    ]
    assert set(document[0]) == {"on", "source", "where", "question", "whose", "words", "influence"}


def test_a_silent_child_is_said_to_be_so(said, capsys):
    cli_voice.voice(options(LEILA))

    assert capsys.readouterr().out == "Nothing in the child’s own words yet.\n"


def test_another_team_finds_no_such_child_and_an_administrator_may_not_read(said):
    with pytest.raises(NotFound):
        cli_voice.voice(options(KIT, user="wes"))
    with pytest.raises(NotAllowed):
        cli_voice.voice(options(KIT, user="ada"))
