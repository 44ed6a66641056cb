"""Least times of runs that take turns, and the rows of the tables that show them."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

Run = Callable[[], Any]


def least_times(runs: list[Run], seconds: float) -> list[float]:
    """The least time of each run in seconds, the runs taking turns, after a first one of each."""
    for run in runs:
        run()
    least = [float("inf")] * len(runs)
    end = perf_counter() + seconds
    while perf_counter() < end:
        for number, run in enumerate(runs):
            start = perf_counter()
            run()
            least[number] = min(least[number], perf_counter() - start)
    return least


def judged(value: float, limit: float | None) -> str:
    """Whether a value is within its limit, or nothing where there is none."""
    return "" if limit is None else "yes" if value <= limit else "no"


def by(shape: tuple[int, ...]) -> str:
    """A shape as a person writes it."""
    return "×".join(map(str, shape))


def row(*cells: object) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def head(*names: str) -> list[str]:
    """The first two rows of a Markdown table."""
    return [row(*names), "|---" * len(names) + "|"]
