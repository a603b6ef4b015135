"""English words and phrases by which the rules on wording find what they are for.

A hyphen joins: “all-staff” holds no “all”. What stands in a list of exceptions says one thing, or
says it with a measure, though a word in it looks as if it did not.
"""

from __future__ import annotations

import re
from typing import Final


def any_of(*phrases: str) -> re.Pattern[str]:
    """Any of these expressions as whole words, in capitals or small letters."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])", re.IGNORECASE)


_WHERE: Final = "(?:teams?|services?|units?|departments?|directorates?|councils?|organisations?)"

ASIDE: Final = re.compile(r"\([^()]*\)|https?://\S+|(?:such as|for example|for instance)\b[^.?!;]*")
"""What explains and asks nothing."""
JOINING: Final = re.compile(
    r"(?<![\w-])(?:and|or|as well as)(?![\w-])|(?<=[a-z])/(?=[a-z])", re.IGNORECASE
)
ONE_THING: Final = any_of(
    r"(?:agree|true|yes|right) or (?:disagree|false|no|wrong)",
    r"(?:he|she|him|her|his|hers|they|them|their)(?:/| or )(?:he|she|him|her|his|hers|they|them)",
    rf"{_WHERE} or {_WHERE}",
    r"between [^.?!;]{1,40}? and",
    r"[\w-]+ or (?:more|less|fewer|above|below|over|under|earlier|later|older|younger)",
    r"(?:more|sooner|whether) or (?:less|later|not)",
    r"(?:one|two|three|four|five|six|\d+) or (?:one|two|three|four|five|six|seven|\d+)",
    r"(?:again|now|over|by) and (?:again|then|over|large)",
    "and so on",
    "back and forth",
    "black and white",
    "bread and butter",
    "cause and effect",
    "checks and balances",
    "children and young people",
    "copy and paste",
    "day and night",
    "drag and drop",
    "equality and diversity",
    "equality, diversity and inclusion",
    "diversity and inclusion",
    "first and foremost",
    "first and last",
    "fruit and vegetables",
    "give and take",
    "health and safety",
    "health and social care",
    "health and wellbeing",
    "learning and development",
    "live and work",
    "names? and addresse?s?",
    "policies and procedures",
    "profit and loss",
    "pros and cons",
    "questions and answers",
    "research and development",
    "roles and responsibilities",
    "rules and regulations",
    "safe and sound",
    "supply and demand",
    "terms and conditions",
    "trial and error",
    "tried and tested",
    "ups and downs",
    "up and running",
    "voluntary and community sector",
    "wear and tear",
)
"""What holds a joining word and yet says one thing."""
NAME: Final = re.compile(r"(?<=\w )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4} and (?=[A-Z])")
"""The first half of a name, such as “Children and Families”; not at the start of a sentence."""

NEGATIVE: Final = any_of(
    "not",
    "no",
    "never",
    r"\w+n[’']t",
    "cannot",
    "without",
    "fail(?:s|ed|ing|ure|ures)?",
    "lack(?:s|ed|ing)?",
)
NOT_NEGATIVE: Final = any_of(
    "not only",
    "(?<=, )not(?! at all)",
    "no (?:later|more|less|fewer) than",
    "no matter",
    "no longer than",
    "(?:whether )?or not",
    "with or without",
    "if not",
    "not least",
    "without delay",
    "nothing but",
)
LEADING: Final = any_of(
    "surely",
    "obviously",
    "of course",
    "needless to say",
    "(?:(?:don|wouldn|aren|shouldn)[’']t (?:you|we)|isn[’']t it)",
    "(?:do|would) you (?:not )?agree that",
    "as (?:you|we all|everyone|everybody) knows?",
)
CLEARLY: Final = re.compile(r"(?:^|[.?!] )clearly\b|\bclearly,", re.IGNORECASE)
"""As a verdict; “roles are clearly described” says how they are described."""
ABSOLUTE: Final = any_of("always", "never", "all", "every", "none", "only", "completely")
NOT_ABSOLUTE: Final = any_of(
    r"every (?:\w+ )?(?:hour|day|night|week|fortnight|month|quarter|term|year|days|weeks|months"
    r"|years|time|morning|evening)",
    r"all (?:day|night|week|month|year|along|round|around|right|in all)",
    "(?:at|after|above|first of|once and for|not|nearly|almost) (?:all|every)",
    "(?:not|nearly|almost) (?:always|never|every|only)",
    "if only",
    "only (?:once|then|after|if|when)",
)
VAGUE: Final = any_of(
    "(?<!how )(?<!as )(?<!so )(?:often|many|good)", "frequently", "regularly", "usually"
)
VAGUE_OF_STEPS: Final = any_of("(?<!how )often", "^many", "frequently", "regularly", "usually")
"""What a step says of how often, or of how many at its beginning, decides who chooses it."""
NOT_VAGUE: Final = any_of(
    "“[^”]*”",
    "good (?:practice|reasons?|faith|enough|time|news|idea|at)",
    "(?:what|common|public|for) good",
    "(?:a )?(?:great|good) many",
)
NUMBER: Final = any_of(
    r"\d[\d.,]*",
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen",
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half",
)
ONLY_SOME: Final = any_of(
    r"if (?:you|your (?:team|job|role|work|service)) (?:manages?|leads?|supervises?|uses?|holds?"
    r"|handles?|works? (?:with|in|on)|deals? with|has|have|are (?:an?|in|part of|responsible)) "
    r"[\w’'-]+(?: [\w’'-]+)?",
    "if (?:applicable|relevant|any)",
)
"""What says that a question is not for everybody."""
WHOLE: Final = any_of("overall", "all in all", "on the whole", "taken together")

OPTING_OUT: Final = re.compile(
    r"^(?:i )?(?:do not|don[’']t|can[’']t|cannot) (?:know|say)\b|^(?:i[’']m )?(?:not|un)\s?sure\b"
    r"|^(?:i(?:[’']d| would) )?(?:prefer|rather) not\b"
    r"|^(?:not applicable|n/?a|does(?:n[’']t| not) apply)\b",
    re.IGNORECASE,
)
NOT_FOR_ME: Final = re.compile(
    rf"{OPTING_OUT.pattern}|^(?:i (?:do not|don[’']t)|no|none|not)\b", re.IGNORECASE
)
"""Options for those whom a question is not for."""
NONE_OF_THESE: Final = re.compile(r"^none of (?:these|the above|them)\b", re.IGNORECASE)
"""Options that people are offered anyway."""
