"""A profile of some capabilities only: of a domain, a theme, or as another capability map groups
them. What is shown of each stays the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from survey.maturity.priorities import needed_roles
from survey.maturity.profile import group_figure, overall
from survey.operations.errors import NotFound
from survey.operations.heat_map_reporting import HeatMap
from survey.operations.own_library import library_of
from survey.operations.priority_reporting import PriorityReport
from survey.operations.profile import (
    CapabilityFigure,
    ChangeReport,
    GroupReport,
    PlanReport,
    Profile,
)
from survey.operations.versions import spoken_questionnaire_of
from survey.questionnaire.model import Capability, CapabilityGroup, Framework, Library


@dataclass(frozen=True, slots=True)
class Part:
    """Which capabilities are meant: all that fit everything said. Nothing said: all.

    `domain` is the part of an id before the slash; `theme` a word that capabilities carry; `map`
    the id of a capability map, whose groups are then those of the profile; `group` the id of one
    of its groups.
    """

    domain: str = ""
    theme: str = ""
    map: str = ""
    group: str = ""

    def __bool__(self) -> bool:
        return bool(self.domain or self.theme or self.map or self.group)


WHOLE = Part()


@dataclass(frozen=True, slots=True)
class Offered:
    """By what the capabilities of a profile can be narrowed: id and name of each; only what some
    but not all of them have, and maps that hold two or more of them."""

    domains: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    maps: tuple[tuple[str, str], ...]


def narrowed(session: Session, profile: Profile, part: Part) -> Profile:
    """The profile of that part of its capabilities; questions follow their capability.

    Raises NotFound where no capability of the profile is in the part.
    """
    if not part:
        return profile
    asked = spoken_questionnaire_of(session, profile.wave.version_digest).capabilities
    kept = {one.id: one for one in profile.capabilities if _fits(asked[one.id], part)}
    groups = _regrouped(profile, _groups(session, profile, part.map), kept)
    groups = tuple(group for group in groups if part.group in ("", group.id))
    measures = {one.id: one.measure for group in groups for one in group.capabilities}
    if not measures:
        raise NotFound(
            "The profile has no capability there.", "Choose another domain, theme or map."
        )
    return replace(
        profile,
        groups=groups,
        overall=overall(list(measures.values())),
        questions=tuple(q for q in profile.questions if q.capability in measures),
    )


def offered(session: Session, profile: Profile) -> Offered:
    """By what the profile can be narrowed."""
    asked = spoken_questionnaire_of(session, profile.wave.version_digest).capabilities
    library = library_of(session, profile.organisation.id)
    ids = {one.id for one in profile.capabilities}
    capabilities = [asked[id_] for id_ in ids]
    frameworks = {
        id_: one.title for id_, one in library.frameworks.items() if len(ids & _members(one)) > 1
    }
    titles = {group.id: group.title for one in library.frameworks.values() for group in one.groups}
    domains = _some({one.domain} for one in capabilities)
    return Offered(
        domains=tuple((id_, _domain_name(library, id_)) for id_ in domains),
        themes=tuple(
            (theme, titles.get(theme) or theme.replace("-", " ").capitalize())
            for theme in _some(set(one.themes) for one in capabilities)
        ),
        maps=tuple(sorted(frameworks.items(), key=lambda pair: pair[1].casefold())),
    )


def of_priorities(report: PriorityReport, profile: Profile) -> PriorityReport:
    """The order of work among the capabilities of a profile, and the roles for which they call."""
    ids = _ids(profile)
    work = tuple(one for one in report.work if one.figure.id in ids)
    roles = {one.figure.id: one.capability.roles for one in work}
    return replace(
        report,
        profile=profile,
        work=work,
        reached=tuple(one for one in report.reached if one.id in ids),
        without_target=tuple(one for one in report.without_target if one.id in ids),
        needs=tuple(needed_roles([one.priority for one in work], roles)),
    )


def of_changes(report: ChangeReport, profile: Profile) -> ChangeReport:
    """What changed in the capabilities of a profile, each as it is told among all; no groups, for
    these are those of all."""
    ids = _ids(profile)
    kept = tuple(one for one in report.capabilities if one.id in ids)
    if len(kept) == len(report.capabilities):
        return report
    return replace(report, capabilities=kept, groups=())


def of_heat_map(report: HeatMap, profile: Profile) -> HeatMap:
    """The rows of a profile's capabilities, grouped as it groups them."""
    rows = {row.id: row for row in report.rows}
    groups = (
        (group.title, tuple(rows[one.id] for one in group.capabilities if one.id in rows))
        for group in profile.groups
    )
    return replace(report, groups=tuple(group for group in groups if group[1]))


def of_plan(report: PlanReport, profile: Profile) -> PlanReport:
    """The actions about the capabilities of a profile."""
    ids = _ids(profile)
    return replace(
        report,
        to_do=tuple(one for one in report.to_do if one.action.capability in ids),
        done=tuple(one for one in report.done if one.action.capability in ids),
        dropped=tuple(one for one in report.dropped if one.action.capability in ids),
    )


def _ids(profile: Profile) -> frozenset[str]:
    return frozenset(one.id for one in profile.capabilities)


def _fits(capability: Capability, part: Part) -> bool:
    return part.domain in ("", capability.domain) and (
        not part.theme or part.theme in capability.themes
    )


def _groups(session: Session, profile: Profile, map_: str) -> Sequence[CapabilityGroup]:
    """Those of the map, or the profile's own where none is chosen."""
    if not map_:
        return [
            CapabilityGroup(group.id, group.title, tuple(one.id for one in group.capabilities))
            for group in profile.groups
        ]
    found = library_of(session, profile.organisation.id).frameworks.get(map_)
    if found is None:
        raise NotFound("There is no such capability map.", "Choose one from the list.")
    return found.groups


def _regrouped(
    profile: Profile, groups: Sequence[CapabilityGroup], kept: Mapping[str, CapabilityFigure]
) -> tuple[GroupReport, ...]:
    found = []
    for group in groups:
        figures = tuple(kept[member] for member in group.capabilities if member in kept)
        if figures:
            figure = group_figure([one.measure for one in figures])
            found.append(GroupReport(group.id, group.title, figure, figures))
    return tuple(found)


def _members(framework: Framework) -> set[str]:
    return {id_ for group in framework.groups for id_ in group.capabilities}


def _some(of_each: Iterable[set[str]]) -> tuple[str, ...]:
    """What some have and others have not."""
    sets = list(of_each)
    everything, everywhere = set().union(*sets), set.intersection(*sets) if sets else set()
    return tuple(sorted(everything - everywhere))


def _domain_name(library: Library, domain: str) -> str:
    return library.frameworks[domain].title if domain in library.frameworks else domain.capitalize()
