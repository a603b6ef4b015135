"""Files: the figures of a profile, and, for admins who say why, the answers row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, get_args

from flask import Response, send_file, url_for
from marshmallow import Schema, fields

from survey.api.bodies import ReasonSchema
from survey.api.conditions import unless_same
from survey.api.export_schemas import ExportSchema
from survey.api.resource import OF_A_WAVE, Resource, documented, faults
from survey.api.sent import takes
from survey.api.tokens import token
from survey.api.wave_seen import closed_wave_seen, wave_to_run
from survey.database import db
from survey.exchange.table_files import FORMATS
from survey.operations import figures_out, permissions, responses_io
from survey.operations.api_tokens import READ_EXPORTS, READ_ROWS
from survey.operations.errors import NotFound
from survey.operations.responses_io import FormatOut

if TYPE_CHECKING:
    from typing import IO

    from survey.operations.viewing import View
    from survey.storage.accounts import Account

FIGURES: Final = {f"figures.{name}": FORMATS[name] for name in FORMATS}
RESPONSES: Final[dict[str, FormatOut]] = {f"responses.{name}": name for name in get_args(FormatOut)}

bp = Resource(
    "exports",
    __name__,
    under=f"{OF_A_WAVE}/exports",
    description="What a wave that has closed found, as files: the same as from the pages, byte for "
    "byte.",
    parts={
        "figures": "The file’s name, as in the list.",
        "responses": "The file’s name, as in the list.",
    },
)


class FiguresQuery(Schema):
    """Whose figures a file has."""

    unit = fields.String(
        load_default=None,
        metadata={"description": "The short name of a unit: of that, and of each below it."},
    )
    by = fields.String(
        load_default=None,
        metadata={
            "description": "The id of a question that people answer about themselves: of the "
            "whole organisation, split by that."
        },
    )


@dataclass(frozen=True, slots=True)
class Export:
    """A file that there is: how it is asked for, and what scope that takes."""

    name: str
    mimetype: str
    about: str
    method: str
    address: str
    scope: str


def _content(mimetypes: list[str]) -> dict[int, Any]:
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "The file.", "content": dict.fromkeys(mimetypes, schema)}}


MIMETYPES: Final = [one.mimetype for one in FORMATS.values()]


@bp.get("")
@token(READ_EXPORTS)
@unless_same
@bp.response(200, ExportSchema(many=True))
def list_exports(asking: Account, organisation: str, wave: str) -> list[Export]:
    """List the files that there are for the account."""
    seen = closed_wave_seen(asking, organisation, wave)
    found = [_export(seen, name, "GET", READ_EXPORTS) for name in FIGURES]
    if permissions.may(asking, "run-wave", seen.organisation.id) and not seen.wave.imported:
        found += [_export(seen, name, "POST", READ_ROWS) for name in RESPONSES]
    return found


@bp.get(f"/<any({', '.join(map(repr, FIGURES))}):figures>")
@token(READ_EXPORTS)
@unless_same
@documented(responses=_content(MIMETYPES) | faults(422))
@bp.arguments(FiguresQuery, location="query")
def read_figures(
    asking: Account, query: dict[str, Any], organisation: str, wave: str, figures: str
) -> Response:
    """Read the figures of a profile as a file: of the whole organisation or of a unit, and of each
    unit below it; or of the whole, split by a question."""
    seen = closed_wave_seen(asking, organisation, wave, query["unit"])
    wanted = query["unit"], query["by"]
    table = figures_out.figures_table(db.session, seen.wave.slug, asking, *wanted)
    chosen = FIGURES[figures]
    with _made(partial(chosen.write, table)) as file:
        response = Response(file.read(), mimetype=chosen.mimetype)
    name = f"{table.name}{Path(figures).suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.post(f"/<any({', '.join(map(repr, RESPONSES))}):responses>")
@token(READ_ROWS)
@takes(ReasonSchema, "What the answers are needed for.")
@documented(responses=_content(MIMETYPES))
def take_responses(
    asking: Account, sent: dict[str, str], organisation: str, wave: str, responses: str
) -> Response:
    """Take the answers row by row, as far as they may be given away. Who took them, and why,
    stands in the audit log; so this is for those alone who may run waves."""
    found = wave_to_run(asking, organisation, wave)
    if found.imported:
        raise NotFound("There are no responses to take.", "Its figures were counted elsewhere.")
    format, reason = RESPONSES[responses], sent["reason"]
    file = _made(partial(responses_io.export_responses, db.session, found, format, reason))
    db.session.commit()
    response = send_file(
        file,
        FORMATS[format].mimetype,
        as_attachment=True,
        download_name=f"{found.slug}-{responses}",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _export(seen: View, name: str, method: str, scope: str) -> Export:
    chosen = FORMATS[Path(name).suffix.removeprefix(".")]
    endpoint = "exports.read_figures" if method == "GET" else "exports.take_responses"
    parts: dict[str, Any] = {"wave": seen.wave.slug, Path(name).stem: name}
    address = url_for(endpoint, organisation=seen.organisation.slug, **parts)
    return Export(name, chosen.mimetype, chosen.about, method, address, scope)


def _made(write: Callable[[Path], None]) -> IO[bytes]:
    """An open file that has been written, and that nobody else can find any more."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        write(file)
        return file.open("rb")
