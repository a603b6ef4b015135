"""Questionnaire files checked: what the editor and the command line say of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields

from survey.api.resource import Resource
from survey.api.schemas import CheckedSchema
from survey.api.sent import file_sent, takes_file
from survey.api.tokens import organisation_of, token
from survey.database import db
from survey.operations.api_tokens import READ
from survey.operations.own_library import library_of
from survey.operations.shipped import library
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.check import check
from survey.questionnaire.problems import Problem
from survey.questionnaire.review import UNKNOWN, Remark, Review, Staff, review

if TYPE_CHECKING:
    from survey.storage.accounts import Account

bp = Resource(
    "questionnaires",
    __name__,
    under="/questionnaires",
    description="Questionnaire files, before they are anybody’s draft.",
)


class CheckQuery(Schema):
    """Against whose library a file is checked."""

    organisation = fields.String(
        load_default=None,
        metadata={
            "description": "An organisation’s short name: the file may then name its own "
            "capabilities and maps. Without it, those that come with the product."
        },
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What is said of a file. The last three are None while it has problems."""

    problems: tuple[Problem, ...]
    advice: tuple[Remark, ...] = ()
    questions: int | None = None
    minutes: int | None = None
    version: str | None = None

    @property
    def valid(self) -> bool:
        """Whether it can be published."""
        return not self.problems


@bp.post("/check")
@token(READ)
@takes_file
@bp.arguments(CheckQuery, location="query")
@bp.response(200, CheckedSchema)
def check_questionnaire(asking: Account, query: dict[str, Any]) -> Checked:
    """Check a questionnaire file; nothing is kept.

    Says every problem of it at once, as the command “survey questionnaire check” does. Whatever
    the bytes are, the answer is 200: a file that is no JSON, or no text, has a problem that says
    so.
    """
    slug = query["organisation"]
    owner = organisation_of(asking, slug) if slug is not None else None
    known = library_of(db.session, owner.id) if owner else library()
    file = file_sent()
    try:
        text = file.decode()
    except UnicodeDecodeError:
        return Checked(check(file, known).problems)
    return _checked(review(text, known, Staff(owner.glossary.splitlines()) if owner else UNKNOWN))


def _checked(seen: Review) -> Checked:
    problems = tuple(one.problem for one in seen.problems)
    if seen.questionnaire is None or seen.minutes is None:
        return Checked(problems)
    return Checked(
        problems,
        seen.advice,
        questions=len(seen.questionnaire.questions),
        minutes=ceil(seen.minutes),
        version=digest(canonical(seen.questionnaire)),
    )
