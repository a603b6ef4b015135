"""The file by which organisations compare themselves: the figures that one shows, signed.

Signed with Ed25519 (RFC 8032) is the canonical JSON (RFC 8785) of all of the file but the
signature. The key in the file says which organisation it is; that it is that organisation's, an
admin makes sure of by another way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from marshmallow import ValidationError, post_load, validates_schema

from survey.questionnaire.check_shape import load
from survey.questionnaire.faults import Value, Words
from survey.questionnaire.problems import InvalidFile, Problem
from survey.questionnaire.shapes import (
    CAPABILITY_ID,
    SLUG,
    Flag,
    Form,
    Items,
    Number,
    ObjectSchema,
    Part,
    Refused,
    Table,
    Text,
    Whole,
)
from survey.questionnaire.source import MAX_BYTES, read, tell

__all__ = [
    "MAX_BYTES",
    "SharedFigure",
    "SharedWave",
    "SignedWave",
    "fingerprint_of",
    "problem",
    "read_signed",
    "signed",
]

FORMAT: Final = "maturity-survey-benchmark"
VERSION: Final = 1
FEWEST_PEOPLE: Final = 5
"""Behind any figure of any installation."""
MOST_PEOPLE: Final = 10_000_000
LONGEST_NAME: Final = 200
SHA_256: Final = Form(re.compile("[0-9a-f]{64}"), "bad-digest", "64 figures and letters a to f")
SIGNATURE: Final = Form(re.compile("[0-9a-f]{128}"), "bad-digest", "128 figures and letters a to f")
ONE_LINE: Final = Form(
    re.compile("[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*"), "control-character", ""
)
"""What is shown to whoever confirms a key neither breaks a line nor runs backwards."""
MEND: Final = "Ask for the file again and hand it in as it came: any change breaks its signature."


@dataclass(frozen=True, slots=True)
class SharedFigure:
    """What people say of a capability. `asked`: the fingerprint of how (see
    `questionnaire.likeness`); `counts`: people at each step."""

    asked: str
    counts: tuple[int, ...]
    mean: float

    @property
    def people(self) -> int:
        """How many rated it."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SharedWave:
    """What an organisation shows of a closed wave, all of it together, and nothing withheld.

    `wave` is its short name; `year` and `month` are those in which it closed; `people` who answered
    is None where that is withheld; `questionnaire` is the digest of the version that was asked.
    """

    organisation: str
    wave: str
    wave_name: str
    year: int
    month: int
    simulated: bool
    people: int | None
    questionnaire: str
    capabilities: Mapping[str, SharedFigure]


@dataclass(frozen=True, slots=True)
class SignedWave:
    """A file whose signature fits: what it says, the public key in hexadecimal, and the SHA-256 of
    what was signed."""

    shared: SharedWave
    key: str
    digest: str


class _FigureSchema(ObjectSchema):
    asked = Text("How it was asked.", form=SHA_256, required=True)
    counts = Items(
        "People at each step, lowest first.",
        Whole("People.", lowest=0, highest=MOST_PEOPLE, required=True),
        fewest=5,
        most=5,
        few="not-five-steps",
        many="not-five-steps",
        required=True,
    )
    mean = Number("The mean of what they said.", required=True)

    @validates_schema
    def is_a_figure(self, loaded: dict[str, Any], **_: Any) -> None:
        """Refuse a mean that is no step, and figures of fewer people than may be shown anywhere."""
        people = sum(loaded["counts"])
        for key, number, lowest, highest in (
            ("mean", loaded["mean"], 1, 5),
            ("counts", people, FEWEST_PEOPLE, MOST_PEOPLE),
        ):
            if not lowest <= number <= highest:
                bounds: dict[str, Value] = {"lowest": lowest, "highest": highest}
                told = Refused("out-of-range", bounds | {"name": Words(number)})
                raise ValidationError({key: [told]})

    @post_load
    def to_figure(self, loaded: dict[str, Any], **_: Any) -> SharedFigure:
        """The figure."""
        return SharedFigure(**loaded)


class _WaveSchema(ObjectSchema):
    organisation = Text("Whose.", form=ONE_LINE, longest=LONGEST_NAME, required=True)
    wave = Text("Its short name.", form=SLUG, required=True)
    wave_name = Text("As it is known.", form=ONE_LINE, longest=LONGEST_NAME, required=True)
    year = Whole("In which it closed.", lowest=2000, highest=2200, required=True)
    month = Whole("In which it closed.", lowest=1, highest=12, required=True)
    simulated = Flag("Whether nobody was asked.", required=True)
    people = Whole("Who answered.", lowest=FEWEST_PEOPLE, highest=MOST_PEOPLE)
    questionnaire = Text("The SHA-256 of the version.", form=SHA_256, required=True)
    capabilities = Table(
        "By id.", Part("One.", lambda: _FigureSchema, required=True), form=CAPABILITY_ID
    )

    @post_load
    def to_wave(self, loaded: dict[str, Any], **_: Any) -> SharedWave:
        """The wave."""
        return SharedWave(**{"people": None, "capabilities": {}} | loaded)


class _FileSchema(ObjectSchema):
    format = Text("What kind of file.", words=(FORMAT,), required=True)
    version = Whole("Of the format.", lowest=VERSION, highest=VERSION, required=True)
    key = Text("With which it can be checked.", form=SHA_256, required=True)
    content = Part("What is signed.", lambda: _WaveSchema, required=True)
    signature = Text("Of the rest.", longest=128, form=SIGNATURE, required=True)


def signed(shared: SharedWave, key: Ed25519PrivateKey) -> bytes:
    """The file: the same for the same figures and key."""
    content = {
        name: getattr(shared, name)
        for name in SharedWave.__slots__
        if name != "capabilities" and getattr(shared, name) is not None
    }
    content["capabilities"] = {
        id_: {"asked": one.asked, "counts": list(one.counts), "mean": one.mean}
        for id_, one in shared.capabilities.items()
    }
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "key": key.public_key().public_bytes_raw().hex(),
        "content": content,
    }
    document["signature"] = key.sign(rfc8785.dumps(document)).hex()
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def read_signed(file: bytes) -> SignedWave:
    """What a file says, and who signed it.

    Raises InvalidFile: it cannot be read, is another kind of file, was changed after it was signed,
    or holds what no such file has; the last with every problem.
    """
    source = read(file)
    if source.problems:
        raise _invalid(source.problems)
    _check_kind(source.value)
    digest = _digest_of_signed(source.value)
    loaded, faults = load(_FileSchema, source.value)
    if faults:
        raise _invalid(tell(faults, source))
    return SignedWave(loaded["content"], loaded["key"], digest)


def fingerprint_of(key: str) -> str:
    """By which two people can tell over the telephone that they mean the same public key: 128 bits
    of its SHA-256, in groups of four characters."""
    digest = sha256(bytes.fromhex(key)).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def _invalid(problems: tuple[Problem, ...]) -> InvalidFile:
    return InvalidFile([replace(problem, mend=MEND) for problem in problems])


def problem(code: str, message: str, mend: str = MEND) -> InvalidFile:
    """A file that is refused as a whole."""
    return InvalidFile([Problem(1, 1, "", code, message, mend)])


def _check_kind(document: Any) -> None:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise problem(
            "not-a-benchmark",
            "This is not a file of figures to compare with.",
            "Choose a file that another organisation downloaded from the page of a closed wave.",
        )
    if document.get("version") != VERSION:
        raise problem(
            "unknown-version",
            f"The file is in a form that this version does not know; it knows {VERSION}.",
            "Bring the older of the two installations up to date, then ask for the file again.",
        )


def _digest_of_signed(document: dict[str, Any]) -> str:
    rest = rfc8785.dumps({name: one for name, one in document.items() if name != "signature"})
    key, signature = document.get("key"), document.get("signature")
    try:
        if not (_is_written(key, SHA_256) and _is_written(signature, SIGNATURE)):
            raise InvalidSignature
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(key)))
        public.verify(bytes.fromhex(str(signature)), rest)
    except InvalidSignature as fault:
        raise problem(
            "bad-signature",
            "The signature does not fit: the file was changed on the way, or is not whole.",
        ) from fault
    return sha256(rest).hexdigest()


def _is_written(value: Any, form: Form) -> bool:
    return isinstance(value, str) and form.pattern.fullmatch(value) is not None
