"""A sheet for each counted question: its wording, what people answered, a chart of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from survey.charts.palette import LIGHT
from survey.findings import words
from survey.findings.speech import say
from survey.maturity.profile import Shown
from survey.questionnaire.model import STEPS
from survey.reports.office_words import people_behind
from survey.reports.workbook_look import (
    PERCENT,
    TWO_PLACES,
    WHOLE,
    Column,
    Looks,
    new_sheet,
    sheet_name,
    write,
    write_heads,
    write_number,
    write_row,
    write_title,
)

if TYPE_CHECKING:
    from survey.operations.profile import QuestionFigure
    from survey.reports.contents import Contents

HEAD: Final = 3
"""The row of the table's head; the first is 0."""

FIGURES: Final = HEAD + len(STEPS) + 2


def names_of_sheets(told: Contents) -> tuple[str, ...]:
    """What the sheets of the questions are called: a number, and the name of what is asked about;
    the number keeps them apart."""
    names = {one.id: one.name for one in told.profile.capabilities}
    return tuple(
        sheet_name(f"{number} {names.get(one.capability or '', one.text)}")
        for number, one in enumerate(told.profile.questions, start=1)
    )


def add_question(looks: Looks, told: Contents, name: str, question: QuestionFigure) -> None:
    """The sheet of a question. Where it is withheld there is no number, and no chart."""
    columns = (
        Column(say("Answer"), 24),
        Column(say("Wording"), 64),
        Column(say("People"), 10, WHOLE),
        Column(say("Share"), 10, PERCENT),
    )
    sheet = new_sheet(looks, name, columns)
    write_title(looks, sheet, question.text, columns)
    sheet.merge_range(1, 0, 1, len(columns) - 1, "", looks.by_name["quiet"])
    write(looks, sheet, 1, 0, _about(told, question), "quiet")
    write_heads(looks, sheet, HEAD, columns)
    measure = question.measure
    for step, (answer, wording) in enumerate(_wording(told, question), start=1):
        cells: list[str | float | None] = [answer, wording]
        if isinstance(measure, Shown):
            count = measure.counts[step - 1]
            cells += [count, count / measure.n]
        write_row(looks, sheet, HEAD + step, cells, columns)
    if isinstance(measure, Shown):
        _write_figures(looks, told, sheet, measure)
        _add_chart(looks, sheet, question, measure)
    else:
        write(looks, sheet, FIGURES, 0, f"{words.withheld(measure)}.", "bold")


def _about(told: Contents, question: QuestionFigure) -> str:
    name = next(
        (one.name for one in told.profile.capabilities if one.id == question.capability), ""
    )
    return say("About the capability: %(name)s.", name=name) if name else ""


def _wording(told: Contents, question: QuestionFigure) -> Iterator[tuple[str, str]]:
    """Each answer and how it reads: the capability's steps, where the question asks for these."""
    own = told.capabilities.get(question.id)
    for step in STEPS:
        if own is not None:
            yield words.step_name(step, told.profile.scale), own.steps[step - 1]
        else:
            ends = {1: say("The lowest answer"), len(STEPS): say("The highest answer")}
            yield str(step), ends.get(step, "")


def _write_figures(looks: Looks, told: Contents, sheet: Any, shown: Shown) -> None:
    lowest, highest = shown.interval
    rows: Sequence[tuple[str, str | float, str]] = (
        (say("People who answered"), shown.n, WHOLE),
        (say("Don’t know"), shown.dont_know, WHOLE),
        (say("Doesn’t apply"), shown.not_applicable, WHOLE),
        (say("Mean"), shown.mean, TWO_PLACES),
        (say("Mean, very likely from"), lowest, TWO_PLACES),
        (say("Mean, very likely to"), highest, TWO_PLACES),
        (say("Median"), shown.median, TWO_PLACES),
        (say("Step"), words.step_name(shown.step, told.profile.scale), ""),
        (say("Agreement, from −1 to 1"), shown.agreement, TWO_PLACES),
        (say("Agreement in words"), words.agreement(shown), ""),
    )
    for row, (name, figure, pattern) in enumerate(rows, start=FIGURES):
        write(looks, sheet, row, 0, name, "bold")
        if isinstance(figure, str):
            write(looks, sheet, row, 1, figure)
        else:
            write_number(looks, sheet, row, 1, figure, pattern)


def _add_chart(looks: Looks, sheet: Any, question: QuestionFigure, shown: Shown) -> None:
    chart = looks.book.add_chart({"type": "column"})
    first, last = HEAD + 1, HEAD + len(STEPS)
    name = sheet.get_name()
    points = [
        {"fill": {"color": colour}, "border": {"color": LIGHT.quiet}} for colour in LIGHT.steps
    ]
    chart.add_series(
        {
            "name": say("People"),
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 2, last, 2],
            "points": points,
            "gap": 45,
            "data_labels": {"value": True},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": say("People at each answer"), "name_font": {"size": 12}})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 520, "height": 320})
    counts = ", ".join(
        f"{step}: {count:,}" for step, count in zip(STEPS, shown.counts, strict=True)
    )
    said = say(
        "Columns: people at each answer of “%(question)s”. %(counts)s. %(people)s.",
        question=question.text,
        counts=counts,
        people=people_behind([shown]),
    )
    sheet.insert_chart(HEAD, 5, chart, {"description": said[:1000]})
