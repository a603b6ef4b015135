"""How much is asked: modules that can be shared out, and no more questions than fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from survey.questionnaire.asked import Asking, groups
from survey.questionnaire.faults import Fault
from survey.questionnaire.lenient import number, table, text

MOST_QUESTIONS: Final = 500


def check_extent(asking: Asking) -> Iterator[Fault]:
    """Number of questions and of modules."""
    count = len(asking.questions)
    if count > MOST_QUESTIONS:
        yield Fault("too-many-questions", "/sections", {"count": count, "limit": MOST_QUESTIONS})
    shared = [(place, one) for place, one in asking.sections if one.get("module") is True]
    if "modules" not in asking.document:
        for pointer, section in shared:
            name = text(section, "id") or text(section, "framework") or ""
            yield Fault("modules-without-number", f"{pointer}/module", {"name": name})
        return
    if not shared:
        yield Fault("number-without-modules", "/modules", at_key=True)
        return
    modules = sum(
        len(groups(section, asking.library)) if "framework" in section else 1
        for _, section in shared
    )
    per_person = number(table(asking.document, "modules"), "per_person")
    if per_person is not None and per_person > modules:
        values = {"count": per_person, "limit": modules}
        yield Fault("too-many-modules", "/modules/per_person", values)
