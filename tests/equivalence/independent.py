"""A second reader and evaluator of the formulas in these tests; it shares no code with examgen.

The texts are the tests' own, so they are turned into Python and evaluated, in exact fractions or in
mpmath's numbers. ``*`` is put between things that stand side by side.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath

SIGNS = str.maketrans("−·×÷[]{}", "-**/()()")
AROUND = [("⌊", "⌋", "floor"), ("⌈", "⌉", "ceil"), ("|", "|", "abs")]
FUNCTIONS = [
    "floor", "ceil", "abs", "max", "min", "mod", "sqrt", "exp", "log2", "log10", "log", "ln",
    "sin", "cos", "tan",
]  # fmt: skip
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))

EXACT: dict[str, Any] = {
    "number": Fraction, "floor": math.floor, "ceil": math.ceil, "abs": abs, "max": max, "min": min,
    "mod": lambda a, b: a - b * math.floor(a / b),
}  # fmt: skip
PRECISE: dict[str, Any] = {
    "number": mpmath.mpf, "floor": mpmath.floor, "ceil": mpmath.ceil, "abs": abs, "max": max,
    "min": min, "mod": lambda a, b: a - b * mpmath.floor(a / b), "sqrt": mpmath.sqrt,
    "exp": mpmath.exp, "log": mpmath.log, "ln": mpmath.log, "log2": lambda a: mpmath.log(a, 2),
    "log10": mpmath.log10, "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan,
}  # fmt: skip


def python(text: str, names: Sequence[str]) -> str:
    """A formula as Python source."""
    text = re.sub(r"^\w+ *= *", "", text).translate(SIGNS)
    for opening, closing, function in AROUND:
        pattern = "{}([^{}]*){}".format(*map(re.escape, (opening, opening + closing, closing)))
        while re.search(pattern, text):
            text = re.sub(pattern, rf"{function}(\1)", text)
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda m: f"^({''.join(RAISED[c] for c in m[0])})", text)
    text = re.sub(r"√(\w+|\([^()]*\))", r"sqrt(\1)", text)
    words = sorted([*FUNCTIONS, *names, "pi", "e"], key=len, reverse=True)
    pattern = rf"(?i:{'|'.join(FUNCTIONS)})(?=\()|\d*\.?\d+(?:e\d+)?|{'|'.join(words)}|//|\*\*|\S"
    tokens = re.findall(pattern, text)
    source, before = [], ""
    for token in tokens:
        value = bool(re.match(r"[\w.(]", token))
        if value and before and before not in (*"+-*/^(,", "//", "**", *FUNCTIONS):
            source.append("*")
        before = token.lower() if token.lower() in FUNCTIONS and token not in names else token
        number = re.fullmatch(r"[\d.e]*\d", token)
        source.append(f"number('{token}')" if number else {"^": "**"}.get(token, before))
    return "".join(source)


def evaluator(text: str, names: Sequence[str], *, exact: bool = True) -> Callable[..., Any]:
    """The formula as a function of its names' values; None where it has no value."""
    known = dict(EXACT if exact else PRECISE)
    if not exact:
        known |= {"pi": mpmath.pi, "e": mpmath.e}
    compiled = eval(f"lambda {', '.join(names)}: {python(text, names)}", known)
    convert = known["number"]

    def value(*point: Any) -> Any:
        try:
            found = compiled(*map(convert, point))
        except ZeroDivisionError:
            return None
        if not exact:
            return None if isinstance(found, mpmath.mpc) else found
        assert isinstance(found, int | Fraction), (text, found)
        return found

    return value


def grid(ranges: Mapping[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    """All points."""
    return list(product(*ranges.values()))
