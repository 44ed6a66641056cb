"""Examples: responses that an author expects certain marks for, tried when an item is proved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Expected = int | Fraction | str | None


@dataclass(frozen=True, kw_only=True)
class Example:
    """Responses to one item, by part, and the ``marks`` or ``verdicts`` that they must get.

    The item is that of a ``rank``, or ``at`` given values of the parameters. Marks are those of the
    part's declaration; None: a human decides. Options are lettered in the order of declaration.
    A part without a response is blank.
    """

    responses: Mapping[str, str] = field(kw_only=False)
    rank: int | None = None
    at: Mapping[str, Any] | None = None
    marks: Mapping[str, Expected] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.rank is None) == (self.at is None):
            raise ValueError("an Example is of one item: give it rank=… or at={…}")
        if not self.marks and not self.verdicts:
            raise ValueError("an Example expects something: give it marks={…} or verdicts={…}")
