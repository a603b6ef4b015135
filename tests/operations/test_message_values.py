"""What stands for the names in a message: each language leads to itself."""

from survey.operations.message_texts import wordings, write
from survey.operations.message_values import values_of, with_link
from survey.storage.organisations import Organisation
from tests import make_stored as make
from tests.web.answer.welsh import in_welsh

LINK = "https://survey.example/invitations/abc"


def letter(session, *languages):
    wave = make.wave(session, asked=in_welsh(), languages=list(languages))
    organisation = session.get_one(Organisation, wave.organisation_id)
    named = with_link(values_of(session, wave, organisation, languages), LINK, wave.languages[0])
    return write(wordings(session, wave.id, "invitation", languages), named).text


def test_the_link_in_the_second_language_opens_the_survey_in_it(session):
    lines = letter(session, "en", "cy").splitlines()
    assert lines.count(LINK) == 1
    assert lines.count(f"{LINK}?language=cy") == 1
    assert lines.index(LINK) < lines.index("Eich dolen chi:")
    assert lines[lines.index("Eich dolen chi:") + 1] == f"{LINK}?language=cy"


def test_where_there_is_one_language_the_link_is_as_short_as_can_be(session):
    assert LINK in letter(session, "cy").splitlines()


def test_a_preview_of_one_language_shows_the_link_that_will_be_sent(session):
    named = with_link({"cy": {"survey": "Arolwg"}}, LINK, "en")
    assert named == {"cy": {"survey": "Arolwg", "link": f"{LINK}?language=cy"}}
