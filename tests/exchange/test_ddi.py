"""DDI codebooks in the order that the schema of DDI-Codebook 2.5 prescribes."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from survey.exchange.ddi import to_ddi
from survey.operations.response_rows import COLUMNS
from tests.exchange.examples import GOOD, READY_MADE, example
from tests.make import capability, options, question, questionnaire, section

DDI = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ORDER = {
    "codeBook": ("docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"),
    "stdyDscr": ("citation", "studyAuthorization", "stdyInfo", "studyDevelopment", "method"),
    "citation": ("titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt", "biblCit"),
    "titlStmt": ("titl", "subTitl", "altTitl", "parTitl", "IDNo"),
    "rspStmt": ("AuthEnty", "othId"),
    "prodStmt": ("producer", "copyright", "prodDate"),
    "verStmt": ("version", "verResp", "notes"),
    "stdyInfo": ("studyBudget", "subject", "abstract", "sumDscr", "qualityStatement", "notes"),
    "subject": ("keyword", "topcClas"),
    "sumDscr": ("timePrd", "collDate", "nation", "geogCover", "anlyUnit", "universe", "dataKind"),
    "dataDscr": ("varGrp", "nCubeGrp", "var", "nCube", "notes"),
    "varGrp": ("labl", "txt", "concept", "defntn", "universe", "notes"),
    "var": (
        *("location", "labl", "imputation", "security", "embargo", "respUnit", "anlysUnit"),
        *("qstn", "valrng", "invalrng", "undocCod", "universe", "TotlResp", "sumStat", "txt"),
        *("stdCatgry", "catgryGrp", "catgry", "codInstr", "verStmt", "concept", "derivation"),
        *("varFormat", "geoMap", "catLevel", "notes"),
    ),
    "qstn": ("preQTxt", "qstnLit", "postQTxt", "forward", "backward", "ivuInstr"),
    "valrng": ("item", "range", "key", "notes"),
    "catgry": ("catValu", "labl", "txt", "catStat", "mrow"),
}
"""Element to the elements in it, in their order: from the published schema, as far as needed."""

ATTRIBUTES = {
    "codeBook": {"version", LANG, "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"},
    "varGrp": {"ID", "type", "name", "var"},
    "var": {"ID", "name", "intrvl"},
    "qstn": {"responseDomainType"},
    "range": {"UNITS", "min", "max"},
    "catgry": {"missing", "missType"},
}


def described(of):
    return ElementTree.fromstring(to_ddi(of, organisation="Anytown & Co"))


def variables(of):
    """The columns' elements by name."""
    return {one.get("name"): one for one in described(of).iter(f"{DDI}var")}


def texts(element, path):
    """Language, None for the main one, to the text."""
    return {one.get(LANG): one.text for one in element.findall(path.replace("/", f"/{DDI}"))}


def said(element, tag):
    return texts(element, f"{DDI}{tag}")


@pytest.fixture(scope="module", params=[*GOOD, *READY_MADE])
def each(request):
    """An example, and what describes it."""
    return example(request.param), described(example(request.param))


def test_it_keeps_to_the_schema(each):
    _, root = each
    assert root.tag == f"{DDI}codeBook"
    for element in root.iter():
        tag = element.tag.removeprefix(DDI)
        children = [child.tag.removeprefix(DDI) for child in element]
        order = ORDER.get(tag, ())
        assert set(children) <= set(order), tag
        assert all(order.index(a) <= order.index(b) for a, b in pairwise(children)), tag
        assert set(element.attrib) <= ATTRIBUTES.get(tag, set()) | {LANG}, tag


def test_groups_name_columns_that_there_are(each):
    _, root = each
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(set(ids)) == len(ids)
    for group in root.iter(f"{DDI}varGrp"):
        assert set(group.get("var", "").split()) <= set(ids)


def test_there_is_a_variable_for_every_exported_column(each):
    questionnaire, root = each
    questions = [one.id for one in questionnaire.questions if one.kind != "text"]
    assert [one.get("name") for one in root.iter(f"{DDI}var")] == [*COLUMNS, *questions]


def test_the_study_names_what_it_is_and_who_asked():
    root = described(questionnaire(title="A & B", licence="OGL-UK-3.0", introduction="Hello."))
    citation = root.find(f"{DDI}stdyDscr/{DDI}citation")
    assert citation.findtext(f"{DDI}titlStmt/{DDI}titl") == "A & B"
    assert citation.findtext(f"{DDI}titlStmt/{DDI}IDNo") == "survey"
    assert citation.findtext(f"{DDI}rspStmt/{DDI}AuthEnty") == "Anytown & Co"
    assert "OGL-UK-3.0" in citation.findtext(f"{DDI}prodStmt/{DDI}copyright")
    assert len(citation.findtext(f"{DDI}verStmt/{DDI}version")) == 64
    assert root.findtext(f".//{DDI}abstract") == "Hello."


def test_sections_and_capabilities_are_groups_of_variables():
    research = capability("digital/user-research", name="User research")
    made = questionnaire(
        section(question("a", capability=research.id), question("t", "text"), id="one"),
        section(question("b"), id="two", title="Two", module=True),
        about_you=(question("who", "choice"),),
        capabilities={research.id: research},
    )
    ids = {name: one.get("ID") for name, one in variables(made).items()}
    groups = {one.get("name"): one for one in described(made).iter(f"{DDI}varGrp")}
    assert {name: (one.get("type"), one.get("var")) for name, one in groups.items()} == {
        "about-you": ("section", ids["who"]),
        "one": ("section", ids["a"]),
        "two": ("section", ids["b"]),
        research.id: ("subject", ids["a"]),
    }
    assert said(groups["two"], "labl") == {None: "Two"}
    assert "shared out at random" in groups["two"].findtext(f"{DDI}universe")


def test_texts_stand_in_each_language_that_has_them():
    why = variables(example("translations"))["why"]
    assert said(why, "labl") == {None: "Why?", "cy": "Pam?"}
    assert texts(why, f"{DDI}qstn/qstnLit") == {None: "Why?", "cy": "Pam?"}
    option = why.find(f"{DDI}catgry")
    assert said(option, "labl") == {None: "No", "cy": "Na"}
    title = described(example("translations")).find(f".//{DDI}titlStmt")
    assert said(title, "parTitl") == {"cy": "Enghraifft", "zh-Hant-TW": "例"}


def test_what_is_said_about_a_welsh_question_is_marked_as_english():
    made = questionnaire(question("q", text="Pam?"), language="cy")
    assert described(made).get(LANG) == "cy"
    asked = variables(made)["q"]
    assert said(asked, "labl") == {None: "Pam?"}
    assert said(asked, "codInstr") == {
        "en": "The step is the answer. It weighs 1 in its capability."
    }


def test_who_was_asked_is_the_variables_universe():
    found = variables(example("about-you"))["digital/user-research"]
    expected = "Asked only where the answer to “grade” is “Manager”."
    assert found.findtext(f"{DDI}universe") == expected
    assert found.findtext(f"{DDI}qstn/{DDI}preQTxt") == expected
    assert variables(example("about-you"))["grade"].find(f"{DDI}universe") is None


def test_categories_tell_answers_from_missing_ones():
    made = questionnaire(question("q", "checklist", options=options(2, 3), not_applicable=True))
    categories = variables(made)["q"].findall(f"{DDI}catgry")
    found = {one.findtext(f"{DDI}catValu"): one.get("missType") for one in categories}
    assert found == {
        "two": None,
        "three": None,
        "none": None,
        "dont-know": "dont-know",
        "not-applicable": "not-applicable",
        None: "empty",
    }
    assert all((one.get("missing") == "Y") == bool(one.get("missType")) for one in categories)
    assert categories[0].findtext(f"{DDI}txt") == "Step 2"


def test_a_number_has_a_range():
    made = questionnaire(question("q", "number", minimum=0), question("r", "number"))
    bounded, free = (variables(made)[id] for id in "qr")
    assert bounded.find(f"{DDI}valrng/{DDI}range").attrib == {"UNITS": "REAL", "min": "0"}
    assert bounded.get("intrvl") == "contin"
    assert free.find(f"{DDI}valrng") is None


def test_characters_that_xml_forbids_are_left_out():
    made = questionnaire(question("q", text="a\ufffeb <c> &d;"))
    assert said(variables(made)["q"], "labl") == {None: "ab <c> &d;"}
