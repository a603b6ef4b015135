"""All tables there are."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from sqlalchemy import MetaData

from survey import storage
from survey.storage.model import Model

for _module in iter_modules(storage.__path__, f"{storage.__name__}."):
    import_module(_module.name)  # each declares its tables when it is imported

TABLES: Final[MetaData] = Model.metadata
