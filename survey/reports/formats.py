"""In which formats a report can be made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MAKERS: Final[Mapping[str, str]] = {"pdf": "survey.reports.document"}
"""The module that makes each, loaded when it is needed."""
