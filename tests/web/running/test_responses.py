"""An admin takes the responses of a closed wave as a file, and says what for."""

import csv
import io
import json

import pytest
from sqlalchemy import select

from survey.storage.audit import AuditEvent
from tests import make_stored as make
from tests import tables
from tests.web import signed_in

WAVE = "/admin/anytown/waves/autumn"
PAGE = f"{WAVE}/responses"
REASON = "For the analysis that the board asked for"


@pytest.fixture
def wave(stored):
    anytown = make.organisation(stored)
    for role in ("admin", "author", "lead"):
        signed_in.account(stored, anytown, role)
    made = make.closed_wave(stored, {"parks": [1, 2, 3, 4] * 3}, of=anytown)
    stored.commit()
    return made


@pytest.fixture
def admin(web_app, wave):
    return signed_in.sign_in(web_app, "admin@anytown.example")


def events(stored):
    stored.rollback()
    return stored.scalars(select(AuditEvent).where(AuditEvent.action == "responses.export")).all()


@pytest.mark.parametrize("format", tables.FORMATS)
def test_the_file_comes_and_the_log_says_who_took_it_and_why(admin, stored, tmp_path, format):
    assert f'href="{PAGE}"' in admin.open(WAVE).text
    assert f'href="{WAVE}">Autumn</a>' in admin.open(PAGE).text
    answer = admin.send({"format": format, "reason": REASON})
    assert f"filename=autumn-responses.{format}" in answer.headers["Content-Disposition"]
    file = tmp_path / f"rows.{format}"
    file.write_bytes(answer.data)
    rows = rows_of(file, format)
    assert len(rows) == 12
    assert {row["unit"] for row in rows} == {"parks"}
    (event,) = events(stored)
    assert event.details == {"format": format, "reason": REASON, "responses": 12}
    assert event.account_id is not None
    assert "Took the responses of a wave as a file" in admin.open("/admin/anytown/audit").text


def rows_of(file, format):
    """CSV and JSON are lists of answers, the others tables of numbers."""
    if format == "csv":
        return list(csv.DictReader(io.StringIO(file.read_text())))
    return json.loads(file.read_text()) if format == "json" else tables.READERS[format](file)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": REASON}, "Choose a kind of file."),
        ({"format": "exe", "reason": REASON}, "Not a valid choice"),
        ({"format": "csv", "reason": "  why   "}, "Say in 10 to 500 characters"),
        ({"format": "csv", "reason": "x" * 501}, "Say in 10 to 500 characters"),
    ],
)
def test_without_a_kind_or_a_reason_nothing_leaves(admin, stored, typed, said):
    admin.open(PAGE)
    answer = admin.send(typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert events(stored) == []


def test_too_few_responses_are_not_given_away(admin, stored):
    make.closed_wave(
        stored, {"parks": [3] * 3}, of=stored.query(make.Organisation).one(), slug="few"
    )
    stored.commit()
    admin.open("/admin/anytown/waves/few/responses")
    answer = admin.send({"format": "sav", "reason": REASON})
    assert answer.status_code == 422
    assert "Too few people answered" in answer.text
    assert events(stored) == []


@pytest.mark.parametrize("name", ["words", "numbers"])
def test_a_codebook_comes_beside_it(admin, name):
    admin.open(PAGE)
    address = f"{PAGE}-in-{name}-codebook.csv"
    assert f'href="{address}"' in admin.page.text
    rows = list(csv.DictReader(io.StringIO(admin.open(address).data.decode("utf-8-sig"))))
    design = "digital/design" if name == "words" else "digital_design"
    assert design in {row["variable"] for row in rows}


@pytest.mark.parametrize("state", ["prepared", "open"])
def test_there_is_no_such_page_before_the_wave_has_closed(admin, stored, state):
    of = stored.query(make.Organisation).one()
    make.wave(stored, of, slug="later", state=state)
    stored.commit()
    assert admin.open("/admin/anytown/waves/later/responses").status_code == 404


@pytest.mark.parametrize("role", ["author", "lead"])
def test_only_admins_take_them(web_app, wave, role):
    browser = signed_in.sign_in(web_app, f"{role}@anytown.example")
    assert browser.open(PAGE).status_code == 404
    answer = browser.client.post(PAGE, data={"format": "csv", "reason": REASON})
    assert answer.status_code in (400, 404)
    assert browser.open(f"{PAGE}-in-words-codebook.csv").status_code == 404
