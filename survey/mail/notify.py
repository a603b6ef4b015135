"""Letters by GOV.UK Notify. Its template has to have ((subject)) and ((body)), and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from survey.operations.delivering import Letter, ServerDown, TryLater, Undeliverable

SECONDS: Final = 30
BAD_REQUEST, TOO_MANY = 400, 429


class NotifySender:
    """Hands letters to GOV.UK Notify, which tells by the letter's id whether it has it already."""

    def __init__(self, api_key: str, template_id: str, base_url: str) -> None:
        self._client = NotificationsAPIClient(api_key, base_url=base_url, timeout=SECONDS)
        self._template_id = template_id

    def send(self, letter: Letter) -> None:
        """Hand it over. Raises Undeliverable, TryLater, ServerDown."""
        try:
            if letter.attempt > 1 and self._has(letter.id):
                return
            self._client.send_email_notification(
                email_address=letter.to,
                template_id=self._template_id,
                personalisation={"subject": letter.subject, "body": letter.text},
                reference=letter.id,
            )
        except HTTPError as fault:
            raise _meaning(fault) from fault

    def check(self) -> None:
        """Ask for the template. Raises ServerDown."""
        try:
            self._client.get_template(self._template_id)
        except HTTPError as fault:
            raise ServerDown(f"GOV.UK Notify answered {fault.status_code}.") from fault

    def _has(self, reference: str) -> bool:
        found: dict[str, Any] = self._client.get_all_notifications(reference=reference)
        return bool(found["notifications"])

    def bounced(self) -> Iterator[str]:
        """The addresses of the last letters that could not be delivered."""
        try:
            found = self._client.get_all_notifications(status="permanent-failure")
        except HTTPError as fault:
            raise _meaning(fault) from fault
        for one in found["notifications"]:
            if one.get("email_address"):
                yield one["email_address"]

    def close(self) -> None:
        """Nothing stays open."""


def _meaning(fault: HTTPError) -> Exception:
    code = fault.status_code
    said = f"GOV.UK Notify answered {code}."
    if code == BAD_REQUEST and "email_address" in str(fault.message):
        return Undeliverable(str(code))
    if code in (BAD_REQUEST, TOO_MANY):
        return TryLater(said)
    return ServerDown(said)
