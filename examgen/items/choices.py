"""Parts answered by the letters of printed options."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from examgen import answers
from examgen.items.arrays import exact_value
from examgen.items.key import Key
from examgen.items.parts import Part


class MultipleChoice(Part):
    """One option out of several: the key, its misconceptions and further ``distractors``.

    ``option`` is the text of each, with its ``value`` filled in; the options are shuffled for
    every student.
    """

    is_integer = False

    def __init__(
        self, key: Any, *, option: str = "<<value>>", distractors: Sequence[Any] = (), **rest: Any
    ):
        super().__init__(key, **rest)
        self.option = option
        self.distractors = tuple(Key(value) for value in distractors)
        count = 1 + len(self.edits) + len(self.distractors)
        if count < 2:
            raise ValueError("a choice needs a misconception or a distractor beside its key")
        self.kind = answers.OneChoice(count=count)

    def coerce(self, raw: Any) -> Any:
        return exact_value(raw)


class MultipleResponse(Part):
    """Several options, each true or false: the key holds one truth value for each option.

    ``options`` are texts (each may use the parameters); ``scoring`` is "all-or-nothing",
    "per-option" or "right-minus-wrong".
    """

    def __init__(
        self,
        key: Any,
        *,
        options: Sequence[str],
        scoring: answers.Scoring = "per-option",
        **rest: Any,
    ):
        super().__init__(key, **rest)
        self.options = tuple(options)
        self.kind = answers.SeveralChoices(count=len(options), scoring=scoring)

    def coerce(self, raw: Any) -> Any:
        flags = tuple(int(bool(flag)) for flag in np.asarray(raw, dtype=object).ravel())
        if len(flags) != len(self.options):
            raise ValueError(f"{len(self.options)} options, but {len(flags)} truth values")
        return flags
