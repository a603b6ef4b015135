"""SurveyJS surveys as others might write them."""

import json

from survey.exchange.surveyjs_in import from_surveyjs

LIKERT = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")


def survey(*elements, **more):
    """What comes of these elements."""
    return from_surveyjs(json.dumps({"elements": elements, **more}).encode())
