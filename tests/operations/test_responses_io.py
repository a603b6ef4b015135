"""Responses go in as if they had been sent, and come out so that nobody is found."""

import csv
import json
from collections import Counter
from io import StringIO
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from survey.operations.csv_rows import InvalidRows
from survey.operations.errors import Closed, Refused
from survey.operations.generalising import generalised
from survey.operations.responses_io import export_responses, import_responses
from survey.operations.tallying import tally_new_responses
from survey.operations.unit_tree import tree_from
from survey.questionnaire.model import Option, Question
from survey.questionnaire.rating import unpack
from survey.storage.responses import Comment, Response
from tests import make_stored as make

HEADER = "response,unit,grade,digital/design,digital/design:comment,what-else\n"


REASON = "For an analysis of the tests"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "responses"


def exported(session, wave, file):
    export_responses(session, wave, "csv", REASON, file)
    return list(csv.DictReader(StringIO(file.read_text())))


def test_rows_become_responses_and_are_counted(session):
    wave = make.wave(session)
    file = HEADER + "a,parks,manager,4,,\nb,places,,dont-know,Too few people,\n"
    assert import_responses(session, wave, file.encode(), "csv") == 2
    assert tally_new_responses(session, wave) == 2
    asked = make.questionnaire()
    rated = [unpack(asked, ratings) for ratings in session.scalars(select(Response.ratings))]
    assert sorted(rated, key=str) == [{"digital/design": "dont-know"}, {"digital/design": 4}]
    assert session.scalars(select(Comment.text)).all() == ["Too few people"]


def test_json_says_the_same_as_csv(session):
    wave = make.wave(session)
    rows = [{"response": 1, "unit": "parks", "grade": "manager", "digital/design": 4}]
    assert import_responses(session, wave, json.dumps(rows).encode(), "json") == 1
    response = session.scalars(select(Response)).one()
    assert (response.about_you, response.answers) == ({"grade": "manager"}, {"digital/design": 4})


def test_an_answer_to_a_hidden_question_is_dropped(session):
    wave = make.wave(session)
    file = HEADER + "a,parks,manager,4,,time\nb,parks,manager,1,,time\n"
    import_responses(session, wave, file.encode(), "csv")
    kept = session.scalars(select(Response.answers)).all()
    assert sorted("what-else" in answers for answers in kept) == [False, True]


def test_every_problem_is_named_and_nothing_is_kept(session):
    wave = make.wave(session)
    file = HEADER + "a,parks,boss,4,,\nb,no-such,manager,9,,\na,parks,,3,,\n"
    with pytest.raises(InvalidRows) as refusal:
        import_responses(session, wave, file.encode(), "csv")
    assert [(p.row, p.column, p.code) for p in refusal.value.problems] == [
        (2, "grade", "bad-answer"),
        (3, "unit", "unknown-unit"),
        (3, "digital/design", "bad-answer"),
        (4, "response", "repeated-response"),
    ]
    assert "front-line, manager" in refusal.value.problems[0].mend
    assert session.scalar(select(func.count()).select_from(Response)) == 0


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"{}",
        b"[]",
        b"[1]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'[{"response": 1}]',
        b'[{"response": 1, "unit": "parks", "no-such": 1}]',
        b'[{"response": 1, "unit": "parks", "grade": true}]',
        b'[{"response": 1, "unit": "parks", "grade": {"a": 1}}]',
        b'[{"response": 1, "unit": "parks", "digital/design": 1e999}]',
        b'[{"response": 1, "unit": "parks", "digital/design:comment": "\\ud800"}]',
    ],
)
def test_json_that_makes_no_sense_is_refused(session, file):
    with pytest.raises(InvalidRows) as refusal:
        import_responses(session, make.wave(session), file, "json")
    assert refusal.value.problems


@pytest.mark.parametrize("file", [b"", b"response\n", b"response,unit,no-such\na,parks,1\n"])
def test_csv_without_the_right_columns_is_refused(session, file):
    with pytest.raises(InvalidRows):
        import_responses(session, make.wave(session), file, "csv")


@pytest.mark.parametrize("state", ["prepared", "closed"])
def test_only_an_open_wave_takes_responses(session, state):
    wave = make.wave(session, state=state)
    with pytest.raises(Closed):
        import_responses(session, wave, (HEADER + "a,parks,,4,,\n").encode(), "csv")


def test_an_open_wave_gives_no_responses_away(session, file):
    wave = make.wave(session)
    make.responses(session, wave, "parks", [1, 2, 3, 4, 5])
    with pytest.raises(Refused):
        export_responses(session, wave, "csv", REASON, file)


def test_too_few_responses_are_not_given_away(session, file):
    with pytest.raises(Refused):
        exported(session, make.closed_wave(session, {"parks": [1, 2, 3, 4]}), file)


def test_small_units_move_up_and_comments_stay(session, file):
    answers = {"parks": [5] * 3, "places": [4] * 6, "adults": [2] * 8}
    wave = make.wave(session)
    for unit_slug, steps in answers.items():
        make.responses(session, wave, unit_slug, steps, **{"data/sharing:comment": "Because"})
    make.close(session, wave)
    rows = exported(session, wave, file)
    assert Counter(row["unit"] for row in rows) == {"places": 9, "adults": 8}
    assert "data/sharing:comment" not in rows[0]
    assert sorted(row["digital/design"] for row in rows) == sorted("5" * 3 + "4" * 6 + "2" * 8)
    assert [row["response"] for row in rows] == [str(number) for number in range(1, 18)]


def test_rare_answers_about_the_person_are_blanked(session, file):
    wave = make.wave(session)
    make.responses(session, wave, "parks", [3] * 12, grade="manager")
    make.responses(session, wave, "parks", [3] * 2, grade="front-line")
    make.close(session, wave)
    found = Counter(row["grade"] for row in exported(session, wave, file))
    assert found == {"": 14}  # two blank rows alone would be known by it, so the others join


def test_answers_by_which_the_profile_is_split_are_left_out(session, file):
    wave = make.wave(session, breakdowns=["grade"])
    make.responses(session, wave, "parks", [3] * 12, grade="manager")
    make.close(session, wave)
    assert {row["grade"] for row in exported(session, wave, file)} == {""}


def test_a_unit_is_named_only_where_every_capability_of_it_is_shown(session, file):
    wave = make.wave(session)
    make.responses(session, wave, "adults", [3] * 8)
    make.responses(session, wave, "parks", [3] * 4)
    make.responses(session, wave, "parks", [3] * 2, **{"digital/design": "dont-know"})
    make.close(session, wave)
    units = Counter(row["unit"] for row in exported(session, wave, file))
    assert units == {"anytown": 14}, "of the six of Parks four rated Design"


def test_what_is_exported_can_be_imported(session, file):
    wave = make.closed_wave(session, {"parks": [1, 2, 3, 4, 5] * 2})
    organisation = SimpleNamespace(id=wave.organisation_id)
    for format_ in ("csv", "json"):
        export_responses(session, wave, format_, REASON, file)
        again = make.wave(session, organisation, slug=format_)
        assert import_responses(session, again, file.read_bytes(), format_) == 10
        ratings = [
            Counter(session.scalars(select(Response.ratings).where(Response.wave_id == one.id)))
            for one in (wave, again)
        ]
        assert ratings[0] == ratings[1]


def test_a_text_that_looks_like_a_formula_is_made_harmless(session, file):
    options = (Option("-1+1", "Minus"), Option("b", "B"))
    asked = make.questionnaire(about_you=(Question("grade", "choice", "?", options=options),))
    wave = make.wave(session, asked=asked)
    make.responses(session, wave, "parks", [3] * 5)
    make.close(session, wave)
    assert {row["grade"] for row in exported(session, wave, file)} == {"'-1+1"}


TREE = tree_from(
    [
        {"id": number, "slug": str(number), "name": "", "parent": parent}
        for number, parent in enumerate([None, 0, 0, 1, 1, 2, 3])
    ]
)


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from("ab"), st.sampled_from("xyz")),
        min_size=5,
        max_size=60,
    ),
    st.sets(st.integers(0, 6)),
)
def test_every_exported_description_is_shared_by_enough(rows, shown):
    k = 5
    found = generalised(TREE, [row[0] for row in rows], [row[1:] for row in rows], k, shown)
    kinds = Counter((unit.id, answers) for unit, answers in found)
    assert min(kinds.values()) >= k
    assert {unit.id for unit, _ in found} <= shown | {0}
    for (unit_id, *answers), (unit, shared) in zip(rows, found, strict=True):
        assert TREE.units[TREE.place_of[unit_id]].path.startswith(unit.path)
        assert all(kept in (None, given) for kept, given in zip(shared, answers, strict=True))


@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_to_what_is_shared(random: Random):
    rows = [(random.randrange(7), random.choice("ab"), random.choice("xy")) for _ in range(40)]
    shown = {0, 1, 2, 4}
    shuffled = random.sample(rows, len(rows))
    kinds = [
        Counter(
            (unit.id, answers)
            for unit, answers in generalised(
                TREE, [r[0] for r in some], [r[1:] for r in some], 5, shown
            )
        )
        for some in (rows, shuffled)
    ]
    assert kinds[0] == kinds[1]
