"""There is no way out for a figure but the disclosure module."""

import ast
from pathlib import Path

import survey

ROOT = Path(survey.__file__).parent
DISCLOSURE = "maturity/disclosure.py"
MAKES_FIGURES = ("survey.maturity.profile", "measure")
HOLDS_COUNTS = ("survey.storage.tallies", "survey.maturity.tally", "survey.storage.responses")
MAY_SPEAK_OF_ANSWERS = ("operations/", "maturity/", "storage/")


def modules():
    for file in ROOT.rglob("*.py"):
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text())


def imports(tree):
    """Module and name of everything that is imported from somewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module, alias.name) for alias in node.names)
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def calls(tree):
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def test_only_the_disclosure_module_makes_figures_of_counts():
    making = {name for name, tree in modules() if MAKES_FIGURES in set(imports(tree))}
    assert making == {DISCLOSURE}


def test_a_figure_that_is_shown_is_made_in_one_place():
    assert {name for name, tree in modules() if "Shown" in calls(tree)} == {"maturity/profile.py"}


def test_nobody_takes_the_whole_module_of_figures():
    taking = {
        name
        for name, tree in modules()
        for module, what in imports(tree)
        if (module, what) in (("survey.maturity", "profile"), (MAKES_FIGURES[0], ""))
    }
    assert taking == set()


def test_pages_commands_and_mail_never_see_counts_or_answers():
    """They are above the operations, which give them `Shown` or `Withheld`."""
    seeing = {
        (name, module)
        for name, tree in modules()
        if not name.startswith(MAY_SPEAK_OF_ANSWERS) and name != "database.py"
        for module, what in imports(tree)
        if module in HOLDS_COUNTS or f"{module}.{what}" in HOLDS_COUNTS
    }
    assert seeing == set()
