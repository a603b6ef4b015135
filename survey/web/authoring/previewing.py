"""A questionnaire as staff will see it, being written or published: to be tried out in a frame as
wide as a phone or a desk, or all its pages at once."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template

from survey import access
from survey.operations.editions import TextEdition
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.problems import InvalidFile
from survey.web.authoring import try_out
from survey.web.authoring.owned import owned
from survey.web.authoring.preview import number_of_pages, parts, preview
from survey.web.authoring.previewed import Previewed, of_manuscript, previewed_version
from survey.web.authoring.toolbar import Toolbar
from survey.web.authoring.translations import translations
from survey.web.headers import framing

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.model import Questionnaire


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    start = "/<int:manuscript>/preview"
    bp.add_url_rule(start, view_func=preview_manuscript)
    bp.add_url_rule(f"{start}/all", view_func=all_of_manuscript)
    bp.add_url_rule("/versions/<digest>", view_func=version)
    bp.add_url_rule("/versions/<digest>/all", view_func=all_of_version)
    bp.register_blueprint(try_out.bp)


@access.account
@framing
def preview_manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """A questionnaire that is being written, tried out."""
    return _of_manuscript(organisation, manuscript, _frame)


@access.account
def all_of_manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """All pages of a questionnaire that is being written."""
    return _of_manuscript(organisation, manuscript, _all_pages)


@access.account
@framing
def version(organisation: str, digest: str) -> ResponseReturnValue:
    """A published version, tried out."""
    return _frame(previewed_version(organisation, digest))


@access.account
def all_of_version(organisation: str, digest: str) -> ResponseReturnValue:
    """All pages of a published version."""
    return _all_pages(previewed_version(organisation, digest))


def _of_manuscript(
    organisation: str, manuscript: int, page: Callable[[Previewed], str]
) -> ResponseReturnValue:
    """The page; while the manuscript has problems, these with the way back to its editor."""
    owner, found = owned(organisation, manuscript)
    try:
        previewed = of_manuscript(owner, found)
    except InvalidFile as fault:
        return render_template(
            "authoring/preview_problems.html",
            organisation=owner,
            manuscript=found,
            problems=fault.problems,
        )
    return page(previewed)


def _frame(previewed: Previewed) -> str:
    questionnaire = previewed.edition.questionnaire
    return render_template(
        "authoring/preview.html",
        bar=Toolbar(previewed),
        parts=parts(questionnaire),
        **_about(previewed, questionnaire),
    )


def _all_pages(previewed: Previewed) -> str:
    bar = Toolbar(previewed, "all")
    said = previewed.in_language(bar.language).questionnaire
    return render_template(
        "authoring/preview_all.html", bar=bar, pages=preview(said), **_about(previewed, said)
    )


def _about(previewed: Previewed, said: Questionnaire) -> dict[str, Any]:
    """What both have. `said`: the questionnaire in the language in which it is shown."""
    edition = previewed.edition
    questionnaire = edition.questionnaire
    read_with = (edition.source.value, edition.library) if isinstance(edition, TextEdition) else ()
    return {
        "organisation": previewed.owner,
        "manuscript": previewed.manuscript,
        "previewed": previewed,
        "questionnaire": said,
        "number_of_pages": number_of_pages(questionnaire),
        "minutes": ceil(estimated_minutes(questionnaire)),
        "translations": translations(questionnaire, *read_with),
    }
