"""Whoever is signed in reads the library: capabilities, maps, roles, and how they connect."""

import re
from html import unescape

import pytest

from survey.operations.shipped import connections, library
from tests import make_stored as make
from tests.web.pages import Browser
from tests.web.signed_in import account, sign_in

RESEARCH = library().capabilities["digital/user-research"]


def links(page):
    return re.findall(r'<a class="govuk-link" href="([^"#]+)', page.text)


@pytest.fixture
def viewer(web_app, stored):
    email = account(stored, make.organisation(stored), "viewer")
    stored.commit()
    return sign_in(web_app, email)


@pytest.mark.parametrize(
    "address",
    ["/library/", "/library/roles/", f"/library/capabilities/{RESEARCH.id}"],
)
def test_it_is_for_those_who_are_signed_in(web_app, address):
    browser = Browser(web_app)
    browser.open(address)
    assert browser.heading == "Sign in"


def test_every_capability_has_a_page_that_says_all_of_it(viewer):
    for one in library().capabilities.values():
        page = viewer.open(f"/library/capabilities/{one.id}")
        text = unescape(page.text)
        assert viewer.heading == one.name
        said = (one.summary, *one.steps, *one.enables, *(part.text for part in one.practices))
        assert [part for part in said if part not in text] == []


def test_a_capability_leads_to_its_roles_sources_neighbours_and_questionnaires(viewer):
    page = viewer.open(f"/library/capabilities/{RESEARCH.id}")
    addresses = set(links(page))
    assert {f"/library/roles/{id_}" for id_ in RESEARCH.roles} <= addresses
    assert {f"/library/capabilities/{id_}" for id_ in RESEARCH.related} <= addresses
    assert {f"/library/frameworks/{one.framework}" for one in RESEARCH.sources} <= addresses
    assert all(asked.title in page.text for asked in connections().asked_in[RESEARCH.id])


def test_every_map_and_role_has_a_page_with_its_capabilities(viewer):
    for framework in library().frameworks.values():
        page = viewer.open(f"/library/frameworks/{framework.id}")
        assert viewer.heading == framework.title
        assert framework.about in page.text
    for role in library().roles.values():
        page = viewer.open(f"/library/roles/{role.id}")
        assert viewer.heading == role.name
        assert all(one.name in page.text for one in connections().carried_by[role.id])


def test_the_contents_name_each_domain_each_theme_and_every_map_once(viewer):
    page = viewer.open("/library/")
    assert re.findall(r'<h2 class="govuk-heading-l" id="([^"]+)', page.text) == [
        *("digital", "data", "innovation"),
        *("across", "sources", "roles"),
    ]
    maps = [address for address in links(page) if address.startswith("/library/frameworks/")]
    assert set(maps) == {f"/library/frameworks/{id_}" for id_ in library().frameworks}


def test_a_theme_also_leads_to_what_single_frameworks_add_to_it(viewer):
    viewer.open("/library/frameworks/digital")
    assert "/library/capabilities/digital/internet-of-things" in links(viewer.page)


def test_a_search_finds_capabilities_and_keeps_what_was_typed(viewer):
    page = viewer.open("/library/?search=user+research")
    assert 'name="search" type="search" value="user research"' in page.text
    assert links(page)[0] == f"/library/capabilities/{RESEARCH.id}"


def test_a_search_that_finds_nothing_says_so(viewer):
    page = viewer.open("/library/?search=%3Cscript%3E+zzz")
    assert "0 capabilities with “<script> zzz”" in unescape(page.text)
    assert "Try fewer or other words" in page.text


@pytest.mark.parametrize(
    "address", ["capabilities/digital/nothing", "frameworks/nothing", "roles/nothing"]
)
def test_what_the_library_does_not_have_is_not_found(viewer, address):
    assert viewer.open(f"/library/{address}").status_code == 404
