"""Files that nobody reads without the key, and nobody changes unnoticed.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár: Online Authenticated-Encryption
and its Nonce-Reuse Misuse-Resistance, CRYPTO 2015), laid out like the payload of age
(https://age-encryption.org/v1) with AES-256-GCM in the place of ChaCha20-Poly1305: chunks of
64 KiB, each sealed under a nonce that is its number (11 bytes, big-endian) and a byte that is 1 in
the last chunk alone. So a file that was cut, or whose chunks were moved, does not open.

Each file has a key of its own, made by HKDF-SHA-256 (RFC 5869) from the given key and the 32 random
bytes that it begins with; so no nonce comes twice under one key. A check of the key stands behind
them: a wrong key is told from a changed file.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from hmac import compare_digest
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from survey.operations.errors import Refused

MARK: Final = b"SURVEY-BACKUP-1\n"
"""What a file begins with. Another layout would have another number."""

KEY_BYTES: Final = 32
SALT_BYTES: Final = 32
CHECK_BYTES: Final = 16
TAG_BYTES: Final = 16
CHUNK: Final = 64 * 1024


class Unreadable(Refused):
    """A file that is no backup, was not made with this key, or was cut or changed."""


def key_text(key: bytes) -> str:
    """A key as people keep it: 43 characters."""
    return urlsafe_b64encode(key).decode().rstrip("=")


def key_of(text: str) -> bytes:
    """The key that was written so. Raises Refused where it is none."""
    try:
        key = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES or key_text(key) != text:
        raise Refused(
            "This is not a key for backups.",
            "Give one as it was made by: survey backup key",
        )
    return key


def seal(parts: Iterable[bytes], key: bytes, salt: bytes) -> Iterator[bytes]:
    """The bytes of a sealed file that holds these parts. `salt`: 32 random bytes, new each time."""
    file_key, check = _derived(key, salt)
    yield MARK + salt + check
    cipher = AESGCM(file_key)
    number, waiting = 0, bytearray()
    for part in parts:
        waiting += part
        while len(waiting) > CHUNK:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:CHUNK]), None)
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), None)


def unseal(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """What was sealed, in parts. Each is as it was sealed; that none is missing is known at the
    end. Raises Unreadable."""
    cipher = AESGCM(_file_key(file, key))
    number, piece = 0, file.read(CHUNK + TAG_BYTES)
    while True:
        following = file.read(CHUNK + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, None)
        except InvalidTag as fault:
            raise Unreadable(
                "The backup is damaged: it was cut off or changed since it was made.",
                "Use another copy, or another backup.",
            ) from fault
        if not following:
            return
        number, piece = number + 1, following


def _file_key(file: BinaryIO, key: bytes) -> bytes:
    """The key of this file, from its beginning."""
    mark, salt, check = (file.read(length) for length in (len(MARK), SALT_BYTES, CHECK_BYTES))
    if mark != MARK or len(check) != CHECK_BYTES:
        raise Unreadable("This file is no backup.", "Give a file that `survey backup` wrote.")
    file_key, expected = _derived(key, salt)
    if not compare_digest(check, expected):
        raise Unreadable(
            "The key does not fit this backup.",
            "Give the key that was in use when it was made.",
        )
    return file_key


def _derived(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The key of a file, and what shows whether a key is the one."""
    made = HKDF(SHA256(), KEY_BYTES + CHECK_BYTES, salt, MARK).derive(key)
    return made[:KEY_BYTES], made[KEY_BYTES:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
