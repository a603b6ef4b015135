"""What comes back from mail servers says whose mail does not arrive."""

from survey.mail.bounces import Bounce, bounces_in

REPORT = """\
From: MAILER-DAEMON@mail.example
To: survey@anytown.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; ada@anytown.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

Final-Recipient: rfc822; bo@anytown.example
Action: relayed
Status: 2.0.0

--b
Content-Type: message/rfc822

Subject: Your view is asked for

--b--
"""


def report(action="failed", status="5.1.1"):
    return REPORT.format(action=action, status=status).encode()


def test_an_address_that_failed_for_good_is_found():
    assert list(bounces_in(report())) == [Bounce("ada@anytown.example", "5.1.1")]


def test_a_delay_is_no_bounce():
    assert list(bounces_in(report("delayed", "4.4.1"))) == []
    assert list(bounces_in(report("failed", "4.4.7"))) == []


def test_another_message_has_none():
    assert list(bounces_in(b"Subject: Out of office\n\nI am away.\n")) == []
    assert list(bounces_in(b"\x00\xff not a message")) == []
