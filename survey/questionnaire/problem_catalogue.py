"""Every problem that a file can have: its stable code, what it says, how to mend it.

In a sentence `{name}` stands for what the file says, `{near}` for the known name most like it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Told(NamedTuple):
    """The sentences of a problem: what is wrong, and how to mend it."""

    message: str
    mend: str


NOT_READABLE: Final[Mapping[str, Told]] = {
    "too-large": Told(
        "The file is larger than 1 MiB.",
        "Split it into several questionnaires, or take out what is not asked.",
    ),
    "empty-file": Told(
        "The file is empty.",
        "Write an object in braces, beginning with {{ and ending with }}.",
    ),
    "not-utf-8": Told(
        "The byte {byte} here is not UTF-8, so the letters cannot be told.",
        "Save the file again and choose UTF-8 as its encoding.",
    ),
    "byte-order-mark": Told(
        "The file begins with a byte order mark, which nobody sees.",
        "Save the file again as UTF-8 without a byte order mark (BOM).",
    ),
    "unpaired-surrogate": Told(
        "This text holds half a character (an unpaired surrogate).",
        "Type the character itself instead of its \\u code, or write both halves of the code.",
    ),
    "nested-too-deep": Told(
        "Lists and objects stand within each other more than {limit} deep here.",
        "Take some of the brackets away: no questionnaire needs so many.",
    ),
    "duplicate-key": Told(
        "The key {name} stands twice in this object; the first is at {first}.",
        "Keep one of the two and delete or rename the other.",
    ),
    "number-too-large": Told(
        "The number {name} is too large to be kept exactly.",
        "Write a number between -9007199254740991 and 9007199254740991.",
    ),
    "trailing-comma": Told(
        "A comma stands here, and nothing follows it before the {name}.",
        "Delete this comma.",
    ),
    "missing-comma": Told(
        "A comma is missing before this.",
        "Put a comma at the end of what stands before it, on line {line}.",
    ),
    "missing-colon": Told(
        "A colon is missing after the key {name}.",
        "Write the key in quotes, a colon, then the value.",
    ),
    "missing-value": Told(
        "A value is missing before the {name}.",
        "Write the value here, or delete what was begun.",
    ),
    "unquoted-key": Told(
        "A key in double quotes is needed here, not {name}.",
        'Put the key in double quotes, as in "title".',
    ),
    "wrong-quotes": Told(
        "The quotation mark {name} does not begin a text in JSON.",
        'Use straight double quotes, as in "title".',
    ),
    "comment": Told(
        "A comment stands here, and JSON has none.",
        'Delete it, or keep it as a text under a key that begins with x-, as in "x-note".',
    ),
    "not-a-number": Told(
        "{name} is not a number that JSON knows.",
        "Write a number in figures, or leave the key out.",
    ),
    "bad-number": Told(
        "{name} is not written as JSON writes numbers.",
        "Write it like 7, -7 or 0.5: no plus sign, no zero in front, a figure before the point.",
    ),
    "bad-word": Told(
        "The word {name} stands here without quotes.",
        "Put a text in double quotes. Only true, false and null, in small letters, have none.",
    ),
    "unclosed-text": Told(
        "The text that begins here is not closed on its line.",
        "Put a double quote at its end. For a line break within a text write \\n.",
    ),
    "control-character": Told(
        "A character nobody sees ({name}) stands in this text.",
        "Delete it; for a tab write \\t.",
    ),
    "bad-escape": Told(
        "A backslash stands here before {name}, which means nothing in JSON.",
        'Write \\\\ for a backslash, \\" for a quotation mark, \\n for a line break, and \\u with '
        "four figures for a character by its number.",
    ),
    "wrong-bracket": Told(
        "The {name} here does not close the {opener} at {opened}.",
        "Write {wanted}, or take one of the two away.",
    ),
    "unclosed": Told(
        "The file ends, but the {opener} at {opened} is not closed.",
        "Write {wanted} where it should end.",
    ),
    "extra-text": Told(
        "Something follows after the end of the file’s object.",
        "Delete it, or move it before the last bracket.",
    ),
    "stray-character": Told(
        "The character {name} has no meaning here.",
        "Delete it.",
    ),
}
"""Faults of the text itself. Those of syntax end the reading; the others do not."""

MISSHAPEN: Final[Mapping[str, Told]] = {
    "unknown-file": Told(
        "It cannot be told what kind of file this is.",
        "A questionnaire has “sections”, a capability “steps”, a capability map “groups”, "
        "the list of roles “roles”, the list of case studies “case_studies”.",
    ),
    "unknown-key": Told(
        "The key {name} is not known here.",
        "{near} A key of your own begins with x-.",
    ),
    "misplaced-key": Told(
        "The key {name} does not belong to a question of the kind {kind}, only to {kinds}.",
        "Delete it, or change the kind of the question.",
    ),
    "missing-key": Told(
        "The key {name} is missing in this object.",
        "Add {name} to it: {wanted}.",
    ),
    "wrong-type": Told(
        "This is {found}, but {wanted} is needed.",
        "Write {wanted} here.",
    ),
    "empty-text": Told(
        "This text is empty.",
        "Write the text.",
    ),
    "too-long": Told(
        "This text has {length} characters, more than the {limit} that fit.",
        "Shorten it to {limit} characters.",
    ),
    "bad-id": Told(
        "The id {name} is not written as an id.",
        "Use small letters a to z, figures and single hyphens, as in {example}.",
    ),
    "unknown-value": Told(
        "{name} is not one of the words that can stand here.",
        "{near}",
    ),
    "unknown-format": Told(
        "The file says that it is in another format than 1.",
        'Write "format": 1.',
    ),
    "out-of-range": Told(
        "The number {name} is out of range here.",
        "Write a whole number from {lowest} to {highest}.",
    ),
    "bad-weight": Told(
        "A weight is a whole number from 1 to 100; this is {found}.",
        "Write a whole number from 1 to 100, or leave the weight out: it is then 1.",
    ),
    "bad-step": Told(
        "A step is one of the numbers 1 to 5; this is {found}.",
        "Write 1, 2, 3, 4 or 5.",
    ),
    "bad-url": Told(
        "{name} is not a web address.",
        "Write the whole address, beginning with https://.",
    ),
    "bad-digest": Told(
        "{name} is not the beginning of a version’s SHA-256.",
        "Copy at least the first 8 characters of the version’s SHA-256: figures and a to f.",
    ),
    "not-five-steps": Told(
        "There are {count} texts here, but there are five steps.",
        "Write five texts, the lowest step first.",
    ),
    "not-four-cut-points": Told(
        "There are {count} cut points here, but four part five steps.",
        "Write four numbers: from each one on an answer is a step higher.",
    ),
    "too-few-options": Told(
        "There are fewer than two options to choose from.",
        "Write at least two options.",
    ),
    "empty-section": Told(
        "This section has no questions.",
        "Add a question, or delete the section.",
    ),
    "too-few": Told(
        "This list is empty.",
        "Write at least one entry, or delete the list where it is not needed.",
    ),
    "too-many": Told(
        "There are {count} entries here, more than the {limit} that are allowed.",
        "Keep {limit} or fewer.",
    ),
    "too-many-languages": Told(
        "There are translations into {count} languages, more than the {limit} that are allowed.",
        "Keep {limit} or fewer.",
    ),
    "not-one-operator": Told(
        "This test has {count} operators, but a test asks one thing.",
        "Use one of {operators}. Join several tests with “all” or “any”.",
    ),
    "too-many-problems": Told(
        "The file has {count} problems; the first {limit} are listed.",
        "Mend these first, then check again.",
    ),
}
"""Faults of one value, whatever stands elsewhere."""

MEANINGLESS: Final[Mapping[str, Told]] = {
    "id-used-twice": Told(
        "The id {name} is used twice; the first is at {first}.",
        "Give one of the two another id.",
    ),
    "asked-twice": Told(
        "The capability {name} is asked twice; the first is at {first}.",
        "Delete one of the two.",
    ),
    "listed-twice": Told(
        "{name} is listed twice; the first is at {first}.",
        "Delete one of the two.",
    ),
    "reserved-id": Told(
        "The id {name} is kept for the product’s own use.",
        "Choose another id, as in {example}.",
    ),
    "id-not-file-name": Told(
        "The id {name} does not fit the file’s name, which asks for {wanted}.",
        "Write {wanted} as the id, or rename the file.",
    ),
    "unknown-capability": Told(
        "There is no capability {name}.",
        "{near} Capabilities are the files under capabilities/.",
    ),
    "unknown-framework": Told(
        "There is no capability map {name}.",
        "{near} Capability maps are the files under frameworks/.",
    ),
    "unknown-role": Told(
        "There is no role {name}.",
        "{near} Roles stand in roles.json.",
    ),
    "unknown-language": Told(
        "{name} is not the code of a language.",
        "Write two small letters, as in “en” or “cy”, and a region only where it matters: “en-GB”.",
    ),
    "main-language-translated": Told(
        "{name} is the language that the texts themselves are in.",
        "Delete these translations, or change “language”.",
    ),
    "unknown-text-key": Told(
        "The translation key {name} names no text of this file.",
        "{near} A key is an id and what is translated, as in “why-low.text”.",
    ),
    "unknown-answer-set": Told(
        "There is no answer set {name}.",
        "{near} Answer sets stand under “answer_sets”.",
    ),
    "same-text": Told(
        "This text is the same as the one at {first}, so nobody can tell them apart.",
        "Reword one of the two.",
    ),
    "cut-points-not-monotone": Told(
        "The cut points do not rise (or fall) from each to the next.",
        "Write four different numbers in rising order, or falling where less is better.",
    ),
    "cut-point-outside": Told(
        "The cut point {name} lies outside of what can be answered, so a step is out of reach.",
        "Choose it between “minimum” and “maximum”.",
    ),
    "minimum-above-maximum": Told(
        "The minimum {minimum} is not below the maximum {maximum}.",
        "Swap them, or leave one out.",
    ),
    "evidence-without-step": Told(
        "The option {name} does not say which step it is evidence for.",
        "Give it a “step” from 2 to 5.",
    ),
    "evidence-below-two": Told(
        "Nothing needs to be shown for step 1: everybody is there.",
        "Give this option a “step” from 2 to 5.",
    ),
    "evidence-gap": Told(
        "No option of this checklist is evidence for step {step}, but one is for step {above}.",
        "Add an option with “step” {step}, or lower the steps above it.",
    ),
    "about-you-kind": Told(
        "A question about the person is of the kind “choice”, not {name}.",
        "Ask it as a choice: any other answer could tell who somebody is.",
    ),
    "too-many-questions": Told(
        "The questionnaire asks {count} questions, more than the {limit} that are allowed.",
        "Ask about fewer capabilities, or with less depth.",
    ),
    "unknown-question": Told(
        "There is no question {name} to ask about.",
        "{near}",
    ),
    "later-question": Told(
        "The question {name} is not asked before this one.",
        "Move this question behind it, or ask about an earlier one.",
    ),
    "wrong-operator": Told(
        "{operator} cannot be asked of {name}, a question of the kind {kind}.",
        "Use one of {operators}.",
    ),
    "impossible-value": Told(
        "The question {name} cannot have the answer {value}.",
        "{possible}",
    ),
    "condition-too-long": Told(
        "This condition has {count} tests, more than the {limit} that are allowed.",
        "Use “in” with a list instead of many tests, or ask fewer things.",
    ),
    "never-shown": Told(
        "No answers make this condition true, so the question can never be shown.",
        "Change the condition, or delete the question.",
    ),
    "modules-without-number": Told(
        "The section {name} is a module, but nothing says how many modules a person gets.",
        'Add "modules": {{"per_person": 1}} to the questionnaire.',
    ),
    "number-without-modules": Told(
        "No section is a module, so none can be shared out.",
        'Delete “modules”, or add "module": true to sections.',
    ),
    "too-many-modules": Told(
        "Each person is to get {count} modules, but only {limit} can be shared out.",
        "Write {limit} or less.",
    ),
}
"""Faults of values that do not go together."""

CATALOGUE: Final[Mapping[str, Told]] = {**NOT_READABLE, **MISSHAPEN, **MEANINGLESS}
