"""A questionnaire and its exported responses described in DDI-Codebook 2.5, for data archives.

Source: the XML Schema of the DDI Alliance (2012), whose order of elements is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, ElementTree, indent

from survey.exchange.codebook import ABOUT_YOU
from survey.exchange.ddi_elements import Description
from survey.exchange.ddi_variables import Variables
from survey.exchange.spoken import InEach, Spoken, questions_of
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.model import Capability, Question, Questionnaire, Section

NAMESPACE: Final = "ddi:codebook:2_5"
_SCHEMA: Final = "https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"


def to_ddi(questionnaire: Questionnaire, *, organisation: str) -> bytes:
    """The XML: the study, its sections and capabilities as groups, and each exported column.

    Texts stand in every language that has them. What is said about them (conditions, rating
    rules) is in English and marked so.
    """
    root = Element(
        "codeBook",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": _INSTANCE,
            "xsi:schemaLocation": f"{NAMESPACE} {_SCHEMA}",
            "version": "2.5",
            "xml:lang": questionnaire.language,
        },
    )
    _Study(questionnaire, Description(questionnaire.languages), organisation).describe(root)
    indent(root)
    file = BytesIO()
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    return file.getvalue()


class _Study:
    """One study being described."""

    def __init__(
        self, questionnaire: Questionnaire, describing: Description, organisation: str
    ) -> None:
        self.questionnaire = questionnaire
        self.describing = describing
        self.organisation = organisation
        self.spoken = Spoken(questionnaire)
        exported = [question for question in questionnaire.questions if question.kind != "text"]
        self.ids = {question.id: f"V{place}" for place, question in enumerate(exported, start=3)}

    def describe(self, root: Element) -> None:
        """Write all there is to say into the root."""
        add = self.describing.add
        study = add(root, "stdyDscr")
        self._citation(study)
        self._scope(add(study, "stdyInfo"))
        columns = add(root, "dataDscr")
        self._groups(columns)
        variables = Variables(self.questionnaire, self.describing, self.ids)
        variables.add_places(columns)
        for questions in self.spoken.about_you():
            self._variable(variables, columns, questions, None)
        for sections in self.spoken.sections():
            for questions in questions_of(sections):
                self._variable(variables, columns, questions, sections[0])

    def _variable(
        self, variables: Variables, columns: Element, questions: InEach, section: Section | None
    ) -> None:
        if questions[0].id in self.ids:
            variables.add(columns, questions, section)

    def _citation(self, study: Element) -> None:
        add = self.describing.add
        citation = add(study, "citation")
        titles = add(citation, "titlStmt")
        main, *others = self.spoken.texts(lambda one: one.title)
        add(titles, "titl", main)
        for language, title in zip(self.spoken.languages[1:], others, strict=True):
            if title != main:
                add(titles, "parTitl", title, language=language)
        add(titles, "IDNo", self.questionnaire.id)
        add(add(citation, "rspStmt"), "AuthEnty", self.organisation)
        made = add(citation, "prodStmt")
        add(made, "producer", self.organisation)
        if self.questionnaire.licence:
            add(made, "copyright", f"Questionnaire: {self.questionnaire.licence}", language="en")
        version = digest(canonical(self.questionnaire))
        add(add(citation, "verStmt"), "version", version)

    def _scope(self, information: Element) -> None:
        add = self.describing.add
        if self.questionnaire.capabilities:
            subject = add(information, "subject")
            for id_ in self.questionnaire.capabilities:
                self._said_of_capability(subject, "keyword", id_, lambda one: one.name)
        introduction = self.spoken.texts(lambda one: one.introduction)
        self.describing.add_each(information, "abstract", introduction)
        summary = add(information, "sumDscr")
        add(summary, "anlyUnit", "Person", language="en")
        add(summary, "universe", f"People who work for {self.organisation}", language="en")
        add(summary, "dataKind", "Survey: one anonymous response a row", language="en")

    def _groups(self, columns: Element) -> None:
        """Groups of columns: by section, then by the capability that they measure."""
        if self.questionnaire.about_you:
            group = self._group(columns, "section", "about-you", self.questionnaire.about_you)
            self.describing.add(group, "labl", ABOUT_YOU, language="en")
        for sections in self.spoken.sections():
            self._section(columns, sections)
        for id_ in self.questionnaire.capabilities:
            measuring = [q for q in self.questionnaire.questions if q.capability == id_]
            group = self._group(columns, "subject", id_, measuring)
            self._said_of_capability(group, "labl", id_, lambda one: one.name)
            self._said_of_capability(group, "txt", id_, lambda one: one.summary)

    def _section(self, columns: Element, sections: tuple[Section, ...]) -> None:
        section = sections[0]
        group = self._group(columns, "section", section.id, section.questions)
        self.describing.add_each(group, "labl", tuple(one.title for one in sections))
        self.describing.add_each(group, "txt", tuple(one.introduction for one in sections))
        if section.module:
            said = "Some people only: this section is shared out at random, as a module."
            self.describing.add(group, "universe", said, language="en")

    def _group(
        self, columns: Element, type_: str, name: str, questions: Iterable[Question]
    ) -> Element:
        """A group, numbered: groups come before all columns."""
        number = len(columns) + 1
        ids = " ".join(self.ids[one.id] for one in questions if one.id in self.ids)
        group = self.describing.add(columns, "varGrp", ID=f"G{number}", type=type_, name=name)
        if ids:
            group.set("var", ids)
        return group

    def _said_of_capability(
        self, parent: Element, tag: str, id_: str, said: Callable[[Capability], str]
    ) -> None:
        texts = self.spoken.texts(lambda one: said(one.capabilities[id_]))
        self.describing.add_each(parent, tag, texts)
