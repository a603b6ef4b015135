"""How the questions of a wave did."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade():
    op.create_table(
        "diagnostics",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_diagnostics_wave_id_wave"),
        sa.PrimaryKeyConstraint("wave_id", name="pk_diagnostics"),
    )


def downgrade():
    op.drop_table("diagnostics")
