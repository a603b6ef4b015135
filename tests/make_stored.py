"""Builders of what is in a database: an organisation with units, a version, a wave, invitations.

Defaults make the smallest thing that works; a test names only what it is about.
"""

from datetime import UTC, datetime

from survey.operations.diagnosing import freeze_diagnostics
from survey.operations.recording import record
from survey.operations.starting import Invited
from survey.operations.tallying import freeze_publish_set, tally_new_responses
from survey.operations.tokens import digest_of, draft_key, seal_shift
from survey.operations.versions import questionnaire_of
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.model import (
    Capability,
    CapabilityGroup,
    Option,
    Practice,
    Question,
    Questionnaire,
    Section,
)
from survey.questionnaire.modules import number_of_shifts
from survey.storage.accounts import Account, Grant
from survey.storage.drafts import Submission
from survey.storage.organisations import Organisation, Person, Unit
from survey.storage.versions import Publication, Version
from survey.storage.waves import Invitation, Wave, WaveTree

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
UNITS = {"anytown": None, "adults": "anytown", "places": "anytown", "parks": "places"}


def capability(id_):
    name = id_.partition("/")[2].replace("-", " ").capitalize()
    return Capability(
        id=id_,
        name=name,
        summary=f"What {name} is.",
        steps=tuple(f"{name} at step {step}." for step in range(1, 6)),
        practices=(Practice("watch", f"We do {name}."),),
    )


def rated_questions(id_, weight=2):
    """As derived: the step, a practice, how important it is, a comment."""
    steps = capability(id_).steps
    return (
        Question(id_, "maturity", f"Where is {id_}?", steps=steps, capability=id_, weight=weight),
        Question(f"{id_}:watch", "agreement", "We do.", capability=id_),
        Question(f"{id_}:importance", "importance", "How important?", capability=id_),
        Question(f"{id_}:comment", "text", "What gets in the way?", capability=id_),
    )


def questionnaire(capabilities=("digital/design", "data/sharing"), **changes):
    """About the person, then a section a capability; the last question has a condition."""
    sections = [
        Section(id_.replace("/", "-"), f"About {id_}", rated_questions(id_)) for id_ in capabilities
    ]
    first = capabilities[0]
    more = Question(
        "what-else",
        "choice",
        "What else?",
        options=(Option("time", "Time"), Option("money", "Money")),
        condition={"question": first, "at_most": 2},
    )
    grade = Question(
        "grade",
        "choice",
        "Your role?",
        options=(Option("front-line", "Front line"), Option("manager", "Manager")),
    )
    values = {
        "id": "how-we-do",
        "title": "How do we do?",
        "language": "en",
        "about_you": (grade,),
        "sections": (*sections, Section("more", "More", (more,))),
        "capabilities": {id_: capability(id_) for id_ in capabilities},
        "groups": (CapabilityGroup("all", "All", tuple(capabilities)),),
    }
    return Questionnaire(**values | changes)


def all_answers(asked, step=3, **changes):
    """An answer to every question but texts, the same step everywhere."""
    answers = {q.id: step for q in asked.questions if q.kind in ("maturity", "agreement")}
    answers |= {q.id: 5 for q in asked.questions if q.kind == "importance"}
    answers |= {q.id: q.options[0].id for q in asked.questions if q.kind == "choice"}
    if step > 2:
        answers.pop("what-else", None)
    return answers | changes


def organisation(session, slug="anytown", units=UNITS):
    """An organisation with units: slug to its parent's, the root first."""
    made = Organisation(slug=slug, name=slug.capitalize())
    session.add(made)
    session.flush()
    by_slug = {}
    for unit_slug, parent in units.items():
        above = by_slug.get(parent)
        unit = by_slug[unit_slug] = Unit(
            organisation_id=made.id,
            parent_id=above and above.id,
            slug=unit_slug,
            name=unit_slug.capitalize(),
            path="",
        )
        session.add(unit)
        session.flush()
        unit.path = f"{above.path if above else ''}{unit.id}/"
    session.flush()
    return made


def unit(session, slug):
    return session.query(Unit).filter_by(slug=slug).one()


def version(session, asked=None):
    """The digest of a stored version."""
    content = canonical(asked or questionnaire())
    made = digest(content)
    if session.get(Version, made) is None:
        session.add(Version(digest=made, content=content))
        session.flush()
    return made


def publication(session, organisation_id, version_digest):
    made = Publication(
        organisation_id=organisation_id,
        version_digest=version_digest,
        questionnaire="how-we-do",
        title="How do we do?",
        published_at=NOON,
    )
    session.add(made)
    session.flush()
    return made


def wave(session, of=None, asked=None, *, slug="autumn", state="open", invited=None, **changes):
    """A wave with its tree frozen. invited: a unit's slug to people in it or below."""
    of = of or organisation(session)
    values = {"minimum_group": 5, "opened_at": NOON, "name": slug.capitalize()}
    made = Wave(
        slug=slug,
        organisation_id=of.id,
        version_digest=version(session, asked),
        state=state,
        **values | changes,
    )
    session.add(made)
    session.flush()
    units = session.query(Unit).filter_by(organisation_id=of.id).order_by(Unit.id)
    session.add(
        WaveTree(
            wave_id=made.id,
            units=[
                {
                    "id": unit.id,
                    "slug": unit.slug,
                    "name": unit.name,
                    "parent": unit.parent_id,
                    "invited": (invited or {}).get(unit.slug, 0),
                }
                for unit in units
            ],
        )
    )
    session.flush()
    return made


def invitation(session, to, unit_slug="parks", email="ada@anytown.example", shift=0):
    """The token of a new invitation, and what it says of whoever comes with it."""
    where = unit(session, unit_slug)
    person = Person(organisation_id=to.organisation_id, unit_id=where.id, email=email)
    session.add(person)
    session.flush()
    token = f"token-of-{email}"
    shifts = number_of_shifts(questionnaire_of(session, to.version_digest))
    made = Invitation(
        wave_id=to.id,
        id=person.id,
        person_id=person.id,
        unit_id=where.id,
        token_digest=digest_of(token),
        sealed_shift=seal_shift(token, shift, shifts),
    )
    session.add(made)
    session.flush()
    return token, Invited(where.id, shift)


def sent(session, wave, token):
    """Note that the answers of this invitation were sent."""
    session.add(Submission(wave_id=wave.id, key_digest=digest_of(draft_key(token))))
    session.flush()


def responses(session, to, unit_slug, steps, **changes):
    """One response for each step, which it gives to everything."""
    asked = questionnaire_of(session, to.version_digest)
    where = unit(session, unit_slug).id
    answered = [(where, all_answers(asked, step, **changes)) for step in steps]
    record(session, to.id, asked, answered)


def account(session, organisation_id, role="lead", unit_slug=None):
    """Somebody who signs in, with one grant."""
    made = Account(email=f"{role}-{unit_slug}@anytown.example")
    where = unit(session, unit_slug).id if unit_slug else None
    made.grants.append(Grant(organisation_id=organisation_id, role=role, unit_id=where))
    session.add(made)
    session.flush()
    return made


def closed_wave(session, answers, **changes):
    """A wave with responses, tallied and frozen. answers: a unit's slug to everybody's steps."""
    made = wave(session, **changes)
    for unit_slug, steps in answers.items():
        responses(session, made, unit_slug, steps)
    close(session, made)
    return made


def close(session, made):
    """Count the answers of a wave and freeze what may be seen."""
    made.state = "closed"
    tally_new_responses(session, made)
    freeze_publish_set(session, made)
    freeze_diagnostics(session, made)
    session.flush()
