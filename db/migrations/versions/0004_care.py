"""Care from day to day, leaving care, the front door, who held which case, supervision, local limits."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import Doc, Id, Utc, Words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SPELL = ("id", "child_id", "worker_id", "team_id", "status", "from_on")
_CHILD = ("id", "worker_id", "team_id", "status", "closed_on", "opened_on", "deleted_at")


def _as_ours(_inspector: object, _table: object, column: dict[str, Any]) -> None:
    if isinstance(column["type"], sa.Numeric) and column["type"].precision == 16:
        column["type"] = Id()  # SQLite reads BINARY(16) back as a number


_KEPT: Any = {"listeners": [("column_reflect", _as_ours)]}


def upgrade() -> None:
    op.create_table(
        "clock_limit",
        sa.Column("clock_id", Words(), nullable=False),
        sa.Column("limit", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_limit")),
        sa.UniqueConstraint("clock_id", "from_on", name=op.f("uq_clock_limit_clock_id_from_on")),
    )
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
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
        sa.CheckConstraint("kind IN ('bank', 'closure', 'removed')", name=op.f("ck_holiday_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("day", name=op.f("uq_holiday_day")),
    )
    op.create_table(
        "supervision_session",
        sa.Column("supervisor_id", Id(), nullable=False),
        sa.Column("supervisee_id", Id(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("cancelled_because", Words(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("wellbeing", Words(), nullable=False),
        sa.Column("workload", Words(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.Column("agreed", Doc(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("supervisor_signed_on", sa.Date(), nullable=True),
        sa.Column("supervisee_signed_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint(
            "kind IN ('personal', 'case', 'group', 'oversight')", name=op.f("ck_supervision_session_kind")
        ),
        sa.ForeignKeyConstraint(
            ["supervisee_id"],
            ["worker.id"],
            name=op.f("fk_supervision_session_supervisee_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"],
            ["worker.id"],
            name=op.f("fk_supervision_session_supervisor_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_session")),
    )
    op.create_index(
        op.f("ix_supervision_session_supervisee_id"), "supervision_session", ["supervisee_id"], unique=False
    )
    op.create_index(
        op.f("ix_supervision_session_supervisor_id"), "supervision_session", ["supervisor_id"], unique=False
    )
    op.create_table(
        "case_spell",
        sa.Column("id", Id(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("status", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("child_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_case_spell_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_spell")),
    )
    op.create_index("ix_case_spell_child_id", "case_spell", ["child_id", "from_on"], unique=False)
    op.create_index(
        "ix_case_spell_team_id",
        "case_spell",
        ["team_id", "from_on", "until_on", "worker_id", "status"],
        unique=False,
    )
    op.create_index(
        "ix_case_spell_worker_id", "case_spell", ["worker_id", "from_on", "until_on", "status"], unique=False
    )
    op.create_table(
        "case_supervision",
        sa.Column("session_id", Id(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("supervisor_id", Id(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("discussion", Words(), nullable=False),
        sa.Column("risk", Words(), nullable=False),
        sa.Column("progress", Words(), nullable=False),
        sa.Column("decision", Words(), nullable=False),
        sa.Column("reflection", Words(), nullable=False),
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
        sa.Column("child_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_case_supervision_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["supervision_session.id"],
            name=op.f("fk_case_supervision_session_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"],
            ["worker.id"],
            name=op.f("fk_case_supervision_supervisor_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_case_supervision_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_supervision")),
    )
    op.create_index("ix_case_supervision_child_id_id", "case_supervision", ["child_id", "id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("group_id", Id(), nullable=True),
        sa.Column("received_at", Utc(), nullable=False),
        sa.Column("method", Words(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("source_name", Words(), nullable=False),
        sa.Column("agency", Words(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("needs", Doc(), nullable=False),
        sa.Column("immediate_risk", sa.Boolean(), nullable=False),
        sa.Column("child_aware", sa.Boolean(), nullable=True),
        sa.Column("parent_aware", sa.Boolean(), nullable=True),
        sa.Column("consent", Words(), nullable=False),
        sa.Column("consent_because", Words(), nullable=False),
        sa.Column("rating", Words(), nullable=False),
        sa.Column("first_rating", Words(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("decided_at", Utc(), nullable=True),
        sa.Column("decided_by", Id(), nullable=True),
        sa.Column("outcomes", Doc(), nullable=False),
        sa.Column("because", Words(), nullable=False),
        sa.Column("destination", Words(), nullable=False),
        sa.Column("told_referrer_at", Utc(), nullable=True),
        sa.Column("duplicate_of_id", Id(), nullable=True),
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
            "consent IN ('', 'given', 'dispensed', 'not_asked')", name=op.f("ck_contact_consent")
        ),
        sa.CheckConstraint("rating IN ('red', 'amber', 'green', 'none')", name=op.f("ck_contact_rating")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_contact_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["worker.id"],
            name=op.f("fk_contact_decided_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_contact_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_child_id_id", "contact", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_contact_open",
        "contact",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("decided_at IS NULL"),
    )
    op.create_index("ix_contact_received_at", "contact", ["received_at"], unique=False)
    op.create_table(
        "family_time",
        sa.Column("person", Words(), nullable=False),
        sa.Column("relationship", Words(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("often", Words(), nullable=False),
        sa.Column("place", Words(), nullable=False),
        sa.Column("by_order", sa.Boolean(), nullable=False),
        sa.Column("supervised_by", Words(), nullable=False),
        sa.Column("risks", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
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
            "kind IN ('direct', 'supervised', 'supported', 'letter', 'phone', 'video', 'refused')",
            name=op.f("ck_family_time_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_family_time_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_time")),
    )
    op.create_index("ix_family_time_child_id_id", "family_time", ["child_id", "id"], unique=False)
    op.create_table(
        "in_touch",
        sa.Column("code", Words(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("how", Words(), nullable=False),
        sa.Column("agreed_by", Words(), nullable=False),
        sa.Column("next_offer_on", sa.Date(), nullable=True),
        sa.Column("words", Words(), nullable=False),
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
            name=op.f("fk_in_touch_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_in_touch")),
    )
    op.create_index("ix_in_touch_child_id_id", "in_touch", ["child_id", "id"], unique=False)
    op.create_table(
        "iro_concern",
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("level", Words(), nullable=False),
        sa.Column("concern", Words(), nullable=False),
        sa.Column("raised_with", Words(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("outcome", Words(), nullable=False),
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
            "level IN ('informal', 'worker', 'manager', 'head', 'director', 'cafcass')",
            name=op.f("ck_iro_concern_level"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_iro_concern_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_iro_concern")),
    )
    op.create_index("ix_iro_concern_child_id_id", "iro_concern", ["child_id", "id"], unique=False)
    op.create_table(
        "leaver_activity",
        sa.Column("code", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("words", Words(), nullable=False),
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
            name=op.f("fk_leaver_activity_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaver_activity")),
    )
    op.create_index("ix_leaver_activity_child_id_id", "leaver_activity", ["child_id", "id"], unique=False)
    op.create_table(
        "leaver_home",
        sa.Column("kind", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("suitable", sa.Boolean(), nullable=True),
        sa.Column("because", Words(), nullable=False),
        sa.Column("provided", sa.Boolean(), nullable=False),
        sa.Column("lines", Words(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("landlord", Words(), nullable=False),
        sa.Column("tenancy", Words(), nullable=False),
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
            name=op.f("fk_leaver_home_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaver_home")),
    )
    op.create_index("ix_leaver_home_child_id_id", "leaver_home", ["child_id", "id"], unique=False)
    op.create_table(
        "leaver_money",
        sa.Column("kind", Words(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("pence", sa.Integer(), nullable=False),
        sa.Column("what", Words(), nullable=False),
        sa.Column("because", Words(), nullable=False),
        sa.Column("approved_by", Words(), nullable=False),
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
        sa.CheckConstraint("kind IN ('grant', 'spent')", name=op.f("ck_leaver_money_kind")),
        sa.CheckConstraint("pence > 0", name=op.f("ck_leaver_money_pence")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_leaver_money_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaver_money")),
    )
    op.create_index("ix_leaver_money_child_id_id", "leaver_money", ["child_id", "id"], unique=False)
    op.create_table(
        "leaving_event",
        sa.Column("kind", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("words", Words(), nullable=False),
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
            "kind IN ('settled_home', 'detained', 'education', 'education_asked', "
            "'adviser_asked', 'special_guardianship', 'offer_after_21', 'birthday_prepared', "
            "'review_asked')",
            name=op.f("ck_leaving_event_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_leaving_event_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving_event")),
    )
    op.create_index("ix_leaving_event_child_id_id", "leaving_event", ["child_id", "id"], unique=False)
    op.create_table(
        "liberty_order",
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
            name=op.f("fk_liberty_order_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liberty_order")),
    )
    op.create_index("ix_liberty_order_child_id_id", "liberty_order", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_liberty_order_child_id_started_on_live",
        "liberty_order",
        ["child_id", "started_on"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "permanence_plan",
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("option", Words(), nullable=False),
        sa.Column("second_option", Words(), nullable=False),
        sa.Column("siblings_together", sa.Boolean(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("words", Words(), nullable=False),
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
            "option IN ('birth_family', 'return_1_month', 'return_6_months', 'return_later', "
            "'relatives', 'foster_to_18', 'residential', 'supported_living', 'adoption', "
            "'special_guardianship', 'child_arrangements', 'other')",
            name=op.f("ck_permanence_plan_option"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_permanence_plan_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permanence_plan")),
    )
    op.create_index("ix_permanence_plan_child_id_id", "permanence_plan", ["child_id", "id"], unique=False)
    op.create_table(
        "proceedings",
        sa.Column("kind", Words(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("court", Words(), nullable=False),
        sa.Column("number", Words(), nullable=False),
        sa.Column("guardian", Words(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extended_because", Words(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("order_made", Words(), nullable=False),
        sa.Column("outcome", Words(), nullable=False),
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
            "kind IN ('pre', 'care', 'supervision', 'placement_order', 'adoption', 'discharge', 'other')",
            name=op.f("ck_proceedings_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_proceedings_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceedings")),
    )
    op.create_index("ix_proceedings_child_id_id", "proceedings", ["child_id", "id"], unique=False)
    op.create_table(
        "review_asked",
        sa.Column("reason", Words(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("place", Words(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column("report_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("words", Words(), nullable=False),
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
            "reason IN ('timetable', 'iro', 'unsafe', 'move', 'release', 'leaving', "
            "'disruption', 'missing', 'allegation', 'court', 'child', 'family', 'change')",
            name=op.f("ck_review_asked_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_review_asked_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_asked")),
    )
    op.create_index("ix_review_asked_child_id_id", "review_asked", ["child_id", "id"], unique=False)
    op.create_table(
        "status_override",
        sa.Column("category", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
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
        sa.CheckConstraint(
            "category IN ('none', 'looked_after', 'eligible', 'relevant', 'former_relevant', "
            "'qualifying', 'closed')",
            name=op.f("ck_status_override_category"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_status_override_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_override")),
    )
    op.create_index("ix_status_override_child_id_id", "status_override", ["child_id", "id"], unique=False)
    op.create_table(
        "agency_check",
        sa.Column("contact_id", Id(), nullable=False),
        sa.Column("agency", Words(), nullable=False),
        sa.Column("asked_at", Utc(), nullable=False),
        sa.Column("answered_at", Utc(), nullable=True),
        sa.Column("result", Words(), nullable=False),
        sa.Column("words", Words(), nullable=False),
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
            "result IN ('', 'known', 'not_known', 'information', 'declined')",
            name=op.f("ck_agency_check_result"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_agency_check_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_agency_check_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_check")),
    )
    op.create_index("ix_agency_check_child_id_id", "agency_check", ["child_id", "id"], unique=False)
    op.create_table(
        "family_time_held",
        sa.Column("family_time_id", Id(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("outcome", Words(), nullable=False),
        sa.Column("child_view", Words(), nullable=False),
        sa.Column("words", Words(), nullable=False),
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
            "outcome IN ('held', 'cancelled_family', 'cancelled_child', 'cancelled_us', 'not_attended')",
            name=op.f("ck_family_time_held_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_family_time_held_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["family_time_id"],
            ["family_time.id"],
            name=op.f("fk_family_time_held_family_time_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_time_held")),
    )
    op.create_index("ix_family_time_held_child_id_id", "family_time_held", ["child_id", "id"], unique=False)
    op.create_table(
        "health_event",
        sa.Column("kind", Words(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("outcome", Words(), nullable=False),
        sa.Column("by_whom", Words(), nullable=False),
        sa.Column("profession", Words(), nullable=False),
        sa.Column("place", Words(), nullable=False),
        sa.Column("report_on", sa.Date(), nullable=True),
        sa.Column("up_to_date", sa.Boolean(), nullable=True),
        sa.Column("words", Words(), nullable=False),
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
        sa.CheckConstraint(
            "kind IN ('initial', 'review', 'dental', 'optician', 'immunisations', 'development', 'other')",
            name=op.f("ck_health_event_kind"),
        ),
        sa.CheckConstraint(
            "outcome IN ('done', 'refused', 'not_attended', 'not_needed')",
            name=op.f("ck_health_event_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_health_event_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_health_event_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_event")),
    )
    op.create_index("ix_health_event_child_id_id", "health_event", ["child_id", "id"], unique=False)
    op.create_table(
        "hearing",
        sa.Column("proceedings_id", Id(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("directions", Words(), nullable=False),
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
            "kind IN ('first', 'case_management', 'issues_resolution', 'final', 'other')",
            name=op.f("ck_hearing_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_hearing_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["proceedings_id"],
            ["proceedings.id"],
            name=op.f("fk_hearing_proceedings_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    op.create_index("ix_hearing_child_id_id", "hearing", ["child_id", "id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("episode_id", Id(), nullable=False),
        sa.Column("carers", Words(), nullable=False),
        sa.Column("home_name", Words(), nullable=False),
        sa.Column("lines", Words(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("phone", Words(), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("in_area", sa.Boolean(), nullable=True),
        sa.Column("adjoining", sa.Boolean(), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("approval", Words(), nullable=False),
        sa.Column("approved_by", Words(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("notified", Words(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("ended_without_notice", sa.Boolean(), nullable=False),
        sa.Column("to_18_from", sa.Date(), nullable=True),
        sa.Column("six_monthly_from", sa.Date(), nullable=True),
        sa.Column("before_assessment", sa.Boolean(), nullable=False),
        sa.Column("temporary_approval", sa.Boolean(), nullable=False),
        sa.Column("other_body", sa.Boolean(), nullable=False),
        sa.Column("words", Words(), nullable=False),
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
            "approval IN ('', 'nominated_officer', 'director')", name=op.f("ck_placement_approval")
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_placement_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["episode.id"],
            name=op.f("fk_placement_episode_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index("ix_placement_child_id_id", "placement", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_placement_episode_id_live",
        "placement",
        ["episode_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "plan_approval",
        sa.Column("revision_id", Id(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", Words(), nullable=False),
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
        sa.CheckConstraint("kind IN ('approved', 'returned')", name=op.f("ck_plan_approval_kind")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_plan_approval_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_plan_approval_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_approval")),
    )
    op.create_index("ix_plan_approval_child_id_id", "plan_approval", ["child_id", "id"], unique=False)
    op.create_index("ix_plan_approval_revision_id", "plan_approval", ["revision_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("contact_id", Id(), nullable=True),
        sa.Column("received_at", Utc(), nullable=False),
        sa.Column("source", Words(), nullable=False),
        sa.Column("source_name", Words(), nullable=False),
        sa.Column("need", Words(), nullable=False),
        sa.Column("decided_at", Utc(), nullable=True),
        sa.Column("decided_by", Id(), nullable=True),
        sa.Column("outcome", Words(), nullable=False),
        sa.Column("no_further_action", sa.Boolean(), nullable=False),
        sa.Column("because", Words(), nullable=False),
        sa.Column("told_referrer_at", Utc(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
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
            name=op.f("fk_referral_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
            name=op.f("fk_referral_contact_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["worker.id"],
            name=op.f("fk_referral_decided_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index("ix_referral_child_id_id", "referral", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_referral_open",
        "referral",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("decided_at IS NULL"),
    )
    op.create_index("ix_referral_received_at", "referral", ["received_at"], unique=False)
    op.create_table(
        "return_talk",
        sa.Column("missing_id", Id(), nullable=False),
        sa.Column("offered_at", Utc(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("held_at", Utc(), nullable=True),
        sa.Column("held_by", Words(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=True),
        sa.Column("reasons", Words(), nullable=False),
        sa.Column("where_been", Words(), nullable=False),
        sa.Column("with_whom", Words(), nullable=False),
        sa.Column("harm", Words(), nullable=False),
        sa.Column("push_pull", Words(), nullable=False),
        sa.Column("plan", Words(), nullable=False),
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
            ["child_id"],
            ["child.id"],
            name=op.f("fk_return_talk_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["missing_id"],
            ["missing_period.id"],
            name=op.f("fk_return_talk_missing_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_return_talk_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_talk")),
    )
    op.create_index("ix_return_talk_child_id_id", "return_talk", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_return_talk_missing_id_live",
        "return_talk",
        ["missing_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "assessment",
        sa.Column("referral_id", Id(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("checkpoint_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", Id(), nullable=True),
        sa.Column("checkpoint_words", Words(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("seen_alone", sa.Boolean(), nullable=False),
        sa.Column("need", Words(), nullable=False),
        sa.Column("factors", Doc(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("authorised_by", Id(), nullable=True),
        sa.Column("manager_words", Words(), nullable=False),
        sa.Column("outcomes", Doc(), nullable=False),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("extended_because", Words(), nullable=False),
        sa.Column("abandoned_on", sa.Date(), nullable=True),
        sa.Column("abandoned_because", Words(), nullable=False),
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
            ["authorised_by"],
            ["worker.id"],
            name=op.f("fk_assessment_authorised_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"],
            ["worker.id"],
            name=op.f("fk_assessment_checked_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_assessment_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_assessment_referral_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_assessment_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_assessment_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_child_id_id", "assessment", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_assessment_open",
        "assessment",
        ["started_on"],
        unique=False,
        sqlite_where=sa.text("authorised_on IS NULL"),
    )
    with op.batch_alter_table("adoption", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_adoption_child_id"), type_="unique")
    op.create_index(
        "ix_adoption_child_id_live",
        "adoption",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("adoption_decision", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_adoption_decision_child_id_decided_on"), type_="unique")
    op.create_index(
        "ix_adoption_decision_child_id_decided_on_live",
        "adoption_decision",
        ["child_id", "decided_on"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("care_leaver_year", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_care_leaver_year_child_id_year"), type_="unique")
    op.create_index(
        "ix_care_leaver_year_child_id_year_live",
        "care_leaver_year",
        ["child_id", "year"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("episode", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_episode_child_id_started_on"), type_="unique")
    op.create_index(
        "ix_episode_child_id_started_on_live",
        "episode",
        ["child_id", "started_on"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("health_year", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_health_year_child_id_year"), type_="unique")
    op.create_index(
        "ix_health_year_child_id_year_live",
        "health_year",
        ["child_id", "year"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.add_column("lac_review", sa.Column("reason", Words(), nullable=True))
    op.add_column("lac_review", sa.Column("chair", Words(), nullable=True))
    op.add_column("lac_review", sa.Column("place", Words(), nullable=True))
    op.add_column("lac_review", sa.Column("spoke_on", sa.Date(), nullable=True))
    op.add_column("lac_review", sa.Column("decisions_sent_on", sa.Date(), nullable=True))
    op.add_column("lac_review", sa.Column("record_sent_on", sa.Date(), nullable=True))
    op.add_column("lac_review", sa.Column("revision_id", Id(), nullable=True))
    with op.batch_alter_table("lac_review", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_lac_review_child_id_held_on"), type_="unique")
    op.create_index(
        "ix_lac_review_child_id_held_on_live",
        "lac_review",
        ["child_id", "held_on"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.add_column("missing_period", sa.Column("left_at", Utc(), nullable=True))
    op.add_column("missing_period", sa.Column("returned_at", Utc(), nullable=True))
    op.add_column("missing_period", sa.Column("police_told_at", Utc(), nullable=True))
    op.add_column("missing_period", sa.Column("police_ref", Words(), nullable=True))
    op.add_column("missing_period", sa.Column("words", Words(), nullable=True))
    with op.batch_alter_table("missing_period", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_missing_period_child_id_started_on_kind"), type_="unique")
    op.create_index(
        "ix_missing_period_child_id_started_on_kind_live",
        "missing_period",
        ["child_id", "started_on", "kind"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.add_column("note", sa.Column("bedroom_seen", sa.Boolean(), nullable=True))
    op.add_column("note", sa.Column("why_not_alone", Words(), nullable=True))
    op.add_column("note", sa.Column("where_seen", Words(), nullable=True))
    op.add_column("note", sa.Column("present", Words(), nullable=True))
    op.add_column("note", sa.Column("purpose", Words(), nullable=True))
    op.add_column("note", sa.Column("worries", Words(), nullable=True))
    op.add_column("note", sa.Column("planned", sa.Boolean(), nullable=True))
    op.add_column("note", sa.Column("method", Words(), nullable=True))
    op.add_column("note", sa.Column("mood", sa.Integer(), nullable=True))
    with op.batch_alter_table("previous_permanence", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_previous_permanence_child_id"), type_="unique")
    op.create_index(
        "ix_previous_permanence_child_id_live",
        "previous_permanence",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("uasc", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_uasc_child_id"), type_="unique")
    op.create_index(
        "ix_uasc_child_id_live",
        "uasc",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("worker_spell", reflect_kwargs=_KEPT) as batch:
        batch.drop_constraint(op.f("uq_worker_spell_child_id_source_ref_started_on"), type_="unique")
    op.create_index(
        "ix_worker_spell_child_id_source_ref_started_on_live",
        "worker_spell",
        ["child_id", "source_ref", "started_on"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    # Who holds a child now is taken to have held it since it was opened: nothing older is known by query.
    spell, child = sa.table("case_spell", *map(sa.column, _SPELL)), sa.table("child", *map(sa.column, _CHILD))
    some_id = sa.func.randomblob(16) if op.get_bind().dialect.name == "sqlite" else sa.func.gen_random_uuid()
    status = sa.case((child.c.closed_on.is_(None), child.c.status), else_="closed")
    standing = sa.select(some_id, child.c.id, child.c.worker_id, child.c.team_id, status, child.c.opened_on)
    op.execute(spell.insert().from_select(list(_SPELL), standing.where(child.c.deleted_at.is_(None))))


def downgrade() -> None:
    op.drop_index(
        "ix_worker_spell_child_id_source_ref_started_on_live",
        table_name="worker_spell",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("worker_spell", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(
            op.f("uq_worker_spell_child_id_source_ref_started_on"), ["child_id", "source_ref", "started_on"]
        )
    op.drop_index(
        "ix_uasc_child_id_live",
        table_name="uasc",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("uasc", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(op.f("uq_uasc_child_id"), ["child_id"])
    op.drop_index(
        "ix_previous_permanence_child_id_live",
        table_name="previous_permanence",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("previous_permanence", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(op.f("uq_previous_permanence_child_id"), ["child_id"])
    op.drop_column("note", "mood")
    op.drop_column("note", "method")
    op.drop_column("note", "planned")
    op.drop_column("note", "worries")
    op.drop_column("note", "purpose")
    op.drop_column("note", "present")
    op.drop_column("note", "where_seen")
    op.drop_column("note", "why_not_alone")
    op.drop_column("note", "bedroom_seen")
    op.drop_index(
        "ix_missing_period_child_id_started_on_kind_live",
        table_name="missing_period",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("missing_period", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(
            op.f("uq_missing_period_child_id_started_on_kind"), ["child_id", "started_on", "kind"]
        )
    op.drop_column("missing_period", "words")
    op.drop_column("missing_period", "police_ref")
    op.drop_column("missing_period", "police_told_at")
    op.drop_column("missing_period", "returned_at")
    op.drop_column("missing_period", "left_at")
    op.drop_index(
        "ix_lac_review_child_id_held_on_live",
        table_name="lac_review",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("lac_review", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(op.f("uq_lac_review_child_id_held_on"), ["child_id", "held_on"])
    op.drop_column("lac_review", "revision_id")
    op.drop_column("lac_review", "record_sent_on")
    op.drop_column("lac_review", "decisions_sent_on")
    op.drop_column("lac_review", "spoke_on")
    op.drop_column("lac_review", "place")
    op.drop_column("lac_review", "chair")
    op.drop_column("lac_review", "reason")
    op.drop_index(
        "ix_health_year_child_id_year_live",
        table_name="health_year",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("health_year", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(op.f("uq_health_year_child_id_year"), ["child_id", "year"])
    op.drop_index(
        "ix_episode_child_id_started_on_live",
        table_name="episode",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("episode", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(op.f("uq_episode_child_id_started_on"), ["child_id", "started_on"])
    op.drop_index(
        "ix_care_leaver_year_child_id_year_live",
        table_name="care_leaver_year",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("care_leaver_year", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(op.f("uq_care_leaver_year_child_id_year"), ["child_id", "year"])
    op.drop_index(
        "ix_adoption_decision_child_id_decided_on_live",
        table_name="adoption_decision",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("adoption_decision", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(
            op.f("uq_adoption_decision_child_id_decided_on"), ["child_id", "decided_on"]
        )
    op.drop_index(
        "ix_adoption_child_id_live",
        table_name="adoption",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    with op.batch_alter_table("adoption", reflect_kwargs=_KEPT) as batch:
        batch.create_unique_constraint(op.f("uq_adoption_child_id"), ["child_id"])
    op.drop_index(
        "ix_assessment_open", table_name="assessment", sqlite_where=sa.text("authorised_on IS NULL")
    )
    op.drop_index("ix_assessment_child_id_id", table_name="assessment")
    op.drop_table("assessment")
    op.drop_index(
        "ix_return_talk_missing_id_live",
        table_name="return_talk",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index("ix_return_talk_child_id_id", table_name="return_talk")
    op.drop_table("return_talk")
    op.drop_index("ix_referral_received_at", table_name="referral")
    op.drop_index("ix_referral_open", table_name="referral", sqlite_where=sa.text("decided_at IS NULL"))
    op.drop_index("ix_referral_child_id_id", table_name="referral")
    op.drop_table("referral")
    op.drop_index("ix_plan_approval_revision_id", table_name="plan_approval")
    op.drop_index("ix_plan_approval_child_id_id", table_name="plan_approval")
    op.drop_table("plan_approval")
    op.drop_index(
        "ix_placement_episode_id_live",
        table_name="placement",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index("ix_placement_child_id_id", table_name="placement")
    op.drop_table("placement")
    op.drop_index("ix_hearing_child_id_id", table_name="hearing")
    op.drop_table("hearing")
    op.drop_index("ix_health_event_child_id_id", table_name="health_event")
    op.drop_table("health_event")
    op.drop_index("ix_family_time_held_child_id_id", table_name="family_time_held")
    op.drop_table("family_time_held")
    op.drop_index("ix_agency_check_child_id_id", table_name="agency_check")
    op.drop_table("agency_check")
    op.drop_index("ix_status_override_child_id_id", table_name="status_override")
    op.drop_table("status_override")
    op.drop_index("ix_review_asked_child_id_id", table_name="review_asked")
    op.drop_table("review_asked")
    op.drop_index("ix_proceedings_child_id_id", table_name="proceedings")
    op.drop_table("proceedings")
    op.drop_index("ix_permanence_plan_child_id_id", table_name="permanence_plan")
    op.drop_table("permanence_plan")
    op.drop_index(
        "ix_liberty_order_child_id_started_on_live",
        table_name="liberty_order",
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index("ix_liberty_order_child_id_id", table_name="liberty_order")
    op.drop_table("liberty_order")
    op.drop_index("ix_leaving_event_child_id_id", table_name="leaving_event")
    op.drop_table("leaving_event")
    op.drop_index("ix_leaver_money_child_id_id", table_name="leaver_money")
    op.drop_table("leaver_money")
    op.drop_index("ix_leaver_home_child_id_id", table_name="leaver_home")
    op.drop_table("leaver_home")
    op.drop_index("ix_leaver_activity_child_id_id", table_name="leaver_activity")
    op.drop_table("leaver_activity")
    op.drop_index("ix_iro_concern_child_id_id", table_name="iro_concern")
    op.drop_table("iro_concern")
    op.drop_index("ix_in_touch_child_id_id", table_name="in_touch")
    op.drop_table("in_touch")
    op.drop_index("ix_family_time_child_id_id", table_name="family_time")
    op.drop_table("family_time")
    op.drop_index("ix_contact_received_at", table_name="contact")
    op.drop_index("ix_contact_open", table_name="contact", sqlite_where=sa.text("decided_at IS NULL"))
    op.drop_index("ix_contact_child_id_id", table_name="contact")
    op.drop_table("contact")
    op.drop_index("ix_case_supervision_child_id_id", table_name="case_supervision")
    op.drop_table("case_supervision")
    op.drop_index("ix_case_spell_worker_id", table_name="case_spell")
    op.drop_index("ix_case_spell_team_id", table_name="case_spell")
    op.drop_index("ix_case_spell_child_id", table_name="case_spell")
    op.drop_table("case_spell")
    op.drop_index(op.f("ix_supervision_session_supervisor_id"), table_name="supervision_session")
    op.drop_index(op.f("ix_supervision_session_supervisee_id"), table_name="supervision_session")
    op.drop_table("supervision_session")
    op.drop_table("holiday")
    op.drop_table("clock_limit")
