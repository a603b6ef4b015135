"""`survey database | doctor | demo`, and the same commands by Flask's own command line."""

import json

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import FlaskGroup

from survey.cli.main import COMMANDS, add_commands, main
from tests.cli.conftest import Survey


def new_database(tmp_path):
    return Survey({"SURVEY_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"})


def test_every_command_of_the_table_exists_and_says_what_it_does():
    def each(table, way=()):
        for name, entry in table.items():
            if isinstance(entry, str):
                yield (*way, name)
            else:
                yield from each(entry[1], (*way, name))

    commands = list(each(COMMANDS))
    assert len(commands) >= 25
    for command in commands:
        result = CliRunner().invoke(main, [*command, "--help"])
        assert result.exit_code == 0, command
        assert len(result.stdout.splitlines()[2].strip()) > 20, command


def test_help_lists_all_groups():
    shown = CliRunner().invoke(main, ["--help"]).stdout
    assert all(f"  {name}" in shown for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["fly"], ["wave", "fly"], ["wave", "open"], ["--fly"]])
def test_wrong_usage_is_exit_code_2(arguments):
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_flask_serves_the_same_commands(survey):
    app = Flask("wsgi")
    add_commands(app)
    result = CliRunner().invoke(
        FlaskGroup(create_app=lambda: app),
        ["organisation", "create", "anytown", "--name", "Anytown"],
        env=survey.environment,
    )
    assert result.exit_code == 0
    (line,) = survey.refuses("organisation", "create", "anytown", "--name", "Anytown")
    assert "already" in line


def test_a_database_is_made_from_nothing_and_again_is_harmless(tmp_path):
    survey = new_database(tmp_path)
    survey.does("database", "upgrade")
    survey.does("database", "upgrade")
    survey.does("organisation", "create", "anytown", "--name", "Anytown")


def test_a_database_without_tables_is_said_to_need_them(tmp_path):
    (line,) = new_database(tmp_path).refuses("wave", "status", "autumn")
    assert "survey database upgrade" in line


def test_migrations_are_checked_against_the_code(files_only):
    assert files_only.does("database", "check")


@pytest.mark.parametrize("url", ["sqlite:////absent/none.db", "nonsense", "oracle://x/y"])
def test_a_database_that_is_not_there_is_a_line_not_a_traceback(url):
    (line,) = Survey({"SURVEY_DATABASE_URL": url}).refuses("wave", "status", "autumn")
    assert "SURVEY_DATABASE_URL" in line


def test_a_wrong_setting_is_a_line(files_only):
    survey = Survey(files_only.environment | {"SURVEY_MINIMUM_GROUP": "3"})
    (line,) = survey.refuses("wave", "status", "autumn")
    assert "SURVEY_MINIMUM_GROUP" in line


def test_the_doctor_finds_nothing_wrong_with_what_is_right(survey):
    found = json.loads(survey.does("doctor", "--json"))
    assert {finding["about"] for finding in found} == {
        *("configuration", "library", "disk", "folders", "mail"),
        *("database", "migrations", "clock", "worker", "queue", "webhooks"),
    }
    assert all(finding["problem"] is None for finding in found)
    assert survey.does("doctor").count(": good") == 11


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"SURVEY_MINIMUM_GROUP": "3"}, "SURVEY_MINIMUM_GROUP"),
        ({"SURVEY_DATABASE_URL": "sqlite:////absent/none.db"}, "database: "),
        ({"SURVEY_PRODUCTION": "1", "SURVEY_SECRET_KEY": "k" * 32}, "not https"),
        ({"SURVEY_PRODUCTION": "1"}, "SURVEY_SECRET_KEY"),
    ],
)
def test_the_doctor_says_what_to_mend(tmp_path, environment, says):
    survey = new_database(tmp_path)
    survey.does("database", "upgrade")
    sick = Survey(survey.environment | environment)
    (line,) = sick.refuses("doctor")
    assert says in line
    assert "(mend: " in line


def test_the_doctor_asks_for_missing_tables(tmp_path):
    (line,) = new_database(tmp_path).refuses("doctor")
    assert line.endswith("(mend: survey database upgrade)")


def test_the_demonstration_is_made_once_and_can_be_removed(survey):
    first = survey.does("demo", "create", "--people", "60", "--port", "8123")
    links = [line for line in first.splitlines() if "http://127.0.0.1:8123/" in line]
    assert len(links) == 3
    password = first.rpartition("Password: ")[2].strip()
    second = survey.does("demo", "create", "--people", "60", "--port", "8123")
    assert "from before" in second
    assert [line for line in second.splitlines() if "http" in line] == links
    assert second.rpartition("Password: ")[2].strip() == password
    assert "deleted" in survey.does("demo", "reset")
    assert "no demonstration" in survey.does("demo", "reset")


def test_real_waves_keep_the_demonstration_from_being_deleted(survey):
    survey.does("demo", "create", "--people", "60")
    create = ("wave", "create", "real", "--organisation", "anytown", "--name", "Real")
    survey.does(*create, "--questionnaire", "digital-data-innovation-core")
    (line,) = survey.refuses("demo", "reset")
    assert "not simulated" in line
