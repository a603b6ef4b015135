"""A questionnaire that is being written is translated on its page or with a file; a translation is
marked when its original changed after it was made, wherever that was edited."""

import json
from datetime import timedelta

import pytest

from survey.exchange.imported import NotImportable
from survey.exchange.translation_csv import write_csv
from survey.operations import translating, writing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.translating import Clash, FaultyTexts, Rendering
from survey.operations.translation_basis import draft_of, note_basis
from survey.questionnaire.catalogue import Row
from survey.storage.manuscripts import TranslationBasis, history
from tests import make_stored
from tests.make_stored import NOON

ADA, BO = 1, 2
SOURCE = """{
  "format": 1, "id": "ours", "title": "Ours", "language": "en",
  "sections": [{"id": "one", "title": "One",   "questions": [
    {"id": "why", "kind": "text", "text": "Why?"},
    {"id": "how", "kind": "text", "text": "How?"},
    {"id": "again", "kind": "text", "text": "Why?"}
  ]}],
  "translations": {
    "cy": {"why.text": "Pam?"}
  }
}
"""


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


@pytest.fixture
def ours(session, anytown):
    return writing.begin(session, anytown.id, SOURCE, by=ADA, now=NOON)


def edit(session, found, *changes, seen=None):
    """Somebody changes the JSON text in the editor."""
    source = found.source
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    typed = writing.Typed(source, seen or found.revision, BO, NOON + timedelta(minutes=1))
    return writing.save(session, found.organisation_id, found.id, typed)


def draft(session, found):
    made = draft_of(session, found)
    assert made is not None
    return made


def rows(session, found, language="cy"):
    return translating.catalogue(session, draft(session, found), language).by_key()


def row(session, found, key="why.text"):
    return rows(session, found)[key]


def typed(session, found, **texts):
    """What a translator types who has the page as it is now; `_` stands for the dot of a key."""
    now = rows(session, found)
    return {
        key.replace("_", "."): Rendering(text, now[key.replace("_", ".")].stamp)
        for key, text in texts.items()
    }


def save(session, found, sent, **more):
    return translating.save(
        session, draft(session, found), "cy", sent, by=BO, now=NOON + timedelta(hours=1), **more
    )


def take(session, found, file, language="cy"):
    made = draft(session, found)
    return translating.take_file(session, made, language, file, by=BO, now=NOON)


def csv_of(*rows):
    return write_csv([Row(key, "", original, text) for key, original, text in rows])


def welsh(found):
    return json.loads(found.source)["translations"]["cy"]


# On the page


def test_what_is_typed_is_written_and_the_rest_stays_as_it_was(session, ours):
    assert save(session, ours, typed(session, ours, how_text="Sut?", why_text="Pam?")) == 1
    assert ours.source == SOURCE.replace('"Pam?"}', '"Pam?", "how.text": "Sut?"}')
    assert [(one.how, one.account_id) for one, _ in history(session, ours.id)] == [
        ("saved", BO),
        ("begun", ADA),
    ]
    assert row(session, ours, "how.text").status == "translated"


def test_an_emptied_field_takes_the_translation_out(session, ours):
    assert save(session, ours, typed(session, ours, why_text=" \n", how_text=" ")) == 1
    assert welsh(ours) == {}


def test_nothing_typed_is_no_new_revision(session, ours):
    assert save(session, ours, typed(session, ours, why_text="Pam?", how_text="")) == 0
    assert ours.revision == 1


def test_a_text_that_reads_the_same_is_translated_along_if_that_is_wanted(session, ours):
    sent = typed(session, ours, why_text="Pam felly?")
    assert save(session, ours, sent, alike=True) == 2
    assert welsh(ours) == {"why.text": "Pam felly?", "again.text": "Pam felly?"}
    assert save(session, ours, typed(session, ours, why_text="Pam?"), alike=True) == 1
    assert welsh(ours)["again.text"] == "Pam felly?"


def test_what_the_format_forbids_is_told_by_key_and_nothing_is_written(session, ours):
    sent = typed(session, ours, why_text="a\x07", how_text="Sut?")
    with pytest.raises(FaultyTexts) as refused:
        save(session, ours, sent)
    assert list(refused.value.faults) == ["why.text"]
    assert ours.source == SOURCE


def test_others_may_save_other_texts_meanwhile(session, ours):
    mine = typed(session, ours, how_text="Sut?", why_text="Pam?")
    edit(session, ours, ("Pam?", "Pam felly?"), ('"Ours"', '"Yours"'))
    save(session, ours, mine)
    assert welsh(ours) == {"why.text": "Pam felly?", "how.text": "Sut?"}
    assert ours.title == "Yours"


@pytest.mark.parametrize(
    "change",
    [("Pam?", "Pam felly?"), ('"text": "Why?"', '"text": "Why so?"'), ('"why.text": "Pam?"', "")],
)
def test_two_who_change_the_same_text_are_told(session, ours, change):
    mine = typed(session, ours, why_text="Pam lai?", how_text="Sut?")
    theirs = edit(session, ours, change).source
    with pytest.raises(Clash) as clash:
        save(session, ours, mine)
    assert clash.value.keys == {"why.text"}
    assert ours.source == theirs


def test_two_who_type_the_same_do_not_clash(session, ours):
    mine = typed(session, ours, why_text="Pam felly?")
    edit(session, ours, ("Pam?", "Pam felly?"))
    assert save(session, ours, mine) == 1


def test_a_text_that_is_gone_clashes(session, ours):
    mine = typed(session, ours, how_text="Sut?")
    edit(session, ours, ('    {"id": "how", "kind": "text", "text": "How?"},\n', ""))
    with pytest.raises(Clash, match="A text was changed by somebody else"):
        save(session, ours, mine)


def test_somebody_who_saves_at_the_same_moment_is_a_conflict(session, ours):
    mine, made = typed(session, ours, how_text="Sut?"), draft(session, ours)
    session.expunge(ours)
    theirs = writing.manuscript(session, made.manuscript.organisation_id, made.manuscript.id)
    edit(session, theirs, ("Ours", "Theirs"))
    with pytest.raises(Conflict):
        translating.save(session, made, "cy", mine, by=BO, now=NOON)
    assert "Sut?" not in theirs.source


# Languages


def test_a_language_is_added_and_taken_out_again(session, ours):
    made = draft(session, ours)
    translating.add_language(session, made, "fr", by=BO, now=NOON)
    assert draft(session, ours).languages == ("cy", "fr")
    assert {one.status for one in rows(session, ours, "fr").values()} == {"missing"}
    translating.remove_language(session, draft(session, ours), "fr", by=BO, now=NOON)
    assert json.loads(ours.source) == json.loads(SOURCE)


@pytest.mark.parametrize(("code", "said"), [("en", "already"), ("xx", "code of a language")])
def test_a_language_that_cannot_be_added_is_refused(session, ours, code, said):
    with pytest.raises(Refused, match=said):
        translating.add_language(session, draft(session, ours), code, by=BO, now=NOON)


def test_a_language_with_translations_is_not_taken_out(session, ours):
    with pytest.raises(Refused, match="Texts are translated"):
        translating.remove_language(session, draft(session, ours), "cy", by=BO, now=NOON)


def test_there_is_no_page_for_other_languages(session, ours):
    for code in ("fr", "en", "?"):
        with pytest.raises(NotFound):
            rows(session, ours, code)


def test_texts_cannot_be_told_while_there_are_problems(session, anytown, ours):
    assert draft_of(session, edit(session, ours, ('"kind": "text", ', ""))) is None
    capability = writing.begin(session, anytown.id, SOURCE, by=ADA, now=NOON, kind="capability")
    assert draft_of(session, capability) is None


# Marks

ORIGINAL = ('"why", "kind": "text", "text": "Why?"', '"why", "kind": "text", "text": "Why so?"')


def test_a_change_of_the_original_in_the_editor_marks_its_translation(session, ours):
    edit(session, ours, ORIGINAL)
    assert (row(session, ours).status, row(session, ours).made_of) == ("check", "Why?")


def test_a_change_of_both_marks_nothing(session, ours):
    edit(session, ours, ORIGINAL, ("Pam?", "Pam felly?"))
    assert row(session, ours).status == "translated"


def test_a_mark_goes_when_the_translation_is_changed_in_the_editor(session, ours):
    edit(session, ours, ORIGINAL)
    edit(session, ours, ("Pam?", "Pam felly?"))
    assert row(session, ours).status == "translated"


def test_a_mark_is_right_after_a_time_with_problems(session, ours):
    broken = ('"format": 1,', '"format": 1')
    edit(session, ours, broken)
    edit(session, ours, ORIGINAL)
    edit(session, ours, broken[::-1])
    assert row(session, ours).status == "check"


def test_a_mark_is_right_when_an_earlier_text_is_brought_back(session, ours):
    seen = []
    edit(session, ours, ORIGINAL)
    for revision in (1, 2, 1):
        writing.restore(session, ours, revision, by=ADA, now=NOON + timedelta(days=1))
        seen.append(row(session, ours).status)
    assert seen == ["translated", "check", "translated"]


def test_still_right_clears_a_mark(session, ours):
    edit(session, ours, ORIGINAL)
    sent = {"why.text": Rendering("Pam?", row(session, ours).stamp, still_right=True)}
    assert save(session, ours, sent) == 0
    assert row(session, ours).status == "translated"
    edit(session, ours, ("Why so?", "Why not?"))
    assert row(session, ours).made_of == "Why so?"


def test_still_right_is_not_said_of_an_original_that_changed_meanwhile(session, ours):
    edit(session, ours, ORIGINAL)
    sent = {"why.text": Rendering("Pam?", row(session, ours).stamp, still_right=True)}
    edit(session, ours, ("Why so?", "Why not?"))
    with pytest.raises(Clash):
        save(session, ours, sent)


def test_what_is_translated_anew_on_the_page_has_no_mark(session, ours):
    edit(session, ours, ORIGINAL)
    save(session, ours, typed(session, ours, why_text="Pam felly?"))
    assert row(session, ours).status == "translated"


def test_noting_again_changes_nothing(session, ours):
    edit(session, ours, ORIGINAL)
    note_basis(session, ours)
    (kept,) = session.query(TranslationBasis)
    assert (kept.language, list(kept.texts), kept.texts["why.text"][0]) == (
        "cy", ["why.text"], "Why?",
    )  # fmt: skip


def test_a_manuscript_is_deleted_with_what_was_noted_of_it(session, ours):
    edit(session, ours, ORIGINAL)
    writing.delete(session, ours)
    assert session.query(TranslationBasis).count() == 0


# Files


def test_a_file_is_taken_as_far_as_it_fits(session, ours):
    file = csv_of(("how.text", "How?", "Sut?"), ("hwo.text", "How?", "x"), ("title", "Ours", ""))
    joined = take(session, ours, file)
    assert (joined.taken, joined.unknown, len(joined.remarks)) == (1, 1, 2)
    assert welsh(ours) == {"why.text": "Pam?", "how.text": "Sut?"}
    assert ours.saved_by == BO


def test_a_translation_of_an_older_original_is_taken_and_marked(session, ours):
    take(session, ours, csv_of(("how.text", "How so?", "Sut felly?")))
    assert row(session, ours, "how.text").made_of == "How so?"
    edit(session, ours, ('"How?"', '"How much?"'))
    assert row(session, ours, "how.text").made_of == "How so?"


def test_a_po_file_confirms_what_is_no_longer_fuzzy(session, ours):
    edit(session, ours, ORIGINAL)
    body = 'msgctxt "why.text"\nmsgid "Why so?"\nmsgstr "Pam?"\n'
    assert take(session, ours, f"#, fuzzy\n{body}".encode()).unchanged == 1
    assert row(session, ours).status == "check"
    assert take(session, ours, body.encode()).taken == 1
    assert row(session, ours).status == "translated"
    assert ours.revision == 2


def test_a_po_file_with_fuzzy_messages_leaves_them_to_be_checked(session, ours):
    body = '#, fuzzy\nmsgctxt "how.text"\nmsgid "How?"\nmsgstr "Sut?"\n'
    assert take(session, ours, body.encode()).to_check == 1
    assert row(session, ours, "how.text").status == "check"
    edit(session, ours, ('"Ours"', '"Yours"'))
    assert row(session, ours, "how.text").status == "check"


@pytest.mark.parametrize("file", [b"", b"key\n", b'msgid "x\n', b"\xff\xfe\x00"])
def test_nothing_is_written_of_a_file_that_cannot_be_read(session, ours, file):
    with pytest.raises(NotImportable):
        take(session, ours, file)
    assert ours.revision == 1
