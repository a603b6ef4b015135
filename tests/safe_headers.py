"""Which headers of an answer, given over https, do not say what keeps browsers safe."""

import re

NOT_KEPT = re.compile("(private, )?no-(store|cache)$|private, max-age=31536000, immutable$")
COOKIE = re.compile(
    r"__Host-session=[\w.-]*; (Expires=[^;]+; Max-Age=0; )?Secure; HttpOnly; Path=/; SameSite=Lax"
)


def unsafe_headers(answer, address):
    """The headers that do not say what they must."""
    anywhere = address.endswith("/embed") or ("/public/" in address and "/charts/" in address)
    expected = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; ",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "cross-origin" if anywhere else "same-origin",
        "Cross-Origin-Opener-Policy": "unsafe-none" if anywhere else "same-origin",
    }
    said = answer.headers
    wrong = [name for name, text in expected.items() if not said.get(name, "–").startswith(text)]
    wrong += [
        one for one in ("unsafe", "data:", "https:") if one in said["Content-Security-Policy"]
    ]
    is_open = address.startswith(("/public/", "/help/", "/api/v1/docs", "/api/v1/openapi"))
    if not is_open and not NOT_KEPT.match(said["Cache-Control"]):
        wrong.append("Cache-Control")
    return wrong + [one for one in said.getlist("Set-Cookie") if not COOKIE.fullmatch(one)]
