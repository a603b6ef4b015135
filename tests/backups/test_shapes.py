"""A row is the same after it was a line, and after either database had it."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON

from survey.backups.shapes import KINDS, Shape, line_of, row_of, table_like
from survey.backups.taking import rows_of
from survey.storage.model import Model

EVERYTHING = Shape("everything", (("id", "integer"), *((k, k) for k in KINDS)), ("id",), (), None)
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)
INNER = st.none() | st.booleans() | st.integers() | NUMBERS | st.text()
JSON_VALUES = st.lists(INNER) | st.dictionaries(st.text(), INNER | st.lists(INNER))
VALUES = {
    "boolean": st.booleans(),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "real": NUMBERS,
    "text": TEXT,
    "bytes": st.binary(),
    "uuid": st.uuids(),
    "instant": st.datetimes(timezones=st.just(UTC)),
    "day": st.dates(),
}
ROWS = st.fixed_dictionaries(
    {"id": st.just(1), "json": JSON_VALUES}
    | {kind: st.none() | values for kind, values in VALUES.items()}
)


@pytest.fixture(scope="module")
def connection(shared_engine):
    with shared_engine.connect() as opened:
        table_like(EVERYTHING).create(opened)
        yield opened
        opened.rollback()


@given(row=ROWS)
@settings(max_examples=50)
def test_a_row_comes_back_from_a_line_and_from_the_database(connection, row):
    line = line_of(EVERYTHING, [row[name] for name, _ in EVERYTHING.columns])
    assert row_of(EVERYTHING, line) == row
    with connection.begin_nested() as undone:
        connection.execute(table_like(EVERYTHING).insert(), [row_of(EVERYTHING, line)])
        assert list(rows_of(connection, EVERYTHING)) == [line]
        undone.rollback()


def test_json_that_may_be_absent_would_not_tell_null_from_nothing():
    """A line has one null: it would stand for both."""
    columns = [column for table in Model.metadata.sorted_tables for column in table.columns]
    assert [str(one) for one in columns if isinstance(one.type, JSON) and one.nullable] == []
