"""``examgen check``: the proofs of a whole bank, spread over processes, as a table or as JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from examgen.bank.load import Bank, bank_folders
from examgen.bank.proof import Proof
from examgen.bank.prove import prove
from examgen.bank.tracing import engine_calls
from examgen.items import Item
from examgen.language import find_language

TryExamples = Callable[[type[Item]], Iterable[str]]
COLUMN_NAMES = ("item model", "space", "legal", "usable", "proved", "mutants", "seconds")
COLUMNS = "{:34} {:>16} {:>9} {:>9} {:>7} {:>8} {:>7}"


def check_bank(
    *,
    items: Sequence[str],
    samples: int,
    exhaustive: bool,
    mutants: bool,
    rank: int | None,
    language: str,
    bank: Sequence[Path],
    jobs: int | None,
    strict: bool,
    as_json: bool,
    try_examples: TryExamples,
    say: Callable[[str], None],
) -> bool:
    """Prove the named item models, or all; say a row for each, and whether everything held.

    ``strict`` counts advice as a failure, such as on texts that a ``language`` lacks; ``as_json``
    says one list of what was found instead. ``try_examples`` tells which examples of an item model
    fail; workers find it by its name.
    """
    if language:
        find_language(language)
    folders = bank_folders(bank)
    whole = Bank(*folders)
    names = [name for wanted in items or [""] for name in whole.below(wanted)]
    options: dict[str, object] = {
        "samples": samples,
        "exhaustive": exhaustive,
        "with_mutants": mutants,
        "rank": rank,
        "language": language,
        "try_examples": try_examples,
    }
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as executor:
        proofs = prove_all(executor, folders, names, options)
        if as_json:
            found = list(proofs)
            say(json.dumps([proof.to_dict() for proof in found], indent=1, ensure_ascii=False))
            return all(proof.holds(strict=strict) for proof in found)
        say(COLUMNS.format(*COLUMN_NAMES))
        passed = True
        for proof in proofs:
            passed &= proof.holds(strict=strict)
            for line in table_lines(proof):
                say(line)
    say("all proved" if passed else "FAILED")
    return passed


def prove_all(
    executor: Executor, folders: Sequence[Path], names: Sequence[str], options: dict[str, object]
) -> Iterator[Proof]:
    """The proofs in the order of the names; workers get folders and names, never classes."""
    return executor.map(prove_named, [folders] * len(names), names, [options] * len(names))


def prove_named(folders: Sequence[Path], name: str, options: dict[str, object]) -> Proof:
    """The proof of one item model, loaded under the eyes of the tracer."""
    bank = Bank(*folders)
    try:
        with engine_calls() as calls:
            model = bank[name]
        return prove(model, bank.source(name), class_calls=frozenset(calls), **options)  # type: ignore[arg-type]
    except Exception as error:
        return Proof(name, failures=[str(error)])


def table_lines(proof: Proof) -> Iterator[str]:
    """The row of an item model, what its misconceptions exclude, and what failed."""
    census = proof.census
    if census:
        size = f"{census.size:,}" if census.size < 10**12 else f"{census.size:.1e}"
        killed = f"{proof.mutants}" + (f" ({proof.equal_mutants}=)" if proof.equal_mutants else "")
        yield COLUMNS.format(
            proof.name, size, census.show(census.legal), census.show(census.usable),
            proof.proved, killed, f"{proof.seconds:.1f}",
        )  # fmt: skip
        for (part, cause), count in census.excluded.most_common(4):
            yield f"    {part}: {census.show(count)} excluded: {cause}"
    for one in proof.advice:
        yield f"    note: {one}"
    for failure in proof.failures:
        yield f"  FAIL {proof.name}: {failure}"
