"""People without an e-mail address: a staff number, and letters to print."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade():
    with op.batch_alter_table("person") as person:
        person.alter_column("email", existing_type=sa.String(254), nullable=True)
        person.add_column(sa.Column("staff_number", sa.String(40), nullable=True))
        person.create_unique_constraint(
            "uq_person_organisation_id_staff_number", ["organisation_id", "staff_number"]
        )
        person.create_check_constraint(
            "ck_person_known", "email IS NOT NULL OR staff_number IS NOT NULL"
        )
    with op.batch_alter_table("message") as message:
        message.drop_constraint("ck_message_kind", type_="check")
        message.create_check_constraint(
            "ck_message_kind", "kind IN ('invitation', 'reminder', 'letter', 'poster')"
        )


def downgrade():
    raise NotImplementedError("People without an e-mail address cannot be kept on the way back.")
