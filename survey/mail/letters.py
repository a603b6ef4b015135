"""A letter as an e-mail: plain text, and the same as simple HTML."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from survey.operations.delivering import Letter

_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")


def as_email(letter: Letter, mail_from: str, now: datetime) -> EmailMessage:
    """The message. Its Message-ID is the letter's, so that a copy can be told from another
    message; it asks machines not to answer (RFC 3834)."""
    local, _, domain = mail_from.rpartition("@")
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = Address(letter.sender, local, domain)
    message["To"] = letter.to
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text + "\n", cte="quoted-printable")
    message.add_alternative(as_html(letter.text), subtype="html", cte="quoted-printable")
    return message


def as_html(text: str) -> str:
    """Paragraphs, with addresses as links. Nothing is fetched from anywhere."""
    paragraphs = (_linked(escape(part)).replace("\n", "<br>\n") for part in text.split("\n\n"))
    body = "\n".join(f"<p>{part}</p>" for part in paragraphs)
    return f'<!doctype html>\n<html><meta charset="utf-8"><body>\n{body}\n</body></html>\n'


def _linked(escaped: str) -> str:
    return _ADDRESS.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', escaped)
