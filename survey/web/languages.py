"""In which language a page is. Staff choose among those that their survey is asked in; whatever is
for admins, leads and authors is in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, refresh
from markupsafe import Markup

TRANSLATIONS: Final = Path(__file__).parent / "translations"
ENGLISH: Final = "en"
CATALOGUES: Final = {
    code: Locale.parse(code)
    for code in (ENGLISH, *sorted(file.name for file in TRANSLATIONS.iterdir() if file.is_dir()))
}
"""The languages that our own words are in."""

FOR_STAFF: Final = ("answer",)
"""The blueprints whose every page is for staff; a page elsewhere is if its view says `choose`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of a page, that of our words on it with their catalogue, and what it could be
    in instead."""

    language: str
    words: str
    catalogue: NullTranslations
    offered: tuple[str, ...] = ()


def init_app(app: Flask) -> None:
    """Translate the pages of `app` that are for staff."""
    Babel(
        app,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: CATALOGUES[of_words()],
    )
    environment: Any = app.jinja_env
    environment.policies["ext.i18n.trimmed"] = True
    # In place of Babel's, which look up locale and catalogue afresh for every sentence: on a page
    # that takes a millisecond that would be noticed.
    environment.install_gettext_callables(
        gettext=lambda sentence: spoken().catalogue.ugettext(sentence),
        ngettext=lambda one, more, number: spoken().catalogue.ungettext(one, more, number),
        newstyle=True,
    )
    environment.globals |= {
        "_": _say,
        "language_of_words": of_words,
        "languages": _to_choose_from,
    }


def choose(offered: Sequence[str] = tuple(CATALOGUES)) -> str:
    """Settle the language of this page: the one that was asked for, which is remembered; else the
    one remembered; else what the browser prefers; else the first that is offered."""
    asked = _asked_for()
    kept = session.get("language")
    if asked in offered and kept != asked:
        kept = session["language"] = asked
    language = kept if kept and kept in offered else _preferred(offered)
    _settle(_speaking(language, tuple(offered)))
    return language


def _asked_for() -> str | None:
    # Of what is not there, these tell by an exception, which on a page of a millisecond is dear.
    for sent in (request.form, request.args) if request.method == "POST" else (request.args,):
        if sent.get("language"):
            return sent["language"]
    return None


def _preferred(offered: Sequence[str]) -> str:
    if len(offered) == 1:
        return offered[0]
    return request.accept_languages.best_match(offered) or offered[0]


@lru_cache
def _speaking(language: str, offered: tuple[str, ...] = ()) -> Spoken:
    main = language.partition("-")[0]
    words = main if main in CATALOGUES else ENGLISH
    return Spoken(language, words, Translations.load(str(TRANSLATIONS), [words]), offered)


def _settle(spoken: Spoken) -> None:
    g.spoken = spoken
    refresh()  # Babel forgets the locale that it knew


def spoken() -> Spoken:
    """The language of this page, with all that goes with it."""
    try:
        found: Spoken = g.spoken
    except AttributeError:
        if not has_request_context() or request.blueprint not in FOR_STAFF:
            return _speaking(ENGLISH)
        choose()
        found = g.spoken
    except RuntimeError:  # no request, and no application
        return _speaking(ENGLISH)
    return found


def _say(sentence: str, **values: object) -> Markup:
    """A sentence of a template in the language of our words, the values in it escaped."""
    said = _said(of_words(), sentence)
    return said % values if values else said


@lru_cache(maxsize=1024)
def _said(words: str, sentence: str) -> Markup:
    return Markup(_speaking(words).catalogue.ugettext(sentence))  # noqa: S704 -- of our own


def current() -> str:
    """The language of this page. Until a survey is known, and where none is, that of our words."""
    return spoken().language


def of_words() -> str:
    """The language of this page's own words: English where we do not have them in another."""
    return spoken().words


@contextmanager
def words_in(language: str) -> Iterator[None]:
    """Within it our own words are in this language, as far as we have them."""
    before = spoken()
    _settle(_speaking(language))
    try:
        yield
    finally:
        _settle(before)


def named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each language with its own name."""
    return [(code, _own_name(code)) for code in codes]


@lru_cache
def common() -> tuple[tuple[str, str], ...]:
    """Languages with a two-letter code, each with its English name, by name."""
    named_here = Locale.parse(ENGLISH).languages
    two_letters = ((code, str(name)) for code, name in named_here.items() if len(code) == len("en"))
    return tuple(sorted(two_letters, key=lambda one: one[1]))


@lru_cache
def _own_name(code: str) -> str:
    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[0].upper() + name[1:]


def _to_choose_from() -> list[tuple[str, str, bool]]:
    """Code, own name, whether it is this page's; empty where there is nothing to choose."""
    now = spoken()
    if len(now.offered) < 2:
        return []
    return [(code, name, code == now.language) for code, name in named(now.offered)]
