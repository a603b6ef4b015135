"""The product works through PgBouncer, which lends a connection to a database for one transaction
at a time."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest
from sqlalchemy import make_url

from survey.engines import engine, limit_statements
from tests.browser.serving import free_port
from tests.deployment.conftest import application, signed_in
from tests.deployment.postgresql import folder_beside, owner_of
from tests.deployment.programs import listens, program, started
from tests.deployment.walking import answer, pages_of_each_kind
from tests.web.pages import Browser

pytestmark = pytest.mark.postgresql

CONNECTIONS, AT_ONCE = 2, 6
MANY = 50
SETTINGS = """
[databases]
council = host={server} dbname=council user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
logfile = {folder}/log
"""


@pytest.fixture(scope="module")
def pooled(council):
    """The council's database through a pooler that has fewer connections than are asked for."""
    server = make_url(council.url).query["host"]
    folder, port = folder_beside(server, "pooler"), free_port()
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        SETTINGS.format(server=server, port=port, folder=folder, connections=CONNECTIONS)
    )
    command = [program("pgbouncer"), "--quiet", str(settings)]
    with started(command, lambda: listens(port), **owner_of(server)):
        yield f"postgresql://survey@127.0.0.1:{port}/council"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def app(pooled):
    with application(pooled) as made:
        yield made


def test_many_answer_at_once(app, council):
    tokens = [council.tokens.pop() for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        pages = list(at_once.map(lambda token: answer(Browser(app), token), tokens))
    assert ["Your answers have been sent" in page.text for page in pages] == [True] * AT_ONCE


def test_pages_of_many_kinds_open(app, council):
    admin = signed_in(Browser(app), "admin@anytown.example")
    pages = pages_of_each_kind(app, admin.client, ["/admin/", f"/profiles/{council.closed}"])
    opened = [(address, page.status_code) for address, page in islice(pages, MANY)]
    assert [one for one in opened if one[1] != 200] == []
    assert len(opened) == MANY


def test_work_in_the_background_is_woken_and_done(app, council, caplog):
    jobs = app.extensions["jobs"]
    jobs.wake()
    assert jobs.queue.pending_count() == 1
    jobs.do_all()
    jobs.queue.storage.close()
    assert caplog.text == ""


def test_the_pooler_lends_connections_by_transaction(pooled):
    made = engine(pooled)
    with made.connect() as first, made.connect() as second, made.connect() as third:
        for connection in (first, second, third):  # more than there are
            connection.exec_driver_sql("SELECT 1")
            assert connection.connection.driver_connection.prepare_threshold is None
            connection.rollback()
    made.dispose()


def test_work_that_takes_its_time_is_not_limited_by_pages_on_the_same_connection(pooled):
    pages, work = engine(pooled), engine(pooled)
    limit_statements(pages, 25)
    told = {"25s": set(), "0": set()}
    for made in (pages, work) * MANY:
        with made.connect() as connection:
            ask = "SELECT current_setting('statement_timeout'), pg_backend_pid()"
            allowed, process = connection.exec_driver_sql(ask).one()
            told[allowed].add(process)
    assert told["25s"] & told["0"], "the same connection served both"
    pages.dispose()
    work.dispose()
