"""Translations go out as gettext .po and come back from whatever program translators use."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings

from survey.exchange.imported import NotImportable
from survey.exchange.po import read_translations, write_translations
from survey.exchange.translation_file import is_po, text_of
from survey.questionnaire.catalogue_joining import Brought
from survey.questionnaire.shapes import LANGUAGE
from tests import make
from tests.exchange.translated import every_text, is_the_same_again, row, said, taken, told

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def write(rows, language="cy", title="A survey"):
    return write_translations(make.questionnaire(title=title), language, rows, now=NOON)


def read(file, language="cy"):
    return read_translations(text_of(file), language)


def message(body, language="cy"):
    return f'msgid ""\nmsgstr "Language: {language}\\n"\n\n{body}\n'


PAM = 'msgctxt "why.text"\nmsgid "Why?"\nmsgstr "Pam?"'


def test_a_message_has_its_key_as_context_and_its_section_as_comment():
    body = write([row()]).decode().partition("\n\n")[2]
    assert body == '#. A section\nmsgctxt "why.text"\nmsgid "Why?"\nmsgstr "Pam?"\n\n'


def test_who_has_to_look_again_sees_a_fuzzy_message_and_the_original_as_it_was():
    body = write([row(made_of="What?"), row("title", translation="")]).decode()
    assert "#. The original was: “What?”\n#, fuzzy\nmsgctxt" in body
    assert body.count("fuzzy") == 1


def test_the_header_names_the_language_and_the_encoding():
    file = write([], "pt-BR", title="Ours\nand\tyours")
    assert file.startswith(b"# Ours and yours\n")
    catalog = read_po(BytesIO(file))
    assert (catalog.locale_identifier, catalog.charset) == ("pt_BR", "utf-8")
    assert catalog.revision_date == NOON


@pytest.mark.parametrize("language", ["cy", "zh-Hant-TW", "aa", "hz", "sr-Latn", "ur"])
def test_every_language_of_the_format_has_a_header_that_is_read_again(language):
    assert LANGUAGE.pattern.fullmatch(language)
    found, remarks = read(write([row()], language), language)
    assert [one.translation for one in found] == ["Pam?"]
    assert not remarks


def test_no_text_is_taken_for_a_template():
    body = write([row(original="90% of %(us)s {all}")])
    assert b"format" not in body


def test_a_file_that_returns_as_it_went_out_changes_nothing():
    assert is_the_same_again(write, read)


@settings(max_examples=40, deadline=None)
@given(every_text())
def test_every_translation_arrives_as_it_was_typed(translations):
    typed, inside = taken(write, read, translations)
    assert inside == typed


@settings(deadline=None)
@given(said, said)
def test_any_text_goes_out_and_comes_back_also_through_another_reader(original, translation):
    file = write([row(original=original, translation=translation)])
    (found,), _ = read(file)
    assert (found.original, found.translation) == (original, translation)
    (theirs,) = (one for one in read_po(BytesIO(file)) if one.id)
    assert (theirs.id, theirs.string) == (original, translation)


def test_long_texts_are_read_as_other_programs_wrap_them():
    wrapped = 'msgctxt "why.text"\nmsgid ""\n"Why "\n"so?"\nmsgstr ""\n"Pam\\n"\n"felly \\"hyn\\"?"'
    (found,), _ = read_translations(message(wrapped), "cy")
    assert (found.original, found.translation) == ("Why so?", 'Pam\nfelly "hyn"?')


def test_a_fuzzy_message_is_not_sure():
    other = '#, fuzzy, c-format\nmsgctxt "title"\nmsgid "T"\nmsgstr "A"'
    found, _ = read_translations(message(f"{PAM}\n\n{other}"), "cy")
    assert found == [
        Brought(5, "why.text", "Why?", "Pam?", is_sure=True),
        Brought(10, "title", "T", "A", is_sure=False),
    ]


def test_what_was_deleted_before_is_passed_over():
    found, remarks = read_translations(message(f'{PAM}\n\n#~ msgid "x"\n#~ msgstr "y"'), "cy")
    assert len(found) == 1
    assert not remarks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_it_is_read_whatever_its_encoding_and_line_ends(encoding, line_end):
    file = message(PAM).replace("\n", line_end).encode(encoding)
    assert is_po(text_of(file)) or line_end == "\r"
    assert read(file) == ([Brought(5, "why.text", "Why?", "Pam?", is_sure=True)], [])


@pytest.mark.parametrize(
    ("named", "language"),
    [("cy", "cy"), ("cy_GB", "cy"), ("pt", "pt-BR"), ("sr_RS@latin", "sr-Latn-RS"),
     ("CY", "cy"), ("zh-Hant", "zh-Hant"), ("", "cy"), ("cy_GB.UTF-8", "cy-GB")],
)  # fmt: skip
def test_the_language_of_the_header_may_say_more_or_less(named, language):
    assert read_translations(message(PAM, named), language)[0]


@pytest.mark.parametrize(
    ("named", "language"), [("fr", "cy"), ("pt_PT", "pt-BR"), ("sr@cyrillic", "sr-Latn")]
)
def test_a_file_in_another_language_is_refused(named, language):
    with pytest.raises(NotImportable) as refused:
        read_translations(message(PAM, named), language)
    assert refused.value.message == (
        f"Line 1: the file says that its language is “{named}”, but this page is about "
        f"“{language}”."
    )
    assert f"write “Language: {language}”" in refused.value.mend


def test_a_file_without_a_header_is_taken_as_the_language_of_its_page():
    assert read_translations(PAM, "cy")[0] == [Brought(2, "why.text", "Why?", "Pam?", is_sure=True)]


def test_messages_that_fit_no_text_are_told_by_line():
    plural = 'msgctxt "a"\nmsgid "x"\nmsgid_plural "xs"\nmsgstr[0] "y"\nmsgstr[1] "z"'
    found, remarks = read_translations(message(f'{PAM}\n\nmsgid "x"\nmsgstr "y"\n\n{plural}'), "cy")
    assert len(found) == 1
    assert told(remarks) == [
        "8: The message has no “msgctxt”, which would say which text it is. "
        "Export the file again for the messages that fit.",
        "12: The message has a plural, and no text here has one. "
        "Export the file again for the messages that fit.",
    ]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (PAM.replace('"Pam?"', "Pam?"), 6),
        (PAM.replace('"Pam?"', '"Pam?'), 6),
        (PAM.replace('"Pam?"', '"Pam" felly"'), 6),
        (PAM.replace("msgstr", "msgtsr"), 6),
        (PAM.replace('\nmsgstr "Pam?"', ""), 5),
        (f"{PAM}\nmsgid", 7),
        ('"Pam?"\nmsgid "x"\nmsgid "y"', 5),
    ],
)
def test_a_line_that_cannot_be_read_is_named(body, line):
    with pytest.raises(NotImportable, match=re.escape(f"Line {line}: this is not as a .po file")):
        read_translations(message(body), "cy")


@pytest.mark.parametrize(
    "header",
    ["Plural-Forms: nplurals=INTEGER;", "PO-Revision-Date: yesterday", "Content-Type: x",
     "Language: not one", "POT-Creation-Date: "],
)  # fmt: skip
def test_a_header_that_a_program_writes_oddly_stops_nothing(header):
    file = f'msgid ""\nmsgstr "{header}\\n"\n\n{PAM}\n'
    if header.startswith("Language"):
        with pytest.raises(NotImportable, match="its language is “not”"):
            read_translations(file, "cy")
    else:
        assert len(read_translations(file, "cy")[0]) == 1
