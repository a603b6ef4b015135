"""`survey report`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from survey.charts.drawing import Drawings
from survey.cli.opening import opened, settings
from survey.operations.narrowing import Part
from survey.questionnaire.speaking import REPORT_LANGUAGES
from survey.reports.building import brand_of, made
from survey.reports.contents import Subject, contents
from survey.reports.formats import FORMATS


@click.command("report")
@click.argument("slug", metavar="WAVE")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), required=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--unit", metavar="SLUG", help="Of this unit and all below it.")
@click.option("--domain", default="", help="Of the capabilities of this domain only.")
@click.option("--theme", default="", help="Of the capabilities of this theme only.")
@click.option("--map", "map_", default="", help="Grouped as in this capability map.")
@click.option("--language", type=click.Choice(REPORT_LANGUAGES), default="en", show_default=True)
def report_command(
    slug: str,
    format_: str,
    output: Path,
    unit: str | None,
    domain: str,
    theme: str,
    map_: str,
    language: str,
) -> None:
    """Write the report of the closed WAVE to a file: what a lead may see, no more."""
    subject = Subject(slug, unit, Part(domain, theme, map_), language)
    with opened() as session:
        gathered = contents(session, None, subject, today=datetime.now(UTC).date())
        brand = brand_of(session, gathered)
    drawings = Drawings(settings()["INSTANCE"] / "charts")
    try:
        content = made(gathered, brand, format_, drawings, lambda done, of: None)
    finally:
        drawings.draughtsman.close()
    output.write_bytes(content)
    click.echo(f"{output}: {len(content):,} bytes.")
