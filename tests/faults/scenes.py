"""What is there before each operation, and what must be there after it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import select

from survey.operations import (
    account_links,
    accounts,
    closing,
    mailing,
    organising,
    running,
    uploading,
    webhooks,
)
from survey.operations.shipped import FOLDER
from survey.operations.webhook_addresses import Reach
from survey.storage.accounts import AccountLink, AccountMail
from survey.storage.drafts import Draft, Submission
from survey.storage.messages import Mailing, Outgoing
from survey.storage.organisations import Person
from survey.storage.responses import Comment, Response, Untallied
from survey.storage.tallies import Tally
from survey.storage.uploads import Upload
from survey.storage.versions import Publication, Version
from survey.storage.waves import Invitation
from survey.storage.webhooks import WebhookDelivery
from tests import make_stored as make

SECRET = "k" * 32
NOON = make.NOON
PEOPLE = 5
STAFF = "email,unit\n" + "".join(f"p{number}@a.example,parks\n" for number in range(PEOPLE))
FEW = 2
FEW_STAFF = "".join(STAFF.splitlines(keepends=True)[: 1 + FEW])
MORE_STAFF = STAFF.replace("parks", "adults") + "".join(
    f"q{number}@a.example,places\n" for number in range(PEOPLE)
)
ASKED = make.questionnaire(("digital/design",))
ANSWERS = {
    "grade": "manager",
    "digital/design": "2",
    "digital/design:watch": "4",
    "digital/design:importance": "5",
    "digital/design:comment": "Too little time",
    "what-else": "time",
}


def town(session, staff=STAFF):
    """An organisation with staff, and a version that its waves may ask."""
    made = make.organisation(session)
    organising.import_people(session, made, staff.encode())
    make.publication(session, made.id, make.version(session, ASKED))
    return made


def asked(session, anytown, slug="autumn", *, responses=0, **changes):
    """A wave that is open: everybody is invited, and so many have answered."""
    values = {"name": slug.capitalize(), "minimum_group": 5, "goal": 50} | changes
    digest = make.version(session, ASKED)
    wave = running.create_wave(session, anytown, slug=slug, version_digest=digest, **values)
    running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))
    make.responses(session, wave, "parks", [3] * responses)
    return wave


def told(session, anytown):
    """A program is told what becomes of waves."""
    webhooks.make(
        session,
        anytown.id,
        url="http://127.0.0.1:9/",
        events=("wave.closed", "wave.goal_reached"),
        reach=Reach(private=True),
        by=None,
        now=NOON,
    )


class Answering:
    """One person answers, from their link to the result."""

    def prepare(self, session, _folder):
        wave = make.wave(session, asked=ASKED)
        token, _ = make.invitation(session, wave)
        return {"token": token, "answers": ANSWERS}

    def look(self, look):
        kept = [said for said in look.heard if said != "sent"]
        draft = look.session.scalars(select(Draft)).one_or_none()
        response = look.session.scalars(select(Response)).one_or_none()
        answers = {**response.answers, **response.about_you} if response else {}
        answers = answers or (draft.answers if draft else {})
        for said in kept:
            ((question, value),) = said.items()
            is_comment = response is not None and question.endswith(":comment")
            if str(answers.get(question)) != value and not is_comment:
                look.lost.append(f"the answer to {question}")
        sent = 1 if look.whole or response or "sent" in look.heard else 0
        for table in (Response, Submission, Untallied):
            look.rows(sent, table, before=sent)
        wrote = any("digital/design:comment" in said for said in kept)
        comments = look.count(Comment)  # who comes back is not led to what may be left empty
        look.number("comments", comments, sent if wrote else min(comments, 1))
        look.rows(0, Draft, before=0 if sent else 1)
        if sent:
            look.counted(look.wave(), 1)


class Tallying:
    """The answers of two waves are counted; one of them reaches its goal by that."""

    def prepare(self, session, _folder):
        anytown = town(session)
        told(session, anytown)
        asked(session, anytown, responses=PEOPLE)
        asked(session, anytown, "winter", responses=2)
        return {}

    def look(self, look):
        for slug, responses in (("autumn", PEOPLE), ("winter", 2)):
            wave = look.wave(slug)
            look.rows(0, Untallied, Untallied.wave_id == wave.id, before=responses)
            look.counted(wave, responses)
        look.rows(1, WebhookDelivery)


class ImportingByCommand:
    """People are added and moved by a file."""

    def prepare(self, session, folder):
        town(session)
        file = folder / "people.csv"
        file.write_text(MORE_STAFF)
        return {"file": str(file)}

    def look(self, look):
        look.rows(2 * PEOPLE, Person, before=PEOPLE)
        added = look.count(Person) > PEOPLE
        adults = make.unit(look.session, "adults").id
        look.rows(PEOPLE if added else 0, Person, Person.unit_id == adults)
        if look.heard and not added:
            look.lost.append("an import that was confirmed")


class ImportingInBackground(ImportingByCommand):
    """The same, of a file that was handed in on a page."""

    def prepare(self, session, _folder):
        handed_in(session, town(session))
        return {}

    def look(self, look):
        super().look(look)
        look.events("people.import", 2, before=1)
        look.rows(1, Upload, Upload.state == "done")


def handed_in(session, anytown):
    now = datetime.now(UTC)
    content = MORE_STAFF.encode()
    made = uploading.hand_in(session, anytown, "people", "s.csv", content, by=None, now=now)
    made.state = "importing"


class Publishing:
    """A questionnaire becomes a version."""

    def prepare(self, session, _folder):
        make.organisation(session)
        return {"file": str(FOLDER / "surveys" / "quick-check.json")}

    def look(self, look):
        look.rows(1, Version, before=1 if look.heard else 0)
        look.rows(look.count(Version), Publication)
        look.events("questionnaire.publish", look.count(Version))


class Sending:
    """Invitations are queued and handed to a mail server."""

    people = FEW

    def prepare(self, session, _folder):
        wave = asked(session, town(session, FEW_STAFF))
        mailing.plan(session, wave, "invitation", due_at=NOON)
        return {}

    def look(self, look):
        letters = Counter(look.letters)
        look.doubled += [f"{n} letters to {to}" for to, n in letters.items() if n > 1]
        sent = look.session.scalar(select(Mailing.sent)) or 0
        unsure = look.count(Outgoing, Outgoing.state == "unsure")
        if look.whole:
            look.number("letters sent or marked", sent + unsure, self.people)
            if len(letters) + unsure < self.people:
                look.lost.append("a letter that is not marked")
            if unsure > 1 or sent > len(letters):
                look.doubled.append(f"{unsure} marked, {sent} sent, {len(letters)} came")


class WritingToAccounts:
    """Two colleagues are sent the links by which they set their passwords. Who gets such a letter
    twice has two links that work; who gets none cannot sign in: so these may go again."""

    def prepare(self, session, _folder):
        anytown = make.organisation(session)
        for name in ("ada", "ben"):
            email = f"{name}@anytown.example"
            made = accounts.create_account(session, email, role="admin", organisation=anytown)
            account_links.ask_for_link(session, made, "invitation", now=NOON)
        return {}

    def look(self, look):
        if look.whole:
            look.rows(0, AccountMail)
            if len(set(look.letters)) < 2:
                look.lost.append("a letter")
        if len(look.letters) > 3:
            look.doubled.append(f"{len(look.letters)} letters, of which one could go again")
        if look.count(AccountLink) < len(look.letters):
            look.lost.append("a link that a letter has")


class Closing:
    """Two waves close on time: one at once, one later, since somebody is in the middle."""

    def prepare(self, session, _folder):
        anytown = town(session)
        told(session, anytown)
        ended = NOON + timedelta(hours=1)
        asked(session, anytown, responses=PEOPLE, closes_at=ended, goal=100)
        wave = asked(session, anytown, "winter", responses=1, closes_at=ended)
        session.add(draft_in(session, wave))
        return {}

    def look(self, look):
        for slug, responses in (("autumn", PEOPLE), ("winter", 1)):
            wave = look.wave(slug)
            closed = wave.state == "closed"
            look.number(f"{slug}, closed", int(closed), 1 if slug == "autumn" else int(closed))
            shown = Tally.disclosure.is_not(None)
            tallied = look.count(Tally, Tally.wave_id == wave.id, shown)
            look.number(f"{slug}, what may be shown", tallied, len(make.UNITS) * closed)
            look.number(f"{slug}, told", closings_told(look, slug), int(closed))
            if closed:
                look.counted(wave, responses)
                look.rows(0, Draft, Draft.wave_id == wave.id)
        look.events("wave.close", sum(look.wave(s).state == "closed" for s in ("autumn", "winter")))


def draft_in(session, wave):
    where = make.unit(session, "parks").id
    return Draft(wave_id=wave.id, key_digest=b"k" * 32, unit_id=where, answers={"grade": "manager"})


def closings_told(look, slug):
    kind = WebhookDelivery.kind == "wave.closed"
    deliveries = look.session.scalars(select(WebhookDelivery).where(kind))
    return sum(slug in str(one.about) for one in deliveries)


class Deleting:
    """Who was asked in two waves is deleted on its day, with who has left."""

    def prepare(self, session, _folder):
        anytown = town(session)
        for slug in ("autumn", "winter"):
            wave = asked(session, anytown, slug, responses=1, keep_people_days=7)
            closing.close_wave(session, wave, now=NOON)
        staff = STAFF.replace("p0@a.example,parks\n", "").encode()
        organising.import_people(session, anytown, staff, others_left=True)
        return {}

    def look(self, look):
        forgotten = 0
        for slug in ("autumn", "winter"):
            wave = look.wave(slug)
            forgotten += wave.forgotten_at is not None
            left = 0 if wave.forgotten_at else PEOPLE
            look.number(f"{slug}, forgotten", int(left == 0), 1)
            look.rows(left, Invitation, Invitation.wave_id == wave.id, before=left)
            look.counted(wave, 1)
        look.events("wave.forget", forgotten, before=forgotten)
        left = PEOPLE - 1 if forgotten == 2 else PEOPLE
        look.rows(left, Person, before=left)


class Everything(Sending):
    """All of it is due at once, in one town."""

    people = PEOPLE

    def prepare(self, session, _folder):
        anytown = town(session)
        handed_in(session, anytown)
        asked(session, anytown, responses=PEOPLE, closes_at=NOON + timedelta(hours=1), goal=100)
        mailing.plan(session, asked(session, anytown, "mailed"), "invitation", due_at=NOON)
        asked(session, anytown, "winter", responses=PEOPLE)
        wave = asked(session, anytown, "spring", responses=1, keep_people_days=7)
        closing.close_wave(session, wave, now=NOON)
        return {}

    def look(self, look):
        super().look(look)
        look.rows(2 * PEOPLE, Person, before=PEOPLE)
        look.events("people.import", 2, before=1)
        look.events("wave.close", 2, before=1)
        look.events("wave.forget")
        for slug, responses in (("autumn", PEOPLE), ("winter", PEOPLE), ("spring", 1)):
            look.counted(look.wave(slug), responses)


SCENES = {
    "submission": Answering(),
    "tallying": Tallying(),
    "import of people, by command": ImportingByCommand(),
    "import of people, in the background": ImportingInBackground(),
    "publishing": Publishing(),
    "mailing": Sending(),
    "mail to accounts": WritingToAccounts(),
    "closing a wave": Closing(),
    "deletion": Deleting(),
    "all background work": Everything(),
}
MAILED = ("mailing", "mail to accounts", "all background work")
