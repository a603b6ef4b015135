"""“How to read a profile”: what it says follows from the counts, and so do its pictures."""

import re
from html import unescape

import pytest

from survey.maturity.example import Said
from survey.web.help import example

CLEAR = Said(
    units={
        "Customer services": (60, (0, 0, 0, 50, 0, 0, 0)),
        "Parks": (50, (0, 0, 0, 0, 40, 0, 0)),
    },
    groups={"Managers": (0, 0, 0, 20, 20), "Front-line staff": (0, 0, 0, 30, 20)},
    later=(0, 0, 90, 0, 0),
    target=3,
)


def words_of(page):
    """What is read on the page, in one line."""
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
    return re.sub(r" (?=[.,:])", "", said)


@pytest.fixture
def said(browser):
    return words_of(browser.open("/help/profile"))


@pytest.mark.parametrize(
    "sentence",
    [
        "291 of the 502 people who were asked answered (58%). 251 of them rated",
        "Most chose 3 Embedded: 118 people, or 47%.",
        "71% chose it or a higher one, only 24% chose 4 Expert or higher.",
        "very likely lies in the band, 2.84 to 3.07.",
        "The gap is the way from the dot to the diamond: 1.05.",
        "Broadly agree.",
        "34 people did not know",
        "here it is 12%.",
        "In Planning people gather at two places",
        "1, 8, 2, 7 and 2 people are at steps 1 to 5. The mean, 3.05, speaks for neither.",
        "Elections Withheld: showing this would reveal another group’s answers.",
        "Legal services Withheld: too few people answered.",
        "Managers: mean 3.43, higher than all others. Front-line staff: mean 2.75, lower",
        "256 people rated it: mean 3.16 after 2.95. The words beside it: slightly higher.",
        "has to move by about 0.16 to be told from chance",
        "Among 12 other councils that asked the same, our mean is in the middle half, above",
        "Here: 1.05 × 4.24 ÷ 5 = 0.89.",
        "Here 42% did not answer.",
    ],
)
def test_the_figures_of_the_example_are_said(said, sentence):
    assert sentence in said


def test_with_other_counts_it_says_something_else(browser, monkeypatch):
    monkeypatch.setattr(example, "SAID", CLEAR)
    said = words_of(browser.open("/help/profile"))
    assert "90 of the 110 people who were asked answered (82%)." in said
    assert "Most chose 4 Expert: 50 people, or 56%." in said
    assert "3 Embedded. It is reached." in said
    assert "People agree." in said
    assert "Here: 0.00 × " in said
    assert "The words beside it: lower." in said
    assert "our mean is higher than about three quarters of them." in said
    assert "Two camps" not in said
    assert "would reveal" not in said


def test_nobody_at_the_highest_step_is_asked_for_a_higher_one(browser, monkeypatch):
    units = {"Parks": (50, (0, 0, 0, 0, 40, 0, 0))}
    groups = {"Managers": (0, 0, 0, 0, 20)}
    monkeypatch.setattr(example, "SAID", Said(units=units, groups=groups))
    assert "100% chose it or a higher one." in words_of(browser.open("/help/profile"))


def test_each_picture_has_its_numbers_and_its_words(browser):
    page = browser.open("/help/profile").text
    names = example.charts(example.example())
    assert len(names) == page.count("<figure") == page.count("<table")
    for name, chart in names.items():
        assert f'src="/help/charts/{name}.svg"' in page
        assert unescape(page).count(f"{chart.title}. {chart.description}") == 1


def test_a_picture_is_drawn_in_each_look(web_app, browser, tmp_path, monkeypatch):
    drawings = web_app.extensions["drawings"]
    monkeypatch.setattr(drawings, "_folder", tmp_path / "charts")
    wide = browser.open("/help/charts/capability.svg")
    narrow = browser.open("/help/charts/capability.svg?width=narrow&light=dark")
    drawings.draughtsman.close()
    assert wide.mimetype == narrow.mimetype == "image/svg+xml"
    assert 'width="960"' in wide.text
    assert 'width="340"' in narrow.text


def test_there_is_no_other_picture(browser):
    assert browser.open("/help/charts/no-such-picture.svg").status_code == 404
