"""What came of a file of another tool: checked, and looked at in parts."""

import json

from survey.questionnaire.check import check
from survey.questionnaire.model import Library

NOTHING_TO_NAME = Library({}, {}, {})


def problems(imported, library=NOTHING_TO_NAME):
    """The codes of what is wrong with the file that came of it."""
    return [one.code for one in check(json.dumps(imported.document), library).problems]


def expanded(imported, library=NOTHING_TO_NAME):
    """The questionnaire that came of it, which has to be valid."""
    checked = check(json.dumps(imported.document), library)
    assert checked.problems == ()
    return checked.questionnaire


def entries(imported):
    """Its entries of questions, by id."""
    assert problems(imported) == []
    about_you = imported.document.get("about_you", ())
    asked = [one for section in imported.document["sections"] for one in section["questions"]]
    return {one["id"]: one for one in (*about_you, *asked)}


def options(imported, id):
    """The ids of a question's options, whether they are its own or a set's."""
    found = entries(imported)[id]["options"]
    found = imported.document["answer_sets"][found] if isinstance(found, str) else found
    return [one["id"] for one in found]


def told(imported):
    """What the report says was left out or changed, to what became of it."""
    return {one.what: one.became for one in imported.left_out}
