"""The product as it is served, whose database is killed or away for a while, or which has no file
handle left: people are told so in a sentence and lose nothing that they typed, the work in the
background waits, and all goes on by itself."""

import sys
from contextlib import suppress

import psutil
import pytest
import requests
from sqlalchemy import func, select

from survey.database import session_scope
from survey.jobs import Jobs
from survey.storage.leases import NOBODY, Lease
from survey.storage.responses import Response
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.browser.serving import running
from tests.faults.journeys import answer, answer_all, go_to_the_end, is_said, question_of
from tests.faults.own_server import own_server
from tests.faults.scenes import ASKED
from tests.faults.served import answers, served, until

pytestmark = pytest.mark.postgresql
AWAY = "does not answer at the moment"
A_MINUTE = 75
"""Seconds within which what is due is done, even where nothing wakes a worker."""


@pytest.fixture(scope="module")
def server():
    with own_server() as made:
        yield made


@pytest.fixture(scope="module")
def product(server):
    with served(server.url) as made:
        yield made


@pytest.fixture
def begun(server, product, request):
    """Somebody who has begun to answer a wave of their own."""
    slug = request.node.name.replace("_", "-")[:60].strip("-")
    with session_scope(server.url) as session:
        anytown = make.organisation(session, slug, {slug: None})
        wave = make.wave(session, anytown, asked=ASKED, slug=slug)
        token, _ = make.invitation(session, wave, slug, f"{slug}@a.example")
        session.commit()
    browser = product.browser()
    browser.open(f"/invitations/{token}")
    browser.send()
    return browser


def responses(server, browser):
    slug = browser.path.split("/")[2]
    with session_scope(server.url) as session:
        mine = select(Response).join(Wave, Wave.id == Response.wave_id).where(Wave.slug == slug)
        return session.scalars(mine).all()


def test_a_database_killed_in_a_journey_costs_no_answer(server, begun):
    answer(begun)
    server.kill()
    answer(begun)
    is_said(begun, AWAY)
    assert "Wait a minute, then press “Try again”" in begun.page.text
    begun.send()
    is_said(begun, AWAY)
    server.start()
    begun.send()
    assert question_of(begun) == "digital/design:watch", "what was typed is kept"
    answer_all(begun)
    begun.send()
    assert begun.heading == "Your answers have been sent"
    (response,) = responses(server, begun)
    assert response.answers["digital/design"] == 2


def test_answers_that_are_being_sent_are_sent_once(server, begun):
    answer_all(begun)
    server.kill()
    begun.send()
    is_said(begun, AWAY)
    assert "may not be saved yet" in begun.page.text
    server.start()
    begun.send()
    assert begun.heading == "Your answers have been sent"
    assert len(responses(server, begun)) == 1


def test_who_only_looks_is_asked_to_load_the_page_again(server, begun):
    server.stop()
    begun.open(begun.path)
    is_said(begun, AWAY)
    assert "load this page again" in begun.page.text
    assert "<form" not in begun.page.text
    server.start()
    assert begun.open(begun.path).status_code == 200


def test_a_password_is_not_sent_back(server, product):
    browser = product.browser()
    browser.open("/sign-in")
    server.stop()
    browser.send({"email": "ada@anytown.example", "password": "three words here"})
    is_said(browser, AWAY)
    assert "three words here" not in browser.page.text
    server.start()


def test_programs_are_told_when_to_try_again(server, product):
    server.stop()
    asked = {"Authorization": "Bearer ms_something"}
    drafts = f"{product.address}/api/v1/organisations/anytown/drafts"
    answer = requests.get(drafts, headers=asked, timeout=30)
    ready = requests.get(f"{product.address}/readyz", timeout=30)
    alive = requests.get(f"{product.address}/healthz", timeout=30)
    server.start()
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert (ready.status_code, alive.status_code) == (503, 200)
    assert requests.get(f"{product.address}/readyz", timeout=30).status_code == 200


def test_a_server_without_file_handles_answers_again_by_itself(server, product, begun):
    worker, *_ = psutil.Process(product.pid).children()
    limits = worker.rlimit(psutil.RLIMIT_NOFILE)
    worker.rlimit(psutil.RLIMIT_NOFILE, (3, limits[1]))
    with suppress(requests.ConnectionError):  # or another worker has taken its place
        answer(begun)
    if worker.is_running():
        worker.rlimit(psutil.RLIMIT_NOFILE, limits)
    until(lambda: answers(product.address))
    go_to_the_end(begun)
    assert len(responses(server, begun)) == 1


def due(server, slug):
    """A wave whose last moment has passed."""
    with session_scope(server.url) as session:
        anytown = make.organisation(session, slug, {slug: None})
        make.wave(session, anytown, slug=slug, closes_at=make.NOON, grace_minutes=0)
        session.commit()


def is_closed(server, slug):
    """Whether the wave has been closed, and no worker is at anything."""
    with session_scope(server.url) as session:
        state = session.scalar(select(Wave.state).where(Wave.slug == slug))
        at_work = select(func.count()).select_from(Lease).where(Lease.holder != NOBODY)
        return state == "closed" and session.scalar(at_work) == 0


def test_a_worker_waits_for_the_database_and_goes_on_by_itself(server, product):
    due(server, "before")
    server.stop()
    command = [sys.executable, "-m", "survey.cli.main", "worker"]
    with running(command, product.environment) as worker:
        server.start()
        until(lambda: is_closed(server, "before"), A_MINUTE)
        server.kill()
        server.start()
        due(server, "after")
        jobs = Jobs({"DATABASE_URL": server.url})
        jobs.wake()
        jobs.queue.storage.close()
        until(lambda: is_closed(server, "after"), A_MINUTE)
        assert worker.poll() is None, "the same process all the time"
