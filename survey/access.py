"""Who asks. Every endpoint says who may use it, by one of the marks `public`, `draft`, `account`.

The sign-in library keeps the sign-in in the session cookie. It would load the account on every
request and again for every template; here it is loaded when somebody asks, in one query, and so
never on the pages where staff answer.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from flask import Flask, current_app, redirect, request, session, url_for
from flask_login.utils import _user_context_processor
from flask_security import Security, current_user, login_user, logout_user
from flask_security.core import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore

from survey.database import db
from survey.operations import auditing, factors, organising, permissions, sessions
from survey.operations.drafting import open_draft
from survey.operations.errors import NotFound, NotSignedIn, SurveyError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.accounts import Account
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation
    from survey.storage.versions import Publication
    from survey.storage.waves import Wave

    Owned = Organisation | Wave | Manuscript | Publication

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])

SETTINGS: Final = {
    "SECURITY_CLI_USERS_NAME": None,  # the command line has its own `account`
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": True,  # as `accounts` hashes
    "SECURITY_DEFAULT_REMEMBER_ME": False,
}


WITH_TWO_FACTORS: Final = ("code", "passkey", "provider")
"""Ways to sign in that suffice where a second factor is required: the code of an app beside the
password; a passkey, which is both; single sign-on, whose provider asks for what it will."""

SIGNED_IN_BY: Final = "signed-in-by"


class NoSecondFactor(SurveyError):
    """Whoever asks has signed in with a password alone, where a second factor is required.
    `is_there`: their account has one, which they have not shown."""

    status = 403
    title = "A second factor is required"

    def __init__(self, *, is_there: bool) -> None:
        super().__init__(
            "Your password alone does not let you in here.",
            "Open “Account”, and set up a second factor or sign in with yours.",
        )
        self.is_there = is_there


class NoDraft(SurveyError):
    """This browser has not begun the survey, or its cookie was lost."""

    status = 403
    title = "Open your link again"


class SignedIn(UserMixin):
    """An account as the sign-in library wants it; storage knows nothing of that library."""

    fs_uniquifier = ""
    active = False

    def __init__(self, account: Account, token: str) -> None:
        self.account = account
        self.active = account.active
        self.fs_uniquifier = token


class _Accounts(UserDatastore):
    """Where the library looks accounts up."""

    def __init__(self) -> None:
        super().__init__(SignedIn, RoleMixin)

    def find_user(
        self, case_insensitive: bool = False, fs_uniquifier: str = "", **_: object
    ) -> SignedIn | None:
        """The account that signed in with the token in a session cookie."""
        found, seen = sessions.account_of_session(db.primary, fs_uniquifier, now=datetime.now(UTC))
        if seen:
            db.primary.commit()
        return SignedIn(found, fs_uniquifier) if found else None


def init_app(app: Flask) -> None:
    """Connect sign-in to `app`."""
    app.config |= SETTINGS
    security = Security(app, _Accounts(), register_blueprint=False)
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.template_context_processors[None].remove(_user_context_processor)
    # Nobody is remembered longer than their browser is open: there is no such cookie to renew.
    remember = cast(Any, app).login_manager._update_remember_cookie
    app.after_request_funcs[None].remove(remember)


def second_factor_is_required() -> bool:
    """Whether a password alone lets nobody in here."""
    return bool(current_app.config["SECOND_FACTOR"] == "required")


def lacks_second_factor() -> bool:
    """Whether a second factor is required that whoever is signed in has not shown. The one place
    where that is decided."""
    return second_factor_is_required() and signed_in_by() not in WITH_TWO_FACTORS


def signed_in_by() -> str:
    """How whoever is signed in did so; empty where nobody is."""
    return str(session.get(SIGNED_IN_BY, ""))


def signed_in_account() -> Account | None:
    """The account that asks, loaded once a request; None where nobody is signed in, or a second
    factor is lacking."""
    found = whose_browser()
    return None if found is None or lacks_second_factor() else found


def whose_browser() -> Account | None:
    """The account whose password, at the least, was given here; None where nobody’s was. It may do
    nothing yet if a second factor is lacking."""
    if "_user_id" not in session:
        return None
    account: Account | None = getattr(current_user, "account", None)
    if account is not None:
        auditing.act_as(db.session, auditing.Actor(account.id, "pages"))
    return account


def me() -> Account:
    """The account that asks. Raises NotSignedIn where nobody is signed in; NoSecondFactor where one
    is lacking."""
    found = _somebody()
    if lacks_second_factor():
        raise NoSecondFactor(is_there=factors.has_one(db.session, found))
    return found


def newcomer() -> Account:
    """The account that asks, also one that has yet to set up the second factor that is required.

    Raises NotSignedIn where nobody is signed in; NoSecondFactor where the account has one: else
    whoever found out its password could add another.
    """
    found = _somebody()
    if lacks_second_factor() and factors.has_one(db.session, found):
        raise NoSecondFactor(is_there=True)
    return found


def _somebody() -> Account:
    found = whose_browser()
    if found is None:
        raise NotSignedIn("You need to sign in to see this page.")
    return found


def sign_in(account: Account, *, via: str) -> None:
    """Let this browser act for the account until it closes, signs out, or is signed out; for whom
    it acted before, no more. The caller commits."""
    now = datetime.now(UTC)
    sessions.end_session(db.session, own_token())
    token = sessions.begin_session(db.session, account, request.user_agent.string, now=now)
    session.pop("signing-in", None)
    session[SIGNED_IN_BY] = via
    login_user(SignedIn(account, token), authn_via=[via])


def sign_out() -> None:
    """End what `sign_in` began, here and in the database. The caller commits."""
    sessions.end_session(db.session, own_token())
    session.pop(SIGNED_IN_BY, None)
    logout_user()


def own_token() -> str:
    """The token of this browser's sign-in; empty where nobody is signed in."""
    return str(session.get("_user_id", ""))


def signed_in_lately() -> bool:
    """Whether whoever is signed in has not been so for long."""
    return sessions.began_lately(db.session, own_token(), now=datetime.now(UTC))


def marked(view: Any, whom: str) -> Any:
    """The view, on which it stands who may use it: a test asks every one."""
    view.access = whom
    return view


def public(view: View) -> View:
    """Mark a view that anybody may use."""
    return cast(View, marked(view, "public"))


def account(view: View) -> View:
    """Mark a view for whoever is signed in. What they may see there is for `require` to say."""

    @wraps(view)
    def checked(*args: Any, **values: Any) -> ResponseReturnValue:
        me()
        result: ResponseReturnValue = view(*args, **values)
        return result

    return cast(View, marked(checked, "account"))


def account_lately(view: View) -> View:
    """Mark a view for whoever has signed in lately: it changes how they sign in. Others do so again
    first, and then come to the page, or to that of their account."""
    return _of_lately(view, me)


def account_setting_up(view: View) -> View:
    """Mark a view as `account_lately` does, at which a second factor is set up: it is also for
    whoever still lacks it where it is required."""
    return _of_lately(view, newcomer)


def _of_lately(view: View, whoever: Callable[[], Account]) -> View:
    @wraps(view)
    def checked(*args: Any, **values: Any) -> ResponseReturnValue:
        whoever()
        if not signed_in_lately():
            back = request.path if request.method == "GET" else url_for("account.own")
            return redirect(url_for("account.sign_in", next=back, again=1), 303)
        result: ResponseReturnValue = view(*args, **values)
        return result

    return cast(View, marked(checked, "account"))


def draft(view: View) -> View:
    """Mark a view of a `wave` for whoever has begun to answer it: it receives their open draft
    first, found by the key in the session cookie."""

    @wraps(view)
    def found(*args: Any, wave: str, **values: Any) -> ResponseReturnValue:
        begun, key = session.get("draft") or (None, "")
        if begun != wave:
            raise NoDraft(
                "This browser does not know your answers to this survey.",
                "Open the link in your invitation again: it leads back to where you were.",
            )
        result: ResponseReturnValue = view(open_draft(db.session, wave, key), *args, **values)
        return result

    return cast(View, marked(found, "draft"))


def organisation(action: str, slug: str) -> Organisation:
    """The organisation with this short name, in which the signed-in account may do this.

    Raises NotSignedIn; NotFound, of another's as of none.
    """
    with hidden():
        found = organising.organisation(db.session, slug)
    require(action, found)
    return found


@contextmanager
def hidden() -> Iterator[None]:
    """Look for something whose owner is not known yet: where it is not there, the same is said as
    of what the account may not see."""
    try:
        yield
    except NotFound as fault:
        raise permissions.no_such_page() from fault


def require(action: str, owned: Owned, unit_path: str | None = None) -> Account:
    """The signed-in account, which may do this with an organisation or what belongs to one.

    Raises NotSignedIn; NotFound where it may not.
    """
    organisation_id: int = getattr(owned, "organisation_id", owned.id)
    asking = signed_in_account()
    try:
        return permissions.require(asking, action, organisation_id, unit_path)
    except NotFound:
        log.warning(
            "Account %s may not %s in organisation %s (endpoint %s)",
            asking and asking.id,
            action,
            organisation_id,
            request.endpoint,
        )
        raise
