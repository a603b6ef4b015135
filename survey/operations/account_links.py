"""Links by which somebody sets a password: an invitation to a colleague, or a reset. They go by
e-mail, or by hand where no mail is set up."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final, Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from survey.operations.accounts import account_named, note_everywhere, set_password
from survey.operations.delivering import Letter
from survey.operations.errors import NotFound
from survey.operations.tokens import digest_of
from survey.operations.usual_texts import usual_texts
from survey.storage.accounts import Account, AccountLink, AccountMail, forget_links
from survey.storage.model import insert_into

Purpose = Literal["invitation", "reset"]
LASTS: Final[dict[Purpose, timedelta]] = {
    "invitation": timedelta(days=7),
    "reset": timedelta(hours=1),
}
ATTEMPTS: Final = 5
MOST_RESETS: Final = 3
"""Of those that still work: nobody fills another's mailbox."""

AGAIN_AFTER: Final = timedelta(minutes=5)


def make_link(session: Session, account: Account, purpose: Purpose, *, now: datetime) -> str:
    """The token of a link, which is stored nowhere. Links made before still work."""
    token = token_urlsafe(24)
    session.add(
        AccountLink(
            digest=digest_of(token),
            account_id=account.id,
            purpose=purpose,
            expires_at=now + LASTS[purpose],
        )
    )
    session.flush()
    return token


def account_by_link(session: Session, token: str, *, now: datetime) -> Account:
    """The account whose password this link sets. Raises NotFound: unknown, used or too old."""
    found = session.get(AccountLink, digest_of(token))
    account = session.get(Account, found.account_id) if found else None
    if found is None or found.expires_at <= now or account is None or not account.active:
        raise NotFound(
            "This link no longer works.",
            "Ask for another: “Forgotten password” on the sign-in page, or an administrator.",
        )
    return account


def use_link(session: Session, token: str, password: str, *, now: datetime) -> Account:
    """Set the password; no link of the account works afterwards. Raises NotFound, Refused."""
    account = account_by_link(session, token, now=now)
    set_password(session, account, password)
    account.failures, account.locked_until = 0, None
    forget_links(session, account.id)
    session.flush()
    return account


def ask_for_link(session: Session, account: Account, purpose: Purpose, *, now: datetime) -> None:
    """Have a link sent by e-mail in the background. Asking again before it went changes nothing."""
    session.execute(
        insert_into(session, AccountMail).on_conflict_do_nothing(),
        {"account_id": account.id, "purpose": purpose, "due_at": now, "attempts": 0},
    )


def forgot_password(session: Session, email: str, *, now: datetime) -> None:
    """Have a reset sent, if there is such an account. Whoever asks is not told whether."""
    account = account_named(session, email)
    if account is None or not account.active:
        return
    if _resets(session, account, now) < MOST_RESETS:
        ask_for_link(session, account, "reset", now=now)
        note_everywhere(session, account, "account.reset-asked")


def _resets(session: Session, account: Account, now: datetime) -> int:
    mine = select(func.count()).select_from(AccountLink).where(AccountLink.expires_at > now)
    whose = AccountLink.account_id == account.id, AccountLink.purpose == "reset"
    return session.scalar(mine.where(*whose)) or 0


def links_to_send(session: Session, now: datetime) -> list[AccountMail]:
    """What waits to be sent."""
    return list(session.scalars(select(AccountMail).where(AccountMail.due_at <= now)))


def letter_of(session: Session, mail: AccountMail, base_url: str, *, now: datetime) -> Letter:
    """The letter, with a link that is made now. Commit before it is handed over: its link must
    work, and no other writer waits for a mail server.

    Whoever dies while handing it over leaves it to be sent again in some minutes. Two letters,
    both with a link that works, harm less than none: then nobody could sign in.
    """
    mail.attempts += 1
    mail.due_at = now + AGAIN_AFTER * mail.attempts
    account = session.get_one(Account, mail.account_id)
    purpose: Purpose = "invitation" if mail.purpose == "invitation" else "reset"
    token = make_link(session, account, purpose, now=now)
    subject, text = usual_texts(f"account-{purpose}")["en"]
    names = sorted({grant.organisation.name for grant in account.grants})
    organisation = names[0] if names else "Maturity Survey"
    filled = {"link": f"{base_url.rstrip('/')}/accounts/{token}", "organisation": organisation}
    for name, value in filled.items():
        subject, text = (one.replace(f"(({name}))", value) for one in (subject, text))
    id_ = f"account-{account.id}-{now.timestamp():.0f}"
    return Letter(id_, account.email, subject, text, organisation, "")


def sent(session: Session, mail: AccountMail) -> None:
    """It went."""
    session.delete(mail)


def put_off(session: Session, mail: AccountMail) -> None:
    """It did not go: it is tried again later, not for ever."""
    if mail.attempts >= ATTEMPTS:
        session.delete(mail)


def forget_old_links(session: Session, now: datetime) -> None:
    """Delete links that work no longer."""
    session.execute(delete(AccountLink).where(AccountLink.expires_at <= now))
