"""“What happens with your answers”: what it says is stored is what the database holds."""

import importlib
import pkgutil

import pytest

from survey import storage
from survey.storage.model import Model
from survey.web.help.stored import TABLES

for module in pkgutil.iter_modules(storage.__path__, "survey.storage."):
    importlib.import_module(module.name)

STORED = {name: tuple(table.columns.keys()) for name, table in Model.metadata.tables.items()}
SAID = {name: columns for name, _, columns in TABLES}
OF_ANSWERS = ("draft", "submission", "response", "untallied", "comment")


def test_every_column_that_is_named_is_there_and_no_other():
    assert {name: set(STORED[name]) for name in SAID} == {
        name: set(columns) for name, columns in SAID.items()
    }


def test_every_table_about_those_who_are_asked_is_named():
    about_people = {
        table.name
        for table in Model.metadata.tables.values()
        if table.name == "person"
        or any(key.column.table.name == "person" for key in table.foreign_keys)
        or (
            "wave_id" in table.columns
            and {"key_digest", "sealed", "ratings", "answers"} & set(table.columns.keys())
        )
    }
    assert about_people <= SAID.keys()


@pytest.mark.parametrize("table", OF_ANSWERS)
def test_no_answer_stands_beside_a_person_an_invitation_or_a_time(table):
    columns = Model.metadata.tables[table].columns
    assert not {"person_id", "invitation_id", "account_id", "email"} & set(columns.keys())
    assert not [one.name for one in columns if "DATE" in str(one.type).upper()]
    assert {key.column.table.name for one in columns for key in one.foreign_keys} == {"wave"}


@pytest.mark.parametrize(
    ("language", "heading", "said"),
    [
        ("en", "What happens with your answers", "read what you have not sent yet"),
        ("cy", "Beth sy’n digwydd i’ch atebion", "darllen yr hyn nad ydych wedi’i anfon eto"),
    ],
)
def test_it_says_in_both_languages_what_cannot_be_hidden(browser, language, heading, said):
    page = browser.open(f"/help/privacy?language={language}").text
    assert browser.heading == heading
    assert said in page
    for name, columns in SAID.items():
        assert f"<code>{name}</code>" in page
        assert ", ".join(columns) in page
