"""Reports: slides, workbook and plan of 12 capabilities with 60 questions in 500 units, once their
contents are gathered; a PDF of 40 pages, with charts that were never drawn before. Seconds a file.
Goals: PDF 5 s, the others 3 s."""

import re
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path

from bench_profile import closed_wave
from ground import databases, seconds, table

from survey.charts.drawing import Drawings
from survey.database import session_scope
from survey.reports import building
from survey.reports.contents import Brand, Subject, contents
from tests.reports import make_contents

RESPONSES = 20_000
GOAL, GOAL_OF_PDF = 3.0, 5.0
OF_40_PAGES = tuple(f"Capability {n}" for n in range(40))
BRAND = Brand("Anytown")


def made(name, told):
    """The file that a module makes."""
    return import_module(f"survey.reports.{name}").make(told, BRAND, lambda *_: None)


def printed():
    """A PDF with charts that are drawn for it."""
    told = make_contents.contents(OF_40_PAGES, titles=("Digital", "Data", "Innovation", "People"))
    with tempfile.TemporaryDirectory() as folder:
        drawings = Drawings(Path(folder))
        try:
            return building.made(told, BRAND, "pdf", drawings, lambda *_: None)
        finally:
            drawings.draughtsman.close()


def row(name, file, taken, goal):
    """A line of the table."""
    met = "met" if taken <= goal else "missed"
    return (name, f"{taken:.2f}", f"{len(file) / 1000:,.0f}", met)


def main():
    with databases() as urls, session_scope(urls["SQLite"]) as session:
        slug = closed_wave(urls["SQLite"], RESPONSES)
        told = contents(session, None, Subject(slug), today=date(2026, 9, 30))
    rows = [("file", "seconds", "kB", "goal")]
    for name in ("deck", "workbook", "plan_document"):
        file = made(name, told)  # the first time its library is loaded, too
        taken = seconds(lambda name=name: made(name, told), times=3)
        rows.append(row(name, file, taken, GOAL))
    pdf = printed()
    pages = len(re.findall(rb"/Type ?/Page\b", pdf))
    rows.append(row(f"PDF of {pages} pages", pdf, seconds(printed, times=3), GOAL_OF_PDF))
    units, questions = len(told.profile.units), len(told.profile.questions)
    table(f"Reports of {questions} questions and {units} units", rows)


if __name__ == "__main__":
    main()
