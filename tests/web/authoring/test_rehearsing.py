"""Authors let made-up people go through a draft, watch how far they are, read what came of it."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from survey.app import create_app
from survey.database import session_scope
from survey.operations import writing
from survey.operations.alone import alone
from survey.operations.rehearsal_figures import (
    Assumed,
    CapabilityCounted,
    Combinations,
    Figures,
    Reached,
    Spread,
    UnitSeen,
)
from survey.operations.rehearsing import Report
from survey.storage.manuscripts import Manuscript
from survey.storage.organisations import Person
from survey.storage.rehearsals import Rehearsal
from survey.web.authoring import rehearsal_words as said
from tests import make_stored as make
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown/questionnaires"
OURS = {
    "format": 1,
    "id": "ours",
    "title": "Ours",
    "language": "en",
    "about_you": [
        {
            "id": "place",
            "kind": "choice",
            "text": "Where do you work?",
            "options": [{"id": "desk", "text": "At a desk"}, {"id": "field", "text": "Outdoors"}],
        }
    ],
    "sections": [
        {
            "id": "one",
            "title": "One",
            "questions": [
                {"capability": "digital/user-research"},
                {
                    "id": "why-low",
                    "kind": "text",
                    "text": "What gets in the way?",
                    "show_if": {"question": "digital/user-research", "at_most": 2},
                },
            ],
        }
    ],
}
FAULTY = json.dumps(OURS).replace("user-research", "user-reserch")


@pytest.fixture(scope="module")
def app(sqlite_template, tmp_path_factory):
    """An application whose council has staff, an author, and a viewer; tests have drafts each."""
    file = tmp_path_factory.mktemp("rehearsing") / "council.db"
    shutil.copy(sqlite_template, file)
    with session_scope(f"sqlite:///{file}") as session:
        anytown = make.organisation(session)
        account(session, anytown, "author")
        account(session, anytown, "viewer")
        account(session, make.organisation(session, "elsewhere", {"elsewhere": None}), "author")
        for slug, people in (("adults", 40), ("parks", 20)):
            unit = make.unit(session, slug)
            for number in range(people):
                known = {"organisation_id": anytown.id, "unit_id": unit.id}
                session.add(Person(email=f"{slug}-{number}@anytown.example", **known))
        session.commit()
    return create_app(
        {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 32, "TESTING": True}
    )


@pytest.fixture(scope="module")
def author(app):
    return sign_in(app, "author@anytown.example")


@pytest.fixture
def jobs(app):
    return app.extensions["jobs"]


@pytest.fixture
def kept(jobs):
    """A session on the same database; commit what a test builds with it."""
    with jobs.opened() as session:
        yield session


@pytest.fixture
def draft(kept):
    """The address of the rehearsal of a draft without problems."""
    return begin(kept, json.dumps(OURS))


def begin(kept, source, **more):
    made = writing.begin(kept, 1, source, by=None, now=datetime.now(UTC), **more)
    kept.commit()
    return f"{HOME}/{made.id}/rehearsal"


def rehearsal(kept, address):
    """What is stored of it."""
    kept.expire_all()
    number = int(address.split("/")[-2])
    return kept.scalars(select(Rehearsal).filter_by(manuscript_id=number)).one_or_none()


def ask(browser, address, **more):
    browser.open(address)
    return browser.send({"spread": "staff", "share": "60"} | more)


def test_a_rehearsal_is_asked_for_watched_and_read(author, draft, jobs):
    page = author.open(draft)
    assert "say nothing about your organisation" in page.text
    page = ask(author, draft)
    assert author.path == draft
    assert "Waiting to begin" in page.text
    assert f'data-live="{draft}/progress"' in page.text
    assert "See how far it is" in page.text
    assert "data-finished" not in author.open(f"{draft}/progress").text
    jobs.rehearse()
    assert "data-finished" in author.open(f"{draft}/progress").text
    page = author.open(draft)
    for words in (
        "Every answer here is made up",
        "36 of the 60 people on the staff list",
        "Half of the people need 1 minute or less; nobody needs more than 10.",
        "“digital/user-research” is at most 2",
        "What gets in the way?",
        "Made up: One",
        "Of 3 units with people",
        "could be told from chance",
        "combinations of what people say about themselves",
    ):
        assert words in page.text


def test_a_draft_with_problems_is_not_rehearsed_but_sent_back_to_its_editor(author, kept):
    address = begin(kept, FAULTY)
    page = author.open(address)
    assert "it has 1 problem to mend first" in page.text
    assert f'href="{address.removesuffix("/rehearsal")}"' in page.text
    assert "<form" not in page.text.split("<main")[1]
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "spread": "staff", "share": "65"}
    assert author.client.post(address, data=sent).status_code == 422
    assert rehearsal(kept, address) is None


def test_what_cannot_be_rehearsed_is_asked_for_again(author, draft, kept):
    for typed, words in (
        ({"share": "0"}, "Enter a whole number from 1 to 100."),
        ({"share": "most"}, "Enter a whole number in figures"),
        ({"spread": "all of them"}, "Choose who goes through it."),
    ):
        page = ask(author, draft, **typed)
        assert page.status_code == 422
        assert words in page.text
    assert rehearsal(kept, draft) is None


def test_nothing_is_rehearsed_without_the_token_of_the_form(author, draft, kept):
    sent = author.client.post(draft, data={"spread": "staff", "share": "65"})
    assert sent.status_code == 401
    assert rehearsal(kept, draft) is None


def test_other_people_can_be_asked_for_and_the_former_answer_stays_chosen(
    author, draft, jobs, kept
):
    ask(author, draft, share="80")
    jobs.rehearse()
    assert 'value="80"' in author.open(draft).text
    author.send({"spread": "thousand", "share": "80", "then": "others"})
    found = rehearsal(kept, draft)
    assert (found.draw, found.spread, found.state) == (1, "thousand", "waiting")


def test_a_rehearsal_does_not_wait_for_letters_that_go_out(author, draft, jobs, kept):
    ask(author, draft)
    with alone(jobs.opened, "background-work"):
        jobs.do_all()
    assert rehearsal(kept, draft).state == "done"


def test_a_draft_that_changed_since_says_so(author, draft, jobs, kept):
    ask(author, draft)
    jobs.rehearse()
    assert "has changed since" not in author.open(draft).text
    written = kept.get(Manuscript, int(draft.split("/")[-2]))
    written.source = json.dumps(OURS, indent=2)
    kept.commit()
    assert "The draft has changed since" in author.open(draft).text


@pytest.mark.parametrize(
    ("state", "words"), [("failed", "fault of the program"), ("faulty", "had a problem by then")]
)
def test_a_rehearsal_that_came_to_nothing_says_why(author, draft, kept, state, words):
    ask(author, draft)
    rehearsal(kept, draft).state = state
    kept.commit()
    page = author.open(draft)
    assert words in page.text
    assert "data-live" not in page.text
    assert "Rehearse again" in page.text


def test_the_made_up_profile_is_drawn_once_there_is_one(author, draft, jobs):
    assert author.open(f"{draft}/charts/steps.svg").status_code == 404
    ask(author, draft)
    jobs.rehearse()
    assert author.open(f"{draft}/charts/no-such.svg").status_code == 404
    drawn = author.open(f"{draft}/charts/group.1.svg?width=narrow")
    assert drawn.mimetype == "image/svg+xml"
    assert "Made up: One" in drawn.text
    again = author.client.get(
        f"{draft}/charts/group.1.svg?width=narrow", headers={"If-None-Match": drawn.headers["ETag"]}
    )
    assert again.status_code == 304


def test_markup_in_a_draft_is_shown_and_not_obeyed(author, jobs, kept):
    text = json.dumps(OURS).replace("What gets in the way?", "<script>alert(1)</script>")
    address = begin(kept, text.replace('"title": "One"', '"title": "<b>One</b>"'))
    ask(author, address)
    jobs.rehearse()
    page = author.open(address).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "<b>One" not in page


@pytest.mark.parametrize("email", ["author@elsewhere.example", "viewer@anytown.example"])
def test_only_authors_of_the_organisation_rehearse_its_drafts(app, draft, email):
    other = sign_in(app, email)
    for address in (draft, f"{draft}/progress", f"{draft}/charts/steps.svg"):
        assert other.open(address).status_code == 404


def test_a_capability_is_not_rehearsed(author, kept):
    assert author.open(begin(kept, "{}", kind="capability")).status_code == 404


UNIT = UnitSeen("Anytown", 0, 400, 260, 2, 0, 0, 0.123, 0.145)
FIGURES = Figures(
    assumed=Assumed(400, 400, 260, 260),
    scale=("1", "2", "3", "4", "5"),
    minutes=Spread(4.0, 6.0, 7.2, 9.0, 16.0, 40, 26),
    module_sets=0,
    modules_dealt=(),
    conditions=0,
    conditions_met=(),
    questions=(Reached("a", "What?", 260), Reached("b", "Why?", 12)),
    groups=(),
    capabilities=tuple(
        CapabilityCounted(id_, id_, (0,) * 9, 0, n, 1) for id_, n in (("x", 40), ("y", 20))
    ),
    units=(UNIT, replace(UNIT, name="A"), replace(UNIT, name="B", shown=0)),
    combinations=Combinations(12, 3, 6, 30),
)


@pytest.mark.parametrize(
    ("sentence", "changes", "words"),
    [
        (said.minutes, {}, "8 minutes or less; 10 in 100 need more than 15."),
        (
            said.minutes,
            {"minutes": Spread(1, 1, 1, 1, 11, 1, 0)},
            "1 minute or less; fewer than 1 in 100 need more than 10, nobody more than 15.",
        ),
        (said.questions, {}, "the fewest, 12 of 260 people, to “Why?”"),
        (said.questions, {"questions": (Reached("a", "What?", 0),)}, "Nobody came to 1 of the 1 q"),
        (said.questions, {"questions": (Reached("a", "What?", 260),)}, "Everybody came to every"),
        (said.units, {}, "Of 2 units with people, 1 would see every capability and 1 none."),
        (said.units, {"units": (UNIT,)}, ""),
        (
            said.precision,
            {},
            "about 0.12 of a step either way; from one wave to the next, a change of 0.14",
        ),
        (said.precision, {"units": (replace(UNIT, half_width=None, change=None),)}, ""),
    ],
)
def test_what_was_found_is_said_in_a_sentence(sentence, changes, words):
    found = sentence(replace(FIGURES, **changes))
    assert words in found
    assert bool(words) == bool(found)


@pytest.mark.parametrize(
    ("sentence", "changes", "words"),
    [
        (said.capabilities, {}, "Every capability would have 20 ratings or more."),
        (said.capabilities, {"capabilities": ()}, "measures no capability"),
        (said.combinations, {}, "9 of the 12 combinations"),
        (said.combinations, {}, "10 people: 6 by 30 people altogether, 3 by nobody."),
        (said.combinations, {"combinations": Combinations(2, 1, 0, 0)}, "10 people: 1 by nobody."),
        (said.combinations, {"combinations": Combinations(2, 0, 0, 0)}, "10 people or more"),
        (said.combinations, {"combinations": None}, ""),
    ],
)
def test_what_was_found_is_held_against_the_smallest_group(sentence, changes, words):
    assert words in sentence(replace(FIGURES, **changes), 10)


def test_capabilities_with_few_ratings_are_told_from_those_with_too_few():
    assert said.capabilities(FIGURES, 15) == (
        "1 of the 2 capabilities would have fewer than 30 ratings, hardly enough to be shown."
    )
    assert said.capabilities(FIGURES, 30) == (
        "1 of the 2 capabilities would have fewer than 30 ratings, too few to be shown; "
        "1 more fewer than 60."
    )


@pytest.mark.parametrize(
    ("assumed", "spread", "words"),
    [
        (Assumed(400, 400, 260, 260), "staff", "that is 260 of the 400 people on the staff list."),
        (Assumed(400, 400, 260, 260), "staff", "As many made-up people, 260, went through"),
        (Assumed(8000, 8000, 5200, 1000), "staff", "each stands for about 5.2 of the same unit"),
        (Assumed(400, 1538, 1000, 1000), "thousand", "If 65 in 100 answer, 1,538 were invited."),
        (Assumed(0, 1538, 1000, 1000), "staff", "There is nobody on the staff list"),
        (Assumed(0, 1538, 1000, 1000), "staff", "Figures of fewer than 10 people are withheld"),
    ],
)
def test_what_was_assumed_is_said(assumed, spread, words):
    asked = Rehearsal(spread=spread, share=65, minimum_group=10)
    report = Report(asked, is_behind=False, figures=replace(FIGURES, assumed=assumed))
    assert words in " ".join(said.assumed(report))


@pytest.mark.parametrize(
    ("some", "words"),
    [(260, "all"), (259, "more than 99 in 100"), (130, "50 in 100"), (1, "fewer than 1 in 100")],
)
def test_a_share_is_never_rounded_to_nobody_or_to_all(some, words):
    assert said.in_100(some, 260) == words
