"""Runs a command as systemd would: with the settings that its options name."""

import os
import sys

from machine import COPY, HERE, PRODUCT, here, noted, refuse, settings

BACKUPS = "/var/lib/maturity-survey-backups/"
FLAGS = {"--quiet", "--pipe", "--wait", "--collect", "--same-dir"}

cut = sys.argv.index("--")
environment = {name: text for name, text in os.environ.items() if not name.startswith("SURVEY_")}
for word in sys.argv[1:cut]:
    option, _, value = word.partition("=")
    if option in {"--uid", "--gid"}:
        noted("user", value)
    elif value.startswith("EnvironmentFile="):
        environment |= settings(value.partition("=")[2])
    elif value.startswith("Environment=SURVEY_INSTANCE="):
        environment["SURVEY_INSTANCE"] = str(HERE) + value.rpartition("=")[2]
    elif word not in FLAGS and value != "UMask=0077":
        refuse(f"what is {word}?")
command = sys.argv[cut + 1 :]
if not command[0].startswith(PRODUCT):
    refuse(f"{command[0]} is not of the product")
command = [str(here(word)) if word.startswith(BACKUPS) else word for word in command]
os.execve(command[0].replace(PRODUCT, COPY), command, environment)
