"""Elements of a DDI codebook, with texts in several languages."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from survey.exchange.spoken import Texts
from survey.exchange.xml_text import xml_text


class Description:
    """Adds elements. languages: of the texts, the main one first."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages

    def add(
        self, parent: Element, tag: str, text: str = "", *, language: str = "", **attributes: str
    ) -> Element:
        """An element in the parent, after what is there; its language where it is not the main."""
        element = SubElement(parent, tag)
        if language and language != self.languages[0]:
            element.set("xml:lang", language)
        for name, value in attributes.items():
            element.set(name, xml_text(value))
        element.text = xml_text(text) or None
        return element

    def add_each(self, parent: Element, tag: str, texts: Texts) -> None:
        """An element for each language in which the text is said; none where it is empty."""
        main = texts[0]
        for language, text in zip(self.languages, texts, strict=True):
            if text and (text != main or language == self.languages[0]):
                self.add(parent, tag, text, language=language)
