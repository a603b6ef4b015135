"""What a new questionnaire begins as: small, and valid."""

BLANK = """{
  "format": 1,
  "id": "our-questionnaire",
  "title": "Our questionnaire",
  "language": "en",
  "introduction": "Say here what it is for.",
  "sections": [
    {
      "id": "users",
      "title": "Knowing our users",
      "questions": [
        {"capability": "digital/user-research", "depth": "step"},
        {"id": "anything-else", "kind": "text", "text": "Is there anything you want to add?"}
      ]
    }
  ]
}
"""
