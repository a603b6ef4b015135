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
places 2 uses 2 services 3 processes 3 creates 3 science 2 being 2 trying 2 society 4 various 3
period 3 social 2 question 2 decision 3 information 4 technology 4 governance 3 government 3
business 2 different 3 little 2 simple 2 enable 3 results 2 procedure 3 structure 2 strategy 3
time 1 twelve 1 because 2 users 2 employee 3 staff 1 training 2 trained 1 roles 1 coaches 2
networks 2 quiet 2 trial 2 reliable 4 filled 1 movement 2 nation 2 special 2
colleagues 2 dialogue 3
"""
SYLLABLES = {word: int(count) for word, count in re.findall(r"(\w+) (\d)", COUNTED_BY_EAR)}


def test_syllables_are_counted_about_as_by_ear():
    counted = {word: syllables(word) for word in SYLLABLES}
    wrong = {word for word, by_ear in SYLLABLES.items() if counted[word] != by_ear}
    assert all(abs(counted[word] - SYLLABLES[word]) == 1 for word in wrong)
    assert len(wrong) <= len(SYLLABLES) / 10
    assert sum(counted.values()) == pytest.approx(sum(SYLLABLES.values()), rel=0.03)


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
