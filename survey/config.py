"""Every setting: its name, default, and what it is for. All come from the environment."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PREFIX: Final = "SURVEY_"
ROOT: Final = Path(__file__).resolve().parent.parent
INSTANCE: Final = ROOT / "instance"
LOWEST_MINIMUM_GROUP: Final = 5


class WrongSetting(ValueError):
    """A setting that cannot be used. The message says which, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, without the prefix."""

    name: str
    default: str
    help: str


SETTINGS: Final = (
    Setting(
        "DATABASE_URL",
        "",
        "Where answers are kept: an SQLAlchemy address. Empty: SQLite under instance/.",
    ),
    Setting(
        "SECRET_KEY",
        "",
        "Signs cookies and makes invitation links: 32 random characters or more. Production "
        "refuses to start without; elsewhere one is made and kept under instance/.",
    ),
    Setting(
        "BASE_URL",
        "http://127.0.0.1:8000",
        "The address that people open; links in invitations begin with it.",
    ),
    Setting("PRODUCTION", "", "1 where real answers are collected: no made-up secret key."),
    Setting(
        "MINIMUM_GROUP",
        "10",
        "The fewest people of whom a figure is shown, for new waves; never below 5.",
    ),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
)


def from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings, with defaults where the environment is silent.

    Raises WrongSetting.
    """
    texts = {one.name: environ.get(PREFIX + one.name, one.default).strip() for one in SETTINGS}
    settings: dict[str, Any] = dict(texts)
    settings["PRODUCTION"] = texts["PRODUCTION"] not in ("", "0")
    settings["DATABASE_URL"] = texts["DATABASE_URL"] or f"sqlite:///{_instance() / 'survey.db'}"
    settings["SECRET_KEY"] = texts["SECRET_KEY"] or _kept_key(settings["PRODUCTION"])
    settings["MINIMUM_GROUP"] = _minimum_group(texts["MINIMUM_GROUP"])
    settings["BASE_URL"] = texts["BASE_URL"].rstrip("/")
    if not settings["BASE_URL"].startswith(("http://", "https://")):
        raise WrongSetting(f"{PREFIX}BASE_URL must begin with http:// or https://.")
    return settings


def _minimum_group(text: str) -> int:
    if not text.isdecimal() or int(text) < LOWEST_MINIMUM_GROUP:
        raise WrongSetting(
            f"{PREFIX}MINIMUM_GROUP is {text!r}: give a whole number, "
            f"{LOWEST_MINIMUM_GROUP} or more."
        )
    return int(text)


def _kept_key(production: bool) -> str:
    if production:
        raise WrongSetting(
            f"{PREFIX}SECRET_KEY is missing: set it to 32 random characters or more and keep "
            "it, since invitation links are made with it."
        )
    file = _instance() / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32))
    return file.read_text()


def _instance() -> Path:
    INSTANCE.mkdir(exist_ok=True)
    return INSTANCE
