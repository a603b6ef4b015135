"""The rules of wording: what each says, how to mend it, and where survey method says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from survey.questionnaire.wording_remarks import Rule
from survey.questionnaire.wording_rules_texts import TEXT_RULES
from survey.questionnaire.wording_rules_whole import WHOLE_RULES

RULES: Final[Mapping[str, Rule]] = {rule.name: rule for rule in (*TEXT_RULES, *WHOLE_RULES)}
"""Name to rule. Several rules may have the same code."""
