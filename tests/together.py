"""Which tests run on the same worker: those of a file, and all that need the same costly thing."""

from xdist.scheduler import LoadScopeScheduling

SHARED = {
    "tests/browser/": "a served product and Chromium",
    "tests/deployment/test_pooler.py": "a council",
    "tests/deployment/test_replica.py": "a council",
    "tests/deployment/test_spreading.py": "a council",
    "tests/attacks/test_everything_seen.py": "a town",
    "tests/attacks/test_refusals.py": "a town",
}
"""The beginning of a test’s name, and what it shares. xdist’s marks need names of tests that can
be changed, which pytest no longer has."""


class Together(LoadScopeScheduling):
    """Gives a worker all tests that share something."""

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        return next((what for start, what in SHARED.items() if file.startswith(start)), file)
