"""Authors see how much of a questionnaire is translated, and what is not."""

import json
import re

import pytest

from survey.operations.shipped import ready_made
from tests import make_stored as make
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown/questionnaires"
OURS = {
    "format": 1,
    "id": "ours",
    "title": "Ours & yours",
    "language": "en",
    "sections": [
        {"id": "one", "title": "One", "questions": [{"id": "why", "kind": "text", "text": "Why?"}]}
    ],
}


@pytest.fixture
def author(web_app, stored):
    email = account(stored, make.organisation(stored), "author")
    stored.commit()
    return sign_in(web_app, email)


def write(author, document):
    """Begin a questionnaire and save this as its source."""
    author.open(f"{HOME}/new")
    author.send(to=f"{HOME}/new/blank")
    author.send({"source": json.dumps(document)})
    return author.path


def rows(page):
    cells = re.findall(r"<code>([^<]+)</code></th><td[^>]*>([^<]*)</td>", page.text)
    return dict(cells)


def test_each_missing_text_is_listed_by_its_key_and_as_it_reads(author):
    path = write(author, OURS | {"translations": {"cy": {"title": "Ein rhai ni"}, "fr": {}}})
    assert '6 of 8 texts are translated into <span lang="cy">Cymraeg' in author.page.text
    page = author.open(f"{path}/translations")
    assert "6 of 8 texts are translated." in page.text
    assert "0 of 8 texts are translated." in page.text
    assert rows(page) == {
        "title": "Ours &amp; yours",
        "one.title": "One",
        "why.text": "Why?",
        **{f"scale.{n}": name for n, name in enumerate(make.questionnaire().scale, start=1)},
    }
    assert page.text.count("<code>one.title</code>") == 2
    assert page.text.count("<code>scale.1</code>") == 1


def test_a_questionnaire_in_one_language_says_how_to_add_another(author):
    path = write(author, OURS)
    assert "What is still to be translated" not in author.page.text
    assert "has one language" in author.open(f"{path}/translations").text


def test_one_with_problems_leads_back_to_them(author):
    path = write(author, OURS | {"titel": "?"})
    assert "problems to mend" in author.open(f"{path}/translations").text
    assert author.path == path


def test_a_published_version_has_its_list_too(author):
    author.open(f"{HOME}/new")
    author.send({"ready_made": "quick-check"}, to=f"{HOME}/new/ready-made")
    source = json.loads(ready_made()["quick-check"])
    for key in ("title", "grade.text"):
        del source["translations"]["cy"][key]
    author.send({"source": json.dumps(source), "then": "publish"})
    assert "texts are translated into" in author.page.text
    page = author.open(re.search(r'href="([^"]+/translations)"', author.page.text)[1])
    assert "Cymraeg" in page.text
    listed, (done, total) = rows(page), re.search(r"(\d+) of (\d+) texts", page.text).groups()
    assert len(listed) == int(total) - int(done) == 2


def test_the_preview_in_welsh_has_our_words_in_welsh_and_the_page_in_english(author):
    author.open(f"{HOME}/new")
    author.send({"ready_made": "quick-check"}, to=f"{HOME}/new/ready-made")
    page = author.open(f"{author.path}/preview?language=cy")
    assert "Dydw i ddim yn gwybod" in page.text
    assert "Preview: what staff will see" in page.text
    assert '<html lang="en"' in page.text
