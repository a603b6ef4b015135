"""Responses are counted once each, in their unit and all above it; a closed wave is frozen."""

from threading import Thread
from types import SimpleNamespace

from sqlalchemy import func, select

from survey.database import session_scope
from survey.maturity.tally import tally
from survey.operations.tallying import (
    freeze_publish_set,
    plan_of_wave,
    recount,
    stored_tallies,
    tally_new_responses,
)
from survey.storage.responses import Comment, Response, Untallied, forget_order
from survey.storage.tallies import Tally
from survey.storage.waves import Wave
from tests import make_stored as make


def tallied(session, wave):
    """Unit's slug to its tally."""
    plan = plan_of_wave(session, wave)
    found = stored_tallies(session, wave.id, plan)
    return {slug: found.get(make.unit(session, slug).id) for slug in make.UNITS}


def test_a_unit_counts_everybody_below_it(session):
    wave = make.wave(session)
    make.responses(session, wave, "parks", [1, 2])
    make.responses(session, wave, "places", [3])
    make.responses(session, wave, "adults", [5])
    assert tally_new_responses(session, wave) == 4
    found = tallied(session, wave)
    assert {slug: one.responses for slug, one in found.items()} == {
        "anytown": 4,
        "adults": 1,
        "places": 3,
        "parks": 2,
    }
    assert found["places"].figures[0, :5].tolist() == [1, 1, 1, 0, 0]


def test_the_tally_is_that_of_the_responses_themselves(session):
    wave = make.wave(session)
    make.responses(session, wave, "parks", [1, 2, 3, 4, 5], **{"data/sharing": "dont-know"})
    tally_new_responses(session, wave)
    ratings = session.scalars(select(Response.ratings)).all()
    assert tallied(session, wave)["anytown"] == tally(ratings, plan_of_wave(session, wave))


def test_new_responses_are_added_and_nothing_is_counted_twice(session):
    wave = make.wave(session)
    for steps in ([1, 2], [3], []):
        make.responses(session, wave, "parks", steps)
        assert tally_new_responses(session, wave) == len(steps)
    assert tallied(session, wave)["anytown"].responses == 3
    assert session.scalar(select(func.count()).select_from(Untallied)) == 0


def test_batches_give_what_one_go_gives(session, monkeypatch):
    monkeypatch.setattr("survey.operations.tallying.BATCH", 3)
    wave = make.wave(session)
    make.responses(session, wave, "parks", [1, 2, 3, 4, 5, 5, 5])
    assert tally_new_responses(session, wave) == 7
    assert recount(session, wave)


def test_somebody_of_a_unit_that_came_later_counts_for_the_whole(session):
    wave = make.wave(session)
    root = make.unit(session, "anytown")
    late = make.Unit(
        organisation_id=wave.organisation_id,
        parent_id=root.id,
        slug="late",
        name="Late",
        path=f"{root.path}999/",
    )
    session.add(late)
    session.flush()
    make.responses(session, wave, "late", [3])
    tally_new_responses(session, wave)
    found = tallied(session, wave)
    assert (found["anytown"].responses, found["places"]) == (1, None)


def test_two_waves_do_not_mix(session):
    first = make.wave(session)
    organisation = SimpleNamespace(id=first.organisation_id)
    second = make.wave(session, organisation, slug="spring")
    make.responses(session, first, "parks", [1])
    make.responses(session, second, "parks", [2, 3])
    assert tally_new_responses(session, second) == 2
    assert tally_new_responses(session, first) == 1


def test_a_recount_agrees_and_mends_an_open_wave(session):
    wave = make.wave(session)
    make.responses(session, wave, "parks", [1, 2, 3])
    assert recount(session, wave)
    session.query(Tally).update({"responses": 9, "figures": stored(session, wave)})
    assert not recount(session, wave)
    assert recount(session, wave)


def stored(session, wave):
    """The figures of a tally in which nobody answered."""
    plan = plan_of_wave(session, wave)
    return tally([bytes(plan.questions)], plan).to_bytes()


def test_a_recount_of_a_closed_wave_changes_nothing(session):
    wave = make.wave(session, state="closed")
    make.responses(session, wave, "parks", [1, 2, 3])
    tally_new_responses(session, wave)
    session.query(Tally).update({"figures": stored(session, wave)})
    assert not recount(session, wave)
    assert not recount(session, wave)


def test_eight_who_fold_at_once_count_everybody_once(database_url):
    with session_scope(database_url) as session:
        wave = make.wave(session)
        make.responses(session, wave, "parks", [1, 2, 3, 4, 5] * 40)
        session.commit()
    counted = []

    def fold():
        with session_scope(database_url) as session:
            counted.append(tally_new_responses(session, session.get(Wave, wave.id)))
            session.commit()

    folders = [Thread(target=fold) for _ in range(8)]
    for folder in folders:
        folder.start()
    for folder in folders:
        folder.join()
    assert sum(counted) == 200
    with session_scope(database_url) as session:
        assert tallied(session, wave)["anytown"].responses == 200
        assert recount(session, session.get(Wave, wave.id))


def test_a_fold_that_fails_leaves_everything_to_be_counted(database_url):
    with session_scope(database_url) as session:
        wave = make.wave(session)
        make.responses(session, wave, "parks", [1, 2, 3])
        session.commit()
        wave_id = wave.id
        tally_new_responses(session, wave)
        session.rollback()
    with session_scope(database_url) as session:
        assert tally_new_responses(session, session.get(Wave, wave_id)) == 3


def test_closing_freezes_what_may_be_shown_of_every_unit(session):
    wave = make.wave(session, invited={"anytown": 20, "adults": 6, "places": 14, "parks": 4})
    make.responses(session, wave, "adults", [3] * 6)
    make.responses(session, wave, "places", [4] * 8)
    make.responses(session, wave, "parks", [5] * 4)
    tally_new_responses(session, wave)
    freeze_publish_set(session, wave)
    design = plan_of_wave(session, wave).questions
    disclosure = {
        slug: session.get(Tally, (wave.id, make.unit(session, slug).id)).disclosure
        for slug in make.UNITS
    }
    assert {slug: bytes_[design] for slug, bytes_ in disclosure.items()} == {
        "anytown": 0,
        "adults": 0,
        "places": 0,
        "parks": 1,
    }
    assert {slug: bytes_[-1] for slug, bytes_ in disclosure.items()} == {
        "anytown": 0,
        "adults": 0,
        "places": 0,
        "parks": 1,
    }
    assert len(disclosure["anytown"]) == plan_of_wave(session, wave).items + 1


def test_nothing_tells_in_which_order_people_answered(database_url):
    with session_scope(database_url) as session:
        wave = make.wave(session)
        for step in (1, 2, 3, 4, 5):
            make.responses(session, wave, "parks", [step], **{"data/sharing:comment": "Why"})
            session.commit()
        before = session.scalars(select(Response.id)).all()
        forget_order(session, wave.id)
        session.commit()
        after = session.scalars(select(Response.id)).all()
        assert session.scalar(select(func.count()).select_from(Comment)) == 5
    assert after == sorted(before, key=lambda id_: id_.bytes)
