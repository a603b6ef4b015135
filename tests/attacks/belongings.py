"""What an organisation has that others may not touch: one of each kind, and the parts of addresses
that lead to it."""

from datetime import UTC, datetime
from uuid import uuid4

from survey.operations import api_tokens, publishing, uploading, webhooks, writing
from survey.operations.shipped import library
from survey.operations.tokens import digest_of
from survey.operations.webhook_addresses import Reach
from survey.storage.benchmarks import BenchmarkFile, BenchmarkSource
from survey.storage.manuscripts import ManuscriptComment
from survey.storage.messages import Mailing
from survey.storage.organisations import Person
from survey.storage.reports import Report
from survey.storage.responses import Comment
from survey.storage.sharing import SharedLink
from survey.storage.tokens import ApiToken
from survey.storage.webhooks import WebhookDelivery
from tests import make_stored as make
from tests.api.program import retitled
from tests.attacks.town import DESIGN

NAMED = {
    "capability": DESIGN,
    "question": "grade",
    "name": "steps",
    "path": "capabilities/digital/user-research.json",
    "kind": "invitation",
    "language": "en",
    "start": "blank",
    "topic": "privacy",
    "id_": "no-such",
    "page_id": "grade",
    "framework": "no-such",
    "role": "no-such",
    "figures": "figures.csv",
    "responses": "responses.csv",
}
"""Parts that are the same in every organisation."""


def build(session, organisation, wave, account):
    """Give a closed wave's organisation one of each; the parts of the addresses that lead there."""
    unit = session.query(make.Unit).filter_by(organisation_id=organisation.id).first()
    now = datetime.now(UTC)
    person = Person(organisation_id=organisation.id, unit_id=unit.id, email=f"p@{unit.slug}.test")
    report = Report(
        id=uuid4(), wave_id=wave.id, account_id=account.id, part={}, at=now, name="report.pdf"
    )
    report.format, report.language = "pdf", "en"
    link = SharedLink(id=uuid4(), wave_id=wave.id, name="Board", made_at=now, expires_at=now)
    source = BenchmarkSource(
        organisation_id=organisation.id, public_key=uuid4().hex, name=f"Beside {organisation.name}"
    )
    source.files.append(
        BenchmarkFile(wave="a", name="A", year=2026, month=1, simulated=True, digest="d" * 64)
    )
    mailing = Mailing(wave_id=wave.id, number=1, kind="reminder", due_at=now)
    session.add_all([person, report, link, source, mailing])
    session.flush()
    comment = session.query(Comment).filter_by(wave_id=wave.id).first()
    upload = uploading.hand_in(
        session, organisation, "people", "p.csv", b"email,unit\n", by=account.id, now=now
    )
    return NAMED | {
        "organisation": organisation.slug,
        "wave": wave.slug,
        "unit": unit.slug,
        "account": account.id,
        "grant": account.grants[0].id,
        "person": person.id,
        "report": report.id,
        "link": link.id,
        "fingerprint": source.public_key,
        "number": mailing.number,
        "comment": comment.id,
        "upload": upload.id,
        "token": _id_of(session, token(session, account, now)),
        "passkey": "bm8tc3VjaA",
        **_hook(session, organisation, now),
        **_written(session, organisation, account, now),
    }


def token(session, account, now):
    """A token of the account for everything."""
    asked = {"name": "Pipeline", "scopes": list(api_tokens.SCOPES), "days": 30, "now": now}
    return api_tokens.make_token(session, account, **asked)[0]


def _id_of(session, token):
    return session.query(ApiToken).filter_by(digest=digest_of(token)).one().id


def _hook(session, organisation, now):
    reach = Reach(private=True)
    asked = {"url": "http://127.0.0.1:9/", "events": ["wave.closed"], "reach": reach, "by": None}
    made = webhooks.make(session, organisation.id, now=now, **asked)
    webhooks.send_test(session, made, now=now)
    delivery = session.query(WebhookDelivery).filter_by(webhook_id=made.id).one()
    return {"webhook": made.id, "delivery": delivery.id}


def _written(session, organisation, account, now):
    text = retitled(f"What {organisation.name} asks")
    made = writing.begin(session, organisation.id, text, by=account.id, now=now)
    said = ManuscriptComment(
        manuscript_id=made.id, account_id=account.id, place="", text="Why?", at=now
    )
    session.add(said)
    session.flush()
    published = publishing.publish(
        session, text, organisation=organisation, library=library(), now=now
    )
    return {
        "manuscript": made.id,
        "draft": made.id,
        "revision": 1,
        "remark": said.id,
        "digest": published.version_digest,
    }
