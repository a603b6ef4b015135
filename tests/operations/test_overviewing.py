"""All that the first page of a profile says, in few queries."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from survey.operations import narrowing
from survey.operations.change_reporting import change_report
from survey.operations.errors import NotFound
from survey.operations.heat_map_reporting import heat_map
from survey.operations.narrowing import WHOLE, Part
from survey.operations.overviewing import overview
from survey.operations.priority_reporting import priority_report
from survey.operations.reporting import organisation_profile, set_target
from tests import make_stored as make

DESIGN, SHARING = "digital/design", "data/sharing"


@pytest.fixture
def wave(session):
    """The second of two that have closed."""
    first = make.closed_wave(session, {"adults": [2] * 10, "parks": [3] * 9})
    anytown = session.get(make.Organisation, first.organisation_id)
    answers = {"adults": [4] * 10, "places": [3] * 6, "parks": [2] * 9}
    second = make.closed_wave(
        session, answers, of=anytown, slug="winter", opened_at=make.NOON + timedelta(days=90)
    )
    set_target(session, anytown.id, DESIGN, 4, "Agreed.")
    return second


def test_it_says_what_the_pages_it_leads_to_say(session, wave):
    for unit in (None, "places"):
        found = overview(session, wave.slug, None, unit, WHOLE)
        asked = (session, wave.slug, None, unit)
        assert found.profile == organisation_profile(*asked, with_questions=True)
        assert found.findings.priorities == priority_report(*asked)
        assert lasts(found.findings.changes) == lasts(change_report(*asked))
        rows = heat_map(*asked).rows
        spreads = {row.spread for row in rows}
        if spreads == {None}:
            assert found.findings.apart.rows == ()
        else:
            (widest,) = found.findings.apart.rows
            assert widest == max(rows, key=lambda row: (row.spread, row.name))


def lasts(report):
    return [(row.id, row.last) for row in report.capabilities]


def test_of_a_part_it_speaks_of_no_other_capability(session, wave):
    found = overview(session, wave.slug, None, None, Part(domain="data"))
    assert [one.id for one in found.profile.capabilities] == [SHARING]
    assert [row.id for row in found.findings.apart.rows] == [SHARING]
    assert [row.id for row in found.findings.changes.capabilities] == [SHARING]
    assert found.findings.priorities.work == ()
    assert found.offered == narrowing.offered(
        session, organisation_profile(session, wave.slug, None)
    )


def test_nothing_changed_before_the_first_wave(session, wave):
    assert overview(session, "autumn", None, None, WHOLE).findings.changes is None


def test_where_too_few_answered_nothing_stands_out(session):
    few = make.closed_wave(session, {"adults": [2], "parks": [3]})
    found = overview(session, few.slug, None, None, WHOLE).findings
    assert found.apart.rows == ()
    assert found.priorities.work == ()


def test_an_open_wave_has_no_findings(session):
    found = overview(session, make.wave(session).slug, None, None, WHOLE)
    assert (found.findings, found.offered) == (None, None)


def test_a_part_that_has_no_capability_is_not_found(session, wave):
    with pytest.raises(NotFound):
        overview(session, wave.slug, None, None, Part(domain="no-such"))


def test_it_asks_seven_times_however_many_waves_there_are(session, wave):
    anytown = session.get(make.Organisation, wave.organisation_id)
    for days, slug in ((180, "spring"), (270, "summer")):
        opened = make.NOON + timedelta(days=days)
        make.closed_wave(session, {"adults": [4] * 10}, of=anytown, slug=slug, opened_at=opened)
    overview(session, "summer", None, None, WHOLE)  # versions are read once and kept
    session.expire_all()
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    found = overview(session, "summer", None, None, WHOLE)
    assert len(found.findings.changes.waves) == 4
    assert len(asked) <= 7
