"""Grading an exam: from a file of submissions to marks, grades and a review."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.blueprint import Blueprint, read_blueprint
from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form
from examgen.exam.roster import BATCH
from examgen.exam.table import read_table
from examgen.grading.given import by_part
from examgen.grading.grader import Grader
from examgen.grading.headers import naming
from examgen.grading.intact import check_blueprint, check_record
from examgen.grading.match import Matches, match_sheets
from examgen.grading.outcome import Outcome
from examgen.grading.points import read_points
from examgen.grading.read import POLICIES, Submissions, read_submissions
from examgen.grading.recompute import Recomputer
from examgen.grading.review import REVIEW, read_review


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
    maps: Sequence[str] = (),
    id_column: str = "",
    points: Sequence[Path] = (),
    decimal_comma: bool | None = None,
) -> Outcome:
    """The marks and grades of an exam; writes nothing (see `examgen.grading.write`).

    ``out`` is where an earlier review may lie whose filled rows are applied (``grades`` in the
    exam folder). ``duplicates`` says which of several rows of a student counts: "first",
    "latest", or "refuse"; ``maps`` (``PART=COLUMN``) and ``id_column`` name the columns of a table
    that no known system exports. ``points`` are files of points given by hand (without any,
    ``points.csv`` in the exam folder). ``decimal_comma`` says how students write decimals (None:
    as the blueprint says, else with commas in a table with semicolons). Raises `ExamgenError` with
    file and row for bad input.
    """
    if duplicates not in POLICIES:
        raise ExamgenError(f"duplicates is one of {', '.join(POLICIES)}, not '{duplicates}'")
    exam = ExamFolder(folder)
    forms, blueprint = _built(exam)
    columns = _columns(forms)
    read = read_submissions(
        submissions,
        columns=columns,
        extra=_roster_columns(exam),
        duplicates=duplicates,
        named=naming(maps, id_column, columns=columns),
    )
    read = _with_decimals(read, decimal_comma, blueprint)
    students = [form.student for form in forms]
    review = (out or folder / "grades") / REVIEW
    reviewed = read_review(review, students=students, columns=columns)
    matches = match_sheets(read, forms, duplicates=duplicates, reviewed=reviewed)
    papers = _papers(forms, matches)
    by_markers = read_points(points or _own_points(exam), papers, blueprint.marking)
    given = by_part([*by_markers.given, *reviewed.given(papers, blueprint.marking)])
    with Recomputer(exam.items) as recompute:
        outcome = Grader(blueprint, reviewed, given, recompute, read).outcome(forms, matches)
        return replace(outcome, notes=(*outcome.notes, *by_markers.notes, *recompute.notes))


def _built(exam: ExamFolder) -> tuple[tuple[Form, ...], Blueprint]:
    """The forms and the blueprint of an exam folder, found intact."""
    forms = exam.read_forms()
    if not forms:
        raise ExamgenError(f"{exam.root}: not an exam folder (it has no confidential/forms.jsonl)")
    check_record(exam, forms)
    blueprint = read_blueprint(exam.blueprint)
    check_blueprint(exam, blueprint, forms)
    return forms, blueprint


def _own_points(exam: ExamFolder) -> tuple[Path, ...]:
    """The table of points in the exam folder, if there is one."""
    return (exam.points,) if exam.points.is_file() else ()


def _papers(forms: Sequence[Form], matches: Matches) -> dict[str, Form]:
    """The forms by which the students are marked; of an absent one, the student's own."""
    handed_in = {student: match.form for student, match in matches.by_student.items()}
    return {form.student: handed_in.get(form.student, form) for form in forms}


def _with_decimals(read: Submissions, asked: bool | None, blueprint: Blueprint) -> Submissions:
    """The submissions with how their decimals are written, and a note where that may surprise."""
    semicolons = read.delimiter == ";"
    if asked is not None:
        comma, why = asked, "as asked"
    elif blueprint.decimal_comma is not None:
        comma, why = blueprint.decimal_comma, "as the blueprint says"
    else:
        comma, why = semicolons, "as usual in a table with semicolons (else: --decimal-point)"
    if not comma and not semicolons:
        return read
    note = f"{read.path.name}: read with decimal {'commas' if comma else 'points'}, {why}"
    return replace(read, decimal_comma=comma, notes=(*read.notes, note))


def _columns(forms: Sequence[Form]) -> list[str]:
    """The columns of all parts, in printed order."""
    found = {
        part.column: (item.number, len(part.column), part.column)
        for form in forms
        for item in form.items
        for part in item.parts
    }
    return sorted(found, key=lambda column: found[column])


def _roster_columns(exam: ExamFolder) -> tuple[str, ...]:
    """The roster's columns, which submissions may have too."""
    if not exam.roster.is_file():
        return ()
    table = read_table(exam.roster, fitting=lambda names: BATCH in names)
    return table.header
