"""Passkeys (WebAuthn): a device proves who holds it, and that they unlocked it: both factors at
once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from survey.exchange.plain_text import readable
from survey.operations.accounts import note_everywhere
from survey.operations.errors import NotFound, Refused
from survey.storage.accounts import Account, Passkey, account_by

PRODUCT: Final = "Maturity Survey"
MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Options:
    """What a browser is asked, as JSON, and the challenge that its answer has to hold."""

    json: str
    challenge: bytes


def are_possible(base_url: str) -> bool:
    """Whether passkeys work at this address: by https, or on this machine, and not by number."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return parts.scheme == "https" or host == "localhost"
    return False


def _host(base_url: str) -> str:
    return urlsplit(base_url).hostname or ""


def options_to_add(session: Session, account: Account, base_url: str) -> Options:
    """What to ask a browser that is to make a passkey for the account."""
    options = generate_registration_options(
        rp_id=_host(base_url),
        rp_name=PRODUCT,
        user_name=account.email,
        user_id=sha256(f"account:{account.id}".encode()).digest(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=one.id) for one in passkeys_of(session, account)
        ],
    )
    return Options(options_to_json(options), options.challenge)


def add(
    session: Session,
    account: Account,
    credential: Mapping[str, Any],
    *,
    name: str,
    challenge: bytes,
    base_url: str,
    now: datetime,
) -> Passkey:
    """Keep the passkey that a browser made. Raises Refused."""
    if len(passkeys_of(session, account)) >= MOST:
        raise Refused(f"An account has at most {MOST} passkeys.", "Remove one first.")
    try:
        checked = verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=_host(base_url),
            expected_origin=base_url,
            require_user_verification=True,
        )
    except WebAuthnException as fault:
        raise Refused("This passkey could not be checked.", "Try once more.") from fault
    if session.get(Passkey, checked.credential_id) is not None:
        raise Refused("This passkey is in use already.", "Use another device.")
    made = Passkey(
        id=checked.credential_id,
        account_id=account.id,
        public_key=checked.credential_public_key,
        sign_count=checked.sign_count,
        name=readable(name).strip()[:100] or "Passkey",
        added_at=now,
    )
    session.add(made)
    session.flush()
    note_everywhere(session, account, "account.passkey-added")
    return made


def passkeys_of(session: Session, account: Account) -> list[Passkey]:
    """The passkeys of an account, the oldest first."""
    mine = select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.added_at)
    return list(session.scalars(mine))


def remove(session: Session, account: Account, passkey_id: str) -> None:
    """Take a passkey away. passkey_id: base64url. Raises NotFound."""
    try:
        found = session.get(Passkey, base64url_to_bytes(passkey_id))
    except ValueError:
        found = None
    if found is None or found.account_id != account.id:
        raise NotFound("There is no such passkey.")
    session.delete(found)
    session.flush()
    note_everywhere(session, account, "account.passkey-removed")


def options_to_sign_in(base_url: str) -> Options:
    """What to ask a browser whose user has any passkey of ours."""
    options = generate_authentication_options(
        rp_id=_host(base_url), user_verification=UserVerificationRequirement.REQUIRED
    )
    return Options(options_to_json(options), options.challenge)


def sign_in(
    session: Session, credential: Mapping[str, Any], *, challenge: bytes, base_url: str
) -> Account:
    """The active account whose passkey this is. Raises Refused, saying not why."""
    refused = Refused("This passkey opens nothing here.", "Sign in with your password.")
    try:
        passkey = session.get(Passkey, base64url_to_bytes(str(credential.get("id", ""))))
        if passkey is None:
            raise refused
        checked = verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=_host(base_url),
            expected_origin=base_url,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as fault:
        raise refused from fault
    account = account_by(session, Account.id, passkey.account_id)
    if account is None or not account.active:
        raise refused
    passkey.sign_count = checked.new_sign_count
    session.flush()
    return account
