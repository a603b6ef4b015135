"""Asks what was started here, under whichever name a guide calls it."""

import sys
import time
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from machine import PORT, refuse

NAMES = {"127.0.0.1:8000", "survey.anytown.example", "localhost:8000"}
FLAGS = {"--fail", "--silent", "--show-error", "--retry-connrefused", "--retry-all-errors"}
SECONDS, PAUSE = 30, 0.05

words, headers, asked = iter(sys.argv[1:]), {}, []
for word in words:
    if word == "--header":
        name, _, value = next(words).partition(":")
        headers[name] = value.strip()
    elif word == "--retry":
        next(words)
    elif word.startswith("--") and word not in FLAGS:
        refuse(f"what is {word}?")
    elif not word.startswith("--"):
        asked.append(word)
(address,) = asked
parts = urlsplit(address)
if parts.netloc not in NAMES:
    refuse(f"{parts.netloc} is not served here")
headers |= {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme}
until = time.monotonic() + SECONDS
while True:
    try:
        request = Request(f"http://127.0.0.1:{PORT}{parts.path or '/'}", headers=headers)
        with urlopen(request, timeout=SECONDS) as answer:
            sys.stdout.write(answer.read().decode())
        break
    except HTTPError as fault:
        if "--fail" in sys.argv:
            refuse(f"{fault.code} {fault.read().decode()[:500]}")
        sys.stdout.write(fault.read().decode())
        break
    except URLError as fault:
        if "--retry-connrefused" not in sys.argv or time.monotonic() > until:
            refuse(str(fault.reason))
        time.sleep(PAUSE)
