"""In which formats a report can be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `module`: what makes it, loaded when it is needed; `draws`: whether it takes
    charts as pictures, where the others have them to edit."""

    name: str
    purpose: str
    module: str
    media_type: str
    draws: bool = False


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."

FORMATS: Final[Mapping[str, Format]] = {
    "pdf": Format(
        "PDF: a report to read or print",
        "All findings, charts and tables. Reads aloud well.",
        "survey.reports.document",
        "application/pdf",
        draws=True,
    ),
    "pptx": Format(
        "PowerPoint: slides for a meeting",
        "A finding a slide, with charts to edit, and notes for who speaks.",
        "survey.reports.deck",
        f"{_OFFICE}presentationml.presentation",
    ),
    "xlsx": Format(
        "Excel: a workbook to look things up",
        "A sheet for each question, and one on method.",
        "survey.reports.workbook",
        f"{_OFFICE}spreadsheetml.sheet",
    ),
    "docx": Format(
        "Word: the action plan",
        "Priorities with their actions, and room to fill in.",
        "survey.reports.plan_document",
        f"{_OFFICE}wordprocessingml.document",
    ),
}
"""By the ending of the file."""
