"""Finds files of the system by name."""

import sys

from machine import HERE, refuse, there

folder, option, pattern = sys.argv[1:]
if option != "-name":
    refuse(f"what is {option}?")
for file in there(folder).rglob(pattern):
    sys.stdout.write(f"/{file.relative_to(HERE)}\n")
