"""A survey from an empty database to its profile, by commands alone, on both databases."""

import csv
import json
from io import StringIO

import pytest

from survey.operations.shipped import FOLDER

CORE = FOLDER / "surveys" / "digital-data-innovation-core.json"


@pytest.fixture
def staffed(survey, tmp_path):
    """An organisation of two teams with twelve people each."""
    units, people = tmp_path / "units.csv", tmp_path / "people.csv"
    units.write_text("slug,name,parent\nadults,Adults,\nparks,Parks,\n")
    rows = [f"p{i}@anytown.example,{'parks' if i % 2 else 'adults'}" for i in range(24)]
    people.write_text("\n".join(["email,unit", *rows]))
    survey.does("organisation", "create", "anytown", "--name", "Anytown")
    assert survey.does("units", "import", "anytown", units) == "2 added, 0 changed, 0 unchanged.\n"
    said = survey.does("people", "import", "anytown", people, "--json")
    assert json.loads(said) == {
        "added": 24,
        "changed": 0,
        "unchanged": 0,
        "moved": 0,
        "left": 0,
    }
    return survey


@pytest.fixture
def prepared(staffed):
    """A wave that asks the twelve capabilities."""
    staffed.does("questionnaire", "publish", CORE, "--organisation", "anytown")
    staffed.does(*CREATE)
    return staffed


CREATE = (
    *("wave", "create", "autumn", "--organisation", "anytown", "--name", "Autumn"),
    *("--questionnaire", "digital-data-innovation-core"),
)


def responses_file(survey, tmp_path, responses=24):
    """Everybody answers everything with step 3, but the first question with 4."""
    version = json.loads(survey("questionnaire", "expand", CORE).stdout)
    asked = [q for section in version["sections"] for q in section["questions"]]
    ladder = [q["id"] for q in asked if q["kind"] == "maturity"]
    file = tmp_path / "responses.csv"
    rows = [
        [str(i), "parks" if i % 2 else "adults", "4", *["3"] * (len(ladder) - 1)]
        for i in range(responses)
    ]
    header = ["response", "unit", *ladder]
    file.write_text("\n".join(",".join(row) for row in [header, *rows]))
    return file


def test_publishing_twice_is_the_same_version(staffed):
    publish = ("questionnaire", "publish", CORE, "--organisation", "anytown")
    first, second = staffed.does(*publish), staffed.does(*publish)
    assert first == second
    assert first.strip() == staffed("questionnaire", "expand", CORE).stderr.strip()


def test_a_survey_from_beginning_to_end(prepared, tmp_path):
    prepared.does("wave", "open", "autumn")
    links = list(csv.DictReader(StringIO(prepared.does("wave", "links", "autumn"))))
    assert len({link["url"] for link in links}) == 24
    assert links[0]["url"].startswith("https://survey.anytown.example/invitations/")
    assert json.loads(prepared.does("wave", "links", "autumn", "--json"))[0] == links[0]

    prepared.does("responses", "import", "autumn", responses_file(prepared, tmp_path))
    assert prepared.does("wave", "tally", "autumn") == "24 counted.\n"
    assert prepared.does("wave", "tally", "autumn") == "0 counted.\n"
    assert "come when the wave closes" in prepared.does("profile", "autumn")

    prepared.does("wave", "close", "autumn")
    assert prepared.does("wave", "recount", "autumn") == "The same figures.\n"
    profile = json.loads(prepared.does("profile", "autumn", "--json"))
    steps = [capability["step"] for capability in profile["capabilities"]]
    assert steps == [4] + [3] * 11
    assert profile["capabilities"][0]["counts"] == [0, 0, 0, 24, 0]
    parks = json.loads(prepared.does("profile", "autumn", "--unit", "parks", "--json"))
    assert parks["unit"] == "parks"
    assert parks["capabilities"][0]["n"] == 12
    assert "4.00" in prepared.does("profile", "autumn")

    export = ("responses", "export", "autumn", "--reason", "To try the export", "--format")
    assert len(prepared.does(*export, "csv").splitlines()) == 25
    assert len(json.loads(prepared.does(*export, "json"))) == 24


def test_a_wave_is_reminded_of_extended_and_forgotten(prepared):
    prepared.does("wave", "open", "autumn")
    prepared.does("wave", "remind", "autumn")
    (again,) = prepared.refuses("wave", "remind", "autumn")
    assert "Leave a day" in again
    assert "open until 2199-12-31" in prepared.does("wave", "extend", "autumn", "2199-12-31")
    (early,) = prepared.refuses("wave", "forget", "autumn")
    assert "closed wave" in early
    prepared.does("wave", "close", "autumn")
    said = prepared.does("wave", "forget", "autumn").splitlines()
    assert said[0] == "24 invitations and 0 people are deleted."
    assert len(said) == 3


def test_the_audit_log_is_verified_and_written_out(prepared):
    prepared.does("wave", "open", "autumn")
    assert "events, up to " in prepared.does("audit", "verify")
    state = json.loads(prepared.does("audit", "verify", "--json"))[0]
    assert state["broken_at"] is None
    lines = prepared.does("audit", "export", "anytown").splitlines()
    assert len(lines) == state["events"] + 1, "and the header"
    assert "organisation.create" in lines[1]


def test_delivery_reports_mark_addresses_that_take_no_mail(prepared, tmp_path):
    prepared.does("wave", "open", "autumn")
    report = tmp_path / "report.eml"
    report.write_text("Subject: I am away\n\nUntil Monday.\n")
    assert prepared.does("mail", "bounces", report) == "0 invitations are marked as bounced.\n"
    (refusal,) = prepared.refuses("mail", "send")
    assert "No mail is set up" in refusal


def test_status_says_who_is_asked_by_unit(prepared):
    prepared.does("wave", "open", "autumn")
    status = json.loads(prepared.does("wave", "status", "autumn", "--json"))
    assert (status["state"], status["invited"], status["responded"]) == ("open", 24, 0)
    assert [unit["id"] for unit in status["units"]] == ["anytown", "adults", "parks"]
    assert "  Parks: 0 of 12" in prepared.does("wave", "status", "autumn")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("wave", "open", "winter"), "no wave"),
        (("wave", "close", "autumn"), "Only a wave that is open"),
        (("wave", "links", "autumn"), "not opened yet"),
        ((*CREATE,), "already"),
        ((*CREATE[:2], "x", *CREATE[3:], "--minimum-group", "4"), "found out"),
        ((*CREATE[:2], "x", *CREATE[3:-1], "nothing"), "published"),
        (("profile", "winter"), "no such profile"),
        (("organisation", "create", "anytown", "--name", "Again"), "already"),
        (("units", "import", "elsewhere", CORE), "no organisation"),
        (("questionnaire", "publish", CORE, "--organisation", "elsewhere"), "no organisation"),
    ],
)
def test_what_is_refused_is_said_in_one_line_with_what_to_do(prepared, arguments, says):
    (line,) = prepared.refuses(*arguments)
    assert says in line
    assert "(mend: " in line


def test_a_file_with_one_bad_row_changes_nothing(staffed, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text("email,unit\nnew@anytown.example,parks\nbad,nowhere\n")
    lines = staffed.refuses("people", "import", "anytown", file)
    assert [line.removeprefix(f"{file}:").split()[0:2] for line in lines] == [
        ["3:email:", "bad-email"],
        ["3:unit:", "unknown-unit"],
    ]
    file.write_text("email,unit\nnew@anytown.example,parks\n")
    assert staffed.does("people", "import", "anytown", file).startswith("1 added")


def test_bad_responses_change_nothing(prepared, tmp_path):
    prepared.does("wave", "open", "autumn")
    file = responses_file(prepared, tmp_path)
    file.write_text(file.read_text() + "\n99,nowhere" + ",3" * 12 + "\n")
    assert prepared.refuses("responses", "import", "autumn", file)
    assert prepared.does("wave", "tally", "autumn") == "0 counted.\n"


def test_an_invalid_questionnaire_is_not_published(staffed, tmp_path):
    file = tmp_path / "broken.json"
    file.write_text("{}")
    lines = staffed.refuses("questionnaire", "publish", file, "--organisation", "anytown")
    assert all(line.startswith(f"{file}:1:") for line in lines)


def test_results_of_an_earlier_survey_are_imported_shown_and_removed(prepared, tmp_path):
    file = tmp_path / "results.csv"
    file.write_text("capability,unit,1,2,3,4,5\nUser research,,10,20,10,0,0\n")
    command = (
        *("wave", "import", "before", file, "--organisation", "anytown", "--name", "Before"),
        *("--questionnaire", "digital-data-innovation-core", "--ended", "2023-05-01"),
    )
    assert prepared.does(*command) == "before is imported: survey profile before\n"
    profile = json.loads(prepared.does("profile", "before", "--json"))
    assert (profile["imported"], profile["capabilities"][0]["n"]) == (True, 40)
    assert "Its figures were imported" in prepared.does("wave", "status", "before")
    assert json.loads(prepared.does("wave", "status", "before", "--json"))["imported"]
    assert "no answers to count" in prepared.refuses("wave", "recount", "before")[0]
    assert prepared.does("wave", "remove", "before") == "before is removed.\n"
    file.write_text("capability,unit,1,2,3,4,5\nUser research,,10,x,10,0,0\n")
    assert prepared.refuses(*command) == [
        f"{file}:2:2: bad-count “x” is no number of people. "
        "(mend: Write how many people as a whole number, such as 12; no percentages.)"
    ]


def test_how_questions_did_is_said_once_a_wave_has_closed(prepared, tmp_path):
    assert "no figures yet" in prepared.refuses("wave", "diagnostics", "autumn")[0]
    prepared.does("wave", "open", "autumn")
    file = responses_file(prepared, tmp_path)
    prepared.does("responses", "import", "autumn", file)
    prepared.does("wave", "close", "autumn")
    said = prepared.does("wave", "diagnostics", "autumn")
    assert "digital/user-research: 100% of those who rated it chose one and the same step." in said
    found = json.loads(prepared.does("wave", "diagnostics", "autumn", "--json"))
    assert (found["counted"], found["questions"][0]["findings"]) == (True, ["one-step"])
    assert found["capabilities"] == []
