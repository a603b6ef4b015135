"""The paper form: what stands on it, and that nothing an author writes breaks it."""

import re

import pytest

from survey.exchange.answer_words import WELSH, AnswerWords
from survey.exchange.markdown_blocks import markdown_blocks
from survey.exchange.paper import to_paper
from survey.exchange.paper_form import paper_form
from survey.exchange.paper_words import PaperWords, paper_words
from survey.exchange.typesetting import FONTS
from survey.questionnaire.model import Option
from survey.questionnaire.translate import in_language
from tests.exchange.examples import GOOD, READY_MADE, example
from tests.make import options, question, questionnaire, section

ENGLISH = PaperWords()


def form(of, words=ENGLISH):
    return paper_form(of, words)


def asked(of, words=ENGLISH):
    """What stands for each question, in order."""
    return [
        one
        for part in form(of, words)["sections"]
        for parts in part["parts"]
        for one in parts["questions"]
    ]


def instructions(of, words=ENGLISH):
    return [parts["instruction"] for part in form(of, words)["sections"] for parts in part["parts"]]


@pytest.mark.parametrize("name", [*GOOD, *READY_MADE])
def test_it_is_a_pdf_that_claims_to_be_accessible(name):
    pdf = to_paper(example(name), example(name).language)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf


def test_the_same_form_has_the_same_bytes():
    assert to_paper(example("quick-check"), "cy") == to_paper(example("quick-check"), "cy")


def test_it_is_in_the_language_that_is_asked_for():
    english, welsh = (to_paper(example("quick-check"), code) for code in ("en", "cy"))
    assert b"Gwiriad digidol cyflym" in welsh
    assert b"Digital quick check" in english
    assert (b"<rdf:li>cy</rdf:li>" in welsh, b"<rdf:li>cy</rdf:li>" in english) == (True, False)
    assert to_paper(example("quick-check"), "fr") == english


def test_questions_are_numbered_throughout_those_about_the_person_first():
    made = questionnaire(
        section(question("a"), question("b")),
        section(question("c"), id="two"),
        about_you=(question("who", "choice", text="Who?"),),
    )
    assert [one["title"] for one in form(made)["sections"]] == ["About you", *["A section"] * 2]
    assert [one["number"] for one in asked(made)] == ["1", "2", "3", "4"]
    assert asked(made)[0]["text"] == "Who?"


def test_steps_stand_with_their_names():
    (ladder,) = asked(example("scale"))
    assert ladder["names"] == ["1 Start", "2 Begin", "3 Grow", "4 Lead", "5 Shine"]
    assert ladder["choices"][0] == "Nobody is asked."


def test_every_question_says_how_it_can_be_left_unanswered():
    made = questionnaire(
        question("a", not_applicable=True),
        question("b", "checklist"),
        question("c", "text"),
        about_you=(question("who", "choice"),),
    )
    assert [one["instead"] for one in asked(made)] == [
        ["Prefer not to say"],
        ["I don’t know", "Doesn’t apply here"],
        ["None of these", "I don’t know"],
        [],
    ]


def test_a_question_says_how_it_is_answered():
    made = questionnaire(
        question("a", "checklist"), question("b", "number", minimum=0, maximum=10), question("c")
    )
    assert [one["how"] for one in asked(made)] == [
        "Tick all that are true.",
        "A number from 0 to 10.",
        "",
    ]


def test_modules_are_marked():
    notes = [one["note"] for one in form(example("modules"))["sections"]]
    assert notes == [ENGLISH.module, ENGLISH.module, ""]


def test_a_condition_says_who_answers_and_where_the_others_go_on():
    low = {"question": "a", "at_most": 2}
    made = questionnaire(
        question("a"),
        question("b", "text", condition=low),
        question("c", "text", condition=low),
        question("d"),
        question("e", condition={"question": "d", "answered": False}),
    )
    assert instructions(made) == [
        "",
        "Answer questions 2 to 3 only if you answered “1 Explorer” or “2 Enabler” to question 1."
        " Otherwise go to question 4.",
        "",
        "Answer question 5 only if you did not answer question 4."
        " Otherwise go to the end of the form.",
    ]


def test_a_condition_is_said_in_welsh():
    welsh = in_language(example("quick-check"), "cy")
    (said,) = filter(None, instructions(welsh, paper_words("cy")))
    assert said == (
        "Atebwch gwestiwn 9 dim ond os mai “1 Archwiliwr” neu “2 Galluogwr” oedd eich ateb i"
        " gwestiwn 2 neu (os mai 2 neu lai oedd eich ateb i gwestiwn 8 ac os nad “Rwy’n arwain"
        " gwasanaeth neu’r sefydliad” oedd eich ateb i gwestiwn 1). Fel arall, ewch i gwestiwn 10."
    )


def test_phrases_can_be_given():
    made = questionnaire(section(question("a"), module=True))
    words = PaperWords(module="If asked.", answers=AnswerWords(dont_know="?"))
    assert form(made, words)["sections"][0]["note"] == "If asked."
    assert asked(made, words)[0]["instead"] == ["?"]
    assert to_paper(made, "en", words) != to_paper(made, "en")


def test_welsh_words_say_as_much_as_english_ones():
    for mine, theirs in ((ENGLISH, paper_words("cy")), (ENGLISH.answers, WELSH)):
        for name in mine.__slots__:
            one, other = getattr(mine, name), getattr(theirs, name)
            assert type(one) is type(other)
            assert re.findall(r"\{\w+\}", str(one)) == re.findall(r"\{\w+\}", str(other)), name


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One **bold** _word_.", [("paragraph", 0, "One |bold*| |word_|.")]),
        ("- a\n- b\n  - c", [("bullet", 1, "a"), ("bullet", 1, "b"), ("bullet", 2, "c")]),
        ("3. a\n4. b", [("number 3", 1, "a"), ("number 4", 1, "b")]),
        ("- a\n\n  more", [("bullet", 1, "a"), ("paragraph", 1, "more")]),
        ("# Head", [("heading", 0, "Head")]),
        ("<b>x</b>", [("paragraph", 0, "<b>x</b>")]),
        ("[here](https://a.example)", [("paragraph", 0, "here| (https://a.example)")]),
        ("<https://a.example>", [("paragraph", 0, "https://a.example")]),
        ("[x](javascript:alert)", [("paragraph", 0, "[x](javascript:alert)")]),
        ("![a picture](x.png)", [("paragraph", 0, "a picture")]),
        ("one\ntwo  \nthree", [("paragraph", 0, "one| |two|\n|three")]),
        ("    code", [("paragraph", 0, "code\n")]),
        ("", []),
    ],
)
def test_markdown_becomes_blocks(markdown, expected):
    def shown(piece):
        return piece["text"] + "*" * piece["bold"] + "_" * piece["italic"]

    assert [
        (
            f"{one['kind']} {one['number']}" if "number" in one else one["kind"],
            one["level"],
            "|".join(map(shown, one["pieces"])),
        )
        for one in markdown_blocks(markdown)
    ] == expected


CODE = '#panic() #set page(width: 1mm) $ *b* _i_ `r` @ref <label> \\u{1} // /* [x] {y} "q" ~ ---'
UNBROKEN = "x" * 200


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        UNBROKEN,
        "مرحبا بالعالم שלום",
        "😀 👩‍🚀 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "例え 中文 한국어",
        "ŵ ŷ Ŵ Ŷ “ ” ’ – …",
        "é\u0951 \ue000 \U0010fffd \ufdd0",
        "a\u202eb\u200dc\u2028d\tz",
    ],
)
def test_no_text_breaks_it(text):
    made = questionnaire(
        section(
            question("a", text=text, hint=text, steps=(text,) * 5),
            question("b", "choice", options=(Option("x", text), Option("y", "Y"))),
            question("c", "text", condition={"question": "b", "is": "x"}),
            title=text,
            introduction=text,
        ),
        title=text,
        introduction=f"- {text}\n- **{text}**",
        scale=(text[:40],) * 5,
    )
    assert to_paper(made, "en").startswith(b"%PDF-1.7")


def test_a_character_that_no_font_has_does_not_cost_accessibility():
    made = questionnaire(question("q", "text", text="Well \U0010fffd done"))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in to_paper(made, "en")


@pytest.mark.parametrize("language", ["ar", "zh-Hant-TW", "en-GB", "aa"])
def test_it_is_set_in_any_language_that_a_questionnaire_may_have(language):
    made = questionnaire(question("q"), language=language)
    assert f"<rdf:li>{language.partition('-')[0]}".encode() in to_paper(made, language)
    assert form(made)["right_to_left"] is (language == "ar")


def test_what_cannot_fit_on_a_page_is_divided():
    many = tuple(Option(f"o{place}", f"Option {place}") for place in range(100))
    made = questionnaire(
        question("a", "choice", options=many),
        question("b", steps=("long " * 100,) * 5, text="long " * 200),
        question("c", "choice", options=options(1, 2)),
    )
    assert [one["may_break"] for one in asked(made)] == [True, True, False]
    assert to_paper(made, "en").startswith(b"%PDF")


def test_the_fonts_may_be_given_away_and_are_small():
    fonts = sorted(FONTS.glob("*.ttf"))
    assert [font.stem.rpartition("-")[2] for font in fonts] == ["Bold", "Italic", "Regular"]
    assert sum(font.stat().st_size for font in fonts) < 400_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text().upper()
