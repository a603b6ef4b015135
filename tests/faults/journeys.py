"""What people do at the pages of a survey, and what they are told when that does not go."""

from tests.faults.scenes import ANSWERS

OURS = ("Traceback", "psycopg", "sqlalchemy", "sqlite", "OperationalError", "Internal Server Error")
"""Words that no page says to anybody."""


def question_of(browser):
    return browser.path.split("/questions/")[1]


def answer(browser):
    question = question_of(browser)
    browser.send({f"answer-{question}": ANSWERS[question]})


def answer_all(browser):
    while "/questions/" in browser.path:
        answer(browser)


def go_to_the_end(browser):
    answer_all(browser)
    browser.send()
    assert browser.heading == "Your answers have been sent"


def is_said(browser, sentence):
    page = browser.page
    assert page.status_code == 503, page.text
    assert browser.heading == "Please wait a minute"
    assert sentence in page.text
    assert int(page.headers["Retry-After"]) > 0
    assert [word for word in OURS if word in page.text] == []
