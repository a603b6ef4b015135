"""Reports that are built in the background, and the logo that they carry."""

revision = "0020"
down_revision = "0019"


def upgrade():
    pass


def downgrade():
    pass
