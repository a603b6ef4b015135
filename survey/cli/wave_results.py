"""`survey wave import | remove`: results of an earlier survey, as a wave of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from survey.cli.files import FILE, problems_of, read_file
from survey.cli.opening import opened, settings
from survey.operations import importing_results, organising, publishing, running
from survey.operations.csv_rows import LARGEST
from survey.operations.importing_results import EarlierSurvey


@click.command("import")
@click.argument("slug")
@click.argument("file", type=FILE)
@click.option("--organisation", required=True, metavar="SLUG", help="Whose results they are.")
@click.option(
    "--questionnaire",
    required=True,
    metavar="ID",
    help="One that measures the same capabilities: its id, or the first digits of a SHA-256.",
)
@click.option("--name", required=True, help="As people see it.")
@click.option(
    "--ended", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day on which it ended."
)
@click.option(
    "--same-questions",
    is_flag=True,
    help="Its very questions were asked: later waves are compared with it.",
)
@click.option("--minimum-group", type=int, help="Fewest people of whom a figure is shown.")
def import_command(
    slug: str,
    file: Path,
    organisation: str,
    questionnaire: str,
    name: str,
    ended: datetime,
    same_questions: bool,
    minimum_group: int | None,
) -> None:
    """Take the counts of FILE as the closed wave SLUG: capability,unit,1,2,3,4,5."""
    with problems_of(file), opened() as session:
        owner = organising.organisation(session, organisation)
        survey = EarlierSurvey(
            slug=slug,
            name=name,
            ended_on=ended.date(),
            version_digest=publishing.publication(session, owner.id, questionnaire).version_digest,
            minimum_group=settings()["MINIMUM_GROUP"] if minimum_group is None else minimum_group,
            imported="same-questions" if same_questions else "other-questions",
        )
        content = read_file(file, at_most=LARGEST)
        importing_results.import_results(session, owner, survey, content, now=datetime.now(UTC))
    click.echo(f"{slug} is imported: survey profile {slug}")


@click.command("remove")
@click.argument("slug")
def remove_command(slug: str) -> None:
    """Remove the imported results SLUG. What people answered here cannot be removed."""
    with opened() as session:
        importing_results.remove_results(session, running.wave(session, slug))
    click.echo(f"{slug} is removed.")
