"""The API as a whole: its resources, their documentation, and what is said of anything else."""

from __future__ import annotations

from typing import Final

from flask import Flask

from survey.api import docs, drafts, errors, questionnaires, versions

RESOURCES: Final = (questionnaires.bp, drafts.bp, versions.bp)


def init_app(app: Flask) -> None:
    """Serve the API below errors.PREFIX. No form's token is asked for: no cookie opens it."""
    for resource in RESOURCES:
        app.extensions["csrf"].exempt(resource)
        app.register_blueprint(resource)
    app.register_blueprint(docs.bp)
    errors.init_app(app)
