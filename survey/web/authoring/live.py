"""What the editor's script asks while its author types: check, keep, move, what is known."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify, request

from survey import access
from survey.database import db
from survey.operations import own_library, writing
from survey.operations.errors import Conflict, NotFound, SurveyError
from survey.operations.writing import Typed
from survey.questionnaire.json_schema import json_schemas
from survey.questionnaire.moving import WAYS, landing, moved, one_further
from survey.questionnaire.source import read
from survey.web import languages
from survey.web.authoring import workbench
from survey.web.authoring.owned import owned, owner_of
from survey.web.numbers import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these to the blueprint of authors."""
    start = "/<int:manuscript>"
    for name, view in (("check", check), ("keep", keep), ("move", move)):
        bp.add_url_rule(f"{start}/{name}", view_func=view, methods=["POST"])
    bp.add_url_rule("/known/<kind>.json", view_func=known)


@access.account
def check(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Everything that is told of the text that was sent; nothing is kept."""
    owner, found = owned(organisation, manuscript)
    return jsonify(workbench.told(owner, found.kind, _sent("text")))


@access.account
def keep(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Keep what is in the editor as the next revision."""
    owner, _ = owned(organisation, manuscript)
    seen, how = number_in(_sent_json().get("revision")), _sent_json().get("how")
    typed = Typed(
        _sent("text"),
        seen,
        access.me().id,
        datetime.now(UTC),
        how="saved" if how == "saved" else "autosave",
    )
    try:
        found = writing.save(db.session, owner.id, manuscript, typed)
    except SurveyError as fault:
        db.session.rollback()
        return _refused(fault)
    db.session.commit()
    return jsonify(revision=found.revision)


@access.account
def move(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The edits that put a section or question elsewhere; nothing is kept."""
    owned(organisation, manuscript)
    sent, source = _sent_json(), read(_sent("text"))
    pointer, to, place, way = (sent.get(name) for name in ("pointer", "to", "place", "way"))
    if isinstance(pointer, str) and isinstance(way, str) and way in WAYS:
        to, place = one_further(source, pointer, WAYS[way]) or (None, None)
    if not (isinstance(pointer, str) and isinstance(to, str) and isinstance(place, int)):
        return jsonify(edits=[])
    edits = moved(source, pointer, to, place)
    return jsonify(edits=workbench.told_edits(edits), pointer=landing(pointer, to, place))


@access.account
def known(organisation: str, kind: str) -> ResponseReturnValue:
    """The JSON Schema of a kind of file, and the names of all that it may name."""
    schema = json_schemas().get(f"{kind}-1.json")
    if schema is None:
        raise NotFound("There is no such kind of file.")
    answer = json.dumps({"schema": schema, "names": _names(owner_of(organisation))})
    response = Response(answer, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(sha256(answer.encode()).hexdigest())
    return response.make_conditional(request)


def _names(owner: Organisation) -> dict[str, dict[str, str]]:
    library = own_library.library_of(db.session, owner.id)
    return {
        "capability": {one.id: one.name for one in library.capabilities.values()},
        "framework": {one.id: one.title for one in library.frameworks.values()},
        "role": {one.id: one.name for one in library.roles.values()},
        "language": dict(languages.common()),
    }


def _sent_json() -> dict[str, Any]:
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else {}


def _sent(name: str) -> str:
    value = _sent_json().get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _refused(fault: SurveyError) -> ResponseReturnValue:
    answer = {"message": fault.message, "what_to_do": fault.what_to_do}
    return jsonify(answer | {"conflict": isinstance(fault, Conflict)}), fault.status
