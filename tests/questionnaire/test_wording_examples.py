"""Each rule's own example: the wording draws the remark, the better wording draws none."""

import re

import pytest

from survey.questionnaire.model import KINDS, Option
from survey.questionnaire.wording import advise
from survey.questionnaire.wording_remarks import Rule
from survey.questionnaire.wording_rules import RULES
from tests import make

NEIGHBOURS = (
    "Some teams train people once, in their first week.",
    "Each team trains people before they need it.",
    "What people learn is shared with other teams.",
    "Training is planned with partners, and paid for together.",
)
LONG_STEPS = tuple(" ".join([word] * 13) for word in ("gair", "llyfr", "coeden", "mynydd", "bws"))
"""A ladder that takes as long as those of the library: 73 words with its question."""

each = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@each
def test_the_wording_of_its_example_draws_its_remark(rule: Rule):
    assert rule.example in [advice.example for advice in advised(rule.example.before, rule)]


@each
def test_the_better_wording_of_its_example_draws_none(rule: Rule):
    assert [str(advice) for advice in advised(rule.example.after, rule)] == []


@each
def test_it_says_what_is_wrong_how_to_mend_it_and_who_says_so(rule: Rule):
    (advice, *_) = [a for a in advised(rule.example.before, rule) if a.example == rule.example]
    assert (advice.code, advice.level) == (rule.code, rule.level)
    assert (advice.mend, advice.source) == (rule.mend, rule.source)
    assert re.fullmatch(r"[^{}]+[.]", advice.message)
    assert rule.mend.endswith(".")
    assert re.search(r"\(\d{4}\)|GOV.UK", rule.source)


def test_no_two_rules_have_the_same_name_or_example():
    assert all(name == rule.name for name, rule in RULES.items())
    assert len({rule.example for rule in RULES.values()}) == len(RULES)


def test_every_fault_of_the_methods_has_a_rule():
    assert {rule.code for rule in RULES.values()} == {
        *("double-barrelled", "negative", "leading", "absolute", "vague", "jargon", "long"),
        *("grade", "referent", "scale", "order", "opt-out", "monotony", "minutes"),
        *("identifying", "order-effect"),
    }


def advised(wording, rule):
    """What is said of an example's wording, where it stands."""
    if people := re.match(r"(\d+) people: ", wording):
        return advise(about_you(wording[people.end() :]), invited=int(people[1]))
    return advise(BUILT[rule.example.stands_as](wording))


def about_you(plan):
    """“4 grades × 5 lengths of service”: a question for each, with so many options."""
    questions = tuple(
        make.question(
            f"q{n}",
            "choice",
            text="Gair?",
            options=tuple(Option(f"o{i}", f"O{i}") for i in range(n)),
        )
        for n in map(int, re.findall(r"\d+", plan))
    )
    return make.questionnaire(about_you=questions, language="cy")


def statements(wording):
    lines = enumerate(wording.splitlines())
    return make.questionnaire(*(make.question(f"q{n}", "agreement", text=t) for n, t in lines))


def steps(wording):
    return make.questionnaire(make.question(steps=tuple(wording.splitlines())))


def choice(id, text, options):
    options = tuple(Option(f"o{n}", option) for n, option in enumerate(options))
    return make.question(id, "choice", text=text, options=options)


def section(wording):
    """Questions that say it, until there are words enough to be graded."""
    times = 100 // len(wording.split()) + 1
    return make.questionnaire(*(make.question(f"q{n}", "text", text=wording) for n in range(times)))


def questions(wording):
    """“choice: How is it? Good · Bad”: a line each."""
    return make.questionnaire(*(asked(n, line) for n, line in enumerate(wording.splitlines())))


def asked(number, line):
    head, _, said = line.partition(": ")
    kind, _, flag = head.partition(", ")
    text, _, options = said.partition("? ")
    if kind == "choice":
        return choice(f"q{number}", text + "?", options.split(" · "))
    about = {"capability": "digital/planning"} if kind in ("importance", "maturity") else {}
    flags = {flag: True} if flag else {}
    return make.question(f"q{number}", kind, text=said, **about, **flags)


def plan(wording):
    """“30 × maturity in 6 modules, 4 for each person”."""
    kinds = [
        kind for count, kind in re.findall(r"(\d+) × (\w+)", wording) for _ in range(int(count))
    ]
    assert set(kinds) <= set(KINDS)
    made = [question(f"q{n}", kind) for n, kind in enumerate(kinds)]
    modules = re.search(r"in (\d+) modules, (\d+) for each person", wording)
    if modules is None:
        return make.questionnaire(*made, language="cy")
    count, each_person = map(int, modules.groups())
    size = len(made) // count
    parts = [
        make.section(*made[n * size : (n + 1) * size], id=f"s{n}", module=True)
        for n in range(count)
    ]
    return make.questionnaire(*parts, modules_per_person=each_person, language="cy")


def question(id, kind):
    steps = {"steps": LONG_STEPS} if kind == "maturity" else {}
    return make.question(id, kind, text=" ".join(["gair"] * 8), **steps)


BUILT = {
    "question": lambda text: make.questionnaire(make.question("q", "number", text=text)),
    "statements": statements,
    "step": lambda text: make.questionnaire(make.question(steps=(text, *NEIGHBOURS))),
    "steps": steps,
    "options": lambda text: make.questionnaire(choice("q", "How is it?", text.splitlines())),
    "introduction": lambda text: make.questionnaire(introduction=text),
    "section": section,
    "questions": questions,
    "plan": plan,
}
