"""How often tokens are used, and what writes were answered."""

revision = "0021"
down_revision = "0020"


def upgrade():
    pass


def downgrade():
    pass
