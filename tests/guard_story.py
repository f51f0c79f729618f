"""A child of one team, and those whom the guard lets see nothing of it."""

from __future__ import annotations

import pytest

from tests.story import new_story

OUTSIDERS = ("sue", "tom", "una", "amy")  # of the other team, and the administrator


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child_id(story):
    return story.register("ada", "Leyla", "Haddad", address="4 Mill Lane", postcode="QX1 2AB")
