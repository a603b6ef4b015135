"""What the API answers of profiles. A figure that may not be seen says why, and has no numbers."""

from __future__ import annotations

from marshmallow import fields

from survey.api.schemas import FixedSchema, told

WITHHELD = "Why its numbers may not be seen: “too-few” or “protects-another”; null where they are."


class MeasureSchema(FixedSchema):
    """Figures of a capability or a question. Where they are withheld there is only `suppressed`."""

    n = fields.Integer(**told("How many people rated it.", always=False))
    counts = fields.List(
        fields.Integer(), **told("How many chose each step, from 1 to 5.", always=False)
    )
    dont_know = fields.Integer(**told("How many do not know.", always=False))
    not_applicable = fields.Integer(**told("For how many it does not apply.", always=False))
    mean = fields.Float(**told("The mean of the steps.", always=False))
    median = fields.Float(**told("The median, interpolated.", always=False))
    step = fields.Integer(
        **told("The highest step that more than half say they are at.", always=False)
    )
    agreement = fields.Float(**told("From -1, two camps, to 1, all alike.", always=False))
    interval = fields.List(
        fields.Float(), **told("Where the mean very likely lies (95 %): two steps.", always=False)
    )
    suppressed = fields.String(
        attribute="reason", dump_default=None, allow_none=True, **told(WITHHELD)
    )


class CapabilityFigureSchema(MeasureSchema):
    """A capability as a profile shows it."""

    id = fields.String(**told("The capability’s id."))
    name = fields.String(**told("What it is called."))
    group = fields.String(**told("The id of the group in which it is shown."))
    target = fields.Integer(allow_none=True, **told("The step that is to be reached, if one is."))
    gap = fields.Float(
        allow_none=True,
        **told("Target less mean; null where there is no target.", always=False),
    )


class GroupFigureSchema(FixedSchema):
    """Capabilities that are shown together. Where it is withheld there are no numbers."""

    id = fields.String(**told("Its id."))
    title = fields.String(**told("What it is called."))
    mean = fields.Float(**told("The mean of the means of its capabilities.", always=False))
    steps = fields.List(
        fields.Integer(),
        **told("How many of its capabilities are at each step, from 1 to 5.", always=False),
    )
    published = fields.Integer(**told("How many of them may be seen.", always=False))
    total = fields.Integer(**told("How many there are.", always=False))
    suppressed = fields.String(allow_none=True, **told(WITHHELD))


class QuestionFigureSchema(MeasureSchema):
    """One question, as it was rated."""

    id = fields.String(**told("The question’s id."))
    name = fields.String(**told("What is asked."))
    capability = fields.String(allow_none=True, **told("The id of what it measures, if anything."))


class OverallSchema(FixedSchema):
    """All capabilities together; empty where none may be seen."""

    steps = fields.List(
        fields.Integer(),
        **told("How many capabilities are at each step, from 1 to 5.", always=False),
    )


class _OfAWaveSchema(FixedSchema):
    wave = fields.String(**told("The wave’s short name."))
    organisation = fields.String(**told("The organisation’s short name."))
    unit = fields.String(
        allow_none=True, **told("The unit’s short name; null: the whole organisation.")
    )
    threshold = fields.Integer(**told("The fewest people behind any figure."))
    scale = fields.List(fields.String(), **told("What the five steps are called, from the first."))


class ProfileSchema(_OfAWaveSchema):
    """What an organisation, or a unit with all below it, can say about its maturity."""

    by = fields.String(allow_none=True, **told("Null: it is not split by a question."))
    state = fields.String(**told("The wave’s state: before it has closed there are no figures."))
    imported = fields.Boolean(**told("Whether the figures were counted elsewhere."))
    invited = fields.Integer(
        allow_none=True, **told("How many people were asked; null where that is not known.")
    )
    responded = fields.Integer(
        allow_none=True, **told("How many answered; null where that is withheld.")
    )
    r_indicator = fields.Float(
        allow_none=True,
        **told("How evenly the units below answered, from 0 to 1; null where it is not known."),
    )
    capabilities = fields.List(
        fields.Nested(CapabilityFigureSchema), **told("Its capabilities, group by group.")
    )
    groups = fields.List(fields.Nested(GroupFigureSchema), **told("How they are shown together."))
    questions = fields.List(
        fields.Nested(QuestionFigureSchema), **told("Its questions, where they are asked for.")
    )
    overall = fields.Nested(OverallSchema, **told("All of its capabilities together."))


class OptionSchema(FixedSchema):
    """An answer to the question by which a profile is split."""

    id = fields.String(**told("Its id."))
    name = fields.String(**told("What it says."))


class AgainstOthersSchema(FixedSchema):
    """How those who chose an option rate, beside everybody else."""

    delta = fields.Float(**told("From -1, all lower, to 1, all higher."))
    q = fields.Float(**told("Of all that are called different, the share that is by chance."))
    words = fields.String(**told("The same in words: “higher”, “no clear change” …"))


class OptionFigureSchema(MeasureSchema):
    """A capability, as those see it who chose an option."""

    id = fields.String(**told("The option’s id."))
    against_others = fields.Nested(
        AgainstOthersSchema, **told("How they differ, where that may be seen.", always=False)
    )


class CapabilityByOptionSchema(MeasureSchema):
    """A capability as everybody sees it, and by what people say about themselves."""

    id = fields.String(**told("The capability’s id."))
    name = fields.String(**told("What it is called."))
    gap_between_options = fields.Float(
        allow_none=True,
        **told("The highest mean less the lowest; null below two that are shown."),
    )
    options = fields.List(fields.Nested(OptionFigureSchema), **told("Each option’s figures."))


class BreakdownSchema(_OfAWaveSchema):
    """A profile of the whole organisation, split by a question that people answer about
    themselves."""

    by = fields.String(**told("The question’s id."))
    options = fields.List(fields.Nested(OptionSchema), **told("Its options."))
    capabilities = fields.List(fields.Nested(CapabilityByOptionSchema), **told("Each capability."))


class PracticeFigureSchema(FixedSchema):
    """A practice of a capability, as it was rated."""

    question = fields.String(attribute="id", **told("The question’s id."))
    text = fields.String(**told("What is asked."))
    n = fields.Integer(attribute="measure.n", **told("How many people rated it."))
    mean = fields.Float(attribute="measure.mean", **told("The mean of the steps."))


class GapSchema(FixedSchema):
    """A capability below its target."""

    id = fields.String(attribute="figure.id", **told("The capability’s id."))
    name = fields.String(attribute="figure.name", **told("What it is called."))
    n = fields.Integer(attribute="shown.n", **told("How many people rated it."))
    mean = fields.Float(attribute="shown.mean", **told("The mean of the steps."))
    step = fields.Integer(
        attribute="shown.step", **told("The highest step that more than half say they are at.")
    )
    target = fields.Integer(**told("The step that is to be reached."))
    gap = fields.Float(attribute="priority.gap", **told("Target less mean."))
    importance = fields.Float(
        allow_none=True,
        **told("How much it matters to people, from 1 to 5; null: not asked, or withheld."),
    )
    short = fields.Float(
        attribute="priority.short", **told("The share of people who rate it below the target.")
    )
    priority = fields.Float(
        attribute="priority.value", **told("How pressing it is: gap times importance, over 5.")
    )
    roles = fields.List(
        fields.String(), attribute="capability.roles", **told("The ids of the jobs that carry it.")
    )
    weakest = fields.List(
        fields.Nested(PracticeFigureSchema), **told("Its practices, the lowest rated first.")
    )


class ReachedSchema(FixedSchema):
    """A capability at or above its target."""

    id = fields.String(**told("The capability’s id."))
    name = fields.String(**told("What it is called."))
    mean = fields.Float(attribute="measure.mean", **told("The mean of the steps."))
    target = fields.Integer(**told("The step that was to be reached."))


class WithoutTargetSchema(FixedSchema):
    """A capability that has no target."""

    id = fields.String(**told("The capability’s id."))
    name = fields.String(**told("What it is called."))
    mean = fields.Float(attribute="measure.mean", **told("The mean of the steps."))


class NeedSchema(FixedSchema):
    """How much a role is needed."""

    role = fields.String(**told("The role’s id."))
    need = fields.Float(
        attribute="value", **told("The priorities of the capabilities that name it, added up.")
    )
    capabilities = fields.List(fields.String(), **told("Their ids."))


class GapsSchema(_OfAWaveSchema):
    """What to do first."""

    gaps = fields.List(fields.Nested(GapSchema), **told("Below target, the most pressing first."))
    reached = fields.List(fields.Nested(ReachedSchema), **told("At or above their target."))
    without_target = fields.List(fields.Nested(WithoutTargetSchema), **told("Shown, no target."))
    roles = fields.List(fields.Nested(NeedSchema), **told("Which roles that calls for."))


class DifferenceSchema(FixedSchema):
    """How opinion moved."""

    delta = fields.Float(attribute="change.delta", **told("From -1, all lower, to 1, all higher."))
    low = fields.Float(attribute="change.low", **told("Where it very likely lies (95 %): from."))
    high = fields.Float(attribute="change.high", **told("And to."))
    q = fields.Float(**told("Of all that are called changed, the share that is by chance."))
    words = fields.String(
        **told("“higher”, “slightly higher”, “no clear change”, “slightly lower” or “lower”.")
    )


class MomentSchema(FixedSchema):
    """A capability in one wave."""

    wave = fields.String(attribute="wave.slug", **told("The wave’s short name."))
    measure = fields.Nested(
        MeasureSchema,
        allow_none=True,
        **told("Its figures; null where it was not asked, or the unit was not there."),
    )
    broken = fields.String(
        **told("Why it cannot be compared with the last wave; empty where it can.")
    )
    change = fields.Nested(
        DifferenceSchema,
        allow_none=True,
        **told("Since the wave before it that can be compared; null where there is none."),
    )
    at_former_mix = fields.Float(
        allow_none=True,
        **told("The mean, had as many answered in each unit as then; null: no difference."),
    )


class CapabilityCourseSchema(FixedSchema):
    """A capability in every closed wave."""

    id = fields.String(**told("The capability’s id."))
    name = fields.String(**told("What it is called."))
    moments = fields.List(fields.Nested(MomentSchema), **told("Wave by wave, the earliest first."))


class GroupCourseSchema(FixedSchema):
    """Capabilities that are shown together, then and now."""

    title = fields.String(**told("What the group is called."))
    then = fields.Float(allow_none=True, **told("The mean of means before; null: too few."))
    now = fields.Float(allow_none=True, **told("The same now."))
    higher = fields.Integer(**told("How many are higher."))
    lower = fields.Integer(**told("How many are lower."))
    compared = fields.Integer(**told("How many can be compared."))
    members = fields.Integer(**told("How many there are."))


class ChangesSchema(_OfAWaveSchema):
    """What became of the capabilities of a wave since former ones."""

    waves = fields.List(
        fields.String(), **told("The short names of the waves, the earliest first.")
    )
    capabilities = fields.List(fields.Nested(CapabilityCourseSchema), **told("Each capability."))
    groups = fields.List(fields.Nested(GroupCourseSchema), **told("And each group."))
