"""A wave is prepared, opened and closed; what it promised at opening stays."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from survey.operations import answering, organising, running
from survey.operations.errors import Closed, Conflict, NotFound, Refused
from survey.operations.tokens import token_of
from survey.questionnaire.model import Section
from survey.storage import waves as stored
from survey.storage.drafts import Draft
from survey.storage.organisations import Person
from survey.storage.waves import Invitation, Wave
from tests import make_stored
from tests.make_stored import NOON

SECRET = "a secret of the tests"
BASE = "https://survey.anytown.example/"


def prepared(session, people=("ada", "bo", "cy"), asked=None, **changes):
    """A wave of an organisation whose people are in the parks team."""
    anytown = make_stored.organisation(session)
    rows = "".join(f"{name}@anytown.example,parks\n" for name in people)
    organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
    digest = make_stored.version(session, asked)
    make_stored.publication(session, anytown.id, digest)
    values = {"slug": "autumn", "name": "Autumn", "version_digest": digest, "minimum_group": 5}
    return running.create_wave(session, anytown, **values | changes)


def opened(session, **changes):
    wave = prepared(session, **changes)
    running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))
    return wave


def links(session, wave, secret=SECRET):
    return list(running.invitation_links(session, wave, secret=secret, base_url=BASE))


def tokens(session, wave):
    return {
        link.email.partition("@")[0]: link.url.rpartition("/")[2] for link in links(session, wave)
    }


def start(session, token):
    began = answering.start_page_of_invitation(session, token)
    return answering.begin(
        session,
        wave=began.wave,
        invitation=began.invitation,
        key=answering.draft_key(token),
        random=Random(1),
    )


def answer(session, token, step=3):
    draft = start(session, token)
    page_id = answering.first_unanswered(draft)
    while page_id is not None:
        shown = answering.open_page(draft, page_id)
        answers = make_stored.all_answers(draft.questionnaire, step)
        page_id = answering.save_page(session, draft, shown, answers)
        draft = answering.open_draft(session, draft.wave_slug, answering.draft_key(token))
    answering.submit(session, draft)


def invited(session, wave):
    return {unit["slug"]: unit["invited"] for unit in stored.frozen_units(session, wave.id)}


def test_a_prepared_wave_asks_nobody(session):
    wave = prepared(session)
    assert wave.state == "prepared"
    assert session.scalar(select(func.count()).select_from(Invitation)) == 0
    with pytest.raises(Closed):
        links(session, wave)


@pytest.mark.parametrize("group", [-1, 0, 1, 4])
def test_a_group_in_which_people_could_be_found_out_is_refused(session, group):
    with pytest.raises(Refused, match="found out"):
        prepared(session, minimum_group=group)


@pytest.mark.parametrize(
    "change",
    [{"slug": "Autumn 26"}, {"name": " "}, {"name": "x" * 201}, {"version_digest": "0" * 64}],
)
def test_a_wave_that_cannot_be_is_refused(session, change):
    with pytest.raises(Refused):
        prepared(session, **change)


def test_a_version_that_another_organisation_published_is_refused(session):
    wave = prepared(session)
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    with pytest.raises(Refused, match="not published"):
        running.create_wave(
            session,
            other,
            slug="theirs",
            name="Theirs",
            version_digest=wave.version_digest,
            minimum_group=5,
        )


def test_a_short_name_belongs_to_one_wave(session):
    wave = prepared(session)
    anytown = organising.organisation(session, "anytown")
    with pytest.raises(Conflict):
        running.create_wave(
            session,
            anytown,
            slug="autumn",
            name="Again",
            version_digest=wave.version_digest,
            minimum_group=5,
        )


def test_waves_are_found_by_short_name_and_listed_newest_first(session):
    wave = prepared(session)
    assert running.wave(session, "autumn") is wave
    assert running.waves(session, wave.organisation_id) == [wave]
    with pytest.raises(NotFound):
        running.wave(session, "winter")


def test_opening_invites_everybody_once_and_freezes_the_units(session):
    wave = opened(session)
    assert wave.state == "open"
    assert wave.opened_at == NOON
    assert [link.email.partition("@")[0] for link in links(session, wave)] == ["ada", "bo", "cy"]
    assert invited(session, wave) == {"anytown": 3, "adults": 0, "places": 3, "parks": 3}


def test_who_has_left_is_not_invited(session):
    wave = prepared(session)
    session.scalars(select(Person).where(Person.email == "bo@anytown.example")).one().active = False
    session.flush()
    assert running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1)) == 2


def test_a_wave_opens_once(session):
    wave = opened(session)
    with pytest.raises(Refused, match="opened before"):
        running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))


def test_a_wave_that_nobody_could_answer_does_not_open(session):
    wave = prepared(session, people=())
    with pytest.raises(Refused, match="nobody to ask"):
        running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))


def test_an_open_link_needs_no_invitations(session):
    wave = opened(session, people=(), open_link=True)
    assert wave.state == "open"
    assert [unit.name for unit in answering.start_page_of_open_link(session, "autumn").units] == [
        "Anytown",
        "Adults",
        "Places",
        "Parks",
    ]


def test_a_wave_does_not_open_after_its_last_day(session):
    wave = prepared(session, closes_at=NOON)
    with pytest.raises(Refused, match="passed"):
        running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))


def test_who_joins_later_is_invited_later_and_nobody_twice(session):
    wave = opened(session)
    before = tokens(session, wave)
    organising.import_people(
        session, organising.organisation(session, "anytown"), b"email,unit\ndi@a.example,adults\n"
    )
    assert running.invite(session, wave, secret=SECRET, random=Random(1)) == 1
    assert running.invite(session, wave, secret=SECRET, random=Random(1)) == 0
    after = tokens(session, wave)
    assert {name: after[name] for name in before} == before
    assert invited(session, wave) == {"anytown": 4, "adults": 1, "places": 3, "parks": 3}


def test_a_unit_newer_than_the_wave_counts_as_the_one_above_it(session):
    wave = opened(session)
    anytown = organising.organisation(session, "anytown")
    organising.import_units(session, anytown, b"slug,name,parent\nponds,Ponds,parks\n")
    organising.import_people(session, anytown, b"email,unit\ndi@a.example,ponds\n")
    running.invite(session, wave, secret=SECRET, random=Random(1))
    assert invited(session, wave) == {"anytown": 4, "adults": 0, "places": 4, "parks": 4}


def test_reorganising_does_not_change_an_open_wave(session):
    wave = opened(session)
    before = stored.frozen_units(session, wave.id)
    anytown = organising.organisation(session, "anytown")
    organising.import_units(session, anytown, b"slug,name,parent\nparks,Green spaces,adults\n")
    assert stored.frozen_units(session, wave.id) == before


def test_only_an_open_wave_invites(session):
    wave = prepared(session)
    with pytest.raises(Closed):
        running.invite(session, wave, secret=SECRET, random=Random(1))


def test_links_say_where_to_answer_and_not_who_has(session):
    wave = opened(session)
    before = links(session, wave)
    answer(session, tokens(session, wave)["bo"])
    assert links(session, wave) == before
    assert before[0].url.startswith("https://survey.anytown.example/invitations/")
    assert set(before[0].__slots__) == {"email", "staff_number", "unit", "url"}


def test_tokens_are_long_different_and_not_stored(session):
    wave = opened(session)
    made = tokens(session, wave).values()
    assert len(set(made)) == 3
    assert {len(token) for token in made} == {22}  # 128 bits as base64url
    stored_digests = list(session.scalars(select(Invitation.token_digest)))
    assert not any(token.encode() in digest for token in made for digest in stored_digests)


def test_a_token_depends_on_secret_wave_and_invitation():
    made = {token_of(*of) for of in [("a", 1, 1), ("b", 1, 1), ("a", 2, 1), ("a", 1, 2)]}
    assert len(made) == 4
    assert token_of("a", 1, 1) == token_of(b"a", 1, 1)


def test_links_of_another_secret_are_refused_since_they_would_not_work(session):
    wave = opened(session)
    with pytest.raises(Refused, match="secret key"):
        links(session, wave, "another secret")


def with_modules(modules=4, per_person=2):
    asked = make_stored.questionnaire(tuple(f"digital/c{i}" for i in range(modules)))
    sections = tuple(
        Section(s.id, s.title, s.questions, module=s.id.startswith("digital"))
        for s in asked.sections
    )
    return make_stored.questionnaire(
        tuple(f"digital/c{i}" for i in range(modules)),
        sections=sections[:-1],
        modules_per_person=per_person,
    )


def test_modules_are_dealt_evenly_within_each_top_level_unit(session):
    people = [f"p{i}" for i in range(12)]
    wave = prepared(session, people=people, asked=with_modules())
    anytown = organising.organisation(session, "anytown")
    rows = "".join(f"q{i}@a.example,adults\n" for i in range(8))
    organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
    running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))
    starts = [
        answering.start_page_of_invitation(session, token).invitation
        for token in tokens(session, wave).values()
    ]
    by_unit = {}
    for invited in starts:
        by_unit.setdefault(invited.unit_id, []).append(invited.shift)
    assert sorted(sorted(Counter(shifts).values()) for shifts in by_unit.values()) == [
        [2, 2, 2, 2],
        [3, 3, 3, 3],
    ]


def test_closing_counts_and_deletes_what_was_never_sent(session):
    wave = opened(session)
    sent = tokens(session, wave)
    answer(session, sent["ada"])
    start(session, sent["bo"])
    assert running.close_wave(session, wave, now=NOON + timedelta(days=30)) == 1
    assert wave.state == "closed"
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    with pytest.raises(Closed):
        answering.start_page_of_invitation(session, sent["cy"])


@pytest.mark.parametrize("closed", [False, True])
def test_only_an_open_wave_closes(session, closed):
    wave = opened(session) if closed else prepared(session)
    if closed:
        running.close_wave(session, wave, now=NOON)
    with pytest.raises(Refused, match="open"):
        running.close_wave(session, wave, now=NOON)


def test_what_was_promised_cannot_be_changed_by_opening_again_or_inviting_late(session):
    wave = opened(session)
    running.close_wave(session, wave, now=NOON)
    for change in (
        lambda: running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1)),
        lambda: running.invite(session, wave, secret=SECRET, random=Random(1)),
    ):
        with pytest.raises((Refused, Closed)):
            change()
    assert session.get(Wave, wave.id).minimum_group == 5


def participation(session, wave):
    found = running.participation(session, wave)
    return {part.unit.slug: (part.invited, part.responded) for part in found.by_unit}


def test_participation_is_said_of_units_with_enough_people(session):
    wave = opened(session, people=[f"p{i}" for i in range(6)])
    answer(session, tokens(session, wave)["p0"])
    assert participation(session, wave) == {
        "anytown": (6, 1),
        "adults": (0, None),
        "places": (6, 1),
        "parks": (6, 1),
    }
    assert running.participation(session, wave).rate == pytest.approx(1 / 6)


def test_participation_of_a_unit_that_would_tell_of_a_small_one_is_withheld(session):
    wave = prepared(session, people=[f"p{i}" for i in range(6)])
    anytown = organising.organisation(session, "anytown")
    organising.import_people(session, anytown, b"email,unit\nx@a.example,adults\n")
    running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))
    assert participation(session, wave) == {
        "anytown": (7, 0),
        "adults": (1, None),
        "places": (6, None),
        "parks": (6, None),
    }


def test_participation_before_opening_is_of_nobody(session):
    found = running.participation(session, prepared(session))
    assert (found.invited, found.responded, found.rate) == (0, None, None)


def test_answers_by_an_open_link_count_though_nobody_was_invited(session):
    wave = opened(session, people=(), open_link=True, minimum_group=5)
    make_stored.responses(session, wave, "parks", [1, 2, 3, 4, 5])
    found = running.participation(session, wave)
    assert found.rate is None


def test_the_tree_is_frozen_as_it_is_read_whatever_order_units_came_in(session):
    wave = prepared(session)
    anytown = organising.organisation(session, "anytown")
    later = b"slug,name,parent\nwards,Wards,adults\nadvice,Advice,\n"
    organising.import_units(session, anytown, later)
    running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))
    frozen = [unit["slug"] for unit in stored.frozen_units(session, wave.id)]
    assert frozen == ["anytown", "adults", "wards", "advice", "places", "parks"]
    shown = [part.unit.slug for part in running.participation(session, wave).by_unit]
    assert shown == frozen
