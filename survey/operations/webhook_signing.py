"""Signatures of webhooks, by which a receiver knows that what came is ours, whole, and new.

Source: Standard Webhooks 1.0.0 (standardwebhooks.com), symmetric signatures `v1`.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Final

PREFIX: Final = "whsec_"
SALT_BYTES: Final = 16


def secret_of(key: str | bytes, salt: bytes) -> str:
    """The secret of a webhook, as a receiver is given it: 256 bits of HMAC-SHA256 in base64.

    It is made anew from the installation's key and what is stored, so that neither the database
    nor a copy of it is enough to sign.
    """
    made = hmac.digest(key.encode() if isinstance(key, str) else key, b"webhook:" + salt, "sha256")
    return PREFIX + b64encode(made).decode()


def signature(secret: str, message_id: str, sent_at: int, body: bytes) -> str:
    """The signature of one message: of its id, seconds since 1970 and body, joined by full stops.

    Raises ValueError for an id with a full stop: then more than one message would have it.
    """
    if "." in message_id:
        raise ValueError(f"expected an id without full stops, got {message_id!r}")
    signed = f"{message_id}.{sent_at}.".encode() + body
    made = hmac.digest(b64decode(secret.removeprefix(PREFIX)), signed, "sha256")
    return f"v1,{b64encode(made).decode()}"


def headers(
    secrets: Iterable[str], message_id: str, sent_at: datetime, body: bytes
) -> dict[str, str]:
    """The headers of one attempt, signed with each of these secrets."""
    seconds = int(sent_at.timestamp())
    signed = (signature(secret, message_id, seconds, body) for secret in secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Maturity-Survey",
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(signed),
    }
