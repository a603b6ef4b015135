"""Translations go out as CSV and come back, whatever spreadsheet they went through."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings

from survey.exchange.imported import NotImportable
from survey.exchange.translation_csv import read_csv, write_csv
from survey.exchange.translation_file import text_of
from survey.questionnaire.catalogue_joining import Brought
from tests.exchange.translated import every_text, is_the_same_again, row, said, taken, told


def read(file):
    return read_csv(text_of(file))


def brought(text):
    found, remarks = read_csv(text)
    assert not remarks
    return found


def cells(file):
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline="")))


def test_a_row_has_key_original_translation_and_status():
    rows = [
        row(),
        row("title", translation=""),
        row("why.hint", made_of="What?"),
        row("scale.1", is_library=True),
    ]
    assert cells(write_csv(rows)) == [
        ["key", "original", "translation", "status"],
        ["why.text", "Why?", "Pam?", "translated"],
        ["title", "Why?", "", "missing"],
        ["why.hint", "Why?", "Pam?", "check again"],
        ["scale.1", "Why?", "Pam?", "from the library"],
    ]


def test_excel_knows_it_as_utf_8():
    assert write_csv([row()]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "'=1", "''-"])
def test_no_cell_is_taken_for_a_formula_and_each_returns_as_it_was(text):
    file = write_csv([row(original=text, translation=text)])
    assert cells(file)[1][1:3] == [f"'{text}", f"'{text}"]
    (found,), _ = read(file)
    assert (found.original, found.translation) == (text, text)


@pytest.mark.parametrize("text", ["'tis", "’=1", "a=1", "-1"])
def test_what_a_translator_types_is_taken_as_it_is(text):
    (found,) = brought(f'key,translation\ntitle,"{text}"\n')
    assert found.translation == text


def test_a_file_that_returns_as_it_went_out_changes_nothing():
    assert is_the_same_again(write_csv, read)


@settings(max_examples=40, deadline=None)
@given(every_text())
def test_every_translation_arrives_as_it_was_typed(translations):
    typed, inside = taken(write_csv, read, translations)
    assert inside == typed


@settings(deadline=None)
@given(said, said)
def test_any_text_goes_out_and_comes_back(original, translation):
    (found,), _ = read(write_csv([row(original=original, translation=translation)]))
    assert (found.original, found.translation) == (original, translation)


SAME = [Brought(2, "title", "T", "â; b\nc"), Brought(4, "why.text", "W", "x")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_is_read_as_any_spreadsheet_saves_it(separator, line_end, encoding):
    out = StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end)
    writer.writerows([("Key", "Original", "Translation"), ("title", "T", "â; b\nc")])
    writer.writerow(("why.text", "W", "x"))
    assert read(out.getvalue().encode(encoding)) == (SAME, [])


def test_columns_stand_in_any_order_and_some_may_be_left_out():
    assert brought("note,translation,key\n!,Pam?,why.text\n,,\nx,Arolwg,title\n") == [
        Brought(2, "why.text", None, "Pam?"),
        Brought(4, "title", None, "Arolwg"),
    ]


def test_a_row_is_sure_where_its_status_says_so():
    file = "key,translation,status\na,x,Translated\nb,x,check again\nc,x,\nd,x\n"
    assert [one.is_sure for one in brought(file)] == [True, None, None, None]


def test_a_row_with_too_many_cells_is_told_and_passed_over():
    found, remarks = read_csv("key,translation\na,x,,\nb,x,y\n")
    assert [one.key for one in found] == ["a"]
    assert told(remarks) == [
        "3: The row has 3 cells, the header 2, so it was passed over. "
        "Put quotes round a cell that holds the separator."
    ]


@pytest.mark.parametrize(
    ("file", "message", "mend"),
    [
        (b"", "The file is empty.", "Export it"),
        (b"\n", "The file is empty.", "Export it"),
        (b"PK\x03\x04...", "The file is a workbook, not CSV.", "“CSV UTF-8”"),
        (b"key,translation\na,caf\xe9\n", "Line 2: byte 0xe9 is not UTF-8", "“CSV UTF-8”"),
        ("key\na".encode("utf-16-le"), "UTF-16 without a byte order mark", "UTF-8"),
        (b"\xff\xfek\x00e", "Line 1: the file is UTF-16, but broken.", "UTF-8"),
        (b"x" * (1024 * 1024 + 1), "The file is larger than 1 MiB.", "Divide"),
        (b"key,original\n", "Line 1: the column “translation” is missing.", "Begin with: key,"),
        (b"key,tranlation\n", "the column “translation” is missing.", "Rename “tranlation”."),
        (b"key,key,translation\n", "Line 1: the column “key” is there twice.", "Delete one."),
        (b'key,translation\na,"x\n', "Line 2: the quotes in this row do not match", "closing"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_how_to_mend_it(file, message, mend):
    with pytest.raises(NotImportable) as refused:
        read(file)
    assert message in refused.value.message
    assert mend in refused.value.mend
