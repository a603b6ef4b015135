"""A day in a form: a picker where the browser has one, else typed."""

from __future__ import annotations

from wtforms import DateField


class DayField(DateField):
    """A day, with a message that says how to write one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a day as year, month and day, such as 2027-03-31.") from None
