"""What a workshop agreed on stands beside what staff said, and is never mixed with it."""

import pytest
from sqlalchemy import select

from survey.operations import agreeing, reporting
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.profile_json import as_json
from survey.operations.viewing import view_closed
from survey.storage.audit import AuditEvent
from tests import make_stored as make

DESIGN = "digital/design"


@pytest.fixture
def wave(session):
    return make.closed_wave(session, {"parks": [2] * 9, "adults": [3] * 8})


def seen(session, wave, unit=None):
    return view_closed(session, wave.slug, None, unit)


def agreed(session, wave, unit=None):
    found = agreeing.agreed_on(session, seen(session, wave, unit), DESIGN)
    return found and (found.step, found.reason, found.revision)


def test_a_step_is_agreed_with_its_reason_for_the_whole_and_for_a_unit(session, wave):
    agreeing.agree_on(session, seen(session, wave), DESIGN, 3, " We saw it. ", 0)
    agreeing.agree_on(session, seen(session, wave, "parks"), DESIGN, 1, "Not here.", 0)
    assert agreed(session, wave) == (3, "We saw it.", 1)
    assert agreed(session, wave, "parks") == (1, "Not here.", 1)
    assert agreed(session, wave, "adults") is None


def test_no_figure_changes_by_it(session, wave):
    before = as_json(reporting.organisation_profile(session, wave.slug, None))
    agreeing.agree_on(session, seen(session, wave), DESIGN, 5, "We know better.", 0)
    assert as_json(reporting.organisation_profile(session, wave.slug, None)) == before
    report = reporting.capability_report(session, wave.slug, DESIGN, None)
    assert (report.figure.measure.step, report.agreed.step) == (2, 5)


def test_of_two_who_note_it_at_once_the_later_is_told(session, wave):
    mine = seen(session, wave)
    agreeing.agree_on(session, mine, DESIGN, 3, "We saw it.", 0)
    with pytest.raises(Conflict):
        agreeing.agree_on(session, mine, DESIGN, 4, "We saw more.", 0)
    agreeing.agree_on(session, mine, DESIGN, 4, "We saw more.", 1)
    with pytest.raises(Conflict):
        agreeing.agree_on(session, mine, DESIGN, 2, "We saw less.", 1)
    with pytest.raises(Conflict):
        agreeing.forget_agreed(session, mine, DESIGN, 1)
    assert agreed(session, wave) == (4, "We saw more.", 2)
    agreeing.forget_agreed(session, mine, DESIGN, 2)
    assert agreed(session, wave) is None


@pytest.mark.parametrize(("step", "reason"), [(0, "Why"), (6, "Why"), (3, " "), (3, "x" * 1001)])
def test_what_is_no_step_or_says_no_reason_is_refused(session, wave, step, reason):
    with pytest.raises(Refused):
        agreeing.agree_on(session, seen(session, wave), DESIGN, step, reason, 0)
    assert agreed(session, wave) is None


def test_there_is_nothing_to_agree_on_of_what_was_not_asked(session, wave):
    with pytest.raises(NotFound):
        agreeing.agree_on(session, seen(session, wave), "digital/unheard-of", 3, "Why", 0)


def test_the_log_says_that_it_was_noted_and_not_why(session, wave):
    agreeing.agree_on(session, seen(session, wave), DESIGN, 3, "Because of Ada.", 0)
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.details) == ("agreed-step.set", {"step": 3})
