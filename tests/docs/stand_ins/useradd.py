"""Notes an account of the system."""

import sys

from machine import note, options, refuse

*values, name = options(
    sys.argv[1:], {"--system", "--user-group", "--home-dir", "--shell", "--no-create-home"}
)
if values and not all(value.startswith("/") for value in values):
    refuse(f"what is {values}?")
note("user", name)
