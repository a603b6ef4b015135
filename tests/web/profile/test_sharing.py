"""A profile is read by a link, and in public, without an account."""

import re

import pytest

from tests.web.profile.test_pages import said

SHARING = "/profiles/autumn/sharing"
PUBLIC = "/public/anytown/autumn"


@pytest.fixture
def nobody(app):
    return app.test_client()


@pytest.fixture
def admin(sign_in):
    return sign_in("admin")


def made(client, **form):
    return client.post(
        f"{SHARING}/links", data={"name": "Scrutiny", "unit": "", "days": "7", **form}
    )


def links(client):
    return re.findall(r'href="http://127.0.0.1:8000(/shared/[^"]+)"', client.get(SHARING).text)


def test_whoever_has_the_link_reads_the_profile_until_it_is_revoked(lead, nobody):
    assert made(lead).status_code == 303
    (link, *_) = links(lead)
    page = nobody.get(link)
    assert "Anytown is mostly Embedded" in said(page)
    assert "This link was given to you" in said(page)
    chart = re.search(r'<img src="([^"]+)"', page.text)[1]
    assert nobody.get(chart).mimetype == "image/svg+xml"
    assert nobody.get(f"{link}/charts/no-such.svg").status_code == 404
    (revoke,) = re.findall(r'action="([^"]+/revoke)"', lead.get(SHARING).text)
    lead.post(revoke)
    assert nobody.get(link).status_code == 404
    assert nobody.get(chart).status_code == 404


def test_a_link_to_a_unit_shows_that_unit_alone(lead, nobody):
    made(lead, unit="adults")
    (link,) = links(lead)
    assert "Adults is mostly" in said(nobody.get(link))
    assert "Places" not in nobody.get(link).text
    lead.post(re.findall(r'action="([^"]+/revoke)"', lead.get(SHARING).text)[0])


@pytest.mark.parametrize("form", [{"name": ""}, {"name": "n" * 101}, {"days": "9"}])
def test_a_link_says_for_whom_and_for_how_long(lead, form):
    answer = made(lead, **form)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert links(lead) == []


@pytest.mark.parametrize("token", ["x", "%00", "é", "." * 300, "WyJhIiwxXQ.abc"])
def test_a_forged_link_is_not_found(nobody, token):
    assert nobody.get(f"/shared/{token}").status_code == 404


def test_who_may_not_share_makes_no_link(sign_in):
    for who, at in (("viewer", "anytown"), ("author", "anytown"), ("stranger", "elsewhere")):
        client = sign_in(who, at)
        assert client.get(SHARING).status_code == 404
        assert made(client).status_code == 404


def test_a_lead_of_a_unit_shares_that_unit_alone(sign_in):
    client = sign_in("adults")
    assert made(client, unit="places").status_code == 404
    assert made(client).status_code == 303
    assert "A public page" not in client.get(SHARING).text
    client.post(re.findall(r'action="([^"]+/revoke)"', client.get(SHARING).text)[0])


def test_everybody_reads_what_an_admin_publishes_until_it_is_taken_away(admin, nobody):
    assert nobody.get(PUBLIC).status_code == 404
    assert admin.post(f"{SHARING}/public", data={"minimum_group": "9"}).status_code == 422
    assert admin.post(f"{SHARING}/public", data={"minimum_group": "10"}).status_code == 303
    page = nobody.get(PUBLIC)
    assert "Anytown is mostly Embedded" in said(page)
    assert "at least 10 people" in said(page)
    assert "Target" not in page.text
    assert "noindex" not in page.text
    assert page.headers["Cache-Control"].startswith("public")
    assert nobody.get(re.search(r'<img src="([^"]+)"', page.text)[1]).status_code == 200
    assert PUBLIC in nobody.get("/public/anytown/").text
    admin.post(f"{SHARING}/public/remove")
    for address in (PUBLIC, f"{PUBLIC}/embed", "/public/anytown/", f"{PUBLIC}/charts/steps.svg"):
        assert nobody.get(address).status_code == 404


def test_only_the_page_that_is_meant_for_it_can_stand_in_a_frame(admin, nobody):
    admin.post(f"{SHARING}/public", data={"minimum_group": "10"})
    framed, page = nobody.get(f"{PUBLIC}/embed"), nobody.get(PUBLIC)
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "<form" not in framed.text
    admin.post(f"{SHARING}/public/remove")


def test_a_lead_does_not_publish(lead, nobody):
    assert lead.post(f"{SHARING}/public", data={"minimum_group": "10"}).status_code == 404
    assert nobody.get(PUBLIC).status_code == 404
