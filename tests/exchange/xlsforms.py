"""XLSForms as others might write them."""

from io import BytesIO

from openpyxl import Workbook

from survey.exchange.xlsform_in import from_xlsform

GROUP = {"type": "begin_group", "name": "g", "label": "G"}
TEXT = {"type": "text", "name": "t", "label": "T"}
LIKERT = ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree")


def form(survey, choices=(), settings=None):
    """An XLSForm of rows."""
    sheets = {"survey": survey, "choices": choices, "settings": [settings] if settings else []}
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    return saved(book)


def saved(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def simple(*rows, choices=(), **settings):
    """What comes of these rows of questions."""
    return from_xlsform(form(rows, choices, settings))


def listed(*names, list_name="l"):
    """Choices called as they are named."""
    return [{"list_name": list_name, "name": name, "label": name.title()} for name in names]
