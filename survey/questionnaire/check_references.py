"""What a file names elsewhere is there: capabilities, maps, roles, answer sets."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from survey.questionnaire.asked import Asking
from survey.questionnaire.check_ids import unique
from survey.questionnaire.faults import Fault
from survey.questionnaire.lenient import Entry, objects, table, text, texts
from survey.questionnaire.model import Library


def check_references(asking: Asking) -> Iterator[Fault]:
    """Names in a questionnaire."""
    library = asking.library
    sets = table(asking.document, "answer_sets")
    for pointer, section in asking.sections:
        yield from _known(section, "framework", pointer, library.frameworks)
    for pointer, entry in asking.entries():
        yield from _known(entry, "capability", pointer, library.capabilities)
        yield from _known(entry, "framework", pointer, library.frameworks)
        yield from _known(entry, "options", pointer, sets, code="unknown-answer-set")


def check_capability_references(capability: Entry, library: Library) -> Iterator[Fault]:
    """Names in a capability's file."""
    for key, known in (("related", library.capabilities), ("roles", library.roles)):
        names = list(texts(capability, key, ""))
        code = "unknown-capability" if key == "related" else "unknown-role"
        yield from (unknown(code, place, id_, known) for place, id_ in names if id_ not in known)
        yield from unique(names, "listed-twice")
    yield from unique(texts(capability, "themes", ""), "listed-twice")
    for pointer, source in objects(capability, "sources", ""):
        yield from _known(source, "framework", pointer, library.frameworks)


def check_framework_references(framework: Entry, library: Library) -> Iterator[Fault]:
    """Names in a capability map's file: each capability is there, in one group."""
    known = library.capabilities
    groups = list(objects(framework, "groups", ""))
    names = [one for place, group in groups for one in texts(group, "capabilities", place)]
    for place, id_ in names:
        if id_ not in known:
            yield unknown("unknown-capability", place, id_, known)
    yield from unique(names, "listed-twice")
    ids = [(f"{place}/id", text(group, "id")) for place, group in groups]
    yield from unique((place, id_) for place, id_ in ids if id_ is not None)


def check_case_study_references(case_studies: Entry, library: Library) -> Iterator[Fault]:
    """Names in the list of case studies."""
    known = library.capabilities
    for pointer, study in objects(case_studies, "case_studies", ""):
        names = list(texts(study, "capabilities", pointer))
        for place, id_ in names:
            if id_ not in known:
                yield unknown("unknown-capability", place, id_, known)
        yield from unique(names, "listed-twice")


def unknown(code: str, pointer: str, name: str, known: Collection[str]) -> Fault:
    """A name that nothing has, with those that it could have been."""
    return Fault(code, pointer, {"name": name, "known": tuple(known)})


def _known(
    entry: Entry, key: str, pointer: str, known: Collection[str], code: str = ""
) -> Iterator[Fault]:
    name = text(entry, key)
    if name is not None and name not in known:
        yield unknown(code or f"unknown-{key}", f"{pointer}/{key}", name, known)
