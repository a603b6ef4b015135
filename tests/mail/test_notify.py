"""Letters by GOV.UK Notify, against a server that answers as its documentation says."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from survey.database import session_scope
from survey.jobs import Jobs
from survey.mail.notify import NotifySender
from survey.operations.delivering import Letter, ServerDown, TryLater, Undeliverable
from survey.storage.waves import Invitation
from tests import make_stored as make

KEY = "key-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0"
LETTER = Letter("ref-1", "ada@anytown.example", "Asked for", "Hello\n\n* one", "Anytown", "")


class Notify(BaseHTTPRequestHandler):
    """POST /v2/notifications/email and GET /v2/notifications."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append(body)
        status, answer = self.server.answer or (201, {"id": "1"})
        self.reply(status, answer)

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        found = [
            {"reference": one["reference"], "email_address": one["email_address"]}
            for one in self.server.taken
            if asked.get("reference", [one["reference"]])[0] == one["reference"]
        ]
        self.reply(200, {"notifications": found})

    def reply(self, status, answer):
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def notify():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Notify)
    server.taken, server.answer = [], None
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def sender(notify):
    return NotifySender(KEY, "template-1", f"http://127.0.0.1:{notify.server_port}")


def refusal(status, message="no"):
    return status, {"status_code": status, "errors": [{"error": "E", "message": message}]}


def test_a_letter_goes_with_its_reference(sender, notify):
    sender.send(LETTER)
    assert notify.taken == [
        {
            "email_address": "ada@anytown.example",
            "template_id": "template-1",
            "personalisation": {"subject": "Asked for", "body": "Hello\n\n* one"},
            "reference": "ref-1",
        }
    ]


def test_a_letter_that_notify_has_already_does_not_go_again(sender, notify):
    sender.send(LETTER)
    sender.send(
        Letter(**{name: getattr(LETTER, name) for name in LETTER.__slots__} | {"attempt": 2})
    )
    assert len(notify.taken) == 1


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (refusal(400, "email_address Not a valid email address"), Undeliverable),
        (refusal(400, "Missing personalisation: body"), TryLater),
        (refusal(429), TryLater),
        (refusal(403), ServerDown),
        (refusal(500), ServerDown),
    ],
)
def test_what_notify_refuses_is_understood(sender, notify, answer, fault):
    notify.answer = answer
    with pytest.raises(fault) as refused:
        sender.send(LETTER)
    assert "ada" not in str(refused.value)


def test_bounces_are_asked_for(sender):
    sender.send(LETTER)
    assert list(sender.bounced()) == ["ada@anytown.example"]


def test_the_worker_notes_whose_mail_did_not_arrive(sender, notify, database_url):
    with session_scope(database_url) as session:
        make.invitation(session, make.wave(session))
        session.commit()
    sender.send(LETTER)
    settings = {
        "DATABASE_URL": database_url,
        "NOTIFY_API_KEY": KEY,
        "NOTIFY_TEMPLATE_ID": "template-1",
        "NOTIFY_URL": f"http://127.0.0.1:{notify.server_port}",
    }
    jobs = Jobs(settings)
    jobs.note_bounces()
    with session_scope(database_url) as session:
        assert session.query(Invitation.delivery).scalar() == "bounced"
    jobs._sessions.kw["bind"].dispose()
