"""A browser without JavaScript, as far as tests of pages need one."""

import re
from html.parser import HTMLParser


class Browser:
    """Opens pages and sends their forms, token and hidden fields included."""

    def __init__(self, app):
        self.client = app.test_client()
        self.page = None

    def open(self, address):
        self.page = self.client.get(address, follow_redirects=True)
        return self.page

    def send(self, typed=None, *, to=None, follow=True, **more):
        """Press the button of the form on the page, or of the one that posts to `to`."""
        form = next(f for f in forms(self.page.text) if to is None or (f["action"] or "") == to)
        address = form["action"] or ""
        if not address or address.startswith("#"):
            address = self.page.request.full_path.rstrip("?")
        self.page = self.client.post(
            address, data=form["hidden"] | (typed or {}), follow_redirects=follow, **more
        )
        return self.page

    @property
    def path(self):
        return self.page.request.path

    @property
    def heading(self):
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page.text, re.S)
        return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self.found.append({"action": given.get("action"), "hidden": {}})
        if tag == "input" and given.get("type") == "hidden" and self.found:
            self.found[-1]["hidden"][given["name"]] = given.get("value", "")


def forms(html):
    """The forms that post, sign-out apart, with their hidden fields."""
    parser = _Forms()
    parser.feed(html)
    return [form for form in parser.found if form["action"] != "/sign-out"]
