"""The table of role × action × state is what the program does: each cell is tried through the use cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain, combinations

import pytest

from caseapp import (
    accounts,
    actions,
    children,
    measures,
    notes,
    overview,
    people,
    plans,
    prints,
    upkeep,
    voice,
)
from caseapp.actions import NewAction
from caseapp.children import NewChild
from caseapp.early_help import episodes, page
from caseapp.early_help.episodes import NewEpisode
from caseapp.measures import NewScore
from caseapp.notes import NewNote
from db.moments import new_id
from db.problems import NotAllowed, NotFound, Problem
from db.roles import ACTIONS, NOBODY, ROLES, STORE, TEAM, UNALLOCATED, Actor, Subject, authorise, may, scopes
from tests.story import TODAY, live, new_story, sample

# The table as the pages say it, written here by hand: a changed cell is a changed promise.
PROMISED = {
    "read": "practitioner manager reader",
    "register": "practitioner manager",
    "write": "practitioner manager",
    "sign": "practitioner manager",
    "print": "practitioner manager reader",
    "export": "practitioner manager",
    "bulk export": "manager",
    "allocate": "manager",
    "approve": "manager",
    "import": "administrator",
    "backup": "administrator",
    "restore": "administrator",
    "users": "administrator",
    "licences": "administrator",
    "settings": "administrator",
    "check": "practitioner manager administrator reader",
}
SETS = list(chain.from_iterable(combinations(sorted(ROLES), n) for n in range(len(ROLES) + 1)))


def actor_of(roles, team=None):
    return Actor(new_id(), "X", team, frozenset(roles))


@pytest.mark.parametrize("action", sorted(ACTIONS))
@pytest.mark.parametrize("roles", SETS, ids="+".join)
def test_p15_who_may_act_at_all_is_as_promised(action, roles):
    promised = bool(set(PROMISED[action].split()) & set(roles))

    answer = may(actor_of(roles), action)

    assert answer.allowed == promised
    assert promised or (answer.reason.endswith(".") and not answer.hidden)


def test_p15_every_action_is_promised_and_every_role_known():
    assert set(ACTIONS) == set(PROMISED)
    assert {role for row in ACTIONS.values() for role in row} <= set(ROLES)
    assert {scope for row in ACTIONS.values() for scope in row.values()} <= {NOBODY, TEAM, UNALLOCATED, STORE}


MINE, COLLEAGUES, UNALLOCATED_CHILD, OTHERS = "mine", "a colleague's", "without a worker", "another team's"


def subject_of(actor, whose, state):
    worker, team = {
        MINE: (actor.worker_id, actor.team_id),
        COLLEAGUES: (new_id(), actor.team_id),
        UNALLOCATED_CHILD: (None, new_id()),
        OTHERS: (new_id(), new_id()),
    }[whose]
    return Subject(team, worker, state)


@pytest.mark.parametrize("state", ["open", "signed"])
@pytest.mark.parametrize("whose", [MINE, COLLEAGUES, UNALLOCATED_CHILD, OTHERS])
@pytest.mark.parametrize("roles", SETS, ids="+".join)
def test_p15_whose_records_are_reached_is_as_promised(roles, whose, state):
    actor = actor_of(roles, new_id())
    for action, row in ACTIONS.items():
        if STORE in row.values():
            continue
        promised = set(PROMISED[action].split()) & set(roles)
        reached = promised and (
            whose in (MINE, COLLEAGUES) or (whose == UNALLOCATED_CHILD and "manager" in promised)
        )
        closed = state == "signed" and action == "write"

        answer = may(actor, action, subject_of(actor, whose, state))

        assert answer.allowed == bool(reached and not closed), action
        assert answer.hidden == bool(promised and not reached), action


def test_a_refusal_raises_its_reason():
    with pytest.raises(NotAllowed, match="does not allow"):
        authorise(actor_of(["reader"]), "backup")
    authorise(actor_of(["administrator"]), "backup")


def test_roles_add_up():
    both = actor_of(["reader", "manager"])

    assert scopes(both, "read") == {TEAM, UNALLOCATED}
    assert scopes(both, "sign") == {UNALLOCATED}


# The same through the use cases


@pytest.fixture
def story():
    return new_story()


def acts(story, child_id, draft, signed):
    """Return {name: (action, act)}: what each action is done by, on a child, a draft and a signed version."""
    worker = next(iter(story.actors.values())).worker_id
    version = story.raw("SELECT version FROM revision WHERE id = ?", draft.bytes)[0][0]
    star = sample("progress_wheel")
    note, request = NewNote(TODAY, "note", "x"), NewEpisode(TODAY, "self_request")
    agreed, score = (
        NewAction("Ring the school", "Ada North", TODAY),
        NewScore(TODAY, "Dana", "parent", "Leo", 4),
    )
    return {
        "open": ("read", lambda session: overview.open_child(session, child_id)),
        "open plan": ("read", lambda session: plans.open_plan(session, signed)),
        "timeline": ("read", lambda session: notes.timeline(session, child_id)),
        "people": ("read", lambda session: people.people(session, child_id)),
        "note": ("write", lambda session: notes.add(session, child_id, note)),
        "move": ("write", lambda session: people.move(session, child_id, "x", "", TODAY)),
        "start": ("write", lambda session: plans.start(session, child_id, "pep")),
        "type": ("write", lambda session: plans.keep_typing(session, draft, version, {})),
        "save": ("write", lambda session: plans.save(session, draft, version, star)),
        "correct": ("write", lambda session: plans.correct(session, signed, "why")),
        "sign": ("sign", lambda session: plans.sign(session, draft, version, star)),
        "early help": ("read", lambda session: page.page(session, child_id)),
        "open early help": ("write", lambda session: episodes.open_episode(session, [child_id], request)),
        "actions": ("read", lambda session: actions.of_child(session, child_id)),
        "agree an action": ("write", lambda session: actions.add(session, child_id, agreed)),
        "score": ("write", lambda session: measures.add_scale(session, child_id, score)),
        "voice": ("read", lambda session: voice.gathered(session, child_id)),
        "print": ("print", lambda session: prints.chronology_pdf(session, child_id)),
        "print plan": ("print", lambda session: prints.plan_pdf(session, signed)),
        "allocate": ("allocate", lambda session: people.allocate(session, child_id, worker, "x")),
    }


NAMES = (
    "open", "open plan", "timeline", "people", "note", "move", "start", "type", "save", "correct", "sign",
    "print", "print plan", "allocate", "early help", "open early help", "actions", "agree an action", "score",
    "voice",
)  # fmt: skip


@pytest.fixture(scope="module")
def county():
    story = new_story()
    child_id = live(story, "bea")
    signed = story.draft("bea", child_id, "pathway-plan")
    story.sign("bea", signed, sample("pathway_plan"))
    return story, child_id, story.draft("bea", child_id, "star"), signed


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("roles", SETS, ids="+".join)
@pytest.mark.parametrize("team", ["North", "South"])
def test_p15_the_program_does_what_the_table_says(county, name, roles, team):
    story, child_id, draft, signed = county
    base = story.actors["ada" if team == "North" else "sue"]
    actor = replace(base, roles=frozenset(roles))
    action, act = acts(story, child_id, draft, signed)[name]
    rows = story.raw("SELECT team_id, worker_id FROM child WHERE id = ?", child_id.bytes)
    assert rows[0][0] == story.teams["North"].bytes
    reads = may(actor, "read", Subject(story.teams["North"], new_id())).allowed
    allowed = may(actor, action, Subject(story.teams["North"], new_id())).allowed and reads

    done = tried(story, actor, act)

    assert done is allowed


class Undone(Exception):
    """Raised once an act went well, so that nothing of it stays."""


def tried(story, actor, act):
    """Return whether an act went through, and take it back."""
    try:
        with story.store.session(actor) as session:
            act(session)
            session.flush()
            raise Undone
    except Undone:
        return True
    except (NotAllowed, NotFound):
        return False


@pytest.mark.parametrize("roles", SETS, ids="+".join)
def test_p15_registering_is_as_the_table_says(story, roles):
    actor = replace(story.actors["ada"], roles=frozenset(roles))
    new = NewChild("A", "B", date(2013, 5, 4))

    assert (
        tried(story, actor, lambda session: children.register(session, new)) is may(actor, "register").allowed
    )


@pytest.mark.parametrize("roles", SETS, ids="+".join)
@pytest.mark.parametrize("name", ["users", "add worker", "roles"])
def test_p15_users_are_as_the_table_says(story, roles, name):
    actor = replace(story.actors["ada"], roles=frozenset(roles))
    act = {
        "users": accounts.users,
        "add worker": lambda session: accounts.add_worker(session, name="X Y"),
        "roles": lambda session: accounts.set_roles(session, "sue", ["reader"]),
    }[name]

    try:
        with story.store.session(actor, purpose="users") as session:
            act(session)
            session.flush()
            raise Undone
    except Undone:
        done = True
    except NotAllowed:
        done = False

    assert done is may(actor, "users").allowed


@pytest.mark.parametrize("role", sorted(ROLES))
def test_p15_backup_and_restore_are_asked_before_anything_is_touched(story, role, tmp_path):
    class SignedIn:
        store, actor = story.store, actor_of([role])

    if may(SignedIn.actor, "backup").allowed:
        with pytest.raises(RuntimeError, match="in memory"):
            upkeep.back_up(SignedIn, tmp_path / "b")
    else:
        with pytest.raises(NotAllowed):
            upkeep.back_up(SignedIn, tmp_path / "b")


@pytest.mark.parametrize("who", ["ada", "max"])
def test_p15_a_signed_version_is_closed_for_every_role(county, who):
    story, _child_id, _draft, signed = county
    view = story.call(who, lambda session: plans.open_plan(session, signed))

    assert not view.may_write
    with pytest.raises(Problem, match="signed and stays"):
        story.call(who, lambda session: plans.save(session, signed, view.version, {}))


def test_a_manager_of_another_team_takes_up_a_child_without_a_worker(story):
    child_id = story.register("ada", "A", "B")
    assert not tried(story, story.actors["tom"], lambda session: overview.open_child(session, child_id))

    story.call("max", lambda session: people.allocate(session, child_id, None, "left"))

    tom = story.actors["tom"].worker_id
    story.call("tom", lambda session: people.allocate(session, child_id, tom, "taken up"))
    assert (
        story.call("tom", lambda session: overview.open_child(session, child_id)).head.worker == "Tom South"
    )
