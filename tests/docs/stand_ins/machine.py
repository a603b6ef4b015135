"""The machine that the guides are tried on: a folder in which are the files that commands would put
into the system, and a note of what they would start."""

import os
import sys
from pathlib import Path

HERE = Path(os.environ["MACHINE"])
PRODUCT = "/opt/maturity-survey"
COPY = os.environ["COPY"]
PORT = os.environ["MACHINE_PORT"]
SYSTEM = ("/etc/", "/usr/local/", "/var/", "/dev/null")
SOCKET = "postgresql:///survey?host=/var/run/postgresql"
IN_CONTAINERS = "@database/survey"


def refuse(said):
    """End with what a person would have to mend in a guide."""
    sys.exit(f"{Path(sys.argv[0]).stem}: {said}")


def here(path):
    """Where a file of the system lies on this machine."""
    if not str(path).startswith(SYSTEM):
        refuse(f"{path} is no place for what is installed")
    return Path(path) if path == "/dev/null" else HERE / str(path).lstrip("/")


def there(path):
    """The same, of a file or folder that must be there."""
    found = here(path)
    if not found.exists():
        refuse(f"{path} is not there")
    return found


def note(kind, name, text=""):
    """Write down that something of this kind was made."""
    (HERE / kind).mkdir(exist_ok=True)
    (HERE / kind / name).write_text(text)


def noted(kind, name):
    """What was written down; refused where nothing was."""
    file = HERE / kind / name
    if not file.exists():
        refuse(f"there is no {kind} {name}")
    return file.read_text()


def options(words, known):
    """The words that are no options. Options are refused unless known."""
    for word in words:
        if word.startswith("-") and word.partition("=")[0] not in known:
            refuse(f"what is {word}?")
    return [word for word in words if not word.startswith("-")]


def settings(path):
    """The settings of a file of the system, with the database of this machine in place."""
    lines = there(path).read_text().splitlines()
    found = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    url = found.get("SURVEY_DATABASE_URL", "")
    if url == SOCKET:
        noted("user", "survey")
        found["SURVEY_DATABASE_URL"] = noted("database", "survey")
    elif IN_CONTAINERS in url:
        made = settings("/etc/maturity-survey/database.env")
        name, password = made["POSTGRES_USER"], made["POSTGRES_PASSWORD"]
        if url != f"postgresql://{name}:{password}{IN_CONTAINERS}" or made["POSTGRES_DB"] != name:
            refuse("settings.env and database.env name different databases")
        found["SURVEY_DATABASE_URL"] = os.environ["MACHINE_DATABASE"]
    return found
