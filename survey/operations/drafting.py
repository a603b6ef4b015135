"""An open draft: what one person has answered so far, and which questions are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from survey.operations.errors import AlreadyUsed, Closed, NotFound, SurveyError
from survey.operations.tokens import digest_of
from survey.operations.versions import questionnaire_of
from survey.questionnaire.model import Answer, Questionnaire
from survey.questionnaire.modules import assign
from survey.questionnaire.translate import offered
from survey.storage import drafts
from survey.storage.waves import TAKES_ANSWERS


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft of a wave that is open. `answers` are as they were when it was read.

    Its pages are asked in one of its `languages`, the first where nobody chose.
    """

    wave_id: int
    wave_slug: str
    wave_name: str
    state: str
    organisation_name: str
    minimum_group: int
    simulated: bool
    digest: str
    questionnaire: Questionnaire
    languages: tuple[str, ...]
    key_digest: bytes
    unit_id: int
    modules: tuple[str, ...]
    answers: Mapping[str, Answer]
    revision: int


def closed(state: str) -> Closed:
    """The refusal of a wave that takes no answers, in words for the state it is in."""
    if state == "prepared":
        return Closed("This survey has not opened yet.", "Try your link again when it has.")
    if state == "closing":
        return Closed(
            "The last day of this survey has passed.", "Only those who had begun can still finish."
        )
    return Closed("This survey has closed.", "Answers can no longer be given or changed.")


def already_sent() -> SurveyError:
    """The refusal of a second time."""
    return AlreadyUsed("Your answers have been sent.", "There is nothing more to do.")


def open_draft(session: Session, wave_slug: str, key: str | bytes) -> OpenDraft:
    """The draft that this key opens, in one query.

    Raises NotFound (no such wave), Closed, AlreadyUsed (a key that we gave out, and its draft
    is gone: it was sent).
    """
    row = drafts.draft_in_wave(session, wave_slug, digest_of(key))
    if row is None:
        raise NotFound("There is no such survey.", "Open your link again.")
    if row.state not in TAKES_ANSWERS:
        raise closed(row.state)
    if row.key_digest is None:
        raise already_sent()
    return _opened(row, questionnaire_of(session, row.version_digest))


def _opened(row: Any, questionnaire: Questionnaire) -> OpenDraft:
    return OpenDraft(
        wave_id=row.wave_id,
        wave_slug=row.slug,
        wave_name=row.name,
        state=row.state,
        organisation_name=row.organisation_name,
        minimum_group=row.minimum_group,
        simulated=row.simulated,
        digest=row.version_digest,
        questionnaire=questionnaire,
        languages=offered(questionnaire, row.languages),
        key_digest=row.key_digest,
        unit_id=row.unit_id,
        modules=assign(questionnaire, row.shift),
        answers=row.answers,
        revision=row.revision,
    )
