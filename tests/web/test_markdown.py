"""Markdown by authors: made HTML, and never more than was meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.web.markdown import TAGS, markdown


def test_headings_start_below_the_page_s_own():
    assert re.findall(r"<(h\d)", markdown("# A\n\n## B\n\n###### C")) == ["h2", "h3", "h4"]


def test_links_and_lists_look_like_the_page_s():
    html = markdown("[plan](https://plan.example)\n\n- one")
    assert 'rel="noopener noreferrer"' in html
    assert 'class="govuk-link"' in html
    assert 'class="govuk-list govuk-list--bullet"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](https://elsewhere.example/spy.png)",
        '<a href="x" onclick="y">a</a>',
        '<https://a.example/"onmouseover=x>',
    ],
)
def test_nothing_runs_and_nothing_is_loaded(text):
    html = markdown(text)
    tags = re.findall(r"<(\w+)[^>]*>", html)
    assert set(tags) <= TAGS
    assert not re.search(r"<[^>]*\s(on\w+|src|style)=", html)
    assert not re.search(r'<[^>]*href="(?!https?:|mailto:)', html)


@given(st.text(alphabet=st.sampled_from("<>[]()!#*_`\"'&;: /ajvscriptonhref=\n-1."), max_size=80))
def test_whatever_is_written_only_known_tags_come_out(text):
    html = markdown(text)
    assert set(re.findall(r"<(\w+)", html)) <= TAGS
    assert not re.search(r'<[^>]*href="(?!https?:|mailto:)', html)
