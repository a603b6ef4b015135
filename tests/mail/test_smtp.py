"""Letters reach a real mail server, and what it says is understood."""

import socket
from threading import Thread

import pytest

from survey.mail.letters import as_html
from survey.mail.smtp import SmtpSender
from survey.operations.delivering import Letter, ServerDown, TryLater, Undeliverable, Unsure

FROM = "survey@anytown.example"


def letter(to="ada@anytown.example", **changes):
    values = {
        "id": "0c5f4d3e",
        "to": to,
        "subject": "Your view is asked for – Anytown’s survey",
        "text": "Hello\n\nYour own link:\nhttps://survey.example/invitations/abc_DEF-1\n\n<b>Bye</b>",
        "sender": "Anytown Council, “Digital”",
        "reply_to": "help@anytown.example",
    }
    return Letter(**values | changes)


@pytest.fixture
def smtp(mail_server):
    sender = SmtpSender(mail_server, FROM)
    yield sender
    sender.close()


def test_a_letter_arrives_as_text_and_as_html(smtp, mailbox):
    smtp.send(letter())
    (message,) = mailbox.messages
    assert message["Subject"] == "Your view is asked for – Anytown’s survey"
    assert message["From"].addresses[0].addr_spec == FROM
    assert message["From"].addresses[0].display_name == "Anytown Council, “Digital”"
    assert (message["To"], message["Reply-To"]) == ("ada@anytown.example", "help@anytown.example")
    assert message["Message-ID"] == "<0c5f4d3e@anytown.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(("plain",)).get_content()
    assert "https://survey.example/invitations/abc_DEF-1" in text
    html = message.get_body(("html",)).get_content()
    assert '<a href="https://survey.example/invitations/abc_DEF-1">' in html
    assert "&lt;b&gt;Bye" in html


def test_a_link_at_the_end_of_a_sentence_does_not_take_the_full_stop():
    assert '<a href="https://a.example/x">https://a.example/x</a>.' in as_html(
        "https://a.example/x."
    )


def test_many_letters_go_by_one_connection(smtp, mailbox):
    for number in range(20):
        smtp.send(letter(to=f"p{number}@anytown.example"))
    assert [message["To"] for message in mailbox.messages] == [
        f"p{number}@anytown.example" for number in range(20)
    ]


@pytest.mark.parametrize(
    ("answer", "status"),
    [("550 5.1.1 Unknown user", "5.1.1"), ("550 No such user ada@anytown.example", "550")],
)
def test_an_unknown_address_is_known_by_its_code_alone(smtp, mailbox, answer, status):
    mailbox.answers["ada@anytown.example"] = answer
    with pytest.raises(Undeliverable) as refused:
        smtp.send(letter())
    assert str(refused.value) == status
    smtp.send(letter(to="bo@anytown.example"))
    assert len(mailbox.messages) == 1


def test_a_full_mailbox_is_tried_later(smtp, mailbox):
    mailbox.answers["ada@anytown.example"] = "452 4.2.2 Mailbox full of ada@anytown.example"
    with pytest.raises(TryLater) as refused:
        smtp.send(letter())
    assert str(refused.value) == "The mail server answered 452."


def test_a_letter_that_the_server_will_not_take_now_is_tried_later(smtp, mailbox):
    mailbox.after_data = "451 Try again"
    with pytest.raises(TryLater):
        smtp.send(letter())
    mailbox.after_data = "250 OK"
    smtp.send(letter())
    assert len(mailbox.messages) == 1


def test_a_fault_inside_the_server_does_not_spoil_the_next_letter(smtp, mailbox):
    mailbox.after_data = None  # the server fails over it
    with pytest.raises(TryLater):
        smtp.send(letter())
    mailbox.after_data = "250 OK"
    smtp.send(letter())
    assert len(mailbox.messages) == 1


def test_a_server_that_shuts_down_takes_nothing_more(smtp, mailbox):
    mailbox.answers["ada@anytown.example"] = "421 Shutting down"
    with pytest.raises(ServerDown):
        smtp.send(letter())


def test_no_server_is_said_without_an_address():
    with closed_port() as port, pytest.raises(ServerDown) as refused:
        SmtpSender(f"smtp://127.0.0.1:{port}", FROM).send(letter())
    assert "cannot be reached" in str(refused.value)


def closed_port():
    """A port that somebody holds and where nobody answers."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))

    class Held:
        def __enter__(self):
            return held.getsockname()[1]

        def __exit__(self, *_):
            held.close()

    return Held()


def test_a_connection_lost_after_the_letter_leaves_it_unsure():
    server = socket.create_server(("127.0.0.1", 0))
    Thread(target=hang_up_after_data, args=(server,), daemon=True).start()
    with pytest.raises(Unsure):
        SmtpSender(f"smtp://127.0.0.1:{server.getsockname()[1]}", FROM).send(letter())
    server.close()


def hang_up_after_data(server):
    """A server that takes the letter and dies before it says so."""
    connection, _ = server.accept()
    with connection, connection.makefile("rwb") as talk:
        talk.write(b"220 ready\r\n")
        talk.flush()
        in_data = False
        for line in talk:
            if in_data and line == b".\r\n":
                return
            if not in_data:
                in_data = line.lower().startswith(b"data")
                talk.write(b"354 go on\r\n" if in_data else b"250 OK\r\n")
                talk.flush()


def test_a_password_is_not_sent_in_the_open_to_another_machine(monkeypatch, mail_server):
    port = mail_server.rpartition(":")[2]
    monkeypatch.setattr("survey.mail.smtp._is_this_machine", lambda _host: False)
    sender = SmtpSender(f"smtp://ada:secret@127.0.0.1:{port}", FROM)
    with pytest.raises(ServerDown, match="no password is sent"):
        sender.send(letter())
