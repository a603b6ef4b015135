"""Every setting: its name, default, and what it is for. All come from the environment."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PREFIX: Final = "SURVEY_"
ROOT: Final = Path(__file__).resolve().parent.parent
INSTANCE: Final = ROOT / "instance"
LOWEST_MINIMUM_GROUP: Final = 5
SHORTEST_KEY: Final = 32
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
SECOND_FACTORS: Final = ("offered", "required")
LOG_FORMATS: Final = ("", "json", "text")
SHORTEST_TOKEN: Final = 20
DATABASES: Final = ("sqlite:///", "postgresql://", "postgresql+psycopg://")

TIMEOUT: Final = "TIMEOUT_OF_SERVER"
"""The variable by which `survey serve` tells its processes how many seconds a request may take."""

USUAL_TIMEOUT: Final = 30
SECONDS_LEFT: Final = 5
"""Of those, what a page has left to say that the database took too long."""

YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


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
        "Where answers are kept: sqlite:////path/to/file or postgresql://user:password@host/name. "
        "Empty: SQLite under instance/.",
    ),
    Setting(
        "DATABASE_REPLICA_URL",
        "",
        "A streaming replica of that PostgreSQL: profiles, reports and what programs read are "
        "read from it.",
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
    Setting(
        "PROXIES",
        "0",
        "How many proxies stand before this product, each of which says in X-Forwarded-For who "
        "asked: 1 behind nginx. Too many, and anybody may say so.",
    ),
    Setting(
        "INSTANCE",
        "",
        "The folder for what this machine keeps: charts that were drawn, and the database and the "
        "key where none are given. Empty: instance/ beside the code.",
    ),
    Setting("PRODUCTION", "", "1 where real answers are collected: no made-up secret key."),
    Setting(
        "MINIMUM_GROUP",
        "10",
        "The fewest people of whom a figure is shown, for new waves; never below 5.",
    ),
    Setting(
        "MAIL_URL",
        "",
        "The server that sends invitations: smtp://user:password@host:587 or smtps://… Empty: "
        "links are handed out by hand, or GOV.UK Notify sends them.",
    ),
    Setting("MAIL_FROM", "", "The address that messages come from."),
    Setting("MAIL_PER_SECOND", "10", "The most messages sent in a second."),
    Setting("NOTIFY_API_KEY", "", "GOV.UK Notify sends messages, in place of a mail server."),
    Setting(
        "NOTIFY_TEMPLATE_ID",
        "",
        "The Notify template, whose subject is ((subject)) and whose message is ((body)).",
    ),
    Setting(
        "NOTIFY_URL",
        "https://api.notifications.service.gov.uk",
        "Where GOV.UK Notify answers.",
    ),
    Setting(
        "SECOND_FACTOR",
        "offered",
        "offered: who likes signs in with an authenticator app or a passkey; required: nobody gets "
        "in with a password alone. Single sign-on leaves it to the provider.",
    ),
    Setting(
        "OIDC_ISSUER",
        "",
        "Single sign-on by OpenID Connect: the provider’s address, such as "
        "https://login.microsoftonline.com/TENANT/v2.0.",
    ),
    Setting("OIDC_CLIENT_ID", "", "What the provider calls this product."),
    Setting("OIDC_CLIENT_SECRET", "", "The secret it gave."),
    Setting("OIDC_NAME", "your work account", "What people call it, on the sign-in page."),
    Setting(
        "OIDC_TRUST_EMAIL",
        "",
        "1 where the provider serves your organisation alone, so that each address in it is its "
        "user’s own. Needed for Microsoft Entra ID, which does not say so by itself.",
    ),
    Setting(
        "REDIS_URL",
        "",
        "Background work waits here, such as redis://host/0. Empty: beside the database.",
    ),
    Setting(
        "WEBHOOKS_TO_PRIVATE_ADDRESSES",
        "",
        "1 where webhooks may also go to this machine and its network, and without encryption: "
        "only where everybody who administers an organisation may reach what is there.",
    ),
    Setting(
        "API_REQUESTS_A_MINUTE",
        "300",
        "The most requests a minute that programs may send with one token, or from one address "
        "without a token that works.",
    ),
    Setting(
        "BACKUP_KEY",
        "",
        "What backups are encrypted with: as `survey backup key` makes it. Only `survey backup` "
        "and `survey restore` need it.",
    ),
    Setting("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    Setting(
        "LOG_FORMAT",
        "",
        "json: each line of the log is an object; text: for people. Empty: json in production.",
    ),
    Setting(
        "METRICS_TOKEN",
        "",
        "Whoever shows this token, of 20 characters or more, may read /metrics. Empty: there is no "
        "such page.",
    ),
    Setting(
        "OTEL_ENDPOINT",
        "",
        "Where traces go by OpenTelemetry (OTLP over HTTP), such as http://127.0.0.1:4318. Empty: "
        "none are made.",
    ),
)


def from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings, with defaults where the environment is silent.

    Raises WrongSetting.
    """
    texts = {
        one.name: environ.get(PREFIX + one.name, "").strip() or one.default for one in SETTINGS
    }
    production = _is_yes("PRODUCTION", texts)
    timeout = int(environ.get(TIMEOUT) or USUAL_TIMEOUT)
    instance = _instance(texts["INSTANCE"])
    return (
        {
            "INSTANCE": instance,
            "DATABASE_URL": _database(texts["DATABASE_URL"], instance),
            "DATABASE_REPLICA_URL": _replica(texts),
            "STATEMENT_SECONDS": max(timeout - SECONDS_LEFT, 1),
            "SECRET_KEY": _secret_key(texts["SECRET_KEY"], production, instance),
            "BASE_URL": _base_url(texts["BASE_URL"]),
            "PRODUCTION": production,
            "PROXIES": _whole_number("PROXIES", texts, least=0),
            "MINIMUM_GROUP": _minimum_group(texts["MINIMUM_GROUP"]),
            "SECOND_FACTOR": _second_factor(texts["SECOND_FACTOR"]),
            "LOG_LEVEL": _log_level(texts["LOG_LEVEL"]),
            "API_REQUESTS_A_MINUTE": _whole_number("API_REQUESTS_A_MINUTE", texts),
            "WEBHOOKS_TO_PRIVATE_ADDRESSES": _is_yes("WEBHOOKS_TO_PRIVATE_ADDRESSES", texts),
            "REDIS_URL": _with_scheme("REDIS_URL", texts, ("redis://", "rediss://", "unix://")),
        }
        | _mail(texts)
        | _single_sign_on(texts)
        | _monitoring(texts, production)
    )


def _monitoring(texts: Mapping[str, str], production: bool) -> dict[str, Any]:
    written, token = texts["LOG_FORMAT"].lower(), texts["METRICS_TOKEN"]
    if written not in LOG_FORMATS:
        raise WrongSetting(f"{PREFIX}LOG_FORMAT is {written!r}: give json or text.")
    if token and len(token) < SHORTEST_TOKEN:
        raise WrongSetting(
            f"{PREFIX}METRICS_TOKEN is too short: give {SHORTEST_TOKEN} random characters or more."
        )
    if token and token == texts["SECRET_KEY"]:
        raise WrongSetting(f"{PREFIX}METRICS_TOKEN is the secret key: give other characters.")
    return {
        "LOG_FORMAT": written or ("json" if production else "text"),
        "METRICS_TOKEN": token,
        "OTEL_ENDPOINT": _with_scheme("OTEL_ENDPOINT", texts, ("http://", "https://")).rstrip("/"),
    }


def _single_sign_on(texts: Mapping[str, str]) -> dict[str, Any]:
    issuer = _with_scheme("OIDC_ISSUER", texts, ("https://", "http://127.0.0.1")).rstrip("/")
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        if issuer and not texts[name]:
            raise WrongSetting(f"{PREFIX}{name} is missing: {PREFIX}OIDC_ISSUER needs it.")
    return {
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": texts["OIDC_CLIENT_ID"],
        "OIDC_CLIENT_SECRET": texts["OIDC_CLIENT_SECRET"],
        "OIDC_NAME": texts["OIDC_NAME"],
        "OIDC_TRUST_EMAIL": _is_yes("OIDC_TRUST_EMAIL", texts),
    }


def _mail(texts: Mapping[str, str]) -> dict[str, Any]:
    url = _with_scheme("MAIL_URL", texts, ("smtp://", "smtps://"))
    if url and texts["NOTIFY_API_KEY"]:
        raise WrongSetting(f"{PREFIX}MAIL_URL and {PREFIX}NOTIFY_API_KEY are both set: give one.")
    if url and "@" not in texts["MAIL_FROM"]:
        raise WrongSetting(f"{PREFIX}MAIL_FROM is missing: give the address messages come from.")
    if texts["NOTIFY_API_KEY"] and not texts["NOTIFY_TEMPLATE_ID"]:
        raise WrongSetting(f"{PREFIX}NOTIFY_TEMPLATE_ID is missing.")
    return {
        "MAIL_URL": url,
        "MAIL_FROM": texts["MAIL_FROM"],
        "MAIL_PER_SECOND": _whole_number("MAIL_PER_SECOND", texts),
        "NOTIFY_API_KEY": texts["NOTIFY_API_KEY"],
        "NOTIFY_TEMPLATE_ID": texts["NOTIFY_TEMPLATE_ID"],
        "NOTIFY_URL": texts["NOTIFY_URL"],
    }


def _with_scheme(name: str, texts: Mapping[str, str], schemes: tuple[str, ...]) -> str:
    if texts[name] and not texts[name].startswith(schemes):
        # Not quoted: it may hold a password.
        raise WrongSetting(f"{PREFIX}{name} must begin with {' or '.join(schemes)}.")
    return texts[name]


def _database(text: str, instance: Path) -> str:
    if not text:
        return f"sqlite:///{_made(instance) / 'survey.db'}"
    if not text.startswith(DATABASES):
        # Not quoted: it may hold a password.
        raise WrongSetting(f"{PREFIX}DATABASE_URL must begin with {' or '.join(DATABASES[:2])}.")
    return text


def _replica(texts: Mapping[str, str]) -> str:
    url = _with_scheme("DATABASE_REPLICA_URL", texts, DATABASES[1:])
    if url and not texts["DATABASE_URL"].startswith(DATABASES[1:]):
        raise WrongSetting(
            f"{PREFIX}DATABASE_REPLICA_URL needs a {PREFIX}DATABASE_URL of its kind."
        )
    return url


def _secret_key(text: str, production: bool, instance: Path) -> str:
    if not production:
        return text or _kept_key(instance)
    if len(text) < SHORTEST_KEY:
        raise WrongSetting(
            f"{PREFIX}SECRET_KEY is {'too short' if text else 'missing'}: set it to "
            f"{SHORTEST_KEY} random characters or more and keep it, since invitation links are "
            "made with it."
        )
    return text


def _base_url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise WrongSetting(f"{PREFIX}BASE_URL must begin with http:// or https://.")
    return text.rstrip("/")


def _is_yes(name: str, texts: Mapping[str, str]) -> bool:
    text = texts[name].lower()
    if text not in YES + NO:
        raise WrongSetting(f"{PREFIX}{name} is {text!r}: give 1, or leave it empty.")
    return text in YES


def _whole_number(name: str, texts: Mapping[str, str], least: int = 1) -> int:
    text = texts[name]
    if not text.isdecimal() or int(text) < least:
        raise WrongSetting(f"{PREFIX}{name} is {text!r}: give a whole number, {least} or more.")
    return int(text)


def _minimum_group(text: str) -> int:
    if not text.isdecimal() or int(text) < LOWEST_MINIMUM_GROUP:
        raise WrongSetting(
            f"{PREFIX}MINIMUM_GROUP is {text!r}: give a whole number, "
            f"{LOWEST_MINIMUM_GROUP} or more."
        )
    return int(text)


def _second_factor(text: str) -> str:
    if text.lower() not in SECOND_FACTORS:
        raise WrongSetting(
            f"{PREFIX}SECOND_FACTOR is {text!r}: give {' or '.join(SECOND_FACTORS)}."
        )
    return text.lower()


def _log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise WrongSetting(f"{PREFIX}LOG_LEVEL is {text!r}: give one of {', '.join(LOG_LEVELS)}.")
    return text.upper()


def _kept_key(instance: Path) -> str:
    """The key of this instance, made by whichever process asks first."""
    file = _made(instance) / "secret-key"
    if not file.exists():
        fresh = file.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(SHORTEST_KEY))
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
        fresh.unlink()
    return file.read_text()


def _instance(text: str) -> Path:
    if text and not Path(text).is_absolute():
        raise WrongSetting(f"{PREFIX}INSTANCE is {text!r}: give a whole path, from / on.")
    return Path(text) if text else INSTANCE


def _made(instance: Path) -> Path:
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise WrongSetting(
            f"{PREFIX}INSTANCE: the folder {instance} cannot be made. Name one that the account "
            "that runs this may write to."
        ) from fault
    return instance
