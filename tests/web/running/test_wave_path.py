"""An admin walks a wave along its path: settings, people, messages, checks, opening, extending,
closing; what was promised stays, and every fault is told where it is."""

import re

import pytest
from sqlalchemy import select

from survey.app import create_app
from survey.operations.inviting import unanswered
from survey.storage.messages import Mailing
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown"
WAVE = f"{HOME}/waves/spring"
SECRET = "k" * 32


@pytest.fixture
def wave(stored):
    """A prepared wave for thirty people."""
    anytown = make.organisation(stored)
    for role in ("admin", "author"):
        account(stored, anytown, role)
    digest = make.version(stored, make.questionnaire(translations={"cy": {"title": "Sut hwyl?"}}))
    make.publication(stored, anytown.id, digest)
    parks = make.unit(stored, "parks")
    for number in range(30):
        stored.add(
            make.Person(
                organisation_id=anytown.id, unit_id=parks.id, email=f"p{number}@anytown.example"
            )
        )
    made = Wave(
        slug="spring",
        name="Spring",
        organisation_id=anytown.id,
        version_digest=digest,
        minimum_group=10,
        languages=["en", "cy"],
    )
    stored.add(made)
    stored.commit()
    return made


@pytest.fixture
def with_mail(web_database):
    """The application with a mail server that nobody runs."""
    settings = {"MAIL_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "survey@anytown.example"}
    own = {"DATABASE_URL": web_database, "SECRET_KEY": SECRET, "TESTING": True}
    return create_app(own | settings)


@pytest.fixture
def admin(wave, web_app):
    return sign_in(web_app, "admin@anytown.example")


@pytest.fixture
def writer(wave, with_mail):
    """An admin where mail is set up."""
    return sign_in(with_mail, "admin@anytown.example")


def settings(browser, **changes):
    browser.open(f"{WAVE}/settings")
    version = browser.page.text.split('<option value="')[1].split('"')[0]
    typed = {
        "name": "Spring",
        "version": version,
        "minimum_group": "10",
        "languages": ["en", "cy"],
        "breakdowns": ["grade"],
        "goal": "60",
        "grace_minutes": "60",
        "keep_people_days": "90",
    }
    return browser.send(typed | changes)


def opened(browser):
    browser.open(f"{WAVE}/open")
    return browser.send()


def now(stored, wave):
    stored.expire_all()
    return stored.get(Wave, wave.id)


def test_figures_are_given_away_only_where_that_is_promised(admin, stored, wave):
    settings(admin)
    assert not now(stored, wave).shares_figures
    assert "no figures are given to other organisations" in admin.open(f"{WAVE}/open").text
    settings(admin, shares_figures="y")
    assert now(stored, wave).shares_figures
    assert "may be given to other organisations" in admin.open(f"{WAVE}/open").text


def test_settings_are_shown_changed_and_kept(admin, stored, wave):
    settings(
        admin,
        name="Spring 2027",
        closes_on="2199-12-31",
        languages=["en"],
        contact="Help@anytown.example",
        goal="75",
        breakdowns=[],
    )
    assert admin.path == WAVE
    kept = now(stored, wave)
    assert (kept.name, kept.languages, kept.goal) == ("Spring 2027", ["en"], 75)
    assert kept.breakdowns == []
    assert kept.contact == "help@anytown.example"
    page = admin.open(f"{WAVE}/settings").text
    assert 'value="75"' in page
    assert 'value="2199-12-31"' in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"goal": "0"}, "from 1 to 100"),
        ({"minimum_group": "4"}, "from 5 to 100"),
        ({"contact": "nobody"}, "not an e-mail address"),
        ({"keep_people_days": "many"}, "whole number"),
        ({"closes_on": "2020-01-01"}, "has passed"),
    ],
)
def test_settings_that_cannot_be_are_told_and_stay_typed(admin, stored, wave, changed, said):
    page = settings(admin, **changed)
    assert page.status_code == 422
    assert said in page.text
    assert now(stored, wave).goal == 60


def test_who_is_asked_can_be_looked_at_before_it_is_saved(admin, stored, wave):
    admin.open(f"{WAVE}/asked")
    sample = {"kind": "sample", "half_width": "0.5", "response_rate": "60"}
    page = admin.send(sample | {"look": "1"})
    assert "<strong>20</strong> of 30 people are asked" in page.text
    assert now(stored, wave).audience == {}
    admin.open(f"{WAVE}/asked")
    admin.send(sample)
    assert now(stored, wave).audience == {"sample": {"half_width": 0.5, "response_rate": 0.6}}


def test_units_to_ask_have_to_be_chosen(admin, stored, wave):
    admin.open(f"{WAVE}/asked")
    page = admin.send({"kind": "units"})
    assert page.status_code == 422
    assert "No unit is chosen" in page.text
    admin.open(f"{WAVE}/asked")
    admin.send({"kind": "units", "units": [str(make.unit(stored, "places").id)]})
    assert "30 people in some units" in admin.page.text


def test_the_check_names_what_is_good_and_what_to_look_at(admin):
    page = admin.open(f"{WAVE}/open").text
    for said in ("30 people are asked", "A made-up answer went through", "without translation"):
        assert said in page


def test_a_wave_that_is_to_send_mail_does_not_open_where_none_is_set_up(admin, stored, wave):
    settings(admin, send_invitations="y")
    page = admin.open(f"{WAVE}/open").text
    assert "no mail is set up" in page
    assert "Mend first" in page


def test_once_open_its_settings_are_refused_and_its_last_day_moves_back(admin, stored, wave):
    opened(admin)
    page = settings(admin, goal="10")
    assert page.status_code == 422
    assert "what it promises cannot change" in page.text
    admin.open(f"{WAVE}/extend")
    assert admin.send({"closes_on": "2020-01-01"}).status_code == 422
    admin.open(f"{WAVE}/extend")
    admin.send({"closes_on": "2199-12-31"})
    assert now(stored, wave).closes_at.year == 2199


def test_the_messages_are_shown_in_all_languages_of_the_wave(admin):
    page = admin.open(f"{WAVE}/messages").text
    assert "Your view is asked for: How do we do?" in page
    assert "Gofynnir am eich barn: Sut hwyl?" in page


def test_opening_plans_the_invitations_and_the_worker_sends_them(
    wave, web_database, mail_server, mailbox, stored
):
    own = {"DATABASE_URL": web_database, "SECRET_KEY": SECRET, "TESTING": True}
    mail = {"MAIL_URL": mail_server, "MAIL_FROM": "survey@anytown.example"}
    app = create_app(own | mail | {"MAIL_PER_SECOND": 1000})
    browser = sign_in(app, "admin@anytown.example")
    settings(browser, send_invitations="y")
    assert "The mail server answers" in browser.open(f"{WAVE}/open").text
    opened(browser)
    assert "Planned" in browser.page.text
    app.extensions["jobs"].do_all()
    assert len(mailbox.messages) == 30
    token = re.search(
        r"/invitations/(\S+)", mailbox.messages[0].get_body(("plain",)).get_content()
    )[1]
    assert browser.open(f"/invitations/{token}").status_code == 200
    assert ">30</td>" in browser.open(WAVE).text


def test_mail_that_cannot_be_sent_keeps_the_wave_from_opening(writer):
    settings(writer, send_invitations="y")
    page = writer.open(f"{WAVE}/open").text
    assert "cannot be reached" in page
    assert "Mend first" in page


def test_a_reminder_is_planned_taken_back_and_sent_once_a_day(writer, stored, wave):
    opened(writer)
    writer.open(f"{WAVE}/messages")
    writer.send({"day": "2199-01-01"}, to=f"{WAVE}/reminders")
    assert "The reminder is planned" in writer.page.text
    writer.send(to=f"{WAVE}/mailings/1/cancel")
    assert stored.scalars(select(Mailing)).all() == []
    writer.open(WAVE)
    writer.send(to=f"{WAVE}/remind")
    assert "A reminder is on its way" in writer.page.text
    writer.send(to=f"{WAVE}/remind")
    assert "Leave a day" in writer.page.text
    assert len(stored.scalars(select(Mailing)).all()) == 1


def test_a_message_is_reworded_with_a_preview_and_put_back(admin, stored, wave):
    address = f"{WAVE}/messages/invitation/en"
    admin.open(address)
    page = admin.send({"subject": "Hi", "text": "Go to ((link)) by ((last day))", "look": "1"})
    assert "/invitations/your-own-link" in page.text
    admin.open(address)
    admin.send({"subject": "Hi", "text": "Go to ((link))"})
    assert "Hi | Gofynnir" in admin.page.text
    admin.open(address)
    admin.send({"usual": "1"})
    assert "Your view is asked for" in admin.page.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Please answer", "has no ((link))"),
        ("((lnik))", "Write ((link))"),
        ("((link)) ((salary))", "Choose among"),
    ],
)
def test_a_message_that_would_not_work_is_refused_and_stays_typed(admin, text, said):
    admin.open(f"{WAVE}/messages/invitation/en")
    page = admin.send({"subject": "Hi", "text": text})
    assert page.status_code == 422
    assert said in page.text
    assert text in page.text


@pytest.mark.parametrize("address", ["messages/farewell/en", "messages/invitation/fr"])
def test_what_is_not_there_is_not_found(admin, address):
    assert admin.open(f"{WAVE}/{address}").status_code == 404


def test_a_test_message_says_why_it_was_not_sent(writer):
    writer.open(f"{WAVE}/messages")
    page = writer.send(to=f"{WAVE}/messages/invitation/test")
    assert "was not sent" in page.text


def test_the_page_that_is_watched_says_how_many_and_never_who(admin, stored, wave):
    opened(admin)
    make.responses(stored, now(stored, wave), "parks", [3] * 12)
    stored.commit()
    part = admin.open(f"{WAVE}/watch").text
    assert "<strong>12</strong> of 30 invited, 40 %. The goal is 60 %" in part
    assert "fewer than 10" in part
    assert "@anytown" not in part
    lines = admin.open(f"{WAVE}/participation.csv").text.splitlines()
    assert "parks,Parks,30,12,0.4000," in lines
    assert "adults,Adults,0,,," in lines


def test_closing_gives_time_to_those_who_have_begun(admin, stored, wave, web_app):
    opened(admin)
    _, token = next(unanswered(stored, now(stored, wave), secret=SECRET))
    admin.client.get(f"/invitations/{token}")
    someone = type(admin)(web_app)
    someone.open(f"/invitations/{token}")
    someone.send()
    admin.open(f"{WAVE}/close")
    admin.send()
    assert "Those who have begun may finish" in admin.page.text
    assert now(stored, wave).state == "closing"
    assert someone.open(f"/invitations/{token}").status_code == 200


@pytest.mark.parametrize(
    "page", ["settings", "asked", "messages", "open", "extend", "close", "watch"]
)
def test_nobody_but_an_admin_sees_these_pages(wave, web_app, page):
    author = sign_in(web_app, "author@anytown.example")
    assert author.open(f"{WAVE}/{page}").status_code == 404
