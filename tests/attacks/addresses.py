"""Every address that a browser or a program can open: taken from the application, so that none is
forgotten."""

import re
from itertools import product

TOKEN = re.compile(rb'(name="csrf_token" value=")[^"]*"')

NOT_OURS = "static"


def addresses(app, values, under=("/",), method="GET"):
    """The addresses below `under` that know the method, with each value of each of their parts. A
    part of which no value is known fails: whoever adds an address says what can be tried there."""
    adapter = app.url_map.bind("")
    for rule in rules(app, method):
        if not _is_under(rule, under):
            continue
        fixed = rule.defaults or {}
        parts = sorted(rule.arguments - fixed.keys())
        for chosen in product(*(values[part] for part in parts)):
            yield adapter.build(rule.endpoint, fixed | dict(zip(parts, chosen, strict=True)))


def rules(app, *methods):
    """Every rule of ours that knows one of the methods, in the order of the alphabet."""
    ours = (rule for rule in app.url_map.iter_rules() if rule.endpoint != NOT_OURS)
    return sorted((rule for rule in ours if rule.methods & set(methods)), key=str)


def _is_under(rule, under):
    return rule.rule.startswith(tuple(under))


def asked_with(address, query):
    """The address with these parameters."""
    return f"{address}?{query}" if query else address


DIFFERENT_EACH_TIME = ("Content-Length", "Date", "RateLimit", "X-Request-ID")


def told(answer, typed=None):
    """All that somebody learns: the bytes of the page and its headers, but for forms' tokens and
    the name that they typed themselves, of which the length is in a header, as the time is, how
    often a program may still ask, and the random id of the request."""
    page = TOKEN.sub(b"", answer.data)
    if isinstance(typed, str):
        page = page.replace(typed.encode(), b"")
    headers = [one for one in answer.headers.items() if one[0] not in DIFFERENT_EACH_TIME]
    return answer.status_code, page, sorted(headers)
