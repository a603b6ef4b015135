"""A questionnaire written for another tool becomes a manuscript; what did not come along becomes
comments on it, to be dealt with one by one."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from survey.exchange.foreign_file import as_text
from survey.exchange.formats import READERS, format_of
from survey.exchange.imported import LeftOut, NotImportable
from survey.operations import signing_off, writing
from survey.storage.accounts import Account
from survey.storage.manuscripts import Manuscript

__all__ = ["Manuscript", "NotImportable", "bring_in"]

CALLED: Final = {
    "ours": "JSON",
    "xlsform": "XLSForm",
    "surveyjs": "SurveyJS",
    "limesurvey": "LimeSurvey",
}
MOST_COMMENTS: Final = 100


def bring_in(
    session: Session,
    organisation_id: int,
    name: str,
    file: bytes,
    *,
    by: Account,
    now: datetime,
) -> tuple[Manuscript, str, int]:
    """A manuscript made of a file; what kind of file it was; how many things did not come along.

    name: the file's, which may tell its kind.
    Raises NotImportable where it is a questionnaire of no known kind, or cannot be read; Refused
    where it is too long to keep.
    """
    kind = format_of(name, file)
    left_out: tuple[LeftOut, ...] = ()
    if kind == "ours":
        source = as_text(file).removeprefix("\ufeff").replace("\r\n", "\n")
    else:
        imported = READERS[kind](file)
        source = json.dumps(imported.document, ensure_ascii=False, indent=2) + "\n"
        left_out = imported.left_out
    made = writing.begin(session, organisation_id, source, by=by.id, now=now)
    for one in left_out[:MOST_COMMENTS]:
        signing_off.comment(session, made, by, _said(one), "", now=now)
    if len(left_out) > MOST_COMMENTS:
        more = f"And {len(left_out) - MOST_COMMENTS} more did not come along: compare the two."
        signing_off.comment(session, made, by, more, "", now=now)
    return made, CALLED[kind], len(left_out)


def _said(one: LeftOut) -> str:
    text = f"{one.where}: {one.what}. {one.became}"
    longest = signing_off.LONGEST_COMMENT
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
