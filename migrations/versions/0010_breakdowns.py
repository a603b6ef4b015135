"""Profiles by an answer about oneself: by which of them, and what was counted."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade():
    # Waves that are there already promised none.
    op.add_column("wave", sa.Column("breakdowns", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("wave") as wave:
        wave.alter_column("breakdowns", server_default=None)
    op.create_table(
        "breakdown_tally",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("option", sa.String(200), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("disclosure", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_breakdown_tally_wave_id_wave"),
        sa.PrimaryKeyConstraint("wave_id", "question", "option", name="pk_breakdown_tally"),
    )


def downgrade():
    op.drop_table("breakdown_tally")
    op.drop_column("wave", "breakdowns")
