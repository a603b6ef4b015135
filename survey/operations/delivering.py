"""Messages go out one at a time: each is claimed, handed over, and taken out of the queue.

A worker that dies while it hands one over leaves it `unsure`: it may have arrived, so it is not
sent again unless somebody says so. Everything else is sent by the next worker. So nothing is lost,
and nothing goes twice by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, runtime_checkable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey.operations import mailing
from survey.operations.errors import SurveyError
from survey.operations.inviting import is_answered
from survey.operations.message_texts import MailedKind, Wording, Written, wordings, write
from survey.operations.message_values import values_of, with_link
from survey.operations.tokens import open_number, token_of
from survey.storage import messages
from survey.storage.messages import Mailing, Outgoing
from survey.storage.model import Opened
from survey.storage.organisations import Organisation, Person
from survey.storage.waves import Invitation, Wave

BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""How long to wait after each attempt that failed; then it is given up."""

DEAD_AFTER: Final = timedelta(minutes=10)
"""How long handing over can take before its worker is taken for dead."""


class Undeliverable(Exception):
    """The address takes no mail. Holds a status code, never a text."""


class TryLater(Exception):
    """This message could not be handed over now. Holds a text without an address."""


class Unsure(Exception):
    """It may have been handed over, or not. Holds a text without an address."""


class ServerDown(Exception):
    """No message can be handed over now. Holds a text without an address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one person. `id` is the same if it goes again, so that mail systems know it."""

    id: str
    to: str
    subject: str
    text: str
    sender: str
    reply_to: str
    attempt: int = 1


class Sender(Protocol):
    """What hands letters over: a mail server, or GOV.UK Notify."""

    def send(self, letter: Letter) -> None:
        """Hand it over. Raises Undeliverable, TryLater, Unsure, ServerDown."""

    def check(self) -> None:
        """See whether letters could be handed over now. Raises ServerDown."""

    def close(self) -> None:
        """End what stays open between letters."""


@runtime_checkable
class KnowsBounces(Protocol):
    """A sender that finds out later whose mail did not arrive."""

    def bounced(self) -> Iterator[str]:
        """Their addresses. Raises ServerDown."""


class Stop(Exception):
    """No more is to be sent in this run: the worker was told to stop."""


@dataclass(slots=True)
class Delivered:
    """What a run did."""

    queued: int = 0
    sent: int = 0
    bounced: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """What a run needs: the sender, the secret that makes links, the address they begin with, the
    clock, and how to wait (for the rate limit), which may raise Stop."""

    sender: Sender
    secret: str | bytes
    base_url: str
    now: Callable[[], datetime]
    pause: Callable[[], None]


def deliver(opened: Opened, post: Post) -> Delivered:
    """Queue what is due, then send all that waits; each message is a transaction of its own.

    Ends at the first ServerDown, or at Stop: the next run goes on.
    """
    done = Delivered()
    with opened() as session:
        messages.leave_unsure(session, post.now(), DEAD_AFTER)
        due = messages.waves_with_mail(session, post.now())
        session.commit()
    try:
        for wave_id in due:
            _deliver_wave(opened, post, wave_id, done)
    except (ServerDown, Stop):
        pass  # a fault is said at the mailing
    finally:
        post.sender.close()
    return done


def _deliver_wave(opened: Opened, post: Post, wave_id: int, done: Delivered) -> None:
    with opened() as session:
        wave = session.get_one(Wave, wave_id)
        try:
            done.queued += mailing.queue_due(session, wave, secret=post.secret, now=post.now())
        except SurveyError as fault:
            session.rollback()
            _say_fault(session, wave_id, fault.message)
            session.commit()
            return
        session.commit()
        writer = Writer(session, wave, post)
        while (message := messages.claim(session, wave_id, post.now())) is not None:
            session.commit()
            _hand_over(session, post, writer, message, done)
            session.commit()
            post.pause()


def _say_fault(session: Session, wave_id: int, fault: str) -> None:
    unfinished = (Mailing.wave_id == wave_id) & Mailing.queued_at.is_(None)
    session.execute(update(Mailing).where(unfinished).values(fault=fault[:300]))


def _hand_over(
    session: Session, post: Post, writer: Writer, message: Outgoing, done: Delivered
) -> None:
    letter = writer.letter(message)
    if letter is None:  # answered, erased or bounced since
        messages.count_result(session, message, "sent")
        return
    try:
        post.sender.send(letter)
    except Undeliverable as fault:
        mailing.bounce(session, writer.wave.organisation_id, letter.to, str(fault))
        messages.count_result(session, message, "bounced")
        done.bounced += 1
    except Unsure as fault:
        message.state = "unsure"
        _say(session, message, str(fault))
    except (TryLater, ServerDown) as fault:
        _put_off(session, message, str(fault), post.now())
        done.later += 1
        if isinstance(fault, ServerDown):
            session.commit()
            raise
    else:
        messages.count_result(session, message, "sent")
        done.sent += 1


def _put_off(session: Session, message: Outgoing, fault: str, now: datetime) -> None:
    if message.attempts > len(BACK_OFF):
        message.state = "failed"
    else:
        message.state = "waiting"
        message.due_at = now + BACK_OFF[message.attempts - 1]
    message.claimed_at = None
    _say(session, message, fault)


def _say(session: Session, message: Outgoing, fault: str) -> None:
    session.flush()
    mine = (Mailing.wave_id == message.wave_id) & (Mailing.number == message.mailing)
    session.execute(update(Mailing).where(mine).values(fault=fault[:300]))


class Writer:
    """Writes the letters of one wave. The wording, and what is the same in all, is read once a
    run."""

    def __init__(self, session: Session, wave: Wave, post: Post) -> None:
        self.session, self.wave, self.post = session, wave, post
        self.organisation = session.get_one(Organisation, wave.organisation_id)
        self._texts: dict[str, Mapping[str, Wording]] = {}
        self._values = values_of(session, wave, self.organisation, wave.languages)
        self._kinds: dict[int, MailedKind] = {}

    def letter(self, message: Outgoing) -> Letter | None:
        """The letter; None where there is nobody to write to any more."""
        invitation_id = open_number(self.post.secret, message.id.bytes, message.sealed)
        address = self.session.execute(
            select(Person.email)
            .join(Invitation, Invitation.person_id == Person.id)
            .where(
                Invitation.wave_id == self.wave.id,
                Invitation.id == invitation_id,
                Invitation.delivery != "bounced",
            )
        ).scalar()
        token = token_of(self.post.secret, self.wave.id, invitation_id)
        if address is None or is_answered(self.session, self.wave.id, token):
            return None
        written = self._written(self._kind(message.mailing), token)
        return Letter(
            id=str(message.id),
            to=address,
            subject=written.subject,
            text=written.text,
            sender=self.organisation.name,
            reply_to=self.wave.contact,
            attempt=message.attempts,
        )

    def _kind(self, number: int) -> MailedKind:
        if number not in self._kinds:
            found = self.session.get_one(Mailing, (self.wave.id, number))
            self._kinds[number] = "reminder" if found.kind == "reminder" else "invitation"
        return self._kinds[number]

    def _written(self, kind: MailedKind, token: str) -> Written:
        if kind not in self._texts:
            self._texts[kind] = wordings(self.session, self.wave.id, kind, self.wave.languages)
        link = f"{self.post.base_url.rstrip('/')}/invitations/{token}"
        return write(self._texts[kind], with_link(self._values, link))
