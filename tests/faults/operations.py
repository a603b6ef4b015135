"""The operations that are walked, each by its real entrance: pages, commands, background work."""

import os
from functools import cache

from click.testing import CliRunner

from survey.app import create_app
from survey.cli.main import main
from survey.config import from_environ
from survey.database import db
from survey.jobs import Jobs
from survey.operations.shipped import library
from tests.web.pages import Browser

SENT = "Your answers have been sent"


class Place:
    """Where an operation runs: a database, and somebody who hears what is confirmed."""

    def __init__(self, url, say):
        self.url, self.say = url, say

    def jobs(self):
        return Jobs(from_environ(os.environ))

    def browser(self):
        app = _app()
        app.config["DATABASE_URL"] = self.url
        db.init_app(app)
        return Browser(app)

    def command(self, *arguments):
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        if result.exit_code:
            raise AssertionError(result.output)
        self.say(result.stdout)


@cache
def _app():
    return create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "k" * 32, "TESTING": True})


def load():
    """Load what all operations need, and nothing that is open."""
    library()
    environment = _app().jinja_env
    for name in environment.list_templates(filter_func=lambda name: name.startswith("answer/")):
        environment.get_template(name)


def answer(place, given):
    """Somebody opens the link and goes on where they are, as often as they must."""
    browser = place.browser()
    browser.open(f"/invitations/{given['token']}")
    if browser.heading != SENT:
        browser.send()
    while "/questions/" in browser.path:
        question = browser.path.split("/questions/")[1]
        value = given["answers"][question]
        browser.send({f"answer-{question}": value})
        if browser.path.endswith(f"/questions/{question}"):
            raise AssertionError(browser.page.text)
        place.say({question: value})
    if browser.path.endswith("/check"):
        browser.send()
        place.say("sent")
    if browser.heading != SENT:
        raise AssertionError(f"{browser.page.status}: {browser.heading}")


def import_by_command(place, given):
    place.command("people", "import", "anytown", given["file"])


def publish(place, given):
    place.command("questionnaire", "publish", given["file"], "--organisation", "anytown")


OPERATIONS = {
    "submission": answer,
    "tallying": lambda place, _: place.jobs().tally(),
    "import of people, by command": import_by_command,
    "import of people, in the background": lambda place, _: place.jobs().take_files(),
    "publishing": publish,
    "mailing": lambda place, _: place.jobs().deliver(),
    "mail to accounts": lambda place, _: place.jobs().write_to_accounts(),
    "closing a wave": lambda place, _: place.jobs().close_waves(),
    "deletion": lambda place, _: place.jobs().forget_people(),
    "all background work": lambda place, _: place.jobs().do_all(),
}
