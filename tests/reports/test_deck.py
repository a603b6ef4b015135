"""Slides: they say the figures of the pages, in charts that can be edited, and nothing withheld."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation

from survey.findings import sentences, words
from survey.maturity.profile import Shown
from survey.reports import deck
from survey.reports.contents import Brand
from tests.reports import make_contents as make
from tests.reports.office_files import BRAND, logo, made, texts

LONG = "Finding out what people need before anything is built for them " * 3


def slides_of(told, brand=BRAND, language="en"):
    return list(Presentation(io.BytesIO(made(deck, told, brand, language))).slides)


def charts_of(slides):
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def tables_of(slides):
    return [shape.table for slide in slides for shape in slide.shapes if shape.has_table]


def said_in(slides):
    """All words of slides and of their notes."""
    shapes = [
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    ]
    cells = [cell.text for table in tables_of(slides) for row in table.rows for cell in row.cells]
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    return "\n".join(shapes + cells + notes)


@pytest.fixture(scope="module")
def told():
    return make.contents()


@pytest.fixture(scope="module")
def file(told):
    return made(deck, told, Brand("Anytown", logo(), "image/png"))


@pytest.fixture(scope="module")
def slides(file):
    return list(Presentation(io.BytesIO(file)).slides)


def test_every_slide_has_a_title_of_its_own_which_is_read_first(slides):
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert all(titles)
    assert len(set(titles[1:])) == len(titles) - 1
    assert all(slide.shapes[0] == slide.shapes.title for slide in slides)


def test_a_deck_has_as_many_slides_as_a_meeting_can_take(slides):
    assert 12 <= len(slides) <= 25


@pytest.mark.parametrize(
    "names", [tuple(f"Capability {n}" for n in range(200)), ("User research",), ()]
)
def test_many_few_and_no_capabilities_make_a_deck(names):
    found = slides_of(make.contents(names, titles=tuple(f"Group {n}" for n in range(20))))
    assert 4 <= len(found) <= 25


def test_people_at_each_step_are_those_of_the_profile(told, slides):
    drawn = {
        name: tuple(series.values[place] for series in chart.plots[0].series)
        for chart in charts_of(slides)
        for place, name in enumerate(chart.plots[0].categories)
        if len(chart.plots[0].series) == 5
    }
    for one in told.profile.capabilities:
        assert drawn[one.name] == one.measure.counts


def test_means_and_targets_are_rounded_as_on_the_pages(told, slides):
    chart = next(
        one for one in charts_of(slides) if [s.name for s in one.plots[0].series][-1] == "Target"
    )
    means, targets = chart.plots[0].series
    known = {one.name: one for one in told.profile.capabilities}
    for name, mean, target in zip(
        chart.plots[0].categories, means.values, targets.values, strict=True
    ):
        assert f"{mean:.2f}" == words.fixed(known[name].measure.mean)
        assert target == known[name].target


def test_what_changed_shows_before_and_now(told, slides):
    chart = next(one for one in charts_of(slides) if one.plots[0].series[0].name == "Before")
    now = {one.name: one.measure.mean for one in told.profile.capabilities}
    for name, value in zip(chart.plots[0].categories, chart.plots[0].series[1].values, strict=True):
        assert f"{value:.2f}" == words.fixed(now[name])


def test_units_stand_beside_one_another_in_a_table_with_a_withheld_cell_as_a_dash(told, slides):
    table = next(one for one in tables_of(slides) if one.cell(0, 1).text == "Everybody")
    rows = {row.cells[0].text: [cell.text for cell in row.cells][2:] for row in table.rows}
    for row in told.heat.rows:
        assert rows[row.name] == [
            words.fixed(cell.mean, 1) if isinstance(cell, Shown) else "–" for cell in row.cells
        ]


def test_the_findings_are_those_of_the_pages(told, slides):
    said = said_in(slides)
    for finding in (
        sentences.headline(told.profile),
        sentences.participation(told.profile),
        sentences.change(told.changes),
        sentences.heat_map(told.heat),
        sentences.priorities(told.priorities),
    ):
        assert finding in said


def test_charts_can_be_edited_and_carry_their_numbers_in_a_sheet(file):
    parts = texts(file)
    charts = [said for name, said in parts.items() if name.startswith("ppt/charts/chart")]
    assert len(charts) > 6
    assert all("<c:barChart>" in said and "externalData" in said for said in charts)
    sheets = {name.split("/xl")[0] for name in parts if name.startswith("ppt/embeddings/")}
    assert len({name.split(".xlsx")[0] for name in sheets}) == len(charts)


def test_steps_are_drawn_in_colours_of_the_theme(file):
    stacked = [
        said for said in texts(file).values() if '<c:grouping val="percentStacked"/>' in said
    ]
    assert stacked
    for step in range(1, 6):
        assert all(f'schemeClr val="accent{step}"' in said for said in stacked)


def test_whoever_does_not_see_a_picture_is_told_what_it_shows(slides):
    drawn = [
        shape
        for slide in slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or shape.shape_type == 13
    ]
    assert drawn
    assert all(shape._element.xpath(".//p:cNvPr/@descr")[0] for shape in drawn)


def test_pages_have_speaker_notes(slides):
    assert all(slide.notes_slide.notes_text_frame.text for slide in slides)


def test_the_file_says_whose_it_is_and_in_which_language(file):
    known = Presentation(io.BytesIO(file)).core_properties
    assert (known.title, known.author, known.language) == ("Autumn 2026", "Anytown", "en-GB")
    parts = texts(file)
    assert 'lang="en-US"' not in "".join(parts.values())
    assert "Steve Canny" not in "".join(parts.values())


def test_in_welsh_all_is_said_in_welsh(told):
    file = made(deck, told, language="cy")
    said = said_in(Presentation(io.BytesIO(file)).slides)
    assert "Mewn un dudalen" in said
    assert "In one page" not in said
    assert 'lang="cy-GB"' in texts(file)["ppt/slides/slide2.xml"]
    assert "30 Medi 2026" in said


def test_what_is_withheld_is_named_with_its_reason_and_not_drawn():
    found = slides_of(make.contents(withheld=(1,)))
    drawn = {name for chart in charts_of(found) for name in chart.plots[0].categories}
    assert "Service design" not in drawn
    assert "Withheld: too few people answered (Service design)." in said_in(found)


def test_with_everything_withheld_there_is_no_chart_of_capabilities():
    found = slides_of(make.contents(withheld=range(4), units=()))
    assert charts_of(found) == []
    assert "too few people answered to show any figure" in said_in(found)


def test_long_names_of_any_script_fit_and_stay_apart():
    names = (LONG + "first", LONG + "second", "ניהול נתונים", "Wayfinding 🧭", "a\x00b\x0bc")
    told = make.contents(names, units=(LONG, "שירותים"), organisation=LONG)
    found = slides_of(told)
    for chart in charts_of(found):
        shown = list(chart.plots[0].categories)
        assert len(set(shown)) == len(shown)
        assert max(map(len, shown)) <= 80
    for slide in found:
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.height <= 5.1 * 914_400


def test_a_picture_that_is_none_is_left_out(told):
    found = slides_of(told, Brand("Anytown", b"\x89PNG\r\n\x1a\nbroken", "image/png"))
    assert not [one for one in found[0].shapes if one.shape_type == 13]
    found = slides_of(told, replace(BRAND, logo=b"<svg/>", logo_type="image/svg+xml"))
    assert not [one for one in found[0].shapes if one.shape_type == 13]


def test_whoever_waits_is_told_how_far_it_is(told):
    heard = []
    deck.make(told, BRAND, lambda done, of: heard.append((done, of)))
    assert heard[-1][0] == heard[-1][1]
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
