"""Builders of what a questionnaire is made of.

Defaults make the smallest thing that works; a test names only what it is about.
"""

from survey.questionnaire.derive import expand_document
from survey.questionnaire.model import (
    Capability,
    CapabilityGroup,
    Framework,
    Library,
    Option,
    Practice,
    Question,
    Questionnaire,
    Section,
)

DESCRIPTORS = (
    "Nobody is asked what they need.",
    "Some teams ask people once.",
    "Each new service begins with research.",
    "Research goes on all year.",
    "What is learnt decides where money goes.",
)


def capability(id="digital/user-research", **changes):
    defaults = {
        "name": id.partition("/")[2].replace("-", " ").capitalize(),
        "summary": "Learning what people need.",
        "steps": DESCRIPTORS,
        "practices": (
            Practice("observe", "We watch people use a service."),
            Practice("include", "Our research includes disabled people."),
        ),
    }
    return Capability(id=id, **defaults | changes)


def framework(*capabilities, **changes):
    """A map with a group a domain, in the order in which the domains come."""
    domains = dict.fromkeys(one.domain for one in capabilities)
    groups = tuple(
        CapabilityGroup(
            domain, domain.capitalize(), tuple(c.id for c in capabilities if c.domain == domain)
        )
        for domain in domains
    )
    defaults = {"id": "map", "title": "A map", "publisher": "Us", "about": "What we do."}
    return Framework(groups=groups, **defaults | changes)


def library(*capabilities, **changes):
    """These capabilities (one where none is given), and a map of all of them called "map"."""
    capabilities = capabilities or (capability(),)
    return Library(
        capabilities={one.id: one for one in capabilities},
        frameworks={"map": framework(*capabilities)},
        roles={},
        **changes,
    )


def options(*steps):
    """An option for each step, called after it: `one`, `two`, `three`, `four`, `five`, `none`."""
    names = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", None: "unrated"}
    return tuple(Option(names[step], names[step].capitalize(), step) for step in steps)


KINDS = {
    "maturity": {"steps": DESCRIPTORS},
    "choice": {"options": options(1, 3, 5)},
    "checklist": {"options": options(2, 3, 4, 5)},
    "number": {"cut_points": (1, 3, 6, 9)},
}


def question(id="q", kind="maturity", **changes):
    defaults = {"text": f"What about {id}?"} | KINDS.get(kind, {})
    return Question(id=id, kind=kind, **defaults | changes)


def section(*questions, **changes):
    defaults = {"id": "section", "title": "A section"}
    return Section(questions=questions, **defaults | changes)


def questionnaire(*parts, **changes):
    """Sections as they are given, questions in a section of their own."""
    loose = tuple(part for part in parts if isinstance(part, Question))
    sections = tuple(part for part in parts if isinstance(part, Section))
    if loose or not parts:
        sections = (section(*(loose or (question(),))), *sections)
    defaults = {"id": "survey", "title": "A survey", "language": "en", "sections": sections}
    return Questionnaire(**defaults | changes)


def document(*entries, **changes):
    """A questionnaire file's value, its entries in one section."""
    sections = [{"id": "section", "title": "A section", "questions": list(entries)}]
    defaults = {"format": 1, "id": "survey", "title": "A survey", "language": "en"}
    return defaults | {"sections": sections} | changes


def expanded(*entries, within=None, **changes):
    """The questionnaire that a file with these entries stands for."""
    return expand_document(document(*entries, **changes), within or library())
