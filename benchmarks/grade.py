"""Seconds and memory of ``examgen grade`` on large classes: a process of its own, start to end.

The exam has 30 parts of the item models in the bank, and no PDFs. 1,000 students have forms and
answers of their own, by the simulator of `examples` (right, misconceptions, follow-through,
slips, blank, unreadable); larger classes repeat these under other names and codes, far enough
apart that no cache of the grader sees it. Memory is that of all processes together (Linux).

Run: python benchmarks/grade.py [--students 1000 5000 10000] [--shape wide|long] [--keep FOLDER]
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "examples"))

from simulate import Answer, simulate

from examgen.bank import Bank
from examgen.exam.assemble import assemble, models_asked
from examgen.exam.blueprint import read_blueprint
from examgen.exam.codes import paper_code
from examgen.exam.folder import ExamFolder
from examgen.exam.identity import identify
from examgen.exam.record import Form, to_line
from examgen.exam.roster import copies
from examgen.exam.seeds import Stream
from examgen.resources import bundled

DISTINCT = 1000
SEED = 10
ITEMS = (
    "shapes/layer_cost", "parameters/conv_parameters", "receptive_field/three_layers",
    "receptive_field/layer_table", "convolution/by_hand", "pooling/shift",
    "separable/which_separable", "separable/depthwise", "bilinear/weights",
    "bilinear/offset_gradient", "deformable/offset_branch",
)  # fmt: skip
BLUEPRINT = '[exam]\ntitle = "Large class"\n' + "".join(
    f'[[question]]\nitem = "{item}"\nrepeats = true\n' for item in ITEMS
)
GRADE = "import sys; from examgen.cli import main; main(sys.argv[1:])"


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds on the clock and of processors; megabytes of all and of one."""

    wall: float
    cpu: float
    memory: float
    largest: float


class Class:
    """A class of simulated students, as large as is asked."""

    def __init__(self, folder: Path):
        path = folder / "blueprint.toml"
        path.write_text(BLUEPRINT, "utf-8")
        self.blueprint = read_blueprint(path)
        bank = Bank(bundled("question_bank"))
        self.sources = {name: bank.source(name) for name in models_asked(self.blueprint, bank)}
        self.made = assemble(self.blueprint, bank, copies(DISTINCT), seed=SEED)
        sheets = simulate(self.made.forms, bank)
        self.sheets = [sheets.get(form.code, {}) for form in self.made.forms]

    def students(self, count: int) -> Iterator[tuple[Form, dict[str, Answer]]]:
        """So many forms, with what is answered."""
        codes = Stream(b"benchmark")
        for number in range(count):
            form = self.made.forms[number % DISTINCT]
            student = f"{210_000 + number}"
            named = replace(
                form, number=number + 1, code=paper_code(codes), student=student, name="A. Student"
            )
            yield named, self.sheets[number % DISTINCT]

    def write(self, root: Path, count: int, shape: str) -> Path:
        """An exam folder with its record, and the submissions; the path of these."""
        folder = ExamFolder(root)
        identity = identify(
            self.blueprint, seed=SEED, secret=None, versions=None, sources=self.sources
        )
        folder.write_record(self.blueprint, identity, copies(1), (), sources=self.sources)
        with folder.forms.open("w", encoding="utf-8") as lines:
            lines.writelines(to_line(form) + "\n" for form, _ in self.students(count))
        path = root / "submissions.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            if shape == "wide":
                table.writerow(["paper", "student", *self.made.columns])
            else:
                table.writerow(["student", "part", "response"])
            for form, sheet in self.students(count):
                texts = [sheet[c].text if c in sheet else "" for c in self.made.columns]
                if shape == "wide":
                    table.writerow([form.code, form.student, *texts])
                else:
                    table.writerows(
                        [form.student, column, text]
                        for column, text in zip(self.made.columns, texts, strict=True)
                    )
        return path


def grade(submissions: Path) -> Cost:
    """What one run of the command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", GRADE, "grade", str(submissions)],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    together = largest = 0.0
    while child.poll() is None:
        sizes = list(_memory(child.pid))
        together, largest = max(together, sum(sizes)), max([largest, *sizes])
        time.sleep(0.05)
    if child.returncode:
        raise SystemExit(f"examgen grade ended with {child.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - start, cpu, together, largest)


def _memory(session: int) -> Iterator[float]:
    """The resident megabytes of each process of a session (Linux)."""
    page = resource.getpagesize() / 1e6
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(path.name)) == session:
                yield int((path / "statm").read_text("ascii").split()[1]) * page
        except OSError:
            continue


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table of the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, nargs="+", default=[1000, 5000, 10000])
    parser.add_argument("--shape", choices=["wide", "long"], default="wide")
    parser.add_argument("--keep", type=Path, help="Make the exam folders here, and leave them.")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        root = given.keep or Path(temporary)
        root.mkdir(exist_ok=True)
        large = Class(root)
        load = os.getloadavg()[0]
        print(f"{len(large.made.columns)} parts, {os.cpu_count()} cores, load {load:.1f}\n")
        print("| students | seconds | CPU seconds | MB, all processes | MB, the largest |")
        print("|---|---|---|---|---|")
        for count in given.students:
            cost = grade(large.write(root / f"exam-{count}", count, given.shape))
            print(
                f"| {count:,} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.memory:.0f} "
                f"| {cost.largest:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
