"""The guard on the session: whoever is of another team gets nothing, by whatever route they ask."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Date, event, exists, func, insert, select, text, union_all, update
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import aliased, joinedload, lazyload, selectinload, subqueryload

from caseapp import children, notes, overview, plan_reading
from caseapp.notes import NewNote
from db import narrowing
from db.guard import Forbidden
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
    Revision,
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
from db.problems import NotAllowed, NotFound, Problem
from db.store import memory_store
from db.types import Id, Utc
from tests.story import TODAY, live, new_story, sample

ABOUT_A_CHILD = sorted(
    (
        each.class_
        for each in Base.registry.mappers
        if issubclass(each.class_, OfChild) or each.class_ in (Child, Person, History, Look)
    ),
    key=lambda each: each.__tablename__,
)
OUTSIDERS = ("sue", "tom", "una", "amy")  # of the other team, and the administrator


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


# Writing


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child_id(story):
    return story.register("ada", "Leyla", "Haddad", address="4 Mill Lane", postcode="QX1 2AB")


def add_note(session, child_id):
    session.add(Note(child_id=child_id, happened_on=TODAY, kind="note", words="x"))


@pytest.mark.parametrize("who", ["sue", "tom", "una", "amy", "rob"])
def test_who_may_not_write_is_refused_whatever_the_use_case_forgot(story, child_id, who):
    before = story.raw("SELECT count(*) FROM note")

    with pytest.raises(NotAllowed):
        story.call(who, lambda session: add_note(session, child_id))

    assert story.raw("SELECT count(*) FROM note") == before


@pytest.mark.parametrize("who", ["ada", "bea", "max"])
def test_who_may_write_writes(story, child_id, who):
    story.call(who, lambda session: add_note(session, child_id))

    assert story.raw("SELECT count(*) FROM note") == [(1,)]


@pytest.mark.parametrize("who", ["rob", "una", "amy"])
def test_who_may_not_register_is_refused(story, who):
    child = Child(ref=1, sort_name="x", opened_on=TODAY, worker_id=story.actors[who].worker_id)

    with pytest.raises(NotAllowed):
        story.call(who, lambda session: session.add(child))


def test_nobody_puts_a_child_into_another_team(story):
    child = Child(ref=1, sort_name="x", opened_on=TODAY, team_id=story.teams["South"])

    with pytest.raises(NotAllowed):
        story.call("ada", lambda session: session.add(child))


@pytest.mark.parametrize("who", ["ada", "max", "rob", "sue"])
@pytest.mark.parametrize("row", [Worker(name="x", sort_name="x", roles=["administrator"]), Team(name="x")])
def test_only_an_administrator_at_work_on_users_makes_workers_and_teams(story, who, row):
    table = type(row)
    values = {name: value for name, value in vars(row).items() if not name.startswith("_")}

    with pytest.raises(NotAllowed):
        story.call(who, lambda session: session.add(table(**values)))


def test_nobody_gives_themselves_a_role(story):
    def promote(session):
        session.get_one(Worker, session.actor.worker_id).roles = ["administrator"]

    with pytest.raises(NotAllowed):
        story.call("ada", promote)


def test_an_administrator_at_work_on_users_sees_and_writes_no_record(story, child_id):
    assert story.call("amy", lambda session: session.get(Child, child_id), purpose="users") is None
    with pytest.raises(NotAllowed):
        story.call("amy", lambda session: add_note(session, child_id), purpose="users")


def test_each_write_leaves_one_history_row_of_what_changed(story, child_id):
    before = story.raw("SELECT max(n) FROM history WHERE child_id = ?", child_id.bytes)[0][0]

    def write(session):
        child = session.get_one(Child, child_id)
        child.known_as, child.pronouns = "Lel", "she/her"
        add_note(session, child_id)

    story.call("ada", write)
    found = story.call(
        "ada",
        lambda session: session.scalars(
            select(History).where(History.n > before, History.child_id == child_id)
        ).all(),
    )

    assert sorted((each.tbl, each.act, each.version) for each in found) == [
        ("child", "update", 2), ("note", "create", 1),
    ]  # fmt: skip
    change = next(each.change for each in found if each.tbl == "child")
    assert change["known_as"] == ["", "Lel"]
    assert change["pronouns"] == ["", "she/her"]


def test_a_write_that_fails_leaves_no_history(story, child_id):
    before = story.raw("SELECT count(*), max(n) FROM history")

    def fail(session):
        add_note(session, child_id)
        session.flush()
        raise Problem("No.")

    with pytest.raises(Problem):
        story.call("ada", fail)

    assert story.raw("SELECT count(*), max(n) FROM history") == before


def test_who_wrote_and_when_is_stamped_by_the_guard(story, child_id):
    forged = Note(child_id=child_id, happened_on=TODAY, kind="note", words="x")
    forged.created_by = story.actors["sue"].worker_id
    forged.created_at = utc_now() - timedelta(days=900)

    story.call("ada", lambda session: session.add(forged))
    kept = story.call("ada", lambda session: session.scalar(select(Note)))

    assert kept.created_by == story.actors["ada"].worker_id
    assert utc_now() - kept.created_at < timedelta(minutes=5)


BULK = {
    "update": lambda: update(Note).values(words="y"),
    "delete": lambda: sql_delete(Note),
    "insert": lambda: insert(Note).values(words="y"),
    "text": lambda: text("SELECT words FROM note"),
    "table": lambda: select(Note.__table__),
    "table column": lambda: select(Note.__table__.c.words),
    "table update": lambda: update(Note.__table__).values(words="y"),
    "table delete": lambda: sql_delete(Note.__table__),
    "text of an entity": lambda: select(Note).from_statement(text("SELECT * FROM note")),
    "count of all": lambda: select(func.count()).select_from(text("note")),
}


@pytest.mark.parametrize("name", sorted(BULK))
def test_statements_that_would_pass_by_the_guard_are_refused(story, child_id, name):
    story.call("ada", lambda session: add_note(session, child_id))

    with pytest.raises(Forbidden):
        story.call("sue", lambda session: session.execute(BULK[name]()).all())

    assert story.raw("SELECT words FROM note") == [("x",)]


def test_a_record_is_never_deleted(story, child_id):
    story.call("ada", lambda session: add_note(session, child_id))

    with pytest.raises(Forbidden):
        story.call("ada", lambda session: session.delete(session.scalar(select(Note))))

    assert story.raw("SELECT count(*) FROM note") == [(1,)]


def test_a_tombstone_hides_a_record_and_says_so_in_the_history(story, child_id):
    story.call("ada", lambda session: add_note(session, child_id))

    def bury(session):
        note = session.scalar(select(Note))
        note.deleted_at, note.deleted_by, note.delete_reason = (
            utc_now(),
            session.actor.worker_id,
            "wrong file",
        )

    story.call("ada", bury)

    assert story.call("ada", lambda session: session.scalar(select(Note))) is None
    assert story.raw("SELECT act FROM history WHERE tbl = 'note' ORDER BY n") == [("create",), ("delete",)]
    assert story.raw("SELECT words FROM note") == [("x",)]


def test_a_buried_child_takes_the_whole_file_along(story, child_id):
    story.call("ada", lambda session: add_note(session, child_id))

    def bury(session):
        child = session.get_one(Child, child_id)
        child.deleted_at, child.deleted_by = utc_now(), session.actor.worker_id

    story.call("ada", bury)

    assert story.call("ada", lambda session: session.get(Child, child_id)) is None
    assert story.call("ada", lambda session: session.scalars(select(Note)).all()) == []


# Signed is closed


@pytest.fixture
def signed_id(story, child_id):
    draft = story.draft("ada", child_id, "star")
    story.sign("ada", draft, sample("progress_wheel"))
    return draft


@pytest.mark.parametrize("who", ["ada", "max"])
def test_the_guard_keeps_a_signed_version_and_its_document_closed(story, signed_id, who):
    def change_answers(session):
        session.get_one(Revision, signed_id).document.answers = {"comment": "changed"}

    def change_number(session):
        session.get_one(Revision, signed_id).number = 9

    def unsign(session):
        session.get_one(Revision, signed_id).signed_at = None

    for change in (change_answers, change_number, unsign):
        with pytest.raises(Problem, match="signed and stays"):
            story.call(who, change)

    assert story.raw("SELECT number, signed_at IS NOT NULL FROM revision") == [(1, 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET number = 9",
        "UPDATE revision SET signed_at = NULL",
        "UPDATE document SET answers = '{}'",
        "UPDATE history SET reason = 'x'",
        "DELETE FROM history",
        "UPDATE look SET act = 'x'",
        "DELETE FROM look",
    ],
)
def test_the_store_itself_refuses_what_the_guard_would(story, signed_id, statement):
    with pytest.raises(Exception, match=r"closed|append-only"):
        story.raw(statement)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_use_case_says_of_a_hidden_record_what_it_says_of_none(story, child_id, signed_id, who):
    nobody = new_id()

    def said(use_case, *rest):
        with pytest.raises(NotFound) as problem:
            story.call(who, lambda session: use_case(session, *rest))
        return problem.value.words

    note = NewNote(TODAY, "note", "x")
    for use_case, more in (
        (overview.open_child, ()), (children.details, ()), (notes.timeline, ()), (notes.add, (note,)),
    ):  # fmt: skip
        assert said(use_case, child_id, *more) == said(use_case, nobody, *more)
    assert said(plan_reading.open_plan, signed_id) == said(plan_reading.open_plan, nobody)


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
