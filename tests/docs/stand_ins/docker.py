"""`docker compose`: reads the file, knows its services, and runs commands of the product as its
containers would."""

import os
import subprocess
import sys
from pathlib import Path

import yaml
from machine import COPY, refuse, settings, there

FILE = "deploy/compose.yaml"

if sys.argv[1:4] != ["compose", "--file", FILE]:
    refuse(f"only compose --file {FILE} is tried")
services = yaml.safe_load(Path(FILE).read_text())["services"]
for service in services.values():
    files = service.get("env_file", [])
    for file in [files] if isinstance(files, str) else files:
        there(file)
    for volume in service.get("volumes", []):
        if volume.startswith("/"):
            there(volume.split(":")[0])


def run(name, command):
    """A command of the product, as the container of this name would run it."""
    service = services[name]
    if service["image"] != "maturity-survey" or command[0] != "survey":
        refuse(f"{command[0]} is not of the product")
    said = settings(service["env_file"]) | service["environment"]
    said.pop("SURVEY_REDIS_URL")  # there is none here
    done = subprocess.run(
        [f"{COPY}/.venv/bin/survey", *command[1:]], env=os.environ | said, check=False
    )
    if done.returncode:
        sys.exit(done.returncode)


verb, *words = sys.argv[4:]
if verb == "run":
    if words[0] != "--rm":
        refuse("run without --rm leaves a container")
    words = [word for at, word in enumerate(words) if at > 1 or word not in {"--rm", "-T"}]
    run(words[0], words[1:])
elif verb == "up":
    run("migrations", services["migrations"]["command"].split())
elif verb not in {"up", "build", "stop", "down", "logs", "ps", "restart", "exec"}:
    refuse(f"{verb} is not tried")
for word in words if verb != "run" else []:
    if not word.startswith("-") and word not in services:
        refuse(f"there is no service {word}")
