"""A town in which any number of people says who they are.

Those who work in the same place and said the same about themselves are 1, 2, 4, 8 … people, no
number twice. So a number that an attacker reads anywhere has one meaning only, and the attacker
needs to be told nothing of what the number stands for.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from survey.operations import accounts, agreeing, moderating, planning, reorganising
from survey.operations.planning import Wording
from survey.operations.viewing import view_closed
from survey.storage.responses import Comment
from tests import make_stored as make
from tests.web import signed_in

K = 5
DESIGN = "digital/design"
WATCH = f"{DESIGN}:watch"
UNITS = {
    "anytown": None,
    "adults": "anytown",
    "places": "anytown",
    "parks": "places",
    "library": "places",
    "digital": "anytown",
}
BIT_OF = {
    ("adults", "front-line"): 7,
    ("adults", "manager"): 5,
    ("places", "front-line"): 1,
    ("parks", "front-line"): 6,
    ("parks", "manager"): 2,
    ("library", "manager"): 0,
    ("digital", "front-line"): 4,
    ("digital", "dont-know"): 3,
}
"""Library is too small, and Parks would reveal it with the two who are in Places itself."""

IN_WINTER = 8
"""The bit of those who answered the second wave, all of them in Adults."""

BITS = range(len(BIT_OF) + 1)
PEOPLE = [2**bit for bit in BITS]
LOOKERS = {
    "admin": None,
    "author": None,
    "lead": None,
    "viewer": None,
    "moderator": None,
    "lead of adults": "adults",
    "viewer of parks": "parks",
}
"""Who signs in, and the unit that they are limited to."""


def atoms_of(number):
    """Who stands behind a number of people: a row of ones and zeros."""
    assert 0 < number < 2 ** len(BITS), f"{number} is no number of people here"
    return [number >> bit & 1 for bit in BITS]


def number_of(*units, grades=("front-line", "manager", "dont-know")):
    """How many of these units themselves answered the first wave."""
    return sum(2**bit for (unit, grade), bit in BIT_OF.items() if unit in units and grade in grades)


def build(stored):
    """Anytown: autumn has closed, then winter; spring is open. Elsewhere has closed its only
    wave."""
    anytown = make.organisation(stored, units=UNITS)
    asked = make.questionnaire((DESIGN,))
    autumn = _autumn(stored, anytown, asked)
    reorganising.end_unit(stored, anytown, "library", "places", now=make.NOON)
    later = {"opened_at": make.NOON + timedelta(days=365), "breakdowns": ["grade"]}
    winter = make.wave(stored, anytown, asked, slug="winter", **later)
    make.responses(stored, winter, "adults", _steps(IN_WINTER), grade="manager")
    make.close(stored, winter)
    spring = make.wave(stored, anytown, asked, slug="spring", invited={"anytown": 20})
    make.responses(stored, spring, "digital", [1, 2, 3, 4, 5] * 2)
    elsewhere = make.organisation(stored, "elsewhere", {"elsewhere": None, "hidden": "elsewhere"})
    theirs = make.wave(stored, elsewhere, asked, slug="theirs", breakdowns=["grade"])
    make.responses(stored, theirs, "elsewhere", [3] * 40)
    _write(stored, theirs, "elsewhere")
    make.close(stored, theirs)
    town = SimpleNamespace(
        mine=_action(stored, autumn, "places"), theirs=_action(stored, theirs, "elsewhere")
    )
    for name, unit in LOOKERS.items():
        accounts.create_account(
            stored,
            email_of(name),
            role=name.split()[0],
            organisation=anytown,
            unit=make.unit(stored, unit) if unit else None,
            password=signed_in.PASSWORD,
        )
    signed_in.account(stored, elsewhere, "admin")
    stored.commit()
    return town


def email_of(name):
    """The address with which somebody signs in."""
    return f"{name.replace(' ', '-')}@anytown.example"


def _autumn(stored, anytown, asked):
    invited = {
        "anytown": 1500,
        "adults": 400,
        "places": 700,
        "parks": 300,
        "library": 4,
        "digital": 90,
    }
    wave = make.wave(stored, anytown, asked, invited=invited)
    wave.breakdowns = ["grade"]
    for (unit, grade), bit in BIT_OF.items():
        alone = {WATCH: "dont-know"} if bit == 0 else {}
        make.responses(stored, wave, unit, _steps(bit), grade=grade, **alone)
    _write(stored, wave, "parks")
    make.close(stored, wave)
    return wave


def _steps(bit):
    """What they rate: elsewhere another mean."""
    return [1 + (number * (bit + 2) + bit) % 5 for number in range(2**bit)]


def _write(stored, wave, unit):
    """Comments, of which a moderator cleared enough to be read."""
    for number in range(K + 1):
        text = f"Comment {number} of {wave.slug}"
        stored.add(
            Comment(
                wave_id=wave.id,
                id=uuid4(),
                unit_id=make.unit(stored, unit).id,
                question=f"{DESIGN}:comment",
                text=text,
            )
        )
    stored.flush()
    state, wave.state = wave.state, "closed"
    for comment in moderating.queue(stored, wave, "waiting"):
        moderating.decide(stored, wave, comment.id, "clear", comment.text)
    wave.state = state


def _action(stored, wave, unit):
    seen = view_closed(stored, wave.slug, None, unit)
    wording = Wording(DESIGN, "Test forms", "Head of design", make.NOON.date())
    agreeing.agree_on(stored, seen, DESIGN, 4, "We looked at forms.", 0)
    return planning.plan_action(stored, seen, wording).id
