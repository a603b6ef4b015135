"""Whatever somebody writes in a part of an address, they are told a sentence, never of a fault."""

import re
from uuid import UUID

import pytest

from tests.attacks.addresses import rules
from tests.attacks.test_refusals import THERE

PART = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
ALSO = THERE | {"action": 1, "token": "x", "comment": UUID(int=1)}
ODD = {
    "longer than any number": "9" * 25,
    "one more than SQLite takes": str(2**63),
    "a digit of another script": "%D9%A1",
    "a letter with an accent": "%C3%A9",
    "no text": "%FF",
    "no whole text in base64": "A",
}


def addresses_with(app, odd):
    """Every address that can be opened, with this in each of its parts in turn."""
    for rule in rules(app, "GET"):
        for part in sorted(rule.arguments):
            written = {name: str(ALSO.get(name, "x")) for name in rule.arguments} | {part: odd}
            yield PART.sub(r"{\1}", rule.rule).format_map(written)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("who", ["nobody", "admin"])
def test_no_part_of_an_address_makes_a_fault(here, browsers, who, odd):
    app, *_ = here
    asked = list(addresses_with(app, ODD[odd]))
    assert len(asked) > 100
    answers = {address: browsers[who].get(address).status_code for address in asked}
    assert {address: status for address, status in answers.items() if status >= 500} == {}
