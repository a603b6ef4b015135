"""What slides show in charts: steps, groups, targets, change, priorities, response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import TYPE_CHECKING, Final

from survey.findings import order, sentences, words
from survey.findings.speech import say, say_many
from survey.maturity.profile import GroupShown, Shown
from survey.questionnaire.model import STEPS
from survey.reports.deck_page import Form, Page, Picture, Series, labels
from survey.reports.office_text import rounded
from survey.reports.office_words import (
    in_words,
    next_step,
    people_behind,
    shown_of,
    some_of,
    then_and_now,
    withheld_said,
    who,
)

if TYPE_CHECKING:
    from survey.operations.priority_reporting import Work
    from survey.operations.profile import CapabilityFigure, CapabilityOverTime, GroupReport
    from survey.operations.profile import UnitReport
    from survey.reports.contents import Contents
