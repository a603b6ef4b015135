"""Short forms and rare words: what is taken for jargon, and what is let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.everyday import FILE, is_everyday
from survey.questionnaire.wording import advise
from tests import make


def jargon(*texts, glossary=(), **changes):
    """What is remarked on as jargon in these questions."""
    asked = (make.question(f"q{n}", "number", text=text) for n, text in enumerate(texts))
    advice = advise(make.questionnaire(*asked, **changes), glossary=glossary)
    return [one.message.split("”")[0].strip("“") for one in advice if one.code == "jargon"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How many APIs are there?", ["APIs"]),
        ("How many are SaaS?", ["SaaS"]),
        ("How many need the DfE?", ["DfE"]),
        ("How many use HTML/CSS?", ["HTML", "CSS"]),
        ("Is interoperability tested?", ["interoperability"]),
        ("Interoperability is tested when?", ["interoperability"]),
        ("Are pre-idempotent calls made?", ["idempotent"]),
        ("Is the granularity’s effect known, or granularity?", ["granularity"]),
        ("Is it an API? Is the API old?", ["API"]),
        ("Is it an API or two APIs?", ["API"]),
        ("Is the CRM, and with it the ontology, old?", ["CRM", "ontology"]),
        ("Are the microservices small?", ["microservices"]),
    ],
)
def test_short_forms_and_rare_words_are_found_once(text, found):
    assert sorted(jargon(text, text)) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "Does HR in the UK see the PDF on a TV?",
        "How many are NOT tested, and in ALL cases?",
        "IS THIS A HEADING OF XYZ?",
        "How many use Kubernetes, or iPhone, or PowerPoint?",
        "How many read https://example.org/API/interoperability or write to api@CRM.example?",
        "Does the café open at naïve hours?",
        "How many timesheets, payslips, caseloads, rotas or potholes are there?",
        "How many were underspent, re-tendered, reskilled, redesigned or rehoused?",
        "Which is the riskiest, the commonest, the tidiest?",
        "Who prioritises, organises and analyses? Who prioritizes, organizes and analyzes?",
        "Is the colour of the programme’s centre right? Is the color of its center?",
        "They couldn’t and shouldn’t’ve: is that so?",
        "How many of 2,000 were done by 3pm on the 4th?",
        "Is it checked (for interoperability)?",
    ],
)
def test_plain_words_and_names_are_let_through(text):
    assert jargon(text) == []


@pytest.mark.parametrize(
    "explanation",
    [
        "an application programming interface (API)",
        "application programming interfaces (APIs)",
        "an API (a way in for other systems)",
        "API: a way in for other systems",
        "“API” means a way in for other systems",
        "API, short for application programming interface",
        "By API we mean a way in for other systems",
    ],
)
def test_what_is_explained_anywhere_is_known_everywhere(explanation):
    assert jargon("How many APIs are there?", introduction=f"Some words: {explanation}.") == []
    assert jargon("How many APIs are there?", "Is an API old?", introduction="Hello.") == ["APIs"]


def test_a_rare_word_is_explained_in_brackets():
    assert jargon("Is granularity (how fine it is) good? What granularity?") == []


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("CRM", "Is the CRM old?"),
        ("crm", "Are CRMs old?"),
        ("CRMs", "Is the CRM old?"),
        ("CRM – customer relationship management", "Is the CRM old?"),
        ("CRM: where calls are kept", "Is the CRM old?"),
        ("CRM (where calls are kept)", "Is the CRM old?"),
        ("taxonomies", "Is the interoperability taxonomy old?"),
        ("  Interoperability layer ", "Is interoperability tested?"),
        ("Interoperability", "Are interoperabilities tested?"),
        ("DevOps", "Is devops done?"),
    ],
)
def test_the_glossary_of_an_organisation_is_known(line, text):
    glossary = (line, "", "interoperability") if "taxonom" in line else (line, "")
    assert jargon(text, glossary=glossary) == []


@pytest.mark.parametrize(
    "glossary", [["Fire and Rescue"], ("fire and rescue", "CRM"), {"Fire and Rescue"}]
)
def test_a_name_of_the_glossary_is_one_thing(glossary):
    asked = make.questionnaire(make.question("q", "number", text="How many see fire and rescue?"))
    assert [one.code for one in advise(asked)] == ["double-barrelled"]
    assert advise(asked, glossary=glossary) == ()


def test_what_an_explanation_in_the_glossary_says_is_not_known_by_that():
    assert jargon("Is interoperability tested?", glossary=["API – for interoperability"])


def test_options_may_begin_with_names():
    options = (make.Option("a", "Llandudno"), make.Option("b", "At the gasworks, kanban"))
    asked = make.question("q", "choice", text="Where?", options=options)
    (advice,) = advise(make.questionnaire(asked))
    assert (advice.place, advice.level) == ("q.b", "note")
    assert "“kanban”" in advice.message


def test_the_list_of_everyday_words_is_sorted_plain_and_says_whence_it_comes():
    lines = FILE.read_text().splitlines()
    notes = [line for line in lines if line.startswith("#")]
    listed = lines[len(notes) :]
    assert "wordfreq 3.1.1" in " ".join(notes)
    assert "CC BY-SA 4.0" in " ".join(notes)
    assert "ShareAlike" in (FILE.parent / "LICENSE").read_text()
    assert listed == sorted(set(listed))
    assert all(word.isascii() and word.isalpha() and word.islower() for word in listed)
    assert 10_000 < len(listed) < 40_000


@pytest.mark.parametrize("word", ["the", "procurement", "organise", "organize", "colour", "color"])
def test_common_words_in_either_spelling_are_everyday_words(word):
    assert is_everyday(word)


LISTED = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]


@given(
    st.sampled_from([word for word in LISTED if len(word) > 2]),
    st.sampled_from(["", "s", "ed", "ing"]),
)
def test_a_common_word_is_an_everyday_word_with_plain_endings_too(word, ending):
    assert is_everyday(word + ending)
