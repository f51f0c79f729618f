"""Who may read a restricted record, seals over the chains, working time, caseload meetings, jottings."""

import sqlalchemy as sa
from alembic import op

from db.types import Doc, Id, Utc, Words

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TRIGGERS = (
    "CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal "
    "BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END",
    "CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal "
    "BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END",
)


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("id", Id(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("by", Id(), nullable=False),
        sa.Column("heads", Doc(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("n", name=op.f("uq_seal_n")),
    )
    op.create_table(
        "caseload_review",
        sa.Column("team_id", Id(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", Words(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.Column("agreed", Doc(), nullable=False),
        sa.Column("staffing", Words(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.Column("updated_by", Id(), nullable=False),
        sa.Column("device_id", Id(), nullable=False),
        sa.Column("deleted_at", Utc(), nullable=True),
        sa.Column("deleted_by", Id(), nullable=True),
        sa.Column("delete_reason", Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["team.id"],
            name=op.f("fk_caseload_review_team_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_review")),
    )
    op.create_index(op.f("ix_caseload_review_team_id"), "caseload_review", ["team_id"], unique=False)
    op.create_table(
        "leave",
        sa.Column("worker_id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("why", Words(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.Column("updated_by", Id(), nullable=False),
        sa.Column("device_id", Id(), nullable=False),
        sa.Column("deleted_at", Utc(), nullable=True),
        sa.Column("deleted_by", Id(), nullable=True),
        sa.Column("delete_reason", Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_leave_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
    )
    op.create_index(op.f("ix_leave_worker_id"), "leave", ["worker_id"], unique=False)
    op.create_table(
        "access_grant",
        sa.Column("worker_id", Id(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("why", Words(), nullable=False),
        sa.Column("from_at", Utc(), nullable=False),
        sa.Column("until_at", Utc(), nullable=True),
        sa.Column("reviewed_at", Utc(), nullable=True),
        sa.Column("reviewed_by", Id(), nullable=True),
        sa.Column("finding", Words(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.Column("updated_by", Id(), nullable=False),
        sa.Column("device_id", Id(), nullable=False),
        sa.Column("deleted_at", Utc(), nullable=True),
        sa.Column("deleted_by", Id(), nullable=True),
        sa.Column("delete_reason", Words(), nullable=True),
        sa.Column("child_id", Id(), nullable=False),
        sa.CheckConstraint("kind IN ('named', 'emergency')", name=op.f("ck_access_grant_kind")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_access_grant_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["worker.id"],
            name=op.f("fk_access_grant_reviewed_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_access_grant_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grant")),
    )
    op.create_index("ix_access_grant_child_id_id", "access_grant", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_access_grant_worker_id", "access_grant", ["worker_id", "until_at", "child_id"], unique=False
    )
    op.create_table(
        "jotting",
        sa.Column("id", Id(), nullable=False),
        sa.Column("author", Id(), nullable=False),
        sa.Column("form", Words(), nullable=False),
        sa.Column("place", Words(), nullable=False),
        sa.Column("child_id", Id(), nullable=True),
        sa.Column("title", Words(), nullable=False),
        sa.Column("screen", Words(), nullable=False),
        sa.Column("answers", Doc(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.Column("discarded_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_jotting_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jotting")),
    )
    op.create_index("ix_jotting_author", "jotting", ["author", "form", "place"], unique=False)
    op.create_index("ix_jotting_child_id", "jotting", ["child_id"], unique=False)
    op.add_column("chain_head", sa.Column("sealed_n", sa.Integer(), nullable=True))
    op.add_column("child", sa.Column("restricted", Words(), nullable=True))
    op.add_column("child", sa.Column("ask_id", Id(), nullable=True))
    op.create_index(
        "ix_child_restricted",
        "child",
        ["restricted"],
        unique=False,
        sqlite_where=sa.text("restricted IS NOT NULL"),
        postgresql_where=sa.text("restricted IS NOT NULL"),
    )
    op.create_index(
        "ix_note_seen",
        "note",
        ["child_id", "happened_on", "seen", "deleted_at"],
        unique=False,
        sqlite_where=sa.text("seen IS 1 AND deleted_at IS NULL"),
        postgresql_where=sa.text("seen AND deleted_at IS NULL"),
    )
    op.create_index(
        "ix_clock_running",
        "clock",
        ["child_id", "due_on", "kind", "started_on", "red_after", "what", "met_on"],
        unique=False,
        sqlite_where=sa.text("met_on IS NULL"),
        postgresql_where=sa.text("met_on IS NULL"),
    )
    op.add_column("worker", sa.Column("fte", sa.Numeric(precision=18, scale=4), nullable=True))
    op.add_column("worker", sa.Column("nqsw_from", sa.Date(), nullable=True))

    for statement in _TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_clock_running", table_name="clock")
    op.drop_index("ix_note_seen", table_name="note")
    op.drop_column("worker", "nqsw_from")
    op.drop_column("worker", "fte")
    op.drop_index("ix_child_restricted", table_name="child")
    op.drop_column("child", "ask_id")
    op.drop_column("child", "restricted")
    op.drop_column("chain_head", "sealed_n")
    op.drop_index("ix_jotting_child_id", table_name="jotting")
    op.drop_index("ix_jotting_author", table_name="jotting")
    op.drop_table("jotting")
    op.drop_index("ix_access_grant_worker_id", table_name="access_grant")
    op.drop_index("ix_access_grant_child_id_id", table_name="access_grant")
    op.drop_table("access_grant")
    op.drop_index(op.f("ix_leave_worker_id"), table_name="leave")
    op.drop_table("leave")
    op.drop_index(op.f("ix_caseload_review_team_id"), table_name="caseload_review")
    op.drop_table("caseload_review")
    op.drop_table("seal")
