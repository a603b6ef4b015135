"""Settings: checked before anything starts, and written down in one place."""

import re
from pathlib import Path

import pytest

from survey import config
from survey.config import PREFIX, SETTINGS, WrongSetting, from_environ

GOOD = {"SURVEY_DATABASE_URL": "sqlite:////tmp/a.db", "SURVEY_SECRET_KEY": "k" * 32}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE_URL", "mysql://host/name"),
        ("BASE_URL", "survey.example"),
        ("PRODUCTION", "maybe"),
        ("WEBHOOKS_TO_PRIVATE_ADDRESSES", "perhaps"),
        ("MINIMUM_GROUP", "4"),
        ("MINIMUM_GROUP", "ten"),
        ("LOG_LEVEL", "LOUD"),
        ("SECOND_FACTOR", "yes"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_TOKEN", "short"),
        ("METRICS_TOKEN", GOOD["SURVEY_SECRET_KEY"]),
        ("OTEL_ENDPOINT", "collector:4318"),
        ("API_REQUESTS_A_MINUTE", "0"),
        ("API_REQUESTS_A_MINUTE", "many"),
        ("MAIL_PER_SECOND", "0"),
        ("PROXIES", "-1"),
        ("INSTANCE", "kept/here"),
        ("DATABASE_REPLICA_URL", "sqlite:////tmp/b.db"),
        ("DATABASE_REPLICA_URL", "postgresql://host/name"),
    ],
)
def test_a_wrong_setting_is_named(name, text):
    with pytest.raises(WrongSetting, match=PREFIX + name):
        from_environ(GOOD | {PREFIX + name: text})


def test_what_is_wrong_with_an_address_does_not_tell_its_password():
    with pytest.raises(WrongSetting) as refused:
        from_environ(GOOD | {"SURVEY_DATABASE_URL": "mysql://ada:open-sesame@host/name"})
    assert "open-sesame" not in str(refused.value)


@pytest.mark.parametrize("key", ["", "short"])
def test_production_does_not_start_without_a_long_key(key):
    with pytest.raises(WrongSetting, match="SURVEY_SECRET_KEY"):
        from_environ(GOOD | {"SURVEY_PRODUCTION": "1", "SURVEY_SECRET_KEY": key})


def test_an_empty_setting_has_its_default():
    settings = from_environ(GOOD | {"SURVEY_MINIMUM_GROUP": " ", "SURVEY_BASE_URL": ""})
    assert settings["MINIMUM_GROUP"] == 10
    assert settings["BASE_URL"] == "http://127.0.0.1:8000"


def test_settings_are_tidied():
    settings = from_environ(
        GOOD | {"SURVEY_BASE_URL": "https://survey.example/", "SURVEY_LOG_LEVEL": "debug"}
    )
    assert settings["BASE_URL"] == "https://survey.example"
    assert settings["LOG_LEVEL"] == "DEBUG"


def test_the_log_is_for_programs_in_production_and_for_people_elsewhere():
    production = GOOD | {"SURVEY_PRODUCTION": "1"}
    assert from_environ(production)["LOG_FORMAT"] == "json"
    assert from_environ(GOOD)["LOG_FORMAT"] == "text"
    assert from_environ(production | {"SURVEY_LOG_FORMAT": "text"})["LOG_FORMAT"] == "text"


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    here = {"SURVEY_INSTANCE": str(tmp_path / "instance")}
    first, second = (from_environ(here)["SECRET_KEY"] for _ in range(2))
    assert first == second
    assert len(first) >= config.SHORTEST_KEY
    kept = tmp_path / "instance" / "secret-key"
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]
    assert kept.stat().st_mode & 0o077 == 0


def test_what_a_machine_keeps_may_be_kept_elsewhere(tmp_path):
    settings = from_environ({"SURVEY_INSTANCE": str(tmp_path / "kept")})
    assert settings["INSTANCE"] == tmp_path / "kept"
    assert settings["DATABASE_URL"] == f"sqlite:///{tmp_path}/kept/survey.db"


def test_nothing_is_made_where_nothing_is_kept(tmp_path):
    from_environ(
        GOOD
        | {
            "SURVEY_INSTANCE": str(tmp_path / "kept"),
            "SURVEY_DATABASE_URL": "postgresql://host/name",
        }
    )
    assert not (tmp_path / "kept").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WrongSetting, match="SURVEY_INSTANCE: the folder"):
        from_environ({"SURVEY_INSTANCE": str(tmp_path / "file" / "kept")})


def test_every_setting_stands_in_the_example_file_with_its_default_and_help():
    text = (Path(config.ROOT) / ".env.example").read_text()
    found = re.findall(r"((?:^# .*\n)+)^(SURVEY_\w+)=(.*)$", text, re.MULTILINE)
    written = [
        (name, default, comment.replace("# ", "").split()) for comment, name, default in found
    ]
    assert written == [(PREFIX + s.name, s.default, s.help.split()) for s in SETTINGS]
