"""Of which original each translation of a manuscript was made: noted whenever it is saved, so that
a translation whose original has changed since can be marked, whoever edits what and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations.editions import edition_of_text
from survey.operations.own_library import library_of
from survey.questionnaire.catalogue import Basis, Catalogue, catalogue_of_file, digest, noted
from survey.questionnaire.model import NOTHING, Library, Questionnaire
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import SourceFile
from survey.storage.manuscripts import Manuscript, TranslationBasis
from survey.storage.model import insert_into


@dataclass(frozen=True, slots=True)
class Draft:
    """A manuscript without problems: its file, what it expands to, and what it may name."""

    manuscript: Manuscript
    source: SourceFile
    questionnaire: Questionnaire
    library: Library

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages into which it is translated, be it in part."""
        return self.questionnaire.languages[1:]

    def catalogue(self, language: str, basis: Basis = NOTHING) -> Catalogue:
        """Its texts with their translations into a language."""
        return catalogue_of_file(
            self.source.value, self.questionnaire, self.library, language, basis
        )


def draft_of(session: Session, found: Manuscript) -> Draft | None:
    """The manuscript as it is now; None where there are problems in it, or it is no
    questionnaire."""
    if found.kind != "questionnaire":
        return None
    library = library_of(session, found.organisation_id)
    try:
        edition = edition_of_text(found.source, library)
    except InvalidFile:
        return None
    return Draft(found, edition.source, edition.questionnaire, library)


def note_basis(session: Session, found: Manuscript) -> None:
    """Note of which original each translation was made, as far as that is new.

    To be called before a manuscript gets another text and after it. Costs next to nothing where
    nothing is translated; notes nothing while there are problems.
    """
    draft = draft_of(session, found) if '"translations"' in found.source else None
    if draft is None:
        return
    known = bases(session, found)
    for language in draft.languages:
        basis = known.get(language, NOTHING)
        now = noted(draft.catalogue(language, basis), basis)
        if now != basis:
            _keep(session, found, language, now)


def set_basis(
    session: Session, found: Manuscript, language: str, made_of: Mapping[str, tuple[str, str]]
) -> None:
    """Note of some texts of which original (empty: not known) which translation was made."""
    known = bases(session, found).get(language, NOTHING)
    said = {key: [original, digest(text)] for key, (original, text) in made_of.items()}
    _keep(session, found, language, dict(known) | said)


def bases(session: Session, found: Manuscript) -> dict[str, Mapping[str, Any]]:
    """What is noted of a manuscript, by language."""
    basis = TranslationBasis
    mine = select(basis.language, basis.texts).where(basis.manuscript_id == found.id)
    return {one.language: one.texts for one in session.execute(mine)}


def _keep(session: Session, found: Manuscript, language: str, texts: Mapping[str, Any]) -> None:
    new = insert_into(session, TranslationBasis).values(
        manuscript_id=found.id, language=language, texts=texts
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["manuscript_id", "language"], set_={"texts": new.excluded.texts}
        )
    )
