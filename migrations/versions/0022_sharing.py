"""Links to a profile for people without an account, and profiles that are published."""

revision = "0022"
down_revision = "0021"


def upgrade():
    pass


def downgrade():
    pass
