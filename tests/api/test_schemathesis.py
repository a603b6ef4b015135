"""The API does as its own document says, whatever it is sent: each operation is asked with values
made up after the document, some at addresses where something is, some anywhere."""

import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from survey.operations import signing_off, writing
from survey.operations.own_library import library_of
from tests import make_stored as make
from tests.api.program import PREFIX, VALID, token_of

EXAMPLES = 4
"""Of each operation, of each kind of value, at each kind of address."""

MEANT = {
    "positive_data_acceptance": "a document cannot say which files have no problems (422), nor "
    "which revision a change is meant for (412)",
    "negative_data_rejection": "a check takes any file, as its problems are the answer; a header "
    "that is no ETag is one that does not match",
    "missing_required_header": "a change without If-Match is refused by 428 (RFC 6585), which is "
    "not on the list of this check",
    "ignored_auth": "it sends all again without a token, as `test_entering` does once",
}
"""Checks that are left out, and why what they find is meant."""

QUICK = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def seeded(app, stored, anytown, make_account, application, monkeypatch):
    """A function that puts the database back as it was, the token of an admin, and the parts of
    addresses at which something is."""
    monkeypatch.setitem(app.config, "API_REQUESTS_A_MINUTE", 1_000_000)
    admin = make_account("admin")
    draft = writing.begin(stored, anytown.id, VALID, by=admin.id, now=make.NOON)
    library = library_of(stored, anytown.id)
    published = signing_off.publish_manuscript(
        stored, draft, organisation=anytown, library=library, by=admin.id, now=make.NOON
    )
    wave = make.wave(stored, slug="autumn", of=anytown)
    token = token_of(stored, admin)
    stored.commit()
    there = {
        "organisation": anytown.slug,
        "draft": draft.id,
        "digest": published.version_digest,
        "wave": wave.slug,
        "unit": "parks",
        "capability": "digital/user-research",
    }
    _, file = application
    kept = file.with_name("seeded.db")
    stored.close()
    stored.get_bind().dispose()  # which brings all into the file itself
    shutil.copy(file, kept)

    def back():
        app.extensions["database"].kw["bind"].dispose()
        for left in file.parent.glob(f"{file.name}-[ws]*"):
            left.unlink()
        shutil.copy(kept, file)

    yield back, {"Authorization": f"Bearer {token}"}, there
    kept.unlink()


def findings(operation, mode, headers, excluded, there):
    """What is wrong with the answers of an operation, where anything is."""
    known = {
        one.name: there[one.name] for one in operation.path_parameters if one.name in there
    } or None

    @QUICK
    @given(operation.as_strategy(mode, path_parameters=known))
    def ask(case):
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    try:
        ask()
    except Unsatisfiable:  # there is nothing that could be sent wrongly
        return None
    except (Exception, BaseExceptionGroup) as fault:  # findings come in groups
        return f"{operation.label}: {fault}"
    return None


def test_the_api_does_as_its_document_says(app, seeded):
    import schemathesis  # takes longer than the other tests of this folder
    from schemathesis.checks import CHECKS, load_all_checks
    from schemathesis.generation import GenerationMode

    load_all_checks()
    excluded = CHECKS.get_by_names(list(MEANT))
    assert len(excluded) == len(MEANT)
    back, headers, there = seeded
    document = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", app)
    document.config.generation.update(with_security_parameters=False)  # the token is ours
    found, asked = [], 0
    for operation in (one.ok() for one in document.get_all_operations()):
        asked += 1
        for mode, parts in (
            (GenerationMode.POSITIVE, there),
            (GenerationMode.POSITIVE, {}),
            (GenerationMode.NEGATIVE, there),
        ):
            back()
            found.append(findings(operation, mode, headers, excluded, parts))
    assert [one for one in found if one] == []
    assert asked >= 13
