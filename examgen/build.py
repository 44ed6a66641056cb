"""Building an exam: from blueprint, bank, roster and seed to papers, keys and the record."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from examgen.bank import Bank
from examgen.errors import ExamgenError
from examgen.exam.answer_tables import write_key_table, write_submissions
from examgen.exam.assemble import assemble, models_asked
from examgen.exam.blueprint import read_blueprint
from examgen.exam.folder import ExamFolder
from examgen.exam.identity import identify
from examgen.exam.plan import Plan, plan_build
from examgen.exam.record import Form
from examgen.exam.roster import Roster, Student, copies, read_roster
from examgen.paper import (
    Heading,
    check_cover,
    check_system,
    heading_of,
    merge,
    print_form,
    print_forms,
    printable,
    software,
)
from examgen.processes import cores, process_pool
from examgen.resources import bundled

Say = Callable[[str], None]
LEAST_SECRET = 16  # bytes
DEMO = (
    "the seed alone makes a demo exam, which anyone with the bank can rebuild; give a real one "
    "--secret-file or EXAMGEN_SECRET"
)


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

    Raises `ExamgenError` for a mistake of the user's, before anything is written or said.
    """
    slow = _check_machine()
    wanted = read_blueprint(blueprint or bundled("examples/ceng403.toml"))
    items = Bank(bundled("question_bank"), *bank)
    secret = _secret(secret_file)
    listed = _students(roster, copies)
    sources = {name: items.source(name) for name in models_asked(wanted, items)}
    identity = identify(wanted, seed=seed, secret=secret, versions=versions, sources=sources)
    plan = plan_build(out or Path(f"exam-{seed}"), identity, listed.students, force=force)
    made = assemble(
        wanted,
        items,
        plan.students,
        seed=seed,
        secret=secret,
        versions=versions,
        existing=plan.existing,
    )
    heading = heading_of(wanted, made.forms[0])
    check_cover(made.forms, heading)
    demo = () if secret else (DEMO,)
    for note in (*slow, *demo, *listed.notes, *made.notes, *_unprinted(plan.students)):
        say(f"note: {note}")
    plan.clear()
    folder = plan.folder
    folder.write_record(wanted, identity, plan.students, made.forms, sources=sources)
    _print_all(folder, made.forms, jobs=jobs, say=say)
    write_key_table(folder, made.forms, made.columns)
    declared = any(choice.take == "declared" for choice in wanted.choose)
    write_submissions(folder, made.forms, (*(["chosen"] if declared else []), *made.columns))
    folder.finish(identity, made.forms, software=software())
    _say_where(plan, made.forms, heading, say)
    return folder


# ---- printing ---------------------------------------------------------------------------------


def _print_all(folder: ExamFolder, forms: Sequence[Form], *, jobs: int | None, say: Say) -> None:
    """Print what is not printed yet by this software, and merge."""
    made_by = (folder.read_manifest() or {}).get("software")
    fresh = made_by not in ({}, software())  # {}: a build that was broken off
    if fresh:
        say("note: the papers here were printed with other software: all are printed anew")
    todo = [
        form.number
        for form in forms
        if fresh or not (folder.paper(form).exists() and folder.key(form).exists())
    ]
    with _progress(len(todo)) as step:
        for done, _ in enumerate(_printed(folder.root, todo, jobs), start=1):
            step(done)
    merge([folder.paper(form) for form in forms], folder.all_papers)


def _printed(root: Path, numbers: Sequence[int], jobs: int | None) -> Iterator[int]:
    """The numbers as they get printed: by workers, or by this process where one is enough."""
    workers = min(jobs or cores(), len(numbers))
    if workers <= 1:
        yield from map(partial(print_form, root), numbers)
        return
    with process_pool(workers) as executor:
        yield from print_forms(root, numbers, executor)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a plain line now and then elsewhere; both on the error stream."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("printing", total=total)
            yield lambda done: bar.update(task, completed=done)
        return

    every = -(-total // 5)

    def line(done: int) -> None:
        if done % every == 0 or done == total:
            print(f"printing: {done} of {total}", file=sys.stderr, flush=True)

    yield line


# ---- what goes in and what is said ------------------------------------------------------------


def _check_machine() -> list[str]:
    """What makes printing slow here; raises `ExamgenError` for what makes it impossible."""
    problems = check_system()
    fatal = [problem for problem in problems if "subset" not in problem]
    if fatal:
        raise ExamgenError("PDFs cannot be made on this machine: " + "; ".join(fatal))
    return [f"{problem}; until then writing a PDF takes nine times as long" for problem in problems]


def _secret(path: Path | None) -> bytes | None:
    """The secret in a file, else in the environment; None makes a demo exam."""
    if path is None:
        where, secret = "EXAMGEN_SECRET", os.environ.get("EXAMGEN_SECRET", "").encode().strip()
        if not secret:
            return None
    else:
        try:
            where, secret = str(path), path.read_bytes().strip()
        except OSError as error:
            raise ExamgenError(f"{path}: cannot be read: {error.strerror}") from error
    if len(secret) < LEAST_SECRET:
        raise ExamgenError(
            f"{where}: a secret needs at least {LEAST_SECRET} characters, this has {len(secret)}"
        )
    return secret


def _students(roster: Path | None, count: int | None) -> Roster:
    if roster is not None and count is not None:
        raise ExamgenError("give --roster or --copies, not both")
    return Roster(copies(count or 1)) if roster is None else read_roster(roster)


def _unprinted(students: Sequence[Student]) -> list[str]:
    """Whose papers carry the student number alone."""
    unprinted = [student.id for student in students if student.name != printable(student.name)]
    if not unprinted:
        return []
    listed = ", ".join(unprinted[:5]) + (", …" if len(unprinted) > 5 else "")
    return [
        f"the fonts lack letters of some names (of {listed}): their papers show the student "
        "number and an empty line for the name"
    ]


def _say_where(plan: Plan, forms: Sequence[Form], heading: Heading, say: Say) -> None:
    """What was made and what lies where, in a few lines."""
    folder = plan.folder
    before = len(plan.existing)
    if plan.set_aside:
        say(f"the exam that was here is now {plan.set_aside}")
    there = f", {before} of them as before" if before else ""
    plural = "" if len(forms) == 1 else "s"
    say(f"{heading.title}: {len(forms)} paper{plural} of {heading.total} marks{there}")
    say(f"  to print      {folder.papers}/: a PDF for each paper, all of them in all.pdf")
    say(f"  confidential  {folder.confidential}/: worked solutions in keys/, key_table.csv")
    say(f"  to fill in    {folder.submissions}; then run")
    say(f"                examgen grade {shlex.quote(str(folder.submissions))}")
