"""The judgement of one response, before the rules of the blueprint turn it into marks."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from examgen.answers import Value

UNDECIDED = "It could not be decided whether this is right; a person decides."


@dataclass(frozen=True)
class Judged:
    """The judgement of one response.

    ``credit`` is the share of the part's marks, None where a human must decide: then ``why`` says
    what about, and ``suggested`` is the credit that the rules would give. ``shown`` is how the
    response was read, ``names`` are the misconceptions recognised.
    """

    verdict: str
    credit: Fraction | None
    reason: str
    evidence: str = ""
    shown: str = ""
    value: "Value | None" = None
    names: tuple[str, ...] = ()
    why: str = ""
    suggested: Fraction | None = None

    def waiting(self, why: str) -> "Judged":
        """The same, but to be decided by a human."""
        suggested = self.suggested if self.credit is None else self.credit
        return replace(self, credit=None, suggested=suggested, why=why)


def without_dollars(text: str) -> str:
    """A text for a table, where formulas that read as they stand, such as ``$D = 3$``, lose the $.

    Formulas with TeX commands keep them, as the sign that they are TeX.
    """
    return re.sub(r"\$([^$]+)\$", lambda m: m[0] if set(m[1]) & set("\\^_{}") else m[1], text)
