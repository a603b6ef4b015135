"""The first screen: where we are, where we disagree, what changed, what to do first."""

import re

from tests.web.profile.test_pages import OVERVIEW, said

QUESTIONS = ["Where are we?", "Where do we disagree?", "What changed?", "What should we do first?"]


def tiles(page):
    """Each question of the first screen, with what stands beneath it."""
    whole = re.search(r'<ul class="glances".*?</ul>\s*(?=<|$)(?!</li>)', page.text, re.DOTALL)
    assert whole
    found = re.split(r'<li class="glance">', page.text)[1:]
    texts = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]
    return dict(zip(QUESTIONS, texts, strict=True))


def test_four_questions_are_answered_before_anything_else(lead):
    page = lead.get(OVERVIEW)
    found = tiles(page)
    assert all(text.startswith(question) for question, text in found.items())
    assert page.text.index('class="glances"') < page.text.index("<figure")
    assert "Design is furthest on" in found[QUESTIONS[0]]
    assert "Begin with Design" in found[QUESTIONS[3]]
    assert "Design 1.00 below 4 Expert" in found[QUESTIONS[3]]


def test_each_question_leads_to_its_page(lead):
    page = lead.get(OVERVIEW).text
    start = page.index('class="glances"')
    tops = page[start : page.index('id="strengths-and-gaps"')]
    for address in ("#capabilities", f"{OVERVIEW}/units", f"{OVERVIEW}/priorities"):
        assert f'href="{address}"' in tops


def test_of_a_unit_they_lead_to_the_pages_of_the_unit(lead):
    page = lead.get(f"{OVERVIEW}/units/adults").text
    assert f'href="{OVERVIEW}/units/adults/priorities"' in page


def test_a_first_wave_has_nothing_to_compare_with(lead):
    assert "This is the first wave" in tiles(lead.get(OVERVIEW))[QUESTIONS[2]]


def test_where_too_few_answered_no_figure_is_said(lead):
    found = tiles(lead.get("/profiles/quiet"))
    assert "No figure can be shown" in found[QUESTIONS[0]]
    assert "Too few people answered to say what to do first" in found[QUESTIONS[3]]
    assert "On no capability are views far apart" in found[QUESTIONS[1]]


def test_strengths_and_gaps_are_listed(lead):
    page = said(lead.get(OVERVIEW))
    assert "Strengths and gaps Furthest on" in page
    assert "Design 1.00 step below the target" in page
