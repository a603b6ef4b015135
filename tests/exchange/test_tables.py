"""A table says the same in every kind of file, to readers that are not ours."""

import json
from dataclasses import replace
from datetime import date

import duckdb
import openpyxl
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.exchange.table import Column, Table, longest
from survey.exchange.table_codebook import codebook
from survey.exchange.table_files import FORMATS
from survey.exchange.table_xlsx import MOST_ROWS
from tests import tables

NAMES = (
    "Name " * 40,
    "שירותים דיגיטליים " * 12,
    "Parks 🌳 and 👩‍👩‍👧 families " * 8,
    "=1+1",
    '+cmd|" /C calc"!A0',
    "Two\nlines, “quoted”; 'and' \"quoted\"",
    " ",
    "",
    None,
)
STEPS = tuple(enumerate(("Explorer", "Enabler", "Embedded", "Expert", "Exemplar"), start=1))
OUT = ((-9, "Not answered"), (-8, "Don’t know"), (-7, "Doesn’t apply"), (-6, "Not asked"))


def table(rows, **changes):
    columns = (
        Column("name", "The name", longest=longest(row[0] for row in rows)),
        Column("step", "Where is it?", "whole", values=STEPS, missing=OUT, level="ordinal"),
        Column("mean", "The mean", "number", level="scale", about=(("formula", "sum s / n"),)),
    )
    method = (("Rows", "One a name."), ("Take care", "It says nothing of anybody. " * 9))
    made = Table("The title", "the-title", columns, rows, method, date(2026, 9, 1))
    return replace(made, **changes)


def written(made, format, folder):
    file = folder / f"table.{format}"
    FORMATS[format].write(made, file)
    return file


def expected(rows):
    """What is read of these rows: an empty text as nothing."""
    return tables.as_is(table(rows))


@pytest.mark.parametrize("format", tables.FORMATS)
def test_every_cell_comes_back_as_it_was(tmp_path, format):
    rows = [(name, step - 9, step / 7) for step, name in enumerate(NAMES)]
    rows += [("big", 10**15 + 1, -1e-12), ("nothing", None, None)]
    made = table(rows)
    found = tables.read_back(written(made, format, tmp_path), format, made.columns)
    wanted = expected(rows)
    if format == "csv":
        for row in wanted:
            if row["name"] and row["name"][0] in "=+":
                row["name"] = f"'{row['name']}"
    if format == "xlsx":  # which keeps sixteen digits
        found = [row | {"mean": row["mean"] and pytest.approx(row["mean"], 1e-15)} for row in found]
    if format == "sav":
        wanted[6]["name"] = None  # which keeps no spaces at the end of a text
        wanted = [row | {"name": row["name"] and row["name"].rstrip()} for row in wanted]
    assert found == wanted


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300),
            st.none() | st.integers(-200, 300),
            st.none() | st.floats(-1e300, 1e300),
        ),
        max_size=8,
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spss_reads_whatever_is_in_it(tmp_path, rows):
    made = table(rows)
    found = tables.read_back(written(made, "sav", tmp_path), "sav", made.columns)
    stripped = [(name.rstrip(" "), *numbers) for name, *numbers in rows]
    assert found == expected(stripped)


@pytest.mark.parametrize("format", tables.FORMATS)
def test_a_table_without_rows_has_its_columns(tmp_path, format):
    made = table([])
    file = written(made, format, tmp_path)
    assert tables.read_back(file, format, made.columns) == []
    names = {
        "csv": lambda: file.read_text("utf-8-sig").strip().split(","),
        "xlsx": lambda: [cell.value for cell in openpyxl.load_workbook(file)["Rows"][1]],
        "json": lambda: [column["name"] for column in json.loads(file.read_text())["columns"]],
        "parquet": lambda: duckdb.read_parquet(str(file)).columns,
        "sav": lambda: pyreadstat.read_sav(file, output_format="dict")[1].column_names,
    }
    assert names[format]() == ["name", "step", "mean"]


@pytest.mark.parametrize("format", tables.FORMATS)
def test_the_same_table_is_the_same_bytes(tmp_path, format):
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        files.append(written(table([("a", 1, 0.5)]), format, tmp_path / name).read_bytes())
    assert files[0] == files[1]


def test_spss_is_told_what_columns_and_numbers_mean(tmp_path):
    file = written(table([("a", 3, 0.5), ("b", -9, None)]), "sav", tmp_path)
    rows, _ = pyreadstat.read_sav(file, output_format="dict")
    assert rows["step"] == [3, None], "what is no answer is in no sum"
    _, meta = pyreadstat.read_sav(file, output_format="dict", user_missing=True)
    assert meta.column_names_to_labels["step"] == "Where is it?"
    assert meta.variable_value_labels == {"step": dict(STEPS + OUT)}
    assert meta.missing_ranges == {"step": [{"lo": -9, "hi": -6}]}
    assert meta.variable_measure == {"name": "nominal", "step": "ordinal", "mean": "scale"}
    assert (meta.number_rows, meta.file_label) == (2, "The title")
    assert "".join(meta.notes).startswith("Rows: One a name.")


def test_spss_takes_labels_that_are_too_long_for_it_cut_short(tmp_path):
    columns = (Column("a", "é" * 200, "whole", values=((1, "ü" * 100),)),)
    file = written(table([], columns=columns), "sav", tmp_path)
    _, meta = pyreadstat.read_sav(file, output_format="dict")
    assert meta.column_labels == ["é" * 126 + "…"]
    assert meta.variable_value_labels["a"] == {1: "ü" * 58 + "…"}


def test_three_codes_or_fewer_are_declared_one_by_one(tmp_path):
    columns = (
        Column("a", "A", "whole", missing=OUT[:1]),
        Column("b", "B", "whole", missing=OUT[::3]),
    )
    file = written(table([(-9, -7)], columns=columns), "sav", tmp_path)
    rows, _ = pyreadstat.read_sav(file, output_format="dict")
    assert rows == {"a": [None], "b": [-7]}


def test_a_workbook_brings_its_codebook_and_its_method(tmp_path):
    file = written(table([("=1+1", 3, 0.5)]), "xlsx", tmp_path)
    step = tables.read_xlsx(file, "Codebook")[1]
    assert step["values"].splitlines()[0] == "1 = Explorer"
    assert step["missing"].splitlines()[0] == "Not answered (-9)"
    assert tables.read_xlsx(file, "Method")[0] == {"about": "Rows", "text": "One a name."}
    cell = openpyxl.load_workbook(file)["Rows"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s"), "a text, no formula"


def test_parquet_has_types_and_the_codebook_in_it(tmp_path):
    file = written(table([("it's", 3, 0.5)]), "parquet", tmp_path)
    with duckdb.connect() as database:
        types = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
        found = database.execute("SELECT value FROM parquet_kv_metadata(?)", [str(file)]).fetchall()
    assert [one[1] for one in types] == ["VARCHAR", "BIGINT", "DOUBLE"]
    about = json.loads(bytes(found[0][0]))
    assert about["columns"][1]["values"]["5"] == "Exemplar"
    assert about["columns"][1]["missing"]["-8"] == "Don’t know"


def test_a_codebook_says_of_each_column_what_is_known(tmp_path):
    described = tables.as_is(codebook(table([])))
    assert [one["variable"] for one in described] == ["name", "step", "mean"]
    assert described[2]["formula"] == "sum s / n"
    assert described[2]["missing"] == "Not known, or withheld (an empty cell)"


def test_a_sheet_that_cannot_hold_all_rows_says_so(tmp_path, monkeypatch):
    assert MOST_ROWS == 1_048_575
    monkeypatch.setattr("survey.exchange.table_xlsx.MOST_ROWS", 1)
    with pytest.raises(ValueError, match="1 row"):
        written(table([("a", 1, 1), ("b", 1, 1)]), "xlsx", tmp_path)
