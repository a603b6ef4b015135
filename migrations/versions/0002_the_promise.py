"""An invitation no longer knows whether it was used, and a draft not whose it is: only the token
in somebody's link leads from one to the other."""

import hmac
import os
from base64 import urlsafe_b64encode
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from survey.config import from_environ

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table(
        "submission",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name="fk_submission_wave_id"),
        sa.PrimaryKeyConstraint("wave_id", "key_digest", name="pk_submission"),
        sqlite_with_rowid=False,
    )
    _key_by_tokens_alone(op.get_bind())
    op.drop_index("uq_draft_wave_id_invitation_id", "draft")
    with op.batch_alter_table("draft") as draft:
        draft.drop_column("invitation_id")
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_column("used")
        invitation.alter_column("shift", new_column_name="sealed_shift")


def _key_by_tokens_alone(connection):
    """Whoever has answered an open wave cannot do so again, and drafts are found as before."""
    used = connection.execute(
        sa.text(
            "SELECT wave_id, invitation.id FROM invitation JOIN wave ON wave.id = wave_id "
            "WHERE used AND state = 'open'"
        )
    ).all()
    begun = connection.execute(
        sa.text("SELECT wave_id, invitation_id FROM draft WHERE invitation_id IS NOT NULL")
    ).all()
    if used or begun:
        secret = from_environ(os.environ)["SECRET_KEY"].encode()
    for wave_id, id_ in used:
        connection.execute(
            sa.text("INSERT INTO submission VALUES (:wave, :digest)"),
            {"wave": wave_id, "digest": _key_digest(secret, wave_id, id_)},
        )
    for wave_id, id_ in begun:
        connection.execute(
            sa.text(
                "UPDATE draft SET key_digest = :digest "
                "WHERE wave_id = :wave AND invitation_id = :id"
            ),
            {"wave": wave_id, "id": id_, "digest": _key_digest(secret, wave_id, id_)},
        )


def _key_digest(secret, wave_id, id_):
    seal = hmac.digest(secret, f"invitation:{wave_id}:{id_}".encode(), "sha256")
    token = urlsafe_b64encode(seal[:16]).rstrip(b"=")
    return sha256(sha256(b"draft:" + token).hexdigest().encode()).digest()


def downgrade():
    raise NotImplementedError("Who has answered cannot be written beside invitations again.")
