"""A forgotten password, and a user who is called otherwise or works elsewhere now."""

import pytest

from caseapp import accounts, user_accounts, user_changes
from caseapp.user_changes import Details
from caseapp.work import NotAllowed, NotFound, Problem, WrongKey
from tests.test_accounts import OTHER, PASSWORD, as_users, county, signed_in, store

__all__ = ["county", "signed_in", "store"]

FORGOTTEN = "gravel-thistle-mandolin-orbit"


def ada_of(signed_in):
    with as_users(signed_in) as session:
        return next(each for each in user_accounts.users(session) if each.user_name == "ada")


def give_password(signed_in, user_name="ada", password=FORGOTTEN):
    with as_users(signed_in) as session:
        user_changes.set_password(session, signed_in.keyring, user_name, password)


def test_who_forgot_the_password_signs_in_with_the_one_they_are_given(signed_in, store):
    before = ada_of(signed_in)

    give_password(signed_in)

    with pytest.raises(WrongKey):
        accounts.sign_in(store, "ada", PASSWORD)
    ada = accounts.sign_in(store, "ada", FORGOTTEN)
    assert ada.actor.worker_id == before.id
    ada.close()
    assert ada_of(signed_in) == before


def test_who_was_disabled_can_be_let_in_again(signed_in, store):
    with as_users(signed_in) as session:
        user_accounts.disable(session, "ada")

    give_password(signed_in)

    accounts.sign_in(store, "ada", FORGOTTEN).close()
    assert ada_of(signed_in).active


@pytest.mark.parametrize(
    ("user_name", "password", "error"),
    [("ada", "short", Problem), ("max", OTHER, Problem), ("nobody", OTHER, NotFound)],
)
def test_a_password_that_cannot_be_given_changes_nothing(signed_in, user_name, password, error):
    before = accounts.keys_path(signed_in.store.path).read_bytes()

    with pytest.raises(error):
        give_password(signed_in, user_name, password)

    assert accounts.keys_path(signed_in.store.path).read_bytes() == before


def test_the_store_is_sound_after_who_forgot_the_password_has_worked(signed_in, store):
    accounts.sign_in(store, "ada", PASSWORD).close()
    give_password(signed_in)

    accounts.sign_in(store, "ada", FORGOTTEN).close()

    from caseapp import soundness

    assert soundness.whole(signed_in).faults == []


def test_a_name_a_job_and_a_team_are_changed(signed_in):
    with as_users(signed_in) as session:
        user_changes.set_details(session, "ada", Details("Ada Owusu-Mensah", "Senior worker", "West"))

    ada = ada_of(signed_in)
    assert (ada.name, ada.job, ada.team) == ("Ada Owusu-Mensah", "Senior worker", "West")


def test_a_user_is_not_left_without_a_name(signed_in):
    with pytest.raises(Problem), as_users(signed_in) as session:
        user_changes.set_details(session, "ada", Details(" ", "", ""))


def test_only_administrators_change_other_users(signed_in, store):
    ada = accounts.sign_in(store, "ada", PASSWORD)
    for act in (
        lambda session: user_changes.set_password(session, ada.keyring, "sue", FORGOTTEN),
        lambda session: user_changes.set_details(session, "sue", Details("Sue", "", "")),
    ):
        with pytest.raises(NotAllowed), ada.store.session(ada.actor, purpose="users") as session:
            act(session)
    ada.close()
