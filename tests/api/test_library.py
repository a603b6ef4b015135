"""Programs read the library as an organisation has it."""

import json
from time import perf_counter

import pytest

from survey.operations.shipped import files, library
from survey.web.authoring.blank import BLANK_CAPABILITY, BLANK_MAP
from tests.api.program import kind_of
from tests.api.town import take_in

ANYTOWN = "/organisations/anytown"
LIST = f"{ANYTOWN}/capabilities"
RESEARCH = "digital/user-research"


def ids(answer):
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json]


def test_capabilities_are_listed_by_id_a_page_at_a_time(program):
    first = program.get(f"{LIST}?page_size=100")
    assert ids(first) == sorted(library().capabilities)[:100]
    assert first.headers["Total-Count"] == str(len(library().capabilities))
    assert 'rel="next"' in first.headers["Link"]


def test_filters_narrow_the_list_and_stay_in_its_links(program):
    found = program.get(f"{LIST}?domain=data&map=core&page_size=2")
    core = library().frameworks["core"]
    held = {id_ for group in core.groups for id_ in group.capabilities}
    wanted = sorted(id_ for id_ in held if id_.startswith("data/"))
    assert ids(found) == wanted[:2]
    assert found.headers["Total-Count"] == str(len(wanted))
    assert "domain=data&map=core&page_size=2&page=2" in found.headers["Link"]
    theme = library().capabilities[RESEARCH].themes[0]
    assert RESEARCH in ids(program.get(f"{LIST}?theme={theme}&page_size=100"))


def test_a_search_answers_the_best_first(program):
    assert ids(program.get(f"{LIST}?search=user+research"))[0] == RESEARCH


def test_what_fits_nothing_is_an_empty_list(program):
    for query in ("domain=no-such", "theme=%00", "map=no/such", "search=🦉‏שלום"):
        assert program.get(f"{LIST}?{query}").json == []


def test_a_filter_that_there_is_not_is_refused_by_name(program):
    for named, said in (("colour", "red"), ("search", "x" * 101), ("page_size", "101")):
        answer = program.get(f"{LIST}?{named}={said}")
        assert kind_of(answer) == "wrong-parameters"
        assert set(answer.json["parameters"]) == {named}


def test_a_page_far_beyond_the_end_is_empty_and_quick(program):
    program.get(LIST)
    begun = perf_counter()
    answer = program.get(f"{LIST}?page=10000")
    assert (ids(answer), perf_counter() - begun < 1) == ([], True)
    assert 'rel="last"' in answer.headers["Link"]


def test_a_capability_says_all_that_its_page_says(program):
    answer = program.get(f"{LIST}/{RESEARCH}").json
    shipped = library().capabilities[RESEARCH]
    assert (answer["name"], tuple(answer["steps"])) == (shipped.name, shipped.steps)
    assert (answer["domain"], answer["origin"]) == ("digital", "shipped")
    assert "core" in answer["maps"]
    role = program.get(f"{ANYTOWN}/roles/{answer['roles'][0]}").json
    assert RESEARCH in role["capabilities"]


def test_what_an_organisation_added_and_adapted_is_its_own_alone(program, stored, anytown, author):
    name = "Asking people " + "שלום 🦉 " * 10
    mine = json.loads(files()[f"capabilities/{RESEARCH}.json"]) | {"name": name.strip()}
    take_in(stored, anytown, json.dumps(mine))
    take_in(stored, anytown, BLANK_CAPABILITY)
    take_in(stored, anytown, BLANK_MAP, kind="framework")
    assert program.get(f"{LIST}/{RESEARCH}").json["name"] == name.strip()
    origins = {one["origin"] for one in program.get(f"{LIST}?search=research").json}
    assert origins == {"shipped", "adapted"}
    assert {one["origin"] for one in program.get(f"{LIST}?domain=own").json} == {"own"}
    maps = program.get(f"{ANYTOWN}/maps?page_size=100").json
    assert [one["origin"] for one in maps].count("own") == 1


def test_the_same_again_is_not_sent_again(program, stored, anytown):
    known = program.get(LIST).headers["ETag"]
    assert program.get(LIST, if_none_match=known).status_code == 304
    take_in(stored, anytown, BLANK_CAPABILITY)
    own = program.get(f"{LIST}?domain=own", if_none_match=known)
    assert (own.status_code, ids(own)) == (200, ["own/repairing-roads"])


@pytest.mark.parametrize("role", ["admin", "lead", "viewer", "moderator"])
def test_whoever_has_a_role_there_may_read_it(as_role, role):
    assert as_role(role, "library:read").get(f"{ANYTOWN}/maps/gds").json["groups"]


def test_a_lead_of_a_unit_may_too(as_role):
    assert as_role("lead", unit="parks").get(f"{ANYTOWN}/roles").status_code == 200


def test_what_the_library_does_not_have_is_told_so(program):
    for address in ("capabilities/no/such", "capabilities/%00", "maps/no-such", "roles/no-such"):
        assert kind_of(program.get(f"{ANYTOWN}/{address}")) == "not-found"
