"""Whose answers a sheet holds and to which paper: by code, by student, and by how they fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from examgen.errors import ExamgenError, nearest
from examgen.exam.codes import parse
from examgen.exam.record import Form
from examgen.exam.table import shown
from examgen.grading.fit import Fit
from examgen.grading.outcome import SHEET, ReviewRow
from examgen.grading.read import Sheet, Submissions, loose
from examgen.grading.review import Reviewed


@dataclass(frozen=True)
class Match:
    """A sheet, the form of its student, the form it is marked by, and the doubt about that."""

    sheet: Sheet
    owner: Form
    form: Form
    doubt: ReviewRow | None = None


@dataclass(frozen=True)
class Matches:
    """The matches by student, notes, and whether a row named an unknown paper or student."""

    by_student: Mapping[str, Match]
    notes: tuple[str, ...]
    unknown: bool


def match_sheets(
    submissions: Submissions, forms: Sequence[Form], *, duplicates: str, reviewed: Reviewed
) -> Matches:
    """Each sheet with its form; of several for one student ``duplicates`` says which counts.

    It is "refuse", "first" or "latest" (in the order of the rows). Raises `ExamgenError` with the
    rows, and where no sheet at all belongs to the exam.
    """
    desk = _Desk(submissions, forms)
    found: dict[str, list[Match]] = {}
    for sheet in submissions.sheets:
        match = desk.match(sheet)
        if match:
            found.setdefault(match.owner.student, []).append(match)
    if not found:
        raise ExamgenError(
            f"{submissions.path}: no row names a paper or student of this exam "
            f"({len(forms)} papers, such as {forms[0].code} of '{forms[0].student}'); "
            "is it another exam's? Name the exam folder with --exam"
        )
    chosen = {
        student: _one(submissions, matches, duplicates, desk.notes)
        for student, matches in found.items()
    }
    fit = Fit(forms, decimal_comma=submissions.decimal_comma)
    settled = {
        student: _settled(match, fit, desk.codes, reviewed) for student, match in chosen.items()
    }
    return Matches(settled, tuple(desk.notes), desk.unknown)


class _Desk:
    """Where sheets are identified; keeps notes on what was odd."""

    def __init__(self, submissions: Submissions, forms: Sequence[Form]):
        self.submissions = submissions
        self.codes = {form.code: form for form in forms}
        self.students = {form.student: form for form in forms}
        self.loose: dict[str, list[Form]] = {}
        for form in forms:
            self.loose.setdefault(loose(form.student), []).append(form)
        self.notes: list[str] = []
        self.unknown = False

    def match(self, sheet: Sheet) -> Match | None:
        """The sheet with its forms; None for one of an unknown paper and student."""
        if not sheet.paper and not sheet.student:
            if sheet.empty and not sheet.status:
                return None
            raise self.submissions.error(sheet, "names neither paper nor student")
        paper = self._paper(sheet)
        owner = self._student(sheet)
        if paper is None and owner is None:
            return None
        if owner is None or paper is None:
            known = paper or owner
            assert known is not None
            match = Match(sheet, known, known)
            wrong = (sheet.student and owner is None) or (sheet.paper and paper is None)
            return self._doubtful(match, self._unknown_half(sheet, known)) if wrong else match
        match = Match(sheet, owner, paper)
        if paper is owner:
            return match
        return self._doubtful(match, f"paper {paper.code} is of student '{paper.student}'")

    def _unknown_half(self, sheet: Sheet, known: Form) -> str:
        if (
            sheet.student
            and known.student != sheet.student
            and loose(sheet.student) != loose(known.student)
        ):
            return (
                f"student '{shown(sheet.student)}' is not in this exam; the paper is {known.code}"
            )
        return f"paper '{shown(sheet.paper)}' is not of this exam; the student has {known.code}"

    def _doubtful(self, match: Match, why: str) -> Match:
        row = ReviewRow(match.form.code, match.owner.student, SHEET, "", why, match.form.code)
        return replace(match, doubt=row)

    def _paper(self, sheet: Sheet) -> Form | None:
        if not sheet.paper:
            return None
        try:
            form = self.codes.get(parse(sheet.paper))
            why = "" if form else f"no paper '{shown(sheet.paper)}' in this exam"
        except ExamgenError as error:
            form = self.codes.get(sheet.paper)
            why = "" if form else shown(str(error), most=200)
        if why:
            self._note_unknown(sheet, why + nearest(shown(sheet.paper), self.codes))
        return form

    def _student(self, sheet: Sheet) -> Form | None:
        if not sheet.student or sheet.student in self.students:
            return self.students.get(sheet.student)
        like = self.loose.get(loose(sheet.student), [])
        if len(like) == 1:
            self.notes.append(
                f"row {sheet.row}: student '{shown(sheet.student)}' taken for '{like[0].student}'"
            )
            return like[0]
        hint = nearest(shown(sheet.student), self.students)
        self._note_unknown(sheet, f"no student '{shown(sheet.student)}' in this exam{hint}")
        return None

    def _note_unknown(self, sheet: Sheet, why: str) -> None:
        self.unknown = True
        self.notes.append(f"row {sheet.row}: {why}")


def _one(
    submissions: Submissions, matches: Sequence[Match], duplicates: str, notes: list[str]
) -> Match:
    """The match that counts of one student's."""
    if len(matches) == 1:
        return matches[0]
    rows = [str(match.sheet.row) for match in matches]
    listed = f"rows {', '.join(rows[:-1])} and {rows[-1]}"
    if duplicates == "refuse":
        raise ExamgenError(
            f"{submissions.path}: {listed} are all of student '{matches[0].owner.student}'; keep "
            "one, or say which counts with --duplicates first or latest"
        )
    match = matches[0 if duplicates == "first" else -1]
    notes.append(f"{listed} are of student '{match.owner.student}': row {match.sheet.row} counts")
    return match


def _settled(match: Match, fit: Fit, codes: Mapping[str, Form], reviewed: Reviewed) -> Match:
    """The match with its scores where it is doubtful, or as a human decided."""
    student, sheet = match.owner.student, match.sheet
    row = reviewed.row(student, SHEET)
    if row and row.marks.strip():
        return replace(match, form=_decided(row.marks, codes, student, reviewed), doubt=None)
    if sheet.empty:
        return replace(match, doubt=None)
    if match.doubt:
        return _with_scores(match, fit)
    better = fit.better(sheet.responses, match.form)
    if not better:
        return match
    other, most, own = better
    why = (
        f"the answers fit paper {other.code} of student '{other.student}' far better: {most} are "
        f"right there, {own} on paper {match.form.code}"
    )
    return replace(
        match, doubt=ReviewRow(match.form.code, student, SHEET, "", why, suggested=other.code)
    )


def _decided(text: str, codes: Mapping[str, Form], student: str, reviewed: Reviewed) -> Form:
    """The form whose code a human wrote; raises `ExamgenError` with the row."""
    code = text.strip()
    try:
        code = parse(code)
    except ExamgenError as error:
        if code not in codes:
            raise reviewed.error(
                student, SHEET, f"'marks' of a sheet is a code: {error}"
            ) from error
    if code not in codes:
        wrong = f"no paper '{code}' in this exam{nearest(code, codes)}"
        raise reviewed.error(student, SHEET, wrong)
    return codes[code]


def _with_scores(match: Match, fit: Fit) -> Match:
    """The doubtful match, marked by the paper that the answers fit better (else by its code)."""
    assert match.doubt is not None
    responses = match.sheet.responses
    paper, own = fit.right(responses, match.form), fit.right(responses, match.owner)
    form = match.owner if own > paper else match.form
    why = match.doubt.why
    if match.form is not match.owner:
        why += (
            f", the row names '{match.owner.student}'; {paper} answers are right on that paper, "
            f"{own} on {match.owner.code}"
        )
    doubt = replace(match.doubt, paper=form.code, why=why, suggested=form.code)
    return replace(match, form=form, doubt=doubt)
