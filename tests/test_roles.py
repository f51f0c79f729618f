"""The table of role × action × state is what the program does: each cell is tried through the use cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain, combinations

import pytest

from caseapp import (
    access,
    actions,
    children,
    measures,
    notes,
    overview,
    pathway_prints,
    people,
    plan_reading,
    plans,
    prints,
    upkeep,
    user_accounts,
    voice,
)
from caseapp.access import Emergency, Restriction
from caseapp.actions import NewAction
from caseapp.children import NewChild
from caseapp.early_help import episodes, page
from caseapp.early_help.episodes import NewEpisode
from caseapp.measures import NewScore
from caseapp.notes import NewNote
from db.moments import new_id
from db.problems import NotAllowed, NotFound, Problem
from db.roles import (
    ABSENT,
    ACTIONS,
    ASK,
    EMERGENCY,
    EVERY,
    NAMED,
    NOBODY,
    ROLES,
    STORE,
    TEAM,
    UNALLOCATED,
    Actor,
    Subject,
    authorise,
    may,
    scopes,
)
from tests.story import TODAY, Story, copied, live, new_story, sample

# The table as the pages say it, written here by hand: a changed cell is a changed promise. A letter for each
# state of a record in which a role may act: m of one's own or one's team, u without a worker, o of another
# team, s signed, n restricted and one is named, e opened in an emergency, x restricted with somebody to ask,
# a absent. A dash: an act on the store itself.
PROMISED = {
    "read": {"practitioner": "m s n e", "manager": "m u s n e", "reader": "m s n e"},
    "register": {"practitioner": "m s n", "manager": "m u s n"},
    "write": {"practitioner": "m n", "manager": "m u n"},
    "note": {"practitioner": "m s n e", "manager": "m u s n e"},
    "sign": {"practitioner": "m s n", "manager": "m u s n"},
    "print": {"practitioner": "m s n", "manager": "m u s n", "reader": "m s n"},
    "export": {"practitioner": "m s n", "manager": "m u s n"},
    "bulk export": {"manager": "m u s n"},
    "allocate": {"manager": "m u s n"},
    "approve": {"manager": "m u s n"},
    "restrict": {"manager": "m u s n"},
    "emergency": {"practitioner": "m u o s n e x", "manager": "m u o s n e x"},
    "import": {"administrator": "-"},
    "backup": {"administrator": "-"},
    "restore": {"administrator": "-"},
    "users": {"administrator": "-"},
    "licences": {"administrator": "-"},
    "settings": {"administrator": "-"},
    "check": {"practitioner": "-", "manager": "-", "administrator": "-", "reader": "-"},
}
SETS = list(chain.from_iterable(combinations(sorted(ROLES), n) for n in range(len(ROLES) + 1)))


def actor_of(roles, team=None):
    return Actor(new_id(), "X", team, frozenset(roles))


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_p15_who_may_act_at_all_is_as_promised(action):
    for roles in SETS:
        promised = bool(PROMISED[action].keys() & set(roles))

        answer = may(actor_of(roles), action)

        assert answer.allowed == promised, roles
        assert promised or (answer.reason.endswith(".") and not answer.hidden), roles


def test_p15_every_action_is_promised_and_every_role_known():
    assert set(ACTIONS) == set(PROMISED)
    assert {role for row in ACTIONS.values() for role in row} <= set(ROLES)
    assert {scope for row in ACTIONS.values() for scope in row.values()} <= {
        NOBODY, TEAM, UNALLOCATED, EVERY, STORE,
    }  # fmt: skip


def subjects_of(actor):
    """Return the records of each letter, as they stand to somebody."""
    me, team, worker = actor.worker_id, actor.team_id, new_id()
    return {
        "m": (Subject(team, me), Subject(team, worker), Subject(new_id(), me)),
        "u": (Subject(new_id(), None), Subject(None, None)),
        "o": (Subject(new_id(), worker), Subject(None, worker)),
        "s": (Subject(team, me, "signed"), Subject(team, worker, "signed")),
        "n": (Subject(new_id(), worker, way=NAMED), Subject(team, me, way=NAMED)),
        "e": (Subject(new_id(), worker, way=EMERGENCY),),
        "x": (Subject(team, me, way=ASK), Subject(new_id(), None, way=ASK)),
        "a": (Subject(team, me, way=ABSENT), Subject(new_id(), None, way=ABSENT)),
        "-": (None,),
    }


def test_p15_every_role_action_and_state_is_answered_as_promised(record_property):
    """Every set of roles, every action, every state: the union of what each role is promised."""
    tried = 0
    for roles in SETS:
        actor = actor_of(roles, new_id())
        for action, row in PROMISED.items():
            allowed = {letter for role in roles for letter in row.get(role, "").split()}
            for letter, subjects in subjects_of(actor).items():
                if (letter == "-") != ("-" in {each for cell in row.values() for each in cell.split()}):
                    continue  # an act on the store has no record, and the others have one
                for subject in subjects:
                    assert may(actor, action, subject).allowed is (letter in allowed), (roles, action, letter)
                    tried += 1
    record_property("figure", f"{tried} of action, roles and state, 0 other than promised")


@pytest.mark.parametrize("roles", SETS, ids="+".join)
def test_p15_what_is_out_of_reach_is_hidden_and_not_merely_refused(roles):
    actor = actor_of(roles, new_id())
    for action, row in PROMISED.items():
        if "-" in row.values() or not row.keys() & set(roles):
            continue
        for letter in "oxa":
            answer = may(actor, action, subjects_of(actor)[letter][0])
            assert answer.allowed or answer.hidden, (action, letter)


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
    shut = Restriction("absent", (), "A threat was made.")
    note, request = NewNote(TODAY, "note", "x"), NewEpisode(TODAY, "self_request")
    agreed, score = (
        NewAction("Ring the school", "Ada North", TODAY),
        NewScore(TODAY, "Dana", "parent", "Leo", 4),
    )
    return {
        "open": ("read", lambda session: overview.open_child(session, child_id)),
        "open plan": ("read", lambda session: plan_reading.open_plan(session, signed)),
        "timeline": ("read", lambda session: notes.timeline(session, child_id)),
        "people": ("read", lambda session: people.people(session, child_id)),
        "note": ("note", lambda session: notes.add(session, child_id, note)),
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
        "restrict": ("restrict", lambda session: access.restrict(session, child_id, shut)),
    }


@pytest.fixture(scope="module")
def county():
    return new_county()


def new_county():
    """Return a story of one's own with a child of Bea's, a draft and a signed version."""
    made, child_id, draft, signed = _county()
    return Story(copied(made.store), dict(made.teams), dict(made.actors)), child_id, draft, signed


@cache
def _county():
    """Return the county that all others are copies of."""
    story = new_story()
    child_id = live(story, "bea")
    signed = story.draft("bea", child_id, "pathway-plan")
    story.sign("bea", signed, sample("pathway_plan"))
    return story, child_id, story.draft("bea", child_id, "star"), signed


# Roles add up, as the whole table above has shown: here each by itself, all, and none.
BY_THEMSELVES = [(), *((role,) for role in sorted(ROLES)), tuple(sorted(ROLES))]
# What a record is to somebody of the northern and of the southern team, by the letters of the table.
STATES = {
    "open": {"North": "m", "South": "o"}, "closed": {"North": "m", "South": "o"},
    "restricted": {"North": "x", "South": "x"}, "named": {"North": "n"}, "emergency": {"South": "e"},
}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(STATES))
def standing(request):
    """Return a county whose child's record stands in one state."""
    story, child_id, draft, signed = new_county()
    if request.param == "closed":
        details = story.call("max", lambda session: children.details(session, child_id))
        shut = {"status": "closed"}
        story.call("max", lambda s: children.change_details(s, child_id, details.version, shut))
    if request.param in ("restricted", "named"):
        named = [story.actors["ada"].worker_id] if request.param == "named" else []
        shut = Restriction("exists", named, "A threat was made.")
        story.call("max", lambda session: access.restrict(session, child_id, shut))
    if request.param == "emergency":
        asked = Emergency("A neighbour rang at night.", ref="10001")
        story.call("sue", lambda session: access.open_in_emergency(session, asked))
    return story, child_id, draft, signed, request.param


@pytest.fixture
def undrawn(monkeypatch):
    """Leave out the drawing of a print, which comes after all that is asked of whoever prints."""
    for each in (prints, pathway_prints):
        monkeypatch.setattr(each, "printed", lambda _make: b"%PDF")


@pytest.mark.parametrize("roles", BY_THEMSELVES, ids="+".join)
def test_p15_the_use_cases_do_what_the_table_says(standing, roles, undrawn):
    story, child_id, draft, signed, state = standing
    for team, letter in STATES[state].items():
        base = story.actors["ada" if team == "North" else "sue"]
        actor = replace(base, roles=frozenset(roles))
        for name, (action, act) in acts(story, child_id, draft, signed).items():
            promised = {each for role in roles for each in PROMISED[action].get(role, "").split()}
            reads = {each for role in roles for each in PROMISED["read"].get(role, "").split()}

            assert tried(story, actor, act) is (letter in promised & reads), (state, team, name)


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
        "users": user_accounts.users,
        "add worker": lambda session: user_accounts.add_worker(session, name="X Y"),
        "roles": lambda session: user_accounts.set_roles(session, "sue", ["reader"]),
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
    view = story.call(who, lambda session: plan_reading.open_plan(session, signed))

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
