"""Profiles: what a wave says of an organisation or a unit, by groups of people, beside its targets
and beside former waves. A figure that could reveal a person is not in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, jsonify
from marshmallow import Schema, fields

from survey.api.conditions import unless_same
from survey.api.profile_schemas import BreakdownSchema, ChangesSchema, GapsSchema, ProfileSchema
from survey.api.resource import OF_A_WAVE, Resource
from survey.api.tokens import token
from survey.api.wave_seen import closed_wave_seen, opened_wave_seen
from survey.database import db
from survey.operations import change_reporting, priority_reporting, reporting
from survey.operations.api_tokens import READ_PROFILES
from survey.operations.narrowing import Part, narrowed
from survey.operations.profile_json import as_json, breakdown_as_json

if TYPE_CHECKING:
    from survey.operations.viewing import View
    from survey.storage.accounts import Account

bp = Resource(
    "profiles",
    __name__,
    under=OF_A_WAVE,
    description="What a wave says once it has closed: the same figures as on the pages, exact, and "
    "the same withheld. Those of a closed wave never change; targets do.",
    parts={"question": "The id of a question that people answer about themselves."},
)


class UnitQuery(Schema):
    """Of which unit."""

    unit = fields.String(
        load_default=None,
        metadata={
            "description": "The short name of a unit, which means it with all below it. Without "
            "it: the whole organisation, or what the account may see of it."
        },
    )


class ProfileQuery(UnitQuery):
    """Of which unit, of which capabilities, and how much of it."""

    domain = fields.String(
        load_default="",
        metadata={
            "description": "Only capabilities of this domain: an id’s part before the slash."
        },
    )
    theme = fields.String(
        load_default="", metadata={"description": "Only capabilities with this theme."}
    )
    map = fields.String(
        load_default="",
        metadata={"description": "Grouped as the capability map with this id groups them."},
    )
    questions = fields.Boolean(
        load_default=False, metadata={"description": "Whether with the figures of each question."}
    )


@bp.get("/profile")
@token(READ_PROFILES)
@unless_same
@bp.arguments(ProfileQuery, location="query")
@bp.response(200, ProfileSchema)
def read_profile(asking: Account, query: dict[str, Any], organisation: str, wave: str) -> Response:
    """Read the profile. Before the wave has closed it says only how many have answered."""
    seen = opened_wave_seen(asking, organisation, wave, query["unit"])
    profile = reporting.profile_of(db.session, seen, with_questions=query["questions"])
    part = Part(domain=query["domain"], theme=query["theme"], map=query["map"])
    return jsonify(as_json(narrowed(db.session, profile, part)))


@bp.get("/profile/by/<path:question>")
@token(READ_PROFILES)
@unless_same
@bp.response(200, BreakdownSchema)
def read_breakdown(asking: Account, organisation: str, wave: str, question: str) -> Response:
    """Read the profile of the whole organisation, split by what people say about themselves."""
    seen = closed_wave_seen(asking, organisation, wave)
    report = reporting.breakdown_report(db.session, seen.wave.slug, question, asking)
    return jsonify(breakdown_as_json(report))


@bp.get("/gaps")
@token(READ_PROFILES)
@unless_same
@bp.arguments(UnitQuery, location="query")
@bp.response(200, GapsSchema)
def read_gaps(
    asking: Account, query: dict[str, Any], organisation: str, wave: str
) -> dict[str, Any]:
    """Read what to do first: capabilities below their target, and the roles that they call for."""
    seen = closed_wave_seen(asking, organisation, wave, query["unit"])
    profile = reporting.profile_of(db.session, seen, with_questions=True)
    found = priority_reporting.priorities_of(db.session, profile)
    return _heading(seen) | {
        "gaps": found.work,
        "reached": found.reached,
        "without_target": found.without_target,
        "roles": found.needs,
    }


@bp.get("/changes")
@token(READ_PROFILES)
@unless_same
@bp.arguments(UnitQuery, location="query")
@bp.response(200, ChangesSchema)
def read_changes(
    asking: Account, query: dict[str, Any], organisation: str, wave: str
) -> dict[str, Any]:
    """Read how each capability stood in this wave and in each that closed before it."""
    seen = closed_wave_seen(asking, organisation, wave, query["unit"])
    found = change_reporting.changes_of(db.session, seen)
    return _heading(seen) | {
        "waves": [one.slug for one in found.waves],
        "capabilities": found.capabilities,
        "groups": found.groups,
    }


def _heading(seen: View) -> dict[str, Any]:
    """What every answer begins with."""
    return {
        "wave": seen.wave.slug,
        "organisation": seen.organisation.slug,
        "unit": seen.unit.slug if seen.unit.depth else None,
        "threshold": seen.wave.minimum_group,
        "scale": seen.questionnaire.scale,
    }
