"""What others gained: facts in our own words, beside the capabilities that they illustrate."""

import re

import pytest

from survey.operations.shipped import library
from tests.content.standard import american, words

CASE_STUDIES = library().case_studies

each = pytest.mark.parametrize("study", CASE_STUDIES.values(), ids=lambda one: one.id)


def test_every_example_of_the_source_is_told():
    assert len(CASE_STUDIES) == 39


@each
def test_it_is_told_in_two_or_three_sentences(study):
    assert 2 <= len(re.findall(r"[.!?](?:\s|$)", study.text)) <= 3
    assert len(words(study.text)) <= 70


@each
def test_it_says_whose_it_is_and_where_it_was_read(study):
    assert study.organisation
    assert study.source.title
    assert study.source.publisher


@each
def test_its_spelling_is_british(study):
    assert [found for text in (study.title, study.text) for found in american(text)] == []


@each
def test_its_figures_count_something(study):
    assert all(len(words(figure)) >= 3 for figure in study.figures)
    assert all(re.search(r"\d|[Aa]bout|[Ff]ive|[Ff]our|[Hh]undreds", one) for one in study.figures)
