"""The logo as office files can hold it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.reports.contents import Brand


def usable_logo(brand: Brand) -> io.BytesIO | None:
    """The logo as a file, where it is a PNG that can be drawn; a report is made without another."""
    if not brand.logo or brand.logo_type != "image/png":
        return None
    from PIL import Image  # as do all libraries of office files: only when one is asked for

    try:
        with Image.open(io.BytesIO(brand.logo), formats=("PNG",)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return io.BytesIO(brand.logo)
