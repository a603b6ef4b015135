"""The action plan as a text document (.docx): to be talked over, filled in and carried on."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from survey.findings import glance, sentences, words
from survey.findings.speech import say
from survey.maturity.profile import Shown
from survey.questionnaire.speaking import spoken
from survey.reports.document_sections import said_date
from survey.reports.office_logo import usable_logo
from survey.reports.office_words import (
    LOCALES,
    facts,
    method,
    next_step,
    properties,
    role_name,
    title_of,
    who,
)

if TYPE_CHECKING:
    from docx.document import Document

    from survey.operations.priority_reporting import Work
    from survey.operations.profile import CapabilityFigure, Planned
    from survey.reports.contents import Brand, Contents

MOST_PRIORITIES: Final = 20
"""That have a section of their own; the table before them has all."""

EMPTY_ROWS, SPARE_ROWS = 3, 1
"""To fill in: where no action is planned, and where some are."""


def make(told: Contents, brand: Brand, progress: Callable[[int, int], None]) -> bytes:
    """The plan, in the language spoken. progress: told how many priorities are done, of how
    many."""
    from survey.reports.plan_document_look import empty_document  # brings its library

    work = told.priorities.work[:MOST_PRIORITIES]
    document = empty_document(LOCALES[spoken()])
    _describe(document, told, brand)
    _begin(document, told, brand)
    _add_order(document, told)
    for number, one in enumerate(work):
        progress(number, len(work) + 1)
        _add_priority(document, told, one)
    _add_other_actions(document, told, {one.figure.id for one in work})
    _add_others(document, told)
    _add_roles(document, told)
    _add_method(document, told)
    file = io.BytesIO()
    document.save(file)
    progress(len(work) + 1, len(work) + 1)
    return file.getvalue()


def _describe(document: Document, told: Contents, brand: Brand) -> None:
    about, known = properties(told, brand), document.core_properties
    known.title = say("Action plan: %(title)s", title=about["title"])[:250]
    known.author = known.last_modified_by = about["author"]
    known.subject, known.language = about["subject"], LOCALES[spoken()]
    known.comments = known.keywords = known.category = ""
    known.created = known.modified = datetime.combine(told.made_on, time(12), UTC)
    known.revision = 1


def _begin(document: Document, told: Contents, brand: Brand) -> None:
    from survey.reports import plan_document_look as look

    logo = usable_logo(brand)
    if logo is not None:
        look.add_logo(document, logo, brand.name)
    look.add_text(document, say("Action plan: %(who)s", who=who(told)), "Title")
    about = dict.fromkeys((brand.name, title_of(told), *facts(told)))
    for line in about:
        look.add_text(document, line)
    look.add_heading(document, say("Where we are"), 1)
    look.add_text(document, f"{sentences.headline(told.profile)}.")
    for found in (glance.standing(told.profile), glance.changes(told.changes)):
        look.add_text(document, f"{found.finding}.")
        for point in found.points:
            said = say("%(name)s: %(said)s", name=point.name, said=point.said)
            look.add_text(document, said, "List Bullet")


def _add_order(document: Document, told: Contents) -> None:
    """All that is below its target, the most pressing first."""
    from survey.reports import plan_document_look as look

    scale, work = told.profile.scale, told.priorities.work
    look.add_heading(document, say("What to do first"), 1)
    look.add_text(document, f"{sentences.priorities(told.priorities)}.")
    if not work:
        return
    heads = (say("Capability"), say("Now"), say("Target"), say("Gap"), say("Priority"))
    look.add_table(
        document,
        heads,
        [
            (
                *(one.figure.name, words.step_name(one.shown.step, scale)),
                *(words.step_name(one.target, scale), words.fixed(one.priority.gap)),
                words.fixed(one.priority.value),
            )
            for one in work
        ],
        (5, 2, 2, 1.2, 1.4),
        say("Table: capabilities below their target, the most pressing first."),
    )
    look.add_text(
        document,
        say(
            "The priority is the gap to the target, times how much the capability matters to "
            "people, of 5. Where that was not asked it counts in full. It orders work; it rates "
            "nobody."
        ),
    )


def _add_priority(document: Document, told: Contents, one: Work) -> None:
    """Where we are, where we want to be, what that looks like, and what we will do."""
    from survey.reports import plan_document_look as look

    scale, now, then = told.profile.scale, one.shown.step, next_step(one)
    look.add_heading(document, one.figure.name, 2)
    look.add_text(document, _standing(one, scale), lead=say("Where we are:"))
    for lead, step in ((say("Now:"), now), (say("The next step:"), then)):
        wording = one.capability.steps[step - 1]
        name = words.step_name(step, scale)
        said = say("%(step)s: %(wording)s", step=name, wording=wording)
        look.add_text(document, said, lead=lead)
    if one.weakest:
        lowest = "; ".join(
            say("“%(practice)s” (mean %(mean)s)", practice=q.text, mean=words.fixed(q.measure.mean))
            for q in one.weakest[:2]
            if isinstance(q.measure, Shown)
        )
        look.add_text(document, f"{lowest}.", lead=say("Rated lowest:"))
    if one.capability.enables:
        enables = " ".join(one.capability.enables)
        look.add_text(document, enables, lead=say("It makes possible:"))
    if one.capability.roles:
        roles = ", ".join(role_name(told, role) for role in one.capability.roles)
        look.add_text(document, roles, lead=say("Roles and skills:"))
    actions = [p for p in told.plan.to_do if p.action.capability == one.figure.id]
    _add_actions(document, actions, one.figure.name)


def _standing(one: Work, scale: Sequence[str]) -> str:
    return say(
        "%(step)s; mean %(mean)s, very likely %(interval)s; said %(people)s. The target is "
        "%(target)s: the mean is %(gap)s below it.",
        step=words.step_name(one.shown.step, scale),
        mean=words.fixed(one.shown.mean),
        interval=words.interval(one.shown),
        people=words.people(one.shown.n),
        target=words.step_name(one.target, scale),
        gap=words.fixed(one.priority.gap),
    )


def _add_actions(document: Document, actions: Sequence[Planned], name: str) -> None:
    """What is planned, and rows to fill in."""
    from survey.reports import plan_document_look as look

    if not actions:
        look.add_text(document, say("No action is planned yet: here is room for some."))
    look.add_table(
        document,
        (say("Action"), say("Who"), say("By"), say("State"), say("What shows it has worked")),
        [_action(one) for one in actions],
        (4, 2.4, 2, 1.7, 3),
        say("Table: actions for %(name)s, with rows to fill in.", name=name),
        empty=SPARE_ROWS if actions else EMPTY_ROWS,
    )


def _action(one: Planned) -> tuple[str, ...]:
    action = one.action
    title = (
        say("%(action)s (%(unit)s)", action=action.title, unit=one.unit.name)
        if one.unit.depth
        else action.title
    )
    state = say(words.ACTION_STATES[action.state])
    return title, action.owner, said_date(action.due), state, action.evidence


def _add_other_actions(document: Document, told: Contents, with_section: set[str]) -> None:
    """What is planned about capabilities without a section, and what has been done."""
    from survey.reports import plan_document_look as look

    others = [one for one in told.plan.to_do if one.action.capability not in with_section]
    for title, actions in ((say("Other actions"), others), (say("Done"), told.plan.done)):
        if not actions:
            continue
        look.add_heading(document, title, 1)
        look.add_table(
            document,
            (
                say("Capability"),
                say("Action"),
                say("Who"),
                say("By"),
                say("What shows it has worked"),
            ),
            [
                (one.name, *(cell for n, cell in enumerate(_action(one)) if n != 3))
                for one in actions
            ],
            (2.6, 3.6, 2.2, 2, 3),
            say("Table: %(title)s.", title=title),
        )


def _add_others(document: Document, told: Contents) -> None:
    from survey.reports import plan_document_look as look

    lists: tuple[tuple[str, Sequence[CapabilityFigure]], ...] = (
        (say("Targets that are reached"), told.priorities.reached),
        (say("No target yet"), told.priorities.without_target),
    )
    for title, figures in lists:
        if figures:
            look.add_heading(document, title, 1)
            for one in figures:
                look.add_text(document, one.name, "List Bullet")


def _add_roles(document: Document, told: Contents) -> None:
    from survey.reports import plan_document_look as look

    if not told.priorities.needs:
        return
    names = {one.id: one.name for one in told.profile.capabilities}
    look.add_heading(document, say("Roles and skills that this calls for"), 1)
    look.add_table(
        document,
        (say("Role"), say("For"), say("Need")),
        [
            (
                role_name(told, need.role),
                ", ".join(names[id_] for id_ in need.capabilities),
                words.fixed(need.value),
            )
            for need in told.priorities.needs
        ],
        (3, 6, 1),
        say("Table: roles, the most needed first."),
    )
    look.add_text(
        document,
        say(
            "The need of a role is the sum of the priorities of the capabilities that name it. It "
            "is about roles, never about the people in them."
        ),
    )


def _add_method(document: Document, told: Contents) -> None:
    from survey.reports import plan_document_look as look

    look.add_heading(document, say("How to read this"), 1)
    for heading, said in method(told):
        look.add_text(document, said, lead=f"{heading}:")
