"""Checks that packages have names of packages that we know to be in Debian."""

import sys

from machine import here, note, options, refuse

KNOWN = {"git", "make", "nginx", "postgresql", "python3-venv", "redis-server"}

verb, *packages = options(sys.argv[1:], {"--yes"})
if (verb, bool(packages)) not in {("update", False), ("install", True)}:
    refuse(f"{verb} is not tried")
for package in packages:
    if package not in KNOWN:
        refuse(f"is there a package {package}?")
    note("package", package)
    if package == "nginx":
        here("/etc/nginx/conf.d").mkdir(parents=True)
