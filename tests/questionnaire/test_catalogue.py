"""A questionnaire's texts with their translations: as rows, joined with a file, written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire import catalogue as made
from survey.questionnaire.catalogue import catalogue_of_file, catalogue_of_version, digest, noted
from survey.questionnaire.catalogue_joining import Brought, fault_of, join, language_fault
from survey.questionnaire.catalogue_text import with_translations, without_language
from survey.questionnaire.check import check
from survey.questionnaire.source import read
from survey.questionnaire.translate import in_language, texts
from tests import make

GOOD = sorted((Path(__file__).parent.parent / "questionnaires" / "good").glob("*.json"))
EXTENT = [{"id": "never", "text": "Never"}, {"id": "often", "text": "Often"}]
WHY = {"id": "why", "kind": "text", "text": "Why?"}
HOW_OFTEN = {"id": "how-often", "kind": "choice", "text": "How often?", "options": "extent"}
AND_THEN = {"id": "and-then", "kind": "choice", "text": "And then?", "options": "extent"}


def document(*entries, welsh=None, **changes):
    return make.document(*(entries or (WHY,)), **changes, translations={"cy": welsh or {}})


def catalogue(document, library=None, language="cy", basis=made.NOTHING):
    library = library or make.library()
    checked = check(json.dumps(document), library)
    assert not checked.problems
    return catalogue_of_file(checked.source.value, checked.questionnaire, library, language, basis)


def statuses(catalogue):
    return {row.key: row.status for row in catalogue.rows if not row.key.startswith("scale.")}


def test_each_text_stands_under_its_section():
    found = catalogue(document(about_you=[{"id": "who", "kind": "choice", "text": "Who?",
                                           "options": EXTENT}]))  # fmt: skip
    rows = [(row.section, row.original) for row in found.rows]
    assert rows[0] == (made.WHOLE, "A survey")
    assert rows[-5:-2] == [("About you", text) for text in ("Who?", "Never", "Often")]
    assert rows[-2:] == [("A section", "A section"), ("A section", "Why?")]


def test_a_text_is_translated_or_missing():
    found = catalogue(document(welsh={"title": "Arolwg", "why.text": "Pam?"}))
    assert statuses(found) == {
        "title": "translated", "section.title": "missing", "why.text": "translated",
    }  # fmt: skip
    assert [row.key for row in found.only("missing")] == ["section.title"]
    assert found.only("all") == found.rows
    assert found.done == len(found.rows) - 1


def test_what_the_library_translates_needs_no_translation(small_library):
    asked = document({"capability": "digital/user-research", "depth": "practices"})
    rows = catalogue(asked, small_library).by_key()
    observe = rows["digital/user-research:observe.text"]
    assert (observe.translation, observe.status) == ("Rydym yn gwylio pobl.", "library")
    assert rows["capability:digital/user-research.name"].translation == "Ymchwil defnyddwyr"
    assert rows["digital/user-research:include.text"].status == "missing"
    assert rows["scale.1"].status == "library"


def test_what_the_author_words_otherwise_is_as_any_other_text(small_library):
    ours = {"capability": "digital/user-research", "text": "And you?"}
    row = catalogue(document(ours), small_library).by_key()["digital/user-research.text"]
    assert (row.original, row.status) == ("And you?", "missing")


def test_answers_that_questions_share_are_translated_once():
    asked = document(HOW_OFTEN, AND_THEN, answer_sets={"extent": EXTENT})
    found = catalogue(asked)
    shared = [(row.key, row.original) for row in found.rows if row.section == made.SHARED]
    assert shared == [("extent.never", "Never"), ("extent.often", "Often")]
    assert set(found.covered) == {
        f"{id_}.{one}" for id_ in ("how-often", "and-then") for one in ("never", "often")
    }
    welsh = {"extent.never": "Byth", "and-then.never": "Ddim o gwbl"}
    rows = catalogue(asked | {"translations": {"cy": welsh}}).by_key()
    assert rows["how-often.never"].translation == "Byth"
    assert rows["how-often.never"].status == "library"
    assert rows["and-then.never"].status == "translated"


def test_the_titles_of_a_maps_groups_can_be_translated_too():
    asked = document({"framework": "map"}, welsh={"digital.title": "Digidol"})
    row = catalogue(asked).by_key()["digital.title"]
    assert (row.original, row.translation, row.section) == ("Digital", "Digidol", made.CAPABILITIES)


def test_a_version_has_every_text():
    questionnaire = make.expanded(WHY, translations={"cy": {"why.text": "Pam?"}})
    rows = catalogue_of_version(questionnaire, "cy").by_key()
    assert rows.keys() == texts(questionnaire).keys()
    assert rows["why.text"].status == "translated"
    assert rows["title"].status == "missing"


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_every_text_of_a_file_can_be_translated_here(file, small_library):
    checked = check(file.read_text(), small_library)
    assert not checked.problems
    blank = check(with_translations(checked.source, "fr", {}), small_library)
    found = catalogue_of_file(blank.source.value, blank.questionnaire, small_library, "fr")
    french = {row.key: f"fr {row.original}" for row in found.rows}
    whole = check(with_translations(blank.source, "fr", french), small_library)
    assert not whole.problems
    translated = texts(in_language(whole.questionnaire, "fr"))
    own = texts(whole.questionnaire)
    written_with_a_capability = {key for key in own if key.startswith("capability:")} - set(french)
    for key in own.keys() - written_with_a_capability:
        assert translated[key] == f"fr {own[key]}"
    again = catalogue_of_file(whole.source.value, whole.questionnaire, small_library, "fr")
    assert {row.status for row in again.rows} == {"translated"}


# Of which original a translation was made


@pytest.mark.parametrize(
    ("then", "now", "status"),
    [
        (("Why?", "Pam?"), ("Why?", "Pam?"), "translated"),
        (("Why?", "Pam?"), ("Why so?", "Pam?"), "check"),
        (("Why?", "Pam?"), ("Why so?", "Pam felly?"), "translated"),
        (("Why?", "Pam?"), ("Why?", "Pam felly?"), "translated"),
        (("Why?", ""), ("Why so?", "Pam?"), "translated"),
    ],
)
def test_a_translation_is_checked_again_where_only_its_original_changed(then, now, status):
    basis = {}
    for text, welsh in (then, now):
        asked = document(WHY | {"text": text}, welsh={"why.text": welsh} if welsh else {})
        basis = noted(catalogue(asked, basis=basis), basis)
    row = catalogue(asked, basis=basis).by_key()["why.text"]
    assert row.status == status
    assert row.made_of == (then[0] if status == "check" else None)


def test_a_mark_stays_until_the_translation_changes_or_the_original_returns():
    basis, seen = {}, []
    for text, welsh in (("a", "x"), ("b", "x"), ("c", "x"), ("a", "x"), ("b", "x"), ("b", "y")):
        asked = document(WHY | {"text": text}, welsh={"why.text": welsh})
        basis = noted(catalogue(asked, basis=basis), basis)
        seen.append(catalogue(asked, basis=basis).by_key()["why.text"].made_of)
    assert seen == [None, "a", "a", None, "a", None]


def test_a_text_that_returns_is_still_known():
    asked = document(welsh={"why.text": "Pam?"})
    basis = noted(catalogue(asked), {})
    basis = noted(catalogue(document(WHY | {"id": "other"}), basis=basis), basis)
    asked["sections"][0]["questions"] = [WHY | {"text": "Why so?"}]
    assert catalogue(asked, basis=basis).by_key()["why.text"].made_of == "Why?"


# Writing into the file

FILE = """{
    "format": 1, "id": "s", "title": "S",
    "language": "en",

    "sections": [{"id": "one", "title": "One", "questions": [
        {"id": "why", "kind": "text",   "text": "Why?"}]}],
    "translations": {
        "cy": {
            "title":  "A\\u00e2",
            "one.title": "Un",
            "why.text": "Pam?"
        }
    }
}
"""


def written(texts, file=FILE, language="cy"):
    return with_translations(read(file), language, texts)


def test_the_rest_of_the_file_stays_as_its_author_wrote_it():
    assert written({"one.title": "Dau"}) == FILE.replace('"Un"', '"Dau"')
    assert written({"title": "Aâ", "why.text": "Pam?"}) == FILE
    assert written({}) == FILE


def test_a_new_translation_stands_last_and_as_the_others_do():
    added = written({"why.hint": "“Ie”", "one.introduction": "Dyma"})
    last = '"Pam?",\n            "why.hint": "“Ie”",\n            "one.introduction": "Dyma"\n'
    assert added == FILE.replace('"Pam?"\n', last)


def test_a_language_that_is_not_there_is_added():
    assert json.loads(written({"title": "Le S"}, language="fr"))["translations"]["fr"] == {
        "title": "Le S"
    }
    without = json.dumps(json.loads(FILE) | {"translations": {}})
    assert json.loads(written({}, file=without))["translations"] == {"cy": {}}
    bare = '{"title": "S"}'
    assert json.loads(written({}, bare)) == {"title": "S", "translations": {"cy": {}}}


def test_a_language_is_taken_out():
    both = written({}, language="fr")
    assert json.loads(without_language(read(both), "fr")) == json.loads(FILE)


KEYS = ["title", "one.title", "why.text", "why.hint", "one.introduction"]


@given(
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", "x", "“y”\n"])),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["a", "b"])),
    st.sampled_from([None, 2]),
)
def test_whatever_is_written_and_taken_out_the_file_says_so(changes, before, indent):
    whole = json.loads(FILE) | {"translations": {"cy": before}}
    after = json.loads(written(changes, json.dumps(whole, indent=indent)))
    expected = {key: text for key, text in (before | changes).items() if text}
    assert after == whole | {"translations": {"cy": expected}}


# What a file brings

ASKED = document(WHY | {"hint": "One word."}, welsh={"why.text": "Pam?", "section.title": "Adran"})
OF_OTHER = {"section.title": ["The section", digest("Adran")]}


def joined(*brought, basis=OF_OTHER):
    return join(catalogue(ASKED, basis=basis), brought)


def told(joined):
    return [f"{one.line}: {one.message} {one.mend}" for one in joined.remarks]


def test_a_translation_is_taken_where_it_is_new_or_other():
    found = joined(
        Brought(2, "why.text", "Why?", "Pam felly?"),
        Brought(3, "why.hint", "One word.", "Un gair."),
        Brought(4, "title", "A survey", ""),
    )
    assert found.texts == {"why.text": "Pam felly?", "why.hint": "Un gair."}
    assert found.made_of == {"why.text": "Why?", "why.hint": "One word."}
    assert (found.taken, found.unchanged, found.to_check) == (2, 0, 0)


def test_line_ends_and_spaces_that_a_program_changed_are_no_change():
    asked = document(welsh={"title": "A\nB", "why.text": "Pam?"})
    found = join(catalogue(asked), [Brought(2, "title", "A  survey ", "A\r\nB")])
    assert (found.texts, found.made_of, found.unchanged) == ({}, {}, 1)


def test_a_translation_of_another_original_is_taken_and_marked():
    found = joined(Brought(2, "why.text", "Why not?", "Pam lai?"))
    assert found.made_of == {"why.text": "Why not?"}
    assert found.to_check == 1


def test_a_translation_of_which_its_translator_is_unsure_is_marked():
    found = joined(Brought(2, "why.text", "Why?", "Pam lai?", is_sure=False))
    assert (found.made_of, found.to_check) == ({"why.text": ""}, 1)


@pytest.mark.parametrize(
    ("original", "is_sure", "confirmed"),
    [("A section", True, True), ("A section", None, False), ("A section", False, False),
     ("The section", True, False), (None, True, True)],
)  # fmt: skip
def test_a_mark_is_cleared_by_a_file_that_says_it_is_right(original, is_sure, confirmed):
    found = joined(Brought(2, "section.title", original, "Adran", is_sure))
    assert found.texts == {}
    assert found.made_of == ({"section.title": "A section"} if confirmed else {})


def test_what_the_library_translates_is_not_copied_into_the_file(small_library):
    asked = document({"capability": "digital/user-research"})
    rows = catalogue(asked, small_library)
    name = rows.by_key()["capability:digital/user-research.name"]
    found = join(rows, [Brought(2, name.key, name.original, name.translation, is_sure=True)])
    assert (found.texts, found.made_of) == ({}, {})


def test_what_is_wrong_is_told_by_line_and_the_rest_is_taken():
    found = joined(
        Brought(2, "why.txt", "Why?", "Pam?"),
        Brought(3, "why.text", "Why?", " "),
        Brought(4, "why.hint", "One word.", "x" * 10_001),
        Brought(5, "title", "A survey", "Arolwg"),
        Brought(7, "title", "A survey", "Yr arolwg"),
    )
    assert found.texts == {"title": "Arolwg"}
    assert found.unknown == 1
    assert told(found) == [
        "2: The key “why.txt” names no text of this questionnaire. Did you mean “why.text”?",
        "3: There is no translation of “why.text”, so the present one stays. "
        "To take it out, empty its field on this page.",
        f"4: {' '.join(fault_of('x' * 10_001))}",
        "7: The key “title” stands in line 5 too. "
        "Keep one of the two rows; the first was looked at.",
    ]


def test_rows_that_are_still_empty_are_told_together():
    lines = {"title": 2, "section.title": 3, "why.text": 9}
    found = join(catalogue(document()), [Brought(n, key, None, "") for key, n in lines.items()])
    assert told(found) == [
        "2: 3 texts have no translation yet: lines 2 to 3, 9. "
        "Fill it in, then import the file again."
    ]


@pytest.mark.parametrize("text", ["Pam?", " ", "a\nb", "a\x07", "é" * 10_000, "é" * 10_001, "🧭"])
def test_a_translation_that_is_taken_is_one_that_the_format_allows(text):
    checked = check(json.dumps(document(welsh={"title": text})), make.library())
    assert (fault_of(text) is None) == (not checked.problems)


@pytest.mark.parametrize(
    ("code", "there", "fault"),
    [
        ("cy", ["en"], None),
        ("pt-BR", ["en", "pt"], None),
        ("welsh", ["en"], "“welsh” is not the code of a language."),
        ("EN", ["en"], "“EN” is not the code of a language."),
        ("cy", ["en", "cy"], "The questionnaire has “cy” already."),
        ("en", ["en"], "The questionnaire has “en” already."),
    ],
)
def test_a_language_is_added_by_the_rules_of_the_format(code, there, fault):
    found = language_fault(code, there)
    assert (found and found[0]) == fault


def test_there_are_no_more_languages_than_the_format_allows():
    many = [f"pt-{letter}A" for letter in "ABCDEFGHIJKLMNOPQRST"]
    assert language_fault("mt", ["en", *many[1:]]) is None
    assert "more than the 20" in language_fault("mt", ["en", *many])[0]


def test_a_row_is_known_by_its_translation_and_its_original():
    row = catalogue(ASKED).by_key()["why.text"]
    others = [replace(row, translation="x"), replace(row, original="x")]
    assert len({one.stamp for one in (row, *others)}) == 3
    assert row.stamp.startswith(digest("Pam?"))
    assert digest("a\r\nb") == digest("a\nb")
