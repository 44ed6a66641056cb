"""Whether altered keys are still the key, by algebra."""

from collections.abc import Sequence

from examgen.answers import SetOf
from examgen.equivalence import prove_equal
from examgen.formula import Expression
from examgen.items.key import Key
from examgen.items.parts import Part


def still_the_key(expressions: Sequence[Expression], part: Part) -> bool:
    """Whether expressions are proved to give the key of a part, of a set in any order."""
    if isinstance(part.kind, SetOf):
        return _as_sets(expressions, part.key.expressions, part.kind.width)
    return identical(expressions, part.key)


def identical(expressions: Sequence[Expression], key: Key) -> bool:
    """Whether expressions are proved to be those of a key, entry by entry."""
    if not expressions or len(expressions) != len(key.expressions):
        return False
    return all(prove_equal(a, b) for a, b in zip(expressions, key.expressions, strict=True))


def _as_sets(expressions: Sequence[Expression], others: Sequence[Expression], width: int) -> bool:
    """Whether members of so many expressions are proved to be those of a set, in any order."""

    def members(flat: Sequence[Expression]) -> list[Sequence[Expression]]:
        return [flat[at : at + width] for at in range(0, len(flat), width)]

    def within(some: Sequence[Expression], all_of: Sequence[Expression]) -> bool:
        return all(
            any(all(map(prove_equal, one, other)) for other in members(all_of))
            for one in members(some)
        )

    return bool(expressions) and within(expressions, others) and within(others, expressions)
