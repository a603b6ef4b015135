"""Where an organisation stands among others that asked alike: quartiles of them, never one of them,
and of the whole organisation alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey.maturity.benchmark import NoQuartiles, Quartiles, quartiles
from survey.maturity.profile import Shown
from survey.operations.errors import NotFound
from survey.operations.profile import CapabilityFigure, CapabilityReport, Profile
from survey.operations.reporting import organisation_profile
from survey.operations.versions import asked_alike, questionnaire_of
from survey.storage import benchmarks
from survey.storage.accounts import Account
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class Standing:
    """A capability that is shown, beside the quartiles of others, or why there are none."""

    figure: CapabilityFigure
    others: Quartiles | NoQuartiles

    @property
    def quarter(self) -> int | None:
        """The quarter of the others that it falls into, 1 the lowest to 4."""
        if isinstance(self.others, NoQuartiles) or not isinstance(self.figure.measure, Shown):
            return None
        return self.others.quarter_of(self.figure.measure.mean)


@dataclass(frozen=True, slots=True)
class BenchmarkReport:
    """A closed wave beside others: each of its capabilities that is shown."""

    profile: Profile
    standings: tuple[Standing, ...]


def benchmark_report(session: Session, wave_slug: str, account: Account | None) -> BenchmarkReport:
    """Where the whole organisation stands. account: see `viewing.view`.

    Raises NotFound: no such wave, it has not closed, or the account is limited to a unit.
    """
    profile = organisation_profile(session, wave_slug, account)
    if profile.state != "closed" or profile.unit is not None:
        raise NotFound(
            "There is nothing to compare with others.", "Figures come when the wave closes."
        )
    shown = {one.id: one for one in profile.capabilities if isinstance(one.measure, Shown)}
    found = _others(session, profile.wave, shown)
    return BenchmarkReport(
        profile, tuple(Standing(figure, found[id_]) for id_, figure in shown.items())
    )


def standing(session: Session, report: CapabilityReport) -> Standing | None:
    """Where the whole organisation stands in one capability; None of a unit, where it is withheld,
    or where no other organisation is in."""
    figure = report.figure
    if report.unit is not None or not isinstance(figure.measure, Shown):
        return None
    others = _others(session, report.wave, [figure.id])[figure.id]
    return Standing(figure, others) if others.organisations else None


def _others(
    session: Session, wave: Wave, capabilities: Collection[str]
) -> Mapping[str, Quartiles | NoQuartiles]:
    """What may be seen of others, by capability: one query. Nobody asked as in a survey that was
    imported because it asked other questions."""
    if wave.imported == "other-questions":
        return dict.fromkeys(capabilities, quartiles(()))
    asked = asked_alike(questionnaire_of(session, wave.version_digest))
    rows = benchmarks.latest_figures(
        session,
        wave.organisation_id,
        [asked[id_] for id_ in capabilities],
        simulated=wave.simulated,
    )
    alike = defaultdict(list)
    for row in rows:
        alike[row.asked].append((row.mean, row.people))
    return {id_: quartiles(alike[asked[id_]]) for id_ in capabilities}
