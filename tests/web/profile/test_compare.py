"""Up to four units side by side, for whoever may see them."""

import re

from tests.web.profile.test_pages import OVERVIEW, row_of, said

COMPARE = f"{OVERVIEW}/compare"


def test_units_are_chosen_from_lists(lead):
    page = lead.get(COMPARE)
    assert page.text.count('name="unit"') == 4
    assert "Compare units" in said(page)
    assert 'href="' + COMPARE + '"' in lead.get(OVERVIEW).text


def test_each_unit_stands_beside_the_whole_with_what_may_be_seen_of_it(lead):
    page = lead.get(f"{COMPARE}?unit=adults&unit=places&unit=&unit=")
    assert page.text.count("selected>") == 4
    assert row_of(page, "Adults")[4] == "8"
    assert row_of(page, "Places")[4] == "8"
    assert "Adults stands 0.25 of a step above Places on Sharing" in said(page)


def test_a_unit_of_too_few_says_why_there_is_no_figure(lead):
    page = lead.get("/profiles/quiet/compare?unit=parks&unit=adults")
    rows = re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL)
    assert sum("Withheld: too few people answered" in row for row in rows) == 6


def test_five_units_are_refused(lead):
    address = COMPARE + "?" + "&".join(f"unit=u{number}" for number in range(5))
    answer = lead.get(address)
    assert answer.status_code == 422
    assert "Choose 4 or fewer to compare." in said(answer)


def test_who_may_see_a_unit_alone_compares_no_other(sign_in):
    client = sign_in("adults")
    assert client.get(f"{COMPARE}?unit=parks").status_code == 404
    page = client.get(COMPARE)
    assert page.status_code == 200
    assert "Parks" not in page.text
    assert "Adults has no units below it" in said(page)


def test_others_do_not_learn_that_it_is_there(sign_in, lead):
    assert sign_in("author").get(COMPARE).status_code == 404
    assert sign_in("stranger", "elsewhere").get(COMPARE).status_code == 404
    assert lead.get("/profiles/spring/compare").status_code == 404
