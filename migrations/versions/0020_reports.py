"""Reports that are built in the background, and the logo that they carry."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade():
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(80), nullable=True),
        sa.Column("part", sa.JSON(), nullable=False),
        sa.Column("format", sa.String(4), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name="fk_report_wave_id_wave", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_report_account_id_account",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("format IN ('pdf', 'pptx', 'xlsx', 'docx')", name="ck_report_format"),
        sa.CheckConstraint("state IN ('waiting', 'ready', 'failed')", name="ck_report_state"),
    )
    op.create_index("ix_report_wave_id", "report", ["wave_id"])
    op.create_index("ix_report_account_id", "report", ["account_id"])
    op.create_table(
        "logo",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_logo"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_logo_organisation_id_organisation",
            ondelete="CASCADE",
        ),
    )


def downgrade():
    op.drop_table("logo")
    op.drop_table("report")
