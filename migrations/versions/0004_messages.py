"""What a wave says to whom: its messages, mailings and what waits to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    with op.batch_alter_table("wave") as wave:
        wave.add_column(
            sa.Column("send_invitations", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        wave.add_column(sa.Column("languages", sa.JSON(), nullable=False, server_default='["en"]'))
        wave.add_column(sa.Column("contact", sa.String(254), nullable=False, server_default=""))
        wave.add_column(sa.Column("goal", sa.Integer(), nullable=False, server_default="60"))
        wave.add_column(
            sa.Column("grace_minutes", sa.Integer(), nullable=False, server_default="60")
        )
        wave.add_column(sa.Column("audience", sa.JSON(), nullable=False, server_default="{}"))
        wave.add_column(
            sa.Column("keep_people_days", sa.Integer(), nullable=False, server_default="90")
        )
        wave.add_column(sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
        wave.create_check_constraint("ck_wave_goal", "goal BETWEEN 1 AND 100")
        wave.drop_constraint("ck_wave_state", type_="check")
        wave.create_check_constraint(
            "ck_wave_state", "state IN ('prepared', 'open', 'closing', 'closed')"
        )
    with op.batch_alter_table("invitation") as invitation:
        invitation.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        invitation.add_column(
            sa.Column("delivery", sa.String(10), nullable=False, server_default="none")
        )
        invitation.add_column(sa.Column("bounce", sa.String(20), nullable=False, server_default=""))
        invitation.create_check_constraint(
            "ck_invitation_delivery", "delivery IN ('none', 'mailed', 'bounced')"
        )
    op.create_table(
        "wave_day",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_wave_day_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "day", name="pk_wave_day"),
    )
    op.create_table(
        "message",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('invitation', 'reminder')", name="ck_message_kind"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_message_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "kind", "language", name="pk_message"),
    )
    op.create_table(
        "mailing",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("bounced", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(300), nullable=False),
        sa.CheckConstraint("kind IN ('invitation', 'reminder')", name="ck_mailing_kind"),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_mailing_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "number", name="pk_mailing"),
    )
    op.create_table(
        "outgoing",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mailing", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'handing-over', 'unsure', 'failed')", name="ck_outgoing_state"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_outgoing_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "id", name="pk_outgoing"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outgoing_wave_id_state_due_at", "outgoing", ["wave_id", "state", "due_at"])


def downgrade():
    for table in ("outgoing", "mailing", "message", "wave_day"):
        op.drop_table(table)
    with op.batch_alter_table("invitation") as invitation:
        for column in ("delivery", "bounce"):
            invitation.drop_column(column)
    with op.batch_alter_table("wave") as wave:
        for column in (
            "send_invitations",
            "languages",
            "contact",
            "goal",
            "grace_minutes",
            "audience",
            "keep_people_days",
            "forgotten_at",
        ):
            wave.drop_column(column)
