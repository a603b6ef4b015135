"""Any two texts of an organisation's questionnaires: saved ones and published ones."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from survey.operations import publishing, writing
from survey.operations.errors import NotFound
from survey.operations.versions import questionnaire_of
from survey.questionnaire.check import check
from survey.questionnaire.compare import Change, compare
from survey.questionnaire.model import Library, Questionnaire
from survey.storage.versions import content_of

_SAVED: Final = re.compile(r"(\d{1,9})\.(\d{1,9})")


@dataclass(frozen=True, slots=True)
class KeptText:
    """One text. `reference`: the SHA-256 of a version, or manuscript and revision as in "12.3".
    `questionnaire` is None where the text has problems."""

    reference: str
    title: str
    source: str
    at: datetime
    is_published: bool
    questionnaire: Questionnaire | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts. `changes` are None where one of them has problems: then only lines differ."""

    old: KeptText
    new: KeptText
    changes: tuple[Change, ...] | None


def kept_text(session: Session, organisation_id: int, reference: str, library: Library) -> KeptText:
    """A text by its reference. Raises NotFound."""
    saved = _SAVED.fullmatch(reference)
    if saved is None:
        return _published(session, organisation_id, reference)
    found = writing.manuscript(session, organisation_id, int(saved[1]))
    if found.kind != "questionnaire":
        raise NotFound("There is no such questionnaire.", "Choose one from the list.")
    kept = writing.saving(session, found, int(saved[2]))
    questionnaire = check(kept.source, library).questionnaire
    title = questionnaire.title if questionnaire else found.title
    return KeptText(reference, title, kept.source, kept.saved_at, False, questionnaire)


def _published(session: Session, organisation_id: int, reference: str) -> KeptText:
    found = publishing.publication(session, organisation_id, reference)
    digest = found.version_digest
    return KeptText(
        reference=digest,
        title=found.title,
        source=found.source or written_out(session, digest),
        at=found.published_at,
        is_published=True,
        questionnaire=questionnaire_of(session, digest),
    )


def written_out(session: Session, digest: str) -> str:
    """A version as JSON that can be read, where nobody kept what its author wrote."""
    content = content_of(session, digest) or b"{}"
    return json.dumps(json.loads(content), ensure_ascii=False, indent=2) + "\n"


def compared_texts(
    session: Session, organisation_id: int, old: str, new: str, library: Library
) -> Comparison:
    """Two texts by their references. Raises NotFound."""
    before = kept_text(session, organisation_id, old, library)
    after = kept_text(session, organisation_id, new, library)
    if before.questionnaire is None or after.questionnaire is None:
        return Comparison(before, after, None)
    return Comparison(before, after, compare(before.questionnaire, after.questionnaire))


def consequences(changes: Sequence[Change]) -> tuple[str, ...]:
    """What the changes do to trends, in sentences."""
    return tuple(_consequences(Counter(_outcome(change) for change in changes)))


def _outcome(change: Change) -> str:
    if change.kind == "reworded":
        return "vouched" if change.comparable else "reworded"
    return "kept" if change.kind in ("same", "moved") else change.kind


_OUTCOMES: Final = {
    "kept": ("goes on in its trend", "go on in their trends", "as they were, wherever they stand"),
    "vouched": (
        "is reworded and goes on in its trend",
        "are reworded and go on in their trends",
        "because the author says under “comparable_with” that they ask the same",
    ),
    "reworded": (
        "is reworded, and its trend breaks here",
        "are reworded, and their trends break here",
        "unless the new text says under “comparable_with” that it asks the same",
    ),
    "rescored": (
        "is scored otherwise, so before and after never stand in one trend",
        "are scored otherwise, so before and after never stand in one trend",
        "",
    ),
    "added": ("is new, and its trend begins here", "are new, and their trends begin here", ""),
    "removed": ("is gone, and its trend ends here", "are gone, and their trends end here", ""),
}


def _consequences(counted: Counter[str]) -> Iterator[str]:
    for outcome, (one, many, why) in _OUTCOMES.items():
        number = counted[outcome]
        if number:
            said = f"1 question {one}" if number == 1 else f"{number} questions {many}"
            yield f"{said}, {why}." if why else f"{said}."
