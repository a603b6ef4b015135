"""The catalogues of translations: nothing that staff pages say is missing, and what is shipped is
what was written."""

import io
import re
import subprocess
import sys
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from survey.config import ROOT
from survey.web.languages import CATALOGUES, ENGLISH, TRANSLATIONS

TRANSLATED = sorted(CATALOGUES.keys() - {ENGLISH})
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|</?\w+|href=\"[^\"]*\"")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What pages say now, found as `make translations` finds it."""
    file = tmp_path_factory.mktemp("found") / "messages.pot"
    recipe = (ROOT / "Makefile").read_text()
    options = re.search(r"pybabel -q extract (.*) --output-file=\S+ (\S+)$", recipe, re.M)
    subprocess.run(
        [
            Path(sys.executable).parent / "pybabel",
            *("-q", "extract", *options[1].split()),
            f"--output-file={file}",
            options[2],
        ],
        cwd=ROOT,
        check=True,
    )
    return {identity(one): one for one in read_po(io.BytesIO(file.read_bytes())) if one.id}


def identity(message):
    return message.context, message.id


def written(language):
    file = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    return read_po(io.BytesIO(file.read_bytes()), locale=language)


def texts(one):
    return one if isinstance(one, (tuple, list)) else (one,)


def test_there_is_a_catalogue_in_welsh():
    assert "cy" in TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_that_staff_pages_say_is_translated(found, language):
    kept = {identity(one): one for one in written(language) if one.id}
    assert len(found) > 150
    assert kept.keys() == found.keys(), "run `make translations`, then translate what is new"
    unsaid = [one.id for one in kept.values() if not all(texts(one.string)) or one.fuzzy]
    assert unsaid == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_plural_form_of_the_language_is_there(language):
    catalogue = written(language)
    several = [one for one in catalogue if one.pluralizable]
    assert several
    assert {len(one.string) for one in several} == {catalogue.num_plurals}
    forms = {"cy": [0, 1, 2, 3, 5, 4, 5]}  # CLDR: zero, one, two, few is 3, many is 6, other
    numbers = [0, 1, 2, 3, 4, 6, 10]
    chosen = c2py(catalogue.plural_expr)
    assert [chosen(number) for number in numbers] == forms[language]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_values_and_marks_up_alike(language):
    for one in written(language):
        if one.id:
            wanted = sorted(PLACEHOLDER.findall(texts(one.id)[-1]))
            for text in texts(one.string):
                assert sorted(PLACEHOLDER.findall(text)) == wanted, one.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_shipped_is_what_was_written(language):
    compiled = io.BytesIO()
    write_mo(compiled, written(language))
    shipped = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    assert shipped.read_bytes() == compiled.getvalue(), "run `make translations`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_line_numbers_make_noise(language):
    source = (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").read_text()
    assert not re.search(r"^#: .*:\d", source, re.M)
