"""Councils at the edge: nobody answered, everything is withheld, units are twelve deep or five
thousand. Every page makes sense, and says why it has no figure."""

import re

import pytest

from survey.operations import reporting
from survey.operations.errors import Refused
from survey.questionnaire.model import Option, Question
from tests import make_stored as make
from tests.web import signed_in

DESIGN, SHARING = "digital/design", "data/sharing"
DEEP = {"anytown": None} | {
    f"level-{depth}": f"level-{depth - 1}" if depth else "anytown" for depth in range(12)
}
ALONE = {"anytown": None}
ODD = re.compile(r"\b(nan|inf|None|Undefined|Traceback)\b")


def question_with_one_option():
    only = Question("grade", "choice", "Your role?", options=(Option("all", "All of us"),))
    return make.questionnaire(about_you=(only,))


def council(stored, kind):
    """A closed wave of Anytown at one of the edges."""
    units = {"deep": DEEP, "alone": ALONE}.get(kind, make.UNITS)
    anytown = make.organisation(stored, units=units)
    one_option = kind == "one option"
    asked = question_with_one_option() if one_option else None
    wave = make.wave(stored, anytown, asked, invited=dict.fromkeys(units, 20))
    wave.breakdowns = ["grade"]
    lowest = list(units)[-1]
    if kind == "one answer":
        make.responses(stored, wave, lowest, [3])
    if kind == "don't know":
        unknown = {DESIGN: "dont-know", f"{DESIGN}:watch": "dont-know"}
        make.responses(stored, wave, lowest, [3] * 12, **unknown)
    if kind in ("deep", "alone"):
        make.responses(stored, wave, lowest, [1, 2, 3, 4, 5] * 4)
    if one_option:
        make.responses(stored, wave, lowest, [1, 2, 3, 4, 5] * 4, grade="all")
    if kind == "all withheld":
        for unit in ("adults", "parks"):
            make.responses(stored, wave, unit, [2, 3])
    make.close(stored, wave)
    return wave


KINDS = ("no answers", "one answer", "don't know", "alone", "deep", "one option", "all withheld")


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def lead(web_app, stored, kind):
    wave = council(stored, kind)
    anytown = stored.get(make.Organisation, wave.organisation_id)
    email = signed_in.account(stored, anytown, "lead")
    stored.commit()
    return signed_in.sign_in(web_app, email)


def pages_of(units):
    yield from ("", "/changes", "/priorities", "/comments", "/plan", "/breakdowns/grade")
    for capability in (DESIGN, SHARING):
        yield from (f"/capabilities/{capability}", f"/workings/{capability}")
    for unit in list(units)[1:][-2:]:
        yield from (f"/units/{unit}", f"/units/{unit}/changes", f"/units/{unit}/priorities")


def text_of(page):
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_every_page_of_a_council_at_the_edge_makes_sense(lead, kind):
    units = {"deep": DEEP, "alone": ALONE}.get(kind, make.UNITS)
    for address in pages_of(units):
        page = lead.open(f"/profiles/autumn{address}")
        assert page.status_code == 200, address
        assert lead.heading, address
        assert not ODD.search(text_of(page)), (address, ODD.search(text_of(page)))
        for picture in set(re.findall(r'<img src="([^"]+)"', page.text)):
            assert lead.client.get(picture.replace("&amp;", "&")).status_code == 200, picture


@pytest.mark.parametrize("kind", ["no answers", "one answer", "all withheld"], indirect=True)
def test_where_nothing_can_be_shown_the_overview_says_that_too_few_answered(lead):
    assert "too few people answered" in lead.open("/profiles/autumn").text
    assert not re.search(r"mean \d", text_of(lead.page))


@pytest.mark.parametrize("kind", ["don't know"], indirect=True)
def test_where_nobody_knows_that_is_what_the_page_says(lead):
    assert "no figure can be shown" in lead.open(f"/profiles/autumn/capabilities/{DESIGN}").text


@pytest.mark.parametrize("kind", ["deep"], indirect=True)
def test_a_unit_twelve_deep_has_its_page_and_its_place_in_the_tables(lead):
    lead.open("/profiles/autumn/units/level-11")
    assert "Level-11" in lead.heading
    assert "Level-11" in lead.open("/profiles/autumn").text


@pytest.mark.parametrize("kind", ["one option"], indirect=True)
def test_a_breakdown_with_one_option_has_nobody_to_be_compared_with(lead):
    page = text_of(lead.open("/profiles/autumn/breakdowns/grade"))
    assert "All of us" in page


def test_a_capability_asked_in_one_wave_only_has_a_past_that_says_so(web_app, stored):
    anytown = make.organisation(stored)
    for number, capabilities in enumerate(((SHARING,), (DESIGN, SHARING))):
        make.closed_wave(
            stored,
            {"parks": [1, 2, 3, 4] * 5},
            of=anytown,
            slug=f"wave-{number}",
            asked=make.questionnaire(capabilities),
            opened_at=make.NOON.replace(year=2024 + number),
        )
    email = signed_in.account(stored, anytown, "lead")
    stored.commit()
    lead = signed_in.sign_in(web_app, email)
    for address in ("changes", f"capabilities/{DESIGN}"):
        assert (
            "Not asked, or the unit was not there" in lead.open(f"/profiles/wave-1/{address}").text
        )
    assert lead.open(f"/profiles/wave-0/capabilities/{DESIGN}").status_code == 404


@pytest.mark.parametrize("step", ["0", "6", "-1", "2.5", "", "five"])
def test_a_target_out_of_range_is_refused_and_the_reason_stays(web_app, stored, step):
    wave = make.closed_wave(stored, {"parks": [1, 2, 3, 4] * 5})
    anytown = stored.get(make.Organisation, wave.organisation_id)
    email = signed_in.account(stored, anytown, "lead")
    stored.commit()
    lead = signed_in.sign_in(web_app, email)
    lead.open(f"/profiles/autumn/capabilities/{DESIGN}")
    page = lead.send({"step": step, "reason": "By May."}, to="#target")
    assert page.status_code == 422
    assert "Choose the step that you want to reach." in page.text
    assert "By May." in page.text


@pytest.mark.parametrize("step", [0, 6])
def test_no_command_sets_a_target_out_of_range_either(stored, step):
    anytown = make.organisation(stored)
    with pytest.raises(Refused):
        reporting.set_target(stored, anytown.id, DESIGN, step, "By May.")


def test_five_thousand_units_have_an_overview(web_app, stored):
    units = {"anytown": None} | {f"unit-{number:04}": "anytown" for number in range(5_000)}
    anytown = make.organisation(stored, units=units)
    wave = make.wave(stored, anytown, invited=dict.fromkeys(units, 1))
    make.responses(stored, wave, "unit-0042", [1, 2, 3, 4] * 5)
    make.close(stored, wave)
    email = signed_in.account(stored, anytown, "lead")
    stored.commit()
    lead = signed_in.sign_in(web_app, email)
    for address in ("", f"/capabilities/{DESIGN}", "/plan/new"):
        page = lead.open(f"/profiles/autumn{address}")
        assert page.status_code == 200, address
        assert "Unit-0042" in page.text
