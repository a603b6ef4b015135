"""Charts as office programs draw them: to be edited, with their numbers in a sheet of their own.
Nothing that is withheld is in there: bars without a figure have none."""

from __future__ import annotations

from typing import Any, Final

from survey.charts.palette import LIGHT
from survey.reports.deck_master import INCH, of_theme, rgb
from survey.reports.deck_page import Form, Picture, Series
from survey.reports.office_text import clean

LETTERS, SMALL_LETTERS = 14, 12
"""Points, with few bars and with many."""

FEW: Final = 8

SMALLEST_LABELLED: Final = 0.045
"""The least share of a bar into which a number fits."""

_TARGET: Final = 6
_LEFT: Final = {Form.BARS: 0.34, Form.SHARES: 0.34, Form.COLUMNS: 0.04}


def draw(slide: Any, picture: Picture, box: tuple[float, float, float, float]) -> Any:
    """Put a chart on a slide; its frame. box: left, top, width, height in inches."""
    from pptx.chart import data  # as deck_master says
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {
        Form.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
        Form.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
        Form.SHARES: XL_CHART_TYPE.BAR_STACKED_100,
    }
    of_names: Any = data.CategoryChartData
    numbers = of_names()
    numbers.categories = [clean(name) for name in picture.names]
    for series in picture.series:
        numbers.add_series(clean(series.name), series.values, series.pattern)
    sides = (round(side * INCH) for side in box)
    frame: Any = slide.shapes.add_chart(kinds[picture.form], *sides, numbers)
    _look(frame.chart, picture)
    return frame


def _look(chart: Any, picture: Picture) -> None:
    from pptx.util import Pt

    chart.font.size = Pt(_letters(picture))
    chart.font.color.rgb = rgb(LIGHT.ink)
    chart.has_title = False
    _legend(chart, picture)
    _axes(chart, picture)
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if picture.form is Form.SHARES else -5
    plot.vary_by_categories = False
    for drawn, series in zip(plot.series, picture.series, strict=True):
        _fill(drawn, series)
        _label(drawn, series, picture)
    _set_plot_area(chart, picture)


def _letters(picture: Picture) -> int:
    bars = len(picture.names) * (1 if picture.form is Form.SHARES else len(picture.series))
    return LETTERS if bars <= FEW else SMALL_LETTERS


def _legend(chart: Any, picture: Picture) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION

    chart.has_legend = len(picture.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False


def _axes(chart: Any, picture: Picture) -> None:
    from pptx.enum.chart import XL_TICK_MARK

    names, numbers = chart.category_axis, chart.value_axis
    if picture.form is not Form.COLUMNS:
        names.reverse_order = True  # the first at the top, the axis of numbers at the bottom
        numbers._element.find("{*}crosses").set(
            "val", "max"
        )  # `crosses` of python-pptx 1.0.2 does not
    names.major_tick_mark = numbers.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb(LIGHT.quiet)
    numbers.format.line.fill.background()
    if picture.form is Form.COLUMNS or picture.ends is None:
        numbers.visible = picture.form is Form.SHARES
        numbers.has_major_gridlines = False
    else:
        numbers.has_major_gridlines = True
        numbers.major_gridlines.format.line.color.rgb = rgb(LIGHT.line)
    if picture.form is Form.SHARES:
        numbers.has_major_gridlines = False
        numbers.tick_labels.number_format = "0%"
        numbers.tick_labels.number_format_is_linked = False
    if picture.ends is not None:
        numbers.minimum_scale, numbers.maximum_scale = picture.ends
        numbers.major_unit = 1 if picture.ends[1] <= 5 else 20
    else:
        numbers.minimum_scale = 0


def _fill(drawn: Any, series: Series) -> None:
    places = range(len(series.values)) if series.colour is None else [None]
    for place in places:
        what = drawn if place is None else drawn.points[place]
        number = series.colour or 1 if place is None else place + 1
        if number == _TARGET:
            what.format.fill.background()  # an outline to be filled
            what.format.line.color.theme_color = of_theme(number)
            what.format.line.width = 19_050
            continue
        what.format.fill.solid()
        what.format.fill.fore_color.theme_color = of_theme(number)
        what.format.line.color.rgb = rgb(LIGHT.quiet)
        what.format.line.width = 6350


def _label(drawn: Any, series: Series, picture: Picture) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = series.pattern, False
    labels.font.size = Pt(_letters(picture))
    if picture.form is not Form.SHARES:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        return
    labels.position = XL_LABEL_POSITION.CENTER
    labels.font.bold = True
    labels.font.color.rgb = rgb(LIGHT.on_steps[(series.colour or 1) - 1])
    sums = [sum(one or 0 for one in values) for values in _across(picture)]
    for place, (value, whole) in enumerate(zip(series.values, sums, strict=True)):
        if not value or value < whole * SMALLEST_LABELLED:
            _leave_out(labels, place)


def _across(picture: Picture) -> list[tuple[float | None, ...]]:
    return list(zip(*(series.values for series in picture.series), strict=True))


def _leave_out(labels: Any, place: int) -> None:
    """No number on that bar."""
    element = labels._element
    label = element.makeelement(f"{{{element.nsmap['c']}}}dLbl", {})
    for name, value in (("idx", str(place)), ("delete", "1")):
        label.append(label.makeelement(f"{{{element.nsmap['c']}}}{name}", {"val": value}))
    element.insert(len(element.findall("{*}dLbl")), label)


def _set_plot_area(chart: Any, picture: Picture) -> None:
    """As much room for names in every chart, so that long ones are broken, not cut."""
    c = chart._chartSpace.nsmap["c"]
    top = 0.1 if chart.has_legend else 0.02
    left = _LEFT[picture.form]
    bottom = 0.1 if picture.form is Form.COLUMNS or chart.value_axis.visible else 0.02
    area = chart._chartSpace.chart.plotArea
    found = area.find(f"{{{c}}}layout")
    if found is None:
        found = area.makeelement(f"{{{c}}}layout", {})
        area.insert(0, found)
    manual = found.makeelement(f"{{{c}}}manualLayout", {})
    values = {
        "layoutTarget": "inner",
        "xMode": "edge",
        "yMode": "edge",
        "x": left,
        "y": top,
        "w": 0.97 - left,
        "h": 1 - top - bottom,
    }
    for name, value in values.items():
        manual.append(manual.makeelement(f"{{{c}}}{name}", {"val": str(value)}))
    found.append(manual)
