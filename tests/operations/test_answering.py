"""A person answers: comes in, goes from page to page, comes back, sees only their own path."""

from random import Random

import pytest
from sqlalchemy import event

from survey.database import session_scope
from survey.operations import answering
from survey.operations.errors import AlreadyUsed, Closed, NotFound, Refused
from survey.questionnaire.model import Section
from survey.storage.drafts import take_draft
from tests import make_stored as make


def begun(session, wave=None, **invited):
    """An invitation's draft, open."""
    wave = wave or make.wave(session)
    token, invitation = make.invitation(session, wave, **invited)
    key = answering.draft_key(token)
    return answering.begin(session, wave=wave, invitation=invitation, key=key, random=Random(1))


def answer(session, draft, page_id, **answers):
    """Save a page, and read the draft again as the next request would."""
    shown = answering.open_page(draft, page_id)
    onward = answering.save_page(session, draft, shown, answers)
    return onward, reread(session, draft)


def reread(session, draft, email="ada@anytown.example"):
    key = answering.draft_key(f"token-of-{email}")
    return answering.open_draft(session, draft.wave_slug, key)


def test_the_start_page_says_who_asks_and_how_few_are_protected(session):
    token, invitation = make.invitation(session, make.wave(session, minimum_group=12))
    start = answering.start_page_of_invitation(session, token)
    assert (start.organisation_name, start.wave.slug, start.minimum_group) == (
        "Anytown",
        "autumn",
        12,
    )
    assert start.questionnaire == make.questionnaire()
    assert start.invitation == invitation
    assert not start.has_draft
    assert start.minutes > 0


def test_coming_back_says_that_a_draft_waits(session):
    draft = begun(session)
    token = "token-of-ada@anytown.example"
    assert answering.start_page_of_invitation(session, token).has_draft
    assert draft.answers == {}


def test_the_same_link_finds_the_same_draft_on_every_device(session):
    wave = make.wave(session)
    token, invitation = make.invitation(session, wave)
    key = answering.draft_key(token)
    first = answering.begin(session, wave=wave, invitation=invitation, key=key, random=Random(1))
    shown = answering.open_page(first, "grade")
    answering.save_page(session, first, shown, {"grade": "manager"})
    again = answering.begin(session, wave=wave, invitation=invitation, key=key, random=Random(2))
    assert again.answers == {"grade": "manager"}
    assert answering.first_unanswered(again) == "digital/design"


def test_pages_follow_one_another_to_the_check(session):
    draft = begun(session)
    onward, path = "grade", []
    while onward is not None:
        path.append(onward)
        shown = answering.open_page(draft, onward)
        assert (shown.position, shown.total) == (len(path), 9)
        assert shown.back == (path[-2] if len(path) > 1 else None)
        chosen = {q.id: 3 for q in shown.questions if q.kind in ("maturity", "agreement")}
        onward, draft = answer(session, draft, onward, **chosen)
    assert path[:3] == ["grade", "digital/design", "digital/design:watch"]
    assert "what-else" not in path


def test_an_answer_can_open_a_question_and_close_it_again(session):
    low = make.questionnaire(("digital/design",))
    draft = begun(session, make.wave(session, asked=low))
    _, draft = answer(session, draft, "digital/design", **{"digital/design": 1})
    assert answering.open_page(draft, "what-else").total == 6
    _, draft = answer(session, draft, "digital/design", **{"digital/design": 4})
    with pytest.raises(NotFound):
        answering.open_page(draft, "what-else")


def test_leaving_a_text_empty_takes_it_away(session):
    draft = begun(session)
    comment = "digital/design:comment"
    _, draft = answer(session, draft, comment, **{comment: "Not enough time"})
    assert draft.answers == {comment: "Not enough time"}
    _, draft = answer(session, draft, comment, **{comment: None})
    assert draft.answers == {}


def test_a_page_changes_no_answer_but_its_own(session):
    draft = begun(session)
    shown = answering.open_page(draft, "grade")
    answering.save_page(session, draft, shown, {"grade": "manager", "digital/design": 5})
    assert reread(session, draft).answers == {"grade": "manager"}


def test_two_devices_at_two_pages_both_keep_what_they_sent(database_url):
    with session_scope(database_url) as session:
        phone = laptop = begun(session)
        session.commit()
    for device, page, chosen in ((phone, "grade", "manager"), (laptop, "digital/design", 2)):
        with session_scope(database_url) as session:
            shown = answering.open_page(device, page)
            answering.save_page(session, device, shown, {page: chosen})
            session.commit()
    with session_scope(database_url) as session:
        draft = reread(session, phone)
    assert draft.answers == {"grade": "manager", "digital/design": 2}
    assert draft.revision == 2


def test_saving_after_the_answers_were_sent_says_so(session):
    draft = begun(session)
    shown = answering.open_page(draft, "grade")
    take_draft(session, draft.wave_id, draft.key_digest)
    with pytest.raises(AlreadyUsed):
        answering.save_page(session, draft, shown, {"grade": "manager"})


def test_a_page_costs_one_select_and_saving_it_one_update(session):
    draft = begun(session)
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement.split()[0])

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    draft = reread(session, draft)
    shown = answering.open_page(draft, "grade")
    answering.save_page(session, draft, shown, {"grade": "manager"})
    event.remove(engine, "before_cursor_execute", note)
    assert statements == ["SELECT", "UPDATE"]


@pytest.mark.parametrize("state", ["prepared", "closed"])
def test_a_wave_that_is_not_open_takes_no_answers(session, state):
    wave = make.wave(session)
    token, invitation = make.invitation(session, wave)
    key = answering.draft_key(token)
    answering.begin(session, wave=wave, invitation=invitation, key=key, random=Random(1))
    wave.state = state
    session.flush()
    with pytest.raises(Closed):
        answering.open_draft(session, wave.slug, key)
    with pytest.raises(Closed):
        answering.start_page_of_invitation(session, token)


def test_unknown_links_are_told_what_to_do(session):
    wave = make.wave(session)
    for start in (
        lambda: answering.start_page_of_invitation(session, "no such token"),
        lambda: answering.start_page_of_open_link(session, "no-such-wave"),
        lambda: answering.start_page_of_open_link(session, wave.slug),
    ):
        with pytest.raises(NotFound) as refusal:
            start()
        assert refusal.value.what_to_do
    with pytest.raises(NotFound):
        answering.open_draft(session, "no-such-wave", "key")


def test_a_used_invitation_opens_nothing(session):
    wave = make.wave(session)
    token, invitation = make.invitation(session, wave)
    make.sent(session, wave, token)
    with pytest.raises(AlreadyUsed):
        answering.start_page_of_invitation(session, token)
    key = answering.draft_key(token)
    with pytest.raises(AlreadyUsed):
        answering.begin(session, wave=wave, invitation=invitation, key=key, random=Random(1))


def test_an_open_link_offers_the_units_and_takes_no_other(session):
    wave = make.wave(session, open_link=True)
    start = answering.start_page_of_open_link(session, wave.slug)
    assert [(unit.name, unit.depth) for unit in start.units] == [
        ("Anytown", 0),
        ("Adults", 1),
        ("Places", 1),
        ("Parks", 2),
    ]
    begin = {"wave": start.wave, "invitation": None, "random": Random(1)}
    parks = answering.begin(session, key="one", unit_id=start.units[3].id, **begin)
    whole = answering.begin(session, key="two", unit_id=None, **begin)
    assert (parks.unit_id, whole.unit_id) == (start.units[3].id, start.units[0].id)
    with pytest.raises(Refused):
        answering.begin(session, key="three", unit_id=10**6, **begin)


def test_a_person_sees_the_modules_that_were_dealt_to_them(session):
    modules = tuple(
        Section(f"m{n}", f"Module {n}", make.rated_questions(f"data/m{n}")[:1], module=True)
        for n in range(3)
    )
    asked = make.questionnaire(
        ("data/m0", "data/m1", "data/m2"), sections=modules, modules_per_person=1
    )
    wave = make.wave(session, asked=asked)
    seen = set()
    for shift in range(3):
        email = f"{shift}@anytown.example"
        token, invitation = make.invitation(session, wave, email=email, shift=shift)
        key = answering.draft_key(token)
        draft = answering.begin(
            session, wave=wave, invitation=invitation, key=key, random=Random(1)
        )
        assert len(draft.modules) == 1
        seen |= set(draft.modules)
    assert seen == {"m0", "m1", "m2"}
