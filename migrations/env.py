"""How Alembic runs our migrations: on a connection it is given, or on SURVEY_DATABASE_URL."""

import os

from alembic import context

from survey.engines import engine
from survey.storage.model import Model


def run(connection):
    # Batches: SQLite alters a table by writing it afresh.
    context.configure(connection, target_metadata=Model.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engine(os.environ["SURVEY_DATABASE_URL"]).begin() as connection:
        run(connection)
