"""The judgement of one response, before the rules of the blueprint turn it into marks."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from examgen.answers import Judgement, Reading, Unreadable, Value

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


def unreadable(problem: Unreadable) -> Judged:
    """That of a response that could not be read."""
    message = problem.message
    if problem.position and "at character" not in message:
        message += f" (at character {problem.position})"
    stop = "" if message.endswith("?") else "."
    reason = f"The answer could not be read: {message}{stop} A person looks at it."
    cause = "spoiled by a spreadsheet" if problem.spoiled else "unreadable"
    return Judged("unreadable", None, reason, why=f"{cause}: {message}")


def ambiguous(
    reading: Reading, other: Reading, judgement: Judgement, credit: Fraction | None
) -> Judged:
    """That of a response of which another reading than the likeliest has marks."""
    reason = f"The answer can be read as {reading.shown} or as {other.shown}; a person decides."
    why = f"ambiguous: only the reading {other.shown} has marks, it was read as {reading.shown}"
    return Judged("undecided", None, reason, judgement.evidence, why=why, suggested=credit)


def without_dollars(text: str) -> str:
    """A text for a table, where formulas that read as they stand, such as ``$D = 3$``, lose the $.

    Formulas with TeX commands keep them, as the sign that they are TeX.
    """
    return re.sub(r"\$([^$]+)\$", lambda m: m[0] if set(m[1]) & set("\\^_{}") else m[1], text)
