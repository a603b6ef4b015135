"""One-press mends: the edits that mend a problem, where no thought of the author's is needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from survey.questionnaire.editing import Edit, Editing, NoSuchPlace
from survey.questionnaire.faults import quoted
from survey.questionnaire.lenient import is_number
from survey.questionnaire.mending_text import Mend, mend_text
from survey.questionnaire.model import Json
from survey.questionnaire.nearest import nearest
from survey.questionnaire.problems import Problem
from survey.questionnaire.source import SourceFile

__all__ = ["Mend", "Mending", "slug"]


class Mending:
    """How the problems of one file are mended mechanically. The edits count the characters of
    `source.text`."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._file = Editing(source)

    def mend(self, problem: Problem) -> Mend | None:
        """How a problem is mended; None where its author has to think."""
        source = self._source
        if not source.text:
            return None
        if not source.is_read or problem.code == "control-character":
            return mend_text(problem, source.text, source.offset(problem))
        mend = _MENDS.get(problem.code)
        try:
            return mend(problem, self._file) if mend else None
        except NoSuchPlace:
            return None


def slug(text: str, longest: int = 60) -> str:
    """An id made of a text: small letters, figures, single hyphens; empty if it has none."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "").replace("'", ""))
    return plain.strip("-")[:longest].rstrip("-")


def _one(label: str, edit: Edit) -> Mend:
    return Mend(label, (edit,))


def _unknown_key(problem: Problem, file: Editing) -> Mend | None:
    beside = file.value(_parent(problem.pointer))
    name, known = str(problem.values["name"]), problem.values.get("known", ())
    meant = nearest(name, [one for one in known if one not in beside])
    if meant is None:
        return None
    return _one(f"Change to {quoted(meant)}", file.rename(problem.pointer, meant))


def _misplaced_key(problem: Problem, file: Editing) -> Mend:
    name = str(problem.values["name"])
    return _one(f"Delete {quoted(name)}", file.delete(problem.pointer))


def _delete(problem: Problem, file: Editing) -> Mend:
    return _one("Delete it", file.delete(problem.pointer))


def _delete_entry(problem: Problem, file: Editing) -> Mend:
    """The entry of a list in which a key is at fault."""
    return _one("Delete it here", file.delete(_parent(problem.pointer)))


def _nearest_value(problem: Problem, file: Editing) -> Mend | None:
    meant = nearest(str(problem.values["name"]), problem.values.get("known", ()))
    if meant is None:
        return None
    return _one(f"Change to {quoted(meant)}", file.replace(problem.pointer, meant))


def _text_key(problem: Problem, file: Editing) -> Mend:
    return _unknown_key(problem, file) or _delete(problem, file)


def _format(problem: Problem, file: Editing) -> Mend:
    return _one("Write 1", file.replace(problem.pointer, 1))


def _missing_key(problem: Problem, file: Editing) -> Mend | None:
    name, entry = str(problem.values["name"]), file.value(problem.pointer)
    value: Json = None
    if name == "format":
        value = 1
    elif name == "language":
        value = "en"
    elif name == "id":
        said = next((entry[key] for key in ("title", "name", "text") if key in entry), "")
        value = slug(said) if isinstance(said, str) else ""
    if not value:
        return None
    added = file.insert(problem.pointer, name, value)
    return _one(f"Add {quoted(f'{name}: {value}')}", added)


def _bad_id(problem: Problem, file: Editing) -> Mend | None:
    name = str(problem.values["name"])
    made = "/".join(filter(None, map(slug, name.split("/")[:2])))
    return _one(f"Change to {quoted(made)}", file.replace(problem.pointer, made)) if made else None


def _id_again(problem: Problem, file: Editing) -> Mend | None:
    if not problem.pointer.endswith("/id"):
        return None
    name = str(problem.values["name"])
    taken = file.texts
    made = next(f"{name}-{n}" for n in range(2, len(taken) + 3) if f"{name}-{n}" not in taken)
    return _one(f"Change to {quoted(made)}", file.replace(problem.pointer, made))


def _within(problem: Problem, file: Editing) -> Mend | None:
    """The nearest number that can stand there."""
    value = file.value(problem.pointer)
    lowest, highest = _BOUNDS.get(problem.code) or (
        problem.values.get("lowest"),
        problem.values.get("highest"),
    )
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if not is_number(value) or lowest is None or highest is None:
        return None
    fitting = int(min(max(round(value), lowest), highest))
    return _one(f"Write {fitting}", file.replace(problem.pointer, fitting))


_BOUNDS: Final[Mapping[str, tuple[int, int]]] = {"bad-weight": (1, 100), "bad-step": (1, 5)}


def _wrong_type(problem: Problem, file: Editing) -> Mend | None:
    value, wanted = file.value(problem.pointer), str(problem.values["wanted"])
    meant: Json = None
    if isinstance(value, str):
        if wanted.endswith("number"):
            whole = value.strip().removeprefix("-").isdecimal()
            meant = int(value) if whole else None
        elif wanted == "true or false":
            meant = {"true": True, "false": False}.get(value.strip().lower())
        elif wanted.startswith("a list") and value.strip():
            meant = [value]
    elif is_number(value) and wanted.startswith("a text"):
        meant = f"{value}"
    if meant is None:
        return None
    change = file.replace(problem.pointer, meant)
    return _one(f"Write {change.text}", change)


def _modules(_: Problem, file: Editing) -> Mend:
    added = file.insert("", "modules", {"per_person": 1})
    return _one('Add "modules": {"per_person": 1}', added)


def _fewer_modules(problem: Problem, file: Editing) -> Mend:
    limit = problem.values["limit"]
    return _one(f"Write {limit}", file.replace(problem.pointer, limit))


def _swap(problem: Problem, file: Editing) -> Mend:
    entry = _parent(problem.pointer)
    low, high = file.value(f"{entry}/minimum"), file.value(f"{entry}/maximum")
    edits = (file.replace(f"{entry}/minimum", high), file.replace(f"{entry}/maximum", low))
    return Mend("Swap the two", edits)


def _parent(pointer: str) -> str:
    return pointer.rpartition("/")[0]


_MENDS: Final[Mapping[str, Callable[[Problem, Editing], Mend | None]]] = {
    "unknown-key": _unknown_key,
    "misplaced-key": _misplaced_key,
    "missing-key": _missing_key,
    "wrong-type": _wrong_type,
    "bad-id": _bad_id,
    "unknown-value": _nearest_value,
    "unknown-format": _format,
    "out-of-range": _within,
    "bad-weight": _within,
    "bad-step": _within,
    "id-used-twice": _id_again,
    "asked-twice": _delete_entry,
    "listed-twice": _delete,
    "unknown-capability": _nearest_value,
    "unknown-framework": _nearest_value,
    "unknown-role": _nearest_value,
    "unknown-answer-set": _nearest_value,
    "unknown-question": _nearest_value,
    "main-language-translated": _delete,
    "unknown-text-key": _text_key,
    "minimum-above-maximum": _swap,
    "modules-without-number": _modules,
    "number-without-modules": _delete,
    "too-many-modules": _fewer_modules,
}
