"""Pairs with surds, logarithms, exponentials, trigonometry, rational powers, percent and units.

They are judged right or sent to a human, and never accepted or rejected falsely. That a pair is
equal or not is checked by mpmath with 60 digits, at points of its own.
"""

from fractions import Fraction

import mpmath
import pytest
from equivalence.independent import evaluator

from examgen.answers import Formula, Unreadable
from examgen.equivalence import Variable

VARIABLES = (
    Variable("x", 1, 50, integer=False),
    Variable("n", 1, 20),
    Variable("C", 1, 512),
    Variable("H", 1, 512),
)
NAMES = [variable.name for variable in VARIABLES]
POINTS = [
    (Fraction(7, 3), 5, 64, 32),
    (Fraction(13, 2), 1, 3, 224),
    (Fraction(1), 20, 17, 5),
    (Fraction(99, 2), 7, 512, 1),
    (Fraction(31, 7), 12, 100, 63),
]

EQUAL = """
sqrt(x)*sqrt(x)                          | x
sqrt(2) + sqrt(3)                        | sqrt(5 + 2 sqrt(6))
sqrt(8)                                  | 2 sqrt(2)
sqrt(x)/x                                | 1/√x
(sqrt(x) + 1)(sqrt(x) - 1)               | x - 1
1/(sqrt(3) - sqrt(2))                    | √3 + √2
sqrt(n^2*x)                              | n*sqrt(x)
sqrt(18) + sqrt(2)                       | 4√2
2/sqrt(2)                                | sqrt(2)
sqrt(C*H)                                | sqrt(C) sqrt(H)
sqrt(C^2 + 2C H + H^2)                   | C + H
x^(1/2)                                  | √x
x^(3/2)                                  | x sqrt(x)
x^0.5                                    | sqrt(x)
x^(2/3)*x^(1/3)                          | x
(x^(1/3))^2                              | x^(2/3)
C^(-1/2)                                 | 1/sqrt(C)
(C*H)^(1/3)                              | C^(1/3)*H^(1/3)
8^(1/3)                                  | 2
27^(2/3)                                 | 9
log(x^2)                                 | 2 ln(x)
log(x) + log(n)                          | ln(x n)
log(x) - log(n)                          | ln(x/n)
log2(8)                                  | 3
log2(C)                                  | ln(C)/ln(2)
log10(1000 x)                            | 3 + log10(x)
log(x, 2)                                | log2(x)
log(sqrt(x))                             | ln(x)/2
-log(1/x)                                | ln(x)
n log(2)                                 | ln(2^n)
log2(H^2 C)                              | 2 log2(H) + log2(C)
exp(x + n)                               | e^x * e^n
exp(2x)                                  | (e^x)^2
exp(-x)                                  | 1/exp(x)
exp(ln(x))                               | x
exp(n*log(x))                            | x^n
1/(1 + exp(-x))                          | e^x/(e^x + 1)
2/(1 + exp(-2x)) - 1                     | (e^x - e^-x)/(e^x + e^(-x))
2^(n+1)                                  | 2*2^n
4^n                                      | 2^(2n)
sin(x)^2 + cos(x)^2                      | 1
tan(x)                                   | sin(x)/cos(x)
sin(2x)                                  | 2 sin(x) cos(x)
cos(2x)                                  | 1 - 2 sin(x)^2
sin(pi/6)                                | 1/2
cos(-x)                                  | cos(x)
sin(x + 2pi)                             | sin(x)
75/100*C                                 | 0.75 C
C H (1 - 20/100)                         | 0.8 C H
(C - H)/C*100                            | 100(1 - H/C)
C/1000                                   | C*10^-3
8*C*H/10^6                               | C H/125000
C/2^20                                   | C/1024^2
"""
NEAR = """
sqrt(2) + sqrt(3)                        | 3.14626436994197
sqrt(2)                                  | 1.41421356237309504880168872
sqrt(C + H)                              | sqrt(C) + sqrt(H)
sqrt(8)                                  | 4 sqrt(2)
sqrt(x)                                  | x/2
1/sqrt(x)                                | -sqrt(x)
x^(3/2)                                  | x^(2/3)
x^0.5                                    | x^(1/3)
C^(-1/2)                                 | -sqrt(C)
8^(1/3)                                  | 8/3
log(x)                                   | log10(x)
log(x + n)                               | ln(x) + ln(n)
log(x)/log(2)                            | ln(x) - ln(2)
log(x)^2                                 | 2 ln(x)
log2(C)                                  | ln(C)/2
log2(8)                                  | 3.0000000000000001
exp(x)                                   | e*x
exp(x + n)                               | e^x + e^n
exp(-x)                                  | -exp(x)
1/(1 + exp(-x))                          | 1/(1 + e^x)
2^(n+1)                                  | 2^n + 1
4^n                                      | 2^(n^2)
2^n                                      | n^2
sin(2x)                                  | 2 sin(x)
sin(x)^2 + cos(x)^2                      | sin(x^2) + cos(x^2)
cos(2x)                                  | 2 sin(x)^2 - 1
tan(x)                                   | cos(x)/sin(x)
sin(pi/6)                                | 0.4999999999999999
sin(90)                                  | 1
pi/4                                     | 0.785398163397448309615660845
pi                                       | 22/7
exp(1)                                   | 2.718281828459045
75/100*C                                 | 75 C
C H (1 - 20/100)                         | C H - 20/100
C/1000                                   | C/1024
C/2^20                                   | C/10^6
8*C*H/10^6                               | C H/10^6
"""


def pairs(text):
    listed = [(line, *map(str.strip, line.split(" | "))) for line in text.strip().splitlines()]
    return [pytest.param(key, typed, id=line) for line, key, typed in listed]


def verdicts(key, text):
    """The verdicts with agreement to 40 digits taken for proof, and without."""
    for numeric in (True, False):
        kind = Formula(VARIABLES, numeric=numeric)
        yield kind.judge(kind.read(text), kind.coerce(key)).verdict


def apart(key, text):
    """The largest relative difference of two formulas at the points."""
    with mpmath.workdps(60):
        sides = [evaluator(one, NAMES, exact=False) for one in (key, text)]
        numbers = [[mpmath.mpf(c.numerator) / c.denominator for c in p] for p in POINTS]
        found = [[side(*point) for side in sides] for point in numbers]
        return max(abs(a - b) / (1 + abs(a)) for a, b in found)


@pytest.mark.parametrize(("key", "text"), pairs(EQUAL))
def test_equal(key, text):
    assert apart(key, text) < mpmath.mpf(10) ** -50
    numeric, exact = verdicts(key, text)
    assert numeric == "right"
    assert exact in ("right", "undecided")


@pytest.mark.parametrize(("key", "text"), pairs(NEAR))
def test_near_misses(key, text):
    assert apart(key, text) > mpmath.mpf(10) ** -30
    assert set(verdicts(key, text)) <= {"wrong", "undecided"}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("3/4", "75%"),
        ("3/4", "75 %"),
        ("C/100", "C%"),
        ("C*3/4", "75% C"),
        ("C*3/4", "75% of C"),
        ("C*3/4", "C - 25%"),
        ("1024*C", "C kB"),
        ("1000*C", "C kB"),
        ("1048576", "1 MiB"),
        ("1000000", "1 MB"),
        ("8*C", "8 C bits"),
        ("C/1000", "C·10⁻³ kB"),
        ("sin(pi/6)", "sin 30°"),
        ("pi/6", "30°"),
        ("log(x)", "ln x"),
        ("sqrt(x)", "√x̅"),
        ("x", "x cm"),
    ],
)
def test_percent_and_units_are_right_or_for_a_human(key, text):
    kind = Formula(VARIABLES)
    try:
        reading = kind.read(text)
    except Unreadable:
        return
    assert kind.judge(reading, kind.coerce(key)).verdict in ("right", "undecided")


@pytest.mark.parametrize(
    ("key", "text"),
    [("3/4", "7.5%"), ("C*3/4", "25% C"), ("C", "C%"), ("1000*C", "1024*C kB"), ("30", "30%")],
)
def test_percent_and_units_are_never_accepted_falsely(key, text):
    kind = Formula(VARIABLES, numeric=True)
    try:
        reading = kind.read(text)
    except Unreadable:
        return
    assert kind.judge(reading, kind.coerce(key)).verdict != "right"
