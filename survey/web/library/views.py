"""The library: what there is to ask about, and how it belongs together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from flask import Blueprint, render_template, request

from survey import access
from survey.operations.errors import NotFound
from survey.operations.shipped import connections, library
from survey.questionnaire.connections import search

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

Part = TypeVar("Part")

LONGEST_SEARCH = 200
DOMAINS = ("digital", "data", "innovation")

bp = Blueprint("library", __name__, url_prefix="/library")


@bp.get("/")
@access.account
def contents() -> ResponseReturnValue:
    """Domains with their themes, maps, and a search."""
    wanted = request.args.get("search", "")[:LONGEST_SEARCH].strip()
    frameworks = library().frameworks
    domains = sorted({one.domain for one in library().capabilities.values()}, key=first_domains)
    drawn_on = {part.framework for one in library().capabilities.values() for part in one.sources}
    across = [id_ for id_ in frameworks if id_ not in drawn_on and id_ not in domains]
    return render_template(
        "library/contents.html",
        library=library(),
        wanted=wanted,
        found=search(library(), wanted),
        domains=[frameworks[domain] for domain in domains if domain in frameworks],
        across=[frameworks[id_] for id_ in across],
        sources=sorted(
            (frameworks[id_] for id_ in drawn_on), key=lambda one: one.publisher.casefold()
        ),
    )


def first_domains(domain: str) -> tuple[int, str]:
    """The model's own domains in their usual order, then any others by name."""
    order = DOMAINS.index(domain) if domain in DOMAINS else len(DOMAINS)
    return order, domain


@bp.get("/capabilities/<path:id_>")
@access.account
def capability(id_: str) -> ResponseReturnValue:
    """One capability: its steps, practices, roles, sources, neighbours, case studies."""
    found = known(library().capabilities, id_)
    return render_template(
        "library/capability.html",
        capability=found,
        library=library(),
        mapped_in=connections().mapped_in[id_],
        case_studies=connections().illustrated_by[id_],
        asked_in=connections().asked_in[id_],
    )


@bp.get("/frameworks/<id_>")
@access.account
def framework(id_: str) -> ResponseReturnValue:
    """One capability map: where it comes from, and its groups."""
    found = known(library().frameworks, id_)
    return render_template(
        "library/framework.html", framework=found, library=library(), within=connections().within
    )


@bp.get("/roles/")
@access.account
def roles() -> ResponseReturnValue:
    """All roles, and how much each carries."""
    return render_template(
        "library/roles.html",
        roles=sorted(library().roles.values(), key=lambda one: one.name.casefold()),
        carried_by=connections().carried_by,
    )


@bp.get("/roles/<id_>")
@access.account
def role(id_: str) -> ResponseReturnValue:
    """One role, and the capabilities that it carries."""
    found = known(library().roles, id_)
    return render_template(
        "library/role.html",
        library=library(),
        role=found,
        carried=connections().carried_by[id_],
    )


def known(parts: Mapping[str, Part], id_: str) -> Part:
    """The part with this id. Raises NotFound."""
    if id_ not in parts:
        raise NotFound("The library has nothing of this name.", "Look for it in the library.")
    return parts[id_]
