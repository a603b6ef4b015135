"""Goes through the product over HTTP in one process: a journey, and one page of each kind."""

import re

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
FIELD = re.compile(r"<(?:input|textarea) [^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def answer(browser, token):
    """From an invitation to the result, with the first choice of each question; the last page."""
    browser.open(f"/invitations/{token}")
    while not browser.path.endswith("/result"):
        browser.send(first_choices(browser.page.text))
        assert browser.page.status_code == 200, browser.path
    return browser.page


def first_choices(page):
    """What is sent for each question of a page: its first choice, or some words."""
    fields = [dict(ATTRIBUTE.findall(field)) for field in FIELD.findall(page)]
    answers = [one for one in fields if one.get("name", "").startswith("answer-")]
    return {one["name"]: one.get("value") or "3" for one in reversed(answers)}


def pages_of_each_kind(app, client, starts):
    """Address and answer of one page of each endpoint to which links lead from these."""
    adapter, seen, known = app.url_map.bind("localhost"), set(), {*starts}
    waiting = [*starts]
    for address in waiting:
        endpoint, _ = adapter.match(address.partition("?")[0])
        if endpoint in seen:
            continue
        seen.add(endpoint)
        page = client.get(address, follow_redirects=True)
        yield address, page
        if page.mimetype == "text/html":
            new = [one.replace("&amp;", "&") for one in LINK.findall(page.text)]
            waiting.extend(one for one in dict.fromkeys(new) if one not in known)
            known.update(new)
