"""What a service that was started here has said."""

import sys

from machine import HERE, options, refuse

words = options(sys.argv[1:], {"--unit", "--since", "--lines", "--no-pager", "--output", "--grep"})
log = HERE / "log" / words[0]
if not log.exists():
    refuse(f"{words[0]} has not been started")
sys.stdout.write(log.read_text())
