"""CPU seconds per paper and per key, beside the naive way of setting formulas.

The naive way is one SVG in a data URL for each formula, with fonts, templates and style sheets
read anew for each paper. All ways run in turn in one process, so that their ratio holds on a
loaded machine. Run: python benchmarks/papers.py [--rounds 9]
"""

import argparse
import base64
import io
import runpy
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import mathra
import pikepdf

from examgen.paper import Typesetter, render_key, render_paper
from examgen.text import MathBox, MathBoxes

SAMPLE = Path(__file__).parents[1] / "tests" / "paper" / "conftest.py"


class NaiveBoxes(MathBoxes):
    """Formulas as whole SVG pictures in data URLs."""

    def __init__(self) -> None:
        super().__init__()
        self.used = 0

    def box(self, tex: str, display: bool = False) -> MathBox:
        """The box of a formula, its picture in its URL."""
        self.used += 1
        svg = mathra.render(tex.strip(), display=display, strict=True)["svg"]
        data = base64.b64encode(svg.encode()).decode()
        return replace(super().box(tex, display), url=f"data:image/svg+xml;base64,{data}")


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The seconds of each way in each round after a first one that warms up."""
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds + 1):
        for way, work in ways.items():
            taken = seconds(work)
            if turn:
                spent[way].append(taken)
    return spent


def main() -> None:
    """Print medians, least times and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    sample = runpy.run_path(str(SAMPLE))
    form, heading = sample["sample_form"](), sample["sample_heading"]()
    papers, boxes = Typesetter(), NaiveBoxes()
    pdf = render_paper(form, heading, papers=Typesetter(boxes=boxes))
    pages = len(pikepdf.open(io.BytesIO(pdf)).pages)
    spent = measure(
        {
            "paper": lambda: render_paper(form, heading, papers=papers),
            "key": lambda: render_key(form, heading, papers=papers),
            "naive paper": lambda: render_paper(
                form, heading, papers=Typesetter(boxes=NaiveBoxes())
            ),
        },
        rounds,
    )
    medians = {way: statistics.median(times) for way, times in spent.items()}
    print(f"a paper of {pages} pages and {boxes.used} formulas")
    for way, times in spent.items():
        print(f"{way:12} {medians[way]:.3f} CPU s  (least {min(times):.3f})")
    print(f"naive / fast {medians['naive paper'] / medians['paper']:.1f}")


if __name__ == "__main__":
    main()
