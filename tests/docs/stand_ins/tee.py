"""Writes what it is given into files of the system."""

import sys

from machine import here, options, refuse

text = sys.stdin.read()
for name in options(sys.argv[1:], {"--append"}):
    file = here(name)
    if not file.parent.is_dir():
        refuse(f"{file.parent.name} is not there")
    if "--append" in sys.argv:
        text = file.read_text() + text
    file.write_text(text)
sys.stdout.write(text)
