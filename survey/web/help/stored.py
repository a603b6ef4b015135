"""What the database holds that has to do with people and answers: each table with all its columns,
for whoever wants to check the promise."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext

TABLES: Final = (
    (
        "person",
        lazy_gettext("The staff list"),
        ("id", "organisation_id", "unit_id", "email", "staff_number", "active"),
    ),
    (
        "invitation",
        lazy_gettext("Who was asked"),
        (
            "wave_id",
            "id",
            "person_id",
            "unit_id",
            "token_digest",
            "sealed_shift",
            "delivery",
            "bounce",
        ),
    ),
    (
        "outgoing",
        lazy_gettext("Messages that wait to go; to whom is sealed"),
        (
            "wave_id",
            "id",
            "mailing",
            "sealed",
            "state",
            "attempts",
            "due_at",
            "claimed_at",
        ),
    ),
    (
        "draft",
        lazy_gettext("Unfinished answers"),
        ("wave_id", "key_digest", "unit_id", "shift", "answers", "revision"),
    ),
    (
        "submission",
        lazy_gettext("Codes of links that were used"),
        ("wave_id", "key_digest"),
    ),
    (
        "response",
        lazy_gettext("Sent answers"),
        ("wave_id", "id", "unit_id", "about_you", "answers", "ratings"),
    ),
    (
        "untallied",
        lazy_gettext("Sent answers that wait to be counted"),
        ("wave_id", "id", "unit_id", "ratings"),
    ),
    (
        "comment",
        lazy_gettext("What was written in own words"),
        ("wave_id", "id", "unit_id", "question", "text", "state", "redacted"),
    ),
    (
        "wave_day",
        lazy_gettext("How many answers came in on each day"),
        ("wave_id", "day", "responses"),
    ),
)
"""Name, what it is, its columns. A test holds them against the database."""
