"""Attack 7 of methods, section 6. Somebody makes addresses up, to learn from what they are told
whether a wave, unit, capability, question, action or comment of others is there."""

from uuid import UUID, uuid4

import pytest

from survey.database import session_scope
from survey.storage.responses import Comment
from survey.storage.waves import Wave
from tests.attacks.addresses import addresses, told
from tests.attacks.town import DESIGN

THERE = {
    "wave": "autumn",
    "unit": "parks",
    "capability": DESIGN,
    "question": "grade",
    "name": "steps",
    "organisation": "anytown",
    "account": 1,
    "person": 1,
    "manuscript": 1,
    "revision": 1,
    "path": "capabilities/digital/user-research.json",
    "upload": UUID(int=1),
    "report": UUID(int=1),
    "link": UUID(int=1),
    "digest": "d" * 64,
    "kind": "invitation",
    "language": "en",
    "start": "blank",
    "webhook": 1,
    "delivery": 1,
}
FORGED = {"wave": "no-such", "unit": "no-such", "organisation": "no-such", "action": 999}
FORGED |= {"capability": "no/such", "question": "no-such", "name": "no-such"}
PLACES = ("/profiles/", "/comments/", "/admin/")


def told_apart(here, browser, part, **parts):
    """The addresses at which a part that is there is told from one that is not."""
    app, actions, _ = here
    there = THERE | {"action": actions.mine} | parts
    asked, forged = (
        addresses(app, {name: [value] for name, value in values.items()}, PLACES)
        for values in (there, there | {part: FORGED[part]})
    )
    tried = [(one, other) for one, other in zip(asked, forged, strict=True) if one != other]
    assert tried
    return [
        one
        for one, other in tried
        if told(browser.get(one), typed=there[part]) != told(browser.get(other), typed=FORGED[part])
    ]


@pytest.mark.parametrize("part", FORGED)
def test_a_stranger_is_told_of_others_what_they_are_told_of_nothing(here, browsers, part):
    assert told_apart(here, browsers["stranger"], part) == []


@pytest.mark.parametrize(
    ("part", "more"), [("wave", {}), ("unit", {}), ("action", {"wave": "theirs"})]
)
def test_nor_does_their_own_organisation_help_them(here, browsers, part, more):
    own = {"organisation": "elsewhere"} | more
    assert told_apart(here, browsers["stranger"], part, **own) == []


@pytest.mark.parametrize("part", ["unit", "question", "name"])
def test_a_lead_of_a_unit_is_told_of_others_what_they_are_told_of_nothing(here, browsers, part):
    lead = browsers["lead of adults"]
    assert told_apart(here, lead, part, name="groups.1") == []


@pytest.mark.parametrize("query", ["unit", "by", "capability"])
@pytest.mark.parametrize("who", ["stranger", "lead of adults"])
def test_parameters_tell_no_more(here, browsers, who, query):
    values = {"unit": "parks", "by": "grade", "capability": "digital/no-such-as-this"}
    for chart in ("steps", "groups.1"):
        address = f"/profiles/autumn/charts/{chart}.json?{query}="
        there, forged = (browsers[who].get(address + one) for one in (values[query], "no-such"))
        assert told(there) == told(forged)
        assert there.status_code == 404


def test_a_comment_of_others_is_refused_as_one_that_is_not_there(here, browsers):
    *_, file = here
    with session_scope(f"sqlite:///{file}") as session:
        theirs = session.query(Comment).join(Wave).filter(Wave.slug == "theirs").first().id
    for wave in ("autumn", "theirs"):
        answers = [
            browsers["moderator"].post(f"/comments/{wave}/{one}", data={"hold": "yes"})
            for one in (theirs, uuid4())
        ]
        assert told(answers[0]) == told(answers[1])
        assert answers[0].status_code == 404
