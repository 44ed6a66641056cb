"""Many formulas compiled into one Python function."""

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from examgen.formula.arithmetic import Rational, divide, normal, power
from examgen.formula.tree import (
    Binary,
    Call,
    Entry,
    FloorQuotient,
    Negation,
    Node,
    Number,
    Power,
    Quotient,
    Relation,
    Symbol,
    as_expression,
)
from examgen.formula.walk import postorder

Compiled = Callable[[Sequence[Any]], tuple[Any, ...]]


def compile_expressions(expressions: Sequence[Any], symbols: Sequence[Symbol]) -> Compiled:
    """A function from the symbols' values, in order, to the tuple of the expressions' values.

    Equal subformulas are computed once. An expression without a value (see `evaluate`) comes out
    as None and leaves the others alone. Raises KeyError for a symbol that is not among the given.
    """
    roots = [node if isinstance(node, Node) else as_expression(node) for node in expressions]
    program = _Program({symbol: f"s{place}" for place, symbol in enumerate(symbols)})
    results = [program.add(root) for root in roots]
    names: dict[str, Any] = {
        "divide": divide, "power": power, "normal": normal, "floor": math.floor,
        "ceiling": math.ceil, "absolute": abs, "maximum": max, "minimum": min,
        "Fraction": Fraction, "undefined": (ArithmeticError, UnboundLocalError),
    }  # fmt: skip
    code = compile("\n".join(program.lines(results, len(symbols))), "<formula>", "exec")
    exec(code, names)
    compiled: Compiled = names["compiled"]
    return compiled


class _Program:
    """Assignments in order, equal ones shared, each in the block of the roots that need it."""

    def __init__(self, arguments: dict[Symbol, str]) -> None:
        self.arguments = arguments
        self.variables: dict[str, str] = {}  # code → variable
        self.operands: dict[str, tuple[str, ...]] = {}  # variable → what its code reads
        self.atoms: dict[int, str] = {}  # id of node → variable, argument or literal

    def add(self, root: Node) -> str:
        """The name (or literal) that holds the root's value."""
        for node in postorder(root):
            if id(node) not in self.atoms:
                self.atoms[id(node)] = self._atom(node)
        return self.atoms[id(root)]

    def _atom(self, node: Node) -> str:
        if isinstance(node, Number):
            return _literal(node.value)
        if isinstance(node, Symbol):
            return self.arguments[node]
        if isinstance(node, Entry):
            position = "".join(f"[{place}]" for place in node.index)
            return self._variable(self.arguments[node.array] + position, ())
        children = node.children
        if isinstance(node, Call) and isinstance(children[0], Quotient):
            if node.function == "floor":
                node, children = FloorQuotient(*children[0].children), children[0].children
            elif node.function == "ceiling":
                over, under = (self.atoms[id(child)] for child in children[0].children)
                return self._variable(f"-(-{over} // {under})", (over, under))
        operands = tuple(self.atoms[id(child)] for child in children)
        return self._variable(_code(node, operands), operands)

    def _variable(self, code: str, operands: tuple[str, ...]) -> str:
        if code not in self.variables:
            self.variables[code] = f"v{len(self.variables)}"
            self.operands[self.variables[code]] = operands
        return self.variables[code]

    def _readers(self, results: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """For each variable the numbers of the results that need it, in order."""
        readers: dict[str, list[int]] = {variable: [] for variable in self.operands}
        for number, result in enumerate(results):
            waiting = [result]
            while waiting:
                variable = waiting.pop()
                if variable in readers and number not in readers[variable][-1:]:
                    readers[variable].append(number)
                    waiting += self.operands[variable]
        return {variable: tuple(numbers) for variable, numbers in readers.items() if numbers}

    def lines(self, results: Sequence[str], count: int) -> Iterator[str]:
        """The source of the function.

        What several results share comes in a block of its own: where it fails its variables stay
        unbound, and the blocks that read them fail in turn.
        """
        code_of = {variable: code for code, variable in self.variables.items()}
        blocks: dict[tuple[int, ...], list[str]] = {}
        for variable, numbers in self._readers(results).items():
            blocks.setdefault(numbers, []).append(variable)
        yield "def compiled(values):"
        if count:
            yield f"    {''.join(f's{place}, ' for place in range(count))}= values"
        for number, result in enumerate(results):
            yield f"    r{number} = {None if result in self.operands else result}"
        for numbers in sorted(blocks, key=len, reverse=True):
            yield "    try:"
            for variable in blocks[numbers]:
                yield f"        {variable} = {code_of[variable]}"
            for number in numbers:
                if results[number] in blocks[numbers]:
                    yield f"        r{number} = normal({results[number]})"
            yield "    except undefined:"
            yield "        pass"
        yield f"    return ({''.join(f'r{number}, ' for number in range(len(results)))})"


def _literal(value: Rational) -> str:
    if isinstance(value, Fraction):
        return f"Fraction({value.numerator}, {value.denominator})"
    return f"({value})" if value < 0 else str(value)


def _code(node: Node, operands: tuple[str, ...]) -> str:
    if isinstance(node, Negation):
        return f"-{operands[0]}"
    if isinstance(node, Call):
        return f"{node.function}({', '.join(operands)})"
    left, right = operands
    if isinstance(node, Quotient):
        return f"divide({left}, {right})"
    if isinstance(node, Power) and right not in ("2", "3", "4"):
        return f"power({left}, {right})"
    if isinstance(node, Relation) and node.sign == "divides":
        return f"{right} % {left} == 0"
    assert isinstance(node, Binary | Relation)
    return f"{left} {node.sign} {right}"
