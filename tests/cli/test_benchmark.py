"""Figures are given to others and taken in by commands."""

import json
from datetime import UTC, datetime

import pytest

from survey.database import session_scope
from tests import make_benchmarks as others
from tests import make_stored as make


@pytest.fixture
def anytown(survey):
    with session_scope(survey.environment["SURVEY_DATABASE_URL"]) as session:
        closed = {"closed_at": datetime(2026, 9, 30, tzinfo=UTC), "shares_figures": True}
        make.closed_wave(session, {"parks": [3] * 10}, **closed)
        session.commit()
    return survey


def write(folder, name, content):
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_file_goes_out_and_comes_in_elsewhere(anytown, tmp_path):
    exported = anytown.does("benchmark", "export", "autumn")
    assert anytown.does("benchmark", "export", "autumn") == exported
    file = write(tmp_path, "anytown.json", exported.encode())
    anytown.does("organisation", "create", "elsewhere", "--name", "Elsewhere")
    said = anytown.does("benchmark", "import", "elsewhere", file)
    assert said.startswith("1 added, 0 changed, 0 unchanged.")
    fingerprint = others.fingerprint_of(json.loads(exported)["key"])
    confirm = f"survey benchmark confirm elsewhere {fingerprint}"
    assert f"{confirm}  # Anytown" in said
    assert anytown.does(*confirm.split()[1:]) == "Anytown counts.\n"
    again = anytown.does("benchmark", "import", "elsewhere", file)
    assert again == "0 added, 0 changed, 1 unchanged.\n"
    removed = anytown.does("benchmark", "remove", "elsewhere", *fingerprint.split())
    assert removed == "Anytown is removed.\n"


def test_problems_are_told_by_file_and_nothing_is_taken(anytown, tmp_path):
    good, bad = write(tmp_path, "good.json", others.file()), write(tmp_path, "bad.json", b"{}")
    own = write(tmp_path, "own.json", anytown.does("benchmark", "export", "autumn").encode())
    lines = anytown.refuses("benchmark", "import", "anytown", good, bad, own)
    assert [line.partition(" ")[0] for line in lines] == [f"{bad}:1:1:", f"{own}:1:1:"]
    assert "(mend: Leave it out.)" in lines[1]
    assert anytown.does("benchmark", "import", "anytown", good).startswith("1 added")


def test_a_key_that_is_lost_is_replaced_only_when_asked(anytown):
    first = json.loads(anytown.does("benchmark", "export", "autumn"))
    anytown.environment["SURVEY_SECRET_KEY"] = "another secret of the tests, long enough"
    (line,) = anytown.refuses("benchmark", "export", "autumn")
    assert "--new-key" in line
    second = json.loads(anytown.does("benchmark", "export", "autumn", "--new-key"))
    assert second["key"] != first["key"]
    assert second["content"] == first["content"]
