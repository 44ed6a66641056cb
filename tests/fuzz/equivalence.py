"""A fuzzer of ``examgen.equivalence.compare``: random pairs, each verdict checked independently.

Half of the pairs are a tree and an equal one (sound rewrites), half a tree and a mutated one.
Values come from an evaluator of the fuzzer's own. A verdict is false when it says "equal" and the
values differ at a point, or the formula has none where the key has one; when it says "unequal" of a
rewrite; or when it names a point that is outside the domain, where the values do not differ, where
they are not those it tells, or where the formula is said to have no value and has one.

    .venv/bin/python tests/fuzz/equivalence.py --pairs 20000 --seed 1

Exit status 1 on any false verdict. ``--only N`` repeats one pair. Not collected by pytest.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

from pairs import Pair, checked, random_pair

from examgen.equivalence import compare


@dataclass
class Tally:
    """The figures of a run; pairs without a value at any point are counted apart."""

    verdicts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    undefined: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    times: list[tuple[float, int]] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        """Compare one pair and check the verdict."""
        start = perf_counter()
        try:
            proof = compare(pair.formula, pair.key, pair.domain, numeric=False)
        except Exception as error:
            self.false.append(f"{pair.described()}\n    raised {error!r}")
            return
        self.times.append((perf_counter() - start, pair.number))
        finding = checked(pair, proof)
        if finding.false:
            verdict = f"{proof.verdict} ({proof.level}): {proof.evidence}"
            self.false.append(f"{pair.described()}\n    {verdict}\n    {finding.false}")
        if finding.defined:
            self.verdicts[pair.kind, proof.verdict, proof.level] += 1
        else:
            self.undefined[proof.verdict] += 1

    def report(self, seconds: float) -> None:
        """Print the figures."""
        for (kind, verdict, level), count in sorted(self.verdicts.items()):
            print(f"{kind:10} {verdict:10} {level:15} {count:7,}")
        for verdict, count in sorted(self.undefined.items()):
            print(f"{'no value':10} {verdict:10} {'at any point':15} {count:7,}")
        total = sum(self.verdicts.values())
        for level, told in (("open", "undecided"), ("gap", "no value where the key has one")):
            count = sum(n for key, n in self.verdicts.items() if key[1:] == ("undecided", level))
            print(f"{told}: {count:,} of {total:,} pairs with values ({count / total:.2%})")
        print(f"false verdicts: {len(self.false):,}")
        times = sorted(self.times)
        p50, p99 = (1000 * times[int(share * (len(times) - 1))][0] for share in (0.5, 0.99))
        slowest, number = times[-1]
        print(
            f"{len(times):,} pairs in {seconds:.1f} s; compare p50 {p50:.2f} ms, p99 {p99:.2f} ms, "
            f"most {1000 * slowest:.0f} ms (pair {number})"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of the one pair to repeat")
    options = parser.parse_args(arguments)
    numbers = range(max(1, options.pairs)) if options.only is None else [options.only]
    tally = Tally()
    start = perf_counter()
    for number in numbers:
        pair = random_pair(options.seed, number)
        if options.only is not None:
            print(pair.described())
        tally.add(pair)
    for told in tally.false[:10]:
        print(f"FALSE {told}")
    tally.report(perf_counter() - start)
    return 1 if tally.false else 0


if __name__ == "__main__":
    sys.exit(main())
