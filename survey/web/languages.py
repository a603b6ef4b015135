"""In which language a page is. Staff choose among those that their survey is asked in; whatever is
for admins, leads and authors is in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_translations, refresh

TRANSLATIONS: Final = Path(__file__).parent / "translations"
ENGLISH: Final = "en"
CATALOGUES: Final = {
    code: Locale.parse(code)
    for code in (ENGLISH, *sorted(file.name for file in TRANSLATIONS.iterdir() if file.is_dir()))
}
"""The languages that our own words are in."""

FOR_STAFF: Final = ("answer",)
"""The blueprints whose every page is for staff; a page elsewhere is if its view says `choose`."""


def init_app(app: Flask) -> None:
    """Translate the pages of `app` that are for staff."""
    Babel(
        app,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: CATALOGUES[of_words()],
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    # In place of Babel's, which look up the locale and its catalogue for every sentence. The name
    # comes from the extension that Babel has added.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda sentence: _words().ugettext(sentence),
        ngettext=lambda one, more, number: _words().ungettext(one, more, number),
        newstyle=True,
    )
    app.jinja_env.globals |= {"language_of_words": of_words, "languages": _to_choose_from}


def choose(offered: Sequence[str] = tuple(CATALOGUES)) -> str:
    """Settle the language of this page: the one that was asked for, which is remembered; else the
    one remembered; else what the browser prefers; else the first that is offered."""
    asked = request.form.get("language") or request.args.get("language")
    if asked in offered and session.get("language") != asked:
        session["language"] = asked
    kept = str(session.get("language"))
    language = kept if kept in offered else _preferred(offered)
    g.offered = offered
    _settle(language)
    return language


def _settle(language: str) -> None:
    g.language = language
    refresh()
    g.words = get_translations()


def _words() -> NullTranslations:
    """The catalogue of this page, looked up once."""
    if "words" not in g:
        if not has_request_context() or request.blueprint not in FOR_STAFF:
            return get_translations()
        choose()
    return g.words


def _preferred(offered: Sequence[str]) -> str:
    return request.accept_languages.best_match(offered) or offered[0]


def current() -> str:
    """The language of this page. Until a survey is known, and where none is, that of our words."""
    if has_request_context():
        if "language" in g:
            return str(g.language)
        if request.blueprint in FOR_STAFF:
            return choose()
    return ENGLISH


def of_words() -> str:
    """The language of this page's own words: English where we do not have them in another."""
    return _with_catalogue(current())


@contextmanager
def words_in(language: str) -> Iterator[None]:
    """Within it our own words are in this language, as far as we have them."""
    before = current()
    _settle(language)
    try:
        yield
    finally:
        _settle(before)


def named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each language with its own name."""
    return [(code, _own_name(code)) for code in codes]


def _with_catalogue(language: str) -> str:
    main = language.partition("-")[0]
    return main if main in CATALOGUES else ENGLISH


@lru_cache
def _own_name(code: str) -> str:
    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[0].upper() + name[1:]


def _to_choose_from() -> list[tuple[str, str, bool]]:
    """Code, own name, whether it is this page's; empty where there is nothing to choose."""
    now = current()
    offered = g.get("offered", ())
    return [(code, name, code == now) for code, name in named(offered)] if offered[1:] else []
