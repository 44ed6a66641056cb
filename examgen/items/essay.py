"""Parts that a human marks."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from examgen import answers
from examgen.items.parts import Marks, Part, exact_marks


class Essay(Part):
    """A free text that a human marks by a rubric: marks and what earns them."""

    kind = answers.EssayText()

    def __init__(
        self,
        *,
        prompt: str,
        rubric: Mapping[str, Marks],
        model_answer: str,
        source: str = "",
    ):
        self.rubric = {text: exact_marks(marks) for text, marks in rubric.items()}
        self.model_answer = model_answer
        total = sum(self.rubric.values(), Fraction(0))
        super().__init__(None, prompt=prompt, marks=total, source=source)

    def coerce(self, raw: Any) -> Any:
        return raw
