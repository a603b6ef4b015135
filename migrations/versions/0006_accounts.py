"""Sign-ins that can be listed and ended, second factors, passkeys, links, single sign-on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade():
    with op.batch_alter_table("account") as account:
        account.drop_constraint("uq_account_fs_uniquifier", type_="unique")
        account.drop_column("fs_uniquifier")
        account.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        account.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
        account.add_column(sa.Column("totp", sa.String(255), nullable=True))
        account.add_column(sa.Column("totp_used", sa.Integer(), nullable=False, server_default="0"))
        account.add_column(sa.Column("recovery", sa.JSON(), nullable=False, server_default="[]"))
        account.add_column(sa.Column("issuer", sa.String(255), nullable=True))
        account.add_column(sa.Column("subject", sa.String(255), nullable=True))
    op.create_index("uq_account_issuer_subject", "account", ["issuer", "subject"], unique=True)
    with op.batch_alter_table("grant") as grant:
        grant.drop_constraint("ck_grant_role", type_="check")
        grant.create_check_constraint(
            "ck_grant_role", "role IN ('admin', 'author', 'lead', 'viewer', 'moderator')"
        )
    op.create_table(
        "account_session",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.String(100), nullable=False),
        *_of_account("account_session"),
        sa.PrimaryKeyConstraint("digest", name="pk_account_session"),
    )
    op.create_table(
        "account_link",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('invitation', 'reset')", name="ck_account_link_purpose"),
        *_of_account("account_link"),
        sa.PrimaryKeyConstraint("digest", name="pk_account_link"),
    )
    op.create_table(
        "account_mail",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *_of_account("account_mail"),
        sa.PrimaryKeyConstraint("account_id", "purpose", name="pk_account_mail"),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        *_of_account("passkey"),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
    )
    for table in ("account_session", "account_link", "passkey"):
        op.create_index(f"ix_{table}_account_id", table, ["account_id"])


def _of_account(table):
    return [
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=f"fk_{table}_account_id", ondelete="CASCADE"
        )
    ]


def downgrade():
    raise NotImplementedError("Who is signed in cannot be kept on the way back.")
