"""Answers read and judged per second by each kind, beside sympy and math-verify, and hostile text.

``python benchmarks/answers.py > benchmarks/answers.md`` prints the tables as Markdown. All times
are CPU seconds of one process with one thread, so that they hold on a loaded machine; nothing is
remembered from one answer to the next, but for the row that says so. The responses are those of
``tests/answers/samples.py``, ``tests/answers/hostile.py`` and ``tests/equivalence/pairs.py``.
"""

import argparse
import runpy
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import sympy

from examgen.answers import KINDS, Formula, Kind, Unreadable, Value, formulas, kind_from
from examgen.equivalence import Variable
from examgen.formula import to_sympy, to_tex

TESTS = Path(__file__).parents[1] / "tests"
sys.path.append(str(TESTS))  # for what the modules of test data share
LEAST = {"integer": 15_000, "rational": 15_000, "decimal": 15_000}  # answers a second
LEAST_RATIO = 40  # of formulas, to the better of the peers
TURNS = 3  # for each pair of formulas and each hostile text (slow ones get more): the least counts
MOST_MILLISECONDS = 60  # for a hostile text

Pair = tuple[Formula, str, str, bool]  # kind, key, response, whether they are equal
Way = Callable[[Any, Any], bool | None]  # of what a way made of key and response: are they equal?


@dataclass(frozen=True)
class Method:
    """A way of comparing formulas: ``prepare`` is not timed, ``equal`` is."""

    name: str
    prepare: Callable[[Formula, str, str], tuple[Any, Any]]
    equal: Way


def data(*path: str) -> dict[str, Any]:
    """The names of a module of test data."""
    file = TESTS.joinpath(*path)
    if not file.exists():
        sys.exit(f"benchmarks/answers.py needs {file.relative_to(TESTS.parent)}")
    return runpy.run_path(str(file))


def forget() -> None:
    """Clear whatever the formula kind remembers."""
    for one in vars(formulas).values():
        if hasattr(one, "cache_clear"):
            one.cache_clear()


def samples() -> Iterator[tuple[Kind, Value, list[str]]]:
    """A sample of each kind with its key and responses."""
    known = data("answers", "samples.py")["SAMPLES"]
    for cls in KINDS:
        if cls.kind not in known:
            sys.exit(f"tests/answers/samples.py has no sample of the kind {cls.kind!r}")
        settings, key, responses = known[cls.kind]
        kind = kind_from({"kind": cls.kind, **settings})
        yield kind, kind.read(key).value, responses


def judge(kind: Kind, response: str, key: Value) -> None:
    """Read and judge one response, or refuse it."""
    try:
        reading = kind.read(response)
        if not kind.by_hand:
            kind.judge(reading, key)
    except Unreadable:
        pass


def rate(kind: Kind, key: Value, responses: list[str], seconds: float) -> float:
    """Answers per second: the best of five turns."""
    best = 0.0
    for _ in range(5):
        count, start = 0, process_time()
        while (spent := process_time() - start) < seconds / 5:
            forget()
            for response in responses:
                judge(kind, response, key)
            count += len(responses)
        best = max(best, count / spent)
    return best


def kinds(seconds: float) -> None:
    """The table of kinds."""
    print("## Each kind\n\n| kind | answers per second | at least | holds |\n|---|---|---|---|")
    for kind, key, responses in samples():
        found = rate(kind, key, responses, seconds)
        least = LEAST.get(kind.kind)
        holds = "" if least is None else "yes" if found >= least else "no"
        print(f"| {kind.kind} | {found:,.0f} | {f'{least:,}' if least else ''} | {holds} |")


def pairs() -> list[Pair]:
    """All pairs of formulas of the tests."""
    return [
        (Formula(family.variables), family.key, text, equal)
        for family in data("equivalence", "pairs.py")["FAMILIES"]
        for texts, equal in ((family.equal, True), (family.near, False))
        for text in texts
    ]


def ours(*, known: bool = False) -> Method:
    """Reading, then proof; where the key is ``known`` it has judged another response before."""

    def prepare(kind: Formula, key: str, response: str) -> tuple[Any, Any]:
        forget()
        value = kind.coerce(key)
        kind.tree(value)
        if known:
            judge(kind, f"({key}) + 0", value)
        return (kind, value), response

    def equal(key: Any, response: Any) -> bool | None:
        kind, value = key
        verdict = kind.judge(kind.read(response), value).verdict
        return {"right": True, "wrong": False}.get(verdict)

    return Method("examgen, key known" if known else "examgen", prepare, equal)


def by_sympy() -> Method:
    """``sympy.simplify(a - b) == 0`` of key and response that are read already.

    A key that was simplified before makes it no faster.
    """

    def prepare(kind: Formula, key: str, response: str) -> tuple[Any, Any]:
        sympy.core.cache.clear_cache()
        trees = (kind.tree(kind.coerce(key)), kind.tree(kind.read(response).value))
        return to_sympy(trees[0]), to_sympy(trees[1])

    return Method("sympy", prepare, lambda key, response: sympy.simplify(key - response) == 0)


def by_math_verify() -> Method | None:
    """math-verify, which reads the response in TeX; None where it is not installed."""
    try:
        from math_verify import parse, verify  # type: ignore[import-not-found]
    except ImportError:
        return None

    def prepare(kind: Formula, key: str, response: str) -> tuple[Any, Any]:
        sympy.core.cache.clear_cache()
        texts = [f"${to_tex(kind.tree(kind.coerce(one)))}$" for one in (key, response)]
        return parse(texts[0], parsing_timeout=None), texts[1]

    def equal(key: Any, response: Any) -> bool:
        return bool(verify(key, parse(response, parsing_timeout=None), timeout_seconds=None))

    return Method("math-verify", prepare, equal)


def formulas_beside_peers() -> None:
    """The table of formulas: every method on every pair, in turn."""
    peers = [by_sympy()]
    if peer := by_math_verify():
        peers.append(peer)
    methods = [ours(), ours(known=True), *peers]
    times: dict[str, list[float]] = {method.name: [] for method in methods}
    found: dict[str, Counter[str]] = {method.name: Counter() for method in methods}
    for kind, key, response, truth in pairs():
        for method in methods:
            spent, verdict = timed(method, kind, key, response)
            times[method.name].append(spent)
            found[method.name][outcome(verdict, truth)] += 1
    print(f"\n## {len(times['examgen'])} pairs of formulas\n")
    columns = ("right", "wrong accept", "wrong reject", "undecided")
    print(f"| method | {' | '.join(columns)} | median ms | most ms | pairs per second |")
    print("|---|---|---|---|---|---|---|---|")
    for name, spent in times.items():
        counts = " | ".join(str(found[name][column]) for column in columns)
        print(f"| {name} | {counts} | {median(spent) * 1000:.2f} | {max(spent) * 1000:.0f} "
              f"| {len(spent) / sum(spent):,.0f} |")  # fmt: skip
    totals = {name: sum(spent) for name, spent in times.items()}
    ratio = min(totals[peer.name] for peer in peers) / totals["examgen"]
    holds = "holds" if ratio >= LEAST_RATIO else "does not hold"
    print(f"\nexamgen is {ratio:.0f} times as fast as the better peer; at least {LEAST_RATIO} "
          f"{holds}. Every way has its key read beforehand, sympy the response too. Of a\n"
          "known key also what was found out about it for another response is at hand, as in "
          "grading; sympy gains nothing from a key that is\nsimplified beforehand.")  # fmt: skip
    if not peer:
        print("math-verify is not installed here, so its row is missing: `make bench` installs it.")


def timed(method: Method, kind: Formula, key: str, response: str) -> tuple[float, bool | None]:
    """Seconds and verdict of one comparison, the least of some turns; an error is undecided."""
    least = float("inf")
    for _ in range(TURNS):
        key_made, response_made = method.prepare(kind, key, response)
        start = process_time()
        try:
            verdict = method.equal(key_made, response_made)
        except Exception:
            verdict = None
        least = min(least, process_time() - start)
    return least, verdict


def outcome(verdict: bool | None, truth: bool) -> str:
    """The column of a verdict."""
    if verdict is None:
        return "undecided"
    return "right" if verdict == truth else "wrong accept" if verdict else "wrong reject"


def attacks() -> Iterator[tuple[str, Kind, Value, str]]:
    """Every hostile text to every kind, and every hard formula in every way: name, kind, key."""
    hostile = data("answers", "hostile.py")
    known = list(samples())
    for text in hostile["TEXTS"]:
        for kind, key, _ in known:
            yield repr(text[:30]), kind, key, text
    bounds: list[dict[str, Any]] = [{"low": 1, "high": 64}, {}, {"integer": False}]
    for bound in bounds:
        kind = Formula(tuple(Variable(name, **bound) for name in "xyab"))
        for name, formula in hostile["FORMULAS"].items():
            for way, (key, response) in hostile["COMPARED"].items():
                made = key.format(formula, formula)
                yield f"{name}, {way}", kind, made, response.format(formula, formula)


def milliseconds(kind: Kind, text: str, key: Value) -> float:
    """How long a text takes whose kind and key are seen for the first time."""
    forget()
    start = process_time()
    judge(kind, text, key)
    return (process_time() - start) * 1000


def hostile_text() -> None:
    """The slowest hostile texts."""
    slowest: list[tuple[float, str, str]] = []
    for name, kind, key, text in attacks():
        least = min(milliseconds(kind, text, key) for _ in range(TURNS))
        if least > MOST_MILLISECONDS / 2:  # was that the text, or the machine?
            least = min([least, *(milliseconds(kind, text, key) for _ in range(3 * TURNS))])
        slowest.append((least, kind.kind, name))
    slowest.sort(reverse=True)
    over = sum(time > MOST_MILLISECONDS for time, _, _ in slowest)
    print(f"\n## {len(slowest):,} hostile texts\n\n| ms | kind | text |\n|---|---|---|")
    for time, tag, name in slowest[:10]:
        print(f"| {time:.1f} | {tag} | {name.replace('|', chr(92) + '|')} |")
    print(f"\nMedian {median(time for time, _, _ in slowest):.3f} ms; {over} of them beyond "
          f"{MOST_MILLISECONDS} ms.")  # fmt: skip


def versions() -> str:
    """The versions of what is measured."""
    found = [f"Python {sys.version.split()[0]}"]
    for name in ("python-flint", "sympy", "math-verify"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return ", ".join(found)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each kind")
    options = parser.parse_args()
    print(f"# Speed of reading and judging answers\n\nOne run of `benchmarks/answers.py`: "
          f"{versions()}. CPU time of one process.\n")  # fmt: skip
    kinds(options.seconds)
    formulas_beside_peers()
    hostile_text()


if __name__ == "__main__":
    main()
