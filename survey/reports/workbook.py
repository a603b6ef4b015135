"""The report as a workbook (.xlsx): to read, to sort, to print; a sheet for each question."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from survey.charts.palette import LIGHT
from survey.findings import sentences, words
from survey.findings.speech import say
from survey.questionnaire.model import STEPS
from survey.reports import workbook_sheets as sheets
from survey.reports.office_logo import usable_logo
from survey.reports.office_text import lines_of
from survey.reports.office_words import facts, properties, title_of
from survey.reports.workbook_look import (
    PERCENT,
    USUAL_HEIGHT,
    WHOLE,
    Column,
    Looks,
    looks_of,
    new_sheet,
    sheet_name,
    write,
    write_heads,
    write_number,
    write_paragraphs,
    write_row,
    write_title,
)
from survey.reports.workbook_questions import add_question, names_of_sheets

if TYPE_CHECKING:
    from survey.reports.contents import Brand, Contents

TELL_EVERY: Final = 10
"""Sheets between two words on how far it is."""

WIDE_EMS: Final = 60
"""How wide a sentence of the summary is set."""

LOGO_HEIGHT: Final = 48
"""Pixels."""


def make(told: Contents, brand: Brand, progress: Callable[[int, int], None]) -> bytes:
    """The workbook, in the language spoken. progress: told how many questions are done, of how
    many."""
    from xlsxwriter import Workbook  # takes memory, which only those need who ask for a file

    file, questions = io.BytesIO(), told.profile.questions
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with Workbook(file, options) as book:
        day = datetime.combine(told.made_on, time(12), UTC).replace(tzinfo=None)
        book.set_properties(properties(told, brand) | {"created": day})
        looks = looks_of(book)
        names = names_of_sheets(told)
        _add_summary(looks, told, brand, names)
        sheets.add_capabilities(looks, told, say("Capabilities"))
        for number, (name, question) in enumerate(zip(names, questions, strict=True)):
            if not number % TELL_EVERY:
                progress(number, len(questions) + 1)
            add_question(looks, told, name, question)
        sheets.add_units(looks, told, say("Units"))
        sheets.add_heat_map(looks, told, say("Heat map"))
        sheets.add_changes(looks, told, say("Changes"))
        sheets.add_priorities(looks, told, say("Priorities"))
        sheets.add_plan(looks, told, say("Plan"))
        sheets.add_method(looks, told, say("Method"))
    progress(len(questions) + 1, len(questions) + 1)
    return file.getvalue()


def _add_summary(looks: Looks, told: Contents, brand: Brand, names: Sequence[str]) -> None:
    """What the workbook is about, its findings, capabilities at each step, and where what is."""
    profile = told.profile
    columns = (
        *(Column(say("Step"), 46), Column(say("Capabilities"), 14, WHOLE)),
        Column(say("Share"), 10, PERCENT),
    )
    sheet = new_sheet(looks, say("Summary"), (*columns, Column("", 60)))
    write_title(looks, sheet, sentences.headline(profile), (*columns, Column("", 60)))
    about = dict.fromkeys((brand.name, title_of(told), *facts(told), sentences.evenness(profile)))
    row = _write_wide(looks, sheet, 1, [*about, *_findings(told)]) + 1
    row = _write_steps(looks, told, sheet, row, columns)
    _link(looks, told, sheet, row + 1, names)
    logo = usable_logo(brand)
    if logo is not None:
        _add_logo(sheet, logo, brand.name)


def _findings(told: Contents) -> list[str]:
    found = [sentences.priorities(told.priorities)]
    if told.changes is not None:
        found.append(sentences.change(told.changes))
    if told.heat is not None:
        found.append(sentences.heat_map(told.heat))
    return [f"{one}." for one in found]


def _write_wide(looks: Looks, sheet: Any, row: int, texts: Sequence[str]) -> int:
    """Sentences that reach over the columns; the next free row."""
    for text in filter(None, texts):
        sheet.merge_range(row, 0, row, 3, "", looks.by_name["text"])
        write(looks, sheet, row, 0, text)
        sheet.set_row(row, USUAL_HEIGHT * lines_of(text, WIDE_EMS))
        row += 1
    return row


def _write_steps(
    looks: Looks, told: Contents, sheet: Any, row: int, columns: Sequence[Column]
) -> int:
    """Capabilities at each step, with a chart; the next free row."""
    profile, whole = told.profile, sum(told.profile.overall)
    write_heads(looks, sheet, row, columns, stay=False)
    for step, number in zip(STEPS, profile.overall, strict=True):
        write_row(looks, sheet, row + step, [words.step_name(step, profile.scale), number], columns)
        if whole:
            write_number(looks, sheet, row + step, 2, number / whole, PERCENT)
    if whole:
        _add_chart(looks, told, sheet, row)
    return write_paragraphs(looks, sheet, row + 6, [sentences.steps_withheld(profile)])


def _add_chart(looks: Looks, told: Contents, sheet: Any, row: int) -> None:
    chart = looks.book.add_chart({"type": "column"})
    name = sheet.get_name()
    chart.add_series(
        {
            "name": say("Capabilities"),
            "categories": [name, row + 1, 0, row + 5, 0],
            "values": [name, row + 1, 1, row + 5, 1],
            "points": [
                {"fill": {"color": colour}, "border": {"color": LIGHT.quiet}}
                for colour in LIGHT.steps
            ],
            "gap": 45,
            "data_labels": {"value": True},
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": say("Capabilities at each step"), "name_font": {"size": 12}})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 420, "height": 300})
    said = sentences.headline(told.profile)
    sheet.insert_chart(row, 3, chart, {"description": said[:1000], "x_offset": 12})


def _link(looks: Looks, told: Contents, sheet: Any, row: int, names: Sequence[str]) -> None:
    """Where what is: links to the sheets."""
    row += 9  # below the chart
    write(looks, sheet, row, 0, say("In this workbook"), "bold")
    fixed = [say("Capabilities")]
    after = [say("Units"), say("Priorities"), say("Plan"), say("Method")]
    after += [say("Heat map")] if told.heat is not None else []
    after += [say("Changes")] if told.changes is not None else []
    for number, name in enumerate((*fixed, *names, *after), start=row + 1):
        where = f"internal:'{sheet_name(name)}'!A1"
        sheet.write_url(number, 0, where, looks.by_name["link"], sheet_name(name))


def _add_logo(sheet: Any, logo: io.BytesIO, name: str) -> None:
    from PIL import Image

    with Image.open(logo) as picture:
        scale = LOGO_HEIGHT / picture.height
    logo.seek(0)
    sheet.insert_image(
        *(0, 5, "logo.png"),
        {
            "image_data": logo,
            "x_scale": scale,
            "y_scale": scale,
            "description": say("Logo of %(name)s", name=name),
        },
    )
