"""The printed report: a PDF that is tagged, and claims PDF/UA-1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from survey.charts.palette import LIGHT
from survey.exchange.typesetting import typeset
from survey.findings import sentences
from survey.findings.speech import say
from survey.questionnaire.speaking import spoken
from survey.reports import document_appendix as appendix
from survey.reports import document_sections as sections
from survey.reports.pictured import pictures_by

if TYPE_CHECKING:
    from survey.charts.drawing import Drawings
    from survey.questionnaire.model import Json
    from survey.reports.contents import Brand, Contents
    from survey.reports.document_blocks import Block
    from survey.reports.pictured import Pictured

TEMPLATE: Final = Path(__file__).parent / "report.typ"


def make(
    told: Contents, brand: Brand, progress: Callable[[int, int], None], *, drawings: Drawings
) -> bytes:
    """The report as a PDF, A4, in the language spoken.

    It uses a library that must not have run in a process which forks later. Raises
    drawing.NotDrawn.
    """
    of = 2 + len(told.profile.groups) + len(told.profile.capabilities)
    done = 0

    def drawn() -> None:
        nonlocal done
        done += 1
        progress(min(done, of - 1), of)

    pictured = pictures_by(drawings, drawn)
    form = _form(told, brand) | {
        "sections": [list(one) for one in _sections(told, pictured)],
        "numbers": list(appendix.all_numbers(told)),
        "method": list(appendix.method(told)),
    }
    progress(of - 1, of)
    return typeset(form, TEMPLATE)


def _sections(told: Contents, pictured: Pictured) -> Iterator[Iterator[Block]]:
    yield sections.summary(told, pictured)
    yield sections.where_we_are(told, pictured)
    yield sections.strengths_and_gaps(told)
    yield sections.units(told, pictured)
    yield sections.changes(told)
    yield sections.priorities(told)
    yield sections.plan(told)
    yield appendix.each_capability(told, pictured)


def _form(told: Contents, brand: Brand) -> dict[str, Json]:
    profile = told.profile
    whom = profile.unit.name if profile.unit else ""
    about = [name for name in (whom, told.part_name) if name]
    title = f"{profile.wave.name}: {', '.join(about)}" if about else profile.wave.name
    return {
        "language": spoken(),
        "title": title,
        "organisation": brand.name,
        "headline": sentences.headline(profile),
        "running": f"{brand.name} · {title}",
        "page": say("Page {page} of {pages}"),
        "contents": say("Contents"),
        "facts": list(_facts(told)),
        "logo": list(brand.logo) if brand.logo else None,
        "logo_alt": say("Logo of %(name)s", name=brand.name),
        "scale": list(profile.scale),
        "steps": list(LIGHT.steps),
        "on_steps": list(LIGHT.on_steps),
    }


def _facts(told: Contents) -> Iterator[str]:
    profile = told.profile
    if profile.wave.simulated:
        yield say("This is a demonstration: the answers are simulated.")
    yield sentences.participation(profile)
    if profile.wave.closed_at is not None:
        day = sections.said_date(profile.wave.closed_at.date())
        yield say("The survey closed on %(day)s.", day=day)
    yield say("Made on %(day)s.", day=sections.said_date(told.made_on))
