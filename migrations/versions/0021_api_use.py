"""How often tokens are used, and what writes were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade():
    # What is counted lasts a minute: it need not outlive a crash, and so costs no wait for a disk.
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "api_use",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_api_use"),
        sqlite_with_rowid=False,
        prefixes=unlogged,
    )
    op.create_index("ix_api_use_until", "api_use", ["until"])
    op.create_table(
        "api_answer",
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", "key", name="pk_api_answer"),
        sa.ForeignKeyConstraint(
            ["token"],
            ["api_token.digest"],
            name="fk_api_answer_token_api_token",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_api_answer_at", "api_answer", ["at"])


def downgrade():
    op.drop_table("api_answer")
    op.drop_table("api_use")
