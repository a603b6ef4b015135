"""`survey questionnaire …`: what can be done with files alone. Opens no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from survey.cli.files import FILE, JSON, as_json, problems_of, read_file
from survey.cli.lazy import Problems
from survey.operations.shipped import library
from survey.questionnaire import check, derive
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.compare import compare
from survey.questionnaire.library import CAPABILITY, check_file, kind_of
from survey.questionnaire.model import DEPTHS, Depth
from survey.questionnaire.problems import InvalidFile, Problem
from survey.questionnaire.review import review, review_part
from survey.questionnaire.source import MAX_BYTES, read

if TYPE_CHECKING:
    from survey.questionnaire.model import Questionnaire
    from survey.questionnaire.review import Remark


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=FILE)
@JSON
def check_command(files: tuple[Path, ...], in_json: bool) -> None:
    """Say every problem of FILES: questionnaires, capabilities, capability maps, roles."""
    found = [(path, problem) for path in files for problem in _problems(path)]
    if in_json:
        click.echo(as_json([{"file": str(path), **problem.told()} for path, problem in found]))
    if found:
        raise Problems(*(f"{path}:{problem}" for path, problem in found))
    if not in_json:
        click.echo(f"{len(files)} file{'s' * (len(files) != 1)}, no problems.")


@click.command("advise")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--examples", is_flag=True, help="Show better wording beside each remark.")
@JSON
def advise_command(files: tuple[Path, ...], examples: bool, in_json: bool) -> None:
    """Remark on the wording of FILES: questionnaires, capabilities. Never a reason to refuse
    them."""
    found = [(path, remark) for path in files for remark in _remarks(path)]
    if in_json:
        click.echo(as_json([_told(path, remark, examples) for path, remark in found]))
        return
    for path, remark in found:
        said = remark.advice
        click.echo(
            f"{path}:{remark.line}:{remark.column}: {said.code} {said.message} (mend: {said.mend})"
        )
        if examples:
            _show_example("instead of", said.example.before)
            _show_example("write", said.example.after)


@click.command("expand")
@click.argument("file", type=FILE)
def expand_command(file: Path) -> None:
    """Write the version that publishing FILE would freeze; its SHA-256 on standard error."""
    content = canonical(expanded(file))
    click.echo(content, nl=False)
    click.echo(digest(content), err=True)


@click.command("derive")
@click.option("--capability", "capabilities", multiple=True, metavar="ID", help="One or more.")
@click.option("--framework", metavar="ID", help="Every capability of a capability map.")
@click.option("--depth", required=True, type=click.Choice(DEPTHS))
def derive_command(capabilities: tuple[str, ...], framework: str | None, depth: Depth) -> None:
    """Write a questionnaire that asks about capabilities, to be edited further."""
    if bool(capabilities) == bool(framework):
        raise click.UsageError("Give --capability, once or more, or --framework.")
    _check_known("capability", capabilities, library().capabilities)
    _check_known("framework", (framework,) if framework else (), library().frameworks)
    file = derive.questionnaire_file(
        library(), capabilities=capabilities, framework=framework, depth=depth
    )
    click.echo(as_json(file))


@click.command("diff")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@JSON
def diff_command(old: Path, new: Path, in_json: bool) -> None:
    """Say what changed from OLD to NEW, and which results stay comparable."""
    changes = compare(expanded(old), expanded(new))
    if in_json:
        click.echo(as_json([asdict(change) for change in changes]))
        return
    for change in changes:
        comparable = "comparable" if change.comparable else "not comparable"
        click.echo(f"{change.kind:<9} {change.question} ({comparable})")
        for detail in change.details:
            click.echo(f"          {detail}")


def expanded(path: Path) -> Questionnaire:
    """The questionnaire in a file, written out. Raises Problems."""
    with problems_of(path):
        return check.expand(read_file(path, at_most=MAX_BYTES), library())


def _remarks(path: Path) -> Sequence[Remark]:
    """The remarks on the capability in a file, or else on the questionnaire. Raises Problems."""
    with problems_of(path):
        source = read(read_file(path, at_most=MAX_BYTES))
        if not source.is_read:
            raise InvalidFile(list(source.problems))
        if kind_of(path.as_posix(), source.value) == CAPABILITY:
            reviewed = review_part(path.as_posix(), source.text, library())
        else:
            reviewed = review(source.text, library())
        if reviewed.problems:
            raise InvalidFile([one.problem for one in reviewed.problems])
    return reviewed.advice


def _told(path: Path, remark: Remark, examples: bool) -> dict[str, Any]:
    """What is told of a remark to other programs."""
    advice = asdict(remark.advice)
    example = advice.pop("example")
    place = {"line": remark.line, "column": remark.column, "pointer": remark.pointer}
    return {"file": str(path)} | place | advice | ({"example": example} if examples else {})


def _show_example(label: str, wording: str) -> None:
    for number, line in enumerate(wording.splitlines()):
        click.echo(f"    {'' if number else f'{label}:':<12}{line}")


def _problems(path: Path) -> Sequence[Problem]:
    try:
        return check_file(path.as_posix(), read_file(path, at_most=MAX_BYTES), library())
    except InvalidFile as fault:
        return fault.problems


def _check_known(what: str, ids: tuple[str, ...], known: Any) -> None:
    unknown = [id_ for id_ in ids if id_ not in known]
    if unknown:
        raise Problems(
            *(
                f"There is no {what} “{id_}”. (mend: Choose one of: {', '.join(sorted(known))})"
                for id_ in unknown
            )
        )
