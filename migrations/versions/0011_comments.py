"""Comments that somebody has read before others do."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade():
    with op.batch_alter_table("comment") as comment:
        comment.add_column(
            sa.Column("state", sa.String(10), nullable=False, server_default="waiting")
        )
        comment.add_column(sa.Column("redacted", sa.Text(), nullable=True))
        comment.create_check_constraint("state", "state IN ('waiting', 'cleared', 'held')")
    with op.batch_alter_table("comment") as comment:
        comment.alter_column("state", server_default=None)


def downgrade():
    with op.batch_alter_table("comment") as comment:
        comment.drop_constraint("ck_comment_state", type_="check")
        comment.drop_column("redacted")
        comment.drop_column("state")
