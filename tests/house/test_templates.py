"""No template opens a hole in what the browser is told to refuse."""

import re

import pytest

from survey.app import WEB

TEMPLATES = {file.name: file.read_text() for file in sorted((WEB / "templates").rglob("*.html"))}

FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*="),
    "an inline script": re.compile(r"<script\b(?![^>]*\ssrc=)|<[^>]*\son[a-z]+\s*=|javascript:"),
    "a file from another host": re.compile(r"<(script|img|link|iframe)\b[^>]*[\"'](https?:)?//"),
}
"""What a template may not have, and how it is recognised."""

EXAMPLES = {
    "an inline style": '<p class="{{ a > b }}" style="color: red">',
    "an inline script": '<button type="submit" onclick="send()">',
    "a file from another host": '<script src="//cdn.example/a.js"></script>',
}


def html_of(template):
    """The template with a word in place of each expression and statement."""
    return re.sub(r"\{([{%]).*?[%}]\}", "_", template, flags=re.S)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    assert [n for n, text in TEMPLATES.items() if FORBIDDEN[what].search(html_of(text))] == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_would_be_found(what):
    assert FORBIDDEN[what].search(html_of(EXAMPLES[what]))


def test_everything_is_escaped():
    unescaped = re.compile(r"\|\s*safe\b|\bautoescape\b")
    assert [name for name, text in TEMPLATES.items() if unescaped.search(text)] == []


def test_every_form_that_posts_carries_its_token():
    form = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.S)
    sent = [(name, found) for name, text in TEMPLATES.items() for found in form.findall(text)]
    assert len(sent) > 10
    assert [name for name, found in sent if "csrf" not in found] == []
