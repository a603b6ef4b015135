"""Work in the background. What has to be done stands in our tables; the queue only wakes a worker
at once, or every minute. So a worker that dies, or a queue that is lost, loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import SystemRandom
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.orm import Session, sessionmaker

from survey.charts.drawing import Drawings
from survey.database import clock_of
from survey.engines import SECONDS_TO_CONNECT, engine, sessions
from survey.mail.smtp import SmtpSender
from survey.monitoring.working import Watch
from survey.operations import (
    account_links,
    api_answers,
    closing,
    goal_reaching,
    mailing,
    rehearsing,
    retention,
    running,
    uploading,
    webhook_delivering,
)
from survey.operations.alone import alone
from survey.operations.auditing import Actor, act_as
from survey.operations.delivering import (
    Delivered,
    KnowsBounces,
    Post,
    Sender,
    ServerDown,
    Stop,
    TryLater,
    Undeliverable,
    Unsure,
    deliver,
)
from survey.operations.errors import where
from survey.operations.standing import WORK
from survey.operations.tallying import tally_new_responses
from survey.operations.webhook_addresses import Reach
from survey.reports import building

if TYPE_CHECKING:
    from huey import Huey

LOG: Final = logging.getLogger(__name__)
WORKERS: Final = 2
CLOCKS_APART: Final = timedelta(minutes=15)
SAID_BY_QUEUE: Final = ("huey", "huey.consumer.Worker", "huey.consumer.Scheduler")
LONGEST_WAIT: Final = 1.0
"""Seconds between two looks at the queue."""


class InOneLine(logging.Filter):
    """Says a fault of the queue in a line, not with all that led to it, and without its words: a
    worker that waits for the database looks every second."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; it is never left out."""
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            record.msg, record.args = f"{record.getMessage()} ({type(fault).__name__})", ()
            record.exc_info = None
        return True


def is_right(now: datetime, session: Session) -> bool:
    """Whether this machine's clock agrees with the database's, well enough for what cannot be
    undone: a wave that closed too early stays closed."""
    apart = abs(clock_of(session) - now)
    if apart > CLOCKS_APART:
        seconds = apart.total_seconds()
        LOG.error("The clock is %.0f seconds from the database's: nothing is closed.", seconds)
    return apart <= CLOCKS_APART


class Pace:
    """Waits so that no more than so many go out in a second, and none once `is_over`."""

    def __init__(self, per_second: int, is_over: Callable[[], bool] = lambda: False) -> None:
        self._gap, self._next, self._is_over = 1 / per_second, 0.0, is_over

    def __call__(self) -> None:
        """Wait until the next may go. Raises Stop where none may."""
        if self._is_over():
            raise Stop
        now = monotonic()
        if now < self._next:
            sleep(self._next - now)
        self._next = max(now, self._next) + self._gap


def sender(settings: Mapping[str, Any]) -> Sender | None:
    """What sends letters by these settings; None where nothing is set."""
    if settings.get("MAIL_URL"):
        return SmtpSender(settings["MAIL_URL"], settings["MAIL_FROM"])
    if settings.get("NOTIFY_API_KEY"):
        from survey.mail.notify import NotifySender  # loads an HTTP client, which few need

        return NotifySender(
            settings["NOTIFY_API_KEY"], settings["NOTIFY_TEMPLATE_ID"], settings["NOTIFY_URL"]
        )
    return None


class Jobs:
    """The background work of one installation: its queue, and what workers do."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings
        self._watch = Watch(settings)
        self._is_over: Callable[[], bool] = lambda: False

    @cached_property
    def queue(self) -> Huey:
        """Where workers are woken, with what they then do."""
        from huey import crontab  # Redis comes with it: 7 MB, which answering does not need

        made = _queue(self.settings)
        made.periodic_task(crontab(minute="*"), name="every-minute")(self.do_all)
        return made

    @cached_property
    def drawings(self) -> Drawings:
        """Where charts of reports are drawn and kept: with those of pages."""
        return Drawings(self.settings["INSTANCE"] / "charts")

    @cached_property
    def _wake(self) -> Callable[[], object]:
        wake: Callable[[], object] = self.queue.task(name="wake")(self.do_all)
        return wake

    @cached_property
    def _sessions(self) -> sessionmaker[Session]:
        return sessions(engine(self.settings["DATABASE_URL"]))

    def wake(self) -> None:
        """Let a worker look at once for what is to be done. Where the queue does not answer, it
        is done within a minute all the same."""
        try:
            self._wake()
        except Exception as fault:  # each kind of queue has errors of its own
            LOG.warning("The queue does not answer (%s).", type(fault).__name__)

    def do_all(self) -> None:
        """Do what is due, unless another worker is at it. Each part is tried, whatever becomes of
        the others. Somebody waits for a rehearsal or a report, so these do not wait for letters to
        go out; and letters do not wait for programs elsewhere, which may be slow."""
        self._do_alone("rehearsals", self.rehearse)
        self._do_alone("reports", self.build_reports)
        self._do_alone(WORK, *self._parts())
        self._do_alone("webhooks", self.tell_programs)

    def _do_alone(self, name: str, *parts: Callable[[], object]) -> None:
        try:
            with alone(self.opened, name) as mine:
                for part in parts if mine else ():
                    self._try(part)
        except Exception as fault:  # the database is away, say; the next minute it may be back
            LOG.error("%s could not be begun or ended: %s", name, where(fault))

    def _parts(self) -> tuple[Callable[[], object], ...]:
        return (
            self.close_waves,
            self.forget_people,
            self.take_files,
            self.tally,
            self.write_to_accounts,
            self.deliver,
            self.note_bounces,
            self.forget_answers_to_programs,
        )

    def _try(self, part: Any) -> None:
        try:
            with self._watch.over(part.__name__):
                part()
        except Exception as fault:
            LOG.error("%s failed: %s", part.__name__, where(fault))

    def close_waves(self) -> None:
        """Close the waves whose last moment has passed."""
        now = datetime.now(UTC)
        with self.opened() as session:
            for wave in closing.due(session, now) if is_right(now, session) else ():
                closing.close_if_due(session, wave, now=now)
                session.commit()

    def forget_people(self) -> None:
        """Delete who was asked, where that is due."""
        now = datetime.now(UTC)
        with self.opened() as session:
            for wave in retention.due(session, now) if is_right(now, session) else ():
                retention.forget_people(session, wave, now=now)
                session.commit()

    def take_files(self) -> None:
        """Try and take long files of units and people."""
        uploading.work_on_all(self.opened, now=datetime.now(UTC))

    def rehearse(self) -> None:
        """Let made-up people go through drafts."""
        rehearsing.work_on_all(self.opened, now=datetime.now(UTC))

    def build_reports(self) -> None:
        """Make the files that leads asked for."""
        building.work_on_all(self.opened, self.drawings, now=datetime.now(UTC))

    def forget_answers_to_programs(self) -> None:
        """Forget what programs were answered, once they can no longer ask the same again."""
        with self.opened() as session:
            api_answers.forget_old_keys(session, datetime.now(UTC))
            session.commit()

    def tally(self) -> None:
        """Count new answers, so that watching a wave costs the same however many have come, and
        note which waves have reached their goal."""
        now = datetime.now(UTC)
        with self.opened() as session:
            for wave in running.open_waves(session):
                tally_new_responses(session, wave)
                goal_reaching.note_if_reached(session, wave, now=now)
                session.commit()

    def write_to_accounts(self) -> None:
        """Send the links by which colleagues set their passwords."""
        post_office = sender(self.settings)
        if post_office is None:
            return
        now = datetime.now(UTC)
        with self.opened() as session:
            account_links.forget_old_links(session, now)
            for mail in account_links.links_to_send(session, now):
                letter = account_links.letter_of(session, mail, self.settings["BASE_URL"], now=now)
                session.commit()
                try:
                    post_office.send(letter)
                except Undeliverable:
                    account_links.sent(session, mail)
                except (TryLater, Unsure, ServerDown):
                    account_links.put_off(session, mail)
                else:
                    account_links.sent(session, mail)
                session.commit()
        post_office.close()

    def deliver(self) -> Delivered:
        """Send the messages that are due."""
        post_office = sender(self.settings)
        if post_office is None:
            return Delivered()
        return deliver(
            self.opened,
            Post(
                sender=post_office,
                secret=self.settings["SECRET_KEY"],
                base_url=self.settings["BASE_URL"],
                now=lambda: datetime.now(UTC),
                pause=Pace(self.settings["MAIL_PER_SECOND"], self._is_over),
            ),
        )

    def note_bounces(self) -> None:
        """Ask the sender whose mail did not arrive, where it knows and a wave is open."""
        post_office = sender(self.settings)
        if not isinstance(post_office, KnowsBounces):
            return
        with self.opened() as session:
            asked = {wave.organisation_id for wave in running.open_waves(session)}
            addresses = list(post_office.bounced()) if asked else []
            for organisation_id in asked:
                for address in addresses:
                    mailing.bounce(session, organisation_id, address, "notify")
            session.commit()

    def tell_programs(self) -> webhook_delivering.Told:
        """Tell webhooks what has happened."""
        return webhook_delivering.deliver(
            self.opened,
            webhook_delivering.Courier(
                key=self.settings["SECRET_KEY"],
                base_url=self.settings["BASE_URL"],
                reach=Reach(private=self.settings.get("WEBHOOKS_TO_PRIVATE_ADDRESSES", False)),
                now=lambda: datetime.now(UTC),
                random=SystemRandom(),
            ),
        )

    @contextmanager
    def opened(self) -> Iterator[Session]:
        """A session in which the program itself acts."""
        with self._sessions() as session:
            act_as(session, Actor(None, "program"))
            yield session

    def work(self) -> None:
        """Do background work until told to stop: by SIGTERM, once the work in hand has ended, or
        after one more message. Where the queue does not answer yet, wait."""
        for said_by in SAID_BY_QUEUE:
            logging.getLogger(said_by).addFilter(InOneLine())
        while not self._is_known_to_queue():
            sleep(LONGEST_WAIT)
        consumer = self.queue.create_consumer(
            workers=WORKERS, max_delay=LONGEST_WAIT, graceful_signal="TERM"
        )
        self._is_over = consumer.stop_flag.is_set
        consumer.run()

    def _is_known_to_queue(self) -> bool:
        try:
            return self._wake is not None  # making it opens the queue
        except Exception as fault:  # each kind of queue has errors of its own
            LOG.warning("The queue does not answer (%s).", type(fault).__name__)
            return False


def _queue(settings: Mapping[str, Any]) -> Huey:
    from huey import MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey

    url = settings["DATABASE_URL"]
    if settings.get("REDIS_URL"):
        return RedisHuey("survey", url=settings["REDIS_URL"], results=False)
    if url.startswith("postgresql"):
        # Not LISTEN: a pooler that shares connections by transaction would lose it.
        plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
        return PostgresHuey(
            "survey",
            dsn=plain,
            blocking=False,
            results=False,
            connect_timeout=SECONDS_TO_CONNECT,
        )
    file = url.removeprefix("sqlite:///")
    if not file or settings.get("TESTING"):
        return MemoryHuey("survey", results=False)
    return SqliteHuey("survey", filename=f"{file}-jobs", results=False)
