"""Command groups that import a command when it is used, and say faults in one line each."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import IO, Any, NoReturn

import click

from survey.config import WrongSetting
from survey.operations.errors import SurveyError

Table = Mapping[str, "str | tuple[str, Table]"]
"""A command's name to its module in `survey.cli`, or a group's to what it is about and its own
table."""


class Problems(click.ClickException):
    """The input has problems: each on a line of its own on standard error; exit code 1."""

    exit_code = 1

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the problems."""
        click.echo(self.message, file=file, err=file is None)


class LazyGroup(click.Group):
    """Commands by a table. What is imported for one does not slow down the others."""

    def __init__(self, *args: Any, table: Table, **values: Any) -> None:
        super().__init__(*args, **values)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The group, or the command that its module has under its name."""
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        if not isinstance(entry, str):
            return LazyGroup(name=cmd_name, help=entry[0], table=entry[1])
        command: click.Command = getattr(
            import_module(f"survey.cli.{entry}"), f"{cmd_name}_command"
        )
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it refuses becomes a line on standard error."""
        try:
            return super().invoke(ctx)
        except SurveyError as error:
            _refuse(error)
        except WrongSetting as error:
            raise Problems(str(error)) from error


def _refuse(error: SurveyError) -> NoReturn:
    mend = f" (mend: {error.what_to_do})" if error.what_to_do else ""
    raise Problems(f"{error.message}{mend}") from error
