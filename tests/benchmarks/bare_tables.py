"""The tables of the bare application."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, LargeBinary, MetaData, Table, Uuid

tables = MetaData()
invitation = Table(
    "bare_invitation",
    tables,
    Column("token_digest", LargeBinary, primary_key=True),
    Column("used", Boolean, nullable=False),
)
draft = Table(
    "bare_draft",
    tables,
    Column("key_digest", LargeBinary, primary_key=True),
    Column("answers", JSON, nullable=False),
)
response = Table(
    "bare_response",
    tables,
    Column("id", Uuid, primary_key=True),
    Column("answers", JSON, nullable=False),
    Column("ratings", LargeBinary, nullable=False),
)
