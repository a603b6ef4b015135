"""Messages that mail servers send back (RFC 3464): whose mail does not arrive, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


@dataclass(frozen=True, slots=True)
class Bounce:
    """An address that takes no mail, and the status code that says why, such as 5.1.1."""

    address: str
    status: str


def bounces_in(message: bytes) -> Iterator[Bounce]:
    """The addresses that a delivery report says have failed for good; none in another message."""
    parsed = message_from_bytes(message, policy=policy.default)
    for part in parsed.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.iter_parts():
            yield from _failed(cast(EmailMessage, fields))


def _failed(fields: EmailMessage) -> Iterator[Bounce]:
    recipient = str(fields.get("Final-Recipient") or fields.get("Original-Recipient") or "")
    status = str(fields.get("Status", "")).split(" ", 1)[0].strip()
    failed = str(fields.get("Action", "")).strip().lower() == "failed"
    address = recipient.partition(";")[2].strip()
    if failed and status.startswith("5") and "@" in address:
        yield Bounce(address, status)
