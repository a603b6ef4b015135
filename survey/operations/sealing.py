"""Secrets that are stored: encrypted with the installation's own, so that a copy of the database
alone does not give them away."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet


def cipher(purpose: str, key: str | bytes) -> Fernet:
    """What encrypts and decrypts for one purpose. key: the installation's secret."""
    secret = key.encode() if isinstance(key, str) else key
    return Fernet(urlsafe_b64encode(sha256(f"{purpose}:".encode() + secret).digest()))
