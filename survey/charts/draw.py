"""The process that draws: `python -m survey.charts.draw DRAWINGS IDLE_SECONDS`.

Reads a chart specification a line (JSON), answers with a line: {"svg": …} or {"error": …}.
It ends when its owner does, after so many drawings (their memory is never given back) and
when nothing was asked of it for a while.
"""

from __future__ import annotations

import json
import select
import sys


def draw(specification: str) -> dict[str, str]:
    """The SVG of one Vega-Lite specification, or why there is none. Fetches nothing."""
    import vl_convert

    try:
        return {"svg": vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])}
    except ValueError as error:
        return {"error": str(error)[:2000]}


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
