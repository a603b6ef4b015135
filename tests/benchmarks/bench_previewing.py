"""Previewing a draft of 60 questions, in four languages: each page of the survey in the preview
beside the same page as staff get it. Goal: 50 ms on the server once the draft was read."""

import json
import re
from tempfile import TemporaryDirectory

from ground import seconds, table

from survey.app import create_app
from survey.database import session_scope
from survey.migrating import migrate
from survey.operations import accounts, writing
from survey.operations.editions import edition_of_text
from survey.operations.shipped import library
from survey.questionnaire.check import expand
from survey.storage.organisations import Organisation
from tests import make_stored as make
from tests.web.pages import Browser, forms

QUESTIONS, SECTIONS = 60, 6
LANGUAGES = ("cy", "fr", "de")
GOAL, TIMES = 0.050, 30
PASSWORD = "three random words"


def questionnaire_text():
    """Sixty capabilities in six sections; each last question depends on the first beside it."""
    ids = sorted(library().capabilities)[:QUESTIONS]
    each = QUESTIONS // SECTIONS
    sections = []
    for number in range(SECTIONS):
        mine = ids[number * each : (number + 1) * each]
        questions = [{"capability": one} for one in mine[:-1]]
        questions.append(
            {
                "id": f"why-{number}",
                "kind": "text",
                "text": "What gets in the way?",
                "show_if": {"question": mine[0], "at_most": 5},
            }
        )
        sections.append({"id": f"part-{number}", "title": f"Part {number}", "questions": questions})
    translations = {
        code: {f"part-{number}.title": f"{code} {number}" for number in range(SECTIONS)}
        for code in LANGUAGES
    }
    return json.dumps(
        {
            "format": 1,
            "id": "draft",
            "title": "A draft",
            "language": "en",
            "sections": sections,
            "translations": translations,
        },
        indent=2,
    )


def prepare(url):
    """A draft, and an open wave that asks the same; the draft's number."""
    text = questionnaire_text()
    with session_scope(url) as session:
        wave = make.wave(session, asked=expand(text, library()))
        make.invitation(session, wave)
        owner = session.get_one(Organisation, wave.organisation_id)
        email = "author@anytown.example"
        accounts.create_account(
            session, email, role="author", organisation=owner, password=PASSWORD
        )
        draft = writing.begin(session, wave.organisation_id, text, by=None, now=make.NOON)
        session.commit()
        return draft.id


def signed_in(app):
    author = Browser(app)
    author.open("/sign-in")
    author.send({"email": "author@anytown.example", "password": PASSWORD})
    return author


def staff(app):
    answering = Browser(app)
    answering.open("/invitations/token-of-ada@anytown.example")
    answering.send()
    return answering


def posting(browser, address, **typed):
    """Sends the form of the page that is open, again and again, as it is."""
    sent = forms(browser.page.text)[0]["hidden"] | typed
    return lambda: expect(browser.client.post(address, data=sent, follow_redirects=True))


def expect(answer):
    assert answer.status_code == 200, answer.status
    return answer


def measured(app, draft):
    """Name and how long each takes."""
    author, answering = signed_in(app), staff(app)
    frame = f"/admin/anytown/questionnaires/{draft}/preview"
    survey, page = f"{frame}/survey", answering.path
    question = page.partition("/questions/")[2]
    asking = f"{survey}?question={question}"
    getting = {
        "a page as staff get it": lambda: expect(answering.client.get(page)),
        "the same in the preview": lambda: expect(author.client.get(asking)),
    }
    author.open(f"{survey}?fill=all")
    carrying = len(re.search(r'name="carried" value="([^"]*)"', author.page.text)[1])
    author.page = author.client.post(asking, data=forms(author.page.text)[0]["hidden"])
    answer = {f"answer-{question}": "3"}
    getting |= {
        "sent and the next, staff": posting(answering, page, **answer),
        "sent and the next, all carried": posting(author, survey, **answer),
        "all answers, to check": posting(author, f"{survey}?go=check"),
        "the frame around it": lambda: expect(author.client.get(frame)),
        "all pages at once": lambda: expect(author.client.get(f"{frame}/all")),
    }
    for action in getting.values():
        action()
    return {name: seconds(action, times=TIMES) for name, action in getting.items()}, carrying


def reading():
    """How long it takes to read a text that was changed."""
    texts = (questionnaire_text() + " " * spaces for spaces in range(1, TIMES))
    return seconds(lambda: edition_of_text(next(texts), library()), times=TIMES // 3)


def main():
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        migrate(url)
        draft = prepare(url)
        app = create_app({"DATABASE_URL": url, "SECRET_KEY": "k" * 32, "LOG_LEVEL": "ERROR"})
        found, carried = measured(app, draft)
    yardstick = found["a page as staff get it"]
    found["what comes first after a change: reading it"] = reading()
    rows = [("", "ms", "times a staff page", f"goal {GOAL * 1000:.0f} ms")]
    for name, taken in found.items():
        met = "" if "staff" in name else "met" if taken < GOAL else "missed"
        rows.append((name, f"{taken * 1000:.1f}", f"{taken / yardstick:.1f}", met))
    table(f"Preview of {QUESTIONS} questions, {carried} bytes of answers carried", rows)


if __name__ == "__main__":
    main()
