"""People at browsers that speak to a server over TLS: their way may break off, and they go on by
their link."""

import http.client
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.deployment.walking import first_choices
from tests.web.pages import forms

SECONDS = 10
SENT = "Your answers have been sent"
ANYBODY = ssl._create_unverified_context()  # the certificate is the test's own


class BrokenOff(Exception):
    """The browser shows an error of the network, or of the proxy."""


@dataclass
class Person:
    """Somebody with a link, and words that nobody else writes. `saved`: the pages of which they
    were told that they were kept; `asked_again`: those of them that they were shown to fill in
    after their way had broken off; `confirmed`: whether they saw that their answers were sent."""

    port: int
    token: str
    words: str
    saved: set = field(default_factory=set)
    asked_again: set = field(default_factory=set)
    broken_off: int = 0
    confirmed: bool = False

    def answer(self, pages=None):
        """Open the link and answer; no more than so many pages where a number is given. Whoever
        cannot go on opens the link again."""
        came_through = False
        while not came_through:
            try:
                self._go(pages)
                came_through = True
            except (BrokenOff, OSError, http.client.HTTPException):
                self.broken_off += 1
                assert self.broken_off < 10, "nobody answers"

    def _go(self, pages):
        self.cookies = {}
        address, page = self._open("GET", f"/invitations/{self.token}")
        while SENT not in page and pages != 0:
            form = forms(page)[0]
            choices = first_choices(page)
            if choices and "/questions/" in address:
                self.asked_again |= {address} & self.saved
                pages = pages and pages - 1
            typed = {name: self.words if "comment" in name else choices[name] for name in choices}
            asked, (address, page) = address, self._open("POST", address, form["hidden"] | typed)
            if choices:
                self.saved.add(asked)
        self.confirmed = SENT in page

    def _open(self, method, address, typed=None):
        """The address and text of the page to which this leads."""
        headers = {"Cookie": "; ".join(f"{name}={one}" for name, one in self.cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=SECONDS, context=ANYBODY
        )
        try:
            connection.request(method, address, urlencode(typed or {}), headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for said in answer.headers.get_all("Set-Cookie", ()):
            name, _, rest = said.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        if answer.status in (502, 503, 504):
            raise BrokenOff(answer.status)
        if answer.status == 303:
            return self._open("GET", urlsplit(answer.headers["Location"]).path)
        assert answer.status < 500, f"{method} {address}: {answer.status}"
        return address, page
