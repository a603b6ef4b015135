"""Translations: into another language, of texts that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from survey.questionnaire.asked import Asked, Asking, groups
from survey.questionnaire.faults import Fault, below
from survey.questionnaire.lenient import Entry, objects, table, text, texts
from survey.questionnaire.model import STEPS
from survey.questionnaire.translate import CAPABILITY, capability_texts


def check_translations(document: Entry, keys: Collection[str]) -> Iterator[Fault]:
    """The catalogues of any file whose texts have these keys."""
    main = text(document, "language") or "en"
    alike = _by_part(keys)
    for language, catalogue in table(document, "translations").items():
        pointer = below("/translations", language)
        if language == main:
            yield Fault("main-language-translated", pointer, {"name": language}, at_key=True)
        for key in catalogue if isinstance(catalogue, dict) else ():
            if key not in keys:
                id_, _, name = key.rpartition(".")
                known = alike.get(id_) or alike.get(name) or ()
                values = {"name": key, "known": known}
                yield Fault("unknown-text-key", below(pointer, key), values, at_key=True)


def _by_part(keys: Iterable[str]) -> dict[str, list[str]]:
    """Keys by the id that they begin with, and by what they name of it."""
    found: dict[str, list[str]] = {}
    for key in keys:
        id_, _, name = key.rpartition(".")
        for part in {id_, name} - {""}:
            found.setdefault(part, []).append(key)
    return found


def text_keys(asking: Asking) -> set[str]:
    """The keys of a questionnaire's texts."""
    keys = _own(asking.document, "", ("title", "introduction"))
    keys |= {f"scale.{step}" for step in STEPS}
    for _, section in asking.sections:
        keys |= _own(section, f"{text(section, 'id')}.", ("title", "introduction"))
        keys |= {f"{group.id}.title" for group in groups(section, asking.library)}
    for _, entry in asking.entries():
        keys |= {f"{group.id}.title" for group in groups(entry, asking.library)}
    sets = table(asking.document, "answer_sets")
    keys |= {f"{name}.{text(one, 'id')}" for name in sets for _, one in objects(sets, name, "")}
    for question in asking.questions:
        keys |= _of_question(question, asking)
    return keys


def _own(entry: Entry, start: str, names: Collection[str]) -> set[str]:
    return {f"{start}{name}" for name in names if name in entry}


def _of_question(question: Asked, asking: Asking) -> set[str]:
    start = f"{question.id}."
    if question.is_derived:
        keys = {f"{start}text"}
        if question.id in asking.library.capabilities:
            keys |= {f"{start}hint"} | {f"{start}steps.{step}" for step in STEPS}
        return keys | _of_capability(question.id, asking)
    keys = _own(question.entry, start, ("text", "hint"))
    steps = enumerate(texts(question.entry, "steps", ""), start=1)
    keys |= {f"{start}steps.{number}" for number, _ in steps}
    keys |= _of_capability(text(question.entry, "capability"), asking)
    return keys | {f"{start}{text(option, 'id')}" for _, option in asking.options(question)}


def _of_capability(id_: str | None, asking: Asking) -> set[str]:
    """The keys of the texts of a capability that is measured: leads read them."""
    capability = asking.library.capabilities.get(id_ or "")
    texts_of = capability_texts(capability) if capability is not None else ()
    return {f"{CAPABILITY}{id_}.{key}" for key in texts_of}


def capability_text_keys(capability: Entry) -> set[str]:
    """The keys of the texts in a capability's file."""
    practices = {f"practices.{text(one, 'id')}" for _, one in objects(capability, "practices", "")}
    return {"name", "summary"} | {f"steps.{step}" for step in STEPS} | practices


def framework_text_keys(framework: Entry) -> set[str]:
    """The keys of the texts in a capability map's file."""
    titles = {f"{text(one, 'id')}.title" for _, one in objects(framework, "groups", "")}
    return {"title", "about"} | titles
