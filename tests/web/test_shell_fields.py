"""Fields as people meet them: named, described, and joined to what is wrong with them."""

import re
from html.parser import HTMLParser

import pytest

from tests.web.gallery import add_gallery
from tests.web.pages import Browser


class Outline(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags):
        return [given for tag, given in self.elements if tag in tags]

    @property
    def ids(self):
        return [given["id"] for _, given in self.elements if "id" in given]


@pytest.fixture
def gallery(own_app):
    add_gallery(own_app)
    browser = Browser(own_app)
    browser.open("/gallery")
    return browser


def errors_in(page):
    summary = re.search(r'class="govuk-error-summary".*?</ul>', page.text, re.S)
    return re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary[0]) if summary else []


def test_every_input_has_a_label_and_no_id_is_used_twice(gallery):
    outline = Outline(gallery.page.text)
    labelled = {given["for"] for given in outline.all("label")}
    inputs = outline.all("input", "select", "textarea")
    assert {given["id"] for given in inputs if given.get("type") != "hidden"} <= labelled
    assert len(outline.ids) == len(set(outline.ids))


def test_what_describes_a_field_is_on_the_page(gallery):
    outline = Outline(gallery.send().text)
    described = [g["aria-describedby"] for _, g in outline.elements if "aria-describedby" in g]
    assert "unit-hint unit-error" in described
    assert "name-hint name-error" in described
    assert {one for ids in described for one in ids.split()} <= set(outline.ids)


def test_a_group_of_choices_has_its_question_as_legend(gallery):
    legends = re.findall(r"<legend[^>]*>([^<]+)</legend>", gallery.page.text)
    assert legends == ["Step", "Is it so?", "What is true?"]


def test_nothing_is_wrong_before_anything_is_sent(gallery):
    assert errors_in(gallery.page) == []


def test_each_error_leads_to_its_field(gallery):
    page = gallery.send()
    ids = Outline(page.text).ids
    found = errors_in(page)
    assert len(found) == 8
    assert all(leads_to in ids for leads_to, _ in found)
    assert ("step-0", "Choose a step.") in found


def test_what_was_typed_is_still_there_also_where_it_is_wrong(gallery):
    text = gallery.send(
        {"number": "ten", "day": "soon", "source": "\n{<}", "ticked": ["2", "4"], "step": "9"}
    ).text
    assert 'name="number" type="text" autocomplete="off" value="ten"' in text
    assert 'value="soon"' in text
    assert ">\n\n{&lt;}</textarea>" in text
    assert len(re.findall(r'name="ticked" value="[24]" checked', text)) == 2


def test_a_password_is_never_sent_back(gallery):
    assert "open-sesame" not in gallery.send({"password": "open-sesame"}).text


def test_messages_are_announced_once(gallery):
    assert gallery.page.text.count("Saved.") == 1
    assert 'role="alert"' in gallery.page.text
