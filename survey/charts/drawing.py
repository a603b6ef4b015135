"""Draws charts in a process of its own, and keeps every drawing.

The drawing library holds the interpreter's lock and hangs in a forked process, so it is never
loaded here: `draw` runs it. A drawing is known by the SHA-256 of its specification, and
workers share them through a folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import weakref
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

SECONDS = 20.0
DRAWINGS_A_PROCESS = 200
IDLE_SECONDS = 300.0
KEPT = 4000


class NotDrawn(Exception):
    """The chart could not be drawn, for the reason given."""


def written(specification: Mapping[str, Any]) -> str:
    """The specification as one line of JSON: the same specification, the same line."""
    return json.dumps(specification, sort_keys=True, separators=(",", ":"))


def digest(specification: Mapping[str, Any]) -> str:
    """The name of a drawing: SHA-256 of its specification."""
    return hashlib.sha256(written(specification).encode()).hexdigest()


class Draughtsman:
    """One drawing process: started when first needed, and again whenever it has ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: Any = None
        self._owner = 0
        self._ending: Callable[[], object] = lambda: None

    def draw(self, specification: Mapping[str, Any]) -> str:
        """An SVG. Raises NotDrawn where the specification is wrong or time runs out."""
        return self._drawn({"specification": specification}, "svg")

    def draw_png(self, specification: Mapping[str, Any], scale: float) -> bytes:
        """A PNG of so many of its pixels to one of the specification. Raises NotDrawn."""
        return b64decode(self._drawn({"specification": specification, "scale": scale}, "png"))

    def _drawn(self, asked: Mapping[str, Any], kind: str) -> str:
        line = written(asked) + "\n"
        with self._lock:
            # A process that has ended on its own is only found out by asking it.
            answer = self._ask(line) or self._ask(line)
        if not answer:
            raise NotDrawn(f"no drawing within {self._seconds:g} seconds")
        drawn = json.loads(answer)
        if kind not in drawn:
            raise NotDrawn(drawn["error"])
        return str(drawn[kind])

    def close(self) -> None:
        """End the drawing process, if there is one."""
        self._process = None
        self._ending()

    def _ask(self, line: str) -> str:
        process = self._running()
        watchdog = threading.Timer(self._seconds, process.kill)
        watchdog.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer: str = process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            watchdog.cancel()
        if not answer:
            self.close()
        return answer

    def _running(self) -> Any:
        if self._process is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [
                    *(sys.executable, "-m", "survey.charts.draw"),
                    *(str(DRAWINGS_A_PROCESS), str(IDLE_SECONDS)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            self._ending = weakref.finalize(self, end, self._process, self._owner)
        return self._process


def end(process: Any, owner: int) -> None:
    """End a drawing process, where it is ours to end and not that of the process we forked from."""
    if owner != os.getpid():
        return
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what was not yet written cannot be written any more
            pipe.close()


class Drawings:
    """Drawings by specification: from the folder, or drawn now and put there."""

    def __init__(self, folder: Path, kept: int = KEPT, seconds: float = SECONDS) -> None:
        self._folder = folder
        self._kept = kept
        self.draughtsman = Draughtsman(seconds)

    def svg(self, specification: Mapping[str, Any]) -> bytes:
        """The drawing as SVG. Raises NotDrawn."""
        return self._kept_or_drawn(
            f"{digest(specification)}.svg",
            lambda: named(self.draughtsman.draw(specification), specification).encode(),
        )

    def png(self, specification: Mapping[str, Any], scale: float = 2) -> bytes:
        """The drawing as PNG, `scale` times as wide and high as it says. Raises NotDrawn."""
        return self._kept_or_drawn(
            f"{digest(specification)}.{scale:g}.png",
            lambda: self.draughtsman.draw_png(specification, scale),
        )

    def _kept_or_drawn(self, name: str, draw: Callable[[], bytes]) -> bytes:
        path = self._folder / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            drawn = draw()
        self._keep(path, drawn)
        return drawn

    def _keep(self, path: Path, drawn: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".new", delete=False) as file:
            file.write(drawn)
        Path(file.name).replace(path)
        drawings = sorted(self._folder.iterdir(), key=_age)
        for oldest in drawings[: max(0, len(drawings) - self._kept)]:
            oldest.unlink(missing_ok=True)


def named(svg: str, specification: Mapping[str, Any]) -> str:
    """The drawing with a role, a title and a description for those who do not see it."""
    title = escape(str(specification.get("usermeta", {}).get("title", "")))
    description = escape(str(specification.get("description", "")))
    start, bracket, rest = svg.partition(">")
    return (
        f'{start} role="img" aria-labelledby="title description"{bracket}'
        f'<title id="title">{title}</title><desc id="description">{description}</desc>{rest}'
    )


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another worker was quicker to clear it away
        return 0.0
