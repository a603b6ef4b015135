"""Settings from a file like `.env.example`: one NAME=value a line, # before remarks."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Final

from survey.config import WrongSetting

VARIABLE: Final = "SETTINGS_FILE_OF_SERVER"
"""By which the server's processes are told of the file."""


def named_in(environ: Mapping[str, str]) -> Path | None:
    """The file that the environment names, if any."""
    name = environ.get(VARIABLE)
    return Path(name) if name else None


def add_to(environ: MutableMapping[str, str], file: Path | None) -> None:
    """Set what the file sets, in place of what was set before. Raises WrongSetting."""
    if file is None:
        return
    for number, line in enumerate(_lines(file), start=1):
        name, is_one, value = line.partition("=")
        if line and not line.startswith("#"):
            if not is_one:
                raise WrongSetting(f"{file}: line {number} has no “=”: write NAME=value.")
            environ[name.strip()] = _unquoted(value.strip())


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as fault:
        raise WrongSetting(f"{file} cannot be read: give a text file that there is.") from fault


def _unquoted(value: str) -> str:
    """As systemd and shells read it: quotes around a whole value are not part of it."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
