"""Links to a profile for people without an account, and profiles that are published."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade():
    op.create_table(
        "shared_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(80), nullable=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_shared_link"),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name="fk_shared_link_wave_id_wave", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name="fk_shared_link_account_id_account",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_shared_link_wave_id", "shared_link", ["wave_id"])
    op.create_table(
        "published_profile",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("minimum_group", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("wave_id", name="pk_published_profile"),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["wave.id"], name="fk_published_profile_wave_id_wave", ondelete="CASCADE"
        ),
        sa.CheckConstraint("minimum_group >= 10", name="ck_published_profile_minimum_group"),
    )


def downgrade():
    op.drop_table("published_profile")
    op.drop_table("shared_link")
