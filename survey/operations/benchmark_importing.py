"""Files of other organisations are taken in: all of them or none. An organisation is known by its
key, and counts once an admin has made sure whose key it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.benchmark_file import (
    SignedWave,
    fingerprint_of,
    problem,
    read_signed,
)
from survey.operations.errors import NotFound, Refused
from survey.operations.versions import asked_alike, questionnaire_of
from survey.questionnaire.problems import InvalidFile, Problem
from survey.storage import benchmarks
from survey.storage.benchmarks import BenchmarkFile, BenchmarkKey, BenchmarkSource
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave

MOST_FILES = 200
"""That are handed in at once."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong with one of several files."""

    file: str
    problem: Problem

    def __str__(self) -> str:
        return f"{self.file}:{self.problem}"


class InvalidFiles(Refused):
    """Files with problems, all in `problems`, in the order of the files; none was taken."""

    title = "Some files have problems"

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__("Nothing was taken in.", "Mend what is listed, then try again.")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of files: waves that are new, that replaced what was there of the same wave, and
    that were in already. `unconfirmed`: organisations whose key somebody has to make sure of."""

    added: int
    changed: int
    unchanged: int
    unconfirmed: tuple[BenchmarkSource, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another organisation that is in: its latest wave counts. `comparable`: how many of that
    one's capabilities were asked as the organisation's own last closed wave asked them."""

    source: BenchmarkSource
    comparable: int

    @property
    def fingerprint(self) -> str:
        """That of its key."""
        return fingerprint_of(self.source.public_key)


def take_in(
    session: Session, organisation: Organisation, files: Sequence[tuple[str, bytes]]
) -> Taken:
    """Take files in: each its name and what is in it. The same again changes nothing; another file
    of the same wave replaces the former. Raises InvalidFiles with every problem."""
    session.refresh(organisation, with_for_update=True)
    known = benchmarks.sources_of(session, organisation.id)
    own = session.get(BenchmarkKey, organisation.id)
    problems: list[FileProblem] = []
    done = {"added": 0, "changed": 0, "unchanged": 0}
    for name, content in files[:MOST_FILES]:
        try:
            signed = read_signed(content)
            _check_own(signed, organisation, own)
            source = _source(session, known, organisation, signed)
        except InvalidFile as fault:
            problems += [FileProblem(name, one) for one in fault.problems]
        else:
            done[_keep(session, source, signed)] += 1
    if len(files) > MOST_FILES:
        told = problem("too-many-files", f"{len(files)} files are too many at once.", "Take fewer.")
        problems.append(FileProblem(files[MOST_FILES][0], told.problems[0]))
    if problems:
        raise InvalidFiles(problems)
    if done["added"] or done["changed"]:
        about = f"organisation:{organisation.slug}"
        auditing.note(session, "benchmark.import", about, organisation.id, **done)
    unconfirmed = tuple(one for one in known if one.confirmed_at is None)
    return Taken(**done, unconfirmed=unconfirmed)


def _check_own(signed: SignedWave, organisation: Organisation, own: BenchmarkKey | None) -> None:
    is_own = own is not None and own.public_key == signed.key
    if is_own or _same(signed.shared.organisation, organisation.name):
        raise problem(
            "own-file",
            f"This file is of {organisation.name} itself, which is compared with others.",
            "Leave it out.",
        )


def _same(name: str, other: str) -> bool:
    return " ".join(name.split()).casefold() == " ".join(other.split()).casefold()


def _source(
    session: Session,
    known: list[BenchmarkSource],
    organisation: Organisation,
    signed: SignedWave,
) -> BenchmarkSource:
    """The organisation with this key; what is new is not confirmed."""
    name, key = signed.shared.organisation, signed.key
    namesake = next((one for one in known if _same(one.name, name)), None)
    if namesake is not None and namesake.public_key != key:
        raise problem(
            "other-key",
            f"{namesake.name} is known by another key ({fingerprint_of(namesake.public_key)}) than "
            f"this file is signed with ({fingerprint_of(key)}).",
            "Ask them whether their key is new, but not by replying to whoever sent the file. If "
            "it is, remove them from the list, then take this file in.",
        )
    source = next((one for one in known if one.public_key == key), None)
    if source is None:
        source = BenchmarkSource(organisation_id=organisation.id, public_key=key, name=name)
        session.add(source)
        session.flush()
        known.append(source)
    return source


def _keep(session: Session, source: BenchmarkSource, signed: SignedWave) -> str:
    """Keep one wave; whether it was added, changed or unchanged."""
    shared = signed.shared
    kept = next((one for one in source.files if one.wave == shared.wave), None)
    if kept is not None and kept.digest == signed.digest:
        return "unchanged"
    done = "added" if kept is None else "changed"
    if kept is None:
        kept = BenchmarkFile(wave=shared.wave)
        source.files.append(kept)
    kept.name, kept.year, kept.month = shared.wave_name, shared.year, shared.month
    kept.simulated, kept.people, kept.digest = shared.simulated, shared.people, signed.digest
    session.flush()
    if source.latest is kept:
        source.name = shared.organisation
    figures = {one.asked: one for one in shared.capabilities.values()}
    rows = [{"asked": o.asked, "people": o.people, "mean": o.mean} for o in figures.values()]
    benchmarks.replace_figures(session, kept.id, rows)
    return done


def neighbours(session: Session, organisation_id: int) -> list[Neighbour]:
    """The other organisations that are in, by name."""
    asked = benchmarks.asked_by_file(session, organisation_id)
    mine = _asked_last(session, organisation_id)
    return [
        Neighbour(source, len(mine & asked.get(source.latest.id, set())))
        for source in benchmarks.sources_of(session, organisation_id)
    ]


def _asked_last(session: Session, organisation_id: int) -> set[str]:
    """How the organisation's last closed wave asked its capabilities, of those asked here."""
    closed = select(Wave.version_digest).where(
        Wave.organisation_id == organisation_id, Wave.state == "closed", Wave.imported.is_(None)
    )
    digest = session.scalar(closed.order_by(Wave.opened_at.desc(), Wave.id.desc()).limit(1))
    return set(asked_alike(questionnaire_of(session, digest)).values()) if digest else set()


def confirm(
    session: Session, organisation: Organisation, fingerprint: str, *, now: datetime
) -> BenchmarkSource:
    """Let the organisation with this key count: somebody has made sure that the key is its own.
    Raises NotFound."""
    source = _named(session, organisation, fingerprint)
    if source.confirmed_at is None:
        source.confirmed_at = now
        session.flush()
        _note(session, "benchmark.confirm", organisation, source)
    return source


def remove(session: Session, organisation: Organisation, fingerprint: str) -> BenchmarkSource:
    """Forget another organisation: its figures and its key. Raises NotFound."""
    source = _named(session, organisation, fingerprint)
    session.delete(source)
    session.flush()
    _note(session, "benchmark.remove", organisation, source)
    return source


def _named(session: Session, organisation: Organisation, fingerprint: str) -> BenchmarkSource:
    wanted = "".join(fingerprint.split()).lower()
    for source in benchmarks.sources_of(session, organisation.id):
        if fingerprint_of(source.public_key).replace(" ", "") == wanted:
            return source
    raise NotFound(
        "No organisation with this key is in.", "Copy all of the fingerprint from the list."
    )


def _note(
    session: Session, action: str, organisation: Organisation, source: BenchmarkSource
) -> None:
    about = f"key:{fingerprint_of(source.public_key)}"
    auditing.note(session, action, about, organisation.id)
