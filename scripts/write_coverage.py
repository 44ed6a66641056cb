"""Writes docs/coverage.md: which item models serve which family of problems of the source exam.

Run it as python scripts/write_coverage.py. The families are those of docs/families.toml; what a
model serves is told by the model. With --count, which takes a minute, it first counts the usable
variants of all quantitative models anew, and writes docs/variants.csv.
"""

import csv
import io
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from examgen.bank import Bank
from examgen.bank.sample import MOST_COUNTED, census, wilson
from examgen.bank.twins import twins
from examgen.errors import ExamgenError, nearest
from examgen.items import Item
from examgen.resources import bundled

DOCS = Path(__file__).parents[1] / "docs"
PAGE, FAMILIES, VARIANTS = (
    DOCS / name for name in ("coverage.md", "families.toml", "variants.csv")
)
ESSAY = "essay"  # of each part: its own question, to be answered in words
TELLING = 3  # of the keys of two models, one in so many
ENOUGH = 1000  # usable variants of a quantitative model
CONCEPTUAL = {"concepts", "essays"}  # folders of models that ask for words, not for numbers
ALL, AT_LEAST = "all counted", "at least"  # the lower end of a 95 % interval from a sample


@dataclass(frozen=True)
class Family:
    """A family of problems: the parts of the source exam it belongs to, and what it asks.

    ``ours`` is not on the list drawn up from the source; ``why`` tells why no model serves it.
    """

    slug: str
    parts: list[str]
    asks: str
    ours: bool = False
    why: str = ""
    models: dict[str, list[str]] = field(default_factory=dict)  # that serve it, by part


@dataclass(frozen=True)
class Variants:
    """How many items of a model's space are usable: all counted, or at least so many."""

    space: int
    usable: int
    how: str

    @classmethod
    def of(cls, model: type[Item]) -> "Variants":
        """Those of a model: its whole space is counted where it may have few."""
        found = census(model, most=2000, tries=500)
        if not found.exact:
            low, _ = wilson(found.usable, found.looked_at)
            if low * found.size >= ENOUGH:
                return cls(found.size, _two_figures(int(low * found.size)), AT_LEAST)
            found = census(model, most=MOST_COUNTED)
        return cls(found.size, found.usable, ALL)


class Coverage:
    """The families, each with the item models of a bank that serve it."""

    def __init__(self, bank: Mapping[str, type[Item]]) -> None:
        """Raises `ExamgenError` for a model that serves an unknown part or family, or none."""
        table = tomllib.loads(FAMILIES.read_text("utf-8"))
        self.bank = bank
        self.reasons: dict[str, str] = table["few"]
        self.parts: dict[str, str] = table["parts"]
        self.families = {slug: Family(slug, **told) for slug, told in table["families"].items()}
        self.essays: dict[str, list[str]] = {part: [] for part in self.parts}
        for name, model in bank.items():
            if not model.serves:
                raise ExamgenError(f"{name} does not say what it serves")
            for served in model.serves:
                self._place(name, *served.split(" ", 1))

    def _place(self, name: str, part: str, slug: str = "") -> None:
        if part not in self.parts:
            raise ExamgenError(f"{name} serves '{part}'{nearest(part, self.parts)}")
        if slug == ESSAY:
            self.essays[part].append(name)
            return
        if slug not in self.families:
            raise ExamgenError(f"{name} serves '{part} {slug}'{nearest(slug, self.families)}")
        family = self.families[slug]
        if part not in family.parts:
            raise ExamgenError(
                f"{name} serves '{part} {slug}', but {slug} belongs to {' and '.join(family.parts)}"
            )
        family.models.setdefault(part, []).append(name)

    def of(self, part: str) -> list[Family]:
        """The families that belong to a part."""
        return [family for family in self.families.values() if part in family.parts]

    def models_of(self, part: str) -> set[str]:
        """The item models that serve a part, its essay included."""
        found = set(self.essays[part])
        return found.union(*(family.models.get(part, []) for family in self.of(part)))

    @property
    def listed(self) -> list[Family]:
        """The families that the source exam calls for."""
        return [family for family in self.families.values() if not family.ours]

    @property
    def served(self) -> list[Family]:
        """Those of them that an item model serves."""
        return [family for family in self.listed if family.models]

    @property
    def marked_alone(self) -> list[str]:
        """The item models whose parts are all marked without a human."""
        return [
            name
            for name, model in self.bank.items()
            if not any(part.kind.by_hand for part in model.declaration.parts.values())
        ]

    @property
    def quantitative(self) -> list[str]:
        """The item models that ask for what is computed."""
        return [name for name in self.bank if name.split("/")[0] not in CONCEPTUAL]

    @cached_property
    def variants(self) -> dict[str, Variants]:
        """The usable variants of each quantitative model, as they were counted last."""
        with VARIANTS.open(encoding="utf-8", newline="") as table:
            return {
                name: Variants(int(space), int(usable), how)
                for name, space, usable, how in list(csv.reader(table))[1:]
            }

    @property
    def few(self) -> list[tuple[str, str, str]]:
        """The quantitative models with few usable variants, how many, and why."""
        few = {name: one.usable for name, one in self.variants.items() if one.usable < ENOUGH}
        return [(f"`{name}`", str(usable), self.reasons[name]) for name, usable in few.items()]

    @cached_property
    def common(self) -> list[tuple[str, str, str, str]]:
        """Pairs of item models with a third of their keys in common, and the share in each."""
        return [
            (pair.first, pair.second, *(f"{round(100 * share)} %" for share in pair.shares))
            for pair in twins(self.bank)
            if TELLING * min(pair.shares) >= 1
        ]


def written(coverage: Coverage) -> str:
    """The page."""
    pieces = [_counts(coverage), _by_part(coverage)]
    pieces += [_part(coverage, part) for part in coverage.parts]
    pieces.append(_missing(coverage))
    pieces.append(_variants(coverage))
    pieces.append(_common(coverage))
    return "\n\n".join(pieces) + "\n"


def _counts(coverage: Coverage) -> str:
    alone = len(coverage.marked_alone)
    return f"""\
# What the question bank covers

Written by `python scripts/write_coverage.py` from what the item models say they serve and from
[families.toml](families.toml), the families of problems that the source exam calls for. A model is
set beside a family where its key is what that family asks for.

* **{len(coverage.bank)}** item models, **{alone}** of them marked without a human;
* **{len(coverage.served)}** of {len(coverage.listed)} families served;
* every part of the source exam has its essay."""


def _by_part(coverage: Coverage) -> str:
    rows = []
    for part, subject in coverage.parts.items():
        families = coverage.of(part)
        served = sum(part in family.models for family in families)
        models = len(coverage.models_of(part))
        rows.append((f"[{part}](#{part})", subject, str(models), f"{served} of {len(families)}"))
    return _table(("part", "subject", "item models", "families served"), rows)


def _part(coverage: Coverage, part: str) -> str:
    rows = [
        (
            f"`{family.slug}`{' (not on the list)' if family.ours else ''}",
            family.asks,
            _names(family.models.get(part, [])),
        )
        for family in coverage.of(part)
    ]
    rows.append((ESSAY, "the question of the source exam itself", _names(coverage.essays[part])))
    heading = f'## <a id="{part}"></a>{part}: {coverage.parts[part]}'
    return f"{heading}\n\n{_table(('family', 'asks for', 'item models'), rows)}"


def _missing(coverage: Coverage) -> str:
    rows = [
        (f"`{family.slug}`", ", ".join(family.parts), family.asks, family.why)
        for family in coverage.listed
        if not family.models
    ]
    return f"## Not served\n\n{_table(('family', 'part', 'asks for', 'why'), rows)}"


def _variants(coverage: Coverage) -> str:
    table = _table(("item model", "usable variants", "why no more"), coverage.few)
    return f"""\
## Usable variants

Of the {len(coverage.variants)} quantitative item models, all but those of `concepts` and `essays`,
each has at least {ENOUGH:,} usable variants, but for those below. Usable are items that are legal
and whose misconceptions differ from the key and from one another. [variants.csv](variants.csv)
tells how many each model has; `python scripts/write_coverage.py --count` counts them anew.

{table}"""


def counted(coverage: Coverage) -> str:
    """The table of the usable variants of all quantitative models."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("item model", "space", "usable", "how"))
    for name in coverage.quantitative:
        found = Variants.of(coverage.bank[name])
        rows.writerow((name, found.space, found.usable, found.how))
    return text.getvalue()


def _two_figures(count: int) -> int:
    """A count rounded down to two figures."""
    unit: int = 10 ** max(0, len(str(count)) - 2)
    return count - count % unit


def _common(coverage: Coverage) -> str:
    table = _table(("item model", "and", "of the first", "of the second"), coverage.common)
    return f"""\
## Keys in common

Keys that are the same formula but for the names of parameters, as `examgen.bank.twins` proves by
algebra: pairs of item models in which they carry a third of the marks or more. No pair has half of
both in common. Keys that are functions which do not run on symbols are not compared.

{table}"""


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "—"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def of_the_bank() -> Coverage:
    """The coverage by the bank that comes with examgen."""
    bank = Bank(bundled("question_bank"))
    return Coverage({name: bank[name] for name in bank})


if __name__ == "__main__":
    coverage = of_the_bank()
    if "--count" in sys.argv[1:]:
        VARIANTS.write_text(counted(coverage), encoding="utf-8")
    PAGE.write_text(written(coverage), encoding="utf-8")
