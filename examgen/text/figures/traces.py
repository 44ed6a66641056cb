"""A figure of the working behind one output value: what was multiplied, and what was added."""

from collections.abc import Sequence
from fractions import Fraction

from examgen.engine import Term, Trace
from examgen.text.figures.canvas import GREY, LIGHT, Canvas, cell_for, label, width_of
from examgen.text.figures.words import say
from examgen.text.values import Figure, TextError

_ACROSS = 8  # terms in one row
_SIGN = 18.0


def trace_figure(trace: Trace) -> Figure:
    """The terms of a trace side by side: input over factors over product, and the result.

    It is a figure for solutions: its alternative text is the trace in full.
    """
    if not isinstance(trace, Trace):
        raise TextError(f"trace_figure wants a trace of the engine, not {trace!r}")
    columns = [
        (f"({', '.join(map(label, term.index))})", [term.value, *term.factors], _added(term, trace))
        for term in trace.terms
    ]
    if trace.bias is not None:
        columns.append((say("bias"), [], trace.bias))
    if not columns:
        raise TextError("trace_figure wants a trace with at least one term")
    deep = max(len(parts) for _, parts, _ in columns)
    cell = cell_for(*([parts] for _, parts, _ in columns), [[product] for *_, product in columns])
    pitch = max(cell, *(width_of(name, 9) for name, _, _ in columns)) + _SIGN
    start, end = _frame(trace)
    lines = -(-len(columns) // _ACROSS)
    left = 8 + max(width_of(start, 12), _SIGN if lines > 1 else 0)
    tall = (cell + 2) * deep + cell + 28
    wide = pitch * min(len(columns), _ACROSS) - _SIGN
    canvas = Canvas(left + wide + width_of(end, 12) + 16, tall * lines)
    for number, (name, parts, product) in enumerate(columns):
        line, place = divmod(number, _ACROSS)
        x = left + pitch * place + (pitch - _SIGN - cell) / 2
        lit = number < len(trace.terms) and trace.terms[number] is trace.winner
        _column(canvas, (x, tall * line), cell, name, parts, lit)
        y = tall * line + 22 + (cell + 2) * deep + cell / 2
        sign, shown = _signed(product, number, trace.rule)
        canvas.text(x + cell / 2, y, shown, size=12)
        canvas.text(x + (cell - pitch) / 2, y, sign, size=12)
    last = (len(columns) - 1) % _ACROSS
    canvas.text(left - 4, tall - cell / 2 - 6, start, size=12, anchor="end")
    canvas.text(left + pitch * (last + 1) - _SIGN + 4, y, end, size=12, anchor="start")
    return canvas.figure(say("working", trace=trace))


def _added(term: Term, trace: Trace) -> object:
    """What of a term is added up: its product, or a power of its size."""
    return f"|{label(term.value)}|^{trace.power}" if trace.rule == "norm" else term.product


def _frame(trace: Trace) -> tuple[str, str]:
    """What stands before the terms and after them."""
    result = f"= {label(trace.value)}"
    if trace.rule == "mean":
        return "(", f") ÷ {trace.divisor} {result}"
    if trace.rule == "norm":
        return "(", f")^(1/{trace.power}) {result}"
    return ("max (", f") {result}") if trace.rule == "max" else ("", result)


def _signed(product: object, number: int, rule: str) -> tuple[str, object]:
    """The sign before a term, and the term after that sign."""
    if not number:
        return "", product
    if rule == "max":
        return ",", product
    negative = isinstance(product, int | Fraction) and product < 0
    return ("−", -product) if negative else ("+", product)  # type: ignore[operator]


def _column(
    canvas: Canvas,
    corner: tuple[float, float],
    cell: float,
    name: str,
    parts: Sequence[object],
    lit: bool,
) -> None:
    """The index of one term, its value, and its factors below."""
    x, y = corner
    canvas.text(x + cell / 2, y + 8, name, size=9)
    for row, part in enumerate(parts):
        fills = {(0, 0): GREY if row else LIGHT} if row or lit else {}
        canvas.grid(x, y + 18 + (cell + 2) * row, [[part]], cell, fills=fills, size=12)
