"""Words, sentences, syllables, grade."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.reading import grade, grade_of, sentences, syllables, words

COUNTED_BY_EAR = """
people 2 service 2 every 2 before 2 research 2 organisation 5 capability 5 data 2 digital 3
innovation 4 council 2 colleague 2 decides 2 money 2 area 3 idea 3 evidence 3 measured 2 created 3
needed 2 used 1 changed 1 shared 1 table 2 leadership 3 responsible 4 learning 2 residents 3
written 2 asked 1 agree 2 agreed 2 value 2 manager 3 experiment 4 experience 4 policy 3 online 2
everyone 3 budget 2 reviewed 2 published 2 quality 3 usually 4 once 1 whole 1 does 1 goes 1 team 1
places 2 uses 2 services 3 processes 3 creates 2 science 2 being 2 trying 2 society 4 various 3
period 3 social 2 question 2 decision 3 information 4 technology 4 governance 3 government 3
business 2 different 3 little 2 simple 2 enable 3 results 2 procedure 3 structure 2 strategy 3
time 1 twelve 1 because 2 users 2 employee 3 staff 1 training 2 trained 1 roles 1 coaches 2
networks 2 quiet 2 trial 2 reliable 4 filled 1 movement 2 nation 2 special 2
colleagues 2 dialogue 3
"""
COMMON = """
ability 4 able 2 about 2 above 2 accept 2 access 2 account 2 across 2 action 2 actual 3 address 2
advice 2 after 2 against 2 agency 3 allow 2 almost 2 already 3 although 2 always 2 amount 2
analyse 3 analysis 4 annual 3 another 3 answer 2 anyone 3 appeal 2 apply 2 approach 2 argue 2
around 2 audience 3 available 4 average 3 become 2 began 2 behaviour 3 behind 2 believe 2
benefit 3 better 2 between 2 beyond 2 board 1 bought 1 bridge 1 budget 2 building 2 caring 2
caused 1 centre 2 certain 2 challenge 2 chances 2 change 1 changes 2 charity 3 children 2 choice 1
citizen 3 city 2 clear 1 climate 2 closed 1 committee 3 common 2 community 4 company 3 complete 2
computer 3 consider 3 contact 2 continue 3 councillor 3 country 2 course 1 courses 2 create 2
creative 3 culture 2 customer 3 deciding 3 deliver 3 department 3 describe 2 designed 2 develop 3
device 2 doing 2 drive 1 during 2 early 2 easily 3 economy 4 education 4 either 2 electric 3
employer 3 energy 3 engage 2 engine 2 enough 2 equipment 3 especially 4 europe 2 evaluate 4
evening 2 event 2 example 3 expect 2 expert 2 explain 2 family 3 favourite 3 finance 2 flexible 3
follow 2 future 2 general 3 giving 2 going 2 guidance 2 happened 2 having 2 helped 1 higher 2
history 3 hospital 3 housing 2 however 3 human 2 immediate 4 improve 2 include 2 increase 2
individual 5 industry 3 influence 3 interest 3 internet 3 issue 2 language 2 layout 2 library 3
lifetime 2 listened 2 local 2 managed 2 many 2 material 4 meaning 2 measure 2 medium 3 member 2
minute 2 mobile 2 national 3 nature 2 neighbour 2 network 2 obvious 3 office 2 older 2 open 2
opinion 3 option 2 order 2 outcome 2 owned 1 parent 2 partner 2 patient 2 payment 2 perhaps 2
personal 3 planning 2 pleasure 2 possible 3 practice 2 problem 2 programme 2 project 2 provide 2
purpose 2 radio 3 reading 2 really 2 reason 2 record 2 reduce 2 report 2 require 2 safety 2
scheme 1 section 2 serious 3 sharing 2 skills 1 software 2
"""


def counts_in(listed):
    return {word: int(count) for word, count in re.findall(r"(\w+) (\d)", listed)}


@pytest.mark.parametrize("listed", [COUNTED_BY_EAR, COMMON])
def test_syllables_are_counted_about_as_by_ear(listed):
    by_ear = counts_in(listed)
    wrong = {word for word, count in by_ear.items() if syllables(word) != count}
    assert all(abs(syllables(word) - by_ear[word]) == 1 for word in wrong)
    assert len(wrong) <= len(by_ear) / 50, wrong
    assert sum(map(syllables, by_ear)) == pytest.approx(sum(by_ear.values()), rel=0.01)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("idea", 3),
        ("lifetime", 2),
        ("safety", 2),
        ("organise", 3),
        ("organize", 3),
        ("interoperability", 8),
        ("Co-operation’s", 5),
        ("PEOPLE", 2),
        ("42", 1),
    ],
)
def test_the_syllables_of_single_words(word, count):
    assert syllables(word) == count


@given(st.text(max_size=20))
def test_anything_has_a_syllable(text):
    assert syllables(text) >= 1


def test_words_keep_their_apostrophes_and_hyphens():
    assert words("Don’t re-use 1,000 of people's e-mails.") == [
        "Don’t",
        "re-use",
        "1,000",
        "of",
        "people's",
        "e-mails",
    ]


def test_a_number_with_a_point_ends_no_sentence():
    assert sentences("It takes 3.5 days. Then: nothing!") == [
        "It takes 3.5 days",
        " Then",
        " nothing",
    ]


def test_the_grade_is_that_of_flesch_and_kincaid():
    assert grade_of(12, 1, 18) == pytest.approx(6.79)  # methods, T22
    text = "The cat sat on the mat. It had a hat."
    assert grade([text]) == pytest.approx(grade_of(10, 2, 10))


def test_nothing_to_read_has_no_grade():
    with pytest.raises(ValueError, match="no word"):
        grade(["…"])
