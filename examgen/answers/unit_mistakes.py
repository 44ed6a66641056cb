"""How the right number may be wrong by its unit: factors that are missing, and what they tell."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from examgen.answers.units import FLOPS_PER_MAC, Unit, units_of

WORK = ("MACs", "FLOPs")
_SLIPS = (10, 100, 1000, 1024, 10**6, 2**20, 10**9, 2**30)
_PER_MAC = f"1 MAC is {FLOPS_PER_MAC} FLOPs here"


@dataclass(frozen=True)
class Mistake:
    """A factor that makes a wrong number the right one, and the words for it."""

    factor: Fraction
    words: str

    def is_near(self, value: int | Fraction, key: int | Fraction) -> bool:
        """Whether the factor takes a value to within a tenth of the key or so."""
        top = abs(value.numerator * key.denominator * self.factor.numerator)
        bottom = abs(key.numerator * value.denominator * self.factor.denominator)
        return 9 * top < 10 * bottom < 11 * top


@lru_cache(maxsize=1000)
def mistakes(asked: Unit, unit: Unit) -> tuple[Mistake, ...]:
    """What may be wrong with a number written in a unit where another, or the same, is asked."""
    if unit.dimension != asked.dimension:
        both_work = {unit.dimension, asked.dimension} == set(WORK)
        same = asked.factor / unit.factor if both_work else Fraction(1)
        wrong_unit = Mistake(same, f"the right number with the wrong unit: {unit.name} for "
                                   f"{asked.name}")  # fmt: skip
        return (_other_work(unit.dimension), wrong_unit) if both_work else (wrong_unit,)
    found = [
        Mistake(other.factor / unit.factor, f"the number is right {other.words}, not {unit.words}")
        for other in units_of(unit.dimension)
        if other.factor != unit.factor
    ]
    if unit.dimension in WORK:
        found.append(_other_work(WORK[unit.dimension == WORK[0]]))
    for slip in _SLIPS:
        found.append(Mistake(Fraction(1, slip), f"{slip} times too large"))
        found.append(Mistake(Fraction(slip), f"{slip} times too small"))
    return tuple(found)


def _other_work(written: str) -> Mistake:
    """FLOPs in place of MACs, or MACs in place of FLOPs."""
    factor = Fraction(1, FLOPS_PER_MAC) if written == "FLOPs" else Fraction(FLOPS_PER_MAC)
    return Mistake(factor, f"the number is right in {written}; {_PER_MAC}")
