"""What leads decided: actions, and steps agreed in workshops."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade():
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("capability", sa.String(100), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_action_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_action_wave_id_wave"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_action_unit_id_unit"),
        sa.CheckConstraint(
            "state IN ('planned', 'under-way', 'done', 'dropped')", name="ck_action_state"
        ),
    )
    op.create_index("ix_action_wave_id", "action", ["wave_id"])
    op.create_table(
        "agreed_step",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("capability", sa.String(100), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", "unit_id", "capability", name="pk_agreed_step"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_agreed_step_wave_id_wave"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_agreed_step_unit_id_unit"),
        sa.CheckConstraint("step BETWEEN 1 AND 5", name="ck_agreed_step_step"),
    )


def downgrade():
    op.drop_table("agreed_step")
    op.drop_table("action")
