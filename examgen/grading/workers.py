"""Papers marked one after the other: by this process, or by workers where there are many."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.util import Finalize
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.record import Form
from examgen.grading.fit import Fit
from examgen.grading.grader import Grader
from examgen.grading.match import Match
from examgen.grading.outcome import Paper
from examgen.grading.papers import Line, read_paper
from examgen.grading.recompute import Recomputer
from examgen.processes import cores, in_order, process_pool

LEAST_PAPERS = 500  # below, workers take longer to start than they save
_AT_ONCE = 20  # papers that a worker is given together


@dataclass(frozen=True)
class Task:
    """A paper to be marked: its student, the sheets that may count, and where their forms are.

    Without a sheet, ``lines`` has the student's own form.
    """

    owner: Form
    matches: tuple[Match, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Marker:
    """What marks a task: a grader, the record that it reads forms from, and all their keys."""

    grader: Grader
    recompute: Recomputer
    record: Path
    fit: Fit

    def paper(self, task: Task) -> Paper:
        """The paper of a task; raises `ExamgenError`."""
        forms = [read_paper(self.record, line) for line in task.lines]
        owner = task.owner if task.matches else forms[0]
        matches = [
            replace(match, form=form) for match, form in zip(task.matches, forms, strict=False)
        ]
        paper = self.grader.paper(owner, matches)
        notes = (*paper.notes, *self.recompute.notes)
        return replace(paper, notes=notes, better=self._better(paper, task))

    def _better(self, paper: Paper, task: Task) -> tuple[int, int] | None:
        """The paper that the answers fit far better."""
        for match, line in zip(task.matches, task.lines, strict=False):
            if match.sheet.row == paper.row and paper.grade.total is not None:
                return self.fit.better(
                    match.sheet.responses,
                    line.number - 1,
                    own=paper.right,
                    decimal_comma=self.grader.decimal_comma,
                )
        return None


def marked(tasks: Iterable[Task], marker: Marker, *, count: int) -> Iterator[tuple[Task, Paper]]:
    """Each of ``count`` tasks with its paper, in order; raises `ExamgenError`."""
    workers = min(cores(), count // LEAST_PAPERS)
    if workers < 2:
        yield from ((task, marker.paper(task)) for task in tasks)
        return
    try:
        with process_pool(workers, _begin, marker) as pool:
            for batch, papers in in_order(pool, _marked, _batches(tasks), workers=workers):
                yield from zip(batch, papers, strict=True)
    except BrokenExecutor as error:
        raise ExamgenError(
            "a worker process was ended from outside, perhaps for want of memory; grade again"
        ) from error


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    waiting = iter(tasks)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch


_marker: list[Marker] = []  # of this worker


def _begin(marker: Marker) -> None:
    _marker.append(marker)
    Finalize(None, marker.recompute.close, exitpriority=0)  # workers run no `atexit`


def _marked(tasks: Sequence[Task]) -> list[Paper]:
    return [_marker[0].paper(task) for task in tasks]
