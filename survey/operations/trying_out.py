"""A survey tried out by who writes it: what staff would be shown, of no wave and with nothing kept.

The answers so far are the caller's to carry from page to page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from survey.operations.answering import ShownPage, open_page
from survey.operations.drafting import OpenDraft
from survey.operations.editions import Edition
from survey.operations.errors import NotFound
from survey.operations.privacy import PrivacyNotice
from survey.operations.simulating import COMMENTS, Respondent, Simulation
from survey.operations.starting import AskedWave, StartPage
from survey.operations.submitting import encode_result, result_of
from survey.operations.versions import questions_by_id
from survey.operations.wave_settings import WaveSettings
from survey.questionnaire.answers import drop_hidden
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import Answer, Answers, Question, Questionnaire
from survey.questionnaire.modules import assign
from survey.questionnaire.path import Page, pages
from survey.questionnaire.rating import pack

EVERYBODY: Final = 0
"""In the place of a person's number: somebody who is asked all modules."""

SEED: Final = 1


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A page as it is shown. `is_asked`: whether the answers so far lead to it."""

    shown: ShownPage
    is_asked: bool


def begin(
    edition: Edition, organisation: str, *, person: int, answers: Answers, minimum_group: int
) -> OpenDraft:
    """The answers so far of somebody who is asked the questionnaire, as a draft of no wave.

    person: counts from 1, by whom modules are dealt; or EVERYBODY. minimum_group: as a wave would
    have it.
    """
    questionnaire = edition.questionnaire
    return OpenDraft(
        wave_id=0,
        wave_slug="",
        wave_name="",
        state="open",
        organisation_name=organisation,
        minimum_group=minimum_group,
        simulated=False,
        digest=edition.digest,
        questionnaire=questionnaire,
        languages=questionnaire.languages,
        key_digest=b"",
        unit_id=0,
        modules=_dealt(questionnaire, person),
        answers=answers,
        revision=0,
    )


def _dealt(questionnaire: Questionnaire, person: int) -> tuple[str, ...]:
    if person == EVERYBODY:
        return tuple(section.id for section in questionnaire.modules)
    return assign(questionnaire, person - 1)


def start_page(draft: OpenDraft) -> StartPage:
    """What is said before the first question, of a wave as it is usually set."""
    usual = WaveSettings("", draft.digest, draft.minimum_group)
    return StartPage(
        wave=AskedWave(draft.wave_id, "", "", draft.state, draft.simulated),
        organisation_name=draft.organisation_name,
        digest=draft.digest,
        questionnaire=draft.questionnaire,
        languages=draft.languages,
        minutes=estimated_minutes(draft.questionnaire),
        minimum_group=usual.minimum_group,
        breakdowns=_breakdowns(draft),
        shares_figures=usual.shares_figures,
    )


def privacy_notice(draft: OpenDraft) -> PrivacyNotice:
    """The privacy notice of a wave as it is usually set."""
    usual = WaveSettings("", draft.digest, draft.minimum_group)
    return PrivacyNotice(
        wave="",
        organisation=draft.organisation_name,
        digest=draft.digest,
        languages=draft.languages,
        contact=usual.contact,
        minimum_group=usual.minimum_group,
        breakdowns=_breakdowns(draft),
        shares_figures=usual.shares_figures,
        closes_at=usual.closes_at,
        grace_minutes=usual.grace_minutes,
        keep_people_days=usual.keep_people_days,
        open_link=usual.open_link,
        sends_invitations=usual.send_invitations,
        has_texts=any(question.kind == "text" for question in draft.questionnaire.questions),
    )


def _breakdowns(draft: OpenDraft) -> tuple[str, ...]:
    return tuple(question.id for question in draft.questionnaire.breakdowns)


def open_at(draft: OpenDraft, question_id: str) -> OpenedPage:
    """The page with this question; where the answers so far lead past it, the question alone at
    its place. Raises NotFound where the questionnaire has no such question."""
    path = pages(draft.questionnaire, draft.answers, draft.modules)
    for page in path:
        if any(question.id == question_id for question in page.questions):
            return OpenedPage(open_page(draft, page.id), is_asked=True)
    page = _page_of(draft.questionnaire, question_id)
    place = _place_of(draft.questionnaire, path, question_id)
    answers = {id_: draft.answers[id_] for id_ in (question_id,) if id_ in draft.answers}
    shown = ShownPage(
        page=page,
        questions=page.questions,
        answers=answers,
        position=place + 1,
        total=len(path) + 1,
        back=path[place - 1].id if place else None,
        questionnaire=draft.questionnaire,
    )
    return OpenedPage(shown, is_asked=False)


def _page_of(questionnaire: Questionnaire, question_id: str) -> Page:
    for section in (None, *questionnaire.sections):
        for question in questionnaire.about_you if section is None else section.questions:
            if question.id == question_id:
                return Page(section, (question,))
    raise NotFound("This questionnaire has no such question.", "Go back to its start.")


def _place_of(questionnaire: Questionnaire, path: Iterable[Page], question_id: str) -> int:
    """How many of these pages come before a question that is on none of them."""
    order = {id_: place for place, id_ in enumerate(questions_by_id(questionnaire))}
    return sum(order[page.id] < order[question_id] for page in path)


def answered(draft: OpenDraft, given: Mapping[str, Answer | None]) -> OpenDraft:
    """The draft with these answers in place of what it had; None takes one away."""
    said = {id_: answer for id_, answer in given.items() if answer is not None}
    kept = {id_: answer for id_, answer in draft.answers.items() if id_ not in given}
    return replace(draft, answers=kept | said)


def onward(draft: OpenDraft, page_id: str) -> str | None:
    """The page after this one as the answers now are; None at the end of the path."""
    path = pages(draft.questionnaire, draft.answers, draft.modules)
    ids = [page.id for page in path]
    if page_id in ids:
        place = ids.index(page_id) + 1
    else:
        place = _place_of(draft.questionnaire, path, page_id)
    return ids[place] if place < len(ids) else None


def made_up(questions: Iterable[Question], person: int) -> dict[str, Answer]:
    """Answers drawn by chance, the same each time for the same person. Nothing is left empty."""
    simulation, respondent = Simulation(SEED, wave=0), Respondent(f"person-{person}", units=())
    drawn = {one.id: simulation.answer(one, respondent) for one in questions}
    return {
        id_: COMMENTS[len(id_) % len(COMMENTS)] if answer is None else answer
        for id_, answer in drawn.items()
    }


def filled(draft: OpenDraft, person: int) -> OpenDraft:
    """The draft with made-up answers to all that is asked and not answered yet."""
    answers = made_up(draft.questionnaire.questions, person) | dict(draft.answers)
    asked, _ = drop_hidden(draft.questionnaire, answers, draft.modules)
    return replace(draft, answers=asked | dict(draft.answers))


def own_steps(draft: OpenDraft) -> str:
    """The result as it would be sent to the person's browser."""
    kept, _ = drop_hidden(draft.questionnaire, draft.answers, draft.modules)
    return encode_result(result_of(draft.questionnaire, pack(draft.questionnaire, kept)))
