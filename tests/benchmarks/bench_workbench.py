"""The workbench: what its editor asks while somebody types, and what it loads. Goals: a draft of
300 questions checked within 100 ms on the server; scripts and styles of 400 KB, compressed."""

import json
from pathlib import Path

from bench_checking import QUESTIONS, questionnaire_file
from ground import seconds, table

from survey.operations.shipped import library
from survey.questionnaire.check import check
from survey.questionnaire.offers import offers
from survey.questionnaire.review import review

GOAL, LARGEST = 0.1, 400
STATIC = Path(__file__).parents[2] / "survey/web/static"
ASSETS = ("editor.js.br", "authoring.css.br")


class Typing:
    """A text in which one question reads differently each time."""

    def __init__(self, file):
        self.file, self.times = file, 0

    def __call__(self):
        self.times += 1
        said = f"How does subject 77 stand here, asked the {self.times}th time?"
        return self.file.replace("How does subject 77 stand here?", said, 1)


def main():
    valid = json.dumps(questionnaire_file(), indent=2)
    faulty = valid.replace('"kind": "choice"', '"kind": "choose"', 5)
    rows = [("", "ms", f"goal {GOAL * 1000:.0f} ms")]
    for name, file in (("without problems", valid), ("with 5 problems", faulty)):
        typing = Typing(file)
        answered(typing())  # words and library are read once a process
        rows.append(row(f"checked alone, {name}", lambda one=typing: check(one(), library())))
        rows.append(row(f"all that the editor is told, {name}", lambda one=typing: answered(one())))
    table(f"A draft of {QUESTIONS} questions, {len(valid) // 1024} KiB, after each change", rows)
    size = sum((STATIC / name).stat().st_size for name in ASSETS) / 1024
    met = "met" if size < LARGEST else "missed"
    table("The editor's assets", [("", "KB", f"goal {LARGEST}"), ("brotli", f"{size:.0f}", met)])


def answered(text):
    seen = review(text, library())
    return offers(seen.source, library(), seen.questionnaire)


def row(name, work):
    taken = seconds(work, times=9)
    return name, f"{taken * 1000:.0f}", "met" if taken < GOAL else "missed"


if __name__ == "__main__":
    main()
