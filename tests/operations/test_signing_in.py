"""Second factors, sign-ins that can be ended, links that work once."""

from base64 import b32encode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from survey.operations import account_links, accounts, second_factor, sessions
from survey.operations.errors import NotFound, Refused
from survey.operations.tokens import digest_of
from survey.storage.accounts import AccountLink
from tests import make_stored

KEY = "k" * 32
NOON = make_stored.NOON
PASSWORD = "three random words"
SECRET = b32encode(b"12345678901234567890").decode()
"""Of the test vectors of RFC 6238."""


@pytest.fixture
def ada(session):
    anytown = make_stored.organisation(session)
    return accounts.create_account(
        session, "ada@anytown.example", role="lead", organisation=anytown, password=PASSWORD
    )


def code_at(moment, secret=b"12345678901234567890"):
    totp = TOTP(secret, 6, SHA1(), 30, enforce_key_length=False)
    return totp.generate(int(moment.timestamp())).decode()


# RFC 6238, appendix B, the last six of the eight digits.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds, code):
    assert second_factor._counter(SECRET, code, NOON.fromtimestamp(seconds, NOON.tzinfo)) == (
        seconds // 30
    )


def turned_on(session, ada):
    return second_factor.turn_on(session, ada, SECRET, code_at(NOON), key=KEY, now=NOON)


def passes(session, ada, code, at=NOON, key=KEY):
    return second_factor.passes(session, ada, code, key=key, now=at)


def test_a_code_works_once_and_in_its_time(session, ada):
    turned_on(session, ada)
    assert not passes(session, ada, code_at(NOON)), "it was used to turn it on"
    later = NOON + timedelta(minutes=5)
    assert passes(session, ada, code_at(later), later)
    assert not passes(session, ada, code_at(later), later)
    assert not passes(session, ada, code_at(NOON), later)


def test_a_clock_may_be_half_a_minute_off(session, ada):
    turned_on(session, ada)
    later = NOON + timedelta(minutes=5)
    assert passes(session, ada, code_at(later - timedelta(seconds=30)), later)


def test_a_recovery_code_works_once(session, ada):
    codes = turned_on(session, ada)
    assert len(set(codes)) == 8
    assert passes(session, ada, codes[0].upper())
    assert not passes(session, ada, codes[0])
    assert len(ada.recovery) == 7
    assert codes[1] not in str(ada.recovery)


def test_recovery_codes_are_hashed_as_passwords_are(session, ada):
    code = turned_on(session, ada)[0]
    assert all(one.startswith("$argon2id$") for one in ada.recovery)
    ada.recovery = [digest_of(code).hex()]
    assert passes(session, ada, code), "of those that were printed before"
    assert not passes(session, ada, code)


def test_the_secret_is_stored_encrypted(session, ada):
    turned_on(session, ada)
    assert SECRET not in ada.totp
    assert not passes(session, ada, code_at(NOON + timedelta(minutes=5)), key="another")


def test_a_wrong_code_turns_nothing_on(session, ada):
    with pytest.raises(Refused, match="not the code"):
        second_factor.turn_on(session, ada, SECRET, "000000", key=KEY, now=NOON)
    assert ada.totp is None


def test_an_app_reads_the_address():
    address = second_factor.address_of(SECRET, "ada@anytown.example")
    assert address.startswith("otpauth://totp/Maturity%20Survey%3Aada%40anytown.example?secret=")


def known(session, token, at=NOON):
    return sessions.account_of_session(session, token, now=at)[0]


def test_devices_are_listed_and_signed_out(session, ada):
    phone = sessions.begin_session(session, ada, "Mozilla/5.0 (iPhone) Safari/1", now=NOON)
    desk = sessions.begin_session(session, ada, "Mozilla/5.0 (Windows) Firefox/9", now=NOON)
    assert {one.device for one in sessions.sessions_of(session, ada)} == {
        "Safari on iPhone",
        "Firefox on Windows",
    }
    sessions.end_all_sessions(session, ada, but=desk)
    assert (known(session, phone), known(session, desk)) == (None, ada)
    sessions.end_session(session, desk)
    assert known(session, desk) is None


def test_a_sign_in_ends_by_itself(session, ada):
    token = sessions.begin_session(session, ada, "", now=NOON)
    moment = NOON
    while known(session, token, moment) is not None:
        moment += timedelta(hours=11)
    assert timedelta(days=7) < moment - NOON <= timedelta(days=7, hours=11)
    idle = sessions.begin_session(session, ada, "", now=NOON)
    assert known(session, idle, NOON + timedelta(hours=13)) is None


def test_a_token_is_not_stored(session, ada):
    token = sessions.begin_session(session, ada, "", now=NOON)
    assert token.encode() not in sessions.sessions_of(session, ada)[0].digest


def test_a_link_sets_a_password_once(session, ada):
    token = account_links.make_link(session, ada, "reset", now=NOON)
    signed_in = sessions.begin_session(session, ada, "", now=NOON)
    assert account_links.use_link(session, token, "other three words", now=NOON) is ada
    assert known(session, signed_in) is None, "whoever was signed in is out"
    assert accounts.sign_in(session, ada.email, "other three words", now=NOON) is ada
    with pytest.raises(NotFound):
        account_links.use_link(session, token, "more three words", now=NOON)


def test_a_link_grows_old(session, ada):
    token = account_links.make_link(session, ada, "reset", now=NOON)
    with pytest.raises(NotFound):
        account_links.account_by_link(session, token, now=NOON + timedelta(hours=1))
    account_links.forget_old_links(session, NOON + timedelta(hours=1))
    assert session.query(AccountLink).count() == 0


def test_a_reset_unlocks(session, ada):
    for _ in range(9):
        accounts.note_failure(session, ada, now=NOON)
    token = account_links.make_link(session, ada, "reset", now=NOON)
    account_links.use_link(session, token, "other three words", now=NOON)
    assert accounts.sign_in(session, ada.email, "other three words", now=NOON) is ada


def test_who_forgot_a_password_gets_one_letter_and_strangers_none(session, ada):
    for email in (ada.email, ada.email.upper(), "nobody@anytown.example"):
        account_links.forgot_password(session, email, now=NOON)
    (mail,) = account_links.links_to_send(session, NOON)
    letter = account_links.letter_of(session, mail, "https://survey.example", now=NOON)
    assert letter.to == ada.email
    token = letter.text.split("/accounts/")[1].split()[0]
    assert account_links.account_by_link(session, token, now=NOON) is ada
    account_links.sent(session, mail)
    session.flush()
    assert account_links.links_to_send(session, NOON) == []


def test_nobody_fills_a_mailbox_with_resets(session, ada):
    for _ in range(account_links.MOST_RESETS + 2):
        account_links.forgot_password(session, ada.email, now=NOON)
        for waiting in account_links.links_to_send(session, NOON):
            account_links.letter_of(session, waiting, "https://a.example", now=NOON)
            account_links.sent(session, waiting)
        session.flush()
    links = session.query(AccountLink).filter_by(account_id=ada.id, purpose="reset")
    assert links.count() == account_links.MOST_RESETS
    account_links.forgot_password(session, ada.email, now=NOON + timedelta(hours=2))
    assert len(account_links.links_to_send(session, NOON + timedelta(hours=2))) == 1


def test_a_letter_that_does_not_go_is_tried_again_and_then_given_up(session, ada):
    account_links.ask_for_link(session, ada, "invitation", now=NOON)
    moment = NOON
    for _ in range(5):
        (mail,) = account_links.links_to_send(session, moment)
        account_links.letter_of(session, mail, "https://survey.example", now=moment)
        assert account_links.links_to_send(session, moment) == [], "who dies now may have sent it"
        account_links.put_off(session, mail)
        session.flush()
        moment += timedelta(hours=1)
    assert account_links.links_to_send(session, moment) == []
