"""What every answer of the server carries, and how files are kept by browsers."""

import gzip
import re
from contextlib import closing
from pathlib import Path

import brotli
import pytest

from survey.app import create_app
from survey.web import static_files
from tests import make_stored
from tests.safe_headers import unsafe_headers

FILES = [file for file in static_files.FOLDER.rglob("*") if file.suffix in (".css", ".js", ".svg")]
OPEN_PAGES = ["/", "/sign-in", "/help/", "/help/privacy", "/no-such-page"]


@pytest.fixture
def secure_app(web_database):
    return create_app(
        {
            "DATABASE_URL": web_database,
            "SECRET_KEY": "k" * 32,
            "BASE_URL": "https://survey.example",
        }
    )


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_is_not_kept(browser, address):
    headers = browser.open(address).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "form-action")} == {"'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_a_page_holds_no_script_and_no_style_of_its_own(browser, address):
    text = browser.open(address).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(src|href)=\"(https?:)?//", text)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(browser):
    cookie = browser.open("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_over_https_the_cookie_is_secure_and_browsers_stay_there(secure_app):
    page = secure_app.test_client().get("/sign-in", base_url="https://survey.example")
    assert "Secure" in page.headers["Set-Cookie"]
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")


def test_over_https_a_form_is_taken_without_a_referer(secure_app, stored):
    make_stored.wave(stored, open_link=True)
    stored.commit()
    client, at = secure_app.test_client(), {"base_url": "https://survey.example"}
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/", **at).text)[1]
    sent = client.post("/", data={"csrf_token": token, "code": "autumn"}, **at)
    assert sent.location == "/surveys/autumn"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_kept_for_ever_under_an_address_of_its_content(web_app, file):
    name = file.relative_to(static_files.FOLDER).as_posix()
    with web_app.test_request_context():
        address = static_files.static_file(name)
    assert re.search(r"\?v=[0-9a-f]{10}$", address)
    client, accepted = web_app.test_client(), {"Accept-Encoding": "br"}
    with closing(client.get(address, headers=accepted)) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert brotli.decompress(answer.data) == file.read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_compressed_files_say_what_the_file_says(file):
    assert gzip.decompress(Path(f"{file}.gz").read_bytes()) == file.read_bytes()
    assert brotli.decompress(Path(f"{file}.br").read_bytes()) == file.read_bytes()


def test_the_style_sheet_is_small_and_has_no_restricted_font():
    assert Path(f"{static_files.FOLDER}/app.css.br").stat().st_size < 20_000
    text = (static_files.FOLDER / "app.css").read_text()
    assert "GDS Transport" not in text
    assert "url(" not in text.replace("url(data:", "")


def test_a_static_file_carries_the_headers_of_a_page(secure_app):
    at = {"base_url": "https://survey.example"}
    with closing(secure_app.test_client().get("/static/app.css", **at)) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert unsafe_headers(answer, "/public/") == []


@pytest.mark.parametrize(
    "address", ["/static/no-such", "/no-such", "/api/v1/no-such", "/profiles/"]
)
def test_so_does_what_is_refused_or_leads_on(secure_app, address):
    answer = secure_app.test_client().get(address, base_url="https://survey.example")
    assert answer.status_code in (303, 404)
    assert unsafe_headers(answer, address) == []
