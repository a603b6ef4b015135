"""An organisation gives away what it shows, takes in what others give, and sees where it stands."""

import json
import re

import pytest
from sqlalchemy import func, select

from survey.maturity.benchmark import NoQuartiles, Quartiles
from survey.operations import benchmark_importing as importing
from survey.operations import reporting
from survey.operations.benchmark_exporting import export, own_fingerprint
from survey.operations.benchmark_file import read_signed
from survey.operations.benchmark_importing import InvalidFiles
from survey.operations.benchmark_reporting import benchmark_report, standing
from survey.operations.errors import NotFound, Refused
from survey.storage.audit import AuditEvent
from survey.storage.benchmarks import BenchmarkFigure, BenchmarkFile, BenchmarkKey
from tests import make_benchmarks as others
from tests import make_stored as make

DESIGN, SHARING = others.DESIGN, others.SHARING
SECRET = "a secret of the tests, long enough"
TEN = [2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6, 3.8]


@pytest.fixture
def anytown(session):
    return make.organisation(session)


@pytest.fixture
def wave(session, anytown):
    return closed(session, anytown)


def closed(session, of, answers=None, **changes):
    values = {"of": of, "closed_at": make.NOON, "shares_figures": True} | changes
    return make.closed_wave(session, answers or {"parks": [3] * 10, "adults": [4] * 10}, **values)


def events(session, of):
    mine = select(AuditEvent).where(AuditEvent.organisation_id == of.id)
    return [event.action for event in session.scalars(mine.order_by(AuditEvent.number))]


def codes(session, of, *files):
    with pytest.raises(InvalidFiles) as fault:
        importing.take_in(session, of, [(f"{n}.json", file) for n, file in enumerate(files)])
    return [(one.file, one.problem.code) for one in fault.value.problems]


# Giving away


def test_what_leaves_is_what_the_profile_shows_of_everybody(session, anytown, wave):
    found = read_signed(export(session, "autumn", secret=SECRET)).shared
    assert (found.organisation, found.wave, found.wave_name) == ("Anytown", "autumn", "Autumn")
    assert (found.year, found.month, found.simulated) == (2026, 9, False)
    assert found.questionnaire == wave.version_digest
    profile = reporting.organisation_profile(session, "autumn", None)
    assert found.people == profile.responded
    assert {id_: (one.counts, one.mean) for id_, one in found.capabilities.items()} == {
        one.id: (one.measure.counts, one.measure.mean) for one in profile.capabilities
    }
    assert events(session, anytown) == ["benchmark.export"]


def test_what_is_withheld_is_not_in_the_file_nor_is_any_unit(session, anytown):
    made = make.wave(session, anytown, closed_at=make.NOON, shares_figures=True)
    skipped = {DESIGN: "dont-know", f"{DESIGN}:watch": "dont-know"}
    make.responses(session, made, "parks", [2, 3, 4])
    make.responses(session, made, "adults", [3] * 7, **skipped)
    make.close(session, made)
    file = export(session, "autumn", secret=SECRET)
    assert list(read_signed(file).shared.capabilities) == [SHARING]
    content = json.loads(file)["content"]
    assert DESIGN not in json.dumps(content)
    assert not re.search("parks|adults|places", file.decode(), re.IGNORECASE)
    assert set(content["capabilities"][SHARING]) == {"asked", "counts", "mean"}


def test_how_many_answered_is_left_out_where_it_is_withheld(session, anytown):
    closed(session, anytown, {"parks": [3] * 10}, invited={})
    assert read_signed(export(session, "autumn", secret=SECRET)).shared.people is None


def test_nothing_leaves_before_the_end_or_without_a_word_to_staff(session, anytown):
    make.wave(session, anytown, slug="open", shares_figures=True)
    closed(session, anytown, slug="silent", shares_figures=False)
    closed(session, anytown, {"parks": [3, 3]}, slug="few")
    for slug, why in (("open", "no figures yet"), ("silent", "not told"), ("few", "Too few")):
        with pytest.raises(Refused, match=why):
            export(session, slug, secret=SECRET)
    assert session.get(BenchmarkKey, anytown.id) is None


def test_the_key_is_made_once_and_never_stored_in_the_open(session, anytown, wave):
    assert own_fingerprint(session, anytown.id) is None
    first = export(session, "autumn", secret=SECRET)
    assert export(session, "autumn", secret=SECRET) == first
    kept = session.get(BenchmarkKey, anytown.id)
    assert json.loads(first)["key"] == kept.public_key
    assert len(kept.sealed) > 100, "encrypted, not the 64 figures of a key"
    with pytest.raises(Refused, match="SURVEY_SECRET_KEY"):
        export(session, "autumn", secret="another secret")
    before = own_fingerprint(session, anytown.id)
    export(session, "autumn", secret="another secret", new_key=True)
    assert own_fingerprint(session, anytown.id) != before


# Taking in


def test_a_file_counts_once_its_key_is_confirmed(session, anytown, wave):
    files = others.files_beside(session, wave, TEN)
    taken = importing.take_in(session, anytown, files)
    assert (taken.added, taken.changed, taken.unchanged) == (10, 0, 0)
    assert len(taken.unconfirmed) == 10
    (first, *_) = benchmark_report(session, "autumn", None).standings
    assert first.others == NoQuartiles(0, "too-few")
    for neighbour in importing.neighbours(session, anytown.id):
        importing.confirm(session, anytown, neighbour.fingerprint, now=make.NOON)
        importing.confirm(session, anytown, neighbour.fingerprint, now=make.NOON)
    (first, *_) = benchmark_report(session, "autumn", None).standings
    assert first.others.organisations == 10
    assert events(session, anytown) == ["benchmark.import", *["benchmark.confirm"] * 10]


def test_the_same_file_again_changes_nothing(session, anytown, wave):
    files = others.files_beside(session, wave, TEN)
    others.take_in(session, anytown, files)
    before = events(session, anytown)
    taken = others.take_in(session, anytown, [*files, *files])
    assert (taken.added, taken.changed, taken.unchanged) == (0, 0, 20)
    assert session.scalar(select(func.count()).select_from(BenchmarkFile)) == 10
    assert events(session, anytown) == before


def test_another_file_of_the_same_wave_replaces_the_former(session, anytown, wave):
    asked = others.alike(session, wave)[DESIGN]
    for mean in (2.0, 4.0):
        file = others.file("Elsewhere", {DESIGN: others.figure(asked, mean)})
        taken = others.take_in(session, anytown, [("a.json", file)])
    assert (taken.added, taken.changed) == (0, 1)
    assert session.scalars(select(BenchmarkFigure.mean)).all() == [4.0]


def test_of_an_organisation_the_wave_that_closed_last_counts(session, anytown, wave):
    older = others.files_beside(session, wave, [1.5] * 10, wave="spring", month=3)
    newer = others.files_beside(session, wave, TEN, wave="autumn", month=10)
    others.take_in(session, anytown, newer)
    others.take_in(session, anytown, older)
    (found, *_) = benchmark_report(session, "autumn", None).standings
    assert found.others.organisations == 10
    assert found.others.lower > 2
    assert {one.source.latest.wave for one in importing.neighbours(session, anytown.id)} == {
        "autumn"
    }


def test_a_known_name_with_another_key_is_refused_until_the_former_is_removed(session, anytown):
    forged = others.file("elsewhere ", signed_by="Somebody else", wave="spring")
    others.take_in(session, anytown, [("a.json", others.file("Elsewhere"))])
    assert codes(session, anytown, forged) == [("0.json", "other-key")]
    (neighbour,) = importing.neighbours(session, anytown.id)
    importing.remove(session, anytown, neighbour.fingerprint)
    taken = importing.take_in(session, anytown, [("b.json", forged)])
    assert [one.confirmed_at for one in taken.unconfirmed] == [None]
    assert "benchmark.remove" in events(session, anytown)


def test_two_keys_under_one_name_are_refused_in_one_go(session, anytown):
    forged = others.file("Elsewhere", signed_by="Somebody else")
    assert codes(session, anytown, others.file("Elsewhere"), forged) == [("1.json", "other-key")]


def test_a_known_key_may_have_another_name(session, anytown):
    others.take_in(session, anytown, [("a.json", others.file("Elsewhere"))])
    renamed = others.file("Greater Elsewhere", signed_by="Elsewhere", wave="later", month=12)
    earlier = others.file("Little Elsewhere", signed_by="Elsewhere", wave="before", month=1)
    importing.take_in(session, anytown, [("b.json", renamed), ("c.json", earlier)])
    (neighbour,) = importing.neighbours(session, anytown.id)
    assert neighbour.source.name == "Greater Elsewhere"
    assert neighbour.source.confirmed_at is not None


def test_the_own_file_is_refused_by_key_and_by_name(session, anytown, wave):
    own = export(session, "autumn", secret=SECRET)
    anytown.name = "Anytown Council"
    session.flush()
    assert codes(session, anytown, own) == [("0.json", "own-file")]
    namesake = others.file("Anytown  council")
    assert codes(session, anytown, namesake) == [("0.json", "own-file")]


def test_every_problem_of_every_file_is_told_and_none_is_taken(session, anytown):
    told = codes(session, anytown, b"{", others.file("Elsewhere"), b"[]")
    assert told == [("0.json", "unclosed"), ("2.json", "not-a-benchmark")]
    assert "benchmark.import" not in events(session, anytown)
    many = [b"{}"] * (importing.MOST_FILES + 1)
    assert codes(session, anytown, *many)[-1] == ("200.json", "too-many-files")


def test_who_is_removed_leaves_no_figure(session, anytown, wave):
    others.take_in(session, anytown, others.files_beside(session, wave, [3.0]))
    (neighbour,) = importing.neighbours(session, anytown.id)
    importing.remove(session, anytown, neighbour.fingerprint)
    assert session.scalar(select(func.count()).select_from(BenchmarkFigure)) == 0
    with pytest.raises(NotFound):
        importing.remove(session, anytown, neighbour.fingerprint)


def test_neighbours_of_one_organisation_are_not_those_of_another(session, anytown, wave):
    other = make.organisation(session, "other", {"other": None})
    others.take_in(session, other, others.files_beside(session, wave, TEN))
    assert importing.neighbours(session, anytown.id) == []
    assert len(importing.neighbours(session, other.id)) == 10
    (found, *_) = benchmark_report(session, "autumn", None).standings
    assert found.others.organisations == 0
    (neighbour, *_) = importing.neighbours(session, other.id)
    with pytest.raises(NotFound):
        importing.confirm(session, anytown, neighbour.fingerprint, now=make.NOON)


def test_the_list_says_how_much_can_be_compared(session, anytown, wave):
    assert importing.neighbours(session, anytown.id) == []
    asked = others.alike(session, wave)
    figures = {id_: others.figure(one) for id_, one in asked.items()}
    files = [
        ("a.json", others.file("Alike", figures)),
        ("b.json", others.file("Otherwise", {DESIGN: others.figure("0" * 64)})),
    ]
    others.take_in(session, anytown, files)
    found = importing.neighbours(session, anytown.id)
    assert [(one.source.name, one.comparable) for one in found] == [("Alike", 2), ("Otherwise", 0)]


# Standing among others


def first_standing(session, slug="autumn"):
    return benchmark_report(session, slug, None).standings[0]


def test_nine_are_too_few_and_ten_show_the_quartiles(session, anytown, wave):
    files = others.files_beside(session, wave, TEN)
    others.take_in(session, anytown, files[:9])
    assert first_standing(session).others == NoQuartiles(9, "too-few")
    assert first_standing(session).quarter is None
    others.take_in(session, anytown, files[9:])
    found = first_standing(session)
    assert isinstance(found.others, Quartiles)
    assert found.figure.measure.mean == 3.5
    assert found.quarter == 4
    assert found.others.median == pytest.approx(2.9)


def test_a_capability_to_which_one_gives_over_a_quarter_of_the_people_is_withheld(
    session, anytown, wave
):
    asked = others.alike(session, wave)[DESIGN]
    large = others.file("Large", {DESIGN: others.figure(asked, 3.0, people=70)})
    files = others.files_beside(session, wave, TEN[:9])
    others.take_in(session, anytown, [*files, ("large.json", large)])
    found = first_standing(session)
    assert found.others == NoQuartiles(10, "one-gives-too-many")
    assert found.quarter is None


def test_what_was_asked_otherwise_is_not_compared(session, anytown, wave):
    files = others.files_beside(session, wave, TEN)
    others.take_in(session, anytown, files)
    design, sharing = benchmark_report(session, "autumn", None).standings
    assert isinstance(design.others, Quartiles)
    assert sharing.others == NoQuartiles(0, "too-few")


def test_a_survey_with_other_questions_that_was_imported_stands_beside_nobody(
    session, anytown, wave
):
    wave.imported = "other-questions"
    session.flush()
    others.take_in(session, anytown, others.files_beside(session, wave, TEN))
    assert first_standing(session).others == NoQuartiles(0, "too-few")


def test_what_nobody_was_asked_is_compared_with_its_like_alone(session, anytown, wave):
    others.take_in(session, anytown, others.files_beside(session, wave, TEN, simulated=True))
    assert first_standing(session).others == NoQuartiles(0, "too-few")
    made_up = closed(session, anytown, slug="made-up", simulated=True)
    assert isinstance(first_standing(session, made_up.slug).others, Quartiles)


def test_a_capability_says_the_same_as_the_page_of_all(session, anytown, wave):
    report = reporting.capability_report(session, "autumn", DESIGN, None)
    assert standing(session, report) is None, "nobody else is in"
    others.take_in(session, anytown, others.files_beside(session, wave, TEN))
    assert standing(session, report) == first_standing(session)
    unit = reporting.capability_report(session, "autumn", DESIGN, None, "parks")
    assert standing(session, unit) is None


def test_it_is_of_the_whole_organisation_alone_and_after_the_end(session, anytown, wave):
    make.wave(session, anytown, slug="open")
    lead = make.account(session, anytown.id, "lead", "parks")
    for slug, account in (("open", None), ("autumn", lead)):
        with pytest.raises(NotFound):
            benchmark_report(session, slug, account)
    assert benchmark_report(session, "autumn", make.account(session, anytown.id)).standings


def test_what_is_withheld_stands_nowhere(session, anytown):
    few = closed(session, anytown, {"parks": [3, 3]})
    assert benchmark_report(session, few.slug, None).standings == ()
    report = reporting.capability_report(session, few.slug, DESIGN, None)
    assert standing(session, report) is None


def test_attack_15_own_figures_are_in_no_quartile(session, anytown, wave):
    others.take_in(session, anytown, others.files_beside(session, wave, TEN))
    low = closed(session, anytown, {"parks": [1] * 20}, slug="low")
    high = closed(session, anytown, {"parks": [5] * 20}, slug="high")
    assert first_standing(session, low.slug).others == first_standing(session, high.slug).others
    assert first_standing(session, low.slug).quarter == 1


def test_attack_15_no_figure_of_the_report_is_one_organisations_mean(session, anytown, wave):
    eleven = [*TEN, 2.73]
    others.take_in(session, anytown, others.files_beside(session, wave, eleven))
    found = first_standing(session).others
    shown = (found.lower, found.median, found.upper)
    assert not any(abs(one - mean) < 1e-6 for one in shown for mean in eleven)
    assert set(Quartiles.__slots__) == {"organisations", "lower", "median", "upper"}
