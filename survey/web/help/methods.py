"""The methods of a profile in words, with their sources."""

from __future__ import annotations

from typing import Final

METHODS: Final = (
    (
        "people",
        "Who counts",
        "Only answers that were sent. A person counts once for a capability, with the mean of "
        "their ratings by its questions, weighted as the questionnaire says; whoever rated less "
        "than half of what they were asked about it does not count. “I don’t know” and “doesn’t "
        "apply here” are counted beside the steps.",
        "our own rule.",
    ),
    (
        "step",
        "Step",
        "The highest step that more than half of the people reach or pass. Steps are an order, "
        "not a measure, so the step comes from shares, not from the mean.",
        "our own rule; on why not the mean, Liddell and Kruschke (2018).",
    ),
    (
        "step-range",
        "Where the step very likely lies",
        "From the highest step whose share at it or above has a lower limit over one half, to the "
        "highest whose upper limit is over one half; the limits are Wilson’s at 90 %.",
        "Wilson (1927).",
    ),
    (
        "mean",
        "Mean",
        "The sum of the people’s ratings divided by the number of people.",
        "a plain average.",
    ),
    (
        "interval",
        "Where the mean very likely lies",
        "With half a person added to each step (A people then, with mean E and variance V of a "
        "rating), E plus and minus 1.96 times the square root of V divided by A + 1, cut at 1 and "
        "5. It never has no width, and gives the same each time.",
        "moments of a Dirichlet distribution with Jeffreys’ prior.",
    ),
    (
        "median",
        "Median",
        "The interpolated median: m − ½ + (half the people − those below step m) ÷ those at step "
        "m, where m is the step in which half of the people is passed.",
        "textbook.",
    ),
    (
        "agreement",
        "Agreement",
        "Van der Eijk’s A: the counts are peeled into layers, each scored by how well its filled "
        "steps hang together, and averaged by the size of the layers. From 0.70 on people agree, "
        "from 0.45 broadly, from 0.20 views differ, below that they are spread; words stand from "
        "20 people on. Two camps are named where a step between has clearly fewer people than "
        "those on both sides, each of which holds a quarter.",
        "van der Eijk (2001); the words are ours.",
    ),
    ("gap", "Gap", "The target less the mean.", "our own rule."),
    (
        "priority",
        "Priority and need of roles",
        "The gap, where it is above 0, times the mean importance out of 5; importance counts as 5 "
        "where it was not asked. The need of a role is the sum over the capabilities that name it.",
        "our own rule.",
    ),
    (
        "change",
        "Differences and changes",
        "Cliff’s delta: how often somebody of one group chose a higher step than somebody of the "
        "other, less how often a lower one. Whether it is more than chance is tested by Brunner "
        "and Munzel’s statistic; where many are tested at once, q allows for that. With q below "
        "0.05 a delta of 0.147 or more is called higher or lower, a smaller one slightly so. Where "
        "the units directly below stayed the same but other shares of people answered, the mean "
        "at the former shares is said, too, if it differs by 0.10 or more.",
        "Cliff (1993), Brunner and Munzel (2000), Benjamini and Hochberg (1995), Romano (2006).",
    ),
    (
        "benchmark",
        "Among other organisations",
        "Only the same rated questions in the same words are compared, and of each organisation "
        "the wave that closed last. A quartile is the sum of all their means in order, each "
        "weighted by how likely it is the quartile: those near it weigh most, and it is the mean "
        "of none of them. Our own mean is in no quartile. They are shown from ten organisations "
        "on, where none gives more than a quarter of the people. Each organisation counts once, "
        "however many answered in it.",
        "the quantile estimator of Harrell and Davis (1982); the limits are ours.",
    ),
    (
        "units",
        "How far units differ",
        "ICC(1): the share of the variance that lies between the units directly below, of those "
        "that are shown. From 0.01 on a little, from 0.10 somewhat, from 0.25 strongly.",
        "LeBreton and Senter (2008).",
    ),
    (
        "response",
        "How evenly people answered",
        "One less twice the standard deviation of the units’ response rates, each weighted by who "
        "was invited. Below 0.80 response is called uneven. What that can do to a mean is at most "
        "that deviation divided by the whole rate, times how far ratings spread, for which 0.9 of "
        "a step is taken.",
        "the R-indicator of Schouten, Cobben and Bethlehem (2009); the limit is ours.",
    ),
    (
        "weights",
        "The mean, had all units answered alike",
        "Each unit directly below, and everybody in none that is shown, weighs the share of "
        "people invited there divided by the share of answers from there, at most 3. It is only "
        "said, beside the mean, where it differs by 0.10 or more: in all figures each person "
        "counts once. What weights cost is Kish’s design effect.",
        "post-stratification after Deming and Stephan (1940); Kish (1965).",
    ),
    (
        "diagnostics",
        "How questions did",
        "For authors. A question stands out where half of the people are at its lowest or highest "
        "step, four fifths at any one, over a third do not know, or over 5 % left it out. Of the "
        "questions of a capability, if three or more were rated by fifty people: Cronbach’s alpha, "
        "which stands out below 0.70 and above 0.95; McDonald’s omega of one factor; and each "
        "question’s correlation with the sum of the rest, which stands out below 0.30. Somebody "
        "gave one answer throughout where their longest run is ten or more and 90 % of what they "
        "rated.",
        "Cronbach (1951), McDonald (1999), Nunnally (1978), Meade and Craig (2012); on steps at "
        "which answers pile up, Terwee (2007), with limits of our own.",
    ),
    (
        "withheld",
        "What is withheld",
        "A unit is shown where at least the survey’s minimum rated, and hidden where subtracting "
        "the units below it would leave fewer than that, or people of whom all said that they do "
        "not know. Of the units to hide the smallest is chosen. Groups by what people say about "
        "themselves are added, the largest first, each only where no sum or difference of all "
        "that is shown, with any factors, tells about fewer than the minimum. It is decided once, "
        "when the wave closes, for everybody.",
        "on tables that cross: Fischetti and Salazar (2001), Kao (1994), Hundepool (2012).",
    ),
)
"""Each with its place on the page, its name, what is done, and its source."""
