"""Building an exam: from blueprint, bank, roster and seed to papers, keys and the record."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from examgen.bank import Bank
from examgen.bank.translated import untranslated
from examgen.errors import ExamgenError
from examgen.exam.answer_tables import write_key_table, write_points, write_submissions
from examgen.exam.appearance import PLAIN, Appearance, theme_files
from examgen.exam.assemble import Assembly, assemble, models_asked
from examgen.exam.blueprint import Blueprint, read_blueprint
from examgen.exam.course import NO_COURSE, Course
from examgen.exam.equal_work import percent
from examgen.exam.exercises import exercises_on
from examgen.exam.folder import ExamFolder
from examgen.exam.identity import identify
from examgen.exam.plan import Plan, plan_build
from examgen.exam.ready import find_blueprint
from examgen.exam.record import Form
from examgen.exam.roster import Roster, Student, copies, read_roster
from examgen.exam.signoff import check_signed
from examgen.files import write_text
from examgen.language import Language
from examgen.paper import (
    Heading,
    Typesetter,
    check_cover,
    check_machine,
    check_theme,
    heading_of,
    merge,
    print_form,
    print_forms,
    print_key_table,
    printable,
    software,
)
from examgen.processes import cores, process_pool

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
    signed: str = "",
    edition: str | None = None,
    sheet: str | None = None,
    theme: Path | None = None,
    document: str | None = None,
    solutions: str = "file",
    topic: str = "",
    items: int | None = None,
    course: Course = NO_COURSE,
    say: Say = print,
) -> ExamFolder:
    """Build an exam folder, or continue one; returns the folder.

    What the blueprint leaves open is as the ``course`` has it.

    Raises `ExamgenError` for a mistake of the user's, before anything is written or said.
    """
    slow = check_machine()
    models = Bank.with_bundled(bank)
    usual = course.language_in(theme)
    wanted = course.filled(_blueprint(blueprint, topic, items, models, usual))
    appearance = _appearance(wanted, sheet, theme, document, solutions)
    language = wanted.language_in(theme or wanted.paper.theme)
    if signed:
        check_signed(wanted, models, signed, language)
    secret = _secret(secret_file)
    listed = _students(roster, copies)
    sources = {name: models.source(name) for name in models_asked(wanted, models)}
    identity = identify(
        wanted, seed=seed, secret=secret, versions=versions, sources=sources, language=language
    )
    plan = plan_build(out or Path(f"exam-{seed}"), identity, listed.students, force=force)
    made = assemble(
        wanted,
        models,
        plan.students,
        seed=seed,
        secret=secret,
        versions=versions,
        edition=edition or wanted.paper.edition,
        existing=plan.existing,
        language=language,
    )
    heading = heading_of(wanted, made.forms[0].marks, language)
    theme = theme or wanted.paper.theme
    papers = Typesetter(sheet=appearance.sheet, theme=theme, language=language)
    check_cover(made.forms, heading, papers)
    demo = () if secret else (DEMO,)
    notes = (
        *listed.notes,
        *made.notes,
        *untranslated(models, sources, language),
        *_unprinted(plan.students),
    )
    for note in (*slow, *demo, *notes):
        say(f"note: {note}")
    plan.clear()
    folder = plan.folder
    anew = _discard_stale(folder, plan.existing, made.forms, appearance, say)
    folder.write_record(
        wanted,
        identity,
        plan.students,
        made.forms,
        sources=sources,
        appearance=appearance,
        anew=anew,
    )
    _print_all(folder, made.forms, jobs=jobs)
    write_key_table(folder, made.forms, made.columns)
    print_key_table(folder, made.forms, heading, made.columns, papers=papers)
    declared = any(choice.take == "declared" for choice in wanted.choose)
    write_submissions(folder, made.forms, (*(["chosen"] if declared else []), *made.columns))
    write_points(folder, made.forms)
    folder.finish(
        identity,
        made.forms,
        software=software(),
        appearance=appearance,
        work=made.work.to_dict(),
    )
    _say_where(plan, made, heading, say)
    return folder


# ---- printing ---------------------------------------------------------------------------------


def _discard_stale(
    folder: ExamFolder,
    existing: Sequence[Form],
    forms: Sequence[Form],
    appearance: Appearance,
    say: Say,
) -> bool:
    """Remove papers that would be printed otherwise today; whether all of them are."""
    manifest = folder.read_manifest()
    if manifest is None:
        return True
    anew = ""
    if manifest.get("software") not in ({}, software()):  # {}: a build that was broken off
        anew = "printed with other software"
    elif manifest.get("appearance", PLAIN.to_dict()) != appearance.to_dict():
        anew = "of another sheet or theme"
    if anew:
        say(f"note: the papers here were {anew}: all are printed anew")
    now = {form.student: form.edition for form in forms}
    for form in existing:
        if anew or form.edition != now[form.student]:
            for path in folder.printed(form):
                path.unlink(missing_ok=True)
    return bool(anew)


def _print_all(folder: ExamFolder, forms: Sequence[Form], *, jobs: int | None) -> None:
    """Print what is not printed yet, and merge."""
    todo = [form.number for form in forms if not all(p.exists() for p in folder.printed(form))]
    with _progress(len(todo)) as step:
        for done, _ in enumerate(_printed(folder.root, todo, jobs), start=1):
            step(done)
    merge([folder.paper(form) for form in forms], folder.all_papers)
    lines = "".join(folder.boxes(form).read_text("utf-8") for form in forms)
    write_text(folder.layout, lines, private=True)


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


def _blueprint(
    path: Path | None, topic: str, items: int | None, models: Bank, language: Language
) -> Blueprint:
    """The blueprint in a file, that of exercises on a topic, or the whole exam."""
    if not topic:
        if items is not None:
            raise ExamgenError("--items says how many exercises on a --topic; give both")
        return read_blueprint(find_blueprint(path or Path("ceng403")))
    if path is not None:
        raise ExamgenError("give a blueprint or --topic, not both")
    return exercises_on(topic, items or len(models.topic(topic)), models, language)


def _appearance(
    wanted: Blueprint, sheet: str | None, theme: Path | None, document: str | None, solutions: str
) -> Appearance:
    """How the papers are to look: the command's word comes before the blueprint's."""
    folder = theme or wanted.paper.theme
    if folder is not None:
        check_theme(folder)
    files = theme_files(folder, wanted.paper.logo)
    paper = wanted.paper
    return Appearance(sheet or paper.sheet, files, document or paper.document, solutions)


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


def _say_where(plan: Plan, made: Assembly, heading: Heading, say: Say) -> None:
    """What was made and what lies where, in a few lines."""
    folder, forms, work = plan.folder, made.forms, made.work
    before = len(plan.existing)
    if plan.set_aside:
        say(f"the exam that was here is now {plan.set_aside}")
    there = f", {before} of them as before" if before else ""
    plural = "" if len(forms) == 1 else "s"
    say(f"{heading.title}: {len(forms)} paper{plural} of {heading.total} marks{there}")
    if work.lightest:  # 0: recorded without it
        steps = f"{work.heaviest:,} steps a paper"
        if work.lightest < work.heaviest:
            apart = f"the heaviest is {percent(work.more)} above the lightest"
            steps = f"{work.lightest:,} to {steps}: {apart}"
        say(f"  work by hand  {steps}")
    say(f"  to print      {folder.papers}/: a PDF for each paper, all of them in all.pdf")
    if folder.solutions(forms[0]).exists():
        say(f"  solutions     {folder.solutions(forms[0]).parent}/: for students, when it is time")
    say(f"  confidential  {folder.confidential}/: worked solutions in keys/, key_table.pdf")
    by_hand = f" and {folder.points.name} (essays)" if folder.points.exists() else ""
    say(f"  to fill in    {folder.submissions}{by_hand}; then run")
    say(f"                examgen grade {shlex.quote(str(folder.submissions))}")
