"""Requests that are done once, however often they are sent (draft-ietf-httpapi-idempotency-key-
header): a program that did not hear the answer sends the same again, with the same key.

The answer is kept in the transaction that does what is asked for, so that there is either both or
neither, whenever the server dies; and a key is kept once, so that of two that got so far only one
has done anything. What was refused is not kept: nothing was done, and it may be possible later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from hashlib import file_digest
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from flask import Response, current_app, request

from survey.api.errors import UnderWay
from survey.api.resource import View, documented, faults, with_header
from survey.database import db
from survey.operations import api_answers, api_use
from survey.operations.api_answers import Answered, Keyed
from survey.operations.errors import SurveyError
from survey.operations.tokens import digest_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

KEY: Final = "Idempotency-Key"
AGAIN: Final = "Idempotency-Replayed"
KEYS: Final = re.compile(r'"?[!#-\[\]-~]{1,200}"?')
KEPT_IN_MEMORY: Final = 1024 * 1024
"""Bytes of a body; a longer one lies on the disk while its digest is made."""

ABOUT: Final = (
    "A key of your own making, such as a UUID: sent again with the same request within "
    f"{api_answers.KEPT.total_seconds() / 3600:.0f} hours, nothing is done twice, and the answer "
    f"is the same again, with the header “{AGAIN}: true”."
)


class WrongKey(SurveyError):
    """Something that is no key."""

    status = 400


def idempotent(view: View) -> View:
    """Mark a view, below `token`, whose request may carry a key. All that it commits is committed
    at its end, together with its answer. What it answers is read whole: no streams."""

    @wraps(view)
    def once(*arguments: Any, **values: Any) -> ResponseReturnValue:
        if KEY not in request.headers:
            answer: ResponseReturnValue = view(*arguments, **values)
            return answer
        with _asked(request.headers[KEY]) as asked:
            return _answered(asked, lambda: view(*arguments, **values))

    told = documented(responses=faults(400, 409, 422))(once)
    return with_header(KEY, ABOUT, pattern=f"^{KEYS.pattern}$")(told)


def _answered(asked: Keyed, view: Callable[[], ResponseReturnValue]) -> Response:
    now = datetime.now(UTC)
    with api_use.by_itself(db.counts, asked.whole, now=now) as alone:
        if not alone:
            raise _under_way()
        before = api_answers.answer_to(db.session, asked, now=now)
        return _again(before) if before else _done(asked, view, now)


def _done(asked: Keyed, view: Callable[[], ResponseReturnValue], now: datetime) -> Response:
    with db.all_or_nothing():
        response: Response = current_app.make_response(view())
        headers = [(name, value) for name, value in response.headers if name != "Content-Length"]
        answered = Answered(response.status_code, headers, response.get_data())
        if not api_answers.keep(db.session, asked, answered, now=now):
            raise _under_way()
    current_app.extensions["jobs"].wake()  # what the view woke had nothing to see yet
    return response


def _again(before: Answered) -> Response:
    response = Response(before.body, before.status)
    response.headers.update(before.headers)
    response.headers[AGAIN] = "true"
    return response


@contextmanager
def _asked(key: str) -> Iterator[Keyed]:
    """The request by its key. Within it, the body can be read though its digest has been made."""
    if not KEYS.fullmatch(key):
        raise WrongKey(
            f"The header {KEY} is no key.",
            "Send 1 to 200 visible ASCII characters, such as a UUID.",
        )
    sent: Any = request.authorization
    said = "\n".join((request.method, request.full_path, request.headers.get("If-Match", "")))
    with SpooledTemporaryFile(KEPT_IN_MEMORY) as body:
        copyfileobj(request.stream, body)
        body.seek(0)
        digest = file_digest(body, "sha256").digest()
        body.seek(0)
        request.stream = body
        whole = digest_of(said.encode() + b"\n" + digest)
        yield api_answers.keyed(sent.token, key.strip('"'), whole)


def _under_way() -> UnderWay:
    return UnderWay("A request with this key is not answered yet.")
