"""All tables there are."""

from __future__ import annotations

from survey.storage import (
    accounts,
    api_use,
    audit,
    benchmarks,
    diagnostics,
    drafts,
    leases,
    manuscripts,
    messages,
    organisations,
    own_library,
    plans,
    rehearsals,
    reports,
    responses,
    sharing,
    tallies,
    tokens,
    uploads,
    versions,
    waves,
    webhooks,
)
from survey.storage.model import Model

MODULES = (
    accounts,
    api_use,
    audit,
    benchmarks,
    diagnostics,
    drafts,
    leases,
    manuscripts,
    messages,
    organisations,
    own_library,
    plans,
    rehearsals,
    reports,
    responses,
    sharing,
    tallies,
    tokens,
    uploads,
    versions,
    waves,
    webhooks,
)
"""They fill `Model.metadata`: imported here so that it is whole."""

TABLES = Model.metadata
