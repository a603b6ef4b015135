"""A second factor beside the password: codes of an authenticator app (TOTP, RFC 6238), and codes
on paper for when the phone is gone."""

from __future__ import annotations

import re
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from typing import Final
from urllib.parse import quote

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy.orm import Session

from survey.operations import accounts
from survey.operations.accounts import note_everywhere
from survey.operations.errors import Refused
from survey.operations.sealing import cipher
from survey.operations.tokens import digest_of
from survey.storage.accounts import Account

SECONDS, DIGITS, SECRET_BYTES = 30, 6, 20
RECOVERY_CODES: Final = 8
RECOVERY_CODE: Final = re.compile("[0-9a-f]{6}-[0-9a-f]{6}")
PURPOSE: Final = "totp"


def new_secret() -> str:
    """A secret for an authenticator app, as base32."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def address_of(secret: str, email: str, issuer: str = "Maturity Survey") -> str:
    """The address that an authenticator app reads from a QR code."""
    label = quote(f"{issuer}:{email}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}"


def _counter(secret: str, code: str, now: datetime) -> int | None:
    """The 30 seconds to which the code belongs: these, or those just before or after."""
    totp = TOTP(b32decode(secret), DIGITS, SHA1(), SECONDS, enforce_key_length=False)  # noqa: S303
    this = int(now.timestamp()) // SECONDS
    for counter in (this, this - 1, this + 1):
        if secrets.compare_digest(totp.generate(counter * SECONDS), code.encode()):
            return counter
    return None


def turn_on(
    session: Session, account: Account, secret: str, code: str, *, key: str, now: datetime
) -> list[str]:
    """Ask for codes from now on; the recovery codes, which are shown this once.

    key: the installation's secret, with which the app's is encrypted. Raises Refused where the
    code is wrong: then the app does not have the secret.
    """
    counter = _counter(secret, code.replace(" ", ""), now)
    if counter is None:
        raise Refused(
            "This is not the code that the app shows now.",
            "Check the clock of your phone, and enter the six digits that it shows.",
        )
    account.totp = cipher(PURPOSE, key).encrypt(secret.encode()).decode()
    account.totp_used = counter
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES)]
    account.recovery = [accounts.HASHER.hash(code) for code in codes]
    session.flush()
    note_everywhere(session, account, "account.second-factor-on")
    return codes


def turn_off(session: Session, account: Account) -> None:
    """Ask for codes no longer, as its owner or an admin wants it."""
    account.totp, account.totp_used, account.recovery = None, 0, []
    session.flush()
    note_everywhere(session, account, "account.second-factor-off")


def passes(session: Session, account: Account, code: str, *, key: str, now: datetime) -> bool:
    """Whether the code is right, of the app or of the recovery codes. Each works once."""
    code = code.strip().lower().replace(" ", "")
    if account.totp is None:
        return True
    # Nobody else may use the same code at this moment, on whichever node.
    session.refresh(account, ["totp_used", "recovery"], with_for_update=True)
    if RECOVERY_CODE.fullmatch(code):
        return _takes_recovery_code(session, account, code)
    try:
        secret = cipher(PURPOSE, key).decrypt(account.totp.encode()).decode()
    except InvalidToken:
        return False
    counter = _counter(secret, code, now)
    if counter is None or counter <= account.totp_used:
        return False
    account.totp_used = counter
    session.flush()
    return True


def _takes_recovery_code(session: Session, account: Account, code: str) -> bool:
    """Whether the code is one of those that are left, of which it then is none. They are hashed as
    passwords are, since they are as short; before, they were by their digest."""
    before = digest_of(code).hex()
    used = [one for one in account.recovery if one == before or accounts.is_of(one, code)]
    account.recovery = [one for one in account.recovery if one not in used]
    session.flush()
    return bool(used)
