"""Parts answered by a word or a few."""

from collections.abc import Mapping, Sequence
from typing import Any

from examgen import answers
from examgen.items.parts import Misconception, Part


class ShortText(Part):
    """A word or a few: the key and the misconceptions are names of meanings.

    ``forms`` lists how else each meaning may be written. Meanings that are neither the key nor a
    misconception are rejected ones; they and their slips of spelling are never taken for the key.
    A name that a function gives needs an entry of its own. ``slips`` is "right" or "review" (of a
    misspelt form), ``otherwise`` is "review" or "wrong" (of what is no form).
    """

    kind: answers.Words
    is_integer = False

    def __init__(
        self,
        key: Any,
        *,
        forms: Mapping[str, Sequence[str]] | None = None,
        slips: answers.Slips = "right",
        otherwise: answers.Otherwise = "review",
        misconceptions: Sequence[Misconception] = (),
        **rest: Any,
    ):
        super().__init__(key, misconceptions=misconceptions, **rest)
        named = [key, *(wrong.edit for wrong in misconceptions)]
        names = {name: () for name in named if isinstance(name, str)} | dict(forms or {})
        self.meanings = tuple(sorted((name, *others) for name, others in names.items()))
        self.kind = answers.Words(meanings=self.meanings, slips=slips, otherwise=otherwise)

    def neighbour(self, value: Any, step: int, place: int) -> Any:
        """Another meaning."""
        names = [forms[0] for forms in self.meanings]
        return names[(names.index(value) + step) % len(names)]
