"""The process that draws: `python -m survey.charts.draw DRAWINGS IDLE_SECONDS`.

Reads a line of JSON a drawing, {"specification": …, "scale": …}, and answers with a line: without
a scale {"svg": …}, with one {"png": … in Base64}, or {"error": …}.
It ends when its owner does, after so many drawings (their memory is never given back) and
when nothing was asked of it for a while.
"""

from __future__ import annotations

import base64
import json
import select
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

FONTS: Final = Path(__file__).parents[1] / "exchange" / "fonts"


def draw(line: str) -> dict[str, str]:
    """The drawing that is asked for, or why there is none. Fetches nothing."""
    asked = json.loads(line)
    specification, scale = asked["specification"], asked.get("scale")
    try:
        if scale is None:
            return {"svg": _library().vegalite_to_svg(specification, allowed_base_urls=[])}
        drawn = _library().vegalite_to_png(specification, scale=scale, allowed_base_urls=[])
    except ValueError as error:
        return {"error": str(error)[:2000]}
    return {"png": base64.b64encode(drawn).decode()}


@cache
def _library() -> Any:
    """What draws, with the letters that go with every drawing for paper."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def serve(drawings: int, idle_seconds: float) -> None:
    """Answer specifications from standard input until there is a reason to stop."""
    for _ in range(drawings):
        ready, _, _ = select.select([sys.stdin], [], [], idle_seconds)
        line = sys.stdin.readline() if ready else ""
        if not line:
            return
        sys.stdout.write(json.dumps(draw(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]))
