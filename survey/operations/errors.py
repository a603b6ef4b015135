"""What an operation refuses, each said so that a person knows what to do. Pages and JSON are
made of these in one place each (`web.errors`, `cli.main`)."""

from __future__ import annotations

from traceback import format_tb


class SurveyError(Exception):
    """Something that an operation will not do. `status` is the HTTP status of its page."""

    status = 422
    title = "That did not work"

    def __init__(self, message: str, what_to_do: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.what_to_do = what_to_do


def where(fault: BaseException) -> str:
    """What kind of fault it is and where it came from, for a log. Its words are left out: a
    database quotes addresses, a mail server too."""
    found: BaseException | None = fault
    parts = []
    while found is not None:
        parts.append(f"{type(found).__name__}\n{''.join(format_tb(found.__traceback__))}")
        found = found.__cause__
    return "caused by ".join(parts)


class NotFound(SurveyError):
    """No such thing, or none that this account may know of."""

    status = 404
    title = "Page not found"


class NotSignedIn(SurveyError):
    """Nobody is signed in, and the page needs somebody."""

    status = 401
    title = "Sign in first"


class Closed(SurveyError):
    """The wave takes no answers: not yet, or no longer."""

    status = 410
    title = "This survey is not open"


class AlreadyUsed(SurveyError):
    """The answers of this invitation have been sent."""

    status = 410
    title = "Your answers have been sent"


class Conflict(SurveyError):
    """Somebody else changed the same thing first."""

    status = 409
    title = "This was changed while you worked on it"


class Refused(SurveyError):
    """What was asked for breaks a rule."""

    status = 422
    title = "That is not possible"
