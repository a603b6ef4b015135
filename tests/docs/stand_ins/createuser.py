"""Notes an account of the database server."""

import sys

from machine import note, noted, options

noted("package", "postgresql")
(name,) = options(sys.argv[1:], set())
note("role", name)
