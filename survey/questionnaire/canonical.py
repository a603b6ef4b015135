"""A frozen version: canonical JSON (RFC 8785), the digest by which it is known, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from survey.questionnaire.model import (
    Capability,
    CapabilityGroup,
    Json,
    Option,
    Practice,
    Question,
    Questionnaire,
    Section,
    Source,
)

FORMAT = 1


def canonical(questionnaire: Questionnaire) -> bytes:
    """The bytes of a version: the same for the same content on every machine."""
    return rfc8785.dumps({"format": FORMAT} | plain(questionnaire))


def digest(content: bytes) -> str:
    """The SHA-256 of a version's bytes, in hexadecimal: its name for ever."""
    return sha256(content).hexdigest()


def thaw(content: bytes) -> Questionnaire:
    """The questionnaire of a version's bytes: thaw(canonical(q)) == q."""
    value = json.loads(content)
    return Questionnaire(
        **_given(Questionnaire, value)
        | {
            "sections": tuple(_section(one) for one in value["sections"]),
            "about_you": tuple(_question(one) for one in value.get("about_you", ())),
            "capabilities": {one["id"]: _capability(one) for one in value.get("capabilities", ())},
            "groups": tuple(_group(one) for one in value.get("groups", ())),
        }
    )


def plain(value: Any) -> Json:
    """A value as JSON: dataclasses as objects without the fields left at their default."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: plain(content)
            for one in fields(value)
            if (content := getattr(value, one.name)) != _default(one)
            and not (isinstance(content, Mapping) and not content)
        } | _capabilities_in_order(value)
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def _capabilities_in_order(value: Any) -> dict[str, Json]:
    """A questionnaire's capabilities as a list: canonical objects forget their order."""
    if not isinstance(value, Questionnaire) or not value.capabilities:
        return {}
    return {"capabilities": [plain(one) for one in value.capabilities.values()]}


def _default(one: Field[Any]) -> Any:
    return one.default if one.default is not MISSING else MISSING


def _given(kind: type, value: Mapping[str, Json]) -> dict[str, Any]:
    """The constructor's arguments that `value` gives, with lists as the tuples they were."""
    return {one.name: _frozen(one, value[one.name]) for one in fields(kind) if one.name in value}


def _frozen(one: Field[Any], content: Json) -> Any:
    return tuple(content) if isinstance(content, list) and "tuple" in str(one.type) else content


def _section(value: Mapping[str, Json]) -> Section:
    questions = tuple(_question(one) for one in value["questions"])
    return Section(**_given(Section, value) | {"questions": questions})


def _question(value: Mapping[str, Json]) -> Question:
    options = tuple(Option(**one) for one in value.get("options", ()))
    return Question(**_given(Question, value) | {"options": options})


def _capability(value: Mapping[str, Json]) -> Capability:
    return Capability(
        **_given(Capability, value)
        | {
            "practices": tuple(Practice(**one) for one in value.get("practices", ())),
            "sources": tuple(Source(**one) for one in value.get("sources", ())),
        }
    )


def _group(value: Mapping[str, Json]) -> CapabilityGroup:
    return CapabilityGroup(**_given(CapabilityGroup, value))
