"""What the editor's page is filled with, and what it is told while its author types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from flask import current_app, render_template

from survey.database import db
from survey.operations import organising, own_library, signing_off, writing
from survey.questionnaire.offers import offers
from survey.questionnaire.review import Review, Staff, review, review_part
from survey.web.authoring.differences import differences
from survey.web.authoring.excerpts import excerpts
from survey.web.authoring.translations import translations

if TYPE_CHECKING:
    from survey.operations.errors import Conflict
    from survey.questionnaire.editing import Edit
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation
    from survey.web.authoring.forms import SourceForm

MOST_SHOWN: Final = 100
"""Problems or remarks in the list below the text; all of them are marked in it."""


def reviewed(owner: Organisation, kind: str, text: str) -> Review:
    """A text checked against the library of the organisation."""
    library = own_library.library_of(db.session, owner.id)
    staff = Staff(
        glossary=owner.glossary.splitlines(),
        people=organising.number_of_people(db.session, owner.id) or None,
        minimum_group=current_app.config["MINIMUM_GROUP"],
    )
    if kind == "questionnaire":
        return review(text, library, staff)
    return review_part(own_library.path_of(kind, text), text, library, staff)


def page(
    owner: Organisation, found: Manuscript, form: SourceForm, conflict: Conflict | None = None
) -> str:
    """The editor with what was typed, whoever saved meanwhile."""
    source = form.source.data or ""
    seen = reviewed(owner, found.kind, source)
    return render_template(
        "authoring/edit.html",
        organisation=owner,
        manuscript=found,
        form=form,
        conflict=conflict,
        differences=differences(found.source, source) if conflict else (),
        seen=seen,
        rows=min(40, max(16, source.count("\n") + 2)),
        signed=signing_off.signed_by(db.session, found) is not None,
        saved_by=writing.saved_by(db.session, found),
        **_parts(source, seen),
    )


def told(owner: Organisation, kind: str, text: str) -> dict[str, Any]:
    """The same for a script: marks for the margin, parts of the page, what can be completed.

    Places count the characters of the text.
    """
    seen = reviewed(owner, kind, text)
    parts = _parts(seen.source.text, seen)
    answer = {
        "problems": [
            {
                "name": one.name,
                "from": one.start,
                "to": one.end,
                "code": one.problem.code,
                "message": one.problem.message,
                "mend": one.problem.mend,
                "label": one.mend.label if one.mend else None,
                "edits": told_edits(one.mend.edits) if one.mend else [],
            }
            for one in seen.problems
        ],
        "advice": [
            {
                "from": one.start,
                "to": one.end,
                "code": one.advice.code,
                "message": one.advice.message,
                "mend": one.advice.mend,
                "source": one.advice.source,
                "better": f"Better: “{one.advice.example.after}”",
            }
            for one in seen.advice
        ],
        "findings": render_template("authoring/findings.html", seen=seen, **parts),
        # While the text cannot be read to its end, the script keeps what it had: outline, offers.
        "outline": render_template("authoring/outline.html", seen=seen)
        if seen.outline and seen.source.is_read
        else "",
    }
    if kind == "questionnaire" and seen.source.is_read:
        answer["offers"] = asdict(offers(seen.source, seen.library, seen.questionnaire))
    return answer


def told_edits(edits: Iterable[Edit]) -> list[dict[str, int | str]]:
    """Edits of a text for a script."""
    return [{"from": one.start, "to": one.end, "insert": one.text} for one in edits]


def _parts(source: str, seen: Review) -> dict[str, Any]:
    shown = seen.problems[:MOST_SHOWN]
    return {
        "problems": list(zip(shown, excerpts(source, [one.problem for one in shown]), strict=True)),
        "advice": seen.advice[:MOST_SHOWN],
        "minutes": ceil(seen.minutes) if seen.minutes is not None else None,
        "translations": translations(seen.questionnaire, seen.source.value, seen.library)
        if seen.questionnaire
        else (),
    }
