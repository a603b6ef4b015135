"""Drawing happens elsewhere, once, and survives whatever happens to the one who draws."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
import xml.etree.ElementTree as ElementTree

import pytest

from survey.charts.drawing import Draughtsman, Drawings, NotDrawn, digest
from survey.charts.palette import PAPER_FONT


def specification(people=10, **more):
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "Ten <people> & more",
        "usermeta": {"title": "How many"},
        "data": {"values": [{"people": people}]},
        "mark": "bar",
        "encoding": {"x": {"field": "people", "type": "quantitative"}},
    } | more


@pytest.fixture(scope="module")
def draughtsman():
    draughtsman = Draughtsman()
    yield draughtsman
    draughtsman.close()


@pytest.fixture
def drawings(tmp_path, draughtsman):
    drawings = Drawings(tmp_path / "charts", kept=3)
    drawings.draughtsman = draughtsman
    return drawings


def test_a_drawing_is_an_image_with_a_title_and_a_description(drawings):
    root = ElementTree.fromstring(drawings.svg(specification()))
    names = {child.tag.rpartition("}")[2]: child.text for child in root}
    assert root.get("role") == "img"
    assert names["title"] == "How many"
    assert names["desc"] == "Ten <people> & more"


def test_a_drawing_is_made_once_and_kept(drawings):
    first = drawings.svg(specification())
    drawings.draughtsman = None
    assert drawings.svg(specification()) == first


def test_a_picture_is_as_large_as_asked_for_made_once_and_kept(drawings):
    sized = specification(width=100, height=50, padding=0, autosize={"type": "none"})
    first = drawings.png(sized, scale=3)
    assert first.startswith(b"\x89PNG")
    assert struct.unpack(">II", first[16:24]) == (300, 150)
    drawings.draughtsman = None
    assert drawings.png(sized, scale=3) == first


def test_pictures_of_another_scale_are_other_pictures(drawings):
    sized = specification(width=100, height=50, padding=0, autosize={"type": "none"})
    assert drawings.png(sized, scale=1) != drawings.png(sized, scale=2)


def test_a_wrong_specification_gives_no_picture(drawings):
    with pytest.raises(NotDrawn):
        drawings.png({"mark": "no such mark"})


def test_paper_is_written_in_letters_that_go_with_it(drawings):
    def picture(font):
        text = {"mark": {"type": "text", "text": "Wide", "font": font, "fontSize": 40}}
        return drawings.png(specification() | text, scale=1)

    assert picture(PAPER_FONT) != picture("Arial, sans-serif")


def test_the_folder_does_not_grow_beyond_its_bound(drawings, tmp_path):
    for people in range(5):
        drawings.svg(specification(people))
    kept = {path.name for path in (tmp_path / "charts").iterdir()}
    assert len(kept) == 3
    assert f"{digest(specification(4))}.svg" in kept


def test_the_same_chart_has_the_same_name_in_whatever_order_it_is_written():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_a_wrong_specification_is_said_to_be_wrong_and_the_next_is_drawn(draughtsman):
    with pytest.raises(NotDrawn):
        draughtsman.draw({"mark": "no such mark"})
    assert "<svg" in draughtsman.draw(specification())


def test_it_starts_again_when_the_drawing_process_has_died(draughtsman):
    draughtsman.draw(specification())
    os.kill(draughtsman._process.pid, signal.SIGKILL)
    draughtsman._process.wait()
    assert "<svg" in draughtsman.draw(specification(11))


def test_it_gives_up_when_time_runs_out():
    impatient = Draughtsman(seconds=0.01)
    with pytest.raises(NotDrawn, match=r"0\.01 seconds"):
        impatient.draw(specification())


def test_threads_share_one_draughtsman(draughtsman):
    drawn = {}
    threads = [
        threading.Thread(target=lambda n=n: drawn.update({n: draughtsman.draw(specification(n))}))
        for n in range(1, 5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("<svg" in svg for svg in drawn.values())
    assert len(drawn) == 4


def test_nothing_is_fetched_for_a_drawing(draughtsman):
    with pytest.raises(NotDrawn):
        draughtsman.draw(specification(data={"url": "http://127.0.0.1:9/rows.json"}))


def test_the_drawing_library_is_never_loaded_where_requests_are_served():
    code = "import sys, survey.charts.drawing; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
