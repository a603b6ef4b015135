"""Who asked is what the proxies say that the settings name, and nobody else."""

import shutil

import pytest

from survey.app import create_app

DOCUMENT = "/api/v1/openapi.json"


@pytest.fixture
def left(sqlite_template, tmp_path):
    """How many requests are left to each of those who ask one after another."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'survey.db')}"

    def asked(proxies, *said):
        settings = {"DATABASE_URL": url, "SECRET_KEY": "k" * 32, "PROXIES": proxies}
        client = create_app(settings).test_client()
        answers = [client.get(DOCUMENT, headers={"X-Forwarded-For": one}) for one in said]
        return [one.headers["RateLimit"].partition(";t=")[0] for one in answers]

    return asked


def test_behind_a_proxy_each_address_has_its_own_count(left):
    assert left(1, "192.0.2.1", "192.0.2.2", "192.0.2.1") == [
        f'"address";r={number}' for number in (299, 299, 298)
    ]


def test_what_strangers_say_before_the_proxy_is_not_believed(left):
    assert left(1, "198.51.100.7, 192.0.2.3", "198.51.100.8, 192.0.2.3") == [
        f'"address";r={number}' for number in (299, 298)
    ]


def test_without_a_proxy_nobody_says_who_they_are(left):
    assert left(0, "192.0.2.4", "192.0.2.5") == [f'"address";r={number}' for number in (299, 298)]
