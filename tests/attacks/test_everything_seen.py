"""Attacks 3 to 7 of methods, section 6. Everybody who can sign in, nobody, and an administrator of
another organisation open every address with every parameter, and put together what they read:
pages, charts, texts of images, workings, JSON and files of commands."""

import csv
import io
import json
import shutil
from collections import defaultdict
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from survey.cli.main import main
from survey.database import session_scope
from survey.findings import words
from survey.maturity.profile import Withheld
from tests import tables
from tests.attacks import files, town
from tests.attacks.addresses import addresses, asked_with
from tests.attacks.applications import opened
from tests.attacks.reading import figures_in, withheld_in
from tests.attacks.town import DESIGN, PEOPLE, K, atoms_of, number_of
from tests.maturity.test_audit import tells
from tests.maturity.trees import reduced
from tests.web import signed_in

WAVES = ("autumn", "winter", "spring", "theirs")
UNITS = ("anytown", "adults", "places", "parks", "library", "no-such-unit")
CAPABILITIES = (DESIGN, "no-such")
QUESTIONS = ("grade", town.WATCH)
CHARTS = (
    *("steps", "distribution", "units", "groups.1", "practices", "change.1", "trend"),
    *("ladder", "heat-map.1", "priority-chart", "unit-comparison.1"),
)
PARAMETERS = (
    "",
    f"capability={DESIGN}",
    f"capability={DESIGN}&unit=parks&width=narrow&search=Comment",
    "unit=places&sort=gap&light=dark&state=cleared&domain=digital",
    "unit=library&unit=adults",
    f"by=grade&unit=library&capability={DESIGN}",
    "by=no-such&unit=elsewhere&wave=theirs&organisation=elsewhere&minimum_group=1&questions=1",
)
NAMES = ("Anytown", "Adults", "Places", "Parks", "Library", "Digital", "Front line", "Manager")
SEES_ALL = ("admin", "lead", "viewer")
SEES_A_UNIT = {"lead of adults": "adults", "viewer of parks": "parks"}
SEES_NOTHING = ("author", "moderator", "stranger", "nobody")


def every_address(here, waves=WAVES):
    app, actions, _ = here
    parts = {
        "wave": waves,
        "unit": UNITS,
        "capability": CAPABILITIES,
        "question": QUESTIONS,
        "name": CHARTS,
        "action": (actions.mine, actions.theirs, 999),
        "report": (UUID(int=1),),
    }
    return addresses(app, parts, ("/profiles", "/comments"))


@pytest.fixture(scope="module")
def read(here, browsers):
    """Every answer, by who asked and for what."""
    return {
        (who, asked): browser.get(asked)
        for who, browser in browsers.items()
        for asked in asked_by(here, who)
    }


def asked_by(here, who):
    """Every address, those of autumn with every parameter. To those who see nothing there is
    nothing to put together: their addresses take turns with the parameters."""
    for number, address in enumerate(every_address(here)):
        every = "/autumn" in address and not address.endswith(".png")  # of the same as the .svg
        some = PARAMETERS if every else PARAMETERS[:1]
        if who in SEES_NOTHING:
            some = (PARAMETERS[number % len(PARAMETERS)],)
        yield from (asked_with(address, parameters) for parameters in some)


@pytest.fixture(scope="module")
def commands(here, monkeypatch_module):
    """What the commands write of every wave: JSON by the wave, unit or question."""
    *_, file = here
    monkeypatch_module.setenv("SURVEY_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch_module.setenv("SURVEY_SECRET_KEY", "k" * 32)
    found = {}
    for wave in WAVES[:2]:
        asked = [[], ["--by", "grade"], *(["--unit", unit] for unit in town.UNITS)]
        for option in asked:
            done = CliRunner().invoke(main, ["profile", wave, *option, "--json"])
            if done.exit_code == 0:
                found[wave, *option] = json.loads(done.output)
    return found


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def exported(here, commands):
    """The rows of the responses to autumn that may be given away."""
    wanted = ["autumn", "--format", "csv", "--reason", "To find somebody out"]
    done = CliRunner().invoke(main, ["responses", "export", *wanted])
    return list(csv.DictReader(io.StringIO(done.output)))


def seen(read, *whom):
    """Every figure that these have read, with who read it where."""
    return [
        (figure, who, address)
        for (who, address), answer in read.items()
        if answer.status_code == 200 and who in (whom or SEES_ALL + tuple(SEES_A_UNIT))
        for figure in figures_in(answer)
    ]


def people_of(commands):
    """Numbers of people in what commands wrote, each with the mean."""
    return {(n, round(mean, 2)) for done in commands.values() for n, mean in _numbers(done)}


def _numbers(value):
    if isinstance(value, dict):
        if "n" in value:
            yield value["n"], value["mean"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)


def test_nobody_can_work_out_anything_about_few_from_all_that_all_read(read, commands, exported):
    numbers = {figure.people for figure, *_ in seen(read) if figure.people}
    numbers |= {people for people, _ in people_of(commands)}
    units = {row["unit"] for row in exported}
    numbers |= {sum(row["unit"] == unit for row in exported) for unit in units}
    assert {number_of("adults"), 2**town.IN_WINTER} <= numbers, "there is something to read"
    assert not tells(reduced([atoms_of(number) for number in numbers]), PEOPLE, PEOPLE, K)


def test_a_figure_is_the_same_wherever_it_is_shown(read, commands):
    means = defaultdict(set)
    for people, mean in people_of(commands):
        means[people].add(f"{mean:.2f}")
    for figure, *_ in seen(read):
        if figure.people and figure.mean:
            means[figure.people].add(figure.mean)
    assert all(len(said) == 1 for said in means.values()), means
    alone = {figure.mean for figure, *_ in seen(read) if figure.mean}
    assert alone <= set().union(*means.values()), "charts and texts of images say no other mean"


def test_the_same_is_shown_on_every_surface(read, commands):
    """Of every unit and group: the same people, or the same reason why not."""
    said = {name: set() for name in NAMES}
    for figure, _, address in seen(read, *SEES_ALL):
        if figure.people and figure.name in said and "/autumn/" in address:
            said[figure.name].add(figure.people)
    for (who, address), answer in read.items():
        if (
            who in SEES_ALL
            and answer.status_code == 200
            and f"/autumn/capabilities/{DESIGN}" in address
        ):
            for name, reason in withheld_in(answer.text):
                said.get(name, set()).add(reason)
    for unit in town.UNITS:
        (done,) = commands["autumn", "--unit", unit]["capabilities"]
        said[unit.capitalize()].add(done.get("n") or words.withheld(Withheld(done["suppressed"])))
    assert all(len(one) == 1 for one in said.values()), said
    assert said["Parks"] == {"Withheld: showing this would reveal another group’s answers"}
    assert said["Library"] == {"Withheld: too few people answered"}


def test_every_kind_of_file_withholds_what_the_page_withholds(read):
    """And says why; nothing else of it is there."""
    found = []
    for format in tables.FORMATS:
        rows = files.rows_of(read["lead", f"/profiles/autumn/data.{format}"])
        hidden = [row for row in rows if row["suppressed"] and row["measured"] == "capability"]
        assert {row[name] or None for row in hidden for name in ("n", "mean", "gap")} == {None}
        reasons = {files.whom(row): row["suppressed"] for row in hidden}
        found.append({(name, words.withheld(Withheld(one))) for name, one in reasons.items()})
    page = read["lead", f"/profiles/autumn/capabilities/{DESIGN}"].text
    of_units = {one for one in withheld_in(page) if one[0] in map(str.capitalize, town.UNITS)}
    assert found == [of_units] * len(tables.FORMATS)
    assert len(of_units) > 1


def test_who_is_limited_to_a_unit_reads_of_nobody_outside_it(read):
    everybody = {figure.people for figure, *_ in seen(read, *SEES_ALL)}
    for who, unit in SEES_A_UNIT.items():
        inside = {None, number_of(unit)} | ({2**town.IN_WINTER} if unit == "adults" else set())
        own = {figure.people for figure, *_ in seen(read, who)}
        assert own <= inside & everybody | {None}


def test_who_may_see_everything_sees_the_same(read):
    """One publish set for all: what is withheld from a viewer is withheld from an administrator."""
    admins, leads, viewers = ({figure for figure, *_ in seen(read, who)} for who in SEES_ALL)
    assert admins == leads == viewers


def test_nobody_else_reads_anything(read):
    """Of Anytown's profiles; the stranger reads those of Elsewhere."""
    for (who, address), answer in read.items():
        if who == "nobody":
            assert answer.status_code == 303, address
        elif who in SEES_NOTHING and answer.status_code == 200 and "/theirs" not in address:
            assert not figures_in(answer)
            assert address.partition("?")[0] == "/profiles/" or "/comments/" in address
        assert answer.status_code in (200, 303, 404), address


def test_the_attack_finds_few_where_everything_is_shown(here, tmp_path):
    """Or it would find nobody anywhere."""
    unprotected = shutil.copy(here[-1], tmp_path / "town.db")
    with session_scope(f"sqlite:///{unprotected}") as session:
        session.execute(text("UPDATE tally SET disclosure = zeroblob(length(disclosure))"))
        session.commit()
    lead = signed_in.sign_in(opened(unprotected), town.email_of("lead")).client
    found = figures_in(lead.get(f"/profiles/autumn/capabilities/{DESIGN}"))
    numbers = {figure.people for figure in found if figure.people}
    assert tells(reduced([atoms_of(number) for number in numbers]), PEOPLE, PEOPLE, K)
