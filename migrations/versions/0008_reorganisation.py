"""Units that end, and those that carry on their work."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade():
    with op.batch_alter_table("unit") as unit:
        unit.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        unit.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        unit.create_foreign_key("fk_unit_successor_id", "unit", ["successor_id"], ["id"])
        unit.create_check_constraint(
            "ck_unit_successor", "successor_id IS NULL OR ended_at IS NOT NULL"
        )


def downgrade():
    with op.batch_alter_table("unit") as unit:
        unit.drop_constraint("ck_unit_successor", type_="check")
        unit.drop_constraint("fk_unit_successor_id", type_="foreignkey")
        unit.drop_column("successor_id")
        unit.drop_column("ended_at")
