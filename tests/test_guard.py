"""The guard on the session, reading: whoever is of another team gets nothing, by whatever route they ask."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, event, exists, func, select, union_all
from sqlalchemy.orm import aliased, joinedload, lazyload, selectinload, subqueryload

from db import narrowing
from db.looks import record_look
from db.models import (
    AccessGrant,
    Base,
    CaseloadReview,
    ChainHead,
    Child,
    ClockLimit,
    Document,
    FormCopy,
    History,
    Holiday,
    Involvement,
    Jotting,
    Leave,
    Look,
    Note,
    OfChild,
    Person,
    PremiumRate,
    Record,
    Relation,
    School,
    Seal,
    Setting,
    StarLicence,
    StarPack,
    SupervisionSession,
    Team,
    TermDates,
    Worker,
)
from db.moments import new_id, utc_now
from db.problems import NotAllowed
from db.store import memory_store
from db.types import Id, Utc
from tests.guard_story import OUTSIDERS, child_id, story
from tests.story import TODAY, live, new_story

__all__ = ["child_id", "story"]

ABOUT_A_CHILD = sorted(
    (
        each.class_
        for each in Base.registry.mappers
        if issubclass(each.class_, OfChild) or each.class_ in (Child, Person, History, Look)
    ),
    key=lambda each: each.__tablename__,
)


def named(each):
    return each.__tablename__


@pytest.fixture(scope="module")
def county():
    """A child of the northern team, with rows in every table that a child can have rows in."""
    story = new_story()
    child_id = live(story, "ada")
    fill_every_table(story, child_id)
    return story, child_id


FILLED = {
    "kind": "M", "answers": {}, "opened_version": 1, "year": 2026, "no": 1, "number": 1, "tool": "scale",
    "decision": "given", "scores": {}, "reasons": [], "purposes": [], "allowed": [], "refused": [],
    "term": "autumn", "stream": "school", "state": "submitted", "school_year": 2026, "group": 7,
    "possible": 10, "attended": 9, "minutes": 600, "full_minutes": 1500, "targets": [], "asked": 100,
    "grades": [], "criteria": [],
    "level": "manager", "option": "adoption", "category": "eligible", "pence": 100,
    "review_asked.reason": "iro", "health_event.kind": "review", "health_event.outcome": "done",
    "proceedings.kind": "care", "hearing.kind": "final", "family_time.kind": "direct",
    "family_time_held.outcome": "held", "leaving_event.kind": "education", "leaver_money.kind": "spent",
    "plan_approval.kind": "approved", "needs": [], "outcomes": [], "factors": [], "agreed": [],
}  # fmt: skip


def _of_type(kind):
    if isinstance(kind, Utc):
        return utc_now()
    return date(2026, 1, 5) if isinstance(kind, Date) else "x"


def fill_every_table(story, child_id):
    named = {"worker_id": story.actors["ada"].worker_id, "kind": "named", "why": "x"}
    story.call("max", lambda session: session.add(AccessGrant(child_id=child_id, from_at=utc_now(), **named)))

    def write(session):
        order = [each.name for each in Base.metadata.sorted_tables]  # what is named comes before who names it
        for table in sorted(ABOUT_A_CHILD, key=lambda each: order.index(each.__tablename__)):
            if not issubclass(table, Record) or table is Child or session.scalar(select(table).limit(1)):
                continue
            row = table()
            for column in table.__table__.columns:
                if column.name in ("id", "version") or column.nullable or column.default is not None:
                    continue
                if column.name == "child_id":
                    row.child_id = child_id
                elif isinstance(column.type, Id) and column.foreign_keys:
                    (link,) = column.foreign_keys
                    setattr(row, column.name, session.connection().scalar(select(link.column).limit(1)))
                elif isinstance(column.type, Id) and not column.name.startswith(("created", "up", "device")):
                    setattr(row, column.name, new_id())
                elif (
                    given := FILLED.get(f"{table.__tablename__}.{column.name}", FILLED.get(column.name))
                ) is not None:
                    setattr(row, column.name, given)
                elif not column.name.startswith(("created", "updated", "device")):
                    setattr(row, column.name, _of_type(column.type))
            session.add(row)
            session.flush()

    story.call("ada", write)


def key_of(model):
    return list(model.__table__.primary_key)


ROUTES = {
    "select": lambda model: select(model),
    "columns": lambda model: select(*(getattr(model, each.key) for each in model.__mapper__.column_attrs)),
    "key": lambda model: select(*(getattr(model, each.name) for each in key_of(model))),
    "alias": lambda model: select(aliased(model)),
    "alias column": lambda model: select(getattr(aliased(model), key_of(model)[-1].name)),
    "subquery": lambda model: select(aliased(model, select(model).subquery())),
    "columns of a subquery": lambda model: select(
        select(getattr(model, key_of(model)[-1].name)).subquery().c[0]
    ),
    "cte": lambda model: select(select(getattr(model, key_of(model)[-1].name)).cte().c[0]),
    "union": lambda model: union_all(
        select(getattr(model, key_of(model)[-1].name)), select(getattr(model, key_of(model)[-1].name))
    ),
    "from another": lambda model: select(Team.name).join(model, exists().where(Team.id == Team.id)),
    "outer join": lambda model: (
        select(getattr(model, key_of(model)[-1].name))
        .select_from(Team)
        .outerjoin(model, Team.id == Team.id)
        .where(getattr(model, key_of(model)[-1].name).is_not(None))
    ),
    "exists": lambda model: select(Team.id).where(exists(select(getattr(model, key_of(model)[-1].name)))),
    "scalar subquery": lambda model: select(Team.id).where(
        select(func.count(getattr(model, key_of(model)[-1].name))).scalar_subquery() > 0
    ),
    "order": lambda model: select(model).order_by(key_of(model)[-1]).limit(1),
}

# Rights differ by role, routes by statement: one outsider takes every route, the others the plainest.
BY_EVERY_ROUTE, USUAL = ("sue",), ("select", "alias", "outer join")
# The guard knows these classes by name, and one of each other kind: all rows of a file are narrowed alike.
OF_THEIR_OWN_KIND = (AccessGrant, Child, Document, History, Involvement, Look, Note, Person, Relation)


def routes_of(model):
    """Return every route for the classes that the guard treats by themselves, the usual ones for others."""
    every = model in OF_THEIR_OWN_KIND or not issubclass(model, Record)
    return ROUTES if every else {name: ROUTES[name] for name in USUAL}


@pytest.fixture
def row_by_row(monkeypatch):
    """Let the guard treat everybody as it treats those who reach thousands of children."""
    monkeypatch.setattr(narrowing, "is_wide", lambda session, actor: True)


@pytest.mark.parametrize("model", ABOUT_A_CHILD, ids=named)
def test_the_story_has_a_row_of_every_kind(county, model):
    """Else the tests below would prove nothing."""
    story, _ = county

    def ask_all(session):
        return [name for name, route in routes_of(model).items() if not session.execute(route(model)).all()]

    assert story.call("ada", ask_all) == []


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("model", ABOUT_A_CHILD, ids=named)
def test_another_team_gets_no_row_by_any_route(county, model, who):
    story, _ = county

    def ask_all(session):
        routes = routes_of(model) if who in BY_EVERY_ROUTE else {"select": ROUTES["select"]}
        return [name for name, route in routes.items() if session.execute(route(model)).unique().all()]

    assert story.call(who, ask_all) == []


@pytest.mark.parametrize("model", OF_THEIR_OWN_KIND, ids=named)
def test_row_by_row_the_own_team_gets_every_row_and_another_none(county, row_by_row, model):
    story, _ = county

    def answered(session):
        return {name for name, route in ROUTES.items() if session.execute(route(model)).all()}

    assert story.call("ada", answered) == set(ROUTES)
    assert story.call("sue", answered) == set()


def test_how_many_are_in_reach_decides_how_they_are_told(monkeypatch, story, child_id):
    monkeypatch.setattr(narrowing, "WIDE", 1)
    monkeypatch.setattr(narrowing, "COUNTED_FOR", 0.0)
    asked = []
    event.listen(story.store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def listed(who):
        asked.clear()
        story.call(who, lambda session: session.scalars(select(Note)).all())
        return next(each for each in asked if "FROM note" in each).count("EXISTS")

    assert listed("ada") == 0
    story.register("sue", "Omar", "Other")
    story.register("sue", "Rana", "Other")
    assert listed("sue") == 1
    assert listed("ada") == 0


@pytest.mark.parametrize("who", OUTSIDERS[:1])
@pytest.mark.parametrize("model", ABOUT_A_CHILD, ids=named)
def test_another_team_counts_none(county, model, who):
    story, _ = county
    key = key_of(model)[-1].name

    of_all, of_keys = select(func.count()).select_from(model), select(func.count(getattr(model, key)))
    for asked in (of_all, of_keys) if model in OF_THEIR_OWN_KIND else (of_all,):
        assert story.call(who, lambda session, ask=asked: session.scalar(ask)) == 0


@pytest.mark.parametrize("who", OUTSIDERS[:1])
@pytest.mark.parametrize("model", ABOUT_A_CHILD, ids=named)
def test_another_team_gets_no_row_by_its_key(county, model, who):
    story, _ = county
    keys = story.call(
        "ada",
        lambda session: session.execute(select(*(getattr(model, each.name) for each in key_of(model)))).all(),
    )

    assert keys
    for key in keys:
        assert story.call(who, lambda session, key=tuple(key): session.get(model, key)) is None


@pytest.mark.parametrize("load", [joinedload, selectinload, subqueryload, lazyload])
@pytest.mark.parametrize("wide", [False, True], ids=["by list", "row by row"])
def test_another_team_gets_nothing_through_a_relationship(county, load, wide, monkeypatch):
    story, _ = county
    monkeypatch.setattr(narrowing, "is_wide", lambda session, actor: wide)

    def through(session):
        rows = session.scalars(select(Document).options(load(Document.revision))).unique().all()
        involved = session.scalars(select(Involvement).options(load(Involvement.person))).unique().all()
        return [row.revision for row in rows] + [row.person for row in involved]

    assert len(story.call("ada", through)) >= 2
    assert story.call("sue", through) == []


@pytest.mark.parametrize("wide", [False, True], ids=["by list", "row by row"])
def test_a_person_of_another_file_is_not_to_be_had_by_naming_them_in_ones_own(county, wide, monkeypatch):
    story, _ = county
    monkeypatch.setattr(narrowing, "is_wide", lambda session, actor: wide)
    mother = story.call("ada", lambda session: session.scalar(select(Relation.person_id)))
    own = story.register("sue", "Own", "Child")

    for link in (Relation(kind="Other"), Involvement(role="GP")):
        link.child_id, link.person_id = own, mother
        with pytest.raises(NotAllowed):
            story.call("sue", lambda session, row=link: session.add(row))

    assert mother is not None
    assert story.call("sue", lambda session: session.get(Person, mother)) is None


@pytest.mark.parametrize("wide", [False, True], ids=["by list", "row by row"])
def test_what_an_alias_joins_is_scoped_on_both_sides(county, wide, monkeypatch):
    story, child_id = county
    monkeypatch.setattr(narrowing, "is_wide", lambda session, actor: wide)
    own = {story.register("sue", "Rana", "Other"), story.register("sue", "Omar", "Other")}
    one, other = aliased(Child), aliased(Child)

    for asked in (
        select(Child.id, other.id).join(other, Child.id != other.id),
        select(one.id, other.id).join(other, one.id != other.id),
        select(one.id, other.id).outerjoin(other, one.id != other.id),
        select(one.id, other.id).where(one.id != other.id),
    ):
        rows = story.call("sue", lambda session, ask=asked: session.execute(ask).all())
        assert {each for row in rows for each in row} >= own
        assert child_id not in {each for row in rows for each in row}


@pytest.mark.parametrize("model", OF_THEIR_OWN_KIND, ids=named)
def test_no_table_shows_another_teams_rows_where_its_alias_is_joined(county, model):
    story, _ = county
    key = key_of(model)[-1].name
    one, other = aliased(model), aliased(model)
    for asked in (
        select(getattr(other, key)).select_from(Team).join(other, Team.id == Team.id),
        select(getattr(other, key)).select_from(Team).outerjoin(other, Team.id == Team.id),
        select(getattr(other, key))
        .select_from(model)
        .join(other, getattr(model, key) == getattr(other, key)),
        select(getattr(other, key)).select_from(one).join(other, getattr(one, key) == getattr(other, key)),
    ):
        of_others = story.call("sue", lambda session, ask=asked: set(session.scalars(ask)))
        of_ours = story.call("ada", lambda session, ask=asked: set(session.scalars(ask)))
        assert of_ours
        assert not of_others & of_ours - {None}


# The oracle


def in_reach(actor, team_id, worker_id):
    """Say by the words of the table who may read: written apart from the program."""
    if "administrator" in actor.roles and len(actor.roles) == 1:
        return False
    mine = worker_id == actor.worker_id or (team_id is not None and team_id == actor.team_id)
    return mine or ("manager" in actor.roles and worker_id is None)


@pytest.fixture(scope="module")
def crowd():
    """Children of every combination of team and worker, each with a note."""
    story = new_story()
    made = []
    teams = [*story.teams.values(), None]
    workers = [*(each.worker_id for each in story.actors.values()), None]

    def write(session):
        for number, (team, worker) in enumerate((t, w) for t in teams for w in workers):
            child = Child(
                id=new_id(), ref=20_000 + number, given=f"Child{number}", family="Crowd",
                sort_name=f"crowd child{number:03}", opened_on=TODAY, team_id=team, worker_id=worker,
            )  # fmt: skip
            session.add(child)
            session.add(
                Note(id=new_id(), child_id=child.id, happened_on=TODAY, kind="note", words=f"{number}")
            )
            made.append((child.id, team, worker))

    story.call("amy", write, purpose="import")
    return story, made


QUESTIONS = {
    "children": lambda chosen: select(Child.id).where(Child.id.in_(chosen)),
    "notes": lambda chosen: select(Note.child_id).where(Note.child_id.in_(chosen)),
    "joined": lambda chosen: (
        select(Child.id).join(Note, Note.child_id == Child.id).where(Child.id.in_(chosen))
    ),
    "outer": lambda chosen: (
        select(Note.child_id).outerjoin(Child, Child.id == Note.child_id).where(Note.child_id.in_(chosen))
    ),
    "alias": lambda chosen: (lambda other: select(other.id).where(other.id.in_(chosen)))(aliased(Child)),
    "within": lambda chosen: select(Child.id).where(
        Child.id.in_(select(Note.child_id).where(Note.child_id.in_(chosen)))
    ),
    "subquery": lambda chosen: (lambda sub: select(sub.c.child_id))(
        select(Note.child_id).where(Note.child_id.in_(chosen)).subquery()
    ),
    "distinct": lambda chosen: select(Child.id).where(Child.id.in_(chosen)).distinct().order_by(Child.id),
}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_each_role_reads_is_what_the_oracle_says(crowd, data):
    """80 examples with every question and a count, both ways of asking: 720 comparisons."""
    story, made = crowd
    wide = data.draw(st.booleans())
    who = data.draw(st.sampled_from(sorted(story.actors)))
    roles = frozenset(
        data.draw(
            st.sets(st.sampled_from(["practitioner", "manager", "administrator", "reader"]), min_size=1)
        )
    )
    chosen = data.draw(st.lists(st.sampled_from(made), min_size=1, max_size=20, unique=True))
    base = story.actors[who]
    actor = type(base)(base.worker_id, base.name, base.team_id, roles)
    wanted = sorted(child for child, team, worker in chosen if in_reach(actor, team, worker))
    ids = [child for child, _, _ in chosen]

    with story.store.session(actor) as session:
        session.info["widths"] = {actor: (float("inf"), wide)}
        for name, ask in QUESTIONS.items():
            assert sorted(session.scalars(ask(ids))) == wanted, name
        counted = session.scalar(select(func.count(Child.id)).where(Child.id.in_(ids)))

    assert counted == len(wanted)


OPEN_TO_ALL = {
    Team: "an office fact", Worker: "an office fact", School: "a public place", Setting: "this device's",
    ChainHead: "numbers and seals only", FormCopy: "a form, without answers",
    StarLicence: "an organisation's right to use an owner's stars", StarPack: "a star without answers",
    PremiumRate: "a public figure", TermDates: "an office fact", ClockLimit: "an office fact",
    Holiday: "a public day", Leave: "an office fact", CaseloadReview: "about a team",
    Seal: "signatures, no content",
}  # fmt: skip


def test_tables_open_to_all_are_these_and_no_more():
    closed = {*ABOUT_A_CHILD, SupervisionSession, Jotting}
    rest = {each.class_ for each in Base.registry.mappers} - closed

    assert {each.__tablename__ for each in rest} == {each.__tablename__ for each in OPEN_TO_ALL} | {
        "form_copy"
    }


def test_supervision_is_read_and_written_by_its_two_workers_alone():
    story = new_story()
    ids = {name: actor.worker_id for name, actor in story.actors.items()}

    def held(session, supervisor="max", supervisee="ada"):
        row = SupervisionSession(supervisor_id=ids[supervisor], supervisee_id=ids[supervisee], agreed=[])
        session.add(row)

    story.call("max", held)
    with pytest.raises(NotAllowed):
        story.call("bea", held)
    read = {
        who: len(story.call(who, lambda session: session.scalars(select(SupervisionSession)).all()))
        for who in story.actors
    }

    assert {who for who, rows in read.items() if rows} == {"max", "ada"}


def test_a_session_without_the_guard_does_not_exist():
    story = new_story()
    with story.store.session(story.actors["ada"]) as session:
        record_look(session, "open")
        assert session.info["history_key"] == story.store.history_key
    assert memory_store().history_key == story.store.history_key
