"""A chart that leaves the product says everything that its page says around it."""

from dataclasses import dataclass

from survey.charts import marks
from survey.charts.chart import Table
from survey.charts.framed import framed
from survey.charts.look import Look

PAPER = Look(paper=True)
PADDING = {"left": 2, "right": 2, "top": 46, "bottom": 6}


@dataclass(frozen=True)
class Plain:
    """A chart with nothing in it."""

    finding: str = "User research is furthest on"
    measured_in: str = "Mean from 1 to 5"
    note: str = "Withheld: 2 units."
    title: str = "Units"
    description: str = "Nothing."

    def table(self):
        return Table((), ())

    def size(self, look):
        return 960, 300

    def specification(self, look):
        size, palette = self.size(look), look.palette
        return marks.picture([], size, PADDING, self.title, self.description, palette)


def lines(specification):
    """What is written, from top to bottom."""
    values = [value for layer in specification["layer"] for value in layer["data"]["values"]]
    return [value["text"] for value in sorted(values, key=lambda value: value["y"])]


def places(specification):
    return sorted(
        value["y"] for layer in specification["layer"] for value in layer["data"]["values"]
    )


def test_finding_measure_note_and_source_are_in_the_picture():
    said = lines(framed(Plain(), PAPER, "Anytown, Autumn"))
    assert said == [
        "User research is furthest on",
        "Mean from 1 to 5",
        "Withheld: 2 units.",
        "Anytown, Autumn",
    ]


def test_nothing_stands_outside_the_picture_or_on_the_drawing():
    made = framed(Plain(finding="A long finding " * 20), PAPER)
    top, *_, bottom = places(made)
    assert -made["padding"]["top"] < top
    assert bottom < made["height"] + made["padding"]["bottom"]
    inside = [y for y in places(made) if -PADDING["top"] < y < made["height"]]
    assert inside == []


def test_a_long_finding_is_wrapped_and_none_of_it_is_lost():
    finding = "A finding with a name as long as names can be, and longer " * 3
    said = lines(framed(Plain(finding=finding.strip()), PAPER))
    assert " ".join(said).startswith(finding.strip())
    assert len(said) > 4
