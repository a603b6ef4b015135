"""Letters by a mail server."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

from survey.mail.letters import as_email
from survey.operations.delivering import Letter, ServerDown, TryLater, Undeliverable, Unsure

SECONDS: Final = 30
PORTS: Final = {"smtp": 587, "smtps": 465}
CLOSING: Final = 421
"""The server says that it will take nothing more now."""


class SmtpSender:
    """Hands letters to a mail server, by one connection as long as it lasts.

    url: smtp://user:password@host:587, encrypted by STARTTLS where the server offers it, or
    smtps://… encrypted from the start. A password is not sent in the open, but to this machine.
    """

    def __init__(self, url: str, mail_from: str, *, context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._port = parts.port or PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._encrypted = parts.scheme == "smtps"
        self._context = context or ssl.create_default_context()
        self._mail_from = mail_from
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand it over. Raises Undeliverable, TryLater, ServerDown, Unsure."""
        server = self._ready()
        try:
            self._address(server, letter.to)
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise ServerDown(_said(fault)) from fault
        self._data(server, as_email(letter, self._mail_from, datetime.now(UTC)))

    def check(self) -> None:
        """Connect, and sign in where there is a password. Raises ServerDown."""
        self._ready()

    def _ready(self) -> smtplib.SMTP:
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._server.noop()[0] == 250:
                    return self._server
            self.close()
        try:
            self._server = self._connected()
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise ServerDown(_said(fault)) from fault
        return self._server

    def _connected(self) -> smtplib.SMTP:
        if self._encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=SECONDS, context=self._context
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=SECONDS)
        server.ehlo_or_helo_if_needed()
        encrypted = self._encrypted
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=self._context)
            server.ehlo()
            encrypted = True
        if self._user:
            if not encrypted and not _is_this_machine(self._host):
                server.close()
                raise smtplib.SMTPException("It offers no encryption, so no password is sent.")
            server.login(self._user, self._password)
        return server

    def _address(self, server: smtplib.SMTP, to: str) -> None:
        code, _ = server.mail(self._mail_from)
        if code != 250:
            server.rset()
            raise _server_or_letter(code)
        code, said = server.rcpt(to)
        if code in (250, 251):
            return
        server.rset()
        if 500 <= code < 600:
            raise Undeliverable(_status(code, said))
        raise _server_or_letter(code)

    def _data(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        try:
            code, _ = server.data(message.as_bytes())
        except smtplib.SMTPDataError as fault:
            server.rset()
            raise _server_or_letter(fault.smtp_code) from fault
        except (smtplib.SMTPException, OSError) as fault:
            self.close()
            raise Unsure(_said(fault)) from fault
        if code != 250:
            server.rset()
            raise _server_or_letter(code)

    def close(self) -> None:
        """End the connection."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()


def _server_or_letter(code: int) -> Exception:
    said = f"The mail server answered {code}."
    return ServerDown(said) if code == CLOSING else TryLater(said)


def _status(code: int, said: bytes) -> str:
    """The enhanced status code (RFC 3463) where the server gives one, such as 5.1.1."""
    first = said.decode("ascii", "replace").split(maxsplit=1)[:1]
    if first and all(part.isdecimal() for part in first[0].split(".")) and first[0].count(".") == 2:
        return first[0]
    return str(code)


def _said(fault: Exception) -> str:
    """What went wrong, without what the server wrote: it may quote an address."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"The mail server answered {fault.smtp_code}."
    if isinstance(fault, smtplib.SMTPException) and type(fault) is smtplib.SMTPException:
        return str(fault)
    return f"The mail server cannot be reached ({type(fault).__name__})."


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
