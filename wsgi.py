"""Where a WSGI server finds the application: `gunicorn wsgi:app`."""

import gc

from survey.app import create_app

app = create_app()

# What is there by now stays: whoever looks for what can be thrown away need not look at it, nor
# look after each 700 things that requests make.
gc.freeze()
gc.set_threshold(20_000)
