"""The capability maps: those of the sources, of each domain, and of the whole model."""

import json

import pytest

from survey.operations.shipped import FOLDER, library
from survey.questionnaire.check import check
from survey.questionnaire.derive import questionnaire_file
from tests.content.standard import american, sentences_in

FRAMEWORKS = library().frameworks
SOURCES = (
    "accenture",
    "bcs-lcm",
    "belfast",
    "bloomberg",
    "dcrm",
    "deloitte",
    "gds",
    "ibm",
    "innovation-edge",
    "jisc",
    "nesta",
    "odi",
    "oecd-core-skills",
    "oecd-opsi-leadership",
    "peter-james-thomas",
    "pwc",
    "sfia",
)
MODEL = {"digital": 67, "data": 34, "innovation": 35}
"""Domains of the reference model, with how many capabilities it has in each."""

each_source = pytest.mark.parametrize("id_", SOURCES)
each_framework = pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda one: one.id)


def members(id_):
    return [one for group in FRAMEWORKS[id_].groups for one in group.capabilities]


@each_source
def test_a_map_says_who_published_it_where_and_what_was_missing(id_):
    framework = FRAMEWORKS[id_]
    assert framework.publisher
    assert framework.url
    assert len(framework.about.split()) >= 30


@each_source
def test_a_map_and_the_sources_of_its_capabilities_say_the_same(id_):
    drawn_from_it = {
        capability.id
        for capability in library().capabilities.values()
        if id_ in [source.framework for source in capability.sources]
    }
    assert drawn_from_it == set(members(id_))


@each_framework
def test_a_map_can_be_asked_as_it_is(framework):
    derived = questionnaire_file(library(), framework=framework.id, depth="step")
    asked = check(json.dumps(derived), library()).questionnaire
    assert asked is not None
    assert list(asked.capabilities) == members(framework.id)


@each_framework
def test_the_spelling_of_a_map_is_british(framework):
    source = json.loads((FOLDER / "frameworks" / f"{framework.id}.json").read_text())
    titles = [framework.title, *(group.title for group in framework.groups)]
    assert [found for text in (*sentences_in(source), *titles) for found in american(text)] == []


@pytest.mark.parametrize("domain", MODEL)
def test_a_domain_has_its_capabilities_in_a_handful_of_themes(domain):
    assert len(members(domain)) == MODEL[domain]
    assert all(id_.startswith(f"{domain}/") for id_ in members(domain))
    assert 5 <= len(FRAMEWORKS[domain].groups) <= 7


@pytest.mark.parametrize("domain", MODEL)
def test_a_capability_names_the_theme_in_which_its_domain_shows_it(domain):
    for group in FRAMEWORKS[domain].groups:
        for id_ in group.capabilities:
            assert library().capabilities[id_].themes == (group.id,)


def test_every_theme_is_one_of_a_domain():
    themes = {group.id for domain in MODEL for group in FRAMEWORKS[domain].groups}
    used = {theme for one in library().capabilities.values() for theme in one.themes}
    assert used == themes


def test_the_whole_model_is_one_map():
    assert members("digital-data-innovation") == [
        id_ for domain in MODEL for id_ in members(domain)
    ]


def test_every_capability_stands_in_a_map_of_its_source():
    placed = {id_ for source in SOURCES for id_ in members(source)}
    assert set(library().capabilities) - placed == set()
