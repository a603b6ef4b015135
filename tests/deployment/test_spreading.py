"""What journeys, profiles and background work send to PostgreSQL could be sent to a distributed
one: tables that are spread by wave are read together by their wave."""

import re

import pytest

from survey.storage.distribution import BY_WAVE, LOCAL
from tests.deployment.conftest import Recorded, application, signed_in
from tests.deployment.joining import Statement
from tests.deployment.walking import answer, pages_of_each_kind
from tests.web.pages import Browser

SPREAD = re.compile(rf"\b({'|'.join(BY_WAVE)})\b")
JOINED = "SELECT 1 FROM draft AS d JOIN submission AS s ON "


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (JOINED + "d.key_digest = s.key_digest", "joins d, s without their wave"),
        (JOINED + "d.wave_id = s.wave_id OR d.unit_id = 1", "joins d, s without their wave"),
        (JOINED + "d.wave_id = %(one)s AND s.wave_id = %(other)s", "without their wave"),
        (
            "DELETE FROM draft WHERE NOT EXISTS (SELECT 1 FROM comment "
            "WHERE comment.unit_id = draft.unit_id)",
            "joins comment, draft without their wave",
        ),
        (
            "WITH gone AS (SELECT unit_id FROM comment WHERE comment.wave_id = 1) "
            "SELECT 1 FROM draft JOIN gone ON gone.unit_id = draft.unit_id",
            "joins draft, gone without their wave",
        ),
        ("SELECT 1 FROM draft JOIN account ON account.id = draft.unit_id", "reads {'account'}"),
        ("INSERT INTO draft (unit_id) VALUES (1) ON CONFLICT (unit_id) DO NOTHING", "across waves"),
    ],
)
def test_what_could_not_be_sent_is_found(sql, fault):
    found = list(Statement(sql, {"one": 1, "other": 2}, BY_WAVE, LOCAL).faults())
    assert any(fault in one for one in found), found


@pytest.mark.parametrize(
    "sql",
    [
        JOINED + "d.wave_id = s.wave_id",
        JOINED + "d.wave_id = %(one)s AND s.wave_id = %(same)s",
        "SELECT 1 FROM draft AS d JOIN wave ON wave.id = d.wave_id "
        "LEFT JOIN comment ON comment.wave_id = wave.id AND comment.unit_id = 4",
        "DELETE FROM draft WHERE EXISTS (SELECT 1 FROM comment "
        "WHERE comment.wave_id = draft.wave_id AND comment.unit_id = 3)",
        "SELECT 1 FROM draft UNION ALL SELECT 2 FROM comment",
        "INSERT INTO draft (wave_id) VALUES (1) ON CONFLICT (wave_id, key_digest) DO NOTHING",
    ],
)
def test_what_could_be_sent_is_not(sql):
    assert list(Statement(sql, {"one": 1, "same": 1}, BY_WAVE, LOCAL).faults()) == []


def test_a_statement_that_names_its_wave_asks_one_machine():
    one = Statement("SELECT 1 FROM draft WHERE wave_id = %(wave)s", {"wave": 1}, BY_WAVE)
    every = Statement("SELECT 1 FROM draft WHERE key_digest = %(key)s", {"key": 1}, BY_WAVE)
    assert (one.asks_every_machine(), every.asks_every_machine()) == (False, True)


@pytest.fixture(scope="module")
def sent(council):
    """What was sent when a council asked, somebody answered, an administrator opened a page of each
    kind, and the work in the background was done; and of that, when somebody answered."""
    with application(council.url) as app:
        with Recorded() as answered:
            answer(Browser(app), council.tokens.pop())
        with Recorded() as other:
            reader = signed_in(Browser(app), "admin@anytown.example")
            starts = ["/", "/account", f"/profiles/{council.closed}"]
            for address, page in pages_of_each_kind(app, reader.client, starts):
                assert page.status_code == 200, address
            app.extensions["jobs"].do_all()
    return council.sent | answered | other, answered


def read_together(sent):
    """Those that read tables which are spread."""
    return [Statement(*one, BY_WAVE, LOCAL) for one in sent.items() if SPREAD.search(one[0])]


def test_tables_that_are_spread_are_read_together_by_their_wave(sent):
    everything, _ = sent
    statements = read_together(everything)
    assert {*BY_WAVE} - {"agreed_step"} <= {name for one in statements for name in one.tables}
    assert [fault for one in statements for fault in one.faults()] == []


def test_who_answers_is_looked_for_on_every_machine_by_two_statements_alone(sent):
    _, answered = sent
    everywhere = [one.tables for one in read_together(answered) if one.asks_every_machine()]
    by_link = {"invitation", "wave", "organisation", "draft", "submission"}
    assert everywhere == [by_link, {"wave", "organisation", "draft"}]
