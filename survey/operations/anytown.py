"""Anytown, the made-up council of the demonstration: its units and its staff list."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

SLUG: Final = "anytown"
NAME: Final = "Anytown Council (demonstration)"
DOMAIN: Final = "anytown.example"

Tree = dict[str, "Tree"]

UNITS: Final[Tree] = {
    "Adult social care": {
        "Assessment and reviews": {"Older people": {}, "Disability": {}, "Hospital discharge": {}},
        "Care commissioning": {"Home care": {}, "Care quality": {}},
        "Public health": {"Healthy living": {}, "Health protection": {}},
    },
    "Children and learning": {
        "Family support": {"Early help": {}, "Children in need": {}},
        "Schools and admissions": {"Admissions": {}, "School transport": {}},
        "Special educational needs": {"Assessment": {}, "Inclusion": {}},
    },
    "Places": {
        "Planning and building": {"Planning applications": {}, "Building control": {}},
        "Streets and waste": {"Waste collection": {}, "Street cleaning": {}, "Highways": {}},
        "Housing": {"Housing needs": {}, "Repairs": {}, "Tenancies": {}},
        "Parks and culture": {"Parks": {}, "Libraries": {}},
    },
    "Customers and communities": {
        "Contact centre": {"Telephone team": {}, "Web team": {}},
        "Benefits and council tax": {"Benefits": {}, "Council tax": {}},
        "Community safety": {"Licensing": {}, "Trading standards": {}},
    },
    "Corporate resources": {
        "Finance": {"Payments": {}, "Budgets": {}},
        "People services": {"Recruitment": {}, "Learning and development": {}},
        "Digital and technology": {"Service design": {}, "Infrastructure": {}, "Insight": {}},
        "Legal and democracy": {"Elections": {}, "Legal advice": {}},
    },
}

OUTDOORS: Final = (
    "streets-and-waste-waste-collection",
    "streets-and-waste-street-cleaning",
    "parks-and-culture-parks",
)

PLANNED: Final = (
    (
        "places",
        "digital/user-research",
        "Test every new form with five residents before it goes live",
        "Head of service design",
        150,
        "done",
        "Eleven forms were tested; calls about the permit form fell by a third.",
    ),
    (
        SLUG,
        "data/data-governance",
        "One register of what data we hold, and who answers for it",
        "Data manager",
        400,
        "under-way",
        "",
    ),
    (
        "adult-social-care",
        "innovation/testing-and-experimentation",
        "Half a day a month to try new ways of working",
        "Director of adult social care",
        900,
        "planned",
        "",
    ),
    (
        SLUG,
        "innovation/citizen-and-stakeholder-engagement",
        "Buy a second workshop room",
        "Head of property",
        300,
        "dropped",
        "",
    ),
)
"""Actions: the unit, the capability, what is done, by whom, so many days after the wave, how far it
is, and what shows it."""

AGREED: Final = (
    "digital/user-research",
    2,
    "Every service has a named researcher now, but few have met users this year.",
)
"""What a workshop agreed on: the capability, its step, and why."""

FIRST_NAMES: Final = (
    "ada amir beth carys chidi dai ed efua elin farah fay gwen hal ines ivo jo kai kofi lena "
    "lowri mair max mei nia noor olu owen pia raj rhys rosa sam sana tess tom uma vic wren yan zoe"
)
LAST_NAMES: Final = (
    "abbott bell bevan boateng chen clarke cole davies ellis evans fox gill grant hale hill "
    "hughes iqbal james khan lane lloyd mensah moss nair north okoro owen park patel price quinn "
    "reid rose shah stone vaughan ward west young zeller"
)


def slug_of(name: str) -> str:
    """A unit's short name."""
    return name.lower().replace(" ", "-")


def units_csv() -> bytes:
    """The units as a file to import."""
    rows = [f"{slug},{name},{parent}" for slug, name, parent, _ in _units(UNITS)]
    return "\n".join(["slug,name,parent", *rows]).encode()


def _units(tree: Tree, parent: str = "", depth: int = 1) -> Iterator[tuple[str, str, str, int]]:
    for name, below in tree.items():
        # Teams in different services may share a name: the short name says which.
        slug = slug_of(name) if depth < 3 else f"{parent}-{slug_of(name)}"
        yield slug, name, parent, depth
        yield from _units(below, slug, depth + 1)


def people_csv(people: int, random: Random) -> bytes:
    """So many people as a file to import: most in teams of different size, some who lead a
    service or a directorate. Those who work outdoors have a staff number in place of an
    address."""
    weights = {1: 0.5, 2: 1.0, 3: 5.0}
    places = [
        (slug, weights[depth] * random.uniform(0.4, 1.8)) for slug, _, _, depth in _units(UNITS)
    ]
    slugs, shares = zip(*places, strict=True)
    names = [f"{first}.{last}" for first in FIRST_NAMES.split() for last in LAST_NAMES.split()]
    random.shuffle(names)
    rows = [
        f",{4000 + i},{slug}"
        if slug in OUTDOORS
        else f"{names[i % len(names)]}{i // len(names) or ''}@{DOMAIN},,{slug}"
        for i, slug in enumerate(random.choices(slugs, shares, k=people))
    ]
    return "\n".join(["email,staff_number,unit", *rows]).encode()
