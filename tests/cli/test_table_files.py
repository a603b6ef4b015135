"""Figures and responses as files from the command line."""

import json
import shutil

import pytest

from survey.database import session_scope
from survey.operations.profile_json import as_json
from survey.operations.reporting import organisation_profile
from tests import make_stored as make
from tests import tables
from tests.cli.conftest import Survey

WHY = ("--reason", "To see how answers go together")


@pytest.fixture(scope="module")
def database(sqlite_template, tmp_path_factory):
    """The address of a database with one closed wave, and an open one."""
    file = tmp_path_factory.mktemp("files") / "files.db"
    shutil.copy(sqlite_template, file)
    with session_scope(f"sqlite:///{file}") as session:
        make.closed_wave(session, {"parks": [1, 2, 3, 4] * 3, "adults": [5] * 9})
        of = session.query(make.Organisation).one()
        make.wave(session, of, slug="spring")
        session.commit()
    return f"sqlite:///{file}"


@pytest.fixture
def survey(database):
    return Survey({"SURVEY_DATABASE_URL": database, "SURVEY_SECRET_KEY": "k" * 40})


@pytest.mark.parametrize("format", tables.FORMATS)
def test_the_figures_are_written_with_their_codebook_beside_them(
    survey, database, tmp_path, format
):
    file = tmp_path / f"figures.{format}"
    assert survey.does("profile", "autumn", "--format", format, "--output", file) == ""
    rows = [row for row in tables.READERS[format](file) if row["measured"] == "capability"]
    with session_scope(database) as session:
        profile = as_json(organisation_profile(session, "autumn", None))
    for row, entry in zip(rows, profile["capabilities"], strict=False):
        assert float(row["mean"]) == pytest.approx(entry["mean"], 1e-14)
        assert int(row["n"]) == entry["n"] == 21
    described = tables.read_csv(tmp_path / "figures.codebook.csv")
    assert [one["variable"] for one in described] == list(rows[0])


def test_text_goes_to_standard_output(survey):
    rows = json.loads(survey.does("profile", "autumn", "--unit", "adults", "--format", "json"))
    assert {row["unit"] for row in rows["rows"]} == {"adults"}
    done = survey("profile", "autumn", "--format", "sav")
    assert done.stdout_bytes.startswith(b"$FL2"), "and so do bytes, where it is no screen"


@pytest.mark.parametrize("format", tables.FORMATS)
def test_the_responses_are_written_with_their_codebook_beside_them(survey, tmp_path, format):
    file = tmp_path / f"rows.{format}"
    survey.does("responses", "export", "autumn", "--format", format, "--output", file, *WHY)
    rows = json.loads(file.read_text()) if format == "json" else tables.READERS[format](file)
    assert len(rows) == 21
    described = {one["variable"] for one in tables.read_csv(tmp_path / "rows.codebook.csv")}
    assert set(rows[0]) <= described


@pytest.mark.parametrize("reason", [[], ["--reason", "why"], ["--reason", " " * 30]])
def test_without_a_reason_it_is_wrong_usage(survey, tmp_path, reason):
    file = tmp_path / "rows.csv"
    done = survey("responses", "export", "autumn", "--format", "csv", "--output", file, *reason)
    assert done.exit_code == 2
    assert not file.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "csv", "--json"],
        ["--output", "figures.csv"],
        ["--format", "csv", "--by", "grade", "--unit", "parks"],
        ["--format", "exe"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(survey, arguments):
    assert survey("profile", "autumn", *arguments).exit_code == 2


def test_what_is_refused_leaves_no_file_and_no_note(survey, database, tmp_path):
    file = tmp_path / "rows.sav"
    export = ("responses", "export", "spring", "--format", "sav", "--output", file, *WHY)
    assert "once the wave is closed" in survey.refuses(*export)[0]
    assert survey.refuses("profile", "spring", "--format", "sav", "--output", file)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(survey, tmp_path):
    where = tmp_path / "absent" / "figures.csv"
    (line,) = survey.refuses("profile", "autumn", "--format", "csv", "--output", where)
    assert "The file cannot be written" in line
