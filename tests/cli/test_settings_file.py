"""Settings from a file, as systemd and shells read them."""

import pytest

from survey.cli.settings_file import add_to
from survey.config import ROOT, SETTINGS, WrongSetting, from_environ

WRITTEN = """
# A remark.
SURVEY_MINIMUM_GROUP=12
SURVEY_OIDC_NAME="your work account"
SURVEY_MAIL_FROM = a=b@anytown.example
"""


def read(file, **before):
    environ = dict(before)
    add_to(environ, file)
    return environ


def test_each_line_sets_one(tmp_path):
    file = tmp_path / "settings"
    file.write_text(WRITTEN)
    assert read(file, SURVEY_MINIMUM_GROUP="10", HOME="/") == {
        "HOME": "/",
        "SURVEY_MINIMUM_GROUP": "12",
        "SURVEY_OIDC_NAME": "your work account",
        "SURVEY_MAIL_FROM": "a=b@anytown.example",
    }


def test_the_example_can_be_read_and_used():
    environ = read(ROOT / ".env.example")
    assert len(environ) == len(SETTINGS)
    assert from_environ(environ)["MINIMUM_GROUP"] == 10


def test_no_file_sets_nothing():
    assert read(None, HOME="/") == {"HOME": "/"}


def test_a_line_that_sets_nothing_is_named(tmp_path):
    file = tmp_path / "settings"
    file.write_text("SURVEY_MINIMUM_GROUP=12\nSURVEY_PRODUCTION\n")
    with pytest.raises(WrongSetting, match="line 2"):
        read(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WrongSetting, match="absent"):
        read(tmp_path / "absent")
