"""The library: every capability, capability map and role that a questionnaire may name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from survey.questionnaire.check import check_source
from survey.questionnaire.check_ids import check_practices, unique
from survey.questionnaire.check_ratings import check_different
from survey.questionnaire.check_references import (
    check_capability_references,
    check_case_study_references,
    check_framework_references,
)
from survey.questionnaire.check_shape import load
from survey.questionnaire.check_translations import (
    capability_text_keys,
    check_translations,
    framework_text_keys,
)
from survey.questionnaire.faults import Fault
from survey.questionnaire.lenient import Entry, objects, text, texts
from survey.questionnaire.model import Capability, Json, Library
from survey.questionnaire.problems import InvalidFile, Problem
from survey.questionnaire.schemas import (
    CapabilitySchema,
    CaseStudiesSchema,
    FrameworkSchema,
    RolesSchema,
)
from survey.questionnaire.shapes import ObjectSchema
from survey.questionnaire.source import SourceFile, read, tell

CAPABILITY: Final = "capability"
FRAMEWORK: Final = "framework"
ROLES: Final = "roles"
CASE_STUDIES: Final = "case-studies"
QUESTIONNAIRE: Final = "questionnaire"

_SCHEMAS: Final[Mapping[str, type[ObjectSchema]]] = {
    CAPABILITY: CapabilitySchema,
    FRAMEWORK: FrameworkSchema,
    ROLES: RolesSchema,
    CASE_STUDIES: CaseStudiesSchema,
}
_KIND_BY_KEY: Final[Mapping[str, str]] = {
    "sections": QUESTIONNAIRE,
    "groups": FRAMEWORK,
    "steps": CAPABILITY,
    "roles": ROLES,
    "case_studies": CASE_STUDIES,
}
_FOLDERS: Final[Mapping[str, str]] = {"capabilities": CAPABILITY, "frameworks": FRAMEWORK}
"""Folder to the kind of file in it, whose path from there is its id."""

_LISTS: Final[Mapping[str, str]] = {ROLES: "roles", CASE_STUDIES: "case_studies"}
"""Kinds of which all are in one file, and the key that they stand under."""


def read_library(
    files: Mapping[str, bytes],
) -> tuple[Library, Mapping[str, tuple[Problem, ...]]]:
    """The library in some files, and the problems of those that have any.

    files: path below questionnaires/ (as in "capabilities/digital/user-research.json") to
        content. Questionnaires and JSON Schemas among them are passed over.
    A file whose shape is wrong is not in the library; one that names what is not there is.
    """
    sources = {path: read(files[path]) for path in sorted(files) if path.endswith(".json")}
    kinds = {path: kind_of(path, source.value) for path, source in sources.items()}
    known = [path for path in sources if kinds[path] in _SCHEMAS]
    library = _library({path: (kinds[path], sources[path]) for path in known})
    problems = {path: _problems(path, kinds[path], sources[path], library) for path in known}
    return library, {path: found for path, found in problems.items() if found}


def check_file(path: str, file: bytes | str, library: Library) -> tuple[Problem, ...]:
    """The problems of a file of any kind.

    path: tells what kind of file it is, if its keys do not, and what its id must be.
    """
    source = read(file)
    if not source.is_read:
        return source.problems
    kind = kind_of(path, source.value)
    if kind == QUESTIONNAIRE:
        return check_source(source, library)
    return _problems(path, kind, source, library)


def capability_in(path: str, file: bytes | str, library: Library) -> Capability:
    """The capability that a file describes. Raises InvalidFile."""
    problems = check_file(path, file, library)
    if problems:
        raise InvalidFile(list(problems))
    found: Capability = load(CapabilitySchema, read(file).value)[0]
    return found


def kind_of(path: str, value: Json) -> str:
    """What kind of file it is by its schema's name, its keys or its folder; empty if unknown."""
    entry = value if isinstance(value, dict) else {}
    schema = PurePosixPath(text(entry, "$schema") or "").name.rpartition("-")[0]
    if schema in (*_SCHEMAS, QUESTIONNAIRE):
        return schema
    by_key = (kind for key, kind in _KIND_BY_KEY.items() if key in entry)
    place = PurePosixPath(path)
    by_folder = (kind for folder, kind in _FOLDERS.items() if folder in place.parts)
    return next(by_key, next(by_folder, place.stem if place.stem in _LISTS else ""))


def _library(sources: Mapping[str, tuple[str, SourceFile]]) -> Library:
    found: dict[str, dict[str, Any]] = {kind: {} for kind in _SCHEMAS}
    for kind, source in sources.values():
        loaded, faults = load(_SCHEMAS[kind], source.value)
        if faults or source.problems:
            continue
        for one in loaded[_LISTS[kind]] if kind in _LISTS else (loaded,):
            found[kind][one.id] = one
    return Library(found[CAPABILITY], found[FRAMEWORK], found[ROLES], found[CASE_STUDIES])


def _problems(path: str, kind: str, source: SourceFile, library: Library) -> tuple[Problem, ...]:
    if not source.is_read:
        return source.problems
    if kind not in _SCHEMAS:
        return tell([Fault("unknown-file", "")], source)
    faults = load(_SCHEMAS[kind], source.value)[1]
    if isinstance(source.value, dict):
        faults += _CHECKS[kind](source.value, library)
        faults += _path_fault(path, kind, source.value)
    return tell(faults, source)


def _path_fault(path: str, kind: str, entry: Entry) -> Iterator[Fault]:
    """A file in the folder of its kind is named after its id."""
    parts = PurePosixPath(path).with_suffix("").parts
    folder = next((name for name, one in _FOLDERS.items() if one == kind), "")
    id_ = text(entry, "id")
    if folder in parts and id_ is not None:
        wanted = "/".join(parts[parts.index(folder) + 1 :])
        if id_ != wanted:
            yield Fault("id-not-file-name", "/id", {"name": id_, "wanted": wanted})


def _check_capability(capability: Entry, library: Library) -> Iterator[Fault]:
    yield from check_different(texts(capability, "steps", ""))
    yield from check_practices(capability)
    yield from check_capability_references(capability, library)
    yield from check_translations(capability, capability_text_keys(capability))


def _check_framework(framework: Entry, library: Library) -> Iterator[Fault]:
    yield from check_framework_references(framework, library)
    yield from check_translations(framework, framework_text_keys(framework))


def _check_roles(roles: Entry, _library: Library) -> Iterator[Fault]:
    yield from _check_listed(roles, "roles")


def _check_case_studies(case_studies: Entry, library: Library) -> Iterator[Fault]:
    yield from _check_listed(case_studies, "case_studies")
    yield from check_case_study_references(case_studies, library)


def _check_listed(file: Entry, key: str) -> Iterator[Fault]:
    ids = ((f"{place}/id", text(one, "id")) for place, one in objects(file, key, ""))
    yield from unique((place, id_) for place, id_ in ids if id_ is not None)


_CHECKS: Final[Mapping[str, Callable[[Entry, Library], Iterator[Fault]]]] = {
    CAPABILITY: _check_capability,
    FRAMEWORK: _check_framework,
    ROLES: _check_roles,
    CASE_STUDIES: _check_case_studies,
}
