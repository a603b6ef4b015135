"""Units end and others carry on; waves keep the tree they were asked in, comparisons follow."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey.operations import organising, reorganising, running
from survey.operations.csv_rows import InvalidRows
from survey.operations.errors import NotFound, Refused
from survey.operations.participating import participation, with_rates_before
from survey.operations.unit_tree import tree_of
from survey.storage.organisations import Person, Unit
from survey.storage.waves import Invitation
from tests import make_stored as make

SECRET = "a secret of the tests"
NOON = make.NOON


@pytest.fixture
def anytown(session):
    """Anytown with adults, and places with parks and ponds in it: six people in each of the three
    that have nothing below."""
    made = make.organisation(session)
    organising.import_units(session, made, b"slug,name,parent\nponds,Ponds,places\n")
    rows = "".join(
        f"{u}{n}@a.example,{u}\n" for u in ("adults", "parks", "ponds") for n in range(6)
    )
    organising.import_people(session, made, f"email,unit\n{rows}".encode())
    make.publication(session, made.id, make.version(session))
    return made


def tree(session, anytown):
    units = {unit.id: unit for unit in organising.units(session, anytown.id)}
    return {
        unit.slug: units[unit.parent_id].slug if unit.parent_id else None for unit in units.values()
    }


def people_in(session, slug):
    session.expire_all()
    return len(session.scalars(select(Person).join(Unit).where(Unit.slug == slug)).all())


def end(session, anytown, slug, successor=None):
    return reorganising.end_unit(session, anytown, slug, successor, now=NOON)


def opened(session, anytown, slug, at=NOON, **settings):
    wave = running.create_wave(
        session,
        anytown,
        slug=slug,
        name=slug,
        version_digest=make.version(session),
        minimum_group=5,
        **settings,
    )
    running.open_wave(session, wave, secret=SECRET, now=at, random=Random(1))
    return wave


def test_people_and_units_go_along(session, anytown):
    moved = end(session, anytown, "places", "adults")
    assert (moved.people, moved.units) == (0, 2)
    assert tree(session, anytown) == {
        "anytown": None,
        "adults": "anytown",
        "parks": "adults",
        "ponds": "adults",
    }
    end(session, anytown, "ponds", "parks")
    assert (people_in(session, "parks"), people_in(session, "ponds")) == (12, 0)


def test_a_unit_below_may_carry_on(session, anytown):
    end(session, anytown, "places", "parks")
    assert tree(session, anytown)["parks"] == "anytown"
    assert tree(session, anytown)["ponds"] == "parks"


def test_only_an_empty_unit_ends_without_anybody_who_carries_on(session, anytown):
    for slug in ("parks", "places"):
        with pytest.raises(Refused, match=r"has [06] people"):
            end(session, anytown, slug)
    organising.import_units(session, anytown, b"slug,name,parent\nkiosk,Kiosk,parks\n")
    end(session, anytown, "kiosk")
    assert "kiosk" not in tree(session, anytown)


@pytest.mark.parametrize(
    ("slug", "successor", "refused"),
    [
        ("anytown", "parks", Refused),
        ("parks", "parks", Refused),
        ("nowhere", "parks", NotFound),
        ("parks", "nowhere", NotFound),
    ],
)
def test_what_cannot_be_is_refused(session, anytown, slug, successor, refused):
    with pytest.raises(refused):
        end(session, anytown, slug, successor)


def test_a_unit_ends_once(session, anytown):
    end(session, anytown, "ponds", "parks")
    with pytest.raises(NotFound):
        end(session, anytown, "ponds", "adults")
    with pytest.raises(NotFound):
        organising.unit(session, anytown.id, "ponds")


def test_a_wave_keeps_the_tree_it_was_asked_in(session, anytown):
    wave = opened(session, anytown, "autumn")
    before = tree_of(session, wave).units
    end(session, anytown, "ponds", "parks")
    assert tree_of(session, wave).units == before
    ponds = session.scalar(select(Unit.id).where(Unit.slug == "ponds"))
    invited = select(Invitation).where(Invitation.unit_id == ponds)
    assert len(session.scalars(invited).all()) == 6


def test_whoever_comes_later_counts_where_the_wave_has_a_place(session, anytown):
    wave = opened(session, anytown, "autumn")
    organising.import_units(session, anytown, b"slug,name,parent,was\ngreen,Green,places,parks\n")
    organising.import_people(session, anytown, b"email,unit\nnew@a.example,green\n")
    running.invite(session, wave, secret=SECRET, random=Random(1))
    places = session.scalar(select(Unit.id).where(Unit.slug == "places"))
    invited = select(Invitation).where(Invitation.unit_id == places)
    assert len(session.scalars(invited).all()) == 1


def test_a_wave_that_is_prepared_asks_the_unit_that_carries_on(session, anytown):
    ids = {unit.slug: unit.id for unit in organising.units(session, anytown.id)}
    wave = running.create_wave(
        session,
        anytown,
        slug="autumn",
        name="Autumn",
        version_digest=make.version(session),
        minimum_group=5,
        audience={"units": [ids["ponds"], ids["parks"]]},
    )
    end(session, anytown, "ponds", "parks")
    assert wave.audience == {"units": [ids["parks"]]}


def test_a_unit_is_brought_back(session, anytown):
    end(session, anytown, "ponds", "parks")
    end(session, anytown, "places", "adults")
    (_, first), (_, second) = reorganising.ended_units(session, anytown.id)
    assert {first.slug, second.slug} == {"adults", "parks"}
    reorganising.bring_back(session, anytown, "ponds")
    assert tree(session, anytown)["ponds"] == "anytown", "what it was part of has ended"
    with pytest.raises(NotFound):
        reorganising.bring_back(session, anytown, "ponds")


def test_a_file_says_what_units_carry_on(session, anytown):
    file = b"name,slug,part of,formerly\nGreen and blue,green,places,parks; Ponds\n"
    result = organising.import_units(session, anytown, file)
    assert (result.added, result.left, result.moved) == (1, 2, 12)
    assert tree(session, anytown) == {
        "anytown": None,
        "adults": "anytown",
        "places": "anytown",
        "green": "places",
    }
    again = organising.import_units(session, anytown, file)
    assert (again.added, again.changed, again.left) == (0, 0, 0)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("green,Green,,nowhere", [(2, "was", "unknown-unit")]),
        ("green,Green,,anytown", [(2, "was", "cannot-end")]),
        ("parks,Parks,,parks", [(2, "was", "cannot-end")]),
        ("green,Green,,parks\nblue,Blue,,parks", [(3, "was", "cannot-end")]),
        ("green,Green,,parks\nparks,Parks,,", [(2, "was", "cannot-end")]),
    ],
)
def test_what_is_wrong_is_said_by_row_and_nothing_changes(session, anytown, rows, found):
    before = tree(session, anytown)
    with pytest.raises(InvalidRows) as refused:
        organising.import_units(session, anytown, f"slug,name,parent,was\n{rows}\n".encode())
    assert [(one.row, one.column, one.code) for one in refused.value.problems] == found
    assert tree(session, anytown) == before


def test_a_unit_that_has_ended_is_not_brought_back_by_a_file(session, anytown):
    end(session, anytown, "ponds", "parks")
    with pytest.raises(InvalidRows) as refused:
        organising.import_units(session, anytown, b"slug,name\nponds,Ponds\n")
    assert refused.value.problems[0].code == "ended-unit"
    organising.import_units(session, anytown, b"name\nPonds\n")
    assert "ponds-2" in tree(session, anytown)


def test_rates_of_the_wave_before_follow_units(session, anytown):
    first = opened(session, anytown, "first", NOON - timedelta(days=300))
    make.responses(session, first, "parks", [3] * 6)
    make.responses(session, first, "ponds", [3] * 3)
    running.close_wave(session, first, now=NOON - timedelta(days=200))
    organising.import_units(session, anytown, b"slug,name,parent,was\ngreen,G,places,parks;ponds\n")
    second = opened(session, anytown, "second")
    found = with_rates_before(session, second, participation(session, second))
    assert {part.unit.slug: part.rate_before for part in found.by_unit} == {
        "anytown": 0.5,
        "adults": 0.0,
        "places": 0.75,
        "green": 0.75,
    }


def test_a_rate_is_not_said_where_a_part_of_it_is_withheld(session, anytown):
    organising.import_units(session, anytown, b"slug,name,parent\nkiosk,Kiosk,adults\n")
    rows = "".join(f"k{n}@a.example,kiosk\n" for n in range(2))
    organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
    first = opened(session, anytown, "first", NOON - timedelta(days=300))
    running.close_wave(session, first, now=NOON - timedelta(days=200))
    end(session, anytown, "kiosk", "parks")
    second = opened(session, anytown, "second")
    found = with_rates_before(session, second, participation(session, second))
    rates = {part.unit.slug: part.rate_before for part in found.by_unit}
    assert rates["parks"] is None, "two people of the kiosk"
    assert rates["ponds"] == 0


def test_the_first_wave_has_nothing_before(session, anytown):
    wave = opened(session, anytown, "first")
    found = participation(session, wave)
    assert with_rates_before(session, wave, found) == found


slugs = st.sampled_from(["adults", "places", "parks", "ponds"])


@given(steps=st.lists(st.tuples(slugs, st.none() | slugs), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_is_reorganised_nobody_is_lost_and_the_tree_is_whole(session, anytown, steps):
    attempt = session.begin_nested()
    for slug, successor in steps:
        try:
            end(session, anytown, slug, successor)
        except (Refused, NotFound):
            continue
    units = {unit.id: unit for unit in organising.units(session, anytown.id)}
    for unit in units.values():
        above = units[unit.parent_id].path if unit.parent_id else ""
        assert unit.path == f"{above}{unit.id}/"
    people = session.scalars(select(Person.unit_id)).all()
    assert len(people) == 18
    assert set(people) <= set(units)
    attempt.rollback()
