"""What lies in deploy/ names only files, settings and commands that there are, and programs that
read it find no fault."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from survey.cli.main import main
from survey.config import PREFIX, ROOT, SETTINGS
from tests.deployment.programs import program

DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
MOST_EXPOSED = "20"
"""Of 100, in the figure of `systemd-analyze security`: below it, a service is well guarded."""


STARTED = """
from survey.app import create_app
from survey.operations.shipped import library
from survey.revisions import newest_revision
create_app()
assert newest_revision() and library().capabilities
"""


def copied_into_image():
    """The files and folders of the repository of which the image is made."""
    lines = re.findall(r"^COPY (?!--from)(.*) \S+$", CONTAINERFILE, re.MULTILINE)
    return " ".join(lines).split()


def without_bytecode(folder):
    return {file for file in folder.rglob("*") if "__pycache__" not in file.parts}


def is_understood(words):
    """Whether `survey …` has this command with these options; it is not run."""
    command, rest = main, [*words]
    context = click.Context(command)
    while isinstance(command, click.Group):
        name = rest.pop(0)
        command = command.get_command(context, name)
        assert command is not None, name
    command.make_context("survey", rest, parent=context).close()
    return True


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_every_setting_that_is_named_there_is_one(file):
    known = {PREFIX + one.name for one in SETTINGS}
    assert {*re.findall(rf"\b{PREFIX}[A-Z_]+\b", file.read_text())} <= known


@pytest.mark.parametrize("name", ["migrations", "app", "worker"])
def test_a_container_runs_a_command_that_there_is(name):
    service = COMPOSE["services"][name]
    program_name, *words = shlex.split(service["command"])
    assert program_name == "survey"
    assert is_understood(words)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_that_there_is(unit):
    (line,) = re.findall(r"^ExecStart=.*$", unit.read_text(), re.MULTILINE)
    commands = re.findall(r"\bsurvey ([^&']+)", line)
    assert [words for words in commands if not is_understood(shlex.split(words))] == []
    assert commands


def test_only_the_proxy_can_be_reached_from_outside():
    assert [name for name, one in COMPOSE["services"].items() if "ports" in one] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_containers_wait_for_others_that_say_how_they_are():
    services = COMPOSE["services"]
    for service in services.values():
        assert "disable" in service["healthcheck"] or service["healthcheck"]["test"]
        for name, how in service.get("depends_on", {}).items():
            healthy = how["condition"] == "service_healthy"
            assert healthy == ("disable" not in services[name]["healthcheck"])


def test_containers_use_only_volumes_and_networks_that_there_are():
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source.startswith("/") or source in COMPOSE["volumes"]
        assert {*service["networks"]} <= {*COMPOSE["networks"]}


def test_the_proxy_finds_the_pages_under_the_names_of_its_configuration():
    names = re.findall(r"server ([\w.-]+):(\d+) ", (DEPLOY / "nginx.conf").read_text())
    app = COMPOSE["services"]["app"]
    assert [name for name, _ in names] == app["networks"]["outside"]["aliases"]
    assert {port for _, port in names} == {app["command"].partition("--bind 0.0.0.0:")[2][:4]}


def test_the_image_is_made_of_what_there_is():
    sources = copied_into_image()
    assert [source for source in sources if not (ROOT / source).exists()] == []
    sent = (DEPLOY / "Containerfile.dockerignore").read_text()
    assert {*re.findall(r"^!(.*)$", sent, re.MULTILINE)} == {one.rstrip("/") for one in sources}


def test_what_is_in_the_image_is_enough_and_stays_as_it_is(copy, tmp_path):
    """The product starts, reads its migrations and its library, and writes nothing beside it."""
    image = tmp_path / "image"
    image.mkdir()
    for source in copied_into_image():
        subprocess.run(["cp", "--archive", "--link", copy / source, image], check=True)
    before = without_bytecode(image)
    environment = os.environ | {
        "PYTHONPATH": str(image),
        "SURVEY_INSTANCE": str(tmp_path / "kept"),
        "SURVEY_DATABASE_URL": "",
    }
    subprocess.run([sys.executable, "-c", STARTED], env=environment, cwd=tmp_path, check=True)
    assert without_bytecode(image) == before
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["secret-key"]


def test_the_image_has_no_right_to_change_itself():
    last = CONTAINERFILE.rpartition("FROM ")[2]
    assert "\nUSER survey\n" in last
    assert "COPY --from=installed /opt/maturity-survey ./\n" in last
    assert COMPOSE["x-product"]["read_only"] is True


def test_the_unit_of_each_service_stands_before_programs_that_read_it(tmp_path):
    """systemd itself finds no fault."""
    analyze = program("systemd-analyze", "systemd")
    here = [tmp_path / unit.name for unit in UNITS]
    for unit, copied in zip(UNITS, here, strict=True):
        copied.write_text(
            unit.read_text().replace("/opt/maturity-survey/.venv/bin/survey", "/bin/true")
        )
    done = subprocess.run(
        [analyze, "verify", "--man=no", *here], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_may_do_little_beside_its_work(unit):
    command = [program("systemd-analyze", "systemd"), "security", "--no-pager", "--offline=yes"]
    done = subprocess.run(
        [*command, f"--threshold={MOST_EXPOSED}", unit], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-200:]


def test_commands_are_run_with_options_that_systemd_run_has():
    """The small program by which an administrator runs a command."""
    listed = subprocess.run(
        [program("systemd-run", "systemd"), "--help"], capture_output=True, text=True, check=True
    )
    used = re.findall(r"--[a-z-]+", (DEPLOY / "survey").read_text())
    assert [option for option in used if option not in listed.stdout] == []


def test_what_is_delivered_is_described():
    guides = "".join(file.read_text() for file in ROOT.glob("docs/*.md"))
    named = {file.name for file in DEPLOY.iterdir() if f"deploy/{file.name}" in guides}
    inside = {"Containerfile", "Containerfile.dockerignore"}  # named by compose.yaml
    assert {file.name for file in DEPLOY.iterdir()} == named | inside
    assert Path(COMPOSE["x-product"]["build"]["dockerfile"]).name in inside
