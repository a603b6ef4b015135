"""Translators see how far each language is, translate on a page or with files, and are told what
has to be looked at again."""

import html
import io
import json
import re
import shutil

import pytest

from survey.app import create_app
from survey.database import session_scope
from survey.operations.shipped import ready_made
from tests import make_stored as make
from tests.web.pages import Browser, forms
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
WELSH = {"translations": {"cy": {"title": "Ein rhai ni"}}}
CHANGED = json.loads(json.dumps(OURS).replace("Ours & yours", "Ours alone")) | WELSH


@pytest.fixture(scope="module")
def council(sqlite_template, tmp_path_factory):
    """An application for all of these tests: each writes a questionnaire of its own."""
    folder = tmp_path_factory.mktemp("translations")
    database = f"sqlite:///{shutil.copy(sqlite_template, folder / 'web.db')}"
    with session_scope(database) as session:
        account(session, make.organisation(session), "author")
        session.commit()
    return create_app({"DATABASE_URL": database, "SECRET_KEY": "k" * 32, "TESTING": True})


@pytest.fixture(scope="module")
def author(council):
    return sign_in(council, "author@anytown.example")


@pytest.fixture(scope="module")
def colleague(council, author):
    """The same account in another window."""
    window = Browser(council)
    window.client = author.client
    return window


def write(author, document):
    """Begin a questionnaire and save this as its source."""
    author.open(f"{HOME}/new")
    author.send(to=f"{HOME}/new/blank")
    rewrite(author, author.path, document)
    return author.path


def rewrite(author, path, document):
    author.open(path)
    author.send({"source": document if isinstance(document, str) else json.dumps(document)})


def source(author, path):
    return json.loads(author.client.get(f"{path}/download").text)


def fields(page):
    """What stands in each field, by the key of its text."""
    found = re.findall(r'<textarea[^>]* id="text-([^"]+)"[^>]*>\n(.*?)</textarea>', page.text, re.S)
    return {key: html.unescape(text) for key, text in found}


def save(author, **typed):
    """Type into some fields of the page and send them all; `_` stands for the dot of a key."""
    texts = fields(author.page) | {key.replace("_", "."): text for key, text in typed.items()}
    address = next(f["action"] for f in forms(author.page.text) if "stamp-title" in f["hidden"]
                   or any(name.startswith("stamp-") for name in f["hidden"]))  # fmt: skip
    return author.send({f"text-{key}": text for key, text in texts.items()}, to=address)


def bring(author, path, name, content):
    """Import a file on a language's page."""
    author.open(path)
    file = (io.BytesIO(content.encode() if isinstance(content, str) else content), name)
    return author.send({"file": file}, to=f"{path}/file", content_type="multipart/form-data")


def said(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


# How far each language is


def test_each_language_says_how_many_of_its_texts_are_translated(author):
    path = write(author, OURS | {"translations": {"cy": {"title": "Ein rhai ni"}, "fr": {}}})
    page = author.open(f"{path}/translations")
    assert re.findall(r">(\w+)</a> \((\w\w)\)</h2>", page.text) == [
        ("Cymraeg", "cy"),
        ("Français", "fr"),
    ]
    assert "6 of 8 texts" in said(page)
    assert '<progress id="progress-fr" max="8" value="0">' in page.text


def test_a_language_is_added_from_the_list_or_by_its_code(author):
    path = write(author, OURS)
    page = author.open(f"{path}/translations")
    assert "has one language" in page.text
    assert '<option value="en">' not in page.text
    page = author.send({"language": "fr"})
    assert (author.path, author.heading) == (f"{path}/translations/fr", "French (Français)")
    author.open(f"{path}/translations")
    author.send({"language": "", "code": "pt-BR"})
    assert list(source(author, path)["translations"]) == ["fr", "pt-BR"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose a language, or type its code."),
        ({"code": "welsh"}, "“welsh” is not the code of a language."),
        ({"language": "en"}, "The questionnaire has “en” already."),
    ],
)
def test_what_is_no_language_is_told(author, sent, told):
    path = write(author, OURS)
    author.open(f"{path}/translations")
    page = author.send(sent)
    assert page.status_code == 422
    assert told in said(page)
    assert "translations" not in source(author, path)


def test_a_language_that_was_added_by_mistake_is_taken_out(author):
    path = write(author, OURS | {"translations": {"cy": {"title": "x"}, "fr": {}}})
    assert "remove" not in author.open(f"{path}/translations/cy").text
    author.open(f"{path}/translations/fr")
    author.send(to=f"{path}/translations/fr/remove")
    assert source(author, path)["translations"] == {"cy": {"title": "x"}}


def test_while_there_are_problems_they_come_first(author):
    path = write(author, OURS | {"titel": "?"})
    for page in ("translations", "translations/cy", "translations/cy.csv"):
        assert "Mend the problems first" in author.open(f"{path}/{page}").text
        assert f'href="{path}"' in author.page.text


# Translating on the page


def test_texts_stand_under_their_section_with_a_field_in_their_language(author):
    path = write(author, OURS | WELSH | {"translations": {"ur": {"title": "ہمارا"}}})
    page = author.open(f"{path}/translations/ur")
    assert re.findall(r"<h2 class=\"govuk-heading-m\"([^>]*)>([^<]+)</h2>", page.text) == [
        ("", "The whole questionnaire"),
        (' lang="en"', "One"),
    ]
    assert fields(page)["title"] == "ہمارا"
    assert re.search(r'id="text-title"[^>]* lang="ur" dir="rtl"', page.text)
    assert re.search(r'lang="en" dir="ltr">Ours &amp; yours</p>', page.text)


def test_what_is_typed_is_saved(author):
    path = write(author, OURS | WELSH)
    author.open(f"{path}/translations/cy?only=missing")
    assert set(fields(author.page)) == {"one.title", "why.text"}
    page = save(author, why_text="Pam?\r\nPam “felly”?", one_title="")
    assert "Saved. 1 text has another translation now." in page.text
    assert set(fields(page)) == {"one.title"}
    welsh = {"title": "Ein rhai ni", "why.text": "Pam?\nPam “felly”?"}
    assert source(author, path)["translations"] == {"cy": welsh}


def test_there_are_fifty_texts_on_a_page(author):
    asked = [{"id": f"q{n}", "kind": "text", "text": f"And {n}?"} for n in range(60)]
    path = write(author, OURS | {"sections": [OURS["sections"][0] | {"questions": asked}]} | WELSH)
    assert len(fields(author.open(f"{path}/translations/cy"))) == 50
    page = author.open(f"{path}/translations/cy?only=missing&page=2")
    assert list(fields(page)) == [f"q{n}.text" for n in range(49, 60)]
    assert "Page 2 of 2" in page.text
    page = save(author, q59_text="A?")
    assert list(fields(page)) == [f"q{n}.text" for n in range(49, 59)]
    assert "Page 2 of 2" in author.open(f"{path}/translations/cy?page=9").text


def test_a_translation_whose_original_changed_is_to_be_checked_until_it_is_found_right(author):
    path = write(author, OURS | WELSH)
    rewrite(author, path, CHANGED)
    assert "1 to check again" in said(author.open(f"{path}/translations"))
    page = author.open(f"{path}/translations/cy?only=check")
    assert "Check again: the original was “ Ours & yours ”" in said(page)
    address = f"{path}/translations/cy?only=check&page=1"
    page = author.send({"text-title": "Ein rhai ni", "right-title": "y"}, to=address)
    assert "There is nothing to check again." in page.text
    assert source(author, path)["translations"]["cy"] == {"title": "Ein rhai ni"}


def test_a_translation_that_cannot_be_saved_stays_in_its_field(author):
    path = write(author, OURS | WELSH)
    author.open(f"{path}/translations/cy")
    page = save(author, title="x" * 10_001, why_text="Pam?")
    assert page.status_code == 422
    assert "10,001 characters" in page.text
    assert 'href="#text-title"' in page.text
    assert fields(page)["title"] == "x" * 10_001
    save(author, title="Newydd")
    assert source(author, path)["translations"]["cy"] == {"title": "Newydd", "why.text": "Pam?"}


def test_what_somebody_else_saved_meanwhile_is_told_and_nothing_is_lost(author, colleague):
    path = write(author, OURS | WELSH)
    author.open(f"{path}/translations/cy")
    colleague.open(f"{path}/translations/cy")
    save(colleague, title="Ein", one_title="Un")
    page = save(author, title="Eu", why_text="Pam?")
    assert page.status_code == 409
    assert "Somebody else saved “ Ein ” meanwhile" in said(page)
    assert {key: fields(page)[key] for key in ("title", "why.text", "one.title")} == {
        "title": "Eu",
        "why.text": "Pam?",
        "one.title": "Un",
    }
    save(author)
    assert source(author, path)["translations"]["cy"] == {
        "title": "Eu",
        "one.title": "Un",
        "why.text": "Pam?",
    }


def test_an_original_that_changed_meanwhile_is_told(author, colleague):
    path = write(author, OURS | WELSH)
    author.open(f"{path}/translations/cy")
    rewrite(colleague, path, CHANGED)
    page = save(author, title="Ein rhai ni i gyd")
    assert page.status_code == 409
    assert "Its original has changed meanwhile." in page.text
    assert fields(save(author))["title"] == "Ein rhai ni i gyd"
    assert "Check again" not in author.page.text


def test_a_text_that_somebody_deleted_meanwhile_is_shown_but_not_sent_again(author, colleague):
    path = write(author, OURS | WELSH)
    author.open(f"{path}/translations/cy")
    other = OURS["sections"][0] | {"questions": [{"id": "how", "kind": "text", "text": "How?"}]}
    rewrite(colleague, path, OURS | WELSH | {"sections": [other]})
    page = save(author, why_text="Pam?", one_title="Un")
    assert page.status_code == 409
    assert fields(page)["why.text"] == "Pam?"
    assert 'name="text-why.text"' not in page.text
    sent = {f"text-{key}": text for key, text in fields(page).items() if key != "why.text"}
    author.send(sent, to=f"{path}/translations/cy")
    assert source(author, path)["translations"]["cy"]["one.title"] == "Un"


def test_what_was_typed_outlasts_problems_that_somebody_else_made(author, colleague):
    path = write(author, OURS | WELSH)
    author.open(f"{path}/translations/cy")
    rewrite(colleague, path, "{")
    page = save(author, why_text="Pam?")
    assert page.status_code == 409
    assert fields(page)["why.text"] == "Pam?"
    rewrite(colleague, path, OURS | WELSH)
    save(author)
    assert source(author, path)["translations"]["cy"]["why.text"] == "Pam?"


# Files


def test_texts_go_out_as_files_and_come_back(author):
    path = write(author, OURS | WELSH)
    for kind, mime in (("csv", "text/csv"), ("po", "text/x-gettext-translation")):
        page = author.open(f"{path}/translations/cy.{kind}")
        assert page.mimetype == mime
        assert f'filename="ours-cy.{kind}"' in page.headers["Content-Disposition"]
        assert "Ein rhai ni" in page.text
        only = author.open(f"{path}/translations/cy.{kind}?only=missing").text
        assert "Why?" in only
        assert "Ein rhai ni" not in only
        page = bring(author, f"{path}/translations/cy", f"ours.{kind}", page.data)
        assert "0 translations taken, 6 unchanged, 0 unknown." in page.text
        assert "2 texts have no translation yet" in said(page)


def test_what_a_file_brings_is_taken_and_the_rest_is_told_by_line(author):
    path = write(author, OURS | WELSH)
    file = "key,original,translation\nwhy.text,Why?,Pam?\ntitle,Their,Eu\nwhy.txt,Why?,x\n"
    page = bring(author, f"{path}/translations/cy", "welsh.csv", file)
    assert page.status_code == 200
    assert "2 translations taken, 0 unchanged, 1 unknown." in page.text
    assert "1 of them is to be checked again" in page.text
    assert "Line 4: The key “why.txt” names no text of this questionnaire." in page.text
    assert source(author, path)["translations"]["cy"] == {"title": "Eu", "why.text": "Pam?"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("", b"", "Choose a file."),
        ("a.csv", b"caf\xe9", "Line 1: byte 0xe9 is not UTF-8"),
        ("a.po", 'msgid ""\nmsgstr "Language: fr\\n"\n', "its language is “fr”"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(author, name, content, told):
    path = write(author, OURS | WELSH)
    page = bring(author, f"{path}/translations/cy", name, content)
    assert page.status_code == 422
    assert told in said(page)
    assert source(author, path) == OURS | WELSH


# Published versions, and the preview


def test_a_published_version_has_its_list_and_files_but_no_fields(author):
    welsh = json.loads(ready_made()["quick-check"])
    del welsh["translations"]["cy"]["title"]
    write(author, welsh)
    author.send({"source": json.dumps(welsh), "then": "publish"}, to="")
    digest = author.path.rpartition("/")[2]
    start = f"{HOME}/versions/{digest}/translations"
    assert f'href="{start}/cy"' in author.open(start).text
    page = author.open(f"{start}/cy?only=missing")
    assert re.findall(r"<code>([a-z.]+)</code>", page.text) == ["title"]
    assert "Staff read the original." in page.text
    assert not fields(page)
    assert ",missing\r\n" in author.open(f"{start}/cy.csv").text
    assert author.open(f"{start}/cy.po").text.count("msgctxt") > 50
    assert author.open(f"{start}/fr").status_code == 404
    assert author.open(f"{start}/fr.csv").status_code == 404


def test_the_preview_falls_back_to_the_main_language_and_says_which_it_is(author):
    path = write(author, OURS | WELSH)
    page = author.open(f"{path}/preview/all?language=cy")
    assert '<span lang="en">Why?</span>' in page.text
    assert "Ein rhai ni" in page.text


def test_the_preview_in_welsh_has_our_words_in_welsh_and_the_page_in_english(author):
    path = write(author, json.loads(ready_made()["quick-check"]))
    page = author.open(f"{path}/preview/all?language=cy")
    assert "Dydw i ddim yn gwybod" in page.text
    assert "Language" in page.text
    assert '<html lang="en"' in page.text
