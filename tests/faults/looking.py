"""Looking for what must not be, after a program has died and after the next has done its work."""

from sqlalchemy import func, select, text

from survey.operations import auditing
from survey.operations.tallying import recount
from survey.storage.audit import AuditEvent
from survey.storage.responses import Response
from survey.storage.tallies import Tally
from survey.storage.waves import Wave, WaveDay


class Look:
    """A look at a database.

    heard: what the operation had confirmed; letters: to whom mail came; whole: whether somebody
    has done it again, and it came to its end. Found are sentences, in `lost` and `doubled`.
    """

    def __init__(self, session, *, heard=(), letters=(), whole):
        self.session, self.heard, self.letters, self.whole = session, heard, letters, whole
        self.lost, self.doubled = [], []

    def count(self, table, *where):
        return self.session.scalar(select(func.count()).select_from(table).where(*where))

    def number(self, what, found, wanted, before=0):
        """There must be as many as wanted; until it is whole, that or as many as before."""
        if found == wanted or (found == before and not self.whole):
            return
        where = self.doubled if found > wanted else self.lost
        where.append(f"{what}: {found}, not {wanted}")

    def rows(self, wanted, table, *where, before=0):
        self.number(f"rows of {table.__tablename__}", self.count(table, *where), wanted, before)

    def events(self, action, wanted=1, before=0):
        found = self.count(AuditEvent, AuditEvent.action == action)
        self.number(f"events {action}", found, wanted, before)

    def everywhere(self):
        """What holds in every database, at any time."""
        logs = auditing.verify(self.session)
        self.lost += [f"the log breaks at {log.broken_at}" for log in logs if log.broken_at]
        if self.session.get_bind().dialect.name == "sqlite":
            for check in ("integrity_check", "foreign_key_check"):
                rows = [tuple(row) for row in self.session.execute(text(f"PRAGMA {check}"))]
                self.lost += [f"{check}: {row}" for row in rows if row != ("ok",)]

    def wave(self, slug="autumn"):
        return self.session.scalars(select(Wave).where(Wave.slug == slug)).one()

    def counted(self, wave, responses):
        """So many responses are there, and all are or will be in the tally, once."""
        self.rows(responses, Response, Response.wave_id == wave.id)
        if not recount(self.session, wave):
            self.doubled.append(f"{wave.slug}: to count afresh says something else")
        for what, of, table in (
            ("tallied", func.max(Tally.responses), Tally),
            ("by day", func.sum(WaveDay.responses), WaveDay),
        ):
            found = self.session.scalar(select(of).where(table.wave_id == wave.id)) or 0
            self.number(f"{wave.slug}, {what}", found, responses)
