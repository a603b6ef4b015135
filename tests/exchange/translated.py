"""A questionnaire with its translations, and a file of them that goes out and comes back."""

import json

from hypothesis import strategies as st

from survey.questionnaire.catalogue import Row, catalogue_of_file, digest
from survey.questionnaire.catalogue_joining import join
from survey.questionnaire.catalogue_text import with_translations
from survey.questionnaire.check import check
from survey.questionnaire.translate import in_language, texts
from tests import make

LIBRARY = make.library()
DOCUMENT = make.document(
    {"capability": "digital/user-research"},
    {"id": "why", "kind": "text", "text": '=Why, "90%" of\n+us?', "hint": "'- or %(not)s {it}?"},
    {"id": "how", "kind": "choice", "text": "How?", "options": "extent"},
    answer_sets={"extent": [{"id": "no", "text": "Never"}, {"id": "yes", "text": "Often"}]},
    translations={"cy": {"title": "Arolwg", "why.text": "Pam?\nPam “felly”?", "extent.no": "-"}},
)
MARKED = {"why.text": ["Why?", "an older one"], "extent.no": ["Not at all", digest("-")]}
NOT_IN_A_TEXT = "".join(map(chr, {*range(0x20), 0x7F} - {0x09, 0x0A}))

said = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=NOT_IN_A_TEXT)
    | st.sampled_from("\n\t\"',;=+-@\\%{}אب🧭\u2028\u0085\u200f"),
    min_size=1,
    max_size=40,
).filter(str.strip)
"""Whatever a translator may type, also what files have to be careful about."""


def row(key="why.text", **changes):
    defaults = {"section": "A section", "original": "Why?", "translation": "Pam?"}
    return Row(**{"key": key} | defaults | changes)


def opened(source):
    """A file's text checked, and its catalogue of Welsh."""
    checked = check(source, LIBRARY)
    assert not checked.problems
    value = checked.source.value
    return checked, catalogue_of_file(value, checked.questionnaire, LIBRARY, "cy", MARKED)


def is_the_same_again(write, read):
    """Whether a file that comes back as it went out changes nothing."""
    _, catalogue = opened(json.dumps(DOCUMENT))
    assert {one.status for one in catalogue.rows} == {"missing", "library", "translated", "check"}
    brought, remarks = read(write(catalogue.rows))
    joined = join(catalogue, brought)
    assert {one.key for one in brought} == {one.key for one in catalogue.rows}
    assert joined.unchanged == catalogue.done
    return not (remarks or joined.texts or joined.made_of or joined.unknown)


def taken(write, read, translations):
    """Every text in Welsh, as it was typed and once a file with all of them came back."""
    checked, catalogue = opened(json.dumps(DOCUMENT))
    rows = [
        Row(one.key, one.section, one.original, text)
        for one, text in zip(catalogue.rows, translations, strict=True)
    ]
    brought, remarks = read(write(rows))
    joined = join(catalogue, brought)
    assert not remarks
    assert not joined.remarks
    whole, _ = opened(with_translations(checked.source, "cy", joined.texts))
    inside = texts(in_language(whole.questionnaire, "cy"))
    typed = {one.key: one.translation for one in rows}
    shared = {f"how.{one}": typed.pop(f"extent.{one}") for one in ("no", "yes")}
    return typed | shared, inside


def every_text():
    """A translation of each text."""
    number = len(opened(json.dumps(DOCUMENT))[1].rows)
    return st.lists(said, min_size=number, max_size=number)


def told(remarks):
    return [f"{one.line}: {one.message} {one.mend}" for one in remarks]
