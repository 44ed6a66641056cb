"""Grading an exam: from a file of submissions to marks, grades and a review."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.blueprint import Blueprint, read_blueprint
from examgen.exam.folder import ExamFolder, sha256
from examgen.exam.record import Form
from examgen.exam.roster import BATCH
from examgen.exam.table import read_table
from examgen.grading.duplicates import Policy, parse_deadline
from examgen.grading.filled import Filled
from examgen.grading.given import Given, by_part
from examgen.grading.grader import Grader
from examgen.grading.headers import naming
from examgen.grading.intact import check_blueprint, check_record
from examgen.grading.marked_by import MarkedBy
from examgen.grading.match import Match, Matches, doubted
from examgen.grading.outcome import Outcome, Paper
from examgen.grading.papers import Papers
from examgen.grading.points import Points, read_points
from examgen.grading.read import read_submissions
from examgen.grading.recompute import Recomputer
from examgen.grading.review import REVIEW, Reviewed, read_review
from examgen.grading.workers import Marker, Task, marked


def find_exam(submissions: Path, exam: Path | None = None) -> Path:
    """The exam folder: as named, else that of the file, else the only one in the current folder.

    Raises `ExamgenError` where there is none, or more than one to choose from.
    """
    if exam is not None:
        if not _is_exam(exam):
            raise ExamgenError(f"{exam}: not an exam folder (it has no confidential/forms.jsonl)")
        return exam
    if not submissions.is_file():
        raise ExamgenError(f"{submissions}: no such file of submissions")
    if _is_exam(submissions.parent):
        return submissions.parent
    here = Path()
    if _is_exam(here):
        return here
    found = sorted(path for path in here.iterdir() if path.is_dir() and _is_exam(path))
    if len(found) != 1:
        listed = (
            f"several exam folders ({', '.join(map(str, found))})" if found else "no exam folder"
        )
        raise ExamgenError(f"{listed} here and none beside {submissions}: name it with --exam")
    return found[0]


def _is_exam(folder: Path) -> bool:
    return ExamFolder(folder).forms.is_file()


def grade_exam(
    folder: Path,
    submissions: Path,
    *,
    out: Path | None = None,
    duplicates: str = "refuse",
    deadline: str | None = None,
    late: str | None = None,
    maps: Sequence[str] = (),
    id_column: str = "",
    points: Sequence[Path] = (),
    decimal_comma: bool | None = None,
) -> Outcome:
    """The outcome of an exam, whose papers are marked while one goes through them.

    It writes nothing (see `examgen.grading.write`). ``out`` is where an earlier review may lie
    whose filled rows are applied (``grades`` in the exam folder). ``duplicates``, ``deadline`` (a
    time with its offset, else the blueprint's) and ``late`` make a `Policy`; ``maps``
    (``PART=COLUMN``) and ``id_column`` name the columns of a table that no known system exports.
    ``points`` are files of points given by hand (without any, ``points.csv`` in the exam folder).
    ``decimal_comma`` says how students write decimals (None: as the blueprint says, else as in
    its language, else with commas in a table with semicolons).
    Raises `ExamgenError` with file and row for bad input, also while papers are marked.
    """
    exam = ExamFolder(folder)
    digest = check_record(exam)
    papers = Papers(exam)
    blueprint = read_blueprint(exam.blueprint)
    check_blueprint(exam, blueprint, papers.asked)
    language = blueprint.language_in(exam.theme if exam.theme.is_dir() else None)
    policy = Policy(
        duplicates,
        blueprint.deadline if deadline is None else parse_deadline(deadline),
        late or blueprint.late,
    )
    read = read_submissions(
        submissions,
        columns=papers.columns,
        extra=_roster_columns(exam),
        duplicates=policy.duplicates,
        named=naming(maps, id_column, columns=papers.columns),
        asked=decimal_comma,
        usual=blueprint.decimal_comma_in(language),
    )
    review = (out or folder / "grades") / REVIEW
    reviewed = read_review(review, papers)
    matches = Matches(read, papers, policy, reviewed)
    by_markers, given = _given(exam, points, MarkedBy(papers, matches), reviewed, blueprint)
    recompute = Recomputer(exam.items)
    grader = Grader(
        blueprint,
        reviewed,
        given,
        recompute,
        source=submissions,
        decimal_comma=read.decimal_comma,
    )
    return Outcome(
        papers=_papers(papers, matches, Marker(grader, recompute, exam.forms, papers.fit)),
        mapping=read.mapping,
        notes=(*read.notes, *reviewed.notes, *by_markers.notes, *matches.notes),
        inputs={
            submissions.name: sha256(submissions),
            exam.forms.name: digest,
            exam.blueprint.name: sha256(exam.blueprint),
        },
        numbers=papers.numbers,
        filled=reviewed.rows.keys(),
        decided=reviewed.decided.keys(),
        exit_status=int(matches.unknown),
    )


def _given(
    exam: ExamFolder,
    points: Sequence[Path],
    marked_by: MarkedBy,
    reviewed: Reviewed,
    blueprint: Blueprint,
) -> tuple[Points, Mapping[tuple[str, str], Sequence[Given]]]:
    """What markers gave in points files, and all that humans gave, by student and part."""
    own = (exam.points,) if exam.points.is_file() else ()
    by_markers = read_points(points or own, marked_by, blueprint.marking)
    in_review = reviewed.given(marked_by, blueprint.marking)
    return by_markers, by_part([*by_markers.given, *in_review])


def _papers(papers: Papers, matches: Matches, marker: Marker) -> Iterator[Paper]:
    """The papers in the order of the record."""
    reviewed = marker.grader.reviewed
    filled = Filled(reviewed, marker.grader.given)
    tasks = (_task(papers, cover, matches.of(cover.student)) for cover in papers)
    with marker.recompute:
        for task, paper in marked(tasks, marker, count=len(papers)):
            for match in task.matches:
                if match.sheet.row == paper.row:
                    paper = doubted(paper, match, papers, reviewed)
            yield filled.into(paper)


def _task(papers: Papers, owner: Form, matches: Sequence[Match]) -> Task:
    lines = [papers.line(match.form) for match in matches] or [papers.line(owner)]
    return Task(owner, tuple(matches), tuple(lines))


def _roster_columns(exam: ExamFolder) -> tuple[str, ...]:
    """The roster's columns, which submissions may have too."""
    if not exam.roster.is_file():
        return ()
    table = read_table(exam.roster, fitting=lambda names: BATCH in names)
    return table.header
