"""A token is unique within its wave: a distributed database can check only what lies together."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade():
    # Tokens are random, and so the new index holds wherever the old one did. It is there first:
    # who opens a link meanwhile is found by one or the other.
    columns = ["token_digest", "wave_id"]
    op.create_index("uq_invitation_token_digest_wave_id", "invitation", columns, unique=True)
    op.drop_index("ix_invitation_token_digest", "invitation")


def downgrade():
    op.create_index("ix_invitation_token_digest", "invitation", ["token_digest"], unique=True)
    op.drop_index("uq_invitation_token_digest_wave_id", "invitation")
