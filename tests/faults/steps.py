"""Where a program can die: before and after each statement, each commit, and each word that it
exchanges with a mail server. The steps are found by going them, so that none is forgotten."""

import os
import smtplib
from functools import wraps
from signal import SIGKILL

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

WORDS_OF_A_STATEMENT = 4


class Steps:
    """Counts the steps of this process, which dies at one of them.

    dies_at: the number of that step, from 1; None: at none. `tell`: is told which it is.
    """

    def __init__(self, dies_at, tell):
        self.dies_at, self.tell = dies_at, tell
        self.gone = 0

    def step(self, what):
        self.gone += 1
        if self.gone == self.dies_at:
            self.tell(died=what)
            os.kill(os.getpid(), SIGKILL)

    def watch(self):
        """Count from now on."""
        event.listen(Engine, "before_cursor_execute", self._before)
        event.listen(Engine, "after_cursor_execute", self._after)
        self._around(DefaultDialect, "do_commit", lambda *_: "commit")
        self._around(smtplib.SMTP, "send", lambda _, said: f"saying {_first_word(said)}")
        self._around(smtplib.SMTP, "getreply", lambda *_: "the mail server’s answer")

    def _before(self, _connection, _cursor, statement, *_):
        self.step(f"before {_beginning(statement)}")

    def _after(self, _connection, _cursor, statement, *_):
        self.step(f"after {_beginning(statement)}")

    def _around(self, owner, name, named):
        doing = getattr(owner, name)

        @wraps(doing)
        def counted(*arguments):
            what = named(*arguments)
            self.step(f"before {what}")
            result = doing(*arguments)
            self.step(f"after {what}")
            return result

        setattr(owner, name, counted)


def _beginning(statement):
    return " ".join(statement.split()[:WORDS_OF_A_STATEMENT])


def _first_word(said):
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    return text.split()[0] if text.split() else "the end"
