"""The logo of an organisation, which its reports carry. Whatever was handed in, what is kept is a
PNG of our own making: no other content, no metadata, of a size that fits a page."""

from __future__ import annotations

import io
import warnings
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Refused
from survey.storage.organisations import Organisation
from survey.storage.reports import Logo

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a file."""

MOST_PIXELS: Final = 40_000_000
"""Of a picture: a small file can hold a giant one."""

WIDEST: Final = 1200
"""Pixels of what is kept, in either direction."""

TYPES: Final = ("PNG", "JPEG")


def logo_of(session: Session, organisation: Organisation) -> bytes | None:
    """The organisation's logo, a PNG; None where it has none."""
    found = session.get(Logo, organisation.id)
    return found.content if found else None


def set_logo(session: Session, organisation: Organisation, file: bytes, *, now: datetime) -> None:
    """Keep a picture as the organisation's logo. Raises Refused where it is none that we take."""
    if len(file) > LARGEST:
        raise Refused(
            f"The picture is larger than {LARGEST // 1024**2} MiB.",
            "Save it smaller, then try again.",
        )
    content = _redrawn(file)
    found = session.get(Logo, organisation.id)
    if found is None:
        session.add(Logo(organisation_id=organisation.id, content=content, at=now))
    else:
        found.content, found.at = content, now
    session.flush()
    auditing.note(
        session, "organisation.logo", f"organisation:{organisation.slug}", organisation.id
    )


def remove_logo(session: Session, organisation: Organisation) -> None:
    """Have none. Doing it twice is harmless."""
    found = session.get(Logo, organisation.id)
    if found is not None:
        session.delete(found)
        session.flush()
        auditing.note(
            session,
            "organisation.logo-removed",
            f"organisation:{organisation.slug}",
            organisation.id,
        )


def _redrawn(file: bytes) -> bytes:
    from PIL import Image  # only who hands in a logo needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what the library only warns of is refused
            with Image.open(io.BytesIO(file), formats=TYPES) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValueError("too many pixels")
                picture.thumbnail((WIDEST, WIDEST))
                kept = picture.convert("RGBA")
    except Exception as fault:  # broken pictures raise errors of many kinds
        raise Refused(
            "This is no picture that can be a logo.", "Choose a PNG or JPEG file."
        ) from fault
    written = io.BytesIO()
    kept.save(written, "PNG", optimize=True)
    return written.getvalue()
