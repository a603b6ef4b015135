"""Writes the chart library for browsers: the one that vl-convert draws with on the server."""

import sys
from pathlib import Path

import vl_convert

NOTICE = (
    "// Vega {}, Vega-Lite {}, Vega-Embed {}, with what they are made of: BSD-3-Clause, MIT, ISC.\n"
    "// Copyright University of Washington Interactive Data Lab, and others: see vega.github.io.\n"
)

versions = (
    vl_convert.get_vega_version(),
    vl_convert.get_vegalite_versions()[-1],
    vl_convert.get_vega_embed_version(),
)
Path(sys.argv[1]).parent.mkdir(exist_ok=True)
Path(sys.argv[1]).write_text(NOTICE.format(*versions) + vl_convert.javascript_bundle())  # type: ignore[call-arg] # its stub asks too much
