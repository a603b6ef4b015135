"""The API as a whole: its resources, their documentation, and what is said of anything else."""

from __future__ import annotations

from typing import Final

from flask import Flask

from survey.api import (
    actions,
    capabilities,
    docs,
    drafts,
    errors,
    exports,
    limits,
    maps,
    profiles,
    questionnaires,
    response_rates,
    roles,
    versions,
    waves,
)

RESOURCES: Final = (
    questionnaires.bp,
    drafts.bp,
    versions.bp,
    capabilities.bp,
    maps.bp,
    roles.bp,
    waves.bp,
    response_rates.bp,
    profiles.bp,
    actions.bp,
    exports.bp,
)


def init_app(app: Flask) -> None:
    """Serve the API below errors.PREFIX. No form's token is asked for: no cookie opens it."""
    for resource in RESOURCES:
        app.extensions["csrf"].exempt(resource)
        app.register_blueprint(resource)
    app.register_blueprint(docs.bp)
    limits.init_app(app)  # first: also what is not there is counted
    errors.init_app(app)
