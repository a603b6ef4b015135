"""The application as these tests open it: on a database that is there, with charts that are not
drawn, and forms that need no token."""

import json

from survey.app import create_app


class Artist:
    """Writes down what it should draw."""

    def draw(self, specification):
        return f"<svg><desc>{json.dumps(specification)}</desc>"

    def draw_png(self, specification, scale):
        return json.dumps([specification, scale]).encode()

    def close(self):
        pass


def opened(file, **settings):
    """An application on the SQLite database in a file."""
    usual = {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 32, "TESTING": True}
    made = create_app(usual | settings)
    made.config["WTF_CSRF_ENABLED"] = False
    made.extensions["drawings"].draughtsman = Artist()
    made.extensions["drawings"]._folder = file.parent / f"charts of {file.name}"
    return made
