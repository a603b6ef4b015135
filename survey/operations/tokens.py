"""What opens a survey to one person, and what the database holds of it: digests, which open
nothing.

From the secret key and an invitation's id comes the token in its link; from the token the key of
its draft, under whose digest also stands that answers were sent. So whoever has the database, and
neither the link nor the secret, can join an invitation neither to a draft nor to an answer, in
whatever order rows lie and whatever transactions wrote them.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe

TOKEN_BYTES = 16


def digest_of(key: str | bytes) -> bytes:
    """What the database holds of a key or token: its SHA-256."""
    return sha256(_as_bytes(key)).digest()


def token_of(secret: str | bytes, wave_id: int, invitation_id: int) -> str:
    """The token of an invitation, 128 bits of HMAC-SHA256 as base64url: who has not got the
    secret can neither guess it nor make it from what is stored."""
    seal = hmac.digest(
        _as_bytes(secret), f"invitation:{wave_id}:{invitation_id}".encode(), "sha256"
    )
    return urlsafe_b64encode(seal[:TOKEN_BYTES]).rstrip(b"=").decode()


def draft_key(token: str) -> str:
    """The key of an invitation's draft: the same on every device, and not the token."""
    return digest_of(b"draft:" + token.encode()).hex()


def set_up_token(secret: str | bytes) -> str:
    """The token of the link by which the first account is made: known to who has the secret."""
    return hmac.digest(_as_bytes(secret), b"set-up", "sha256").hex()[:32]


def new_key() -> str:
    """A key for a draft that only this browser knows."""
    return token_urlsafe(24)


def seal_shift(token: str, shift: int, shifts: int) -> int:
    """The number stored for the modules that somebody is asked: any of 0 to `shifts` - 1, each
    as likely. In the open it would point to the answers, which show what was asked."""
    return (shift + _mask(token)) % shifts


def open_shift(token: str, sealed: int, shifts: int) -> int:
    """The shift that was sealed with this token."""
    return (sealed - _mask(token)) % shifts


def seal_number(secret: str | bytes, nonce: bytes, number: int) -> int:
    """A number under 2^62 that only whoever has the secret can read. A nonce is used once."""
    return number ^ _pad(secret, nonce)


def open_number(secret: str | bytes, nonce: bytes, sealed: int) -> int:
    """The number that was sealed."""
    return sealed ^ _pad(secret, nonce)


def _pad(secret: str | bytes, nonce: bytes) -> int:
    seal = hmac.digest(_as_bytes(secret), b"number:" + nonce, "sha256")
    return int.from_bytes(seal[:8]) >> 2


def _mask(token: str) -> int:
    return int.from_bytes(digest_of(b"shift:" + token.encode()))


def _as_bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value
