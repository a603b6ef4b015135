"""What slides, workbooks and plans say in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from survey.findings import sentences, words
from survey.findings.speech import say
from survey.maturity.profile import GroupShown, Measure, Shown, Withheld
from survey.operations.courses import is_comparable
from survey.reports.document_appendix import method as method_blocks
from survey.reports.document_sections import said_date

if TYPE_CHECKING:
    from survey.maturity.change import Difference
    from survey.operations.priority_reporting import Work
    from survey.operations.profile import CapabilityFigure, CapabilityOverTime
    from survey.reports.contents import Brand, Contents

LOCALES: Final = {"en": "en-GB", "cy": "cy-GB"}
MOST_NAMES: Final = 6
"""That a sentence lists."""


def title_of(told: Contents) -> str:
    """What a file is called: the wave, and of what it tells."""
    about = (told.profile.unit.name if told.profile.unit else "", told.part_name)
    said = ", ".join(one for one in about if one)
    return f"{told.profile.wave.name}: {said}" if said else told.profile.wave.name


def who(told: Contents) -> str:
    """The unit or organisation of which a file tells."""
    return told.profile.unit.name if told.profile.unit else told.profile.organisation.name


def facts(told: Contents) -> Iterator[str]:
    """Where the figures come from: sentences that stand first."""
    wave = told.profile.wave
    if wave.simulated:
        yield say("This is a demonstration: the answers are simulated.")
    yield sentences.participation(told.profile)
    if wave.closed_at is not None:
        yield say("The survey closed on %(day)s.", day=said_date(wave.closed_at.date()))
    yield say("Made on %(day)s.", day=said_date(told.made_on))


def properties(told: Contents, brand: Brand) -> dict[str, str]:
    """Title, author and subject of a file."""
    return {
        "title": words_up_to(title_of(told), 250),
        "author": words_up_to(brand.name, 250),
        "subject": words_up_to(sentences.headline(told.profile), 250),
    }


def words_up_to(text: str, longest: int) -> str:
    """A text that a property can hold."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def people_behind(measures: Iterable[Measure]) -> str:
    """How many people stand behind some figures: "111 to 119 people"; nothing behind none."""
    numbers = [one.n for one in measures if isinstance(one, Shown)]
    if not numbers:
        return ""
    least, most = min(numbers), max(numbers)
    if least == most:
        return words.people(most)
    return say("%(least)s to %(most)s", least=f"{least:,}", most=words.people(most))


def withheld_said(named: Iterable[tuple[str, Measure | GroupShown]]) -> str:
    """Which of some figures are withheld, and why; nothing where none is."""
    by_reason: dict[str, list[str]] = {}
    for name, measure in named:
        if isinstance(measure, Withheld):
            by_reason.setdefault(words.withheld(measure), []).append(name)
    return " ".join(
        say("%(reason)s (%(names)s).", reason=reason, names=some_of(names))
        for reason, names in by_reason.items()
    )


def some_of(names: Sequence[str]) -> str:
    """The first few of some names, and how many more there are."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    more = len(names) - MOST_NAMES
    return say("%(names)s, and %(number)s more", names=", ".join(names[:MOST_NAMES]), number=more)


def in_words(figure: CapabilityFigure, scale: Sequence[str]) -> str:
    """A capability in a sentence, with all that matters of it."""
    shown = figure.measure
    if not isinstance(shown, Shown):
        return say("%(name)s: %(reason)s.", name=figure.name, reason=words.withheld(shown))
    said = say(
        "%(name)s: %(step)s; mean %(mean)s, very likely %(interval)s; said %(people)s.",
        name=figure.name,
        step=words.step_name(shown.step, scale),
        mean=words.fixed(shown.mean),
        interval=words.interval(shown),
        people=words.people(shown.n),
    )
    if figure.target is None:
        return said
    return f"{said} {say('Target: %(step)s.', step=words.step_name(figure.target, scale))}"


def shown_of(figures: Iterable[CapabilityFigure]) -> list[tuple[CapabilityFigure, Shown]]:
    """Those that are shown, each with what is shown of it."""
    return [(one, one.measure) for one in figures if isinstance(one.measure, Shown)]


def then_and_now(row: CapabilityOverTime) -> tuple[Shown, Shown, Difference] | None:
    """How a capability stood in the last two waves that can be compared, and how these differ; None
    where nothing can."""
    found = [
        one.measure for one in row.moments if is_comparable(one) and isinstance(one.measure, Shown)
    ]
    if row.last is None or len(found) < 2:
        return None
    return found[-2], found[-1], row.last


def next_step(work: Work) -> int:
    """The step to take now: the one above, at most the target."""
    return min(work.shown.step + 1, work.target)


def role_name(told: Contents, role: str) -> str:
    """What a role is called."""
    return told.roles.get(role) or words.sentence(role.replace("-", " "))


def method(told: Contents) -> tuple[tuple[str, str], ...]:
    """How to read the figures and what protects people: a heading and a text each."""
    found: list[tuple[str, str]] = []
    heading = ""
    for block in method_blocks(told):
        said = str(block["text"])
        if block["kind"] == "heading":
            heading = said
        else:
            found.append((heading, said))
    return tuple(found)
