"""Early help: episodes, consents, lead practitioners, actions, measures; licences of stars."""

import sqlalchemy as sa
from alembic import op

from db.types import Doc, Id, Utc, Words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "star_licence",
        sa.Column("owner", Words(), nullable=False),
        sa.Column("organisation", Words(), nullable=False),
        sa.Column("number", Words(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("approval", Words(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("users", sa.Integer(), nullable=True),
        sa.Column("trained", Doc(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_licence")),
    )
    op.create_table(
        "star_pack",
        sa.Column("pack_key", Words(), nullable=False),
        sa.Column("definition", Doc(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_star_pack")),
        sa.UniqueConstraint("pack_key", name=op.f("uq_star_pack_pack_key")),
    )
    op.create_table(
        "goal",
        sa.Column("words", Words(), nullable=False),
        sa.Column("whose", Words(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", Words(), nullable=False),
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
            ["child_id"], ["child.id"], name=op.f("fk_goal_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index("ix_goal_child_id_id", "goal", ["child_id", "id"], unique=False)
    op.create_table(
        "help_episode",
        sa.Column("family_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("route", Words(), nullable=False),
        sa.Column("asked_by", Words(), nullable=False),
        sa.Column("agency", Words(), nullable=False),
        sa.Column("reasons", Doc(), nullable=False),
        sa.Column("needed_on", sa.Date(), nullable=True),
        sa.Column("searched_on", sa.Date(), nullable=True),
        sa.Column("searched", Words(), nullable=False),
        sa.Column("status", Words(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closure", Words(), nullable=False),
        sa.Column("follows_id", Id(), nullable=True),
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
            "status IN ('draft', 'awaiting_consent', 'in_assessment', 'with_manager', 'complete', "
            "'plan_active', 'in_review', "
            "'closing', 'closed', 'declined', 'consent_withdrawn', 'paused', 'stepped_up', "
            "'transferred', 'void')",
            name=op.f("ck_help_episode_status"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_help_episode_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"],
            ["help_episode.id"],
            name=op.f("fk_help_episode_follows_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_episode")),
    )
    op.create_index("ix_help_episode_child_id_id", "help_episode", ["child_id", "id"], unique=False)
    op.create_index("ix_help_episode_family_id", "help_episode", ["family_id"], unique=False)
    op.create_index(
        "ix_help_episode_open",
        "help_episode",
        ["opened_on", "status", "child_id"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_table(
        "action",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("group_id", Id(), nullable=True),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("revision_id", Id(), nullable=True),
        sa.Column("need", Words(), nullable=False),
        sa.Column("area", Words(), nullable=False),
        sa.Column("whom", Words(), nullable=False),
        sa.Column("outcome", Words(), nullable=False),
        sa.Column("what", Words(), nullable=False),
        sa.Column("who", Words(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("agency", Words(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("measure", Words(), nullable=False),
        sa.Column("status", Words(), nullable=False),
        sa.Column("colour", Words(), nullable=False),
        sa.Column("colour_because", Words(), nullable=False),
        sa.Column("result", Words(), nullable=False),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("evidence", Words(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
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
            "status IN ('not_started', 'in_progress', 'done', 'partly', 'not_done', 'not_needed')",
            name=op.f("ck_action_status"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_action_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_action_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_action_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index("ix_action_child_id_id", "action", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_action_owner",
        "action",
        ["worker_id", "by_on", "child_id"],
        unique=False,
        sqlite_where=sa.text("done_on IS NULL"),
        postgresql_where=sa.text("done_on IS NULL"),
    )
    op.create_table(
        "consent",
        sa.Column("episode_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("person", Words(), nullable=False),
        sa.Column("capacity", Words(), nullable=False),
        sa.Column("moment", Words(), nullable=False),
        sa.Column("purposes", Doc(), nullable=False),
        sa.Column("allowed", Doc(), nullable=False),
        sa.Column("refused", Doc(), nullable=False),
        sa.Column("decision", Words(), nullable=False),
        sa.Column("how", Words(), nullable=False),
        sa.Column("witness", Words(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("time", Words(), nullable=False),
        sa.Column("explained", sa.Boolean(), nullable=True),
        sa.Column("explained_how", Words(), nullable=False),
        sa.Column("competence", Words(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("because", Words(), nullable=False),
        sa.Column("told", Words(), nullable=False),
        sa.Column("safeguarding", Words(), nullable=False),
        sa.Column("carries_on", Words(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("override_because", Words(), nullable=False),
        sa.Column("override_by", Words(), nullable=False),
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
            "decision IN ('given', 'limits', 'refused', 'withdrawn', 'not_sought', 'lapsed')",
            name=op.f("ck_consent_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_consent_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["help_episode.id"],
            name=op.f("fk_consent_episode_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_consent_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_child_id_id", "consent", ["child_id", "id"], unique=False)
    op.create_table(
        "help_step",
        sa.Column("episode_id", Id(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("was", Words(), nullable=False),
        sa.Column("now", Words(), nullable=False),
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
            name=op.f("fk_help_step_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["help_episode.id"],
            name=op.f("fk_help_step_episode_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_step")),
    )
    op.create_index("ix_help_step_child_id_id", "help_step", ["child_id", "id"], unique=False)
    op.create_table(
        "lead_practitioner",
        sa.Column("episode_id", Id(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("name", Words(), nullable=False),
        sa.Column("agency", Words(), nullable=False),
        sa.Column("contact", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("handover", Words(), nullable=False),
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
            name=op.f("fk_lead_practitioner_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["help_episode.id"],
            name=op.f("fk_lead_practitioner_episode_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_lead_practitioner_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_practitioner")),
    )
    op.create_index("ix_lead_practitioner_child_id_id", "lead_practitioner", ["child_id", "id"], unique=False)
    op.create_table(
        "measure",
        sa.Column("tool", Words(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("informant", Words(), nullable=False),
        sa.Column("subject", Words(), nullable=False),
        sa.Column("goal_id", Id(), nullable=True),
        sa.Column("scores", Doc(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("no_score", Words(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.Column("replaces_id", Id(), nullable=True),
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
        sa.CheckConstraint("tool IN ('sdq', 'goal', 'scale')", name=op.f("ck_measure_tool")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_measure_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_measure_goal_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index("ix_measure_child_id_id", "measure", ["child_id", "id"], unique=False)
    op.create_table(
        "action_step",
        sa.Column("action_id", Id(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("status", Words(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.Column("was_by_on", sa.Date(), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("revision_id", Id(), nullable=True),
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
            ["action_id"],
            ["action.id"],
            name=op.f("fk_action_step_action_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_action_step_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_action_step_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_step")),
    )
    op.create_index("ix_action_step_child_id_id", "action_step", ["child_id", "id"], unique=False)
    op.add_column("revision", sa.Column("episode_id", Id(), nullable=True))
    op.add_column("revision", sa.Column("group_id", Id(), nullable=True))
    op.create_index(op.f("ix_revision_group_id"), "revision", ["group_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_revision_group_id"), table_name="revision")
    op.drop_column("revision", "group_id")
    op.drop_column("revision", "episode_id")
    op.drop_index("ix_action_step_child_id_id", table_name="action_step")
    op.drop_table("action_step")
    op.drop_index("ix_measure_child_id_id", table_name="measure")
    op.drop_table("measure")
    op.drop_index("ix_lead_practitioner_child_id_id", table_name="lead_practitioner")
    op.drop_table("lead_practitioner")
    op.drop_index("ix_help_step_child_id_id", table_name="help_step")
    op.drop_table("help_step")
    op.drop_index("ix_consent_child_id_id", table_name="consent")
    op.drop_table("consent")
    op.drop_index(
        "ix_action_owner",
        table_name="action",
        sqlite_where=sa.text("done_on IS NULL"),
        postgresql_where=sa.text("done_on IS NULL"),
    )
    op.drop_index("ix_action_child_id_id", table_name="action")
    op.drop_table("action")
    op.drop_index(
        "ix_help_episode_open",
        table_name="help_episode",
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.drop_index("ix_help_episode_family_id", table_name="help_episode")
    op.drop_index("ix_help_episode_child_id_id", table_name="help_episode")
    op.drop_table("help_episode")
    op.drop_index("ix_goal_child_id_id", table_name="goal")
    op.drop_table("goal")
    op.drop_table("star_pack")
    op.drop_table("star_licence")
