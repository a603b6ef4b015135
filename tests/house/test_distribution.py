"""Every table says where it stands on a distributed PostgreSQL, and may stand there."""

import re

import pytest
from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, UniqueConstraint

from survey.config import ROOT
from survey.migrating import spreading
from survey.storage import every_table
from survey.storage.distribution import BY_WAVE, LOCAL, REFERENCE

TABLES = every_table.TABLES.tables


def uniquenesses(table):
    """The columns of each thing by which a row is unique, by its name."""
    yield table.primary_key.name, [column.name for column in table.primary_key.columns]
    for one in table.constraints:
        if isinstance(one, UniqueConstraint):
            yield one.name, [column.name for column in one.columns]
    for index in table.indexes:
        if index.unique:
            yield index.name, [column.name for column in index.columns]


def faults(tables, spread, reference):
    """What keeps tables from standing where they are to."""
    for name in spread:
        yield from own_faults(tables[name])
    for name, table in tables.items():
        for key in table.foreign_key_constraints:
            to = key.referred_table.name
            if to in spread and not (name in spread and has_wave(key)):
                yield f"{name}: refers to {to} without its wave"
            if to not in (*spread, *reference) and name in (*spread, *reference):
                yield f"{name}: refers to {to}, which is on one machine only"


def own_faults(table):
    if next(iter(table.primary_key.columns)).name != "wave_id":
        yield f"{table.name}: its primary key does not begin with wave_id"
    for constraint, columns in uniquenesses(table):
        if "wave_id" not in columns:
            yield f"{table.name}: {constraint} is unique across waves"


def has_wave(key):
    return ("wave_id", "wave_id") in {(one.parent.name, one.column.name) for one in key.elements}


def test_every_table_says_once_where_it_stands():
    assert sorted([*BY_WAVE, *REFERENCE, *LOCAL]) == sorted(TABLES)


def test_nothing_keeps_a_table_from_standing_there():
    assert list(faults(TABLES, BY_WAVE, REFERENCE)) == []


def test_what_belongs_to_a_wave_and_stands_elsewhere_says_why():
    elsewhere = {name for name, table in TABLES.items() if "wave_id" in table.c} - {*BY_WAVE}
    assert elsewhere <= {*REFERENCE, *LOCAL}
    assert [name for name in elsewhere if not {**REFERENCE, **LOCAL}[name]] == []


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ([Column("id", Integer, primary_key=True)], "its primary key does not begin with wave_id"),
        ([Column("token", Integer, unique=True)], "unique across waves"),
        ([Column("mail", Integer), Index("uq_mail", "mail", unique=True)], "unique across waves"),
        ([Column("of", ForeignKey("spread.id"))], "refers to spread without its wave"),
        ([Column("by", ForeignKey("alone.id"))], "refers to alone, which is on one machine only"),
    ],
)
def test_a_table_that_could_not_stand_there_is_found(columns, fault):
    tables = MetaData()
    Table("alone", tables, Column("id", Integer, primary_key=True))
    wave = Column("wave_id", Integer, primary_key=True)
    Table("spread", tables, wave, Column("id", Integer, primary_key=True))
    Table("new", tables, *columns, Column("wave_id", Integer, primary_key=True))
    assert any(fault in one for one in faults(tables.tables, ["spread", "new"], []))


def test_the_guide_has_the_statements_that_spread_the_tables():
    guide = (ROOT / "docs" / "large.md").read_text()
    said = re.findall(r"^SELECT create_\w+_table\(.*$", guide, re.M)
    assert said == list(spreading())


def test_what_is_referred_to_is_spread_before_what_refers_to_it():
    names = [re.search(r"'(\w+)'", one)[1] for one in spreading()]
    for place, name in enumerate(names):
        referred = {key.referred_table.name for key in TABLES[name].foreign_key_constraints}
        assert referred - {name} <= {*names[:place]}
