"""A town that has closed two waves, with a third open, a target, an action; and what programs send.

The parks are too few to be shown. Adults rate higher in the second wave.
"""

import json
from datetime import date, timedelta

from survey.operations import own_library, planning, publishing, reporting, writing
from survey.operations.planning import Wording
from survey.operations.shipped import library
from survey.operations.viewing import view_closed
from tests import make_stored as make
from tests.api.program import VALID
from tests.make_stored import NOON

WAVES = "/organisations/anytown/waves"
WINTER = f"{WAVES}/winter"
DESIGN, SHARING = "digital/design", "data/sharing"
INVITED = {"anytown": 60, "adults": 40, "places": 20, "parks": 4}

ACTION = {
    "capability": DESIGN,
    "title": "Test every form",
    "owner": "Head of design",
    "due": "2027-03-01",
}
NEW = {"wave": "spring-2027", "name": "Spring 2027", "questionnaire": "ours"}
UNTIL = {"closes_at": "2026-12-24T17:00:00+01:00"}


def body_of(address):
    """Something that the address would take."""
    bodies = {"waves": NEW, "actions": ACTION, "1": ACTION, "999": ACTION, "extend": UNTIL}
    bodies |= {"responses.csv": {"reason": "To see how they hang together."}}
    last = address.rpartition("/")[2]
    if "/waves" not in address:
        return VALID
    return json.dumps(bodies.get(last, {}))


def build(stored, anytown):
    """Build the town."""
    make.closed_wave(
        stored, {"adults": [1, 2, 2, 3] * 8, "places": [2] * 6}, of=anytown, invited=INVITED
    )
    winter = make.wave(
        stored,
        anytown,
        slug="winter",
        invited=INVITED,
        breakdowns=["grade"],
        opened_at=NOON + timedelta(days=90),
    )
    make.responses(stored, winter, "adults", [3, 4, 4, 5] * 8, grade="manager")
    make.responses(stored, winter, "places", [2, 3] * 6)
    make.responses(stored, winter, "parks", [3, 3])
    make.close(stored, winter)
    make.wave(stored, anytown, slug="spring", opened_at=NOON + timedelta(days=180), invited=INVITED)
    reporting.set_target(stored, anytown.id, DESIGN, 5, "It matters.")
    publishing.publish(stored, VALID, organisation=anytown, library=library(), now=NOON)
    seen = view_closed(stored, "winter", None)
    asked = Wording(DESIGN, "Ask users", "Head of design", date(2026, 8, 1))
    planning.plan_action(stored, seen, asked)


def take_in(stored, organisation, source, kind="capability"):
    """Make a file part of the organisation's library."""
    made = writing.begin(stored, organisation.id, source, by=1, now=NOON, kind=kind)
    known = own_library.library_of(stored, organisation.id)
    own_library.take_in(stored, made, library=known, by=1, now=NOON)
    stored.commit()
