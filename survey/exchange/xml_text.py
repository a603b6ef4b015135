"""Texts as XML can hold them."""

from __future__ import annotations

import re
from typing import Final

_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that are forbidden in XML 1.0, of which nobody sees any."""
    return _NOT_IN_XML.sub("", text)
