"""Gives the machine a database: the one that the test has made for it."""

import os
import sys

from machine import note, noted, options

(name,) = options(sys.argv[1:], {"--owner", "--encoding", "--template"})
(owner,) = [word.partition("=")[2] for word in sys.argv if word.startswith("--owner=")]
noted("role", owner)
note("database", name, os.environ["MACHINE_DATABASE"])
