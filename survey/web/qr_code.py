"""A text as a QR code: an SVG picture inside the page, so that nothing is fetched for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

QUIET = 4
"""Modules of margin that ISO/IEC 18004 asks for, so that a camera finds the edges."""

_SVG = Markup(
    '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" '
    'xmlns="http://www.w3.org/2000/svg"><path fill="#fff" d="M0 0h{}v{}H0z"/>'
    '<path fill="#000" d="{}"/></svg>'
)


def qr_code(text: str, name: str = "QR code") -> Markup:
    """The picture. `name` is what a screen reader says."""
    import qrcode  # loads an imaging library, where there is one

    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    size = len(rows)
    path = "".join(run for y, row in enumerate(rows) for run in _runs(y, row))
    return _SVG.format(name, size, size, size, size, path)


def _runs(y: int, row: list[bool]) -> Iterator[str]:
    """The dark parts of a row, as rectangles of a path."""
    x = 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            yield f"M{x} {y}h{width}v1h-{width}z"
        x += width
