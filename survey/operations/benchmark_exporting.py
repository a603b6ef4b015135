"""What an organisation gives to others to compare themselves with: what it shows of a closed wave,
of everybody together, signed with a key of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from survey.maturity.profile import Shown
from survey.operations import auditing
from survey.operations.benchmark_file import SharedFigure, SharedWave, fingerprint_of, signed
from survey.operations.errors import Refused
from survey.operations.profile import Profile
from survey.operations.reporting import organisation_profile
from survey.operations.sealing import cipher
from survey.operations.versions import asked_alike, questionnaire_of
from survey.storage.benchmarks import BenchmarkKey
from survey.storage.organisations import Organisation

PURPOSE: Final = "benchmark"


def export(
    session: Session, wave_slug: str, *, secret: str | bytes, new_key: bool = False
) -> bytes:
    """The file of a closed wave: its capabilities that are shown, nothing of a unit or a group.

    secret: the installation's, with which the organisation's key is encrypted. new_key: sign with
    another key from now on; others then have to remove the former.
    Raises NotFound; Refused before the wave has closed, where staff were not told, or where nothing
    is shown.
    """
    profile = organisation_profile(session, wave_slug, None)
    shared = _shared(session, profile, _closed_at(profile))
    if not shared.capabilities:
        raise Refused(
            "Too few people answered to show any figure, so there is none to give away.",
            "Files of other organisations can still be taken in.",
        )
    key = _own_key(session, profile.organisation, secret, new_key)
    public = key.public_key().public_bytes_raw().hex()
    auditing.note(
        session,
        "benchmark.export",
        f"wave:{wave_slug}",
        profile.organisation.id,
        capabilities=len(shared.capabilities),
        key=fingerprint_of(public),
    )
    return signed(shared, key)


def own_fingerprint(session: Session, organisation_id: int) -> str | None:
    """That of the organisation's public key; None before the first export."""
    kept = session.get(BenchmarkKey, organisation_id)
    return None if kept is None else fingerprint_of(kept.public_key)


def _closed_at(profile: Profile) -> datetime:
    """When the wave closed whose figures may be given to others."""
    if profile.state != "closed" or profile.wave.closed_at is None:
        raise Refused("There are no figures yet.", "They come when the wave closes.")
    if not profile.wave.shares_figures:
        raise Refused(
            "Staff were not told that figures of this wave may be given to other organisations, so "
            "they stay here.",
            "Say so in the settings of the next wave, before it opens.",
        )
    return profile.wave.closed_at


def _shared(session: Session, profile: Profile, closed_at: datetime) -> SharedWave:
    wave = profile.wave
    asked = asked_alike(questionnaire_of(session, wave.version_digest))
    return SharedWave(
        organisation=profile.organisation.name,
        wave=wave.slug,
        wave_name=wave.name,
        year=closed_at.year,
        month=closed_at.month,
        simulated=wave.simulated,
        people=profile.responded,
        questionnaire=wave.version_digest,
        capabilities={
            one.id: SharedFigure(asked[one.id], one.measure.counts, one.measure.mean)
            for one in profile.capabilities
            if isinstance(one.measure, Shown)
        },
    )


def _own_key(
    session: Session, organisation: Organisation, secret: str | bytes, new_key: bool
) -> Ed25519PrivateKey:
    """The organisation's private key, made the first time."""
    session.refresh(organisation, with_for_update=True)  # two first times would make two keys
    sealing = cipher(PURPOSE, secret)
    kept = session.get(BenchmarkKey, organisation.id)
    if kept is None or new_key:
        made = Ed25519PrivateKey.generate()
        public, private = made.public_key().public_bytes_raw(), made.private_bytes_raw()
        session.merge(
            BenchmarkKey(
                organisation_id=organisation.id,
                public_key=public.hex(),
                sealed=sealing.encrypt(private).decode(),
            )
        )
        session.flush()
        return made
    try:
        return Ed25519PrivateKey.from_private_bytes(sealing.decrypt(kept.sealed.encode()))
    except InvalidToken as fault:
        raise Refused(
            "The key with which this organisation signs cannot be opened: SURVEY_SECRET_KEY is "
            "not what it was.",
            "Set it back; or sign with a new key (survey benchmark export --new-key), and tell "
            "the others to remove the former.",
        ) from fault
