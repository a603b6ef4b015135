"""What people wrote, as leads may read it: after a moderator did, and never of few."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from survey.operations.errors import NotFound
from survey.operations.permissions import may
from survey.operations.versions import questions_by_id
from survey.operations.viewing import View, view
from survey.questionnaire.model import Question
from survey.storage import responses, tallies
from survey.storage.accounts import Account
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave

GROUPS_THAT_ANSWERED: Final = 2
"""So many times the minimum group must have answered before comments are shown."""


@dataclass(frozen=True, slots=True)
class Written:
    """A comment, and the question that it answers."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class CommentReport:
    """Comments of a whole organisation that may be read. `enough`: whether so many answered and
    wrote that any are. `by_capability`: how many there are of each, before searching."""

    wave: Wave
    organisation: Organisation
    enough: bool
    comments: tuple[Written, ...]
    by_capability: tuple[tuple[str, str, int], ...]


def comment_report(
    session: Session,
    wave_slug: str,
    account: Account | None,
    capability: str | None = None,
    search: str = "",
) -> CommentReport:
    """What was cleared, of all or one capability, with these words in it.

    Shown where at least the minimum group wrote something that was cleared and twice as many
    answered (`methods` §6, step 9); by random ids, so in an order that says nothing; only of the
    whole organisation. account: see `viewing.view`.
    Raises NotFound: no such wave, it has not closed, or the account is limited to a unit.
    """
    seen = view(session, wave_slug, account)
    allowed = account is None or may(account, "read-comments", seen.organisation.id)
    if seen.wave.state != "closed" or seen.unit.depth or not allowed:
        raise NotFound("There are no comments to read.", "They come when the wave closes.")
    asked = questions_by_id(seen.questionnaire)
    every = [
        Written(asked[question], text)
        for question, text in responses.cleared_comments(session, seen.wave.id)
    ]
    if not _are_enough(session, seen, len(every)):
        return CommentReport(seen.wave, seen.organisation, False, (), ())
    names = {id_: one.name for id_, one in seen.questionnaire.capabilities.items()}
    counted = Counter(one.question.capability for one in every if one.question.capability)
    return CommentReport(
        wave=seen.wave,
        organisation=seen.organisation,
        enough=True,
        comments=tuple(one for one in every if _fits(one, capability, search)),
        by_capability=tuple((id_, names[id_], counted[id_]) for id_ in names if counted[id_]),
    )


def _are_enough(session: Session, seen: View, written: int) -> bool:
    root, k = seen.tree.root.id, seen.wave.minimum_group
    row = tallies.tallies_of(session, seen.wave.id, [root]).get(root)
    responded = row.responses if row else 0
    return responded >= GROUPS_THAT_ANSWERED * k and written >= k


def _fits(one: Written, capability: str | None, search: str) -> bool:
    return (not capability or one.question.capability == capability) and (
        search.casefold() in one.text.casefold()
    )
