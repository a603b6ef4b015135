"""The guides as they are written: their blocks of commands."""

import re
from dataclasses import dataclass

from survey.config import ROOT

BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """What stands between two fences, in which language, from which line on."""

    line: int
    language: str
    text: str


def blocks(text):
    for found in BLOCK.finditer(text):
        indent, language, inside = found.groups()
        plain = re.sub(rf"^{indent}", "", inside, flags=re.MULTILINE)
        yield Block(text.count("\n", 0, found.start()) + 2, language, plain)


GUIDES = tuple(sorted(ROOT.glob("docs/*.md")))
