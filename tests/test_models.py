"""Every table has what every record must have, and the schema steps lead to exactly these tables."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Integer, inspect

from db import migrations
from db.models import (
    NO_HISTORY,
    TRIGGERS,
    AboutChild,
    Base,
    ChainHead,
    Child,
    History,
    Jotting,
    Look,
    OfChild,
    Record,
    Seal,
    Setting,
    Typing,
)
from db.store import SCHEMA, Store, memory_store
from db.types import Doc, Id, Utc

CLASSES = sorted((each.class_ for each in Base.registry.mappers), key=lambda each: each.__tablename__)
COMMON = {
    "id", "version", "created_at", "created_by", "updated_at", "updated_by", "device_id", "deleted_at",
    "deleted_by", "delete_reason",
}  # fmt: skip

# Not records: derived anew from others (E), this device's own (F), or the chains themselves.
NO_RECORD = {
    "fact": "derived from signed documents",
    "clock": "derived from events",
    "name_token": "derived from names and places",
    "case_spell": "derived from a child's changes",
    "typing": "this device's, between saved versions",
    "jotting": "this device's, until it is recorded; the guard scopes it by itself",
    "setting": "this device's",
    "history": "a chain",
    "look": "a chain",
    "chain_head": "the end of a chain",
    "seal": "a signature over the chains",
}
# Records of no one file.
OF_NO_CHILD = {
    "team": "an office fact",
    "worker": "an office fact",
    "school": "a public place",
    "person": "seen only through a child's relations; the guard scopes it by itself",
    "child": "the file itself; the guard scopes it by its id",
    "form_copy": "a form, without answers",
    "premium_rate": "a public figure",
    "term_dates": "an office fact",
    "clock_limit": "an office fact",
    "holiday": "a public day",
    "leave": "an office fact",
    "caseload_review": "about a team",
    "supervision_session": "between two workers; the guard scopes it by itself",
    "star_licence": "an organisation's right to use an owner's stars",
    "star_pack": "a star without answers",
}


def named(each):
    return each.__tablename__


@pytest.mark.parametrize("model", CLASSES, ids=named)
def test_every_table_is_a_record_or_has_a_reason(model):
    if model.__tablename__ in NO_RECORD:
        assert not issubclass(model, Record)
        assert model.__tablename__ in NO_HISTORY
        return
    assert issubclass(model, Record)
    assert set(inspect(model).columns.keys()) >= COMMON
    assert model.__tablename__ not in NO_HISTORY


@pytest.mark.parametrize("model", [each for each in CLASSES if issubclass(each, Record)], ids=named)
def test_every_record_steps_its_version(model):
    assert inspect(model).version_id_col is model.__table__.c.version
    assert isinstance(model.__table__.c.id.type, Id)


@pytest.mark.parametrize("model", CLASSES, ids=named)
def test_every_record_belongs_to_a_child_or_has_a_reason(model):
    table = model.__tablename__
    if issubclass(model, Record):
        assert issubclass(model, AboutChild) != (table in OF_NO_CHILD)
    elif model not in (Setting, ChainHead, History, Look, Seal, Jotting):
        assert issubclass(model, OfChild)


@pytest.mark.parametrize("model", CLASSES, ids=named)
def test_no_primary_key_is_a_running_number(model):
    for column in model.__table__.primary_key:
        assert not isinstance(column.type, Integer)


@pytest.mark.parametrize("model", [each for each in CLASSES if issubclass(each, AboutChild)], ids=named)
def test_every_table_about_a_child_is_read_by_child_and_id(model):
    indices = [[column.name for column in each.columns] for each in model.__table__.indexes]

    assert ["child_id", "id"] in indices


@pytest.mark.parametrize("model", CLASSES, ids=named)
def test_links_are_checked_at_the_end_of_a_transaction(model):
    for key in model.__table__.foreign_keys:
        assert key.deferrable
        assert key.initially == "DEFERRED"


@pytest.mark.parametrize("model", CLASSES, ids=named)
def test_column_types_are_those_that_both_engines_agree_on(model):
    allowed = (Id, Utc, Doc, *{type(each) for each in Base.type_annotation_map.values()})

    for column in model.__table__.columns:
        assert isinstance(column.type, allowed), column.name


def test_a_record_says_in_a_log_only_what_it_is():
    child = Child(given="Leyla", family="Haddad")

    assert "Leyla" not in repr(child)
    assert "Haddad" not in repr(child)


# Schema steps


def steps(store, do, *revision):
    config = Config()
    config.set_main_option("script_location", "db:migrations")
    with store.engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        do(config, *revision)


@pytest.fixture
def migrated():
    store = Store(None, bytes(32))
    migrations.upgrade(store.engine)
    yield store
    store.close()


def schema_of(store):
    """Return every index, trigger and table with its columns and links, as the engine tells them."""
    with store.engine.connect() as connection:
        found = {
            (kind, name): (table, "".join(sql.split()) if kind != "table" and sql else "")
            for kind, name, table, sql in connection.exec_driver_sql(
                "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%'"
                " AND tbl_name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_autoindex%'"
            )
        }
        for kind, name in list(found):
            if kind == "table":
                columns = connection.exec_driver_sql(f'PRAGMA table_xinfo("{name}")').all()
                links = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{name}")').all()
                unique = [
                    tuple(row[2] for row in connection.exec_driver_sql(f'PRAGMA index_info("{each[1]}")'))
                    for each in connection.exec_driver_sql(f'PRAGMA index_list("{name}")').all()
                    if each[2]
                ]
                found[kind, name] = (
                    sorted((each[1], each[2], each[3], each[5]) for each in columns),
                    sorted((each[2], each[3], each[4]) for each in links),
                    sorted(unique),
                )
    return found


def test_the_steps_lead_to_the_models(migrated):
    # Types are compared below, as declared: the engine reads BINARY(16) back as a number.
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_a_migrated_store_equals_a_made_one_to_the_last_index_and_trigger(migrated):
    made = memory_store()

    assert schema_of(migrated) == schema_of(made)


def test_every_link_of_a_migrated_store_waits_for_the_end_of_the_transaction(migrated):
    with migrated.engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()

    for name, sql in tables:
        assert sql.count("FOREIGN KEY") == sql.count("DEFERRABLE INITIALLY DEFERRED"), name


def test_a_name_token_has_no_hidden_row_number(migrated):
    with migrated.engine.connect() as connection:
        sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'name_token'").scalar()

    assert "WITHOUT ROWID" in sql


def test_the_steps_end_at_the_schema_that_the_program_names(migrated):
    with migrated.engine.connect() as connection:
        at = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()

    assert at == SCHEMA


def test_the_steps_lead_down_again_and_up(migrated):
    whole = schema_of(migrated)

    steps(migrated, command.downgrade, "base")
    emptied = schema_of(migrated)
    steps(migrated, command.upgrade, "head")

    assert not {name for kind, name in emptied if kind in ("table", "trigger")}
    assert schema_of(migrated) == whole


@pytest.mark.parametrize("make", [memory_store, None], ids=["made", "migrated"])
def test_every_trigger_is_there(make, migrated):
    store = make() if make else migrated
    with store.engine.connect() as connection:
        found = set(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
        )

    assert found == {statement.split()[2] for statement in TRIGGERS}
    assert {"history_no_update", "look_no_delete", "revision_signed", "document_signed"} <= found


def test_a_draft_in_the_making_is_no_record():
    assert issubclass(Typing, OfChild)
    assert not issubclass(Typing, Record)
