"""Building an exam: from blueprint, bank, roster and seed to papers, keys and the record."""

import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from examgen.bank import Bank
from examgen.errors import ExamgenError
from examgen.exam.answer_tables import write_key_table, write_submissions
from examgen.exam.assemble import Assembly, assemble, models_asked
from examgen.exam.blueprint import Blueprint, read_blueprint
from examgen.exam.folder import ExamFolder
from examgen.exam.identity import identify
from examgen.exam.plan import Plan, plan_build
from examgen.exam.record import Form
from examgen.exam.roster import Student, copies, read_roster
from examgen.files import write_bytes
from examgen.paper import (
    Heading,
    Typesetter,
    check_system,
    merge,
    printable,
    render_key,
    render_paper,
)
from examgen.resources import bundled

Say = Callable[[str], None]
SOFTWARE = ("examgen", "weasyprint", "pydyf", "mathra", "fonttools", "pikepdf", "numpy", "sympy")


def build_exam(
    *,
    blueprint: Path | None,
    seed: int,
    roster: Path | None = None,
    copies: int | None = None,
    versions: int | None = None,
    out: Path | None = None,
    secret_file: Path | None = None,
    jobs: int | None = None,
    bank: Sequence[Path] = (),
    force: bool = False,
    say: Say = print,
) -> ExamFolder:
    """Build an exam folder, or continue one; returns the folder.

    Raises `ExamgenError` for a mistake of the user's, before anything is written.
    """
    _check_machine(say)
    plan_of_exam = read_blueprint(blueprint or bundled("examples/ceng403.toml"))
    items = Bank(bundled("question_bank"), *bank)
    secret = _secret(secret_file, say)
    students = _students(roster, copies, say)
    sources = {name: items.source(name) for name in models_asked(plan_of_exam, items)}
    identity = identify(plan_of_exam, seed=seed, secret=secret, versions=versions, sources=sources)
    plan = plan_build(out or Path(f"exam-{seed}"), identity, students, force=force)
    assembly = assemble(
        plan_of_exam,
        items,
        plan.students,
        seed=seed,
        secret=secret,
        versions=versions,
        existing=plan.existing,
    )
    for note in assembly.notes:
        say(f"note: {note}")
    _note_names(plan.students, say)
    plan.clear()
    folder = plan.folder
    folder.write_record(plan_of_exam, identity, plan.students, assembly.forms, sources=sources)
    _print_all(folder, assembly.forms, jobs, say)
    _write_tables(folder, assembly)
    folder.finish(identity, assembly.forms, software=software())
    _say_where(folder, plan, assembly, say)
    return folder


# ---- printing ---------------------------------------------------------------------------------


def print_forms(root: Path, numbers: Sequence[int], executor: Executor) -> Iterator[int]:
    """Print papers and keys of the forms with these numbers, on any executor, as they get done."""
    waiting = [executor.submit(print_form, root, number) for number in numbers]
    try:
        for done in as_completed(waiting):
            yield done.result()
    finally:
        for future in waiting:
            future.cancel()


def print_form(root: Path, number: int) -> int:
    """Print one form's paper and key from the record: plain data in, files out."""
    folder = ExamFolder(root)
    form = next(form for form in folder.read_forms() if form.number == number)
    heading = heading_of(read_blueprint(folder.blueprint), form)
    papers = _typesetter()
    write_bytes(folder.key(form), render_key(form, heading, papers=papers), private=True)
    write_bytes(folder.paper(form), render_paper(form, heading, papers=papers))
    return number


@cache
def _typesetter() -> Typesetter:
    return Typesetter()


def heading_of(blueprint: Blueprint, form: Form) -> Heading:
    """What the cover of a paper says."""
    marks = {item.question: item.marks for item in form.items}
    return Heading(
        title=blueprint.title,
        course=blueprint.course,
        institution=blueprint.institution,
        date=blueprint.date,
        minutes=blueprint.minutes,
        instructions=blueprint.instructions,
        total=blueprint.total_of(marks),
    )


def _print_all(folder: ExamFolder, forms: Sequence[Form], jobs: int | None, say: Say) -> None:
    """Print what is not printed yet by this software, and merge."""
    made_by = (folder.read_manifest() or {}).get("software")
    fresh = made_by not in ({}, software())  # {}: a build that was broken off
    todo = [
        form.number
        for form in forms
        if fresh or not (folder.paper(form).exists() and folder.key(form).exists())
    ]
    workers = min(jobs or os.cpu_count() or 1, max(len(todo), 1))
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as executor, _progress(len(todo)) as step:
        for done, _ in enumerate(print_forms(folder.root, todo, executor), start=1):
            step(done)
    merge([folder.paper(form) for form in forms], folder.all_papers)
    say(f"printed {len(todo)} of {len(forms)} papers and keys")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a plain line now and then elsewhere."""
    if sys.stderr.isatty():
        from rich.progress import Progress

        with Progress(transient=True) as bar:
            task = bar.add_task("printing", total=total)
            yield lambda done: bar.update(task, completed=done)
    else:
        every = max(1, total // 5)
        yield (
            lambda done: (
                print(f"printing: {done} of {total}", file=sys.stderr)
                if done % every == 0
                else None
            )
        )


# ---- what goes in and what is said ------------------------------------------------------------


def software() -> dict[str, str]:
    """The versions on which the bytes of a paper depend."""
    from weasyprint.text.ffi import pango

    versions = {name: version(name) for name in SOFTWARE}
    return {
        "python": platform.python_version(),
        **versions,
        "pango": str(pango.pango_version()),
    }


def _check_machine(say: Say) -> None:
    problems = check_system()
    fatal = [problem for problem in problems if "subset" not in problem]
    if fatal:
        raise ExamgenError("PDFs cannot be made on this machine: " + "; ".join(fatal))
    for problem in problems:
        say(f"note: {problem}; until then writing a PDF takes nine times as long")


def _secret(path: Path | None, say: Say) -> bytes | None:
    if path is None and (text := os.environ.get("EXAMGEN_SECRET")):
        return text.encode()
    if path is None:
        say(
            "note: the seed alone makes a demo exam, which anyone with the bank can rebuild; "
            "give a real one --secret-file or EXAMGEN_SECRET"
        )
        return None
    try:
        secret = path.read_bytes().strip()
    except OSError as error:
        raise ExamgenError(f"{path}: cannot be read: {error.strerror}") from error
    if len(secret) < 16:
        raise ExamgenError(f"{path}: a secret needs at least 16 characters, this has {len(secret)}")
    return secret


def _students(roster: Path | None, count: int | None, say: Say) -> tuple[Student, ...]:
    if roster and count:
        raise ExamgenError("give --roster or --copies, not both")
    if roster is None:
        return copies(count or 1)
    read = read_roster(roster)
    for note in read.notes:
        say(f"note: {note}")
    return read.students


def _note_names(students: Sequence[Student], say: Say) -> None:
    """Say whose papers carry the student number alone."""
    if unprinted := [student.id for student in students if student.name != printable(student.name)]:
        listed = ", ".join(unprinted[:5]) + (", …" if len(unprinted) > 5 else "")
        say(
            f"note: the fonts lack letters of some names (of {listed}): their papers show the "
            "student number and an empty line for the name"
        )


def _write_tables(folder: ExamFolder, assembly: Assembly) -> None:
    write_key_table(folder, assembly.forms, assembly.columns)
    write_submissions(folder, assembly.forms, assembly.columns)


def _say_where(folder: ExamFolder, plan: Plan, assembly: Assembly, say: Say) -> None:
    root = folder.root
    if plan.set_aside:
        say(f"the exam that was here is now {plan.set_aside}")
    say(f"papers       {folder.papers}/  ({len(assembly.forms)}, and all.pdf)")
    say(f"keys         {folder.keys}/  (confidential)")
    say(f"to fill in   {folder.submissions}, then: examgen grade {root}/submissions.csv")
