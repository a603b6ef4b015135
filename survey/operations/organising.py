"""Who is measured: organisations, their units and people."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.csv_rows import InvalidRows, RowProblem
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.importing import ImportResult
from survey.operations.importing_people import import_people
from survey.operations.importing_units import import_units
from survey.operations.slugs import check_slug
from survey.storage.organisations import (
    Organisation,
    Person,
    Unit,
    in_tree_order,
    unit_named,
    units_now,
)

__all__ = [
    "ImportResult",
    "InvalidRows",
    "RowProblem",
    "create_organisation",
    "import_people",
    "import_units",
    "number_of_people",
    "organisation",
    "organisations",
    "people",
    "unit",
    "units",
]


def create_organisation(session: Session, slug: str, name: str) -> Organisation:
    """An organisation with its root unit. Raises Refused, Conflict (the slug is another's)."""
    check_slug(slug)
    if not 1 <= len(name.strip()) <= 200:
        raise Refused("An organisation needs a name of at most 200 characters.", "Give it one.")
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None:
        raise Conflict(
            f"There is an organisation “{slug}” already.", "Give this one another short name."
        )
    made = Organisation(slug=slug, name=name.strip())
    session.add(made)
    session.flush()
    root = Unit(organisation_id=made.id, parent_id=None, slug=slug, name=made.name, path="")
    session.add(root)
    session.flush()
    root.path = f"{root.id}/"
    session.flush()
    auditing.note(session, "organisation.create", f"organisation:{slug}", made.id)
    return made


def organisation(session: Session, slug: str) -> Organisation:
    """The organisation with this short name. Raises NotFound."""
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise NotFound(f"There is no organisation “{slug[:80]}”.", "Check its short name.")
    return found


def organisations(session: Session) -> list[Organisation]:
    """All organisations of the installation, by name."""
    return list(session.scalars(select(Organisation).order_by(Organisation.name)))


def units(session: Session, organisation_id: int) -> list[Unit]:
    """The units in the order of the tree: each followed by those below it, by name."""
    return in_tree_order(units_now(session, organisation_id))


def unit(session: Session, organisation_id: int, slug: str) -> Unit:
    """The unit with this short name. Raises NotFound."""
    found = unit_named(session, organisation_id, slug)
    if found is None or found.ended_at is not None:
        raise NotFound(f"There is no unit “{slug[:80]}”.", "Check its short name.")
    return found


def people(
    session: Session, organisation_id: int, *, first: int = 0, at_most: int = 100
) -> list[Person]:
    """Some of the people on the staff list from the `first` (0) on: by e-mail address, then
    those without one by staff number."""
    return list(
        session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation_id)
            .order_by(Person.email.nulls_last(), Person.staff_number)
            .offset(first)
            .limit(at_most)
        )
    )


def number_of_people(session: Session, organisation_id: int) -> int:
    """How many people are on the staff list."""
    mine = select(func.count()).where(Person.organisation_id == organisation_id)
    return session.scalar(mine) or 0
