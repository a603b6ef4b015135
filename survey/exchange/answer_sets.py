"""Options that several questions share: said once, and named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from survey.exchange.catalogue import Catalogue
from survey.exchange.foreign import ForeignOption
from survey.exchange.naming import Ids
from survey.exchange.option_entries import option_entries
from survey.questionnaire.model import Json

Named = Mapping[str, str]
"""Another tool's name of an option to its id here."""


class AnswerSets:
    """The answer sets of a file that is being made.

    lists: the name of each question's list of options, so as to know which are shared.
    ids: also those of the questions, whose names no answer set may have.
    """

    def __init__(self, lists: Iterable[str], ids: Ids, catalogue: Catalogue) -> None:
        self._uses = Counter(lists)
        self._ids, self._catalogue = ids, catalogue
        self._made: dict[tuple[str, tuple[ForeignOptionKey, ...]], tuple[str, Named]] = {}
        self.written: dict[str, Json] = {}

    def options(
        self, list_name: str, options: Sequence[ForeignOption], start: str, where: str
    ) -> tuple[Json, Named]:
        """What stands under a question's `options`: the name of a set, or the options themselves.

        start: the question's id.
        """
        if not list_name or self._uses[list_name] < 2:
            return option_entries(options, start, where, self._catalogue)
        return self.shared(list_name, options, where)

    def shared(
        self, list_name: str, options: Sequence[ForeignOption], where: str
    ) -> tuple[str, Named]:
        """The name of the set with these options, made if there is none."""
        key = (list_name, tuple(map(_key, options)))
        if key not in self._made:
            name = self._ids.take(list_name.lower().replace("/", "-").replace(":", "-"), "answers")
            entries, named = option_entries(options, name, where, self._catalogue)
            self.written[name] = entries
            self._made[key] = (name, named)
        return self._made[key]


ForeignOptionKey = tuple[str, int | None, tuple[tuple[str, str], ...]]


def _key(option: ForeignOption) -> ForeignOptionKey:
    return option.name, option.step, tuple(option.texts.items())
