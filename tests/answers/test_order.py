"""By what number the kinds put values in order, and how near right answers lie to it."""

import random
from fractions import Fraction

import pytest

from examgen.answers import Array, Decimal, Formula, Integer, OneChoice, Rational

KINDS = [
    Rational(),
    Decimal(digits=1),
    Decimal(digits=3),
    Decimal(places=0),
    Decimal(places=2),
    Decimal(absolute=Fraction(7)),
    Decimal(relative=Fraction(1, 2)),
    Decimal(absolute=Fraction(1, 10), relative=Fraction(1, 10)),
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_what_is_right_lies_within_reach(kind):
    rng = random.Random(1)
    right = 0
    for _ in range(3000):
        key = Fraction(rng.randint(-4000, 4000), rng.choice([1, 3, 7, 97]))
        near = float(key) * rng.choice([1, 1, 1.003, 1.04, 1.3])
        reading = kind.read(f"{near:.{rng.randint(0, 4)}f}")
        if kind.judge(reading, key).verdict == "right":
            right += 1
            apart = abs(kind.magnitude(reading.value) - kind.magnitude(key))
            assert apart <= kind.reach(reading.value), (reading.shown, key)
    assert right > 100


def test_an_array_is_ordered_by_its_first_entry():
    kind = Array((2, 2), entry=Decimal(places=1))
    assert kind.magnitude(((Fraction(5, 2), 1), (0, 0))) == Fraction(5, 2)
    assert kind.reach(((Fraction(5, 2), 1), (0, 0))) == Fraction(1, 20)


def test_texts_and_letters_have_no_number():
    assert Formula().magnitude("3") is None
    assert OneChoice(4).magnitude(2) is None
    assert Decimal(relative=Fraction(2)).magnitude(Fraction(1)) is None
    assert Integer().magnitude(7) == 7
