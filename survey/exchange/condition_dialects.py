"""How other tools write conditions: what names an answer, which signs and words there are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a tool writes conditions.

    name: what names an answer; its first group that matched is the name.
    word: what an operator, a function or a constant without quotes looks like.
    operators: signs and words to ours; `empty` and `not empty` follow what they are asked of.
    functions: the functions that have a counterpart, by their kind.
    bare: what a word is that is neither operator nor function.
    """

    name: str
    word: str
    operators: Mapping[str, str]
    functions: Mapping[str, str]
    bare: Literal["name", "text", "nothing"] = "nothing"
    pattern: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        signs = sorted((s for s in (*self.operators, *"()[],-") if not s[0].isalpha()), key=len)
        either = "|".join(re.escape(sign) for sign in reversed(signs))
        pattern = re.compile(
            rf"\s*(?:(?P<name>{self.name})|(?P<number>\d+(?:\.\d+)?(?![\w.]))"
            r"|(?P<text>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
            rf"|(?P<word>{self.word})|(?P<sign>{either}))",
            re.DOTALL,
        )
        object.__setattr__(self, "pattern", pattern)


COMPARISONS: Final = (
    *("=", "!=", "<", "<=", ">", ">="),
    *("includes", "contains", "any of", "all of"),
)
_SIGNS: Final = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

XLSFORM: Final = Dialect(
    name=r"\$\{\s*(?:last-saved\#)?([^{}]+?)\s*\}|(\.)(?![\w.])",
    word=r"[A-Za-z_][\w:-]*",
    operators=_SIGNS | {"and": "and", "or": "or"},
    functions={
        "selected": "includes",
        "not": "not",
        "true": "true",
        "false": "false",
        "count-selected": "count",
        "string-length": "count",
        "number": "same",
        "int": "same",
        "string": "same",
        "boolean": "same",
    },
)
"""The XPath of XLSForm: ${question} = 'x', selected(${question}, 'x')."""

SURVEYJS: Final = Dialect(
    name=r"\{\s*\#?([^{}]+?)\s*\}",
    word=r"[A-Za-z_]\w*",
    operators=_SIGNS
    | {"==": "=", "<>": "!=", "&&": "and", "||": "or", "!": "not", "*=": "contains"}
    | {"and": "and", "or": "or", "negate": "not", "equal": "=", "notequal": "!="}
    | {"less": "<", "lessorequal": "<=", "greater": ">", "greaterorequal": ">="}
    | {"contains": "contains", "contain": "contains"}
    | {"notcontains": "not contains", "notcontain": "not contains"}
    | {"anyof": "any of", "allof": "all of", "noneof": "not any of"}
    | {"empty": "empty", "notempty": "not empty"},
    functions={},
    bare="text",
)
"""The expressions of SurveyJS: {question} = 'x', {question} anyof ['x', 'y']."""

LIMESURVEY: Final = Dialect(
    name=r"(\d+X\d+X\d+\w*)(?:\.\w+)?",
    word=r"[A-Za-z_]\w*(?:\.\w+)?",
    operators={sign: name for sign, name in _SIGNS.items() if sign != "="}
    | {"==": "=", "&&": "and", "||": "or", "!": "not", "and": "and", "or": "or"}
    | {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="},
    functions={
        "is_empty": "empty",
        "empty": "empty",
        "count": "count",
        "strlen": "count",
        "intval": "same",
        "floatval": "same",
        "trim": "same",
    },
    bare="name",
)
"""LimeSurvey's ExpressionScript: question.NAOK == "A1", is_empty(question)."""
