"""Puts files of the repository into the system, or makes folders in it."""

import shutil
import sys
from pathlib import Path

from machine import here, noted, options, refuse

words, given, rest = iter(sys.argv[1:]), {}, []
for word in words:
    if word in {"-m", "-o", "-g"}:
        given[word] = next(words)
    else:
        rest.append(word)
for option in ("-o", "-g"):
    if given.get(option, "root") != "root":
        noted("user", given[option])
*sources, target = options(rest, {"-d"})
folder = "-d" in rest
if folder and sources:
    refuse("one folder at a time")
place = here(target)
(place if folder or target.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
for source in sources:
    if not Path(source).exists():
        refuse(f"{source} is not there")
    into = place / Path(source).name if place.is_dir() else place
    if source == "/dev/null":
        into.touch()
    else:
        shutil.copyfile(source, into)
    into.chmod(int(given.get("-m", "755"), 8))
