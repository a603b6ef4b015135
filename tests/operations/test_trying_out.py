"""A survey tried out by its author: the very pages, of no wave and with nothing stored."""

import json

import pytest
from sqlalchemy import func, select

from survey.operations import editions, trying_out
from survey.operations.answering import check_page, decode_result, first_unanswered, open_page
from survey.operations.errors import NotFound
from survey.operations.shipped import library, ready_made
from survey.questionnaire.answers import parse
from survey.questionnaire.path import pages
from survey.questionnaire.problems import InvalidFile
from survey.storage.drafts import Draft
from survey.storage.responses import Response
from survey.web.answer.showing import as_sent
from tests import make
from tests import make_stored as stored

SECTIONS = [
    {"id": "one", "title": "One", "questions": [{"id": "a", "kind": "agreement", "text": "A?"}]},
    {
        "id": "two",
        "title": "Two",
        "questions": [
            {
                "id": "b",
                "kind": "text",
                "text": "B?",
                "show_if": {"question": "a", "at_least": 4},
            },
            {"id": "c", "kind": "agreement", "text": "C?"},
        ],
    },
]
MODULES = [
    {
        "id": name,
        "title": name,
        "module": True,
        "questions": [{"id": f"of-{name}", "kind": "agreement", "text": "?"}],
    }
    for name in ("red", "green", "blue")
]


def edition(*sections, **changes):
    document = {"format": 1, "id": "ours", "title": "Ours", "language": "en"}
    text = json.dumps(document | {"sections": [*SECTIONS, *sections]} | changes)
    return editions.edition_of_text(text, library())


def begun(of=None, person=1, **answers):
    return trying_out.begin(
        of or edition(), "Anytown", person=person, answers=answers, minimum_group=10
    )


def asked_of(draft):
    return [page.id for page in pages(draft.questionnaire, draft.answers, draft.modules)]


def test_a_text_is_read_once_and_again_when_the_library_is_another():
    text = json.dumps(make.document({"capability": "digital/user-research"}))
    ours = make.library()
    first = editions.edition_of_text(text, ours)
    assert editions.edition_of_text(text, ours) is first
    assert editions.edition_of_text(text, make.library()) is not first
    assert editions.edition_of_text(text, make.library()).digest == first.digest


def test_only_a_few_editions_are_kept():
    first = edition(title="First")
    for number in range(editions.KEPT):
        edition(title=f"Title {number}")
    assert edition(title="First") is not first
    assert edition(title="First").digest == first.digest


def test_a_text_with_problems_is_refused_with_all_of_them():
    with pytest.raises(InvalidFile) as fault:
        edition(titel="?", languag="en")
    assert len(fault.value.problems) == 2


def test_a_place_in_the_text_is_an_offset_or_a_pointer():
    ours = edition()
    assert ours.question_at(str(ours.source.text.index("C?"))) == "c"
    assert ours.question_at("/sections/1/questions/0/text") == "b"
    for nowhere in ("", "x", "-1", "²", "9" * 5000, "/nowhere"):
        assert ours.question_at(nowhere) in {None, "c"}


def test_a_version_has_no_text_to_point_into(session):
    digest = stored.version(session)
    ours = editions.edition_of_version(session, digest)
    assert ours.digest == digest
    assert ours.question_at("10") is None
    with pytest.raises(NotFound):
        editions.edition_of_version(session, "0" * 64)


def test_the_way_follows_the_answers():
    assert asked_of(begun(a=3)) == ["a", "c"]
    assert asked_of(begun(a=4)) == ["a", "b", "c"]


def test_each_person_is_dealt_other_modules_and_somebody_all():
    ours = edition(*MODULES, modules={"per_person": 1})
    assert ours.persons == 3
    dealt = [begun(ours, person).modules for person in (1, 2, 3)]
    assert {name for (name,) in dealt} == {"red", "green", "blue"}
    assert begun(ours, trying_out.EVERYBODY).modules == ("red", "green", "blue")


def test_a_page_on_the_way_is_the_one_that_staff_see(session):
    draft = begun(a=4)
    opened = trying_out.open_at(draft, "b")
    assert opened.is_asked
    assert opened.shown == open_page(draft, "b")


def test_a_question_that_the_answers_hide_is_shown_at_its_place(session):
    opened = trying_out.open_at(begun(a=1), "b")
    assert not opened.is_asked
    assert (opened.shown.position, opened.shown.total, opened.shown.back) == (2, 3, "a")
    assert trying_out.onward(begun(a=1, b="Because"), "b") == "c"


def test_a_module_of_somebody_else_is_shown_too(session):
    ours = edition(*MODULES, modules={"per_person": 1})
    draft = begun(ours)
    other = next(name for name in ("of-red", "of-green") if name not in asked_of(draft))
    assert not trying_out.open_at(draft, other).is_asked


def test_a_question_that_is_not_in_it_is_not_found(session):
    with pytest.raises(NotFound):
        trying_out.open_at(begun(), "nonesuch")


def test_what_was_answered_takes_the_place_of_what_was_before():
    draft = trying_out.answered(begun(a=4, b="Because"), {"b": None, "c": 2})
    assert draft.answers == {"a": 4, "c": 2}
    assert trying_out.onward(draft, "a") == "b"
    assert trying_out.onward(draft, "c") is None


@pytest.mark.parametrize("name", ["quick-check", "digital-in-full"])
def test_made_up_answers_fill_all_that_is_asked_and_are_answers(session, name):
    ours = editions.edition_of_text(ready_made()[name], library())
    for person in range(ours.persons + 1):
        draft = trying_out.filled(begun(ours, person), person)
        assert first_unanswered(draft) is None
        checked = check_page(draft)
        assert not checked.unanswered
        assert not checked.hidden
        for question in ours.questionnaire.questions:
            answer = draft.answers.get(question.id)
            assert parse(question, as_sent(answer)) == answer


def test_filling_leaves_what_was_answered():
    draft = trying_out.filled(begun(a=1, b="Hidden by now"), 1)
    assert (draft.answers["a"], draft.answers["b"]) == (1, "Hidden by now")
    assert set(draft.answers) == {"a", "b", "c"}


def test_the_result_is_what_staff_would_be_shown():
    ours = editions.edition_of_text(
        json.dumps(make.document({"capability": "digital/user-research"})), make.library()
    )
    draft = begun(ours, **{"digital/user-research": 4})
    (own,) = decode_result(ours.questionnaire, trying_out.own_steps(draft)).capabilities
    assert (own.step, own.next_text) == (4, make.DESCRIPTORS[4])


def test_start_and_privacy_notice_are_of_a_usual_wave():
    draft = begun()
    start, notice = trying_out.start_page(draft), trying_out.privacy_notice(draft)
    assert start.minimum_group == notice.minimum_group == 10
    assert start.organisation_name == notice.organisation == "Anytown"
    assert notice.has_texts
    assert not start.units


def test_nothing_is_stored(session):
    ours = editions.edition_of_text(ready_made()["quick-check"], library())
    draft = trying_out.filled(begun(ours), 1)
    trying_out.open_at(draft, first_unanswered(begun(ours)))
    trying_out.own_steps(draft)
    assert not session.new
    assert not session.dirty
    for table in (Draft, Response):
        assert session.scalar(select(func.count()).select_from(table)) == 0
