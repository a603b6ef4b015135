"""Reports of 12 capabilities with 60 questions in 500 units, once their contents are gathered:
seconds a file. Goals: slides and workbook 3 s, plan 3 s."""

from datetime import date
from importlib import import_module

from bench_profile import closed_wave
from ground import databases, seconds, table

from survey.database import session_scope
from survey.reports.contents import Brand, Subject, contents

RESPONSES = 20_000
GOALS = {"deck": 3.0, "workbook": 3.0, "plan_document": 3.0}


def made(name, told):
    """The file that a module makes."""
    return import_module(f"survey.reports.{name}").make(told, Brand("Anytown"), lambda *_: None)


def main():
    with databases() as urls, session_scope(urls["SQLite"]) as session:
        slug = closed_wave(urls["SQLite"], RESPONSES)
        told = contents(session, None, Subject(slug), today=date(2026, 9, 30))
    rows = [("file", "seconds", "kB", "goal")]
    for name, goal in GOALS.items():
        size = len(made(name, told))  # the first time its library is loaded, too
        taken = seconds(lambda name=name: made(name, told), times=3)
        rows.append(
            (name, f"{taken:.2f}", f"{size / 1000:,.0f}", "met" if taken <= goal else "missed")
        )
    units, questions = len(told.profile.units), len(told.profile.questions)
    table(f"Reports of {questions} questions and {units} units", rows)


if __name__ == "__main__":
    main()
