"""`survey questionnaire …`: files in, problems out, no database."""

import json
import subprocess
import sys

import pytest

from survey.operations.shipped import FOLDER

CORE = FOLDER / "surveys" / "digital-data-innovation-core.json"
CAPABILITY = FOLDER / "capabilities" / "digital" / "user-research.json"
MAP = FOLDER / "frameworks" / "bcs-lcm.json"
ROLES = FOLDER / "roles.json"


@pytest.fixture
def broken(tmp_path):
    """A file with two faults."""
    file = tmp_path / "broken.json"
    document = json.loads(CORE.read_text())
    document["titel"] = document.pop("title")
    file.write_text(json.dumps(document, indent=2))
    return file


def test_files_of_every_kind_are_checked_at_once(files_only):
    said = files_only.does("questionnaire", "check", CORE, CAPABILITY, MAP, ROLES)
    assert said == "4 files, no problems.\n"


def test_each_problem_is_a_line_with_file_place_code_and_mend(files_only, broken):
    lines = files_only.refuses("questionnaire", "check", CORE, broken)
    assert len(lines) == 2
    for line in lines:
        place, _, rest = line.removeprefix(f"{broken}:").partition(": ")
        row, column = place.split(":")
        assert int(row) >= 1
        assert int(column) >= 1
        assert rest.split()[0] in ("unknown-key", "missing-key")
        assert "(mend: " in line


def test_problems_are_json_on_standard_output(files_only, broken):
    result = files_only("questionnaire", "check", "--json", broken)
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {problem["code"] for problem in found} == {"unknown-key", "missing-key"}
    assert set(found[0]) == {"file", "line", "column", "pointer", "code", "message", "mend"}


def test_a_file_is_read_from_standard_input(files_only):
    assert files_only.does("questionnaire", "check", "-", input=CORE.read_bytes())


@pytest.mark.parametrize("name", ["absent.json", "."])
def test_what_cannot_be_read_is_a_problem_of_that_file(files_only, tmp_path, name):
    (line,) = files_only.refuses("questionnaire", "check", tmp_path / name)
    assert line.startswith(f"{tmp_path / name}:1:1: unreadable-file")


def test_one_unreadable_file_does_not_hide_the_problems_of_others(files_only, tmp_path, broken):
    lines = files_only.refuses("questionnaire", "check", tmp_path / "absent.json", broken)
    assert len(lines) == 3


def test_a_gibibyte_is_refused_without_being_read(files_only, tmp_path):
    file = tmp_path / "huge.json"
    with file.open("wb") as opened:
        opened.write(b"[")
        opened.truncate(1024**3)
    (line,) = files_only.refuses("questionnaire", "check", file)
    assert ": too-large " in line


def test_a_version_goes_to_output_and_its_digest_to_errors(files_only):
    first, second = (files_only("questionnaire", "expand", CORE) for _ in range(2))
    assert first.exit_code == 0
    assert json.loads(first.stdout)["id"] == "digital-data-innovation-core"
    assert len(first.stderr.strip()) == 64
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)


@pytest.mark.parametrize("command", [["expand"], ["advise"], ["diff", CORE]])
def test_other_commands_say_the_problems_of_a_file_too(files_only, broken, command):
    lines = files_only.refuses("questionnaire", *command, broken)
    assert all(line.startswith(f"{broken}:") for line in lines)


@pytest.mark.parametrize("depth", ["step", "practices", "full"])
@pytest.mark.parametrize(
    "what", [["--framework", "bcs-lcm"], ["--capability", "digital/user-research"]]
)
def test_what_is_derived_is_valid(files_only, tmp_path, what, depth):
    file = tmp_path / "derived.json"
    file.write_text(files_only.does("questionnaire", "derive", *what, "--depth", depth))
    files_only.does("questionnaire", "check", file)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--depth", "step"],
        ["--depth", "step", "--framework", "bcs-lcm", "--capability", "digital/user-research"],
        ["--framework", "bcs-lcm"],
        ["--framework", "bcs-lcm", "--depth", "deep"],
    ],
)
def test_wrong_usage_has_its_own_exit_code(files_only, arguments):
    assert files_only("questionnaire", "derive", *arguments).exit_code == 2


def test_unknown_capabilities_are_named(files_only):
    (line,) = files_only.refuses(
        "questionnaire", "derive", "--capability", "digital/flying", "--depth", "step"
    )
    assert "digital/flying" in line


def test_a_difference_is_said_question_by_question(files_only, tmp_path):
    document = json.loads(CORE.read_text())
    document["sections"] = document["sections"][:-1]
    shorter = tmp_path / "shorter.json"
    shorter.write_text(json.dumps(document))
    changes = json.loads(files_only.does("questionnaire", "diff", "--json", CORE, shorter))
    kinds = {change["kind"] for change in changes}
    assert "removed" in kinds
    assert "removed" in files_only.does("questionnaire", "diff", CORE, shorter)


def test_advice_never_fails(files_only):
    files_only.does("questionnaire", "advise", CORE)
    assert isinstance(
        json.loads(files_only.does("questionnaire", "advise", "--json", CORE, CORE)), list
    )


def test_commands_on_files_load_neither_database_nor_numbers():
    run = (
        "import sys; from survey.cli.main import main; "
        f"main(['questionnaire', 'check', {str(CORE)!r}], standalone_mode=False); "
        "print(sorted({'sqlalchemy', 'numpy', 'alembic', 'flask_security'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["1 file, no problems.", "[]"]
