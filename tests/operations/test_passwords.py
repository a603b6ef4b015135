"""A password that many have, or that says who its owner is, is refused however it is dressed up."""

import sys
from concurrent.futures import ThreadPoolExecutor
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.operations.accounts import create_account
from survey.operations.errors import Refused
from survey.operations.passwords import is_guessable
from tests import make_stored as make

KNOWN = ("jo.bloggs@anytown.example", "Anytown Borough Council")
COMMON = (
    "password1234",
    "P@ssw0rd12345",
    "Password2026!!",
    "qwertyuiop123",
    "123456789012",
    "098765432109",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "letmein123456",
    "iloveyou12345",
    "1q2w3e4r5t6y",
    "welcome2026!!",
    "Summer2026!!",
    "changeme12345",
    "administrator1",
    "liverpool1892",
    "maturitysurvey",
    "anytown-2026!",
    "jo.bloggs2026",
    "4nyt0wnC0unc1l",
    "            ",
    "finalfantasy",
    "ghjcnjgfhjkm",
    "Goldfish2026!!",
    "P3n3lop32026!",
    "!@#$%^&*()_+",
    "kettlepurple",
    "7ytrewq654321",
    "Anytown Borough Council 2026",
    "anytownboroughcouncil",
    "BloggsAnytown1",
    "",
)
GOOD = (
    "three random words",
    "three words!",
    "grape lantern orbit",
    "correct horse battery",
    "x9$kQ2vLp0Wz",
    "purple-kettle-42",
    "dŵr glân mynydd",
    "漢字仮名交じり文の合言葉",
    "Anytown Borough Council keeps grey cats",
)
EVERY_LETTER_TWICE = "4@8({[</369&#!i|1l0$5+7%2" * 8
"""Signs that may be read as letters, in more ways than can be tried."""


@pytest.mark.parametrize("password", COMMON)
def test_what_is_tried_first_is_refused(password):
    assert is_guessable(password, KNOWN)


@pytest.mark.parametrize("password", GOOD)
def test_what_nobody_thinks_of_is_taken(password):
    assert not is_guessable(password, KNOWN)


@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_can_be_asked_about(password):
    assert is_guessable(password) in (True, False)


@settings(max_examples=30)
@given(st.binary(min_size=16, max_size=32))
def test_what_a_password_manager_makes_is_taken(made):
    assert len(set(made)) < 8 or not is_guessable(made.hex())


def test_no_password_keeps_anybody_waiting():
    is_guessable("three random words")  # which reads the lists
    begun = thread_time()
    is_guessable(EVERY_LETTER_TWICE, KNOWN)
    assert thread_time() - begun < 0.25


@pytest.fixture
def hasty_threads():
    """Threads take turns so often that they meet."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
def test_who_is_known_of_one_account_is_not_of_another():
    names = ("zygmunt.wozniakowski@a.example",)
    passwords = [("wozniakowski12", names), ("wozniakowski12", ())] * 20
    with ThreadPoolExecutor(8) as several:
        assert list(several.map(is_guessable, *zip(*passwords, strict=True))) == [True, False] * 20


def test_an_account_has_no_such_password(session):
    anytown = make.organisation(session)
    with pytest.raises(Refused, match="first that somebody tries"):
        create_account(
            session, "jo@a.example", role="lead", organisation=anytown, password="anytown123456"
        )
