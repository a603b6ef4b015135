"""`survey mail …`."""

from __future__ import annotations

from pathlib import Path

import click

from survey.cli.files import FILE, problems_of, read_file
from survey.cli.lazy import Problems
from survey.cli.opening import opened, settings
from survey.operations import mailing, organising

LARGEST_REPORT = 1024**2


@click.command("bounces")
@click.argument("files", nargs=-1, required=True, type=FILE)
def bounces_command(files: tuple[Path, ...]) -> None:
    """Note whose mail does not arrive, from delivery reports in FILES (“-”: standard input).

    Let your mail server pipe what comes back to the sender's address into this command.
    """
    from survey.mail.bounces import bounces_in

    noted = 0
    with opened() as session:
        everybody = organising.organisations(session)
        for path in files:
            with problems_of(path):
                report = read_file(path, at_most=LARGEST_REPORT)
            for bounce in bounces_in(report):
                for organisation in everybody:
                    noted += mailing.bounce(session, organisation.id, bounce.address, bounce.status)
    click.echo(f"{noted} invitations are marked as bounced.")


@click.command("send")
def send_command() -> None:
    """Send what is due now, once, and say what came of it."""
    from survey.jobs import Jobs, sender

    if sender(settings()) is None:
        raise Problems("No mail is set up. (mend: Set SURVEY_MAIL_URL or SURVEY_NOTIFY_API_KEY.)")
    done = Jobs(settings()).deliver()
    click.echo(f"{done.sent} sent, {done.bounced} bounced, {done.later} to be tried again.")
