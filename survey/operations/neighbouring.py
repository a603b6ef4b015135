"""Invented councils for the demonstration to be compared with. Their files say that nobody was
asked, so that they are compared with simulated answers alone."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from random import Random
from statistics import NormalDist
from string import ascii_uppercase
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from survey.maturity.profile import Shown
from survey.operations import benchmark_importing
from survey.operations.benchmark_file import SharedFigure, SharedWave, signed
from survey.operations.reporting import organisation_profile
from survey.operations.versions import asked_alike, questionnaire_of
from survey.storage.organisations import Organisation

COUNCILS: Final = 12
SPREAD: Final = 0.9
"""Standard deviation of what people of one council say, in steps."""
DIFFERENCES: Final = (0.3, 0.25, 0.15)
"""Standard deviations of how far others are from the own mean: all of them in a capability, a
council in all, a council in one."""


def invite_neighbours(
    session: Session, organisation: Organisation, wave_slug: str, *, now: datetime, random: Random
) -> int:
    """Take in a file of each invented council, closed this month, of what the wave asked; how many
    there are."""
    profile = organisation_profile(session, wave_slug, None)
    centres = {
        one.id: one.measure.mean + random.gauss(0, DIFFERENCES[0])
        for one in profile.capabilities
        if isinstance(one.measure, Shown)
    }
    asked = asked_alike(questionnaire_of(session, profile.wave.version_digest))
    files = []
    for letter in ascii_uppercase[:COUNCILS]:
        people, better = random.randint(150, 400), random.gauss(0, DIFFERENCES[1])
        figures = {
            id_: _figure(asked[id_], centre + better + random.gauss(0, DIFFERENCES[2]), people)
            for id_, centre in centres.items()
        }
        shared = SharedWave(
            organisation=f"Simulated council {letter}",
            wave="simulated",
            wave_name="Maturity survey",
            year=now.year,
            month=now.month,
            simulated=True,
            people=people,
            questionnaire=profile.wave.version_digest,
            capabilities=figures,
        )
        key = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        files.append((f"{letter}.json", signed(shared, key)))
    taken = benchmark_importing.take_in(session, organisation, files)
    for neighbour in benchmark_importing.neighbours(session, organisation.id):
        benchmark_importing.confirm(session, organisation, neighbour.fingerprint, now=now)
    return taken.added


def _figure(asked: str, centre: float, people: int) -> SharedFigure:
    """What so many people say whose opinions lie around a centre, without chance."""
    opinions = NormalDist(centre, SPREAD)
    up_to = [0, *(round(people * opinions.cdf(step + 0.5)) for step in range(1, 5)), people]
    counts = tuple(after - before for before, after in pairwise(up_to))
    mean = sum(step * count for step, count in enumerate(counts, start=1)) / people
    return SharedFigure(asked, counts, mean)
