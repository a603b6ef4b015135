"""`survey backup …` and `survey restore`."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import click

from survey.backups.archive import Counted, Heading
from survey.backups.restoring import check, restore, rows_held
from survey.backups.sealed import KEY_BYTES, key_of, key_text
from survey.backups.taking import backup
from survey.cli.files import JSON, as_json
from survey.cli.lazy import Problems
from survey.cli.opening import opened, refusals, settings
from survey.config import PREFIX
from survey.operations import auditing

STANDARD_OUTPUT: Final = Path("-")
FILE: Final = click.Path(path_type=Path, dir_okay=False)

KEY_FILE = click.option(
    "--key-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"The file that has the key. Else {PREFIX}BACKUP_KEY has it.",
)


class Backup(click.Group):
    """Makes a backup unless another of its commands is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let `survey backup FILE` be `survey backup make FILE`."""
        named = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named or not args else ["make", *args])


@click.group("backup", cls=Backup)
def backup_command() -> None:
    """Keep a copy of everything, encrypted: survey backup FILE."""


@backup_command.command("key")
def key_command() -> None:
    """Make a key for backups. Keep it away from them: who has both reads everything."""
    click.echo(key_text(secrets.token_bytes(KEY_BYTES)))


@backup_command.command("make")
@click.argument("file", type=FILE)
@KEY_FILE
def make_command(file: Path, key_file: Path | None) -> None:
    """Write all that is in the database to FILE (“-”: standard output), while people answer."""
    key = _key(key_file)
    if file != STANDARD_OUTPUT and file.exists():
        raise Problems(f"{file} is there already. (mend: Give a name that is not taken.)")
    with opened() as session:  # before it is made: so a backup says that it was made
        auditing.note(session, "backup.make", "database")
    configured = settings()
    parts = backup(
        configured["DATABASE_URL"],
        key,
        now=datetime.now(UTC),
        secret=configured["SECRET_KEY"],
        random_bytes=secrets.token_bytes,
    )
    with refusals():
        _write(file, parts)


@backup_command.command("check")
@click.argument("file", type=FILE)
@KEY_FILE
@JSON
def check_command(file: Path, key_file: Path | None, in_json: bool) -> None:
    """Read FILE to its end and say what is in it."""
    with _reading(file) as backup_file:
        heading, tables = check(backup_file, _key(key_file))
    if in_json:
        click.echo(as_json(_about(heading) | {"tables": [asdict(table) for table in tables]}))
        return
    _say(heading, tables)
    for table in tables:
        if table.rows:
            click.echo(f"{table.rows:>12,}  {table.table}")


@click.command("restore")
@click.argument("file", type=FILE)
@KEY_FILE
@click.option("--replace", is_flag=True, help="Delete all that is in the database now.")
@click.option("--yes", is_flag=True, help="Do not ask before deleting.")
def restore_command(file: Path, key_file: Path | None, replace: bool, yes: bool) -> None:
    """Put the backup FILE into the database, which must be empty. Stop the product before.

    All or nothing: where anything is wrong, the database stays as it was.
    """
    key, configured = _key(key_file), settings()
    with _reading(file) as backup_file, refusals():
        if replace and not yes:
            _ask(configured["DATABASE_URL"])
        restored = restore(
            configured["DATABASE_URL"],
            backup_file,
            key,
            secret=configured["SECRET_KEY"],
            replace=replace,
        )
    _say(restored.heading, restored.tables)
    click.echo("Restored. Everybody signs in afresh.")
    if not restored.same_secret:
        click.echo(
            f"{PREFIX}SECRET_KEY is not what it was: links of invitations, webhooks and "
            "authenticator apps do not work. Set it to what it was, if you have it.",
            err=True,
        )


def _ask(url: str) -> None:
    rows = rows_held(url)
    if rows:
        click.confirm(f"The database holds {rows:,} rows. Delete them all for good?", abort=True)


def _key(file: Path | None) -> bytes:
    """The key in a file or in the environment. Raises Problems where there is none."""
    text = file.read_text("ascii", "replace") if file else os.environ.get(f"{PREFIX}BACKUP_KEY", "")
    if not text.strip():
        raise Problems(
            f"The key for backups is missing. (mend: Set {PREFIX}BACKUP_KEY or give --key-file; "
            "make one by: survey backup key)"
        )
    return key_of(text.strip())


@contextmanager
def _reading(file: Path) -> Iterator[BinaryIO]:
    try:
        content = file.open("rb")
    except OSError as fault:
        raise Problems(f"{file} cannot be read: {_reason(fault)}.") from fault
    with content:
        yield content


def _write(file: Path, parts: Iterable[bytes]) -> None:
    try:
        if file == STANDARD_OUTPUT:
            sys.stdout.buffer.writelines(parts)
            sys.stdout.buffer.flush()
        else:
            _write_whole(file, parts)
    except OSError as fault:
        name = "Standard output" if file == STANDARD_OUTPUT else file
        raise Problems(f"{name} cannot be written: {_reason(fault)}.") from fault


def _write_whole(file: Path, parts: Iterable[bytes]) -> None:
    """Under its name the file is there whole, or not at all; nobody else may read it."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        with open(unfinished, "wb", opener=_for_nobody_else) as out:
            out.writelines(parts)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _for_nobody_else(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _reason(fault: OSError) -> str:
    return (fault.strerror or "it cannot be opened").lower()


def _about(heading: Heading) -> dict[str, Any]:
    return {
        "made_at": heading.made_at.isoformat(timespec="seconds"),
        "product": heading.product,
        "revision": heading.revision,
    }


def _say(heading: Heading, tables: tuple[Counted, ...]) -> None:
    rows = sum(table.rows for table in tables)
    click.echo(
        f"Backup of {heading.made_at:%Y-%m-%d %H:%M} UTC, version {heading.product}, tables of "
        f"{heading.revision}: {rows:,} rows."
    )
