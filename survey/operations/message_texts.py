"""The wording of messages: what we propose, what an organisation made of it, and the messages that
come of it. Names in double round brackets, such as ((link)), stand for what differs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Refused
from survey.operations.usual_texts import usual_texts
from survey.storage.messages import Message
from survey.storage.model import insert_into
from survey.storage.waves import Wave

MailedKind = Literal["invitation", "reminder"]
Kind = MailedKind | Literal["letter", "poster"]
KINDS: Final[tuple[Kind, ...]] = ("invitation", "reminder", "letter", "poster")

PLACEHOLDERS: Final = {
    "link": "the person’s own link; on a poster the survey’s address",
    "organisation": "the organisation’s name",
    "survey": "the questionnaire’s title",
    "minutes": "how long it takes",
    "smallest group": "the fewest people of whom a figure is shown",
    "last day": "the last day, or nothing where none is set",
    "contact": "whom to ask",
}
LONGEST_SUBJECT: Final = 200
LONGEST_TEXT: Final = 10_000
_NAMED = re.compile(r"\(\(([^()]{1,40})\)\)")
_RULE = "\n\n" + "–" * 20 + "\n\n"


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in one language, before the names in it are filled in."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it is sent."""

    subject: str
    text: str


def wordings(
    session: Session, wave_id: int, kind: Kind, languages: Sequence[str]
) -> dict[str, Wording]:
    """The wording in each of these languages: the wave's own, else the usual one."""
    rows = session.scalars(select(Message).where(Message.wave_id == wave_id, Message.kind == kind))
    own = {row.language: Wording(row.subject, row.text) for row in rows}
    usual = usual_texts(kind)
    return {
        language: own.get(language) or Wording(*usual.get(language, usual["en"]))
        for language in languages
    }


def save_wording(
    session: Session, wave: Wave, kind: Kind, language: str, subject: str, text: str
) -> None:
    """Replace the wording. Raises Refused, saying what is missing or unknown."""
    check_wording(subject, text)
    new = insert_into(session, Message)
    session.execute(
        new.on_conflict_do_update(
            index_elements=["wave_id", "kind", "language"],
            set_={"subject": new.excluded.subject, "text": new.excluded.text},
        ),
        {
            "wave_id": wave.id,
            "kind": kind,
            "language": language,
            "subject": subject.strip(),
            "text": text.strip(),
        },
    )
    _note(session, wave, kind, language)


def restore_usual(session: Session, wave: Wave, kind: Kind, language: str) -> None:
    """Go back to the usual wording."""
    mine = (Message.wave_id == wave.id, Message.kind == kind, Message.language == language)
    session.execute(delete(Message).where(*mine))
    _note(session, wave, kind, language)


def _note(session: Session, wave: Wave, kind: Kind, language: str) -> None:
    auditing.note(
        session,
        "message.change",
        f"wave:{wave.slug}",
        wave.organisation_id,
        kind=kind,
        language=language,
    )


def check_wording(subject: str, text: str) -> None:
    """Raises Refused where this could not be sent as it is."""
    if not 1 <= len(subject.strip()) <= LONGEST_SUBJECT or not subject.isprintable():
        raise Refused("The subject is empty, too long, or has more than one line.", "Shorten it.")
    if not 1 <= len(text.strip()) <= LONGEST_TEXT:
        raise Refused(
            "The message is empty or too long.",
            f"Write at most {LONGEST_TEXT:,} characters.",
        )
    for name in _NAMED.findall(subject + text):
        if name not in PLACEHOLDERS:
            near = get_close_matches(name, PLACEHOLDERS, 1)
            known = ", ".join(f"(({one}))" for one in PLACEHOLDERS)
            raise Refused(
                f"There is no (({name})).",
                f"Write (({near[0]}))." if near else f"Choose among {known}.",
            )
    if "((link))" not in text:
        raise Refused("The message has no ((link)).", "Without it, nobody can answer.")


def write(texts: Mapping[str, Wording], named: Mapping[str, Mapping[str, str]]) -> Written:
    """The message in all its languages, one below the other.

    named: for each language what stands for each placeholder.
    """
    subjects = [_filled(one.subject, named[language]) for language, one in texts.items()]
    bodies = [_filled(one.text, named[language]) for language, one in texts.items()]
    return Written(" | ".join(dict.fromkeys(subjects)), _RULE.join(bodies))


def _filled(text: str, named: Mapping[str, str]) -> str:
    filled = _NAMED.sub(lambda found: named.get(found[1], found[0]), text)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()
