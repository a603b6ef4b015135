"""Every command of the guides, as it is written, in order, on a machine that is made up.

Commands of the product are run for real, on databases of their own. Those that would change the
operating system are run by stand-ins (`stand_ins/`), which know few words and check what they are
given: a file that is not there, a unit that does not exist, a typing error fails.
"""

import re

import click
import pytest

from survey.cli.main import main
from survey.config import PREFIX, ROOT, SETTINGS, from_environ
from tests.deployment.test_two_nodes import certificate
from tests.docs.pages import GUIDES, blocks

OF_THE_SYSTEM = re.compile(r"(?<![\w.])/(?:etc|usr|var|opt|srv|root)/")
TEXT_OF_A_FILE = re.compile(r"<<(\w+)\n.*?\n\1$", re.MULTILINE | re.DOTALL)
ASKED = """
.venv/bin/survey wave create autumn --organisation anytown --name Autumn --questionnaire bcs-lcm
.venv/bin/survey wave open autumn
.venv/bin/survey wave close autumn
"""
MISTYPED = (
    "sudo systemctl enable --now maturity-survy",
    "sudo systemctl dareload",
    "sudo apt-get install nginks",
    "sudo install -m 644 deploy/maturity-survay.service /etc/systemd/system/",
    "sudo install -m 644 deploy/maturity-survey.service /ect/systemd/system/",
    "sudo docker compose --file deploy/compose.yml up",
    "sudo rm -rf /etc",
    "sudo survey doctor",
    ".venv/bin/survey database upgrad",
    "curl --fail https://survey.example/readyz",
    "false\ntrue",
)
LANGUAGES = {"sh", "ini", "text", "yaml", "sql", "json"}


@pytest.fixture
def certified(machine):
    """What a guide asks for before it begins: a certificate and its key."""
    (machine.folder / "etc/ssl/private").mkdir(parents=True)
    _, key = certificate(machine.folder / "etc/ssl")
    key.rename(key.parent / "private" / key.name)
    return machine


@pytest.mark.postgresql
@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.stem)
def test_every_command_of_a_guide_does_what_it_should(certified, guide):
    for block in blocks(guide.read_text()):
        if block.language == "sh":
            certified.runs(block.text, block.line)


@pytest.mark.postgresql
def test_the_commands_of_the_readme_do_what_they_should(machine):
    """On files that a council would have; the wave is one that was asked meanwhile."""
    (block,) = [one for one in blocks((ROOT / "README.md").read_text()) if "WAVE" in one.text]
    (machine.copy / "units.csv").write_text("slug,name,parent\nhousing,Housing,\n")
    (machine.copy / "people.csv").write_text("email,unit\nsam@anytown.example,housing\n")
    before, line, after = block.text.partition(".venv/bin/survey profile WAVE")
    machine.runs(before + ASKED + line.replace("WAVE", "autumn") + after, block.line)


@pytest.mark.postgresql
def test_an_error_of_typing_is_found(certified):
    for wrong in MISTYPED:
        with pytest.raises(AssertionError, match="line 1: "):
            certified.runs(wrong)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.stem)
def test_every_block_says_what_it_is_written_in(guide):
    text = guide.read_text()
    assert {block.language for block in blocks(text)} <= LANGUAGES
    assert text.count("```") == 2 * len(list(blocks(text)))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.stem)
def test_only_sudo_touches_what_belongs_to_the_system(guide):
    commands = [
        line
        for block in blocks(guide.read_text())
        if block.language == "sh"
        for line in TEXT_OF_A_FILE.sub("", block.text).replace("\\\n", " ").splitlines()
    ]
    touching = [line for line in commands if OF_THE_SYSTEM.search(line)]
    assert [line for line in touching if not re.search(r"(^|[|(] *)sudo ", line)] == []


def test_every_setting_is_explained_and_no_other():
    named = re.findall(rf"\b{PREFIX}[A-Z_]+\b", (ROOT / "docs/configure.md").read_text())
    assert {*named} - {PREFIX} == {PREFIX + one.name for one in SETTINGS}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.stem)
def test_guides_name_only_settings_that_there_are(guide):
    known = {PREFIX + one.name for one in SETTINGS}
    assert {*re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", guide.read_text())} <= known


def test_examples_of_settings_are_accepted():
    """Each block beside what every installation needs, which is the first."""
    text = (ROOT / "docs/configure.md").read_text()
    first, *others = [block for block in blocks(text) if block.language == "ini"]
    needed = settings_in(first)
    for block in others:
        from_environ(needed | settings_in(block))


def settings_in(block):
    return dict(line.split("=", 1) for line in block.text.splitlines())


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.stem)
def test_links_of_guides_lead_somewhere(guide):
    links = re.findall(r"\]\(([^)#:]+)(?:#([\w-]+))?\)", guide.read_text())
    missing = [
        (file, part)
        for file, part in links
        if not (guide.parent / file).exists() or (part and part not in parts(guide.parent / file))
    ]
    assert missing == []


def parts(file):
    """What headings are called in addresses."""
    headings = re.findall(r"^#+ (.*)$", file.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda file: file.stem)
def test_commands_within_sentences_are_commands_that_there_are(guide):
    said = re.findall(r"`(?:sudo )?(?:\.venv/bin/)?survey ([^`…]*)`", guide.read_text())
    for words in said:
        command, context = main, click.Context(main)
        for word in words.split():
            if not isinstance(command, click.Group) or word.startswith("-"):
                break
            command = command.get_command(context, word)
            assert command is not None, words


def test_every_guide_is_named_in_the_first():
    text = (ROOT / "docs/README.md").read_text()
    assert [file.name for file in GUIDES if f"({file.name})" not in text] == ["README.md"]


def test_incidents_quote_what_the_product_says():
    text = (ROOT / "docs/incidents.md").read_text()
    quoted = {words.strip(" …") for words in re.findall("“([^”]+)”", text)}
    said = " ".join(
        re.sub(r"\s+", " ", file.read_text())
        for kind in ("*.py", "*.html")
        for file in (ROOT / "survey").rglob(kind)
    )
    assert [words for words in quoted if words not in said] == []
