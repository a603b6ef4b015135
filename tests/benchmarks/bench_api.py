"""A profile answered to a program, from its request to its bytes, for 12 to 120 capabilities:
beside what it takes to make the profile alone, and where the program knows it already (304).
Goal: 20 ms."""

from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from ground import databases, table

from survey.app import create_app
from survey.database import session_scope
from survey.engines import engine, sessions
from survey.operations import api_tokens
from survey.operations.reporting import organisation_profile
from tests import make_stored as make

CAPABILITIES = (12, 60, 120)
TIMES = 40
GOAL = 20
"""Milliseconds."""


def fill(url):
    """A wave that has closed for each number of capabilities; the token of an admin."""
    with session_scope(url) as session:
        anytown = make.organisation(session)
        for number in CAPABILITIES:
            asked = make.questionnaire([f"digital/c-{one}" for one in range(number)])
            make.closed_wave(
                session,
                {"adults": [1, 2, 3, 4] * 10, "parks": [2, 3, 4, 5] * 10},
                of=anytown,
                asked=asked,
                slug=f"wave-{number}",
            )
        account = make.account(session, anytown.id, "admin")
        made = {"name": "Bench", "scopes": ["profiles:read"], "days": 30, "now": datetime.now(UTC)}
        token, _ = api_tokens.make_token(session, account, **made)
        session.commit()
        return token


def milliseconds(action):
    """How long it takes, the median of many times; the first also thaws the version."""
    taken = []
    for _ in range(TIMES + 1):
        begun = perf_counter()
        action()
        taken.append(1000 * (perf_counter() - begun))
    return median(taken[1:])


def measured(client, made, headers, number):
    """Of one wave: the profile alone, answered, and known already."""
    slug = f"wave-{number}"
    address = f"/api/v1/organisations/anytown/waves/{slug}/profile"

    def alone():
        with sessions(made)() as session:
            assert len(organisation_profile(session, slug, None).capabilities) == number

    def answered():
        assert len(client.get(address, headers=headers).json["capabilities"]) == number

    tag = {"If-None-Match": client.get(address, headers=headers).headers["ETag"]}

    def known():
        assert client.get(address, headers=headers | tag).status_code == 304

    return milliseconds(alone), milliseconds(answered), milliseconds(known)


def main():
    rows = [("", "capabilities", "alone", "answered", "ratio", "known (304)", "goal")]
    with databases() as urls:
        for name, url in urls.items():
            settings = {"DATABASE_URL": url, "SECRET_KEY": "k" * 32}
            app = create_app(settings | {"API_REQUESTS_A_MINUTE": 1_000_000})
            headers = {"Authorization": f"Bearer {fill(url)}"}
            made = engine(url)
            for number in CAPABILITIES:
                alone, answered, known = measured(app.test_client(), made, headers, number)
                rows.append(
                    (
                        name,
                        str(number),
                        f"{alone:.2f} ms",
                        f"{answered:.2f} ms",
                        f"{answered / alone:.2f}",
                        f"{known:.2f} ms",
                        "met" if answered < GOAL else "missed",
                    )
                )
            made.dispose()
            for kept in ("database", "counts"):
                app.extensions[kept].kw["bind"].dispose()
    table("A profile answered to a program", rows)


if __name__ == "__main__":
    main()
