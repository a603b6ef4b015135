"""Profiles for people without an account: by a link, and in public."""

from datetime import timedelta
from uuid import uuid4

import pytest

from survey.maturity.profile import Shown, Withheld
from survey.operations import reporting, sharing
from survey.operations.errors import NotFound, Refused
from survey.operations.viewing import view
from tests import make_stored as make

SECRET = "s" * 32
NOW = make.NOON
ANSWERS = {"adults": [4] * 12, "places": [3] * 6, "parks": [2] * 9}


@pytest.fixture
def wave(session):
    return make.closed_wave(session, ANSWERS)


@pytest.fixture
def lead(session, wave):
    return make.account(session, wave.organisation_id)


def linked(session, wave, lead, unit=None, days=7):
    seen = view(session, wave.slug, lead, unit)
    return sharing.make_link(session, seen, lead, name="Scrutiny", days=days, now=NOW)


def opens(session, token, secret=SECRET, after=timedelta()):
    return sharing.opened_link(session, token, secret, now=NOW + after)


def test_a_link_opens_what_was_shared(session, wave, lead):
    made = linked(session, wave, lead, "places")
    link, found = opens(session, sharing.token_of(made, SECRET))
    assert (link.unit, found.slug) == ("places", wave.slug)


def test_a_link_works_until_it_expires_and_no_longer(session, wave, lead):
    token = sharing.token_of(linked(session, wave, lead), SECRET)
    assert opens(session, token, after=timedelta(days=7, seconds=-1))
    with pytest.raises(NotFound):
        opens(session, token, after=timedelta(days=7))


def test_a_link_that_was_revoked_is_refused_as_one_that_never_was(session, wave, lead):
    made = linked(session, wave, lead)
    token = sharing.token_of(made, SECRET)
    sharing.revoke_link(session, view(session, wave.slug, lead), made.id, now=NOW)
    with pytest.raises(NotFound) as revoked:
        opens(session, token)
    with pytest.raises(NotFound) as never:
        opens(session, "never")
    assert revoked.value.message == never.value.message


@pytest.mark.parametrize(
    "change",
    [lambda t: t[:-2], lambda t: "x" + t, lambda t: "", lambda t: "é"],
    ids=["cut", "longer", "empty", "not ASCII"],
)
def test_a_forged_link_opens_nothing(session, wave, lead, change):
    token = sharing.token_of(linked(session, wave, lead), SECRET)
    with pytest.raises(NotFound):
        opens(session, change(token))


def test_a_link_signed_with_another_secret_opens_nothing(session, wave, lead):
    made = linked(session, wave, lead)
    with pytest.raises(NotFound):
        opens(session, sharing.token_of(made, "t" * 32))


def test_a_later_end_cannot_be_signed_into_the_database_alone(session, wave, lead):
    made = linked(session, wave, lead)
    token = sharing.token_of(made, SECRET)
    made.expires_at += timedelta(days=365)
    session.flush()
    with pytest.raises(NotFound):
        opens(session, token, after=timedelta(days=8))


@pytest.mark.parametrize(("name", "days"), [("", 7), ("  ", 30), ("n" * 101, 7), ("Board", 8)])
def test_a_link_says_for_whom_it_is_and_for_how_long(session, wave, lead, name, days):
    seen = view(session, wave.slug, lead)
    with pytest.raises(Refused):
        sharing.make_link(session, seen, lead, name=name, days=days, now=NOW)


def test_before_a_wave_closes_there_is_nothing_to_share(session):
    open_wave = make.wave(session)
    lead = make.account(session, open_wave.organisation_id)
    with pytest.raises(Refused):
        linked(session, open_wave, lead)
    with pytest.raises(Refused):
        sharing.publish(session, view(session, open_wave.slug, None), 10, now=NOW)


def test_a_lead_of_a_unit_sees_and_ends_the_links_to_it_alone(session, wave, lead):
    whole, parks = linked(session, wave, lead), linked(session, wave, lead, "parks")
    of_places = make.account(session, wave.organisation_id, "lead", "places")
    seen = view(session, wave.slug, of_places)
    assert [one.row for one in sharing.links(session, seen, SECRET)] == [parks]
    with pytest.raises(NotFound):
        sharing.revoke_link(session, seen, whole.id, now=NOW)
    with pytest.raises(NotFound):
        sharing.revoke_link(session, seen, uuid4(), now=NOW)


def published(session, wave, minimum_group=10):
    seen = view(session, wave.slug, None)
    sharing.publish(session, seen, minimum_group, now=NOW)
    return sharing.public_profile(session, "anytown", wave.slug)


def test_what_is_public_is_a_part_of_what_leads_see(session, wave):
    public = published(session, wave)
    own = {
        one.id: one for one in reporting.organisation_profile(session, wave.slug, None).capabilities
    }
    assert public.capabilities
    for one in public.capabilities:
        assert one.measure == own[one.id].measure
        assert one.target is None
    assert (public.units, public.questions, public.waves, public.breakdowns) == ((), (), (), ())


def test_a_public_figure_has_its_own_minimum_group(session, wave):
    assert all(isinstance(one.measure, Shown) for one in published(session, wave, 27).capabilities)
    public = published(session, wave, 28)
    assert {one.measure for one in public.capabilities} == {Withheld("too-few")}
    assert public.responded is None
    assert not sum(public.overall)


@pytest.mark.parametrize("minimum_group", [-1, 0, 9, 1_001])
def test_a_public_page_has_no_smaller_groups_than_ten(session, wave, minimum_group):
    with pytest.raises(Refused):
        published(session, wave, minimum_group)


def test_nor_smaller_ones_than_within_the_organisation(session):
    wave = make.closed_wave(session, ANSWERS, minimum_group=20)
    with pytest.raises(Refused):
        published(session, wave, 19)


def test_nothing_is_public_unless_it_was_published(session, wave):
    for wave_slug in (wave.slug, "no-such"):
        with pytest.raises(NotFound):
            sharing.public_profile(session, "anytown", wave_slug)
    published(session, wave)
    assert [one.slug for one in sharing.published_waves(session, "anytown")] == [wave.slug]
    sharing.unpublish(session, view(session, wave.slug, None))
    with pytest.raises(NotFound):
        sharing.public_profile(session, "anytown", wave.slug)
    with pytest.raises(NotFound):
        sharing.published_waves(session, "anytown")
