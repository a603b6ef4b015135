"""The library's parts are found from either end, and by their words."""

import pytest

from survey.questionnaire.connections import connect, search
from survey.questionnaire.derive import expand_document
from survey.questionnaire.model import (
    Capability,
    CapabilityGroup,
    CaseStudy,
    Framework,
    Library,
    Practice,
    Publication,
    Role,
)


def capability(id_, name, summary="Doing it.", **more):
    return Capability(id_, name, summary, ("One.", "Two.", "Three.", "Four.", "Five."), **more)


RESEARCH = capability(
    "digital/user-research", "User research", "Learning what people need.", roles=("researcher",)
)
DESIGN = capability(
    "digital/design",
    "Design",
    "Shaping services with user research.",
    roles=("designer", "researcher"),
    practices=(Practice("draw", "We sketch before we build."),),
)
GROUP = CapabilityGroup("users", "Users", (DESIGN.id, RESEARCH.id))
MAP = Framework("map", "Map", "Us", "A map.", (GROUP,))
STUDY = CaseStudy("study", "A study", "Anytown", "It went.", Publication("T", "P"), (DESIGN.id,))
LIBRARY = Library(
    {one.id: one for one in (RESEARCH, DESIGN)},
    {MAP.id: MAP},
    {id_: Role(id_, id_.capitalize()) for id_ in ("designer", "researcher", "tester")},
    {STUDY.id: STUDY},
)


def test_a_role_leads_to_what_it_carries():
    carried = connect(LIBRARY).carried_by
    assert carried == {
        "designer": (DESIGN,),
        "researcher": (RESEARCH, DESIGN),
        "tester": (),
    }


def test_a_capability_leads_to_its_maps_and_case_studies():
    connections = connect(LIBRARY)
    assert connections.mapped_in[RESEARCH.id] == ((MAP, GROUP),)
    assert connections.illustrated_by == {RESEARCH.id: (), DESIGN.id: (STUDY,)}


def test_a_capability_leads_to_the_questionnaires_that_ask_about_it():
    section = {"id": "one", "title": "One", "questions": [{"capability": DESIGN.id}]}
    asking = expand_document({"id": "ours", "title": "Ours", "sections": [section]}, LIBRARY)
    assert connect(LIBRARY, [asking]).asked_in == {RESEARCH.id: (), DESIGN.id: (asking,)}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("user research", [RESEARCH, DESIGN]),
        ("RESEARCH", [RESEARCH, DESIGN]),
        ("sketch", [DESIGN]),
        ("need learn", [RESEARCH]),
        ("user sketch", [DESIGN]),
        ("esearch", []),
        ("nothing of it", []),
        ("  ", []),
    ],
)
def test_a_search_finds_every_word_and_puts_names_first(wanted, found):
    assert list(search(LIBRARY, wanted)) == found
