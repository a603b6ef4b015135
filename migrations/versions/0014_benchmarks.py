"""Figures that organisations exchange to compare themselves; waves say whether theirs may be."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade():
    # Staff of the waves that are there already were not told that figures may be given to others.
    op.add_column(
        "wave",
        sa.Column("shares_figures", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    with op.batch_alter_table("wave") as wave:
        wave.alter_column("shares_figures", server_default=None)
    op.create_table(
        "benchmark_key",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_benchmark_key_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_benchmark_key"),
    )
    op.create_table(
        "benchmark_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_benchmark_source_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_benchmark_source"),
        sa.UniqueConstraint(
            "organisation_id", "public_key", name="uq_benchmark_source_organisation_id_public_key"
        ),
    )
    op.create_table(
        "benchmark_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("wave", sa.String(100), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name="ck_benchmark_file_month"),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["benchmark_source.id"],
            name="fk_benchmark_file_source_id_benchmark_source",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_benchmark_file"),
        sa.UniqueConstraint("source_id", "wave", name="uq_benchmark_file_source_id_wave"),
    )
    op.create_table(
        "benchmark_figure",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["benchmark_file.id"],
            name="fk_benchmark_figure_file_id_benchmark_file",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("file_id", "asked", name="pk_benchmark_figure"),
    )


def downgrade():
    op.drop_table("benchmark_figure")
    op.drop_table("benchmark_file")
    op.drop_table("benchmark_source")
    op.drop_table("benchmark_key")
    op.drop_column("wave", "shares_figures")
