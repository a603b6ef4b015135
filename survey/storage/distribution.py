"""Where each table stands on a distributed PostgreSQL (Citus), once one database machine is not
enough: its rows spread by wave over the machines, all of it on every machine, or on the first
machine alone. See docs/large.md.

A table spread by wave has `wave_id` first in its primary key, and in each of its unique constraints
and indexes: a machine can check those of its own rows only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import MetaData

BY_WAVE: Final = (
    "agreed_step",
    "breakdown_tally",
    "comment",
    "diagnostics",
    "draft",
    "invitation",
    "mailing",
    "message",
    "outgoing",
    "response",
    "submission",
    "tally",
    "untallied",
    "wave_day",
)
"""Their rows lie where their wave lies: all that grows with the number of answers."""

REFERENCE: Final = {
    "organisation": "waves and units belong to one",
    "person": "invitations refer to one",
    "target": "read in one statement with the tallies of a wave",
    "unit": "agreed steps refer to one",
    "version": "waves refer to one",
    "wave": "all that is spread refers to one",
    "wave_tree": "read together with its wave",
}
"""Whole on every machine, and why: what tables spread by wave refer to or are read with."""

_ACCOUNTS: Final = "read without any wave: who signs in and what they may do"
_AUTHORS: Final = "read without any wave: what authors write"
_LEADS: Final = "few rows, found by a number or a link of their own, which has no wave in it"
_OTHERS: Final = "read without any wave: what other organisations gave"
_PROGRAMS: Final = "read without any wave: what other programs are told and told us"
LOCAL: Final = {
    "account": _ACCOUNTS,
    "account_link": _ACCOUNTS,
    "account_mail": _ACCOUNTS,
    "account_session": _ACCOUNTS,
    "action": _LEADS,
    "api_answer": _PROGRAMS,
    "api_token": _PROGRAMS,
    "api_use": "counted for a minute and not logged, which only a local table can be",
    "audit_event": "triggers keep it whole, and they act on local tables only",
    "benchmark_figure": _OTHERS,
    "benchmark_file": _OTHERS,
    "benchmark_key": _OTHERS,
    "benchmark_source": _OTHERS,
    "grant": _ACCOUNTS,
    "lease": "one row a kind of work: who is at it must be said in one place",
    "logo": "one row an organisation, read for its reports",
    "manuscript": _AUTHORS,
    "manuscript_comment": _AUTHORS,
    "own_part": _AUTHORS,
    "passkey": _ACCOUNTS,
    "publication": _AUTHORS,
    "published_profile": "read together with no table that is spread",
    "rehearsal": _AUTHORS,
    "report": _LEADS,
    "saving": _AUTHORS,
    "shared_link": _LEADS,
    "sign_off": _AUTHORS,
    "translation_basis": _AUTHORS,
    "upload": "read by the worker, and gone once it is taken",
    "webhook": _PROGRAMS,
    "webhook_delivery": _PROGRAMS,
}
"""On the first machine alone, and why."""


def statements(tables: MetaData) -> Iterator[str]:
    """What spreads the tables, once: for the first machine of a distributed PostgreSQL, with every
    migration run and no row in them yet, or with all their rows. What is referred to comes before
    what refers to it."""
    names = [table.name for table in tables.sorted_tables]
    for name in names:
        if name in REFERENCE:
            yield f"SELECT create_reference_table('{name}');"
    first, *others = (name for name in names if name in BY_WAVE)
    yield f"SELECT create_distributed_table('{first}', 'wave_id');"
    for name in others:
        yield f"SELECT create_distributed_table('{name}', 'wave_id', colocate_with => '{first}');"
