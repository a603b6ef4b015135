"""Attacks 8, 12 and 13 of methods, section 6: before and after one submission; two towns that
differ only in what is hidden; charts that somebody else had drawn; comments in another order."""

import re
import shutil
from uuid import UUID

import pytest
from sqlalchemy import event

from survey.database import session_scope
from survey.operations import moderating, running
from survey.storage.responses import Comment
from tests import make_stored as make
from tests.attacks.addresses import addresses, told
from tests.attacks.applications import opened
from tests.web import signed_in

DESIGN, SHARING = "digital/design", "data/sharing"
INVITED = {"anytown": 60, "adults": 30, "places": 30, "parks": 26}
PARTS = {
    "report": [UUID(int=1)],
    "wave": ["autumn"],
    "unit": ["adults", "places", "parks"],
    "capability": [DESIGN, SHARING],
    "question": ["grade"],
    "name": ["steps", "distribution", "units", "groups.1", "practices", "change.1"],
    "action": [1],
}


def town(folder, name, template, adults, parks, *, open_still=False):
    """A town's application, a browser of its lead, and the file of its database. adults, parks:
    everybody's steps there."""
    file = folder / f"{name}.db"
    shutil.copy(template, file)
    with session_scope(f"sqlite:///{file}") as session:
        anytown = make.organisation(session)
        wave = make.wave(session, anytown, invited=INVITED)
        wave.breakdowns = ["grade"]
        for unit, steps in (("adults", adults), ("parks", parks)):
            make.responses(session, wave, unit, steps, grade="manager")
        if not open_still:
            running.close_wave(session, wave, now=make.NOON)
        for role in ("lead", "admin"):
            signed_in.account(session, anytown, role)
        session.commit()
    app = opened(file)
    return app, signed_in.sign_in(app, "lead@anytown.example").client, file


def everything(app, browser):
    """All that a lead is told at every address."""
    return {
        one: told(browser.get(one)) for one in addresses(app, PARTS, ("/profiles", "/comments"))
    }


def statements_of(app):
    """A list that grows by each statement that the database is asked."""
    found = []
    engine = app.extensions["database"].kw["bind"]
    event.listen(engine, "before_cursor_execute", lambda *args: found.append(args[2]))
    return found


HIDDEN = {
    "all, since they are few": (([], [1, 1, 2, 2]), ([], [5, 5, 4, 4])),
    "units, one to protect the other": (
        ([3] * 8 + [1] * 4, [5] * 4),
        ([3] * 8 + [5] * 4, [1] * 4),
    ),
}
"""What people of Adults and of Parks say in two towns of which the same is shown."""


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_hidden_leaves_no_trace_in_any_page_or_chart_nor_in_its_work(
    tmp_path, sqlite_template, hidden
):
    """The work by the statements that the database is asked: no clock could be trusted."""
    found = []
    for name, steps in enumerate(HIDDEN[hidden]):
        app, browser, _ = town(tmp_path, str(name), sqlite_template, *steps)
        statements = statements_of(app)
        found.append((everything(app, browser), statements))
    one, other = found
    assert len(one[0]) > 40
    assert one[0] == other[0]
    assert one[1] == other[1] != []


def test_t29_while_a_wave_is_open_one_more_answer_changes_no_page_but_who_took_part(
    tmp_path, sqlite_template
):
    """A mean of 3.0 from ten, then 2.8182 from eleven: the eleventh said 1. So nothing is said."""
    ten = [3] * 10
    before, after = (
        everything(*town(tmp_path, name, sqlite_template, steps, [], open_still=True)[:2])
        for name, steps in (("before", ten), ("after", [*ten, 1]))
    )
    changed = {address for address in before if before[address] != after[address]}
    assert changed <= {"/profiles/autumn", "/profiles/autumn/units/adults"}
    assert "/profiles/autumn" in changed, "that eleven took part is said"
    for address in before:
        assert not re.search(rb"[Mm]ean \d|2\.8", after[address][1]), address


def test_a_chart_that_was_drawn_for_one_is_not_given_to_another(tmp_path, sqlite_template):
    app, lead, file = town(tmp_path, "here", sqlite_template, [1, 2, 3, 4] * 5, [2, 3] * 8)
    with session_scope(f"sqlite:///{file}") as session:
        elsewhere = make.organisation(session, "elsewhere", {"elsewhere": None})
        signed_in.account(session, elsewhere, "lead")
        session.commit()
    stranger = signed_in.sign_in(app, "lead@elsewhere.example").client
    address = f"/profiles/autumn/charts/distribution.svg?capability={DESIGN}"
    drawn = lead.get(address)
    assert drawn.status_code == 200
    assert drawn.headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": drawn.headers["ETag"]}
    assert lead.get(address, headers=known).status_code == 304
    for who, answer in (("stranger", 404), ("nobody", 303)):
        browser = stranger if who == "stranger" else app.test_client()
        assert browser.get(address, headers=known).status_code == answer, who


@pytest.mark.parametrize("written", [range(12), reversed(range(12))])
def test_comments_come_in_an_order_that_says_nothing_of_when_they_were_written(
    tmp_path, sqlite_template, written
):
    """Known by their random ids alone: the same, whichever was written first."""
    _, lead, file = town(tmp_path, "here", sqlite_template, [1, 2, 3, 4] * 5, [])
    with session_scope(f"sqlite:///{file}") as session:
        wave = running.wave(session, "autumn")
        where = make.unit(session, "adults").id
        for number in written:
            made = Comment(
                wave_id=wave.id,
                id=UUID(int=(number * 7919) % 12 << 64),
                unit_id=where,
                question=f"{DESIGN}:comment",
                text=f"Comment {number}.",
            )
            session.add(made)
            session.flush()
        for one in moderating.queue(session, wave, "waiting"):
            moderating.decide(session, wave, one.id, "clear", one.text)
        session.commit()
    said = re.findall(r"Comment (\d+)\.", lead.get("/profiles/autumn/comments").text)
    assert said == [str(n) for n in sorted(range(12), key=lambda n: (n * 7919) % 12)]


def test_files_say_nothing_but_their_rows(tmp_path, sqlite_template):
    """No author, no time, no order: the same answers make the same file in any order."""
    texts = []
    for name, order in (("one", 1), ("other", -1)):
        app, _, _ = town(tmp_path, name, sqlite_template, [1, 2, 3, 4][::order] * 5, [])
        admin = signed_in.sign_in(app, "admin@anytown.example").client
        answer = admin.get("/admin/anytown/waves/autumn/participation.csv")
        texts.append(told(answer))
    assert texts[0] == texts[1]
