"""How the figures of a file are to be read, in plain words: what goes with every file of them."""

from __future__ import annotations

from survey.storage.waves import Wave


def method_of(wave: Wave) -> tuple[tuple[str, str], ...]:
    """Headings, each with a paragraph. Formulas and their sources: the help's page on methods."""
    notes = []
    if wave.simulated:
        notes.append(("Simulated", "These answers are simulated."))
    if wave.imported:
        notes.append(("Imported", "These results were counted elsewhere, and imported."))
    return (*notes, *_paragraphs(wave.minimum_group))


def _paragraphs(k: int) -> tuple[tuple[str, str], ...]:
    return (
        (
            "Rows",
            "A row holds the figures of one capability, or one question, in one unit with all "
            "below it, or among those who chose one option of a question about themselves.",
        ),
        (
            "Steps",
            "A person’s answers to the questions of a capability give a step from 1 to 5, by the "
            "weights of the questions. The counts at 1 to 5 say how many people are nearest to "
            "each step.",
        ),
        (
            "Mean, median, step",
            "The mean is that of people’s steps, not of their rounded ones. The step is the "
            "highest at or above which more than half of the people are; ties go down. The median "
            "is interpolated: it may lie between two steps.",
        ),
        (
            "Agreement",
            "Van der Eijk’s A: 1 where all say the same, 0 where answers are spread evenly, "
            "-1 where half say 1 and half say 5.",
        ),
        (
            "Interval",
            "The range in which the mean very likely lies, in 95 of 100 such surveys. It says "
            "nothing of people who differ from those who answered.",
        ),
        (
            "No answer",
            "“I don’t know” and “doesn’t apply here” are counted beside the steps and are part "
            "of no mean. Those who were not asked, or left a question open, are in no figure.",
        ),
        (
            "Withheld",
            f"Figures of fewer than {k} people are withheld (too-few), and so are those that "
            "would reveal another group’s (protects-another). They are in no format and on no "
            "page. Two rows less one another never tell of fewer people than that.",
        ),
        ("Numbers", "They are exact. Round them once, when you show them."),
    )
