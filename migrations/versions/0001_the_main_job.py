"""The main job: from a published version to a tally, for one organisation or many."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_account_fs_uniquifier"),
    )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sa.UniqueConstraint("slug", name="uq_organisation_slug"),
    )

    op.create_table(
        "version",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_version"),
    )

    op.create_table(
        "manuscript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_manuscript_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_manuscript"),
    )
    op.create_index("ix_manuscript_organisation_id", "manuscript", ["organisation_id"])

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version_digest", sa.String(length=64), nullable=False),
        sa.Column("questionnaire", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_publication_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["version_digest"], ["version.digest"], name="fk_publication_version_digest"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.UniqueConstraint(
            "organisation_id",
            "version_digest",
            name="uq_publication_organisation_id_version_digest",
        ),
    )

    op.create_table(
        "target",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("capability", sa.String(length=100), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("step BETWEEN 1 AND 5", name="ck_target_step"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_target_organisation_id"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "capability", name="pk_target"),
    )

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_unit_organisation_id"
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("organisation_id", "slug", name="uq_unit_organisation_id_slug"),
    )
    op.create_index("ix_unit_organisation_id_path", "unit", ["organisation_id", "path"])

    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("version_digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("minimum_group", sa.Integer(), nullable=False),
        sa.Column("open_link", sa.Boolean(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('prepared', 'open', 'closed')", name="ck_wave_state"),
        sa.CheckConstraint("minimum_group >= 5", name="ck_wave_minimum_group"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_wave_organisation_id"
        ),
        sa.ForeignKeyConstraint(
            ["version_digest"], ["version.digest"], name="fk_wave_version_digest"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wave"),
        sa.UniqueConstraint("slug", name="uq_wave_slug"),
    )
    op.create_index("ix_wave_organisation_id", "wave", ["organisation_id"])

    op.create_table(
        "comment",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_comment_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "id", name="pk_comment"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "draft",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("shift", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_draft_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "key_digest", name="pk_draft"),
    )
    op.create_index(
        "uq_draft_wave_id_invitation_id", "draft", ["wave_id", "invitation_id"], unique=True
    )

    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.CheckConstraint("role IN ('admin', 'author', 'lead', 'viewer')", name="ck_grant_role"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_grant_account_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_grant_organisation_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_grant_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_grant"),
        sa.UniqueConstraint(
            "account_id",
            "organisation_id",
            "role",
            "unit_id",
            name="uq_grant_account_id_organisation_id_role_unit_id",
        ),
    )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_person_organisation_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_person_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("organisation_id", "email", name="uq_person_organisation_id_email"),
    )
    op.create_index("ix_person_unit_id", "person", ["unit_id"])

    op.create_table(
        "response",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("about_you", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("ratings", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_response_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "id", name="pk_response"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "tally",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("disclosure", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_tally_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "unit_id", name="pk_tally"),
    )

    op.create_table(
        "untallied",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_untallied_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "id", name="pk_untallied"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "wave_tree",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_wave_tree_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", name="pk_wave_tree"),
    )

    op.create_table(
        "invitation",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("shift", sa.Integer(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invitation_person_id"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_invitation_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "id", name="pk_invitation"),
    )
    op.create_index("ix_invitation_token_digest", "invitation", ["token_digest"], unique=True)
    op.create_index(
        "uq_invitation_wave_id_person_id", "invitation", ["wave_id", "person_id"], unique=True
    )


def downgrade():
    for table in (
        "invitation",
        "wave_tree",
        "untallied",
        "tally",
        "response",
        "person",
        "grant",
        "draft",
        "comment",
        "wave",
        "unit",
        "target",
        "publication",
        "manuscript",
        "version",
        "organisation",
        "account",
    ):
        op.drop_table(table)
