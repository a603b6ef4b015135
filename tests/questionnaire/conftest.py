"""Properties are checked without a stopwatch: how fast a machine is decides nothing here."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
