"""Finds what operations refuse, for the catalogues of translations. Babel's own way of finding
sentences takes one argument of a call; a refusal has two, and its title stands on its class."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import IO, Final

from survey.access import NoDraft
from survey.operations.errors import SurveyError

_ALL: Final[list[type[SurveyError]]] = [SurveyError, NoDraft, *SurveyError.__subclasses__()]
KINDS: Final = {kind.__name__ for kind in _ALL}

Found = tuple[int, str | None, str, list[str]]
"""Line, the function called (none), the sentence, comments (none), as Babel wants them."""


def refusals(
    fileobj: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[Found]:
    """Every sentence with which an operation of this file refuses, in the order it stands there."""
    found: list[Found] = [
        (text.lineno, None, str(text.value), [])
        for node in ast.walk(ast.parse(fileobj.read()))
        for text in _texts(node)
        if isinstance(text, ast.Constant)
    ]
    yield from sorted(found, key=lambda one: one[0])


def _texts(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
        return node.args
    if isinstance(node, ast.ClassDef) and node.name in KINDS:
        return [
            part.value
            for part in node.body
            if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "title"
        ]
    return []
