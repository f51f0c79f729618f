"""The first schema."""

import sqlalchemy as sa
from alembic import op

from db.types import Doc, Id, Utc, Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TRIGGERS = (
    "CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, "
    "'history is append-only'); END",
    "CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, "
    "'history is append-only'); END",
    "CREATE TRIGGER look_no_update BEFORE UPDATE ON look BEGIN SELECT RAISE(ABORT, 'look is "
    "append-only'); END",
    "CREATE TRIGGER look_no_delete BEFORE DELETE ON look BEGIN SELECT RAISE(ABORT, 'look is "
    "append-only'); END",
    "CREATE TRIGGER revision_signed BEFORE UPDATE ON revision WHEN OLD.signed_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a signed version is closed'); END",
    "CREATE TRIGGER document_signed BEFORE UPDATE ON document WHEN (SELECT signed_at FROM "
    "revision WHERE id = OLD.revision_id) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a signed "
    "version is closed'); END",
)


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("child_id", Id(), nullable=False),
        sa.Column("chain", Words(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("child_id", "chain", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "form_copy",
        sa.Column("digest", Words(), nullable=False),
        sa.Column("form_key", Words(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_copy")),
        sa.UniqueConstraint("digest", name=op.f("uq_form_copy_digest")),
    )
    op.create_table(
        "history",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", Doc(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("child_id", Id(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("tbl", Words(), nullable=False),
        sa.Column("row_id", Id(), nullable=True),
        sa.Column("act", Words(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("received_at", Utc(), nullable=True),
        sa.Column("by", Id(), nullable=False),
        sa.Column("device_id", Id(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sa.UniqueConstraint("child_id", "n", name=op.f("uq_history_child_id_n")),
        sa.UniqueConstraint("row_id", "version", name=op.f("uq_history_row_id_version")),
    )
    op.create_table(
        "look",
        sa.Column("detail", Doc(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("child_id", Id(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("tbl", Words(), nullable=False),
        sa.Column("row_id", Id(), nullable=True),
        sa.Column("act", Words(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.Column("received_at", Utc(), nullable=True),
        sa.Column("by", Id(), nullable=False),
        sa.Column("device_id", Id(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
        sa.UniqueConstraint("child_id", "n", name=op.f("uq_look_child_id_n")),
    )
    op.create_index("ix_look_by_at", "look", ["by", "at"], unique=False)
    op.create_table(
        "person",
        sa.Column("given", Words(), nullable=False),
        sa.Column("family", Words(), nullable=False),
        sa.Column("sort_name", Words(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("sex", Words(), nullable=False),
        sa.Column("phone", Words(), nullable=False),
        sa.Column("email", Words(), nullable=False),
        sa.Column("address", Words(), nullable=False),
        sa.Column("postcode", Words(), nullable=False),
        sa.Column("organisation", Words(), nullable=False),
        sa.Column("job", Words(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "school",
        sa.Column("name", Words(), nullable=False),
        sa.Column("sort_name", Words(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("urn", Words(), nullable=False),
        sa.Column("town", Words(), nullable=False),
        sa.Column("postcode", Words(), nullable=False),
        sa.Column("phone", Words(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
    )
    op.create_table(
        "setting",
        sa.Column("name", Words(), nullable=False),
        sa.Column("value", Words(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "team",
        sa.Column("name", Words(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
    )
    op.create_table(
        "worker",
        sa.Column("name", Words(), nullable=False),
        sa.Column("sort_name", Words(), nullable=False),
        sa.Column("job", Words(), nullable=False),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("user_name", Words(), nullable=True),
        sa.Column("roles", Doc(), nullable=False),
        sa.Column("phone", Words(), nullable=False),
        sa.Column("email", Words(), nullable=False),
        sa.Column("source_ref", Words(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
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
            ["team_id"], ["team.id"], name=op.f("fk_worker_team_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
        sa.UniqueConstraint("source_ref", name=op.f("uq_worker_source_ref")),
        sa.UniqueConstraint("user_name", name=op.f("uq_worker_user_name")),
    )
    op.create_table(
        "child",
        sa.Column("ref", sa.Integer(), nullable=False),
        sa.Column("source_ref", Words(), nullable=True),
        sa.Column("given", Words(), nullable=False),
        sa.Column("family", Words(), nullable=False),
        sa.Column("known_as", Words(), nullable=False),
        sa.Column("sort_name", Words(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sex", Words(), nullable=False),
        sa.Column("gender", Words(), nullable=False),
        sa.Column("pronouns", Words(), nullable=False),
        sa.Column("ethnicity", Words(), nullable=False),
        sa.Column("first_language", Words(), nullable=False),
        sa.Column("interpreter", Words(), nullable=False),
        sa.Column("religion", Words(), nullable=False),
        sa.Column("nationality", Words(), nullable=False),
        sa.Column("disability", Words(), nullable=False),
        sa.Column("sen_status", Words(), nullable=False),
        sa.Column("alerts", Words(), nullable=False),
        sa.Column("gp", Words(), nullable=False),
        sa.Column("phone", Words(), nullable=False),
        sa.Column("email", Words(), nullable=False),
        sa.Column("upn", Words(), nullable=False),
        sa.Column("uln", Words(), nullable=False),
        sa.Column("nhs_number", Words(), nullable=False),
        sa.Column("is_mother", sa.Boolean(), nullable=True),
        sa.Column("mother_child_born_on", sa.Date(), nullable=True),
        sa.Column("status", Words(), nullable=False),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
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
            "status IN ('early_help', 'child_in_need', 'child_protection', 'looked_after', "
            "'care_leaver', 'closed')",
            name=op.f("ck_child_status"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_child_team_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_child_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sa.UniqueConstraint("ref", name=op.f("uq_child_ref")),
        sa.UniqueConstraint("source_ref", name=op.f("uq_child_source_ref")),
    )
    op.create_index("ix_child_born_on", "child", ["born_on"], unique=False)
    op.create_index("ix_child_sort_name_id", "child", ["sort_name", "id"], unique=False)
    op.create_index("ix_child_team_id_sort_name", "child", ["team_id", "sort_name", "id"], unique=False)
    op.create_index("ix_child_worker_id_sort_name", "child", ["worker_id", "sort_name", "id"], unique=False)
    op.create_table(
        "address",
        sa.Column("lines", Words(), nullable=False),
        sa.Column("postcode", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("withheld", sa.Boolean(), nullable=False),
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
            name=op.f("fk_address_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    op.create_index("ix_address_child_id_id", "address", ["child_id", "id"], unique=False)
    op.create_table(
        "adoption",
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("matched_on", sa.Date(), nullable=True),
        sa.Column("by_foster_carer", sa.Boolean(), nullable=True),
        sa.Column("adopters", sa.Integer(), nullable=True),
        sa.Column("adopters_sex", Words(), nullable=False),
        sa.Column("adopters_legal_status", Words(), nullable=False),
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
            name=op.f("fk_adoption_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("child_id", name=op.f("uq_adoption_child_id")),
    )
    op.create_index("ix_adoption_child_id_id", "adoption", ["child_id", "id"], unique=False)
    op.create_table(
        "adoption_decision",
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason_ended", Words(), nullable=False),
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
            name=op.f("fk_adoption_decision_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_decision")),
        sa.UniqueConstraint("child_id", "decided_on", name=op.f("uq_adoption_decision_child_id_decided_on")),
    )
    op.create_index("ix_adoption_decision_child_id_id", "adoption_decision", ["child_id", "id"], unique=False)
    op.create_table(
        "care_leaver_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("in_touch", Words(), nullable=False),
        sa.Column("activity", Words(), nullable=False),
        sa.Column("accommodation", Words(), nullable=False),
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
            name=op.f("fk_care_leaver_year_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_leaver_year")),
        sa.UniqueConstraint("child_id", "year", name=op.f("uq_care_leaver_year_child_id_year")),
    )
    op.create_index("ix_care_leaver_year_child_id_id", "care_leaver_year", ["child_id", "id"], unique=False)
    op.create_table(
        "clock",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("team_id", Id(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("red_after", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("what", Words(), nullable=False),
        sa.Column("why", Words(), nullable=False),
        sa.Column("limit", Words(), nullable=False),
        sa.Column("child_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_clock_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index("ix_clock_child_id", "clock", ["child_id", "due_on"], unique=False)
    op.create_index("ix_clock_team_id", "clock", ["team_id", "due_on", "kind"], unique=False)
    op.create_index("ix_clock_worker_id", "clock", ["worker_id", "due_on", "kind"], unique=False)
    op.create_table(
        "episode",
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("reason_started", Words(), nullable=False),
        sa.Column("legal_status", Words(), nullable=False),
        sa.Column("category_of_need", Words(), nullable=False),
        sa.Column("placement", Words(), nullable=False),
        sa.Column("provider", Words(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reason_ended", Words(), nullable=False),
        sa.Column("reason_moved", Words(), nullable=False),
        sa.Column("home_postcode", Words(), nullable=False),
        sa.Column("placement_postcode", Words(), nullable=False),
        sa.Column("urn", Words(), nullable=False),
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
            name=op.f("fk_episode_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
        sa.UniqueConstraint("child_id", "started_on", name=op.f("uq_episode_child_id_started_on")),
    )
    op.create_index("ix_episode_child_id_id", "episode", ["child_id", "id"], unique=False)
    op.create_table(
        "former_name",
        sa.Column("given", Words(), nullable=False),
        sa.Column("family", Words(), nullable=False),
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
        sa.Column("child_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_former_name_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
    )
    op.create_index("ix_former_name_child_id_id", "former_name", ["child_id", "id"], unique=False)
    op.create_table(
        "health_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sdq_score", sa.Integer(), nullable=True),
        sa.Column("sdq_reason", Words(), nullable=False),
        sa.Column("convicted", sa.Boolean(), nullable=True),
        sa.Column("health_check", sa.Boolean(), nullable=True),
        sa.Column("immunisations", sa.Boolean(), nullable=True),
        sa.Column("teeth_check", sa.Boolean(), nullable=True),
        sa.Column("health_assessment", sa.Boolean(), nullable=True),
        sa.Column("substance_misuse", sa.Boolean(), nullable=True),
        sa.Column("intervention_received", sa.Boolean(), nullable=True),
        sa.Column("intervention_offered", sa.Boolean(), nullable=True),
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
            name=op.f("fk_health_year_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_year")),
        sa.UniqueConstraint("child_id", "year", name=op.f("uq_health_year_child_id_year")),
    )
    op.create_index("ix_health_year_child_id_id", "health_year", ["child_id", "id"], unique=False)
    op.create_table(
        "involvement",
        sa.Column("worker_id", Id(), nullable=True),
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("role", Words(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_involvement_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_involvement_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_involvement_worker_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
    )
    op.create_index("ix_involvement_child_id_id", "involvement", ["child_id", "id"], unique=False)
    op.create_index(op.f("ix_involvement_person_id"), "involvement", ["person_id"], unique=False)
    op.create_table(
        "lac_review",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participation", Words(), nullable=False),
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
            name=op.f("fk_lac_review_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lac_review")),
        sa.UniqueConstraint("child_id", "held_on", name=op.f("uq_lac_review_child_id_held_on")),
    )
    op.create_index("ix_lac_review_child_id_id", "lac_review", ["child_id", "id"], unique=False)
    op.create_table(
        "missing_period",
        sa.Column("kind", Words(), nullable=False),
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
        sa.CheckConstraint("kind IN ('M', 'A')", name=op.f("ck_missing_period_kind")),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_missing_period_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_period")),
        sa.UniqueConstraint(
            "child_id", "started_on", "kind", name=op.f("uq_missing_period_child_id_started_on_kind")
        ),
    )
    op.create_index("ix_missing_period_child_id_id", "missing_period", ["child_id", "id"], unique=False)
    op.create_table(
        "name_token",
        sa.Column("token", Words(), nullable=False),
        sa.Column("sort_name", Words(), nullable=False),
        sa.Column("child_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_name_token_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("token", "sort_name", "child_id", name=op.f("pk_name_token")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_token_child_id", "name_token", ["child_id", "token"], unique=False)
    op.create_table(
        "note",
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("words", Words(), nullable=False),
        sa.Column("quote", Words(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("seen_alone", sa.Boolean(), nullable=False),
        sa.Column("group_id", Id(), nullable=True),
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
        sa.CheckConstraint(
            "kind IN ('visit', 'call', 'meeting', 'message', 'attempt', 'taf', 'review', "
            "'placement_plan', 'care_plan', 'health', 'dental', 'supervision', 'note')",
            name=op.f("ck_note_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_note_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_child_id_id", "note", ["child_id", "id"], unique=False)
    op.create_table(
        "previous_permanence",
        sa.Column("kind", Words(), nullable=False),
        sa.Column("authority", Words(), nullable=False),
        sa.Column("was_on", Words(), nullable=False),
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
            name=op.f("fk_previous_permanence_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_previous_permanence")),
        sa.UniqueConstraint("child_id", name=op.f("uq_previous_permanence_child_id")),
    )
    op.create_index(
        "ix_previous_permanence_child_id_id", "previous_permanence", ["child_id", "id"], unique=False
    )
    op.create_table(
        "relation",
        sa.Column("person_id", Id(), nullable=True),
        sa.Column("other_child_id", Id(), nullable=True),
        sa.Column("kind", Words(), nullable=False),
        sa.Column("lives_with", sa.Boolean(), nullable=False),
        sa.Column("parental_responsibility", sa.Boolean(), nullable=False),
        sa.Column("emergency_contact", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
            name=op.f("fk_relation_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["other_child_id"],
            ["child.id"],
            name=op.f("fk_relation_other_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_relation_person_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index("ix_relation_child_id_id", "relation", ["child_id", "id"], unique=False)
    op.create_index(op.f("ix_relation_person_id"), "relation", ["person_id"], unique=False)
    op.create_table(
        "revision",
        sa.Column("kind", Words(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form_key", Words(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("form_digest", Words(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("sections_done", sa.Integer(), nullable=False),
        sa.Column("sections_asked", sa.Integer(), nullable=False),
        sa.Column("signed_at", Utc(), nullable=True),
        sa.Column("signed_by", Id(), nullable=True),
        sa.Column("replaces_id", Id(), nullable=True),
        sa.Column("follows_id", Id(), nullable=True),
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
            name=op.f("fk_revision_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"],
            ["worker.id"],
            name=op.f("fk_revision_signed_by"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("child_id", "kind", "number", name=op.f("uq_revision_child_id_kind_number")),
    )
    op.create_index("ix_revision_child_id_id", "revision", ["child_id", "id"], unique=False)
    op.create_index(
        "ix_revision_drafts",
        "revision",
        ["created_by", "started_on", "child_id", "kind"],
        unique=False,
        sqlite_where=sa.text("signed_at IS NULL"),
        postgresql_where=sa.text("signed_at IS NULL"),
    )
    op.create_table(
        "schooling",
        sa.Column("school_id", Id(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("designated_teacher", Words(), nullable=False),
        sa.Column("reason_left", Words(), nullable=False),
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
            name=op.f("fk_schooling_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
            name=op.f("fk_schooling_school_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schooling")),
    )
    op.create_index("ix_schooling_child_id_id", "schooling", ["child_id", "id"], unique=False)
    op.create_table(
        "uasc",
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
            ["child_id"], ["child.id"], name=op.f("fk_uasc_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uasc")),
        sa.UniqueConstraint("child_id", name=op.f("uq_uasc_child_id")),
    )
    op.create_index("ix_uasc_child_id_id", "uasc", ["child_id", "id"], unique=False)
    op.create_table(
        "worker_spell",
        sa.Column("source_ref", Words(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
            name=op.f("fk_worker_spell_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_spell")),
        sa.UniqueConstraint(
            "child_id",
            "source_ref",
            "started_on",
            name=op.f("uq_worker_spell_child_id_source_ref_started_on"),
        ),
    )
    op.create_index("ix_worker_spell_child_id_id", "worker_spell", ["child_id", "id"], unique=False)
    op.create_table(
        "clash",
        sa.Column("revision_id", Id(), nullable=False),
        sa.Column("opened_version", sa.Integer(), nullable=False),
        sa.Column("answers", Doc(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
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
            ["child_id"], ["child.id"], name=op.f("fk_clash_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_clash_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clash")),
    )
    op.create_index("ix_clash_child_id_id", "clash", ["child_id", "id"], unique=False)
    op.create_table(
        "document",
        sa.Column("revision_id", Id(), nullable=False),
        sa.Column("answers", Doc(), nullable=False),
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
            name=op.f("fk_document_child_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_document_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_document_revision_id")),
    )
    op.create_index("ix_document_child_id_id", "document", ["child_id", "id"], unique=False)
    op.create_table(
        "fact",
        sa.Column("id", Id(), nullable=False),
        sa.Column("revision_id", Id(), nullable=False),
        sa.Column("field", Words(), nullable=False),
        sa.Column("is_event", sa.Boolean(), nullable=False),
        sa.Column("code", Words(), nullable=True),
        sa.Column("number", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("child_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_fact_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_fact_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index("ix_fact_child_id_field", "fact", ["child_id", "field"], unique=False)
    op.create_index("ix_fact_revision_id", "fact", ["revision_id"], unique=False)
    op.create_table(
        "typing",
        sa.Column("revision_id", Id(), nullable=False),
        sa.Column("author", Id(), nullable=False),
        sa.Column("answers", Doc(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.Column("child_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"], ["child.id"], name=op.f("fk_typing_child_id"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_typing_revision_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("revision_id", "author", name=op.f("pk_typing")),
    )
    for statement in TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("typing")
    op.drop_index("ix_fact_revision_id", table_name="fact")
    op.drop_index("ix_fact_child_id_field", table_name="fact")
    op.drop_table("fact")
    op.drop_index("ix_document_child_id_id", table_name="document")
    op.drop_table("document")
    op.drop_index("ix_clash_child_id_id", table_name="clash")
    op.drop_table("clash")
    op.drop_index("ix_worker_spell_child_id_id", table_name="worker_spell")
    op.drop_table("worker_spell")
    op.drop_index("ix_uasc_child_id_id", table_name="uasc")
    op.drop_table("uasc")
    op.drop_index("ix_schooling_child_id_id", table_name="schooling")
    op.drop_table("schooling")
    op.drop_index(
        "ix_revision_drafts",
        table_name="revision",
        sqlite_where=sa.text("signed_at IS NULL"),
        postgresql_where=sa.text("signed_at IS NULL"),
    )
    op.drop_index("ix_revision_child_id_id", table_name="revision")
    op.drop_table("revision")
    op.drop_index(op.f("ix_relation_person_id"), table_name="relation")
    op.drop_index("ix_relation_child_id_id", table_name="relation")
    op.drop_table("relation")
    op.drop_index("ix_previous_permanence_child_id_id", table_name="previous_permanence")
    op.drop_table("previous_permanence")
    op.drop_index("ix_note_child_id_id", table_name="note")
    op.drop_table("note")
    op.drop_index("ix_name_token_child_id", table_name="name_token")
    op.drop_table("name_token")
    op.drop_index("ix_missing_period_child_id_id", table_name="missing_period")
    op.drop_table("missing_period")
    op.drop_index("ix_lac_review_child_id_id", table_name="lac_review")
    op.drop_table("lac_review")
    op.drop_index(op.f("ix_involvement_person_id"), table_name="involvement")
    op.drop_index("ix_involvement_child_id_id", table_name="involvement")
    op.drop_table("involvement")
    op.drop_index("ix_health_year_child_id_id", table_name="health_year")
    op.drop_table("health_year")
    op.drop_index("ix_former_name_child_id_id", table_name="former_name")
    op.drop_table("former_name")
    op.drop_index("ix_episode_child_id_id", table_name="episode")
    op.drop_table("episode")
    op.drop_index("ix_clock_worker_id", table_name="clock")
    op.drop_index("ix_clock_team_id", table_name="clock")
    op.drop_index("ix_clock_child_id", table_name="clock")
    op.drop_table("clock")
    op.drop_index("ix_care_leaver_year_child_id_id", table_name="care_leaver_year")
    op.drop_table("care_leaver_year")
    op.drop_index("ix_adoption_decision_child_id_id", table_name="adoption_decision")
    op.drop_table("adoption_decision")
    op.drop_index("ix_adoption_child_id_id", table_name="adoption")
    op.drop_table("adoption")
    op.drop_index("ix_address_child_id_id", table_name="address")
    op.drop_table("address")
    op.drop_index("ix_child_worker_id_sort_name", table_name="child")
    op.drop_index("ix_child_team_id_sort_name", table_name="child")
    op.drop_index("ix_child_sort_name_id", table_name="child")
    op.drop_index("ix_child_born_on", table_name="child")
    op.drop_table("child")
    op.drop_table("worker")
    op.drop_table("team")
    op.drop_table("setting")
    op.drop_table("school")
    op.drop_table("person")
    op.drop_index("ix_look_by_at", table_name="look")
    op.drop_table("look")
    op.drop_table("history")
    op.drop_table("form_copy")
    op.drop_table("chain_head")
