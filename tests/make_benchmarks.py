"""Builders of what other organisations give away: signed files of invented ones."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from survey.operations import benchmark_importing
from survey.operations.benchmark_file import SharedFigure, SharedWave, fingerprint_of, signed
from survey.operations.versions import asked_alike, questionnaire_of
from tests.make_stored import NOON

DESIGN, SHARING = "digital/design", "data/sharing"


def key(name):
    """The private key of an invented organisation; the same for the same name."""
    return Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())


def fingerprint(name):
    """That of the organisation's key."""
    return fingerprint_of(key(name).public_key().public_bytes_raw().hex())


def figure(asked, mean=3.0, people=20):
    """People at two steps whose mean is about that."""
    higher = round((mean - int(mean)) * people)
    counts = [0] * 6
    counts[int(mean) - 1], counts[int(mean)] = people - higher, higher
    return SharedFigure(asked, tuple(counts[:5]), mean)


def shared(name="Elsewhere", figures=None, **changes):
    values = {
        "wave": "autumn",
        "wave_name": "Autumn",
        "year": 2026,
        "month": 10,
        "simulated": False,
        "people": 30,
        "questionnaire": "a" * 64,
        "capabilities": {DESIGN: figure("d" * 64)} if figures is None else figures,
    }
    return SharedWave(organisation=name, **values | changes)


def file(name="Elsewhere", figures=None, *, signed_by=None, **changes):
    """A file, signed with the organisation's own key."""
    return signed(shared(name, figures, **changes), key(signed_by or name))


def alike(session, wave):
    """How the wave asked: fingerprints by capability."""
    return asked_alike(questionnaire_of(session, wave.version_digest))


def files_beside(session, beside, means, people=20, **changes):
    """A file for each mean, of organisations that asked for Design as this wave did."""
    asked = alike(session, beside)[DESIGN]
    return [
        (f"{n}.json", file(f"Council {n}", {DESIGN: figure(asked, mean, people)}, **changes))
        for n, mean in enumerate(means)
    ]


def take_in(session, organisation, files):
    """Take files in and confirm every organisation."""
    taken = benchmark_importing.take_in(session, organisation, files)
    for neighbour in benchmark_importing.neighbours(session, organisation.id):
        benchmark_importing.confirm(session, organisation, neighbour.fingerprint, now=NOON)
    return taken
