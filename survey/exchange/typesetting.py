"""Setting forms and reports in type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from survey.questionnaire.model import Json

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"
PAPER: Final = HERE / "paper.typ"
CHARACTERS: Final = HERE / "characters.typ"
STANDARD: Final = "ua-1"
STAND_IN: Final = "□"
"""What is printed in place of a character that no font here has."""


def typeset(form: Mapping[str, Json], template: Path = PAPER) -> bytes:
    """The form as a PDF, by a template that reads it as data: its texts are never read as code.

    A language that our font does not have is set in the fonts of the machine.
    """
    written = json.dumps(form, ensure_ascii=False)
    pdf = _compiled(template, written, STANDARD)
    if pdf is None:  # a character without a picture, which the standard forbids
        missing = _without_picture("".join(sorted(set(written) - set(map(chr, range(0x250))))))
        written = written.translate(dict.fromkeys(map(ord, missing), STAND_IN))
        pdf = _compiled(template, written, STANDARD)
    return pdf if pdf is not None else _pdf(template, written)


def _without_picture(characters: str) -> str:
    """Those of the characters that no font has, found by halving."""
    if not characters or _compiled(CHARACTERS, json.dumps([*characters]), STANDARD):
        return ""
    if len(characters) == 1:
        return characters
    half = len(characters) // 2
    return _without_picture(characters[:half]) + _without_picture(characters[half:])


def _compiled(template: Path, written: str, standard: str) -> bytes | None:
    """The PDF; None where the standard cannot be kept."""
    from typst import TypstError

    try:
        return _pdf(template, written, standard)
    except TypstError:
        return None


@cache
def _fonts() -> Any:
    """Our fonts and those of the machine: to look for them takes ten times as long as a page."""
    import typst

    return typst.Fonts(font_paths=[str(FONTS)])


def _pdf(template: Path, written: str, *standards: str) -> bytes:
    import typst

    options: dict[str, Any] = {"pdf_standards": list(standards)} if standards else {}
    pdf: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        sys_inputs={"form": written},
        **options,
    )
    return pdf
