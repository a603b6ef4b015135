"""The author's workbench: history, comments, sign-off, translations, a library of one's own."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade():
    with op.batch_alter_table("manuscript") as table:
        table.add_column(
            sa.Column("kind", sa.String(20), nullable=False, server_default="questionnaire")
        )
        table.add_column(sa.Column("saved_by", sa.Integer(), nullable=True))
        table.create_check_constraint(
            "ck_manuscript_kind", "kind IN ('questionnaire', 'capability', 'framework')"
        )
    with op.batch_alter_table("manuscript") as table:
        table.alter_column("kind", server_default=None)
    with op.batch_alter_table("publication") as table:
        table.add_column(sa.Column("published_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("signed_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("source", sa.Text(), nullable=True))
    with op.batch_alter_table("organisation") as table:
        table.add_column(
            sa.Column("sign_off_needed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("glossary", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("organisation") as table:
        table.alter_column("sign_off_needed", server_default=None)
        table.alter_column("glossary", server_default=None)
    op.create_table(
        "saving",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("how", sa.String(10), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("manuscript_id", "revision", name="pk_saving"),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscript.id"], name="fk_saving_manuscript_id_manuscript"
        ),
        sa.CheckConstraint(
            "how IN ('begun', 'autosave', 'saved', 'restored')", name="ck_saving_how"
        ),
    )
    op.execute(
        "INSERT INTO saving (manuscript_id, revision, source, how, begun_at, saved_at, account_id) "
        "SELECT id, revision, source, 'saved', saved_at, saved_at, NULL FROM manuscript"
    )
    op.create_table(
        "manuscript_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_manuscript_comment"),
        sa.ForeignKeyConstraint(
            ["manuscript_id"],
            ["manuscript.id"],
            name="fk_manuscript_comment_manuscript_id_manuscript",
        ),
    )
    op.create_index("ix_manuscript_comment_manuscript_id", "manuscript_comment", ["manuscript_id"])
    op.create_table(
        "sign_off",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("manuscript_id", "digest", name="pk_sign_off"),
        sa.ForeignKeyConstraint(
            ["manuscript_id"], ["manuscript.id"], name="fk_sign_off_manuscript_id_manuscript"
        ),
    )
    op.create_table(
        "translation_basis",
        sa.Column("manuscript_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("manuscript_id", "language", name="pk_translation_basis"),
        sa.ForeignKeyConstraint(
            ["manuscript_id"],
            ["manuscript.id"],
            name="fk_translation_basis_manuscript_id_manuscript",
        ),
    )
    op.create_table(
        "own_part",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(250), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("organisation_id", "path", name="pk_own_part"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_own_part_organisation_id_organisation",
        ),
    )


def downgrade():
    for table in (
        "own_part",
        "translation_basis",
        "sign_off",
        "manuscript_comment",
        "saving",
    ):
        op.drop_table(table)
    with op.batch_alter_table("organisation") as table:
        table.drop_column("glossary")
        table.drop_column("sign_off_needed")
    with op.batch_alter_table("publication") as table:
        table.drop_column("source")
        table.drop_column("signed_by")
        table.drop_column("published_by")
    with op.batch_alter_table("manuscript") as table:
        table.drop_constraint("ck_manuscript_kind", type_="check")
        table.drop_column("saved_by")
        table.drop_column("kind")
