"""An account may do what a grant allows, where it allows it, and learns of nothing else."""

import pytest
from sqlalchemy import event

from survey.operations import sessions
from survey.operations.accounts import add_grant, create_account
from survey.operations.errors import NotFound, NotSignedIn
from survey.operations.permissions import (
    ROLES,
    ROLES_FOR,
    may,
    organisations_of,
    require,
    units_of,
)
from tests import make_stored

PASSWORD = "three random words"


def account(session, organisation, role, unit=None, email="ada@anytown.example"):
    return create_account(
        session, email, role=role, organisation=organisation, unit=unit, password=PASSWORD
    )


ALLOWED = {
    "admin": {
        "read-profile",
        "read-comments",
        "set-target",
        "plan",
        "share",
        "author",
        "run-wave",
        "administer",
        "moderate",
    },
    "author": {"author"},
    "lead": {"read-profile", "read-comments", "set-target", "plan", "share"},
    "viewer": {"read-profile", "read-comments"},
    "moderator": {"moderate"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_the_table_says_and_no_more(session, role):
    anytown = make_stored.organisation(session)
    one = account(session, anytown, role)
    assert {action for action in ROLES_FOR if may(one, action, anytown.id)} == ALLOWED[role]


@pytest.mark.parametrize("role", ROLES)
def test_a_role_in_one_organisation_is_none_in_another(session, role):
    anytown = make_stored.organisation(session)
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    one = account(session, anytown, role)
    assert not any(may(one, action, other.id) for action in ROLES_FOR)


def test_a_lead_of_a_unit_sees_it_and_what_is_below_it(session):
    anytown = make_stored.organisation(session)
    places, parks, adults = (make_stored.unit(session, s) for s in ("places", "parks", "adults"))
    lead = account(session, anytown, "lead", places)
    seen = [may(lead, "read-profile", anytown.id, u.path) for u in (places, parks, adults)]
    assert seen == [True, True, False]
    assert not may(lead, "read-profile", anytown.id)
    assert units_of(lead, "read-profile", anytown.id) == {places.id}


def test_a_grant_for_unit_1_does_not_cover_unit_11(session):
    anytown = make_stored.organisation(session)
    parks = make_stored.unit(session, "parks")
    lead = account(session, anytown, "lead", parks)
    longer = f"{parks.id}1"
    assert not may(lead, "read-profile", anytown.id, f"9{longer}/{longer}/")


def test_an_account_that_was_switched_off_may_do_nothing(session):
    anytown = make_stored.organisation(session)
    admin = account(session, anytown, "admin")
    admin.active = False
    assert not any(may(admin, action, anytown.id) for action in ROLES_FOR)


def test_an_unknown_action_is_a_fault_of_ours(session):
    anytown = make_stored.organisation(session)
    with pytest.raises(KeyError):
        may(account(session, anytown, "admin"), "fly", anytown.id)


def test_what_an_account_may_not_see_looks_as_if_it_did_not_exist(session):
    anytown = make_stored.organisation(session)
    viewer = account(session, anytown, "viewer")
    assert require(viewer, "read-profile", anytown.id) is viewer
    with pytest.raises(NotFound):
        require(viewer, "administer", anytown.id)
    with pytest.raises(NotSignedIn):
        require(None, "read-profile", anytown.id)


def test_organisations_are_those_with_a_role_by_name(session):
    anytown = make_stored.organisation(session)
    banana = make_stored.organisation(session, "banana", {"banana": None})
    make_stored.organisation(session, "cherry", {"cherry": None})
    one = account(session, banana, "viewer")
    add_grant(session, one, role="lead", organisation=anytown)
    assert [each.slug for each in organisations_of(one)] == ["anytown", "banana"]
    assert organisations_of(None) == ()


def test_an_account_is_loaded_with_all_it_may_do_in_one_query(session):
    anytown = make_stored.organisation(session)
    made = account(session, anytown, "admin")
    token = sessions.begin_session(session, made, "", now=make_stored.NOON)
    session.expire_all()
    statements = []
    event.listen(
        session.connection(), "before_cursor_execute", lambda *call: statements.append(call[2])
    )
    found, _ = sessions.account_of_session(session, token, now=make_stored.NOON)
    assert organisations_of(found)[0].name == "Anytown"
    assert may(found, "administer", anytown.id)
    assert len(statements) == 1
