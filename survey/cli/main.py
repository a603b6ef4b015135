"""The command line, `survey …`, in one table."""

from __future__ import annotations

from typing import Final

from flask import Flask
from flask.cli import AppGroup, FlaskGroup

from survey.cli.lazy import LazyGroup, Table

COMMANDS: Final[Table] = {
    "questionnaire": (
        "Check, compare, derive and publish questionnaires.",
        {
            "check": "questionnaire",
            "advise": "questionnaire",
            "expand": "questionnaire",
            "derive": "questionnaire",
            "diff": "questionnaire",
            "publish": "publishing",
        },
    ),
    "organisation": ("Who is measured.", {"create": "organisation"}),
    "units": ("The parts of an organisation.", {"import": "units"}),
    "people": ("The staff list.", {"import": "people"}),
    "wave": (
        "Ask: prepare, open, watch and close a round.",
        {
            "create": "wave",
            "open": "wave",
            "remind": "wave",
            "extend": "wave",
            "close": "wave",
            "status": "wave_figures",
            "links": "wave_figures",
            "tally": "wave_figures",
            "recount": "wave_figures",
            "diagnostics": "wave_diagnostics",
            "forget": "wave",
            "import": "wave_results",
            "remove": "wave_results",
        },
    ),
    "responses": ("Answers in bulk.", {"import": "responses", "export": "responses"}),
    "profile": "profile",
    "report": "report",
    "benchmark": (
        "An organisation beside others.",
        {
            "export": "benchmark",
            "import": "benchmark",
            "confirm": "benchmark",
            "remove": "benchmark",
        },
    ),
    "account": ("Who signs in.", {"create": "account"}),
    "token": (
        "What programs come in with.",
        {"create": "token", "list": "token", "revoke": "token"},
    ),
    "audit": ("Who did what.", {"verify": "audit", "export": "audit"}),
    "database": (
        "The tables.",
        {"upgrade": "database", "check": "database", "spread": "database"},
    ),
    "backup": "backup",
    "restore": "backup",
    "mail": ("Messages to people.", {"send": "mail", "bounces": "mail"}),
    "serve": "serving",
    "worker": "worker",
    "demo": ("A made-up council to look at.", {"create": "demo", "reset": "demo"}),
    "doctor": "doctor",
}
"""Each command's module in this package. Groups say what they are about."""

ABOUT: Final = "Find out how mature an organisation is in digital, data and innovation."


class Survey(LazyGroup, FlaskGroup):
    """Our commands, without loading the application or anybody's plugins."""


class AppCommands(LazyGroup, AppGroup):
    """The same commands, as `flask --app wsgi …` asks an application for them."""


main = Survey(
    name="survey",
    table=COMMANDS,
    help=ABOUT,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
)


def add_commands(app: Flask) -> None:
    """Serve the commands by Flask's own command line as well."""
    app.cli = AppCommands(name=app.name, table=COMMANDS)


if __name__ == "__main__":
    main()
