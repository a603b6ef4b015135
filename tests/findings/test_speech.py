"""Findings are said in Welsh as in English: whole sentences, nothing left over."""

import ast
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from survey.charts.heat import Heat
from survey.charts.placing import Row
from survey.charts.steps import Bars
from survey.findings import order, speech, words
from survey.findings.speech import say, say_many
from survey.maturity.profile import Withheld
from survey.operations.heat_map_reporting import HeatRow
from survey.questionnaire import speaking as spoken_language
from survey.questionnaire.model import STEP_NAMES
from survey.questionnaire.speaking import speaking
from tests.make_profile import shown

FOLDER = speech.CATALOGUES / "cy" / "LC_MESSAGES"
SURVEY = Path(speech.__file__).parents[1]
MARKED = {"say": 1, "say_many": 2, "noted": 1}
PLACES = re.compile(r"%\((\w+)\)s")


@pytest.fixture(autouse=True)
def welsh_is_offered(monkeypatch):
    """The catalogue is tried here whether or not reports are offered in it yet."""
    monkeypatch.setattr(spoken_language, "REPORT_LANGUAGES", ("en", "cy"))


@pytest.fixture(scope="module")
def catalogue():
    with (FOLDER / "findings.po").open("rb") as file:
        return read_po(file, locale="cy")


def marked():
    """What the code of findings and charts says."""
    for folder in ("findings", "charts"):
        for path in sorted((SURVEY / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    texts = node.args[: MARKED.get(node.func.id, 0)]
                    yield from (one.value for one in texts if isinstance(one, ast.Constant))


def test_everything_that_charts_and_findings_say_stands_in_the_catalogue(catalogue):
    known = set()
    for message in catalogue:
        known |= {message.id} if isinstance(message.id, str) else set(message.id)
    assert sorted(set(marked()) - known) == []


def test_a_translation_keeps_the_places_of_its_values(catalogue):
    for message in catalogue:
        ids, said = forms(message.id), forms(message.string)
        if all(said) and message.id:
            allowed = set(PLACES.findall(" ".join(ids)))
            assert set(PLACES.findall(" ".join(said))) == allowed, ids


def forms(text):
    return (text,) if isinstance(text, str) else text


def test_what_is_compiled_is_what_is_written(catalogue):
    with (FOLDER / "findings.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalogue:
        if isinstance(message.id, str) and message.id and message.string:
            assert compiled.gettext(message.id) == message.string


def test_welsh_numerals_take_the_singular():
    with speaking("cy"):
        said = [words.capabilities(number) for number in (0, 1, 2, 3, 6, 1200)]
    assert said == ["0 gallu", "1 gallu", "2 allu", "3 gallu", "6 gallu", "1,200 gallu"]


def test_a_number_takes_its_form_in_english():
    assert words.people(1) == "1 person"
    assert words.people(1200) == "1,200 people"
    assert words.how_many(2, "comment") == "2 comments"


def test_a_chart_is_in_the_language_that_is_spoken():
    rows = (Row("Dylunio", shown((5, 20, 9, 3, 1)), 4), Row("Data", Withheld("too-few")))
    chart = Bars("Digidol", rows, STEP_NAMES)
    assert chart.note == "Withheld, since too few people answered: Data."
    with speaking("cy"):
        assert chart.note == "Wedi’u hatal, gan i rhy ychydig o bobl ateb: Data."
        assert chart.measured_in.endswith("; 38 o bobl")
        assert "atal" in chart.description
        assert chart.table().columns[:2] == ("Enw", "Cam")


def test_a_heat_map_says_its_finding_in_welsh():
    low, high = shown((20, 10, 5, 0, 0)), shown((0, 0, 5, 10, 20))
    chart = Heat("D", (HeatRow("d", "Dylunio", low, (low, high)),), ("A", "B"), STEP_NAMES)
    with speaking("cy"):
        assert chart.finding == "Mae’r bwlch mwyaf rhwng unedau ar: Dylunio (2.86 cam)"


def test_orders_keep_their_english_names_for_pages_and_are_said_in_welsh():
    assert order.SORTS["gap"] == "Widest gap first"
    with speaking("cy"):
        assert say(order.SORTS["gap"]) == "Y bwlch mwyaf yn gyntaf"


def test_a_text_that_no_catalogue_knows_is_said_as_it_is():
    with speaking("cy"):
        assert say("No such text, %(name)s", name="Ann") == "No such text, Ann"
        assert say_many("%(number)s such", "%(number)s of such", 2) == "2 of such"


def test_another_language_is_refused():
    with pytest.raises(KeyError), speaking("de"):
        pass
