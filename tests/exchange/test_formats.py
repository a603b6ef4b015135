"""Which tool a file was written for."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.exchange.formats import READERS, format_of
from survey.exchange.imported import NotImportable
from tests.exchange.importing import entries
from tests.exchange.xlsforms import form

TSV = "class\ttype/scale\tname\ttext\nG\t\tG\t\nQ\tS\tq\tWhy?\n"
SURVEY = json.dumps({"pages": [{"elements": [{"type": "text", "name": "q"}]}]})
FORM = form([{"type": "text", "name": "q", "label": "Why?"}])


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("ours.json", b'{"format": 1, "sections": []}', "ours"),
        ("ours.json", b'{"format": 1, "sections": [', "ours"),
        ("anything", b'\xef\xbb\xbf{"sections": []}', "ours"),
        ("broken.json", b"{", "ours"),
        ("survey.json", SURVEY.encode(), "surveyjs"),
        ("survey", SURVEY.encode(), "surveyjs"),
        ("survey.json", SURVEY[:-1].encode(), "surveyjs"),
        ("form.xlsx", FORM, "xlsform"),
        ("form", FORM, "xlsform"),
        ("lime.txt", TSV.encode(), "limesurvey"),
        ("lime.tsv", TSV.encode("utf-8-sig"), "limesurvey"),
        ("lime.txt", TSV.encode("utf-16"), "limesurvey"),
    ],
)
def test_it_is_told_by_what_is_in_it(name, file, expected):
    assert format_of(name, file) == expected


@pytest.mark.parametrize("file", [SURVEY.encode(), FORM, TSV.encode()])
def test_what_is_told_can_be_read(file):
    assert list(entries(READERS[format_of("file", file)](file))) == ["q"]


@pytest.mark.parametrize(
    ("name", "file", "message", "mend"),
    [
        ("form.xls", b"\xd0\xcf\x11\xe0", "workbook of an old kind", ".xlsx"),
        ("form", b"\xd0\xcf\x11\xe0", "workbook of an old kind", ".xlsx"),
        ("form.csv", b"type,name,label", "a table", "workbook"),
        ("survey.lss", b"<?xml?>", "LimeSurvey’s own form", "tab-separated"),
        ("survey.qsf", b"{}", "Qualtrics", "XLSForm"),
        ("survey.json", b'{"SurveyEntry": {}, "SurveyElements": []}', "Qualtrics", "XLSForm"),
        ("notes.txt", b"Dear all,", "“.txt”", "XLSForm"),
        ("other.json", b'{"a": 1}', "“.json”", "XLSForm"),
        ("list.json", b"[1]", "“.json”", "XLSForm"),
        ("broken.xlsx", b"PK\x03\x04", "cannot be read", ".xlsx"),
        ("empty.json", b"  ", "empty", "exported"),
        ("large.json", b" " * 1024**2 + b"{}", "larger than 1 MiB", "divide"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(name, file, message, mend):
    with pytest.raises(NotImportable) as refused:
        format_of(name, file)
    assert message in refused.value.message
    assert mend in refused.value.mend


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=8), st.binary(max_size=60), st.sampled_from([b"", b"PK\x03\x04", b"{"]))
def test_any_file_is_told_or_refused(name, some, start):
    try:
        told = format_of(name, start + some)
    except NotImportable:
        return
    assert told in ("ours", *READERS)
