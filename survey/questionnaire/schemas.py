"""The shape of the files that authors write: the one description of it.

The parts of a question are in `question_schemas`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import post_load

from survey.questionnaire.model import (
    DEPTHS,
    Capability,
    CapabilityGroup,
    CaseStudy,
    Framework,
    Json,
    Practice,
    Publication,
    Role,
    Source,
)
from survey.questionnaire.question_schemas import (
    OptionSchema,
    about_you_entry,
    question_entry,
)
from survey.questionnaire.schema_fields import (
    LONGEST_INTRODUCTION,
    LONGEST_TEXT,
    a_title,
    an_id,
    five_texts,
    schema_address,
    translations,
)
from survey.questionnaire.shapes import (
    ADDRESS,
    CAPABILITY_ID,
    LANGUAGE,
    SLUG,
    Flag,
    Items,
    ObjectSchema,
    Part,
    Table,
    Text,
    Whole,
)


class PracticeSchema(ObjectSchema):
    """Something colleagues do that shows a capability at work."""

    id = an_id("Its id, unique in the capability: it never changes.")
    text = Text("What colleagues do: “We …”.", longest=LONGEST_TEXT, required=True)

    @post_load
    def to_practice(self, loaded: dict[str, Any], **_: Any) -> Practice:
        """The practice."""
        return Practice(**loaded)


class SourceSchema(ObjectSchema):
    """Where a capability comes from."""

    framework = an_id("The id of a capability map.", names="framework")
    name = a_title("What the capability is called there.")

    @post_load
    def to_source(self, loaded: dict[str, Any], **_: Any) -> Source:
        """The source."""
        return Source(**loaded)


class CapabilitySchema(ObjectSchema):
    """Something an organisation must be able to do, described at five steps."""

    address = schema_address()
    id = an_id(
        "Domain and name, as in digital/user-research: where the file is.", form=CAPABILITY_ID
    )
    name = a_title("What it is called.")
    summary = Text("What it is, in a sentence.", longest=LONGEST_TEXT, required=True)
    steps = five_texts(
        "Five behaviours that a colleague can see, each further than the one before."
    )
    practices = Items(
        "What colleagues do where the capability is at work.",
        Part("One practice.", lambda: PracticeSchema),
        most=50,
    )
    roles = Items("Ids of the roles that carry it.", an_id("A role of roles.json.", names="role"))
    enables = Items(
        "What the organisation gains.", Text("One gain.", longest=LONGEST_TEXT, required=True)
    )
    sources = Items("Where it comes from.", Part("One source.", lambda: SourceSchema))
    related = Items(
        "Capabilities close to it.", an_id("Its id.", form=CAPABILITY_ID, names="capability")
    )
    themes = Items("Themes that cut across domains.", an_id("A theme."))
    translations = translations()

    @post_load
    def to_capability(self, loaded: dict[str, Any], **_: Any) -> Capability:
        """The capability."""
        loaded.pop("address", None)
        return Capability(**loaded)


class CapabilityGroupSchema(ObjectSchema):
    """Capabilities that a map shows together."""

    id = an_id("Its id, unique in the map.")
    title = a_title("What it is called.")
    capabilities = Items(
        "Ids of its capabilities, in order.",
        an_id("A capability.", form=CAPABILITY_ID, names="capability"),
        fewest=1,
        required=True,
    )

    @post_load
    def to_group(self, loaded: dict[str, Any], **_: Any) -> CapabilityGroup:
        """The group."""
        return CapabilityGroup(**loaded)


class FrameworkSchema(ObjectSchema):
    """A capability map: groups of capabilities, with who published it."""

    address = schema_address()
    id = an_id("Its id: the file's name.")
    title = a_title("What it is called.")
    publisher = a_title("Who published it.")
    year = Whole("When it was published.", lowest=1900, highest=2100)
    url = Text("Where it can be read.", form=ADDRESS, longest=LONGEST_TEXT)
    about = Text("What it is and where it comes from.", longest=LONGEST_INTRODUCTION, required=True)
    groups = Items(
        "Its groups, in order.",
        Part("One group.", lambda: CapabilityGroupSchema),
        fewest=1,
        required=True,
    )
    translations = translations()

    @post_load
    def to_framework(self, loaded: dict[str, Any], **_: Any) -> Framework:
        """The map."""
        loaded.pop("address", None)
        return Framework(**loaded)


class RoleSchema(ObjectSchema):
    """A job that carries capabilities."""

    id = an_id("Its id.")
    name = a_title("What the job is called.")
    summary = Text("What somebody in it does.", longest=LONGEST_TEXT)

    @post_load
    def to_role(self, loaded: dict[str, Any], **_: Any) -> Role:
        """The role."""
        return Role(**loaded)


class RolesSchema(ObjectSchema):
    """The list of roles."""

    address = schema_address()
    roles = Items("The roles.", Part("One role.", lambda: RoleSchema), fewest=1, required=True)


class PublicationSchema(ObjectSchema):
    """Where a case study can be read in full."""

    title = a_title("What it is called.")
    publisher = a_title("Who published it.")
    year = Whole("When it was published.", lowest=1900, highest=2100)
    url = Text("Where it can be read.", form=ADDRESS, longest=LONGEST_TEXT)

    @post_load
    def to_publication(self, loaded: dict[str, Any], **_: Any) -> Publication:
        """The publication."""
        return Publication(**loaded)


class CaseStudySchema(ObjectSchema):
    """What an organisation gained by some capabilities."""

    id = an_id("Its id.")
    title = a_title("What was done.")
    organisation = a_title("Who did it.")
    text = Text("What was done and gained, retold.", longest=LONGEST_TEXT, required=True)
    figures = Items("What was gained, in figures.", a_title("One figure, with what it counts."))
    source = Part("Where it can be read in full.", lambda: PublicationSchema, required=True)
    capabilities = Items(
        "Ids of the capabilities that it illustrates.",
        an_id("A capability.", form=CAPABILITY_ID),
        fewest=1,
        required=True,
    )

    @post_load
    def to_case_study(self, loaded: dict[str, Any], **_: Any) -> CaseStudy:
        """The case study."""
        return CaseStudy(**loaded)


class CaseStudiesSchema(ObjectSchema):
    """The list of case studies."""

    address = schema_address()
    case_studies = Items(
        "The case studies.",
        Part("One case study.", lambda: CaseStudySchema),
        fewest=1,
        required=True,
    )


class SectionSchema(ObjectSchema):
    """Questions that belong together."""

    id = an_id("Its id, unique in the questionnaire.")
    title = a_title("What it is called.")
    introduction = Text("What people read before it.", longest=LONGEST_INTRODUCTION)
    one_page = Flag("Whether its questions stand on one page: else each has its own.")
    module = Flag("Whether it is shared out: asked of some people only.")
    questions = Items(
        "What is asked, in order.", question_entry(), fewest=1, few="empty-section", required=True
    )


class FrameworkSectionsSchema(ObjectSchema):
    """A capability map, asked with a section for each of its groups."""

    framework = an_id("The id of a capability map.", names="framework")
    depth = Text("How much is asked of each capability.", words=DEPTHS)
    one_page = Flag("Whether each section stands on one page.")
    module = Flag("Whether the sections are shared out.")


class ModulesSchema(ObjectSchema):
    """How modules are shared out."""

    per_person = Whole("How many modules each person gets.", lowest=1, highest=100, required=True)


def _section(value: Mapping[str, Json]) -> type[ObjectSchema]:
    return FrameworkSectionsSchema if "framework" in value else SectionSchema


class QuestionnaireSchema(ObjectSchema):
    """What staff answer: sections of questions, most of them derived from capabilities."""

    address = schema_address()
    format = Whole(
        "The format's version: 1.", lowest=1, highest=1, code="unknown-format", required=True
    )
    id = an_id("Its id.")
    title = a_title("What people read first.")
    language = Text("The language its texts are in.", form=LANGUAGE, names="language")
    licence = Text("Under which licence it may be used, by its SPDX id.")
    introduction = Text("What people read before they begin.", longest=LONGEST_INTRODUCTION)
    scale = five_texts("Other names for the five steps.", longest=40, required=False)
    about_you = Items(
        "Questions about the person, by which a profile can be split.",
        about_you_entry(),
    )
    sections = Items(
        "What is asked, in order.",
        Part(
            "A section, or a capability map with a section for each group.",
            lambda: SectionSchema,
            lambda: FrameworkSectionsSchema,
            choose=_section,
        ),
        fewest=1,
        required=True,
    )
    modules = Part("How modules are shared out.", lambda: ModulesSchema)
    answer_sets = Table(
        "Options that several questions share, by name.",
        Items(
            "Options.", Part("One option.", lambda: OptionSchema), fewest=2, few="too-few-options"
        ),
        form=SLUG,
    )
    translations = translations()
