"""Schooling in typed rows, pupil premium plus, quality assurance of PEPs, terms and rates."""

import sqlalchemy as sa
from alembic import op

from db.types import Doc, Id, Utc, Words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "premium_rate",
        sa.Column("stream", Words(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=True),
        sa.Column("source", Words(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premium_rate")),
        sa.UniqueConstraint("stream", "year", name=op.f("uq_premium_rate_stream_year")),
    )
    op.create_table(
        "term_dates",
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("term", Words(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_dates")),
        sa.UniqueConstraint("school_year", "term", name=op.f("uq_term_dates_school_year_term")),
    )
    op.create_table(
        "alternative_provision",
        sa.Column("name", Words(), nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("commissioner", Words(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_alternative_provision_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alternative_provision")),
    )
    op.create_index(
        "ix_alternative_provision_child_id_id", "alternative_provision", ["child_id", "id"], unique=False
    )
    op.create_table(
        "attainment",
        sa.Column("school_id", Id(), nullable=True),
        sa.Column("subject", Words(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("term", Words(), nullable=False),
        sa.Column("framework", Words(), nullable=False),
        sa.Column("result", Words(), nullable=False),
        sa.Column("judgement", Words(), nullable=False),
        sa.Column("progress", Words(), nullable=False),
        sa.Column("target", Words(), nullable=False),
        sa.Column("comment", Words(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_attainment_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
            name=op.f("fk_attainment_school_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attainment")),
    )
    op.create_index("ix_attainment_child_id_id", "attainment", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_attainment_child_id_subject", "attainment", ["child_id", "subject", "assessed_on"], unique=False
    )
    op.create_table(
        "attendance",
        sa.Column("school_id", Id(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("term", Words(), nullable=False),
        sa.Column("possible", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("authorised", sa.Integer(), nullable=False),
        sa.Column("unauthorised", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
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
        sa.CheckConstraint("term IN ('autumn', 'spring', 'summer')", name=op.f("ck_attendance_term")),
        sa.CheckConstraint("attended BETWEEN 0 AND possible", name=op.f("ck_attendance_attended")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_attendance_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
            name=op.f("fk_attendance_school_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "child_id",
            "school_id",
            "school_year",
            "term",
            name=op.f("uq_attendance_child_id_school_id_school_year_term"),
        ),
    )
    op.create_index("ix_attendance_child_id_id", "attendance", ["child_id", "id"], unique=False)
    op.create_table(
        "reduced_timetable",
        sa.Column("school_id", Id(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("full_minutes", sa.Integer(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("agreed_by", Words(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_reduced_timetable_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
            name=op.f("fk_reduced_timetable_school_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reduced_timetable")),
    )
    op.create_index("ix_reduced_timetable_child_id_id", "reduced_timetable", ["child_id", "id"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("school_id", Id(), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("reasons", Doc(), nullable=False),
        sa.Column("provision_from", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("return_meeting_on", sa.Date(), nullable=True),
        sa.Column("governors_on", sa.Date(), nullable=True),
        sa.Column("outcome", Words(), nullable=False),
        sa.Column("rescinded_on", sa.Date(), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_suspension_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
            name=op.f("fk_suspension_school_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index("ix_suspension_child_id_id", "suspension", ["child_id", "id"], unique=False)
    op.create_table(
        "year_group",
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_year_group_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_year_group")),
        sa.UniqueConstraint("child_id", "school_year", name=op.f("uq_year_group_child_id_school_year")),
    )
    op.create_index("ix_year_group_child_id_id", "year_group", ["child_id", "id"], unique=False)
    op.create_table(
        "pep_step",
        sa.Column("revision_id", Id(), nullable=False),
        sa.Column("state", Words(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("grade", Words(), nullable=False),
        sa.Column("grades", Doc(), nullable=False),
        sa.Column("criteria", Doc(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.Column("mend_by", sa.Date(), nullable=True),
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
        sa.CheckConstraint(
            "state IN ('submitted', 'in_qa', 'returned', 'approved', 'void')", name=op.f("ck_pep_step_state")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_pep_step_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_pep_step_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pep_step")),
    )
    op.create_index("ix_pep_step_child_id_id", "pep_step", ["child_id", "id"], unique=False)
    op.create_index(op.f("ix_pep_step_revision_id"), "pep_step", ["revision_id"], unique=False)
    op.create_table(
        "premium",
        sa.Column("stream", Words(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", Words(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", Id(), nullable=True),
        sa.Column("school_id", Id(), nullable=True),
        sa.Column("targets", Doc(), nullable=False),
        sa.Column("thing", Words(), nullable=False),
        sa.Column("category", Words(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("asked_by", Words(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("decision", Words(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("decided_by", Id(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_because", Words(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("spent", sa.Integer(), nullable=True),
        sa.Column("impact", Words(), nullable=False),
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
        sa.CheckConstraint("stream IN ('early_years', 'school', 'post_16')", name=op.f("ck_premium_stream")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_premium_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["worker.id"],
            name=op.f("fk_premium_decided_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_premium_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
            name=op.f("fk_premium_school_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premium")),
    )
    op.create_index("ix_premium_child_id_id", "premium", ["child_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_premium_child_id_id", table_name="premium")
    op.drop_table("premium")
    op.drop_index(op.f("ix_pep_step_revision_id"), table_name="pep_step")
    op.drop_index("ix_pep_step_child_id_id", table_name="pep_step")
    op.drop_table("pep_step")
    op.drop_index("ix_year_group_child_id_id", table_name="year_group")
    op.drop_table("year_group")
    op.drop_index("ix_suspension_child_id_id", table_name="suspension")
    op.drop_table("suspension")
    op.drop_index("ix_reduced_timetable_child_id_id", table_name="reduced_timetable")
    op.drop_table("reduced_timetable")
    op.drop_index("ix_attendance_child_id_id", table_name="attendance")
    op.drop_table("attendance")
    op.drop_index("ix_attainment_child_id_subject", table_name="attainment")
    op.drop_index("ix_attainment_child_id_id", table_name="attainment")
    op.drop_table("attainment")
    op.drop_index("ix_alternative_provision_child_id_id", table_name="alternative_provision")
    op.drop_table("alternative_provision")
    op.drop_table("term_dates")
    op.drop_table("premium_rate")
