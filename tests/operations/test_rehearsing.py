"""A draft is rehearsed by made-up people, and all that follows is as with real answers."""

import json
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from survey.database import session_scope
from survey.maturity.profile import Shown, Withheld
from survey.operations import rehearsing, writing
from survey.operations.errors import Refused
from survey.operations.rehearsal_figures import figures_of
from survey.operations.rehearsal_ways import not_exceeded
from survey.operations.rehearsed_people import MOST, Wanted, crowd, evenly
from survey.operations.writing import Typed
from survey.storage.organisations import Organisation, Person
from survey.storage.rehearsals import Rehearsal
from tests import make_stored
from tests.make_stored import NOON

STAFF, THOUSAND = Wanted("staff", 65), Wanted("thousand", 65)
CAPABILITIES = (
    "digital/user-research",
    "digital/information-security",
    "data/data-governance",
    "innovation/testing-and-experimentation",
)


def source(**changes):
    """A capability for everybody, three modules of which two are dealt, a question that waits."""
    everybody, *modules = CAPABILITIES
    file = {
        "format": 1,
        "id": "ours",
        "title": "Ours",
        "language": "en",
        "about_you": [
            {"id": "place", "kind": "choice", "text": "Where?", "options": places("here", "there")}
        ],
        "sections": [
            {
                "id": "all",
                "title": "All",
                "questions": [
                    {"capability": everybody},
                    {
                        "id": "why",
                        "kind": "text",
                        "text": "What gets in the way?",
                        "show_if": {"question": everybody, "at_most": 2},
                    },
                ],
            },
            *(
                {"id": f"m{n}", "title": f"Module {n}", "module": True, "questions": [asked]}
                for n, asked in enumerate({"capability": one} for one in modules)
            ),
        ],
        "modules": {"per_person": 2},
    }
    return json.dumps(file | changes)


def places(*names):
    return [{"id": name, "text": name.capitalize()} for name in names]


def with_staff(session, **people):
    """Anytown, with so many people in these units."""
    made = make_stored.organisation(session)
    for slug, number in people.items():
        unit = make_stored.unit(session, slug)
        for one in range(number):
            email = f"{slug}-{one}@anytown.example"
            session.add(Person(organisation_id=made.id, unit_id=unit.id, email=email))
    session.flush()
    return made


def draft(session, organisation, text=None):
    return writing.begin(session, organisation.id, text or source(), by=None, now=NOON)


def ask(session, found, wanted=STAFF, *, now=NOON, **more):
    return rehearsing.ask(session, found, wanted, minimum_group=5, now=now, **more)


def opened_on(session):
    """What opens sessions for a worker, all of them the test's own."""

    @contextmanager
    def opened():
        yield session

    return opened


def rehearsed(session, found, wanted=STAFF, **more):
    """The report, after a worker has done it."""
    ask(session, found, wanted, **more)
    rehearsing.work_on_all(opened_on(session), now=NOON)
    return rehearsing.report(session, found)


def figures(session, text=None, wanted=STAFF, **people):
    return rehearsed(session, draft(session, with_staff(session, **people), text), wanted).figures


def test_as_many_go_through_as_would_answer_of_the_staff(session):
    found = figures(session, adults=60, parks=40)
    assert (found.assumed.staff, found.assumed.invited) == (100, 100)
    assert (found.assumed.answers, found.assumed.rehearsed) == (65, 65)
    assert [(unit.name, unit.invited, unit.answers) for unit in found.units] == [
        ("Anytown", 100, 65),
        ("Adults", 60, 39),
        ("Places", 40, 26),
        ("Parks", 40, 26),
    ]


def test_a_thousand_are_spread_over_the_units_as_the_staff_are(session):
    found = figures(session, wanted=THOUSAND, adults=6, parks=2)
    assert (found.assumed.answers, found.assumed.invited) == (1000, 1538)
    answers = [unit.answers for unit in found.units]
    assert answers == pytest.approx([1000, 750, 250, 250], abs=1)


def test_without_a_staff_list_a_thousand_answer_for_the_organisation(session):
    found = figures(session)
    assert (found.assumed.staff, found.assumed.rehearsed) == (0, MOST)
    assert [unit.name for unit in found.units] == ["Anytown"]
    assert found.units[0].shown == len(CAPABILITIES)


def test_of_more_than_a_thousand_each_stands_for_several_of_the_same_unit(session):
    organisation = with_staff(session, adults=1900, parks=100)
    people = crowd(session, organisation.id, Wanted("staff", 100), shifts=3, random=Random(1))
    assert (len(people.answering), len(people.rehearsing)) == (2000, MOST)
    for one, stand_in in zip(people.answering, people.stand_ins, strict=True):
        assert people.rehearsing[stand_in] == one
    names = Counter(people.tree.units[one.place].name for one in people.answering)
    assert names == {"Adults": 1900, "Parks": 100}


def test_whoever_left_is_not_invited(session):
    organisation = with_staff(session, adults=10)
    session.query(Person).filter_by(email="adults-3@anytown.example").one().active = False
    session.flush()
    assert rehearsed(session, draft(session, organisation)).figures.assumed.staff == 9


def test_modules_are_dealt_by_turns_in_every_unit(session):
    organisation = with_staff(session, adults=30, parks=30)
    people = crowd(session, organisation.id, Wanted("staff", 100), shifts=3, random=Random(1))
    dealt = Counter((one.place, one.shift) for one in people.answering)
    assert set(dealt.values()) == {10}


def test_the_same_text_gives_the_same_figures_and_other_people_give_others(session):
    found = draft(session, with_staff(session, adults=40))
    first = rehearsed(session, found).figures
    assert rehearsed(session, found).figures == first
    other = rehearsed(session, found, other_people=True)
    assert other.rehearsal.draw == 1
    assert other.figures != first
    assert rehearsed(session, found).figures == first


def test_figures_are_kept_as_json_and_come_back_the_same(session):
    found = figures(session, adults=40)
    assert figures_of(json.loads(json.dumps(found.to_json()))) == found


def test_a_small_unit_sees_nothing_and_the_rest_is_protected(session):
    found = figures(session, wanted=Wanted("staff", 100), adults=40, parks=4)
    anytown, adults, places_, parks = found.units
    total = len(CAPABILITIES)
    assert (parks.shown, parks.too_few) == (0, total)
    assert (places_.shown, places_.too_few) == (0, total)
    assert anytown.shown == total
    assert (adults.shown, adults.too_few, adults.protects_another) == (0, 0, total)
    assert adults.half_width is adults.change is None
    assert anytown.half_width > 0


def test_what_may_be_shown_is_a_profile_and_what_may_not_is_withheld(session):
    organisation = with_staff(session, adults=9)
    report = rehearsed(session, draft(session, organisation), Wanted("staff", 100))
    assert [group.title for group in report.groups] == ["All", "Module 0", "Module 1", "Module 2"]
    measures = [one.measure for group in report.groups for one in group.capabilities]
    rated = [one.rated for one in report.figures.capabilities]
    for measure, people in zip(measures, rated, strict=True):
        assert isinstance(measure, Shown if people >= 5 else Withheld)
    assert isinstance(measures[0], Shown)
    assert measures[0].n == rated[0]
    assert sum(report.overall) == sum(people >= 5 for people in rated)
    few = rehearsed(session, draft(session, organisation), Wanted("staff", 10))
    assert not any(few.overall)


def test_units_that_could_see_a_capability_are_counted(session):
    found = figures(session, adults=60, parks=60, wanted=Wanted("staff", 100))
    assert {one.units for one in found.capabilities} == {3}


def test_minutes_depend_on_modules_and_conditions(session):
    found = figures(session, adults=200)
    spread = found.minutes
    assert spread.shortest < spread.median <= spread.three_quarters <= spread.longest
    assert (spread.over_long, spread.over_too_long) == (0, 0)
    assert found.module_sets == 3
    assert all(len(row.modules) == 2 for row in found.modules_dealt)
    assert sum(row.people for row in found.modules_dealt) == 130
    medians = [row.median for row in found.modules_dealt]
    assert medians == sorted(medians, reverse=True)
    (condition,) = found.conditions_met
    assert condition.condition == {"question": CAPABILITIES[0], "at_most": 2}
    assert 0 < condition.people < 130
    assert condition.minutes == pytest.approx((2 + 15) / 60 + 5 / 238)


def test_every_question_says_how_many_came_to_it(session):
    found = figures(session, adults=200)
    people = {one.id: one.people for one in found.questions}
    (condition,) = found.conditions_met
    assert people["place"] == people[CAPABILITIES[0]] == 130
    assert people["why"] == condition.people
    assert sum(people[one] for one in CAPABILITIES[1:]) == 2 * 130


def test_a_question_that_nobody_comes_to_is_found(session):
    section = {
        "id": "one",
        "title": "One",
        "questions": [
            {"capability": CAPABILITIES[0]},
            {
                "id": "never",
                "kind": "text",
                "text": "Why?",
                "show_if": {"not": {"question": CAPABILITIES[0], "answered": True}},
            },
        ],
    }
    text = json.dumps(json.loads(source()) | {"sections": [section], "modules": None})
    found = figures(session, text.replace(', "modules": null', ""), adults=50)
    assert [one.id for one in found.questions if not one.people] == ["never"]
    assert found.conditions_met[0].people == 0


def test_few_people_share_what_they_say_about_themselves(session):
    asked = [
        {"id": id_, "kind": "choice", "text": f"{id_}?", "options": places(*"abcd")}
        for id_ in ("one", "two")
    ]
    found = figures(session, source(about_you=asked), adults=40).combinations
    assert found.possible == 16
    assert found.small + found.empty >= 14
    assert 0 < found.people <= 26


def test_a_draft_that_measures_nothing_can_be_rehearsed(session):
    text = {"id": "t", "title": "T", "questions": [{"id": "a", "kind": "text", "text": "What?"}]}
    file = json.loads(source(sections=[text], about_you=[]))
    del file["modules"], file["about_you"]
    report = rehearsed(session, draft(session, with_staff(session, adults=9), json.dumps(file)))
    assert report.figures.capabilities == report.groups == ()
    assert report.figures.combinations is None
    assert report.figures.minutes.longest > 0


def test_a_draft_with_problems_is_refused(session):
    found = draft(session, with_staff(session), '{"format": 1}')
    assert rehearsing.number_of_problems(session, found)
    with pytest.raises(Refused, match="problems"):
        ask(session, found)
    assert rehearsing.report(session, found) is None


def test_the_text_is_rehearsed_as_it_was_when_asked_for(session):
    organisation = with_staff(session, adults=10)
    found = draft(session, organisation)
    made = ask(session, found)
    later = Typed("{}", found.revision, None, NOON)
    found = writing.save(session, organisation.id, found.id, later)
    rehearsing.work(opened_on(session), made.id)
    report = rehearsing.report(session, found)
    assert report.rehearsal.state == "done"
    assert report.is_behind
    assert report.rehearsal.source == "", "not kept longer than it is needed"


def test_a_new_rehearsal_takes_the_place_of_the_old(session):
    found = draft(session, with_staff(session, adults=10))
    old, new = ask(session, found), ask(session, found)
    assert old.id != new.id
    rehearsing.work(opened_on(session), old.id)
    assert rehearsing.report(session, found).rehearsal.state == "waiting"
    assert session.scalar(select(func.count()).select_from(Rehearsal)) == 1


def test_a_text_that_has_problems_by_then_is_said_to(session):
    found = draft(session, with_staff(session, adults=10))
    made = ask(session, found)
    made.source = source().replace("user-research", "user-reserch")
    session.flush()
    rehearsing.work(opened_on(session), made.id)
    assert rehearsing.report(session, found).rehearsal.state == "faulty"


def test_what_breaks_off_is_said_to_have_and_is_not_tried_again(session, monkeypatch):
    found = draft(session, with_staff(session, adults=10))
    ask(session, found)

    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(rehearsing, "figures_from", fails)
    with pytest.raises(ZeroDivisionError):
        rehearsing.work_on_all(opened_on(session), now=NOON)
    assert rehearsing.report(session, found).rehearsal.state == "failed"
    monkeypatch.undo()
    rehearsing.work_on_all(opened_on(session), now=NOON)
    assert rehearsing.report(session, found).rehearsal.state == "failed"


def test_rehearsals_are_kept_for_a_day(session):
    found = draft(session, with_staff(session, adults=10))
    rehearsed(session, found)
    rehearsing.work_on_all(opened_on(session), now=NOON + timedelta(hours=23))
    assert rehearsing.report(session, found) is not None
    rehearsing.work_on_all(opened_on(session), now=NOON + timedelta(hours=25))
    assert rehearsing.report(session, found) is None


def test_progress_is_seen_by_others_and_a_draft_that_is_deleted_stops_the_work(database_url):
    with session_scope(database_url) as session:
        found = draft(session, with_staff(session, adults=400))
        rehearsal_id = ask(session, found).id
        session.commit()
        seen = []

        @contextmanager
        def opened():
            with session_scope(database_url) as own:
                yield own
            seen.append(session.execute(select(Rehearsal.done, Rehearsal.of)).one_or_none())
            if seen[-1] == (100, 260):
                writing.delete(session, found)
                session.commit()

        rehearsing.work(opened, rehearsal_id)
        assert seen == [(0, 0), (0, 260), (50, 260), (100, 260), None]
        assert session.scalar(select(func.count()).select_from(Rehearsal)) == 0


def test_the_rehearsals_of_another_organisation_are_its_own(session):
    anytown = with_staff(session, adults=10)
    elsewhere = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    rehearsed(session, draft(session, anytown))
    assert rehearsing.report(session, draft(session, elsewhere)) is None
    assert session.scalar(select(func.count()).select_from(Organisation)) == 2


@pytest.mark.parametrize(
    ("number", "taken"), [(2, [0, 2]), (5, [0, 1, 2, 3, 4]), (10, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4])]
)
def test_some_are_taken_at_equal_distances(number, taken):
    assert evenly(range(5), number) == taken


@pytest.mark.parametrize(("share", "minutes"), [(1 / 4, 1), (1 / 2, 2), (3 / 4, 3), (1, 9)])
def test_minutes_are_such_that_a_share_of_people_does_not_exceed_them(share, minutes):
    assert not_exceeded([9, 3, 1, 2], share) == minutes
