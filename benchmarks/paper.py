"""CPU seconds and bytes of papers and keys, beside the naive way of setting them.

A class of papers with the same questions and other numbers in every formula, table and figure is
set in ways that take turns in one process, so that their ratio holds on a loaded machine. The
naive way is WeasyPrint as its manual says: one SVG in a data URL for each formula and figure,
with fonts, templates and style sheets read anew for each paper.
Keys are measured of the sample exam too, whose questions and solutions are those of the bank.
Run: python benchmarks/paper.py [--rounds 9] [--papers 200]
"""

import argparse
import base64
import html
import io
import re
import resource
import runpy
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import mathra
import pikepdf
from click.testing import CliRunner

from examgen.cli import main as examgen
from examgen.exam.blueprint import read_blueprint
from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form, PrintedItem
from examgen.paper import Heading, Typesetter, render_key, render_paper
from examgen.paper.fonts import weasyprint
from examgen.paper.heading import heading_of
from examgen.paper.view import StudentView
from examgen.processes import process_pool
from examgen.resources import bundled
from examgen.text import MathBox, MathBoxes, expand

SAMPLE = Path(__file__).parents[1] / "tests" / "paper" / "conftest.py"
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|^\|.*\|$", re.DOTALL | re.MULTILINE)

PROGRAM = r"""
A network runs this program on a batch of images of side $64$, where `pad` is $1$ and `step` is $2$:

```
x = conv2d(image, w1, stride=step, padding=pad)
x = relu(batch_norm(x, gamma, beta))
for w in blocks:
    x = x + conv2d(relu(x), w, padding=pad)
y = x.mean(axis=(2, 3)) @ head
```

<< slide_figure(X, W) >>

The sums run over $u, v \in \{-1, 0, 1\}$, so that with $A_1 = 2$, $A_2 = 3$ and $A_3 = 5$ the
layers give $F_1 = 3$, $F_2 = 7$ and $F_3 = 15$, and

$$Y_{i,j} = \sum_{u=-1}^{1} \sum_{v=-1}^{1} W_{u,v}\, X_{2i+u,\,2j+v}, \qquad
\frac{\partial L}{\partial W_{u,v}} = \sum_{i=1}^{8} \sum_{j=1}^{8}
\frac{\partial L}{\partial Y_{i,j}}\, X_{2i+u,\,2j+v}.$$

| layer | $K$ | $S$ | $P$ | $D$ | outputs |
|:------|----:|----:|----:|----:|--------:|
| first | $7$ | $2$ | $3$ | $1$ | $16$ |
| block | $3$ | $1$ | $1$ | $2$ | $32$ |
| third | $5$ | $2$ | $2$ | $1$ | $64$ |
| head  | $1$ | $1$ | $0$ | $1$ | $10$ |

<< conv_figure(size=size, kernel=3, stride=2, padding=1) >>
"""


class CountingBoxes(MathBoxes):
    """Formulas as in any paper, counted at every use."""

    used = 0

    def box(self, tex: str, display: bool = False) -> MathBox:
        """The box of a formula."""
        self.used += 1
        return super().box(tex, display)


class NaiveBoxes(MathBoxes):
    """Formulas as whole SVG pictures in data URLs."""

    def box(self, tex: str, display: bool = False) -> MathBox:
        """The box of a formula, its picture in its URL."""
        svg = mathra.render(tex.strip(), display=display, strict=True)["svg"]
        data = base64.b64encode(svg.encode()).decode()
        return replace(super().box(tex, display), url=f"data:image/svg+xml;base64,{data}")

    def figure(self, url: str, alt: str) -> str:
        """The HTML image of a figure, which stays SVG."""
        return f'<img class="figure" src="{url}" alt="{html.escape(alt)}">'


@cache
def sample() -> dict[str, object]:
    """The form made by hand for the tests of papers."""
    return runpy.run_path(str(SAMPLE))


def form_of(number: int) -> tuple[Form, Heading]:
    """A paper of the class, with a question on a program, and the heading of all papers."""
    form: Form = sample()["sample_form"]()
    items = (*form.items[:3], program(number), *form.items[3:])
    items = tuple(varied(item, number) for item in items)
    code = f"{number:04}-BENCH-00"
    return replace(form, number=number, code=code, items=items), sample()["sample_heading"]()


def program(number: int) -> PrintedItem:
    """A question with code, a table and two figures, which no two of 10,000 papers share."""
    digits = [int(digit) for digit in f"{number:04}"]
    image = [[(row + column * digits[row % 4]) % 9 for column in range(6)] for row in range(5)]
    kernel = [[digits[0], 1, 0], [digits[1], -2, 1], [digits[2], 0, digits[3]]]
    stem = expand(PROGRAM, {"X": image, "W": kernel, "size": 6 + number % 3})
    hand = sample()["by_hand"]()
    return replace(hand, number=8, title="A program", stem=stem, parts=hand.parts[1:2])


def varied(item: PrintedItem, number: int) -> PrintedItem:
    """The item with other digits, as many of them, in its formulas and tables."""
    digits = "123456789"
    turned = digits[number % 9 :] + digits[: number % 9]
    table = str.maketrans(digits, turned)

    def vary(text: str) -> str:
        return _FORMULA.sub(lambda found: found[0].translate(table), text)

    parts = tuple(
        replace(
            part,
            prompt=vary(part.prompt),
            options=tuple(replace(option, text=vary(option.text)) for option in part.options),
        )
        for part in item.parts
    )
    return replace(item, stem=vary(item.stem), solution=vary(item.solution), parts=parts)


@cache
def exam(papers: int) -> tuple[tuple[Form, ...], Heading]:
    """Papers of the sample exam, and the heading of all of them."""
    with TemporaryDirectory() as folder:
        command = ["build", "midterm", "--seed", "403", "--copies", str(papers)]
        result = CliRunner().invoke(examgen, [*command, "--out", f"{folder}/exam"])
        if result.exit_code:
            raise SystemExit(result.output)
        built = ExamFolder(Path(folder) / "exam")
        forms = tuple(built.read_form(number) for number in range(1, papers + 1))
        blueprint = read_blueprint(built.blueprint)
        return forms, heading_of(blueprint, forms[0].marks, blueprint.language_in(None))


def measure(ways: dict[str, Callable[[int], bytes]], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each way in each round, another paper a round, after two that warm up."""
    spent: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(rounds + 2):
        for way, work in ways.items():
            start = time.process_time()
            work(number)
            if number > 1:
                spent[way].append(time.process_time() - start)
    return spent


@cache
def typesetter() -> Typesetter:
    """What all papers of a worker share."""
    return Typesetter()


def paper_of(number: int) -> bytes:
    """The paper of this number."""
    return render_paper(*form_of(number), papers=typesetter())


def key_of(number: int) -> bytes:
    """Its key."""
    return render_key(*form_of(number), papers=typesetter())


def naive_paper_of(number: int) -> bytes:
    """The paper with nothing shared: HTML and style sheets handed to WeasyPrint."""
    form, heading = form_of(number)
    source = Typesetter(boxes=NaiveBoxes()).source("paper.html", view=StudentView.of(form, heading))
    fonts = weasyprint().text.fonts.FontConfiguration()
    styles = [bundled("templates/style") / f"{name}.css" for name in ("fonts", "page", "paper")]
    pdf: bytes = (
        weasyprint()
        .HTML(string=source)
        .write_pdf(
            stylesheets=[weasyprint().CSS(filename=path, font_config=fonts) for path in styles],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
        )
    )
    return pdf


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def formulas() -> int:
    """How many formulas a paper shows."""
    boxes = CountingBoxes()
    render_paper(*form_of(0), papers=Typesetter(boxes=boxes))
    return boxes.used


def rounds_per_second(workers: int, papers: int) -> float:
    """Papers a second of wall time that so many workers print after each has printed some."""
    with process_pool(workers) as pool:
        list(pool.map(paper_of, range(6 * workers)))
        start = time.perf_counter()
        list(pool.map(paper_of, range(papers)))
        return papers / (time.perf_counter() - start)


def growth(papers: int) -> tuple[float, float]:
    """Megabytes of the process after a tenth of the papers and after all of them."""
    seen = []
    for number in range(papers):
        paper_of(number)
        if number + 1 in (max(papers // 10, 1), papers):
            seen.append(resident())
    return seen[0], seen[-1]


def resident() -> float:
    """Megabytes of memory that this process holds (Linux), or has held at most (elsewhere)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text())
    return int(found[1]) / 1000 if found else 0.0


def aim(what: str, value: str, holds: bool) -> None:
    """Print a figure and whether it is within its limit."""
    print(f"{what:52} {value:>14}  {'holds' if holds else 'does not hold'}")


def of_the_exam(render: Callable[..., bytes], papers: int) -> Callable[[int], bytes]:
    """How papers or keys of the sample exam are set, by their number from 0."""
    forms, heading = exam(papers)
    return lambda number: render(forms[number], heading, papers=typesetter())


def compare_keys(ways: dict[str, Callable[[int], bytes]], rounds: int) -> None:
    """Print what a page of a key takes beside a page of its paper."""
    spent = measure(ways, rounds)
    a_page = []
    for way, times in spent.items():
        count = statistics.median(pages(ways[way](number)) for number in range(4))
        a_page.append(statistics.median(times) / count)
        print(f"{way:12} {statistics.median(times):.3f} CPU s, {count:g} pages")
    ratio = a_page[1] / a_page[0]
    aim("key / paper for each page, at most 1", f"{ratio:.2f}", ratio <= 1)


def main() -> None:
    """Print medians, sizes and what holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="papers that are timed in each way")
    parser.add_argument("--papers", type=int, default=200, help="papers that memory is watched for")
    asked = parser.parse_args()
    paper = paper_of(0)
    print(f"a paper of {pages(paper)} pages, {formulas()} formulas")
    spent = measure({"paper": paper_of, "naive paper": naive_paper_of}, asked.rounds)
    middle = {way: statistics.median(times) for way, times in spent.items()}
    for way, times in spent.items():
        print(f"{way:12} {middle[way]:.3f} CPU s, least {min(times):.3f}")
    ratio = middle["naive paper"] / middle["paper"]
    aim("CPU seconds a paper, at most 0.45", f"{middle['paper']:.3f}", middle["paper"] <= 0.45)
    aim("naive / paper, at least 3", f"{ratio:.2f}", ratio >= 3)
    aim("kilobytes a paper, at most 150", f"{len(paper) / 1000:.0f}", len(paper) <= 150_000)
    compare_keys({"paper": paper_of, "its key": key_of}, asked.rounds)
    ways = {"exam paper": render_paper, "its key": render_key}
    count = max(asked.rounds, 4) + 2
    compare_keys({way: of_the_exam(ways[way], count) for way in ways}, asked.rounds)
    faster = rounds_per_second(2, 6 * asked.rounds) / rounds_per_second(1, 3 * asked.rounds)
    aim("two workers / one in wall time, at least 1.5", f"{faster:.2f}", faster >= 1.5)
    early, late = growth(asked.papers)
    what = f"megabytes after {max(asked.papers // 10, 1)} and {asked.papers} papers, at most +5 %"
    aim(what, f"{early:.0f}, {late:.0f}", late <= 1.05 * early)


if __name__ == "__main__":
    main()
