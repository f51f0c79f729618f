"""How Alembic meets our tables: on the connection and in the transaction that `upgrade` gives it."""

from alembic import context

from db.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
context.run_migrations()
