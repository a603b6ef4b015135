"""One attempt: to the address that was checked and no other, and over in time."""

import datetime
import socket
import ssl
from contextlib import contextmanager
from threading import Thread
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from survey.operations.webhook_addresses import Reach
from survey.operations.webhook_posting import post
from tests.receiver import PRIVATE, encrypted, receiving

NAME = "tools.example"


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


def test_what_is_sent_arrives_as_it_is(receiver):
    answer = post(receiver.url, b'{"type":"test"}', {"webhook-id": "msg_1"}, PRIVATE)
    assert (answer.status, answer.fault, answer.is_good) == (200, "", True)
    ((path, headers, body),) = receiver.came
    assert (path, body) == ("/told?by=survey", b'{"type":"test"}')
    assert headers["webhook-id"] == "msg_1"
    assert headers["Host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize("status", [301, 400, 404, 410, 500])
def test_any_status_but_success_is_a_fault(receiver, status):
    receiver.answers = status
    answer = post(receiver.url, b"{}", {}, PRIVATE)
    assert (answer.status, answer.is_good) == (status, False)


def test_a_redirect_is_not_followed(receiver):
    receiver.answers, receiver.headers = 307, {"Location": receiver.url}
    assert "do not follow" in post(receiver.url, b"{}", {}, PRIVATE).fault
    assert len(receiver.came) == 1


def test_private_addresses_are_refused_at_each_attempt_too(receiver):
    reach = Reach(look_up=lambda _host, _port: ("127.0.0.1",))
    answer = post(f"https://{NAME}:{receiver.port}/", b"{}", {}, reach)
    assert answer.status is None
    assert "not on the public Internet" in answer.fault
    assert receiver.came == []


def test_a_name_that_changes_its_meaning_is_asked_only_once(receiver):
    """Else it would be public when it is checked, and private when it is connected to."""
    meanings = iter([("127.0.0.1",)])
    reach = Reach(private=True, look_up=lambda _host, _port: next(meanings))
    assert post(f"http://{NAME}:{receiver.port}/", b"{}", {}, reach).is_good
    assert receiver.came[0][1]["Host"] == f"{NAME}:{receiver.port}"


def test_the_next_address_is_tried_where_the_first_does_not_answer(receiver):
    reach = Reach(private=True, look_up=lambda _host, _port: ("127.0.0.2", "127.0.0.1"))
    assert post(f"http://{NAME}:{receiver.port}/", b"{}", {}, reach).is_good


def test_nobody_there_is_said_in_words():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = post(f"http://127.0.0.1:{port}/", b"{}", {}, PRIVATE)
    assert answer.fault == "It refused the connection."


@contextmanager
def answering(*parts, every):
    """A server that sends these parts of an answer, with pauses, until its caller hangs up."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = server.accept()
        with connection:
            connection.settimeout(every)
            for part in parts:
                try:
                    connection.sendall(part)
                    if connection.recv(4096) == b"":
                        return
                except TimeoutError:
                    continue
                except OSError:
                    return

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    server.close()
    thread.join(5)
    assert not thread.is_alive()


def test_a_receiver_that_sends_a_byte_now_and_then_is_cut_off():
    began = monotonic()
    with answering(*[b"H"] * 1000, every=0.02) as url:  # twenty seconds of it
        answer = post(url, b"{}", {}, PRIVATE, seconds=0.2)
    assert monotonic() - began < 10
    assert answer.status is None
    assert answer.fault == "It did not answer within 0.2 seconds."


def test_who_has_taken_it_has_it_however_long_they_go_on():
    start = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
    with answering(start, *[b"."] * 1000, every=0.02) as url:
        assert post(url, b"{}", {}, PRIVATE, seconds=0.2).is_good


def test_who_has_taken_it_has_it_whatever_nonsense_they_add():
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n"
    with answering(answer, every=0.02) as url:
        assert post(url, b"{}", {}, PRIVATE, seconds=1).is_good


def test_what_is_no_answer_of_the_web_is_a_fault():
    with answering(b"SSH-2.0-OpenSSH_9.6\r\n", every=0.02) as url:
        answer = post(url, b"{}", {}, PRIVATE, seconds=1)
    assert answer.fault == "It did not answer as a web server does."


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """The files of a certificate for NAME, signed by itself, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "certificate.pem", folder / "key.pem"


def test_a_certificate_is_asked_for_by_name_though_the_connection_goes_to_a_number(certificate):
    asked = []
    server = encrypted(*certificate)
    server.sni_callback = lambda _socket, name, _context: asked.append(name)
    trusting = ssl.create_default_context(cafile=certificate[0])
    reach = Reach(True, lambda _host, _port: ("127.0.0.1",), lambda: trusting)
    with receiving(server) as receiver:
        assert post(f"https://{NAME}:{receiver.port}/", b"{}", {}, reach).is_good
        other = post(f"https://other.example:{receiver.port}/", b"{}", {}, reach)
        unknown = post(f"https://{NAME}:{receiver.port}/", b"{}", {}, Reach(True, reach.look_up))
    assert asked[0] == NAME
    assert other.fault.startswith("Its certificate is not good")
    assert unknown.fault.startswith("Its certificate is not good")
    assert len(receiver.came) == 1
