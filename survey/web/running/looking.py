"""What only the running product can look at before a wave opens: its address, its mail."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from flask import current_app

from survey.jobs import sender
from survey.operations.delivering import ServerDown
from survey.operations.preflight import Check

if TYPE_CHECKING:
    from survey.storage.waves import Wave

SECONDS = 3


def looked_at(wave: Wave) -> list[Check]:
    """Whether links would lead here, and whether mail would go."""
    return [_links(), _mail(wave)]


def _links() -> Check:
    base: str = current_app.config["BASE_URL"]
    if current_app.config["PRODUCTION"] and not base.startswith("https://"):
        mend = "Serve it by https and set SURVEY_BASE_URL."
        return Check("Links", "stop", f"Links begin with {base}, which is not encrypted.", mend)
    try:
        with urlopen(f"{base}/healthz", timeout=SECONDS) as answer:  # noqa: S310 -- a checked setting
            works = answer.status == 200
    except (URLError, OSError):
        works = False
    if works:
        return Check("Links", "good", f"They begin with {base}, which answers.")
    mend = "Open it yourself where your staff are. If it is wrong, set SURVEY_BASE_URL."
    return Check("Links", "look", f"{base} could not be reached from here.", mend)


def _mail(wave: Wave) -> Check:
    if not wave.send_invitations:
        return Check("Mail", "look", "No invitations are sent: you hand out the links.")
    post_office = sender(current_app.config)
    if post_office is None:
        mend = "Set SURVEY_MAIL_URL or SURVEY_NOTIFY_API_KEY, or hand out the links yourself."
        return Check("Mail", "stop", "Invitations are to be sent, and no mail is set up.", mend)
    try:
        post_office.check()
    except ServerDown as fault:
        return Check("Mail", "stop", str(fault), "Check the settings of the mail server.")
    finally:
        post_office.close()
    return Check("Mail", "good", "The mail server answers.")
