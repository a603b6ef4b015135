"""Questions put into sections in the order in which they come, whatever groups they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from survey.exchange.foreign import NO_TEXT, Condition, ForeignQuestion, ForeignSection, Texts
from survey.exchange.left_out import Report


@dataclass(frozen=True, slots=True)
class Group:
    """A group, page or panel of another tool, as far as it is a section here.

    where: tells it from all others. conditions: also those of the groups around it.
    """

    where: str
    name: str = ""
    title: Texts = field(default_factory=lambda: NO_TEXT)
    conditions: tuple[Condition, ...] = ()
    marked_id: str = ""
    one_page: bool = False
    module: bool = False


@dataclass(slots=True)
class _Run:
    group: Group
    notes: list[Texts] = field(default_factory=list)
    questions: list[ForeignQuestion] = field(default_factory=list)


class SectionsInOrder:
    """Sections in the making: another begins wherever the group is not that of the one before."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._runs: list[_Run] = []

    def ask(self, group: Group, question: ForeignQuestion) -> None:
        """Put a question behind those before it."""
        conditions = (*group.conditions, *question.conditions)
        self._run(group).questions.append(replace(question, conditions=conditions))

    def tell(self, group: Group, where: str, texts: Texts) -> None:
        """Put what is only read into the section's introduction."""
        if not any(texts.values()):
            return
        run = self._run(group)
        run.notes.append(texts)
        if run.questions:
            became = "It stands in the introduction of the section, before its first question."
            self.report.tell_together(where, "a note between questions", became)

    def sections(self) -> tuple[ForeignSection, ...]:
        """All sections, in order."""
        return tuple(
            ForeignSection(
                where=run.group.where,
                name=run.group.name,
                title=run.group.title,
                questions=tuple(run.questions),
                notes=tuple(run.notes),
                marked_id=run.group.marked_id,
                one_page=run.group.one_page,
                module=run.group.module,
            )
            for run in self._runs
        )

    def _run(self, group: Group) -> _Run:
        if not self._runs or self._runs[-1].group.where != group.where:
            self._runs.append(_Run(group))
        return self._runs[-1]
