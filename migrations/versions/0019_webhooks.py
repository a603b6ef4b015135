"""Where other programs are told what happened, and what they were told."""

revision = "0019"
down_revision = "0018"


def upgrade():
    pass


def downgrade():
    pass
