"""Two nodes behind nginx, one of which dies while people answer: nothing is lost, nothing is
counted twice, and whoever had begun goes on at the other."""

import os
import re
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import func, select

from survey.config import ROOT
from survey.database import session_scope
from survey.storage.drafts import Draft, Submission
from survey.storage.responses import Comment, Response
from tests import make_stored as make
from tests.browser.serving import free_port, settings_of
from tests.conftest import named, run_on
from tests.deployment.people import Person
from tests.deployment.programs import listens, program, started

pytestmark = pytest.mark.postgresql

PEOPLE, AT_ONCE = 36, 6
WRITTEN = "/surveys/autumn/questions/digital/design:comment"
"""The page on which people write."""

WHEN_IT_DIES = 8
"""How many have seen that their answers were sent."""


def certificate(folder):
    """One of our own, with its key; the files that have them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(make.NOON - timedelta(days=3650))
        .not_valid_after(make.NOON + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    files = folder / "survey.pem", folder / "survey.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def configured(folder, port, nodes):
    """The configuration that is delivered, with the places of this test in it."""
    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    pem, key = certificate(folder)
    for place, here in {
        "node-1.internal:8000": f"127.0.0.1:{nodes[0]}",
        "node-2.internal:8000": f"127.0.0.1:{nodes[1]}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "/etc/ssl/survey.pem": str(pem),
        "/etc/ssl/private/survey.key": str(key),
        "/var/log/nginx/survey.log": f"{folder}/survey.log",
    }.items():
        assert place in shipped
        shipped = shipped.replace(place, here)
    (folder / "survey.conf").write_text(shipped)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""  # its workers may enter the test's folder
    file = folder / "nginx.conf"
    file.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        f"events {{}} http {{ {temporary} include {folder}/survey.conf; }}\n"
    )
    return file


@pytest.fixture(scope="module")
def town(postgresql_server, tmp_path_factory):
    """Anytown with an open wave: the address of its database, and everybody's token."""
    run_on(postgresql_server, "CREATE DATABASE nodes TEMPLATE template")
    url = named(postgresql_server, "nodes")
    with session_scope(url) as session:
        wave = make.wave(session, asked=make.questionnaire(("digital/design",)))
        emails = [f"person-{number}@anytown.example" for number in range(PEOPLE)]
        tokens = [make.invitation(session, wave, email=email)[0] for email in emails]
        session.commit()
    return url, tokens


@pytest.fixture(scope="module")
def served(town, tmp_path_factory):
    """Two nodes behind nginx: its port, its folder, and the nodes."""
    folder, ports, port = tmp_path_factory.mktemp("nginx"), (free_port(), free_port()), free_port()
    nginx = [program("nginx"), "-p", folder, "-c", configured(folder, port, ports)]
    environment = settings_of(f"https://127.0.0.1:{port}", town[0], PROXIES="1")
    with ExitStack() as stack:
        nodes = [stack.enter_context(node(one, environment)) for one in ports]
        stack.enter_context(started([*map(str, nginx)], lambda: listens(port)))
        yield port, folder, nodes


def node(port, environment):
    """A node as a machine would run it, in a group of processes of its own."""
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--log-level", "error"]
    command = [sys.executable, "-m", "gunicorn", *options, "wsgi:app"]
    return started(
        command, lambda: listens(port), env=environment, cwd=ROOT, start_new_session=True
    )


@pytest.fixture(scope="module")
def people(town, served):
    """Everybody, once all have answered and a node was killed meanwhile; the first had begun."""
    port, _, nodes = served
    everybody = [Person(port, token, f"Words of {number}.") for number, token in enumerate(town[1])]
    begun = everybody[:AT_ONCE]
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        list(at_once.map(lambda one: one.answer(pages=2), begun))
        dying = Dying(nodes[0])
        done = at_once.map(lambda one: (one.answer(), dying.seen()), everybody[AT_ONCE:])
        list(done)
        list(at_once.map(Person.answer, begun))
    assert nodes[0].wait() == -signal.SIGKILL
    return everybody


class Dying:
    """A node that is killed with all its processes, once so many have been seen."""

    def __init__(self, node):
        self.node, self.left = node, [None] * WHEN_IT_DIES

    def seen(self):
        try:
            self.left.pop()
        except IndexError:
            return
        if not self.left:
            os.killpg(self.node.pid, signal.SIGKILL)


def test_everybody_sees_that_their_answers_were_sent(people):
    assert [one.words for one in people if not one.confirmed] == []


def test_what_was_confirmed_is_there_exactly_once(people, town):
    with session_scope(town[0]) as session:
        written = list(session.scalars(select(Comment.text)))
        counted = [
            session.scalar(select(func.count()).select_from(table))
            for table in (Response, Submission, Draft)
        ]
    assert counted == [PEOPLE, PEOPLE, 0]
    assert len(written) == len({*written})
    assert {one.words for one in people if WRITTEN in one.saved} <= {*written}
    assert [one.words for one in people if not (WRITTEN in one.saved or one.broken_off)] == []


def test_whoever_had_begun_went_on_where_they_were(people):
    assert [len(one.saved) > 2 for one in people[:AT_ONCE]] == [True] * AT_ONCE
    assert [one.asked_again for one in people if one.asked_again] == []


def test_the_proxy_writes_down_nobodys_link(people, served):
    _, folder, _ = served
    written = "".join(file.read_text() for file in Path(folder).glob("*.log"))
    assert [one.token for one in people if one.token in written] == []
    assert not re.search(r"/invitations/|/surveys/", written)
