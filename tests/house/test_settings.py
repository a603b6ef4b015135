"""Every setting is written down where those who install look for it."""

import re

import pytest

from survey.config import PREFIX, ROOT, SETTINGS

NAMES = {PREFIX + one.name for one in SETTINGS}


@pytest.mark.parametrize("file", ["README.md", ".env.example"])
def test_lists_every_setting_and_no_other(file):
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", (ROOT / file).read_text())) == NAMES


def test_the_example_gives_each_setting_its_default():
    lines = re.findall(rf"^{PREFIX}(\w+)=(.*)$", (ROOT / ".env.example").read_text(), re.M)
    assert dict(lines) == {one.name: one.default for one in SETTINGS}


def test_the_example_says_what_each_setting_is_for():
    said = " ".join(re.sub(r"^# ?", "", (ROOT / ".env.example").read_text(), flags=re.M).split())
    assert [one.name for one in SETTINGS if one.help not in said] == []
