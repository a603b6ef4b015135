"""Fields of a file's schemas. What they refuse they tell by code, never by a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Final, NoReturn

from marshmallow import Schema, ValidationError, fields, pre_load, validates_schema
from marshmallow.exceptions import SCHEMA

from survey.questionnaire.faults import Value, Words
from survey.questionnaire.model import Json

OWN_KEY: Final = "x-"
"""Keys that begin so are the author's own."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a field refused a value, or with `at_key` the key before it: a problem's code, and
    what its sentences need."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    at_key: bool = False


def refuse(code: str, **values: Value) -> NoReturn:
    """Refuse the value at hand. Raises ValidationError, always."""
    raise ValidationError([Refused(code, values)])


@dataclass(frozen=True, slots=True)
class Form:
    """How an id, an address or a code is written."""

    pattern: re.Pattern[str]
    code: str
    example: str


_SLUG: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
SLUG: Final = Form(re.compile(_SLUG), "bad-id", "user-research")
CAPABILITY_ID: Final = Form(re.compile(f"{_SLUG}/{_SLUG}"), "bad-id", "digital/user-research")
QUESTION_ID: Final = Form(re.compile(f"{_SLUG}(?:/{_SLUG})?(?::{_SLUG})?"), "bad-id", "why-low")
ADDRESS: Final = Form(re.compile(r"https?://[^\s/]\S*"), "bad-url", "https://example.org")
_LANGUAGES: Final = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)  # ISO 639-1
LANGUAGE: Final = Form(
    re.compile(f"(?:{'|'.join(_LANGUAGES.split())})(?:-[A-Z][a-z]{{3}})?(?:-[A-Z]{{2}})?"),
    "unknown-language",
    "cy",
)
TEXT_KEY: Final = Form(re.compile(r"[a-z0-9_./:-]+"), "unknown-text-key", "why-low.text")
DIGEST: Final = Form(re.compile("[0-9a-f]{8,64}"), "bad-digest", "1f0c9a7e")
LONGEST_ID: Final = 100
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


NAMES: Final = "x-names"
"""The keyword of our JSON Schemas that says of what a text is the id."""


class Shape(fields.Field[Any]):
    """A value of a file. `about` is the help that an editor shows; `names`: of what it holds the
    id, so that an editor can offer those there are."""

    wanted = Words("a value")
    wrong_type = "wrong-type"

    def __init__(
        self, about: str, *, required: bool = False, key: str | None = None, names: str = ""
    ) -> None:
        metadata = {"description": about} | ({NAMES: names} if names else {})
        super().__init__(required=required, data_key=key, metadata=metadata)

    def make_error(self, key: str, **_: Any) -> ValidationError:
        """The refusal of a value that is missing or of a wrong type."""
        code = "missing-key" if key == "required" else self.wrong_type
        return ValidationError([Refused(code, {"wanted": self.wanted})])


class Text(Shape):
    """A text: how long, how written, or one of which words. One that is not required may be
    empty."""

    wanted = Words("a text in double quotes")

    def __init__(
        self,
        about: str,
        *,
        longest: int = LONGEST_ID,
        form: Form | None = None,
        words: Sequence[str] = (),
        required: bool = False,
        key: str | None = None,
        names: str = "",
    ) -> None:
        super().__init__(about, required=required, key=key, names=names)
        self.longest, self.form, self.words = longest, form, words

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if unseen := _CONTROL.search(value):
            refuse("control-character", name=Words(f"U+{ord(unseen[0]):04X}"))
        if self.words:
            if value not in self.words:
                refuse("unknown-value", name=value, known=self.words)
            return value
        if self.form is not None and self.form.pattern.fullmatch(value) is None:
            refuse(self.form.code, name=value, example=self.form.example)
        if self.required and not value.strip():
            refuse("empty-text")
        if len(value) > self.longest:
            refuse("too-long", length=len(value), limit=self.longest)
        return value


class Whole(Shape):
    """A whole number within bounds. `code` tells one that is anything else."""

    wanted = Words("a whole number")

    def __init__(
        self,
        about: str,
        *,
        lowest: int,
        highest: int,
        code: str = "out-of-range",
        required: bool = False,
        key: str | None = None,
    ) -> None:
        super().__init__(about, required=required, key=key)
        self.lowest, self.highest, self.code = lowest, highest, code
        self.wrong_type = "wrong-type" if code == "out-of-range" else code

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("invalid")
        if not self.lowest <= value <= self.highest:
            refuse(self.code, name=Words(value), lowest=self.lowest, highest=self.highest)
        return value


class Number(Shape):
    """Any number."""

    wanted = Words("a number")

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> int | float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Scalar(Shape):
    """A text or a number: what an answer can be compared with."""

    wanted = Words("a text or a number")

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> str | int | float:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Flag(Shape):
    """true or false."""

    wanted = Words("true or false")

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Items(Shape):
    """A list. `few` and `many` are the codes that tell of too few and too many entries."""

    wanted = Words("a list in square brackets")

    def __init__(
        self,
        about: str,
        item: Shape,
        *,
        fewest: int = 0,
        most: int = 1000,
        few: str = "too-few",
        many: str = "too-many",
        required: bool = False,
        key: str | None = None,
    ) -> None:
        super().__init__(about, required=required, key=key)
        self.item, self.fewest, self.most, self.few, self.many = item, fewest, most, few, many

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if len(value) > self.most:
            refuse(self.many, count=len(value), limit=self.most)
        loaded, refused = _each(self.item, enumerate(value))
        if len(value) < self.fewest:
            refused[SCHEMA] = [Refused(self.few, {"count": len(value), "limit": self.fewest})]
        if refused:
            raise ValidationError(refused)
        return tuple(loaded.values())


class Table(Shape):
    """An object whose keys are the author's: ids or languages, all written alike."""

    wanted = Words("an object in braces")

    def __init__(
        self,
        about: str,
        item: Shape,
        *,
        form: Form,
        most: int = 10_000,
        many: str = "too-many",
        names: str = "",
    ) -> None:
        super().__init__(about, names=names)
        self.item, self.form, self.most, self.many = item, form, most, many

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if len(value) > self.most:
            refuse(self.many, count=len(value), limit=self.most)
        known = {key: one for key, one in value.items() if self._is_form(key)}
        loaded, refused = _each(self.item, known.items())
        for key in value.keys() - known.keys():
            refused[key] = [
                Refused(self.form.code, {"name": key, "example": self.form.example}, True)
            ]
        if refused:
            raise ValidationError(refused)
        return loaded

    def _is_form(self, key: str) -> bool:
        return len(key) <= LONGEST_ID and self.form.pattern.fullmatch(key) is not None


def _each(
    item: Shape, members: Iterable[tuple[Any, Json]]
) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The members as the field reads them, and why it refused the others."""
    loaded, refused = {}, {}
    for key, member in members:
        try:
            loaded[key] = item.deserialize(member)
        except ValidationError as error:
            refused[key] = error.messages
    return loaded, refused


class Part(Shape):
    """An object with its own schema: the one that `choose` names among several."""

    wanted = Words("an object in braces")

    def __init__(
        self,
        about: str,
        *schemas: Callable[[], type[ObjectSchema]],
        choose: Callable[[Mapping[str, Json]], type[ObjectSchema]] | None = None,
        required: bool = False,
        key: str | None = None,
    ) -> None:
        super().__init__(about, required=required, key=key)
        self.schemas = schemas
        self.choose = choose or (lambda _: schemas[0]())

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        return schema_of(self.choose(value)).load(value)


class Either(Shape):
    """A name, or the thing itself written out."""

    def __init__(self, about: str, name: Text, written: Shape, *, required: bool = False) -> None:
        super().__init__(about, required=required)
        self.name_field, self.written = name, written
        self.wanted = Words(f"{written.wanted} or {name.wanted}")

    def _deserialize(self, value: Json, attr: Any, data: Any, **_: Any) -> Any:
        if isinstance(value, str):
            return self.name_field.deserialize(value)
        if not isinstance(value, list):
            raise self.make_error("invalid")
        return self.written.deserialize(value)


class ObjectSchema(Schema):
    """An object of a file: unknown keys are refused, the author's own are passed over.

    `one_of` are keys of which exactly one must be there; `passed_over` are not looked at.
    """

    one_of: ClassVar[tuple[str, ...]] = ()
    passed_over: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__()
        keys = tuple(one.data_key or name for name, one in self.load_fields.items())
        self.error_messages: Any = {
            "type": Refused("wrong-type", {"wanted": Part.wanted}),
            "unknown": Refused("unknown-key", {"known": keys}, at_key=True),
        }

    @pre_load
    def leave_out_own_keys(self, value: Json, **_: Any) -> Json:
        """Take out the keys that are the author's own, or passed over."""
        if not isinstance(value, dict):
            return value
        return {
            key: one
            for key, one in value.items()
            if not key.startswith(OWN_KEY) and key not in self.passed_over
        }

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def has_exactly_one(self, _loaded: Json, original: Json, **_: Any) -> None:
        """Refuse an object with none, or with several, of the keys of which one is needed."""
        if self.one_of and isinstance(original, dict):
            count = sum(key in original for key in self.one_of)
            if count != 1:
                refuse("not-one-operator", count=count, operators=self.one_of)


@cache
def schema_of(kind: type[ObjectSchema]) -> ObjectSchema:
    """The one instance of a schema: making one costs far more than using it."""
    return kind()
