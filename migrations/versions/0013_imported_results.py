"""Waves whose figures were counted elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade():
    with op.batch_alter_table("wave") as wave:
        wave.add_column(sa.Column("imported", sa.String(20), nullable=True))
        wave.create_check_constraint(
            "imported", "imported IN ('same-questions', 'other-questions')"
        )


def downgrade():
    with op.batch_alter_table("wave") as wave:
        wave.drop_constraint("ck_wave_imported", type_="check")
        wave.drop_column("imported")
