"""Questionnaires and answers of every shape, for properties that hold of all of them."""

from hypothesis import strategies as st

from survey.questionnaire.model import DONT_KNOW, KINDS, NOT_APPLICABLE
from tests import make

OPT_OUTS = st.sampled_from([DONT_KNOW, NOT_APPLICABLE])
NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"]
MODULES = ["one", "two", "three"]


def texts():
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def cut_points():
    ascending = st.lists(st.integers(-50, 50), min_size=4, max_size=4, unique=True).map(sorted)
    return st.one_of(ascending, ascending.map(lambda points: points[::-1])).map(tuple)


@st.composite
def questions(draw, name, kinds=KINDS, capabilities=("digital/user-research", None)):
    kind = draw(st.sampled_from(kinds))
    changes = {
        "text": draw(texts()),
        "capability": draw(st.sampled_from(capabilities)),
        "not_applicable": draw(st.booleans()),
        "weight": draw(st.integers(1, 100)),
    }
    if kind == "number":
        changes["cut_points"] = draw(cut_points())
    if kind == "agreement":
        changes["reverse"] = draw(st.booleans())
    if kind == "checklist":
        evidence = draw(st.lists(st.sampled_from([2, 3, 4, 5]), min_size=2, unique=True))
        changes["options"] = make.options(*evidence)
    return make.question(name, kind, **changes)


def answers_to(question):
    """What can be answered, opting out included; a text is never empty."""
    ids = [option.id for option in question.options]
    values = {
        "choice": st.sampled_from(ids or [""]),
        "checklist": st.lists(st.sampled_from(ids or [""]), unique=True),
        "number": st.one_of(st.integers(-60, 60), st.floats(-60, 60, allow_nan=False)),
        "text": texts(),
    }.get(question.kind, st.integers(1, 5))
    return values if question.kind == "text" else st.one_of(values, OPT_OUTS)


def tests_of(question):
    """A test that could be made of a question's answer."""
    ids = [option.id for option in question.options]
    operators = [st.fixed_dictionaries({"answered": st.booleans()})]
    if question.kind != "text":
        operators.append(st.just({"is": DONT_KNOW}))
    if question.kind in ("maturity", "agreement", "importance", "number"):
        operators.extend(
            st.fixed_dictionaries({operator: st.integers(1, 5)})
            for operator in ("is", "at_least", "at_most")
        )
    if question.kind == "choice":
        operators.append(st.fixed_dictionaries({"in": st.lists(st.sampled_from(ids), min_size=1)}))
    if question.kind == "checklist":
        operators.append(st.fixed_dictionaries({"includes": st.sampled_from(ids)}))
    return st.one_of(operators).map(lambda test: {"question": question.id} | test)


def conditions(earlier):
    return st.recursive(
        st.one_of([tests_of(question) for question in earlier]),
        lambda inner: st.one_of(
            st.fixed_dictionaries({"not": inner}),
            st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        ),
        max_leaves=4,
    )


@st.composite
def questionnaires(draw):
    """About you, then sections, some of them modules, with conditions on earlier questions."""
    asked = []
    for name in NAMES[: draw(st.integers(1, len(NAMES)))]:
        question = draw(questions(name))
        if asked and draw(st.booleans()):
            question = make.question(
                **{field: getattr(question, field) for field in question.__slots__}
                | {"condition": draw(conditions(asked))}
            )
        asked.append(question)
    about_you = draw(st.integers(0, len(asked) - 1))
    first_of_section = draw(st.sets(st.integers(about_you + 1, len(asked)), max_size=3))
    starts = sorted({about_you} | {place for place in first_of_section if place < len(asked)})
    sections = [
        make.section(
            *asked[start:end],
            id=f"section-{number}",
            one_page=draw(st.booleans()),
            module=number > 0 and draw(st.booleans()),
        )
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(asked)], strict=True))
    ]
    measured = {q.capability: make.capability(q.capability) for q in asked if q.capability}
    return make.questionnaire(
        *sections,
        about_you=tuple(asked[:about_you]),
        introduction=draw(st.one_of(st.just(""), texts())),
        modules_per_person=1 if any(s.module for s in sections) else None,
        capabilities=measured,
        translations=draw(st.sampled_from([{}, {"cy": {"title": "Arolwg"}}])),
        extensions=draw(st.sampled_from([{}, {"x-note": [1, {"a": None}]}])),
    )


@st.composite
def answered(draw):
    """A questionnaire, some answers to it (hidden ones too), and the modules that were dealt."""
    questionnaire = draw(questionnaires())
    chosen = {q.id: draw(answers_to(q)) for q in questionnaire.questions if draw(st.booleans())}
    ids = [section.id for section in questionnaire.modules]
    modules = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    return questionnaire, chosen, modules
