"""Whether two formulas are the same function: every verdict says how it is known."""

from examgen.equivalence.canonical import prove_equal
from examgen.equivalence.compare import Key, Proof, compare
from examgen.equivalence.domain import Variable, points

__all__ = ["Key", "Proof", "Variable", "compare", "points", "prove_equal"]
