"""What each release left behind: the revision of its tables, and rows of its time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import MetaData, String, inspect

from survey.database import engine
from survey.storage.transactions import USUAL as PATIENCE
from survey.storage.transactions import alone, snapshot


@dataclass(frozen=True)
class Release:
    version: str
    revision: str


RELEASES = (
    Release("0.1.0", "0001"),
    Release("0.2.0", "0001"),
    Release("0.3.0", "0009"),
    Release("0.4.0", "0015"),
    Release("0.5.0", "0018"),
)
"""The newest migration at the time of each."""

LATEST = RELEASES[-1]

AT = datetime(2026, 9, 1, 12, 30, tzinfo=UTC)
DAY = date(2026, 9, 1)
WAVE = {"wave_id": 1}
OF_WAVE = WAVE | {"unit_id": 1}
SOURCE = '{"id": "ours", "title": "Ours — ein Größenmaß"}'
ROWS = {
    "organisation": {
        "id": 1,
        "slug": "anytown",
        "name": "Anytown “Council”",
        "sign_off_needed": False,
        "glossary": "KPI",
    },
    "unit": {
        "id": 1,
        "organisation_id": 1,
        "parent_id": None,
        "slug": "anytown",
        "name": "Anytown",
        "path": "1/",
        "ended_at": None,
        "successor_id": None,
    },
    "account": {
        "id": 1,
        "email": "ada@anytown.example",
        "password": None,
        "active": True,
        "fs_uniquifier": "unique",
        "failures": 2,
        "locked_until": AT,
        "totp": "sealed",
        "totp_used": 7,
        "recovery": ["digest"],
        "issuer": "https://id.example",
        "subject": "ada",
    },
    "grant": {"id": 1, "account_id": 1, "organisation_id": 1, "unit_id": 1, "role": "lead"},
    "account_link": {"digest": b"\1", "account_id": 1, "purpose": "reset", "expires_at": AT},
    "account_mail": {"account_id": 1, "purpose": "reset", "due_at": AT, "attempts": 1},
    "account_session": {
        "digest": b"\2",
        "account_id": 1,
        "begun_at": AT,
        "seen_at": AT,
        "device": "Firefox",
    },
    "passkey": {
        "id": b"\3",
        "account_id": 1,
        "public_key": b"\4",
        "sign_count": 5,
        "name": "Phone",
        "added_at": AT,
    },
    "api_token": {
        "id": 1,
        "digest": b"\5",
        "account_id": 1,
        "name": "nightly",
        "scopes": ["waves:read"],
        "made_at": AT,
        "expires_at": AT,
        "last_used_at": AT,
        "revoked_at": None,
    },
    "audit_event": {
        "organisation_id": 1,
        "number": 1,
        "at": AT,
        "account_id": 1,
        "via": "web",
        "action": "wave.open",
        "object": "wave:autumn",
        "details": {"n": 1},
        "digest": b"\6",
    },
    "person": {
        "id": 1,
        "organisation_id": 1,
        "unit_id": 1,
        "email": "p@anytown.example",
        "active": True,
        "staff_number": "0042",
    },
    "version": {"digest": "d", "content": b'{"id":"ours"}'},
    "publication": {
        "id": 1,
        "organisation_id": 1,
        "version_digest": "d",
        "questionnaire": "ours",
        "title": "Ours",
        "published_at": AT,
        "published_by": 1,
        "signed_by": 1,
        "source": SOURCE,
    },
    "manuscript": {
        "id": 1,
        "organisation_id": 1,
        "title": "Ours",
        "source": SOURCE,
        "revision": 3,
        "saved_at": AT,
        "kind": "questionnaire",
        "saved_by": 1,
    },
    "manuscript_comment": {
        "id": 1,
        "manuscript_id": 1,
        "account_id": 1,
        "place": "/title",
        "text": "Shorter?",
        "at": AT,
        "settled_at": None,
    },
    "saving": {
        "manuscript_id": 1,
        "revision": 3,
        "source": SOURCE,
        "how": "saved",
        "begun_at": AT,
        "saved_at": AT,
        "account_id": 1,
    },
    "sign_off": {"manuscript_id": 1, "digest": "d", "account_id": 1, "at": AT},
    "translation_basis": {"manuscript_id": 1, "language": "cy", "texts": {"title": "Ours"}},
    "rehearsal": {
        "id": UUID(int=1),
        "manuscript_id": 1,
        "digest": "d",
        "source": SOURCE,
        "spread": "staff",
        "share": 50,
        "minimum_group": 10,
        "draw": 1,
        "state": "done",
        "done": 10,
        "of": 10,
        "result": {"minutes": 9.5},
        "at": AT,
    },
    "own_part": {
        "organisation_id": 1,
        "path": "capabilities/x.json",
        "source": "{}",
        "digest": "d",
        "basis": None,
        "saved_at": AT,
        "saved_by": 1,
    },
    "upload": {
        "id": UUID(int=2),
        "organisation_id": 1,
        "account_id": 1,
        "kind": "people",
        "name": "staff.csv",
        "content": b"email\n",
        "columns": {"email": 0},
        "others_left": True,
        "state": "done",
        "rows": 1,
        "done": 1,
        "problems": [],
        "result": {"added": 1},
        "at": AT,
    },
    "wave": {
        "id": 1,
        "slug": "autumn",
        "organisation_id": 1,
        "version_digest": "d",
        "name": "Autumn",
        "state": "open",
        "minimum_group": 10,
        "open_link": True,
        "closes_at": AT,
        "opened_at": AT,
        "closed_at": None,
        "simulated": False,
        "send_invitations": True,
        "languages": ["en", "cy"],
        "contact": "hr@anytown.example",
        "goal": 70,
        "grace_minutes": 30,
        "audience": {"kind": "everybody"},
        "keep_people_days": 90,
        "forgotten_at": None,
        "breakdowns": ["grade"],
        "imported": None,
        "shares_figures": True,
    },
    "wave_tree": WAVE | {"units": [{"id": 1, "slug": "anytown", "parent": None, "invited": 1}]},
    "wave_day": WAVE | {"day": DAY, "responses": 4},
    "invitation": OF_WAVE
    | {
        "id": 1,
        "person_id": 1,
        "token_digest": b"\7",
        "shift": 0,
        "used": False,
        "sealed_shift": 3,
        "delivery": "bounced",
        "bounce": "5.1.1",
    },
    "draft": OF_WAVE
    | {
        "key_digest": b"\x08",
        "invitation_id": 1,
        "shift": 0,
        "answers": {"q": 3},
        "revision": 2,
    },
    "submission": WAVE | {"key_digest": b"\x09"},
    "response": OF_WAVE
    | {
        "id": UUID(int=3),
        "about_you": {"grade": "manager"},
        "answers": {"q": 4, "r": None},
        "ratings": bytes(range(9)),
    },
    "untallied": OF_WAVE | {"id": UUID(int=3), "ratings": bytes(range(9))},
    "comment": OF_WAVE
    | {
        "id": UUID(int=4),
        "question": "q:comment",
        "text": "Zu wenig Zeit – leider",
        "state": "cleared",
        "redacted": "Too little time",
    },
    "tally": OF_WAVE | {"responses": 12, "figures": bytes(40), "disclosure": None},
    "breakdown_tally": WAVE
    | {"question": "grade", "option": "manager", "figures": bytes(40), "disclosure": b"\1"},
    "diagnostics": WAVE | {"figures": {"alpha": 0.81}},
    "target": {"organisation_id": 1, "capability": "digital/design", "step": 4, "reason": "Law"},
    "action": {
        "id": 1,
        "organisation_id": 1,
        "wave_id": 1,
        "unit_id": 1,
        "capability": "data/x",
        "title": "Train",
        "owner": "Ada",
        "due": DAY,
        "state": "planned",
        "evidence": "",
        "revision": 1,
    },
    "agreed_step": OF_WAVE
    | {"capability": "data/x", "step": 2, "reason": "Workshop", "revision": 1},
    "message": WAVE
    | {"kind": "reminder", "language": "en", "subject": "Still time", "text": "((link))"},
    "mailing": WAVE
    | {
        "number": 1,
        "kind": "invitation",
        "due_at": AT,
        "queued_at": AT,
        "people": 9,
        "sent": 8,
        "bounced": 1,
        "fault": "",
    },
    "outgoing": WAVE
    | {
        "id": UUID(int=5),
        "mailing": 1,
        "sealed": 2**40,
        "state": "waiting",
        "attempts": 1,
        "due_at": AT,
        "claimed_at": None,
    },
    "benchmark_key": {"organisation_id": 1, "public_key": "abc", "sealed": "sealed"},
    "benchmark_source": {
        "id": 1,
        "organisation_id": 1,
        "public_key": "def",
        "name": "Elsewhere",
        "confirmed_at": AT,
    },
    "benchmark_file": {
        "id": 1,
        "source_id": 1,
        "wave": "spring",
        "name": "Spring",
        "year": 2026,
        "month": 3,
        "simulated": False,
        "people": 250,
        "digest": "d",
    },
    "benchmark_figure": {"file_id": 1, "asked": "a", "people": 240, "mean": 2.625},
    "lease": {"name": "closing", "holder": "node-1", "until": AT},
}
"""A row for each table that some release had, with every column it ever had."""


def fill(url):
    """Put into each table that is there its row, as far as it has the columns."""
    with alone(engine(url), PATIENCE) as connection:
        for table in tables_in(connection).sorted_tables:
            row = ROWS[table.name]
            connection.execute(
                table.insert().values({c.name: stored(c, row[c.name]) for c in table.columns})
            )


def stored(column, value):
    """SQLite keeps ids as text."""
    return value.hex if isinstance(value, UUID) and isinstance(column.type, String) else value


def rows_in(url):
    """The rows of each table, as they are."""
    with snapshot(engine(url)) as connection:
        return {
            table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for table in tables_in(connection).sorted_tables
        }


def tables_in(connection):
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != "alembic_version")
    return found


@dataclass(frozen=True)
class KnownColumn:
    type: str
    may_be_left_out: bool


def columns_of(url):
    """Each column by table and name."""
    with snapshot(engine(url)) as connection:
        return {
            (table, column["name"]): KnownColumn(
                str(column["type"]), column["nullable"] or column["default"] is not None
            )
            for (_, table), columns in inspect(connection).get_multi_columns().items()
            for column in columns
        }
