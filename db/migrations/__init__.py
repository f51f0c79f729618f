"""Schema steps, in the wheel. All steps of one upgrade happen in one transaction, or none does."""

from __future__ import annotations

from sqlalchemy import Engine


def upgrade(engine: Engine) -> None:
    """Bring a store's schema up to date."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "db:migrations")
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            raise RuntimeError("The connection is gone.")
        # On the driver: SQLAlchemy would say BEGIN first, and inside it the pragma is ignored. With it on, a
        # batch change of a parent table deletes the children's rows.
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError("A schema step broke a link between tables.")
        finally:
            raw.execute("PRAGMA foreign_keys=ON")
