"""Folding: responses a second from the database into the tally and back, against numpy.bincount
on the same bytes. Goal: 200,000 a second on both databases."""

from uuid import UUID

import numpy as np
from ground import databases, seconds, table
from sqlalchemy import insert

from survey.database import session_scope
from survey.operations.tallying import tally_new_responses
from survey.questionnaire.model import Question, Section
from survey.storage.organisations import Unit
from survey.storage.responses import Untallied
from tests import make_stored as make

RESPONSES, CAPABILITIES, PRACTICES, UNITS = 200_000, 12, 4, 500
GOAL = 200_000


def asked():
    """A step and four practices for each of twelve capabilities: 60 rated questions."""
    ids = [f"digital/capability-{number}" for number in range(CAPABILITIES)]
    sections = tuple(
        Section(
            f"s{place}",
            id_,
            (
                Question(
                    id_,
                    "maturity",
                    id_,
                    steps=("a", "b", "c", "d", "e"),
                    capability=id_,
                    weight=PRACTICES,
                ),
                *(
                    Question(f"{id_}:{n}", "agreement", f"{id_} {n}", capability=id_)
                    for n in range(PRACTICES)
                ),
            ),
        )
        for place, id_ in enumerate(ids)
    )
    return make.questionnaire(tuple(ids), sections=sections, about_you=())


def ratings(random, responses=RESPONSES):
    """Packed ratings: mostly steps, some opt-outs."""
    columns = CAPABILITIES * (1 + PRACTICES)
    return random.choice(
        np.arange(8, dtype=np.uint8),
        p=[0.05, 0.1, 0.2, 0.3, 0.2, 0.05, 0.07, 0.03],
        size=(responses, columns),
    )


def fill(session, packed, random):
    """A wave with 500 units in three layers, and responses that wait to be folded."""
    units = {"root": None} | {f"u{n}": "root" if n < 20 else f"u{n % 20}" for n in range(UNITS - 1)}
    wave = make.wave(session, make.organisation(session, units=units), asked())
    unit_ids = random.choice([unit.id for unit in session.query(Unit)], size=len(packed)).tolist()
    for start in range(0, len(packed), 10_000):
        session.execute(
            insert(Untallied),
            [
                {
                    "wave_id": wave.id,
                    "id": UUID(bytes=random.bytes(16)),
                    "unit_id": unit_ids[row],
                    "ratings": packed[row].tobytes(),
                }
                for row in range(start, min(start + 10_000, len(packed)))
            ],
        )
    session.commit()
    return wave


def main():
    random = np.random.default_rng(1)
    packed = ratings(random)
    cells = packed + 8 * np.arange(packed.shape[1])
    yardstick = seconds(lambda: np.bincount(cells.ravel()), times=3)
    rows = [("", "responses/s", "times numpy.bincount", f"goal {GOAL:,}/s")]
    rows.append(("numpy.bincount, bytes alone", f"{RESPONSES / yardstick:,.0f}", "1.0", ""))
    with databases() as urls:
        for name, url in urls.items():
            with session_scope(url) as session:
                wave = fill(session, packed, random)

                def fold(session=session, wave=wave):
                    assert tally_new_responses(session, wave) == RESPONSES
                    session.commit()

                taken = seconds(fold)
            rate = RESPONSES / taken
            met = "met" if rate >= GOAL else "missed"
            rows.append((name, f"{rate:,.0f}", f"{taken / yardstick:.1f}", met))
    table(f"Folding {RESPONSES:,} responses of 60 ratings in {UNITS} units", rows)


if __name__ == "__main__":
    main()
