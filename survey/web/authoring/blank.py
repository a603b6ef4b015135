"""What a new file begins as: small, and valid."""

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

BLANK_CAPABILITY = """{
  "$schema": "../../schema/capability-1.json",
  "id": "own/repairing-roads",
  "name": "Repairing roads",
  "summary": "Finding damage early, and repairing it before it grows.",
  "steps": [
    "Damage is repaired when somebody complains.",
    "Some roads are inspected, and what is found is written down.",
    "Every road is inspected on a plan, and repairs follow what is found.",
    "What inspections show is compared with complaints and costs, and changes the plan.",
    "Damage is foreseen, and most is prevented with neighbours and suppliers."
  ],
  "practices": [
    {"id": "inspect", "text": "We inspect each road at least once a year."}
  ],
  "roles": []
}
"""

BLANK_MAP = """{
  "$schema": "../schema/framework-1.json",
  "id": "our-map",
  "title": "Our own map",
  "publisher": "Our organisation",
  "about": "What we want to look at together.",
  "groups": [
    {
      "id": "users",
      "title": "Knowing our users",
      "capabilities": ["digital/user-research"]
    }
  ]
}
"""
