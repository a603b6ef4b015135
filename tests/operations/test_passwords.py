"""A password that many have, or that says who its owner is, is refused however it is dressed up."""

import subprocess
import sys
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.operations import guesses
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
NEVER_SEEN = "brynmawr “ŷ” \ud83e"
"""With a quote, a letter of Welsh, and half a sign as a faulty program sends it."""

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


def test_a_process_of_its_own_counts_the_same_and_leaves_nothing_behind():
    program = (
        "import sys; from survey.operations import guesses; "
        f"print(guesses.in_a_process({NEVER_SEEN!r}, ['brynmawr']), 'zxcvbn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    counted = guesses.of(NEVER_SEEN, ["brynmawr"])
    assert done.stdout.split() == [str(counted), "False"]
    assert counted < guesses.of(NEVER_SEEN, [])


def test_an_account_has_no_such_password(session):
    anytown = make.organisation(session)
    with pytest.raises(Refused, match="first that somebody tries"):
        create_account(
            session, "jo@a.example", role="lead", organisation=anytown, password="anytown123456"
        )
