"""A questionnaire's texts by key, and in another language."""

from dataclasses import replace

from hypothesis import given

from survey.questionnaire.model import STEP_NAMES
from survey.questionnaire.rating import pack
from survey.questionnaire.translate import in_language, missing, offered, texts
from tests import make
from tests.questionnaire.strategies import answered, questionnaires

SURVEY = make.expanded(
    {"capability": "digital/user-research", "depth": "practices"},
    {
        "id": "how",
        "kind": "choice",
        "text": "How?",
        "options": [{"id": "no", "text": "No"}, {"id": "yes", "text": "Yes"}],
    },
)


def in_welsh(questionnaire):
    """Every text of it with a Welsh one, which says of which it is."""
    welsh = {key: f"cy {text}" for key, text in texts(questionnaire).items()}
    return replace(questionnaire, translations={"cy": welsh})


def test_every_text_has_a_key():
    keyed = texts(SURVEY)
    assert keyed["title"] == "A survey"
    assert keyed["section.title"] == "A section"
    assert keyed["digital/user-research.steps.5"] == make.DESCRIPTORS[4]
    assert keyed["digital/user-research:observe.text"] == "We watch people use a service."
    assert keyed["how.no"] == "No"
    assert keyed["scale.1"] == "Explorer"
    assert keyed["capability:digital/user-research.name"] == "User research"
    assert "introduction" not in keyed  # there is none


@given(questionnaires())
def test_every_text_can_be_translated(questionnaire):
    translated = in_language(in_welsh(questionnaire), "cy")
    assert translated.language == "cy"
    assert texts(translated) == {key: f"cy {text}" for key, text in texts(questionnaire).items()}


@given(answered())
def test_an_answer_means_the_same_in_every_language(case):
    questionnaire, answers, _ = case
    translated = in_language(in_welsh(questionnaire), "cy")
    assert [q.id for q in translated.questions] == [q.id for q in questionnaire.questions]
    assert pack(translated, answers) == pack(questionnaire, answers)


def test_what_has_no_translation_is_shown_in_the_main_language_and_reported():
    partly = replace(SURVEY, translations={"cy": {"title": "Arolwg", "how.no": "Na"}})
    translated = in_language(partly, "cy")
    assert translated.title == "Arolwg"
    assert [option.text for option in translated.questions[-1].options] == ["Na", "Yes"]
    untranslated = missing(partly, "cy")
    assert "how.yes" in untranslated
    assert "how.no" not in untranslated
    assert len(untranslated) == len(texts(partly)) - 2 - len(STEP_NAMES)


def test_the_usual_names_of_the_steps_are_known_in_welsh():
    partly = replace(SURVEY, translations={"cy": {"scale.5": "Patrwm"}, "fr": {}})
    welsh = in_language(partly, "cy").scale
    assert welsh == ("Archwiliwr", "Galluogwr", "Gwreiddiedig", "Arbenigwr", "Patrwm")
    assert not any(key.startswith("scale.") for key in missing(partly, "cy"))
    assert in_language(partly, "fr").scale == STEP_NAMES
    assert "scale.1" in missing(partly, "fr")


def test_other_names_of_the_steps_are_for_the_author_to_translate():
    own = replace(SURVEY, scale=tuple("abcde"), translations={"cy": {"scale.1": "â"}})
    assert in_language(own, "cy").scale == ("â", "b", "c", "d", "e")
    missed = [key for key in missing(own, "cy") if key.startswith("scale.")]
    assert missed == ["scale.2", "scale.3", "scale.4", "scale.5"]


def test_a_questionnaire_written_in_welsh_has_the_usual_names_in_welsh():
    written = make.expanded({"capability": "digital/user-research"}, language="cy")
    assert written.scale[0] == "Archwiliwr"
    english = replace(written, translations={"en-GB": {}})
    assert in_language(english, "en-GB").scale == STEP_NAMES


def test_what_is_offered_has_the_main_language_first_and_is_never_empty():
    spoken = replace(SURVEY, translations={"cy": {}, "fr": {}})
    assert offered(spoken, ["fr", "en", "de"]) == ("en", "fr")
    assert offered(spoken, ["cy"]) == ("cy",)
    assert offered(spoken, ["de"]) == ("en",)


def test_the_main_language_and_an_unknown_one_change_nothing():
    assert in_language(SURVEY, "en") is SURVEY
    assert in_language(SURVEY, "fr") is SURVEY
    assert missing(SURVEY, "en") == ()


def test_groups_take_their_titles_from_the_sections():
    translated = in_language(in_welsh(SURVEY), "cy")
    assert translated.groups[0].title == "cy A section"
