"""The proof of an item model: every claim that an exam relies on, held against many items."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from examgen.bank.advice import advice
from examgen.bank.identical import identical, still_the_key
from examgen.bank.load import explain, place
from examgen.bank.marked import marking_problems
from examgen.bank.mutants import Mutant, mutants
from examgen.bank.patience import TakesTooLong, patience
from examgen.bank.proof import Proof
from examgen.bank.sample import MOST_COUNTED, census, nothing_left, sampled
from examgen.bank.shrink import smallest
from examgen.bank.texts import check_texts
from examgen.bank.tracing import engine_calls
from examgen.bank.translated import advice_on_translations, translated_into
from examgen.equivalence import points
from examgen.errors import ExamgenError, nearest
from examgen.formula import value_by_sympy
from examgen.items import Essay, FormulaEntry, Item
from examgen.items.arrays import flatten
from examgen.items.parameters import Parameter
from examgen.items.parts import Part
from examgen.language import ENGLISH
from examgen.text import MathBoxes

COUNTED_BY_DEFAULT = 20_000
LOOKED_CLOSELY = 12  # items of a model that are also typeset and evaluated by sympy


def prove(
    model: type[Item],
    path: Path,
    *,
    samples: int = 200,
    exhaustive: bool = False,
    with_mutants: bool = False,
    rank: int | None = None,
    class_calls: frozenset[str] = frozenset(),
    language: str = "",
    try_examples: Callable[[type[Item]], Iterable[str]] | None = None,
) -> Proof:
    """Prove an item model on ``samples`` usable items.

    ``class_calls`` are the engine functions that ran when its class was created; ``language`` is
    one in which all texts should be there; ``try_examples`` judges the examples that the item model
    holds, and tells which of them fail.
    """
    begin = time.perf_counter()
    proof = Proof(model.name)
    prover = _Prover(model, path, set(class_calls))
    try:
        proof.failures += prover.formulas()
        proof.census = census(model, most=MOST_COUNTED if exhaustive else COUNTED_BY_DEFAULT)
        size = model.space.size
        wanted = size if exhaustive and size <= MOST_COUNTED else samples
        items = sampled(model, wanted) if rank is None else [_usable(model, rank)]
        if not items and proof.passed:
            if not proof.census.legal:
                raise ExamgenError(nothing_left(model))
            raise ExamgenError(f"no usable item; the first is excluded: {model(0).excluded()}")
        boxes = MathBoxes()
        begin_items = time.process_time()
        for number, item in enumerate(items):
            proof.failures += prover.item(item, boxes if number < LOOKED_CLOSELY else None)
            proof.proved += 1
            if len(proof.failures) >= 3:
                break
        proof.failures += prover.calls()
        if try_examples is not None:
            proof.failures += [f"{path}  {problem}" for problem in try_examples(model)]
        spent = (time.process_time() - begin_items) / max(proof.proved, 1)
        try:
            proof.advice += advice(model, items, proof.census, seconds=spent)
            proof.advice += advice_on_translations(model, asked=language)
        except Exception:
            if proof.passed:  # else it trips over what failed already
                raise
        if with_mutants and proof.passed:
            for mutant in mutants(model):
                proof.mutants += 1
                verdict = prover.mutant(mutant, items[:200])
                proof.equal_mutants += verdict == "equal"
                if verdict == "alive":
                    proof.failures.append(prover.unnoticed(mutant, items))
    except Exception as error:
        proof.failures.append(f"{place(error, path)}  {explain(error)}")
    proof.seconds = time.perf_counter() - begin
    return proof


class _Prover:
    def __init__(self, model: type[Item], path: Path, key_calls: set[str]):
        self.declaration = model.declaration
        self.model_name = model.name
        self.languages = (ENGLISH, *translated_into(model))
        self.path = path
        self.key_calls = key_calls
        self.oracle_calls: set[str] = set()
        self.truths: dict[Item, dict[str, Any]] = {}
        self.told: set[str] = set()

    def item(self, item: Item, boxes: MathBoxes | None) -> list[str]:
        """What is wrong with one item and was not told of another: nothing, if all is well."""
        found = self._problems(item, boxes)
        new = [sort for sort in found if sort not in self.told]
        self.told.update(new)
        return [self._smallest(item, sort, boxes) for sort in new]

    def _problems(self, item: Item, boxes: MathBoxes | None) -> dict[str, tuple[str, str]]:
        """What is wrong with an item: each problem and where it is, by the sort that it is of."""
        try:
            with patience(item):
                problems = self._claims(item, boxes)
        except TakesTooLong:
            raise
        except Exception as error:
            return {_sort(explain(error)): (explain(error), place(error, self.path))}
        return {_sort(problem): (problem, self._where(problem)) for problem in problems}

    def _claims(self, item: Item, boxes: MathBoxes | None) -> list[str]:
        """The claims that do not hold of an item; raises what its code raises."""
        with engine_calls() as calls:
            fresh = item.carry({})
            for name in self.declaration.parts:
                fresh.key(name)
        self.key_calls |= calls
        with engine_calls() as calls:
            self.truths[item] = truths = self._truths(item)
        self.oracle_calls |= calls
        problems = list(self._against_oracle(item, truths))
        if boxes:
            problems += self._against_sympy(item)
            problems += self._on_domains(item)
        problems += marking_problems(item)
        for language in self.languages:
            check_texts(item, boxes, language)
        return problems

    def _smallest(self, item: Item, sort: str, boxes: MathBoxes | None) -> str:
        """A problem as told of the smallest item that has one of this sort."""
        if item.rank is not None:
            item = smallest(type(item), item.rank, lambda one: sort in self._problems(one, boxes))
        problem, where = self._problems(item, boxes)[sort]
        return self._placed(item, problem, where)

    def calls(self) -> Iterator[str]:
        """The engine functions that key and oracle have in common."""
        if both := sorted(self.key_calls & self.oracle_calls):
            yield (
                f"{self.path}  key and oracle both run engine.{', engine.'.join(both)}: "
                "derive the oracle another way (what misconceptions run is taken for the key's)"
            )

    def formulas(self) -> Iterator[str]:
        """Misconceptions that are the key by algebra, which would exclude every item."""
        for part in self.declaration.parts.values():
            for wrong, edit in zip(part.misconceptions, part.edits, strict=True):
                if part.key.shape == edit.shape and identical(part.key.expressions, edit):
                    problem = f"part '{part.name}', '{wrong.name}': this formula is the key"
                    yield f"{self._where(problem)}  {problem}"

    def mutant(self, mutant: Mutant, items: list[Item]) -> str:
        """Whether the oracle refutes an altered key: "refuted", "equal" or "alive"."""
        for item in items:
            try:
                value = mutant.value(item)
            except Exception:
                return "refuted"
            if mutant.part.accepts:
                if not item.accepts(mutant.part, value):
                    return "refuted"
                continue
            truth = self.truths[item][mutant.part.name]
            if mutant.part.number(item, value) != mutant.part.number(item, truth):
                return "refuted"
        if mutant.part.accepts:  # which may be right too
            return "equal"
        return "equal" if still_the_key(mutant.expressions, mutant.part) else "alive"

    def unnoticed(self, mutant: Mutant, items: list[Item]) -> str:
        """The failure of an oracle that an altered key passes, shown by the smallest item."""
        item = min(items, key=lambda one: type(one).space.extent(one.rank or 0))
        problem = (
            f"part '{mutant.part.name}': the oracle does not notice the key altered: "
            f"{mutant.change}; both are {item.key(mutant.part)}"
        )
        return self._placed(item, problem, self._where(problem))

    def _truths(self, item: Item) -> dict[str, Any]:
        expected = {
            name
            for name, part in self.declaration.parts.items()
            if not isinstance(part, Essay) and not part.source
        }
        fresh = item.carry({})
        found = _mapping(fresh.oracle()) if expected else {}
        keys = [part.key.source for part in self.declaration.parts.values()]
        for read in fresh.reads:
            is_key = any(read is key for key in keys) and not isinstance(read, Parameter)
            if isinstance(read, Part) or is_key:
                raise ExamgenError(f"oracle() reads the key '{read.name}': derive it another way")
        if set(found) != expected:
            strange = [nearest(name, expected) for name in found if name not in expected]
            raise ExamgenError(
                f"oracle() must derive {', '.join(sorted(expected))}; it gives "
                f"{', '.join(sorted(found)) or 'nothing'}{strange[0] if strange else ''}"
            )
        return {name: self._exact(name, raw) for name, raw in found.items()}

    def _exact(self, name: str, raw: Any) -> Any:
        try:
            return self.declaration.parts[name].derived(raw)
        except (TypeError, ValueError) as error:
            raise ExamgenError(f"oracle() for part '{name}': {error}") from error

    def _against_oracle(self, item: Item, truths: dict[str, Any]) -> Iterator[str]:
        for name, truth in truths.items():
            part = self.declaration.parts[name]
            key = item.key(name)
            if part.accepts:
                for what, value in (("key", key), ("oracle's answer", truth)):
                    if not item.accepts(part, value):
                        yield f"part '{name}': the {what} {value} is not accepted"
                continue
            if part.number(item, key) != part.number(item, truth):
                formula = "" if part.key.function else f"\n  key: {part.key.source!r}"
                yield f"part '{name}': the key says {key}, the oracle derived {truth}{formula}"

    def _against_sympy(self, item: Item) -> Iterator[str]:
        """Our evaluation of a formula and sympy's agree; functions have no formula to compare."""
        for name, part in self.declaration.parts.items():
            values = {symbol: item.as_number(symbol) for symbol in part.key.symbols}
            found = [value_by_sympy(tree, values) for tree in part.key.expressions]
            ours = flatten(part.number(item, part.key(item)), part.key.shape) if found else []
            if found != ours:
                yield f"part '{name}': we evaluate the key to {ours}, sympy to {found}"

    def _on_domains(self, item: Item) -> Iterator[str]:
        """A formula against the oracle at points of its domain, the item's other numbers kept."""
        for name, part in self.declaration.parts.items():
            if not isinstance(part, FormulaEntry):
                continue
            key, names = item.key(name), [variable.name for variable in part.kind.variables]
            for point in points(part.kind.variables, 64)[(item.rank or 0) % 8 :: 8]:
                other = type(item).at(**item.values | dict(zip(names, point, strict=True)))
                if not other.legal():
                    continue
                truth = part.number(other, part.derived(other.oracle()[name]))
                if (found := part.number(other, key)) != truth:
                    at = " ".join(f"{one}={number}" for one, number in other.values.items())
                    yield f"part '{name}': {key} is {found}, the oracle derived {truth}, at {at}"

    def _where(self, problem: str) -> str:
        """The file and line of what a problem names first."""
        return place(ExamgenError(problem), self.path)

    def _placed(self, item: Item, problem: str, where: str) -> str:
        values = " ".join(f"{name}={value}" for name, value in item.values.items())
        return (
            f"{where}  {item!r}: {problem}\n"
            f"  with {values}\n"
            f"  reproduce: examgen check {self.model_name}"
            + (f" --rank {item.rank}" if item.rank is not None else "")
        )


def _usable(model: type[Item], rank: int) -> Item:
    """The item of a rank; raises `ExamgenError` where it is not used."""
    item = model(rank)
    if reason := item.excluded():
        raise ExamgenError(f"no student gets {item!r}: {reason}")
    return item


def _mapping(found: Any) -> dict[str, Any]:
    """What an oracle returned, a value for each part."""
    if not isinstance(found, Mapping):
        raise ExamgenError(f'oracle() must return {{"part": value, …}}, not {found!r}')
    return dict(found)


def _sort(problem: str) -> str:
    """A problem without its numbers, which differ from item to item."""
    return re.sub(r"[-−]?\d+(?:[./]\d+)?", "#", problem.split("\n")[0])
