"""Every command of the guides, as it is written, in order, on a machine that is made up.

Commands of the product are run for real, on databases of their own. Those that would change the
operating system are run by stand-ins (`stand_ins/`), which know few words and check what they are
given: a file that is not there, a unit that does not exist, a typing error fails.
"""

import re

import pytest

from tests.deployment.test_two_nodes import certificate
from tests.docs.pages import GUIDES, blocks

OF_THE_SYSTEM = re.compile(r"(?<![\w.])/(?:etc|usr|var|opt|srv|root)/")
TEXT_OF_A_FILE = re.compile(r"<<(\w+)\n.*?\n\1$", re.MULTILINE | re.DOTALL)
LANGUAGES = {"sh", "ini", "text", "yaml", "sql"}


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
    assert [line for line in touching if not re.search(r"(^|\| *)sudo ", line)] == []
