"""`survey backup` and `survey restore` as one types them."""

import json

import pytest

from survey.database import session_scope
from survey.operations import auditing
from survey.storage.audit import INSTALLATION
from tests.cli.conftest import Survey


@pytest.fixture
def safe(tmp_path, sqlite_template):
    """Commands on an installation with an organisation and a key for backups."""
    database = tmp_path / "survey.db"
    database.write_bytes(sqlite_template.read_bytes())
    survey = Survey(
        {
            "SURVEY_DATABASE_URL": f"sqlite:///{database}",
            "SURVEY_SECRET_KEY": "a secret of the tests, long enough",
        }
    )
    survey.environment["SURVEY_BACKUP_KEY"] = survey.does("backup", "key").strip()
    survey.does("organisation", "create", "anytown", "--name", "Anytown")
    return survey


@pytest.fixture
def elsewhere(safe, tmp_path):
    """The same commands where there is no database yet."""
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    return Survey(safe.environment | {"SURVEY_DATABASE_URL": url})


def test_a_backup_is_made_checked_and_restored_elsewhere(safe, elsewhere, tmp_path):
    file = tmp_path / "monday"
    assert safe.does("backup", file) == ""
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.glob("monday*")] == ["monday"]
    assert safe.does("backup", "check", file).splitlines()[1:] == [
        "           2  audit_event",
        "           1  organisation",
        "           1  unit",
    ]
    said = elsewhere.does("restore", file)
    assert said.endswith("4 rows.\nRestored. Everybody signs in afresh.\n")
    with session_scope(elsewhere.environment["SURVEY_DATABASE_URL"]) as session:
        found = auditing.search(session, INSTALLATION, auditing.Search("backup."), at_most=9)
    assert [(event.action, event.via) for event in found] == [
        ("backup.restore", "command"),
        ("backup.make", "command"),
    ]


def test_programs_read_what_is_in_a_backup(safe, tmp_path):
    safe.does("backup", "make", tmp_path / "monday")
    said = json.loads(safe.does("backup", "check", tmp_path / "monday", "--json"))
    assert set(said) == {"made_at", "product", "revision", "tables"}
    units = next(table for table in said["tables"] if table["table"] == "unit")
    assert (units["rows"], len(units["sha256"])) == (1, 64)


def test_the_key_may_be_in_a_file(safe, tmp_path):
    key, safe.environment["SURVEY_BACKUP_KEY"] = safe.environment["SURVEY_BACKUP_KEY"], ""
    (tmp_path / "key").write_text(f"{key}\n")
    safe.does("backup", tmp_path / "monday", "--key-file", tmp_path / "key")
    safe.does("backup", "--key-file", tmp_path / "key", tmp_path / "tuesday")
    assert safe.refuses("backup", "check", tmp_path / "monday")[0].startswith(
        "The key for backups is missing. (mend: Set SURVEY_BACKUP_KEY or give --key-file"
    )


def test_a_backup_goes_to_standard_output(safe, tmp_path):
    (tmp_path / "piped").write_bytes(safe("backup", "-").stdout_bytes)
    assert "4 rows" in safe.does("backup", "check", tmp_path / "piped")


def test_a_backup_is_never_written_over_another_file(safe, tmp_path):
    (tmp_path / "monday").write_text("mine")
    assert safe.refuses("backup", tmp_path / "monday") == [
        f"{tmp_path / 'monday'} is there already. (mend: Give a name that is not taken.)"
    ]
    assert (tmp_path / "monday").read_text() == "mine"


def test_where_nothing_can_be_written_a_line_says_so_and_nothing_is_left(safe, tmp_path):
    file = tmp_path / "absent" / "monday"
    assert safe.refuses("backup", file) == [f"{file} cannot be written: no such file or directory."]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda raw: raw[:-1], "The backup is damaged: it was cut off or changed"),
        (lambda raw: b"x" + raw, "This file is no backup."),
    ],
    ids=["cut", "other"],
)
def test_a_file_that_is_not_whole_is_refused_in_a_line(safe, elsewhere, tmp_path, change, problem):
    safe.does("backup", tmp_path / "monday")
    (tmp_path / "spoilt").write_bytes(change((tmp_path / "monday").read_bytes()))
    for refused in (
        safe.refuses("backup", "check", tmp_path / "spoilt"),
        elsewhere.refuses("restore", tmp_path / "spoilt"),
        safe.refuses("restore", tmp_path / "spoilt", "--replace", "--yes"),
    ):
        assert [line.startswith(problem) for line in refused] == [True]
    assert not (tmp_path / "elsewhere.db").exists()


def test_another_key_is_refused_in_a_line(safe, elsewhere, tmp_path):
    safe.does("backup", tmp_path / "monday")
    elsewhere.environment["SURVEY_BACKUP_KEY"] = safe.does("backup", "key").strip()
    assert elsewhere.refuses("restore", tmp_path / "monday") == [
        "The key does not fit this backup. (mend: Give the key that was in use when it was made.)"
    ]
    elsewhere.environment["SURVEY_BACKUP_KEY"] = "a password"
    assert elsewhere.refuses("restore", tmp_path / "monday") == [
        "This is not a key for backups. (mend: Give one as it was made by: survey backup key)"
    ]


def test_who_would_delete_everything_is_asked_first(safe, tmp_path):
    safe.does("backup", tmp_path / "monday")
    safe.does("organisation", "create", "since", "--name", "Since")
    assert safe.refuses("restore", tmp_path / "monday") == [
        "The database is not empty, and was left as it is. "
        "(mend: Give an empty one, or --replace to delete all that is in it.)"
    ]
    asked = safe("restore", tmp_path / "monday", "--replace", input="n\n")
    assert (asked.exit_code, "holds 7 rows. Delete them all" in asked.output) == (1, True)
    assert "since" in safe.does("audit", "verify")
    said = safe("restore", tmp_path / "monday", "--replace", input="y\n")
    assert (said.exit_code, "since" in safe.does("audit", "verify")) == (0, False)


def test_another_secret_key_is_warned_of(safe, elsewhere, tmp_path):
    safe.does("backup", tmp_path / "monday")
    elsewhere.environment["SURVEY_SECRET_KEY"] = "another secret of the tests, long enough"
    said = elsewhere("restore", tmp_path / "monday")
    assert said.exit_code == 0
    assert said.stderr.startswith("SURVEY_SECRET_KEY is not what it was: links of invitations")
