"""Leads read their profile; nobody reads another's, and nothing withheld is to be read."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from survey.database import db, session_scope
from survey.storage.organisations import Organisation
from tests.make_stored import wave

DESIGN = "digital/design"
OVERVIEW = "/profiles/autumn"
CAPABILITY = f"/profiles/autumn/capabilities/{DESIGN}"
BREAKDOWN = f"{OVERVIEW}/breakdowns/grade"
CHANGES = "/profiles/quiet/changes"
PAGES = ["/profiles/", OVERVIEW, f"{OVERVIEW}/units/adults", CAPABILITY, BREAKDOWN, CHANGES]
PAGES += [f"{OVERVIEW}/priorities", f"{OVERVIEW}/units/adults/priorities"]
CHARTS = [
    f"{OVERVIEW}/charts/steps.svg",
    f"{OVERVIEW}/charts/steps.json",
    f"{OVERVIEW}/charts/steps.svg?unit=adults",
    f"{OVERVIEW}/charts/distribution.json?capability={DESIGN}",
    f"{OVERVIEW}/charts/groups.1.svg?by=grade",
    "/profiles/quiet/charts/change.1.svg?unit=adults",
    f"{OVERVIEW}/charts/groups.1.json?capability={DESIGN}",
]


def said(response):
    """What a page says, tags aside."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def row_of(response, name):
    """The cells of the row of a table that is headed so, not of the numbers of a chart."""
    page = re.sub(
        r'<details class="govuk-details chart__.*?</details>', "", response.text, flags=re.S
    )
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    for row in rows:
        cells = [
            " ".join(re.sub(r"<[^>]+>", "", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        if cells and cells[0].split(" How?")[0] == name:
            return cells
    raise AssertionError(f"no row {name}")


def test_the_overview_says_its_finding_first(lead):
    page = lead.get(OVERVIEW)
    assert page.status_code == 200
    assert "<h1" in page.text
    assert "Anytown is mostly Embedded: 2 of 2 capabilities" in said(page)
    assert "16 of 40 people answered (40%)" in said(page)
    assert "at least 5 people" in said(page)


def test_every_number_is_in_a_table(lead):
    row = row_of(lead.get(OVERVIEW), "Design")
    assert row[1] == "3 Embedded"
    assert row[6] == "16"
    assert row[7:12] == ["2", "3", "6", "3", "2"]
    assert row[14] == "4 Expert"
    assert row[15] == "1.00"


@pytest.mark.parametrize("sort", ["map", "step", "gap", "agreement", "no-such-order"])
def test_capabilities_come_in_the_order_asked_for(lead, sort):
    page = lead.get(f"{OVERVIEW}?sort={sort}")
    assert page.status_code == 200
    assert page.text.count('aria-current="true"') == 1


def test_the_widest_gap_comes_first_where_asked(lead):
    page = lead.get(f"{OVERVIEW}?sort=gap").text
    table = page[page.index('id="numbers"') :]
    assert table.index("Design") < table.index("Sharing")


def test_groups_stand_side_by_side(lead):
    page = lead.get(BREAKDOWN)
    assert "No group sees it clearly differently" in said(page)
    assert row_of(page, "A Front line")[2:5] == ["3.12", "2.38 to 3.81", "8"]
    assert row_of(page, "B Manager")[4] == "8"
    assert "grade" in lead.get(OVERVIEW).text
    assert row_of(lead.get(CAPABILITY), "Manager")[6] == "8"


def test_what_to_do_first_is_said_with_its_factors(lead):
    page = lead.get(f"{OVERVIEW}/priorities")
    assert "Begin with Design" in said(page)
    assert row_of(page, "Design")[1:] == ["3 Embedded", "4 Expert", "1.00", "5.00", "69%", "1.00"]
    assert "Design at step 4." in said(page)
    assert "No target yet Sharing" in said(page)


def test_there_is_no_order_of_work_before_the_wave_closes(lead):
    assert lead.get("/profiles/spring/priorities").status_code == 404
    assert "Too few people answered" in said(lead.get("/profiles/quiet/priorities"))


def test_waves_stand_side_by_side(lead):
    page = lead.get(f"{OVERVIEW}/changes")
    assert "is the first wave" in said(page)
    assert lead.get("/profiles/spring/changes").status_code == 404
    assert "/profiles/autumn/changes" not in lead.get(OVERVIEW).text


def test_what_is_withheld_in_a_wave_has_no_number_beside_others(lead):
    page = lead.get(CHANGES)
    assert "No capability can be compared with a wave before" in said(page)
    assert row_of(page, "B Quiet")[1] == "Withheld: too few people answered"


def test_who_may_see_a_unit_alone_sees_no_other_changes(sign_in):
    client = sign_in("adults")
    assert client.get("/profiles/quiet/units/parks/changes").status_code == 404
    assert client.get("/profiles/quiet/charts/change.1.svg?unit=parks").status_code == 404
    assert "Adults" in client.get(CHANGES).text


@pytest.mark.parametrize("question", ["no-such-question", "digital/design"])
def test_a_profile_is_split_only_by_what_was_promised(lead, question):
    assert lead.get(f"{OVERVIEW}/breakdowns/{question}").status_code == 404
    assert lead.get(f"{OVERVIEW}/charts/groups.1.svg?by={question}").status_code == 404


def test_a_wave_that_is_open_is_not_split(lead):
    assert lead.get("/profiles/spring/breakdowns/grade").status_code == 404


def test_who_may_see_a_unit_alone_sees_no_groups(sign_in):
    client = sign_in("adults")
    assert client.get(BREAKDOWN).status_code == 404
    assert client.get(f"{OVERVIEW}/charts/groups.1.svg?by=grade").status_code == 404
    assert "breakdowns" not in client.get(OVERVIEW).text


def test_a_unit_stands_beside_the_organisation(lead):
    page = lead.get(f"{OVERVIEW}/units/adults")
    assert "Adults is mostly" in said(page)
    row = row_of(page, "Design")
    assert row[6] == "8"
    assert row[-1] == "3.00"


def test_a_figure_of_too_few_is_said_to_be_withheld_and_leaves_no_number(lead):
    page = lead.get(CAPABILITY)
    hidden = [
        row for row in re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL) if "Withheld" in row
    ]
    assert hidden
    for row in hidden:
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        assert not any(re.search(r"\d", cell) for cell in cells)


@pytest.mark.parametrize("slug", ["anytown", "adults", "places", "parks"])
def test_every_unit_has_a_page_whatever_may_be_shown_of_it(lead, slug):
    assert lead.get(f"{OVERVIEW}/units/{slug}").status_code == 200


def test_a_wave_that_too_few_answered_says_so_and_shows_nothing(lead):
    page = lead.get("/profiles/quiet")
    assert "Anytown: too few people answered to show any figure" in said(page)
    assert "Withheld: 2 capabilities." in said(page)
    assert "steps.svg" not in page.text
    capability = lead.get(f"/profiles/quiet/capabilities/{DESIGN}")
    assert "Design: no figure can be shown" in said(capability)
    assert "Withheld: too few people answered." in said(capability)


def test_units_are_listed_as_a_tree_is_read(lead):
    page = lead.get(OVERVIEW).text
    table = page[page.index('id="units"') :]
    assert table.index("Adults") < table.index("Places") < table.index("Parks")


def test_a_capability_shows_where_it_is_and_what_comes_next(lead):
    page = said(lead.get(CAPABILITY))
    assert "Now: 3 Embedded Design at step 3." in page
    assert "Next: 4 Expert Design at step 4." in page
    assert "We do." in page
    assert "Importance: mean 5.00 of 5" in page
    assert "Agreed in May." in page


def test_an_open_wave_shows_participation_and_no_figure(lead):
    page = lead.get("/profiles/spring")
    assert page.status_code == 200
    assert "Spring is open: figures come when it closes" in said(page)
    assert "<img" not in page.text
    assert lead.get("/profiles/spring/charts/steps.svg").status_code == 404
    assert lead.get(f"/profiles/spring/capabilities/{DESIGN}").status_code == 404


@pytest.mark.parametrize("page", PAGES + CHARTS)
def test_nobody_reads_without_signing_in(sign_in, page):
    assert sign_in().get(page).status_code in (302, 303, 401)


@pytest.mark.parametrize("page", PAGES[1:] + CHARTS)
def test_others_do_not_learn_that_a_profile_is_there(sign_in, page):
    assert sign_in("stranger", "elsewhere").get(page).status_code == 404
    assert sign_in("author").get(page).status_code == 404


def test_a_lead_of_a_unit_sees_that_unit_and_no_other(sign_in):
    client = sign_in("adults")
    own = client.get(OVERVIEW)
    assert "Adults is mostly" in said(own)
    assert client.get(f"{OVERVIEW}/units/adults").status_code == 200
    assert "Mean of the whole organisation" not in client.get(f"{OVERVIEW}/units/adults").text
    for slug in ("anytown", "places", "parks", "no-such-unit"):
        assert client.get(f"{OVERVIEW}/units/{slug}").status_code == 404
        assert client.get(f"{OVERVIEW}/charts/steps.svg?unit={slug}").status_code == 404


def test_the_index_lists_waves_with_their_state(lead, sign_in):
    page = said(lead.get("/profiles/"))
    assert "Autumn : closed" in page
    assert "Spring : open now" in page
    assert "Autumn" not in said(sign_in("author").get("/profiles/"))


@pytest.mark.parametrize(
    "address",
    [
        "/profiles/no-such-wave",
        f"{OVERVIEW}/units/no-such-unit",
        f"{OVERVIEW}/capabilities/digital/no-such",
        f"{OVERVIEW}/charts/no-such.svg",
        f"{OVERVIEW}/charts/steps.svg?capability=digital/no-such",
    ],
)
def test_what_is_not_there_is_not_found(lead, address):
    assert lead.get(address).status_code == 404


def test_the_overview_of_a_first_wave_asks_the_database_five_times_at_most(app, lead):
    lead.get(OVERVIEW)  # the version is read once and kept
    asked = []
    with app.app_context():
        engine = db.session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    lead.get(OVERVIEW)
    assert 1 <= len(asked) <= 5


def test_a_lead_sets_a_target_with_its_reason(lead):
    answer = lead.post(CAPABILITY, data={"step": "5", "reason": "We <b>must</b>."})
    assert answer.status_code == 303
    assert "We &lt;b&gt;must&lt;/b&gt;." in lead.get(CAPABILITY).text
    lead.post(CAPABILITY, data={"step": "4", "reason": "Agreed in May."})


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"reason": "Because."}, "Choose the step that you want to reach."),
        ({"step": "6", "reason": "Because."}, "Choose the step that you want to reach."),
        ({"step": "x", "reason": "Because."}, "Choose the step that you want to reach."),
        ({"step": "3", "reason": "  "}, "Say in a sentence why"),
        ({"step": "3", "reason": "Why " * 300}, "Shorten the reason"),
    ],
)
def test_a_target_that_will_not_do_is_explained_and_what_was_typed_is_kept(lead, form, complaint):
    answer = lead.post(CAPABILITY, data=form)
    assert answer.status_code == 422
    assert complaint in said(answer)
    assert "govuk-error-summary" in answer.text
    assert form["reason"].strip() in answer.text
    assert "Agreed in May." in said(lead.get(CAPABILITY))


@pytest.mark.parametrize("who", ["viewer", "adults"])
def test_who_may_not_set_targets_is_not_offered_it(sign_in, who):
    client = sign_in(who)
    assert "<textarea" not in client.get(CAPABILITY).text
    assert client.post(CAPABILITY, data={"step": "5", "reason": "Mine."}).status_code == 404


def test_a_chart_is_found_again_by_what_it_shows(lead):
    first = lead.get(f"{OVERVIEW}/charts/steps.svg")
    assert first.mimetype == "image/svg+xml"
    assert first.data.startswith(b"<svg")
    assert "private" in first.headers["Cache-Control"]
    again = lead.get(
        f"{OVERVIEW}/charts/steps.svg", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""


@pytest.mark.parametrize(
    "address", [OVERVIEW, f"{OVERVIEW}?sort=step", f"{OVERVIEW}/units/adults", CAPABILITY]
)
def test_every_image_of_a_page_is_drawn_for_each_screen_and_light(lead, address):
    page = lead.get(address).text
    images = set(re.findall(r'(?:src|srcset)="(/profiles/[^"]+)"', page))
    assert len(images) >= 8
    for image in images:
        drawn = lead.get(image.replace("&amp;", "&"))
        assert drawn.status_code == 200, image
        assert drawn.data.startswith(b"<svg")


def test_the_specification_of_a_chart_holds_no_figure_that_is_withheld(lead):
    values = lead.get(f"/profiles/quiet/charts/units.json?capability={DESIGN}").get_json()
    told = [row for layer in values["layer"] for row in layer["data"]["values"]]
    hidden = {row["text"] for row in told if str(row.get("text", "")).startswith("Withheld")}
    assert hidden
    assert all(set(row) <= {"text", "y"} for row in told if row.get("text") in hidden)


def test_a_chart_that_cannot_be_drawn_is_unavailable_and_its_page_is_not(lead, app, monkeypatch):
    class Broken:
        def draw(self, specification):
            from survey.charts.drawing import NotDrawn

            raise NotDrawn("out of ink")

    monkeypatch.setattr(app.extensions["drawings"], "draughtsman", Broken())
    assert lead.get(f"{OVERVIEW}/charts/steps.svg").status_code == 503
    assert lead.get(OVERVIEW).status_code == 200


def test_the_step_that_goes_with_how_much_it_matters_is_offered(lead):
    page = said(lead.get(CAPABILITY))
    assert "it matters at least 5 of 5: 5 Exemplar would go with that" in page
    assert "would go with that" not in said(lead.get(CAPABILITY.replace("autumn", "quiet")))


def test_a_wave_that_has_not_opened_has_a_page_that_says_so(database, lead):
    with session_scope(database) as session:
        wave(
            session,
            session.query(Organisation).filter_by(slug="anytown").one(),
            slug="later",
            name="Later",
            state="prepared",
            opened_at=None,
        )
        session.commit()
    page = lead.get("/profiles/later")
    assert page.status_code == 200
    assert "Later has not opened yet" in said(page)
