"""`survey questionnaire advise`: a remark a line, with its place, and better wording on request."""

import json

import pytest
from click.testing import CliRunner

from survey.cli.main import main

FILE = """{
  "format": 1, "id": "mine", "title": "Mine", "language": "en",
  "sections": [{"id": "part", "title": "Part", "questions": [
    {"id": "calls", "kind": "number", "text": "Surely calls are logged?"},
    {"capability": "digital/user-research", "depth": "full"},
    {"id": "way", "kind": "choice", "text": "How?",
     "options": [{"id": "no", "text": "I don’t know"}, {"id": "api", "text": "By API"}]}
  ]}]
}
"""
CAPABILITY = {
    "id": "digital/queue-care",
    "name": "Queue care",
    "summary": "Looking after people who wait.",
    "steps": [
        "Nobody looks after people who wait.",
        "Some teams tell people how long it takes.",
        "Each team tells people; it is put up on the wall.",
        "Waiting times are counted each day.",
        "People choose when they come, so few wait.",
    ],
    "practices": [{"id": "tell", "text": "Our team never lets people wait alone."}],
}


def run(*arguments):
    result = CliRunner().invoke(main, ["questionnaire", "advise", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def where(text):
    """Line and column of the quotation mark before this."""
    before, _, _ = FILE.partition(f'"{text}')
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text(FILE)
    return path


def test_each_remark_is_a_line_with_file_place_code_and_mend(file):
    code, said, faults = run(file)
    places = [line.split(": ")[:2] for line in said.splitlines()]
    assert (code, faults) == (0, "")
    assert [(place, words.split()[0]) for place, words in places] == [
        (f"{file}:{where('Surely')}", "leading"),
        (f"{file}:{where('By API')}", "jargon"),
        (f"{file}:{where('way')}", "opt-out"),
    ]
    assert all(line.endswith(")") and "(mend: " in line for line in said.splitlines())


def test_better_wording_is_shown_on_request(file):
    _, said, _ = run("--examples", file)
    leading, before, after = said.splitlines()[:3]
    assert " leading " in leading
    assert before.startswith("    instead of: Surely ")
    assert after.startswith("    write:      How much time ")


def test_a_capability_is_advised_on_where_it_says_it(tmp_path):
    folder = tmp_path / "capabilities" / "digital"
    folder.mkdir(parents=True)
    path = folder / "queue-care.json"
    path.write_text(json.dumps(CAPABILITY, indent=1))
    _, said, _ = run(path)
    found = {line.split(": ")[1].split()[0]: line for line in said.splitlines()}
    assert set(found) == {"double-barrelled", "negative", "absolute"}
    assert found["double-barrelled"].startswith(f"{path}:8:")


def test_remarks_are_json_on_request(file):
    told = json.loads(run("--json", file)[1])
    assert set(told[0]) == {
        *("file", "line", "column", "pointer", "place", "code", "level", "message", "mend"),
        "source",
    }
    assert told[0]["pointer"] == "/sections/0/questions/0/text"
    with_examples = json.loads(run("--json", "--examples", file)[1])
    assert set(with_examples[0]["example"]) == {"before", "after", "stands_as"}
    assert [one | {"example": None} for one in with_examples] == [
        one | {"example": None} for one in told
    ]


def test_a_file_with_problems_is_not_advised_on(file):
    file.write_text(FILE.replace('"title": "Mine", ', "").replace("\n}", "\n"))
    code, said, faults = run(file)
    assert (code, said) == (1, "")
    assert faults.startswith(f"{file}:")
