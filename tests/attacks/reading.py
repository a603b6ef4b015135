"""What an attacker reads off an answer of the product: who or what is named, with how many people
and which mean. Of pages the tables and the texts of images, of charts their values, of JSON all."""

import csv
import io
import re
from typing import NamedTuple

from tests.attacks import files

TAGS = re.compile(r"<[^>]+>")
OF_ALL = re.compile(r"of ([\d,]+) \(")
PEOPLE = re.compile(r"([\d,]+) people")
MEAN = re.compile(r"mean (\d\.\d\d)")


class Figure(NamedTuple):
    """A figure as it was said: no number of people where only the mean was, and no mean where
    only their number was."""

    name: str
    people: int | None
    mean: str


def figures_in(answer):
    """Every figure in a page, a chart, a page of workings, or a file."""
    if (rows := files.rows_of(answer)) is not None:
        return [
            Figure(files.whom(row), int(row["n"]), files.mean_of(row))
            for row in rows
            if not row["suppressed"]
        ]
    if answer.mimetype == "application/json":
        return list(_of_chart(answer.get_json()))
    if answer.mimetype == "image/svg+xml":
        return [Figure("", None, mean) for mean in MEAN.findall(answer.text)]
    if answer.mimetype == "text/csv":
        return list(_of_rows(list(csv.reader(io.StringIO(answer.text)))))
    if answer.mimetype != "text/html":
        return []  # pictures and workbooks, of the same charts and tables
    return [*_of_tables(answer.text), *_of_workings(answer.text), *_of_images(answer.text)]


def withheld_in(page):
    """What a page says is withheld, with the reason."""
    return {(cells[0], cells[1]) for cells in _rows(page) if len(cells) > 1 and _hidden(cells[1])}


def plain(html):
    """Text without tags."""
    return " ".join(TAGS.sub(" ", html).split())


def _rows(page):
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        cells = [
            (kind, plain(cell).split(" How?")[0])
            for kind, cell in re.findall(r"<t([hd])[^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        headings = sum(kind == "h" for kind, _ in cells)
        yield [cell for _, cell in cells][headings - 1 if headings < len(cells) else 0 :]


def _hidden(cell):
    return cell.lower().startswith("withheld")


def _of_tables(page):
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        yield from _of_rows(_rows(table))


def _of_rows(rows):
    heads = []
    for cells in rows:
        if {"People", "Mean"} <= set(cells):
            heads = cells
        elif len(cells) > 1 and len(heads) > 1 and not _hidden(cells[1]):
            at = [place - len(heads) for place in (heads.index("People"), heads.index("Mean"))]
            if len(cells) >= -min(at) and cells[at[0]].replace(",", "").isdigit():
                mean = cells[at[1]]
                yield Figure(_name(cells[0]), _number(cells[at[0]]), f"{float(mean):.2f}")


def _of_workings(page):
    people = re.search(r"People at steps 1 to 5: [\d +]+ = ([\d,]+)\.", plain(page))
    mean = re.search(r">Mean</dt>.*?<strong>(.*?)</strong>", page, re.DOTALL)
    if people and mean:
        yield Figure("", _number(people[1]), mean[1])


def _of_images(page):
    for said in re.findall(r'alt="([^"]*)"', page):
        yield from (Figure("", None, mean) for mean in MEAN.findall(said))


def _of_chart(specification):
    for layer in specification.get("layer", ()):
        for value in layer["data"]["values"]:
            name = _name(str(value.get("Name", "")))
            said = OF_ALL.search(str(value.get("People", ""))) or PEOPLE.search(
                str(value.get("text", ""))
            )
            if said:
                yield Figure(name, _number(said[1]), "")
            if "Mean" in value:
                yield Figure(name, None, re.split(r",| \(", value["Mean"])[0])


def _number(said):
    return int(said.replace(",", ""))


def _name(said):
    """Without the letter that stands for it in a chart."""
    return re.sub(r"^[A-Z]\d* ", "", said)
