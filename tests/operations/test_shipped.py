"""What comes with the product can be used as it is."""

from survey.operations.shipped import FOLDER, library, ready_made
from survey.questionnaire.check import check
from survey.questionnaire.library import check_file


def test_the_library_has_what_the_maps_name():
    shipped = library()
    assert len(shipped.capabilities) >= 20
    assert {"bcs-lcm", "digital-data-innovation"} <= set(shipped.frameworks)
    assert shipped.roles


def test_no_file_of_the_library_has_a_problem():
    files = [f for f in FOLDER.rglob("*.json") if "schema" not in f.relative_to(FOLDER).parts]
    found = {file.name: check_file(file.as_posix(), file.read_bytes(), library()) for file in files}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_every_ready_made_questionnaire_is_valid():
    assert len(ready_made()) >= 3
    assert all(check(source, library()).questionnaire for source in ready_made().values())
