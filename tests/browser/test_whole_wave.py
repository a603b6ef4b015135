"""A new user runs a whole wave from an empty installation, with a browser and a mail client."""

import re
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from survey.database import session_scope
from survey.migrating import migrate
from survey.storage.messages import Mailing
from tests.browser.checks import assert_good
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.serving import free_port, running, settings_of

pytestmark = pytest.mark.browser

PASSWORD = "three random words"
PEOPLE = 7
UNITS = "Unit name,Part of\nPlaces,\nParks,Places\nAdults,\n"
STAFF = "Work email,Department\n" + "".join(f"p{n}@anytown.example,Parks\n" for n in range(PEOPLE))


@pytest.fixture
def installation(tmp_path, mail_server):
    """`survey serve` on an empty database: its address, its database, what it printed."""
    port = free_port()
    url, address = f"sqlite:///{tmp_path / 'empty.db'}", f"http://127.0.0.1:{port}"
    migrate(url)
    environment = settings_of(
        address,
        url,
        MAIL_URL=mail_server,
        MAIL_FROM="survey@anytown.example",
        MAIL_PER_SECOND="1000",
    )
    command = [Path(sys.executable).parent / "survey", "serve", "--bind", f"127.0.0.1:{port}"]
    unbuffered = environment | {"PYTHONUNBUFFERED": "1"}
    with running(command, unbuffered, stdout=subprocess.PIPE) as process:
        printed = process.stdout.readline()
        until(lambda: is_up(address))
        yield address, url, printed


def until(holds, seconds=60):
    """Wait until it holds: for what a process of its own does in its own time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


def is_up(address):
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def load(page, kind, name, content):
    page.goto(f"/admin/anytown/{kind}")
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files("input[type=file]", file)
    press(page, f"Load {kind}")
    page.get_by_text("What it would change").wait_for()
    assert_good(page)
    press(page, "Take these changes")
    page.get_by_text("Taken").wait_for()


def link_in(message):
    return re.search(r"http\S+/invitations/\S+", message.get_body(("plain",)).get_content())[0]


def answer(chromium, link, screen):
    context = chromium.new_context(viewport=screen)
    page = context.new_page()
    page.goto(link)
    press(page, "Start")
    while "/questions/" in page.url:
        before = page.url
        for group in page.locator("fieldset").all():
            radios = group.locator('input[type=radio][value="3"]')
            (radios if radios.count() else group.locator("input").first).check()
        press(page, "Save and continue")
        page.wait_for_url(lambda url, before=before: url != before)
    press(page, "Send my answers")
    page.get_by_text("What you said").wait_for()
    context.close()


def test_a_whole_wave_from_nothing_to_the_profile(installation, chromium, mailbox):
    address, url, printed = installation
    context = chromium.new_context(viewport=DESKTOP, base_url=address)
    page = context.new_page()

    page.goto(re.search(r"http\S+", printed)[0])
    assert_good(page)
    for label, typed in (
        ("Organisation", "Anytown"),
        ("Short name", "anytown"),
        ("Your e-mail address", "ada@anytown.example"),
        ("New password", PASSWORD),
        ("The same again", PASSWORD),
    ):
        page.get_by_label(label).fill(typed)
    press(page, "Begin")

    load(page, "units", "units.csv", UNITS)
    load(page, "people", "people.csv", STAFF)

    page.goto("/admin/anytown/questionnaires/new")
    page.get_by_label("Questionnaire").first.select_option(value="bcs-learning-capability")
    press(page, "Begin with this")
    press(page, "Publish")

    page.goto("/admin/anytown/waves/new")
    page.get_by_label("Name", exact=True).fill("Spring")
    page.get_by_label("Short name").fill("spring")
    page.get_by_label("Smallest group").fill("5")
    press(page, "Prepare the wave")
    page.get_by_role("link", name="Check and open").click()
    expect(page.get_by_text("A made-up answer went through")).to_be_visible()
    expect(page.get_by_text("The mail server answers")).to_be_visible()
    assert_good(page)
    press(page, "Open the wave")

    until(lambda: len(mailbox.messages) == PEOPLE)
    links = {message["To"]: link_in(message) for message in mailbox.messages}
    assert len(set(links.values())) == PEOPLE
    for number, screen in enumerate((PHONE, DESKTOP, PHONE, PHONE, PHONE)):
        answer(chromium, links[f"p{number}@anytown.example"], screen)

    page.goto("/admin/anytown/waves/spring")
    page.get_by_text("5 of 7 invited").wait_for()
    press(page, "Remind those who have not answered")
    expect(page.get_by_text("Leave a day between"), "they were invited today").to_be_visible()
    let_days_pass(url)
    mailbox.messages.clear()
    press(page, "Remind those who have not answered")
    until(lambda: len(mailbox.messages) == 2)
    assert {message["To"] for message in mailbox.messages} == {
        "p5@anytown.example",
        "p6@anytown.example",
    }
    assert {link_in(one) for one in mailbox.messages} <= set(links.values())

    page.goto("/admin/anytown/waves/spring/close")
    press(page, "Close the wave")
    page.get_by_role("link", name="Certificate of deletion").click()
    assert_good(page)
    page.goto("/profiles/spring")
    expect(page.get_by_text("Embedded").first).to_be_visible()
    assert_good(page)
    context.close()


def let_days_pass(url):
    """Two days have gone by since the invitations."""
    with session_scope(url) as session:
        for mailing in session.scalars(select(Mailing)):
            mailing.due_at -= timedelta(days=2)
        session.commit()
