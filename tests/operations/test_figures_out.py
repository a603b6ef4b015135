"""The table of figures: what the pages show, in every kind of file, and nothing else."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.database import session_scope
from survey.exchange.table_files import FORMATS
from survey.operations import reporting
from survey.operations.errors import NotFound
from survey.operations.figures_out import figures_table
from survey.operations.profile_json import as_json, breakdown_as_json
from tests import make_stored as make
from tests import tables

DESIGN, SHARING = "digital/design", "data/sharing"
NUMBERS = ("n", "dont_know", "not_applicable", "mean", "median", "step", "agreement")
TEXTS = {"measured", "id", "name", "part_of", "unit", "unit_name"}
ODD = ("Name " * 40, "שירות 🌳 " * 20, "=1+1")


@pytest.fixture(scope="module")
def session(sqlite_template, tmp_path_factory):
    file = tmp_path_factory.mktemp("figures") / "figures.db"
    file.write_bytes(sqlite_template.read_bytes())
    with session_scope(f"sqlite:///{file}") as opened:
        make.organisation(opened)
        opened.commit()
        yield opened


@pytest.fixture(autouse=True)
def _as_it_was(session):
    yield
    session.rollback()


def anytown(session):
    return session.query(make.Organisation).one()


def closed(session, answers, **changes):
    return make.closed_wave(session, answers, of=anytown(session), **changes)


def council(session):
    """Adults is shown; Parks is too small, and Places would tell of the two beside it."""
    wave = make.wave(session, anytown(session), breakdowns=["grade"])
    make.responses(session, wave, "adults", [1, 2, 3, 4, 5] * 4, grade="manager")
    make.responses(session, wave, "adults", [3] * 8, grade="front-line")
    make.responses(session, wave, "anytown", [3] * 2, grade="manager")
    make.responses(session, wave, "places", [3] * 8, grade="manager")
    make.responses(session, wave, "parks", [2] * 3, grade="front-line", **{SHARING: "dont-know"})
    make.close(session, wave)
    reporting.set_target(session, wave.organisation_id, DESIGN, 4, "Agreed in May.")
    return wave


def rows_of(session, wave, *where):
    return tables.as_is(figures_table(session, wave.slug, None, *where))


def is_said(row, entry):
    """Whether a row has the figures of an entry of the profile's JSON."""
    if entry["suppressed"]:
        numbers = {name: row[name] for name in row if name not in TEXTS | {"target", "suppressed"}}
        empty = {name for name, value in numbers.items() if value is None}
        return row["suppressed"] == entry["suppressed"] and numbers.keys() - empty <= {
            "split_by",
            "option",
            "option_name",
        }
    return (
        [row[name] for name in NUMBERS] == [entry[name] for name in NUMBERS]
        and [row[f"at_{step}"] for step in range(1, 6)] == entry["counts"]
        and [row["interval_low"], row["interval_high"]] == entry["interval"]
        and row["suppressed"] is None
    )


@pytest.mark.parametrize("unit", [None, "adults", "places", "parks"])
def test_every_row_is_what_the_profile_of_its_unit_shows(session, unit):
    wave = council(session)
    rows = rows_of(session, wave, unit)
    for one in {row["unit"] for row in rows}:
        profile = as_json(
            reporting.organisation_profile(session, wave.slug, None, one, with_questions=True)
        )
        for kind in ("capability", "question"):
            entries = profile["capabilities" if kind == "capability" else "questions"]
            found = [row for row in rows if row["unit"] == one and row["measured"] == kind]
            if kind == "question" and one != (unit or "anytown"):
                assert found == []
                continue
            assert [row["id"] for row in found] == [entry["id"] for entry in entries]
            assert all(is_said(row, entry) for row, entry in zip(found, entries, strict=True))
            if kind == "capability":
                assert [(r["target"], r["gap"]) for r in found] == [
                    (entry["target"], entry.get("gap")) for entry in entries
                ]


def test_some_are_shown_and_some_withheld_for_either_reason(session):
    rows = rows_of(session, council(session))
    reasons = {unit: set() for unit in make.UNITS}
    for row in (row for row in rows if row["measured"] == "capability"):
        reasons[row["unit"]].add(row["suppressed"])
    assert reasons == {
        "anytown": {None},
        "adults": {None},
        "places": {"protects-another"},
        "parks": {"too-few"},
    }


def test_groups_are_as_their_page_has_them(session):
    wave = council(session)
    rows = rows_of(session, wave, None, "grade")
    report = breakdown_as_json(reporting.breakdown_report(session, wave.slug, "grade", None))
    entries = [
        (one["id"], option, entry)
        for one in report["capabilities"]
        for option, entry in [(None, one), *((two["id"], two) for two in one["options"])]
    ]
    assert [(row["id"], row["option"]) for row in rows] == [entry[:2] for entry in entries]
    assert all(is_said(row, entry) for row, (*_, entry) in zip(rows, entries, strict=True))
    assert {row["split_by"] for row in rows} == {"grade"}
    assert any(row["suppressed"] for row in rows) or any(row["option"] for row in rows)


def test_only_the_whole_organisation_is_split(session):
    wave = council(session)
    for unit, by in (("adults", "grade"), (None, "no-such"), ("no-such", None)):
        with pytest.raises(NotFound):
            figures_table(session, wave.slug, None, unit, by)


def test_who_is_limited_to_a_unit_takes_that_and_what_is_below_it(session):
    wave = council(session)
    lead = make.account(session, wave.organisation_id, "lead", "places")
    found = tables.as_is(figures_table(session, wave.slug, lead))
    assert {row["unit"] for row in found} == {"places", "parks"}
    for unit in ("anytown", "adults"):
        with pytest.raises(NotFound):
            figures_table(session, wave.slug, lead, unit)


def test_there_is_none_before_the_wave_has_closed(session):
    wave = make.wave(session, anytown(session))
    with pytest.raises(NotFound):
        figures_table(session, wave.slug, None)


def test_names_of_any_kind_come_back_from_every_file(session, tmp_path):
    """Of units, capabilities and questions: long ones, other scripts, what looks like a formula."""
    names = dict(zip(("adults", "places", "parks"), ODD, strict=True))
    for slug, name in names.items():
        make.unit(session, slug).name = name[:200]
    wave = closed(session, {"adults": [3] * 9, "parks": [4] * 9})
    wanted = rows_of(session, wave)
    assert {row["unit_name"] for row in wanted} == {"Anytown", *(name[:200] for name in ODD)}
    for format in tables.FORMATS:
        found = written(session, wave, format, tmp_path)
        for row, other in zip(wanted, found, strict=True):
            name = (other["unit_name"] or "").removeprefix("'")
            assert name.rstrip() == row["unit_name"].rstrip()


@pytest.mark.parametrize("number", [1, 200])
def test_there_may_be_one_capability_or_very_many(session, tmp_path, number):
    asked = make.questionnaire([f"digital/c{n}" for n in range(number)])
    wave = closed(session, {"adults": [2] * 12}, asked=asked)
    for format in ("xlsx", "sav"):
        rows = written(session, wave, format, tmp_path)
        capabilities = [row for row in rows if row["measured"] == "capability"]
        assert len(capabilities) == 4 * number
        assert {row["n"] for row in capabilities} == {12, None}


def written(session, wave, format, folder, *where):
    """The rows of a file."""
    made = figures_table(session, wave.slug, None, *where)
    file = folder / f"figures.{format}"
    FORMATS[format].write(made, file)
    return tables.read_back(file, format, made.columns)


answers = st.fixed_dictionaries(
    {unit: st.lists(st.integers(1, 5), max_size=12) for unit in ("adults", "places", "parks")}
)


@given(answers)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_withheld_is_withheld_in_every_file(session, tmp_path, drawn):
    """Attack 6 of methods, section 6: the set is the same, and so is every number."""
    session.rollback()
    wave = closed(session, drawn, opened_at=make.NOON + timedelta(days=1))
    wanted = rows_of(session, wave)
    hidden = [row for row in wanted if row["suppressed"]]
    assert all({row[name] for name in NUMBERS} == {None} for row in hidden)
    for format in tables.FORMATS:
        found = written(session, wave, format, tmp_path)
        if format == "xlsx":  # which keeps sixteen digits
            found = [_about(row) for row in found]
        assert found == wanted, format


def _about(row):
    return {
        name: pytest.approx(cell, 1e-14) if isinstance(cell, float) else cell
        for name, cell in row.items()
    }


def test_nothing_is_shown_of_an_empty_wave(session, tmp_path):
    for number, steps in enumerate(([], [1, 2])):
        wave = closed(session, {"adults": steps}, slug=f"wave-{number}")
        for format in tables.FORMATS:
            rows = written(session, wave, format, tmp_path)
            assert {row["suppressed"] for row in rows} == {"too-few"}
            assert {row[name] for row in rows for name in NUMBERS} == {None}
