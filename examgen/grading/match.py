"""Whose answers a sheet holds and to which paper: by code, by student, and by how they fit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from examgen.errors import ExamgenError, nearest
from examgen.exam.codes import parse
from examgen.exam.record import Form
from examgen.exam.table import shown
from examgen.grading.duplicates import Policy, latest, rows_in_words
from examgen.grading.fit import right
from examgen.grading.outcome import SHEET, Paper, ReviewRow
from examgen.grading.papers import Papers
from examgen.grading.read import Submissions
from examgen.grading.review import Reviewed
from examgen.grading.scratch import Places, Spool
from examgen.grading.sheet import Sheet, loose

_MOST_NOTES = 1000  # of rows that nobody owns
_MOST_HINTS = 20  # each is sought among all papers or students

_SETTLED = "; write the code of the paper that was answered as its marks"


@dataclass(frozen=True)
class Match:
    """A sheet, the form of its student, the form it is marked by, and the doubt about that.

    Forms may be covers, without items. ``late`` is how many seconds after the deadline it came;
    ``refused`` tells that it is not marked for that.
    """

    sheet: Sheet
    owner: Form
    form: Form
    doubt: ReviewRow | None = None
    late: int = 0
    refused: bool = False


class _Claim(NamedTuple):
    """What decides whether a row of a student counts, and where its match is set aside."""

    row: int
    place: int
    submitted: str
    late: int

    @classmethod
    def of(cls, match: Match, place: int) -> "_Claim":
        """That of a match."""
        return cls(match.sheet.row, place, match.sheet.submitted, match.late)


class Matches:
    """The sheets that count, by student, set aside on disk; with notes on what was odd.

    ``unknown`` tells whether a row named a paper or student that the exam does not have.
    """

    def __init__(
        self, submissions: Submissions, papers: Papers, policy: Policy, reviewed: Reviewed
    ):
        """Go through the submissions; raises `ExamgenError` with rows.

        So it does where no row at all belongs to the exam.
        """
        desk, found = _Desk(submissions, papers), False
        self._spool: Spool[Match] = Spool()
        self._papers, self._policy, self._reviewed = papers, policy, reviewed
        self._comma = submissions.decimal_comma
        self._counting = Places()  # in the spool, by student
        timed = policy.deadline is not None and submissions.timed
        if policy.deadline is not None and not timed:
            desk.notes.append("no column tells the time, so whether a row is late is not known")
        for sheet in submissions:
            match = desk.match(sheet)
            if match:
                place = self._spool.add(self._timed(match, desk) if timed else match)
                self._counting.add(match.owner.student, place)
                found = True
        if not found:
            some = papers.at(0)
            raise ExamgenError(
                f"{submissions.path}: no row names a paper or student of this exam "
                f"({len(papers)} papers, such as {some.code} of '{some.student}'); "
                "is it another exam's? Name the exam folder with --exam"
            )
        self.unknown, self.notes = desk.unknown, desk.notes
        for student in self._counting.several():
            places = self._counting.of(student)
            self._counting.replace(student, self._chosen(submissions, student, places))
        if desk.unlisted:
            self.notes.append(f"and {desk.unlisted} more rows of unknown papers or students")

    def of(self, student: str) -> list[Match]:
        """The matches of a student: none, one, or several of which the best counts."""
        matches = [self._spool.at(place) for place in self._counting.of(student)]
        refused = self._policy.late == "refuse"
        return [
            replace(self._settled(match), refused=refused and match.late > 0) for match in matches
        ]

    def _settled(self, match: Match) -> Match:
        return settled(match, self._papers, self._reviewed, decimal_comma=self._comma)

    def _timed(self, match: Match, desk: "_Desk") -> Match:
        """The match with how late it came."""
        sheet = match.sheet
        late, note = (0, "") if sheet.empty else self._policy.seconds_late(sheet.submitted)
        if note:
            desk.notes.append(f"row {sheet.row}: {note}")
        return replace(match, late=late) if late else match

    def _chosen(self, submissions: Submissions, student: str, places: Sequence[int]) -> list[int]:
        """The places of the rows that count of several of one student's."""
        claims = [_Claim.of(self._spool.at(place), place) for place in places]
        in_time = [claim for claim in claims if not claim.late]
        if self._policy.late == "refuse" and 0 < len(in_time) < len(claims):
            late = rows_in_words([claim.row for claim in claims if claim.late])
            self.notes.append(f"{late} of student '{student}': too late, so without effect")
            claims = in_time
        if len(claims) > 1 and self._policy.duplicates != "best":
            claims = [self._one(submissions, student, claims)]
        return [claim.place for claim in claims]

    def _one(self, submissions: Submissions, student: str, claims: Sequence[_Claim]) -> _Claim:
        """The row that counts, by the policy; raises `ExamgenError` where it cannot be told."""
        how, chosen = "", claims[0]
        listed = rows_in_words([claim.row for claim in claims])
        where = f"{submissions.path}: {listed} are all of student '{student}'"
        if self._policy.duplicates == "refuse":
            raise ExamgenError(
                f"{where}; keep one, or say which counts with --duplicates first, latest or best"
            )
        if self._policy.duplicates == "latest" and submissions.timed:
            place = latest([claim.submitted for claim in claims])
            if place is None:
                raise ExamgenError(
                    f"{where}, and their times do not tell which is the latest (missing, equal, or "
                    "no times); keep one"
                )
            chosen = claims[place]
        elif self._policy.duplicates == "latest":
            how, chosen = " (no column tells the time, so the last one)", claims[-1]
        self.notes.append(f"{listed} are of student '{student}': row {chosen.row} counts{how}")
        return chosen


class _Desk:
    """Where sheets are identified; keeps notes on what was odd."""

    def __init__(self, submissions: Submissions, papers: Papers):
        self.submissions, self.papers = submissions, papers
        self.notes: list[str] = []
        self.unknown = False
        self.unlisted = 0
        self._listed = 0

    def match(self, sheet: Sheet) -> Match | None:
        """The sheet with its forms; None for one of an unknown paper and student."""
        if not sheet.paper and not sheet.student:
            if sheet.empty and not sheet.status:
                return None
            raise sheet.error(self.submissions.path, "names neither paper nor student")
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
        if paper == owner:
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
            form = self.papers.with_code(parse(sheet.paper))
            why = f"no paper '{shown(sheet.paper)}' in this exam"
        except ExamgenError as error:
            form = self.papers.with_code(sheet.paper)
            why = shown(str(error), most=200)
        if form is None:
            self._note_unknown(sheet, why, sheet.paper, self.papers.codes)
        return form

    def _student(self, sheet: Sheet) -> Form | None:
        if not sheet.student:
            return None
        student, written = self.papers.registered(sheet.student), shown(sheet.student)
        form = self.papers.of(student)
        if form is None:
            why = f"no student '{written}' in this exam"
            self._note_unknown(sheet, why, sheet.student, self.papers.students)
        elif student != sheet.student:
            self.notes.append(f"row {sheet.row}: student '{written}' taken for '{student}'")
        return form

    def _note_unknown(self, sheet: Sheet, why: str, word: str, known: Collection[str]) -> None:
        self.unknown = True
        if self._listed == _MOST_NOTES:
            self.unlisted += 1
            return
        self._listed += 1
        hint = nearest(shown(word), known) if self._listed <= _MOST_HINTS else ""
        self.notes.append(f"row {sheet.row}: {why}{hint}")


def settled(match: Match, papers: Papers, reviewed: Reviewed, *, decimal_comma: bool) -> Match:
    """The match as a human decided, else with its scores where it is doubtful."""
    student, sheet = match.owner.student, match.sheet
    row = reviewed.row(student, SHEET)
    if row and row.marks.strip():
        form = _decided(row.marks, papers, student, reviewed)
        return replace(match, form=form, doubt=None)
    if sheet.empty or not match.doubt:
        return replace(match, doubt=None)
    return _with_scores(match, papers, decimal_comma)


def doubted(paper: Paper, match: Match, papers: Papers, reviewed: Reviewed) -> Paper:
    """The marked paper, with a doubt where its answers fit another paper far better."""
    row = reviewed.row(match.owner.student, SHEET)
    if match.doubt or (row and row.marks.strip()) or paper.better is None:
        return paper
    place, most = paper.better
    other, own = papers.at(place), paper.right
    why = (
        f"the answers fit paper {other.code} of student '{other.student}' far better: {most} are "
        f"right there, {own} on paper {match.form.code}{_SETTLED}"
    )
    doubt = ReviewRow(match.form.code, match.owner.student, SHEET, "", why, suggested=other.code)
    grade = replace(paper.grade, provisional=True)
    return replace(paper, review=(*paper.review, doubt), grade=grade)


def _decided(text: str, papers: Papers, student: str, reviewed: Reviewed) -> Form:
    """The form whose code a human wrote; raises `ExamgenError` with the row."""
    code = text.strip()
    try:
        code = parse(code)
    except ExamgenError as error:
        if code not in papers.codes:
            raise reviewed.error(
                student, SHEET, f"'marks' of a sheet is a code: {error}"
            ) from error
    form = papers.with_code(code)
    if form is None:
        wrong = f"no paper '{code}' in this exam{nearest(code, papers.codes)}"
        raise reviewed.error(student, SHEET, wrong)
    return form


def _with_scores(match: Match, papers: Papers, comma: bool) -> Match:
    """The doubtful match, marked by the paper that the answers fit better (else by its code)."""
    assert match.doubt is not None
    responses, why = match.sheet.responses, match.doubt.why
    form = match.form
    if match.form.code != match.owner.code:
        paper = right(responses, papers.read(match.form), decimal_comma=comma)
        own = right(responses, papers.read(match.owner), decimal_comma=comma)
        form = match.owner if own > paper else match.form
        why += (
            f", the row names '{match.owner.student}'; {paper} answers are right on that paper, "
            f"{own} on {match.owner.code}"
        )
    doubt = replace(match.doubt, paper=form.code, why=why + _SETTLED, suggested=form.code)
    return replace(match, form=form, doubt=doubt)
