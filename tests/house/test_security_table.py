"""What `SECURITY.md` says of the OWASP ASVS is there, and nothing of its first two levels is left
out."""

import ast
import re
from functools import cache

import pytest

from survey.config import ROOT

TEXT = (ROOT / "SECURITY.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+)(?:–(\d+\.\d+\.\d+))? \| ([^|]+) \| ([^|]+) \|$", re.M)
NAMED = re.compile(r"`([\w./-]+/[\w./-]*|[\w-]+\.\w{2,4})(?:::(\w+))?`")

SECTIONS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3
4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3
7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4
10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4
13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4
16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
"""How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they come first in it."""


def sections():
    for one in SECTIONS.split():
        section, many = one.split(":")
        yield section, int(many)


def numbered(first, last):
    section, number = first.rsplit(".", 1)
    to = int((last or first).rsplit(".", 1)[1])
    return [f"{section}.{one}" for one in range(int(number), to + 1)]


def test_every_requirement_of_levels_one_and_two_has_one_line():
    said = [one for first, last, *_ in ROW.findall(TEXT) for one in numbered(first, last)]
    wanted = [f"{section}.{one + 1}" for section, many in sections() for one in range(many)]
    assert len(wanted) == 253
    assert said == wanted


def test_no_line_is_empty():
    assert [row for row in ROW.findall(TEXT) if len(row[2]) < 3 or len(row[3].strip()) < 3] == []


@cache
def functions_of(path):
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_what_is_named_is_there():
    named = set(NAMED.findall(TEXT))
    assert len([one for one in named if one[1]]) > 60
    paths = {path for path, _ in named if not path.startswith("/")}
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    missing = [one for one in named if one[1] and one[1] not in functions_of(one[0])]
    assert missing == []


@pytest.mark.parametrize("named", ["`tests/no/such.py`", "`tests/house/test_packages.py::test_x`"])
def test_it_would_be_found(named):
    (path, function) = NAMED.search(named).groups()
    assert not (ROOT / path).exists() or function not in functions_of(path)
