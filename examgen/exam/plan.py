"""Planning a build: a new exam, one to be continued, or a folder that must not be touched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from examgen.errors import ExamgenError
from examgen.exam.folder import ExamFolder
from examgen.exam.identity import Identity
from examgen.exam.record import Form
from examgen.exam.roster import Student


@dataclass(frozen=True)
class Plan:
    """What a build does: the students with their batches, the forms there are already.

    ``set_aside`` is where another exam in the folder will be moved (None: there is none).
    """

    folder: ExamFolder
    students: tuple[Student, ...]
    existing: tuple[Form, ...]
    set_aside: Path | None = None

    def clear(self) -> None:
        """Move another exam out of the way, as planned."""
        if self.set_aside:
            try:
                self.folder.root.rename(self.set_aside)
            except OSError as error:
                raise ExamgenError(
                    f"{self.folder.root}: cannot be moved to {self.set_aside}: {error.strerror}"
                ) from error


def plan_build(
    out: Path, identity: Identity, students: Sequence[Student], *, force: bool = False
) -> Plan:
    """The plan for building this exam into a folder; nothing is changed yet.

    The same exam is continued, students who are new forming a later batch. Raises `ExamgenError`
    when the folder holds anything else; ``force`` sets another exam aside, but nothing that is
    not an exam.
    """
    folder = ExamFolder(out)
    if out.exists() and not out.is_dir():
        raise ExamgenError(f"{out}: is a file, not a folder")
    manifest = folder.read_manifest()
    if manifest is None:
        if folder.has_files():
            raise ExamgenError(f"{out}: holds files that are no exam; give another folder by --out")
        return Plan(folder, tuple(students), ())
    try:
        if difference := identity.difference(Identity(**manifest["exam"])):
            raise ExamgenError(difference)
        forms = folder.read_forms()
        return Plan(folder, _joined(students, forms), forms)
    except ExamgenError as error:
        if force:
            return Plan(folder, tuple(students), (), _free_name(out))
        raise ExamgenError(
            f"{out}: holds another exam: {error}. Give another folder by --out, or --force, which "
            f"keeps the old one as {_free_name(out).name}"
        ) from error


def _joined(students: Sequence[Student], forms: Sequence[Form]) -> tuple[Student, ...]:
    """The students, those without a form in batches after all that are dealt."""
    dealt = {form.student: form for form in forms}
    ids = {student.id for student in students}
    if gone := [form.student for form in forms if form.student not in ids]:
        listed = ", ".join(gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
        raise ExamgenError(
            f"it has papers for students who are not in this roster: {listed} (keep them in it; "
            "submissions.csv has a column 'status' for 'withdrawn' and 'absent')"
        )
    for student in students:
        form = dealt.get(student.id)
        if form and form.name != student.name:
            raise ExamgenError(
                f"the paper of '{student.id}' is printed for '{form.name}', "
                f"the roster says '{student.name}'"
            )
    last = max((form.batch for form in forms), default=0)
    later = sorted({student.batch for student in students if student.id not in dealt})
    batches = {batch: last + 1 + place for place, batch in enumerate(later)}
    return tuple(
        replace(s, batch=dealt[s.id].batch if s.id in dealt else batches[s.batch]) for s in students
    )


def _free_name(out: Path) -> Path:
    """The first of ``<name>.old-1``, ``<name>.old-2``, … that is free."""
    number = 1
    root = out.resolve()
    while root.with_name(f"{root.name}.old-{number}").exists():
        number += 1
    return root.with_name(f"{root.name}.old-{number}")
