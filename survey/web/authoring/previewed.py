"""What a preview is of: a manuscript as it was last saved, or a published version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from flask import url_for

from survey.database import db
from survey.operations import editions, own_library, publishing
from survey.operations.errors import NotFound
from survey.web.answer.showing import Translated, translated
from survey.web.authoring.owned import owned, owner_of

if TYPE_CHECKING:
    from survey.operations.editions import Edition
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation

ENDPOINTS: Final = {
    "preview": ("authoring.preview_manuscript", "authoring.version"),
    "all": ("authoring.all_of_manuscript", "authoring.all_of_version"),
    "survey": ("authoring.try_out.manuscript", "authoring.try_out.version"),
    "translations": (
        "authoring.translations_of_manuscript",
        "authoring.translations_of_version",
    ),
}
"""The pages of a preview: of a manuscript, of a version."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What is previewed, whose it is, and the manuscript that it is the text of, if it is one."""

    owner: Organisation
    edition: Edition
    manuscript: Manuscript | None = None

    def address(self, page: str = "preview", **query: Any) -> str:
        """The address of one of its pages; what is None of the query is left out."""
        of_manuscript, of_version = ENDPOINTS[page]
        if self.manuscript is None:
            query |= {"organisation": self.owner.slug, "digest": self.edition.digest}
            return url_for(of_version, **query)
        query |= {"organisation": self.owner.slug, "manuscript": self.manuscript.id}
        return url_for(of_manuscript, **query)

    def in_language(self, language: str) -> Translated:
        """The questionnaire in one of its languages."""
        return _in_language(self.edition, language)


@lru_cache(maxsize=32)
def _in_language(edition: Edition, language: str) -> Translated:
    return translated(edition.digest, edition.questionnaire, language)


def of_manuscript(owner: Organisation, found: Manuscript) -> Previewed:
    """A questionnaire that is being written. Raises InvalidFile, NotFound (not a questionnaire)."""
    if found.kind != "questionnaire":
        raise NotFound("Only a questionnaire can be previewed.", "Name this in one.")
    library = own_library.library_of(db.session, owner.id)
    return Previewed(owner, editions.edition_of_text(found.source, library), found)


def previewed_manuscript(organisation: str, manuscript: int) -> Previewed:
    """The one with this number. Raises InvalidFile, NotFound."""
    return of_manuscript(*owned(organisation, manuscript))


def previewed_version(organisation: str, digest: str) -> Previewed:
    """What an organisation published. Raises NotFound."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    return Previewed(owner, editions.edition_of_version(db.session, published.version_digest))
