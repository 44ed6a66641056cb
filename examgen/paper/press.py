"""The press: forms of an exam folder become files, by any number of workers."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from examgen.errors import ExamgenError
from examgen.exam.appearance import PLAIN
from examgen.exam.blueprint import read_blueprint
from examgen.exam.folder import ExamFolder
from examgen.exam.record import Form
from examgen.files import write_bytes
from examgen.language import Language
from examgen.paper.blame import blame
from examgen.paper.heading import Heading, heading_of
from examgen.paper.layout import layout_lines
from examgen.paper.render import (
    exercises_page,
    lay_out_exercises,
    lay_out_paper,
    paper_page,
    render_key,
    render_key_table,
    render_paper,
    render_solutions,
    solutions_page,
)
from examgen.paper.screen import Screen
from examgen.paper.typesetter import Typesetter
from examgen.paper.view import printable
from examgen.text import TextError

_A_TABLE = 300  # papers


def print_forms(root: Path, numbers: Sequence[int], executor: Executor) -> Iterator[int]:
    """Print papers and keys of the forms with these numbers, on any executor, as they get done.

    Workers are given the exam folder and a number, no more. Raises the first `ExamgenError` of a
    worker, and one where a worker died; what is printed by then stays.
    """
    waiting: list[Future[int]] = []
    try:
        waiting += [executor.submit(print_form, root, number) for number in numbers]
        for done in as_completed(waiting):
            yield done.result()
    except BrokenExecutor as error:
        raise ExamgenError(
            "a worker process was ended from outside, perhaps for want of memory; run the same "
            "command again to go on, with a smaller --jobs"
        ) from error
    finally:
        for future in waiting:
            future.cancel()


def print_form(root: Path, number: int) -> int:
    """Print one form's paper, its boxes and its key from the record: plain data in, files out."""
    folder = ExamFolder(root)
    form = folder.read_form(number)
    appearance = (folder.read_manifest() or {}).get("appearance", PLAIN.to_dict())
    blueprint = read_blueprint(folder.blueprint)
    language = blueprint.language_in(folder.theme if appearance["theme"] else None)
    heading = heading_of(blueprint, form.marks, language)
    with _named(f"paper {number} ('{form.student}')"):
        try:
            files = dict(_printed(folder, form, heading, appearance, language))
        except TextError:
            blame(form.items)
            raise
    for path, content in files.items():
        write_bytes(path, content, private=folder.confidential in path.parents)
    return number


def _printed(
    folder: ExamFolder,
    form: Form,
    heading: Heading,
    appearance: Mapping[str, str],
    language: Language,
) -> Iterator[tuple[Path, bytes]]:
    """The files of a form with their contents; the student's paper comes last."""
    if form.edition == "html":
        yield from _pages(folder, form, heading, appearance, language)
    yield from _sheets(folder, form, heading, appearance, language)


def _sheets(
    folder: ExamFolder,
    form: Form,
    heading: Heading,
    appearance: Mapping[str, str],
    language: Language,
) -> Iterator[tuple[Path, bytes]]:
    """What goes on paper, and where its boxes lie."""
    theme = folder.theme if appearance["theme"] else None
    papers = _typesetter(appearance["sheet"], theme, appearance["theme"], language)
    yield folder.key(form), render_key(form, heading, papers=papers)
    if appearance["document"] == "exam":
        paper = lay_out_paper(form, heading, papers=papers)
    else:
        at_end = appearance["solutions"] == "end"
        paper = lay_out_exercises(form, heading, papers=papers, with_solutions=at_end)
        if not at_end:
            yield folder.solutions(form), render_solutions(form, heading, papers=papers)
    yield folder.boxes(form), layout_lines(form.code, paper.boxes).encode()
    yield folder.paper(form), paper.pdf


def _pages(
    folder: ExamFolder,
    form: Form,
    heading: Heading,
    appearance: Mapping[str, str],
    language: Language,
) -> Iterator[tuple[Path, bytes]]:
    """The pages for a screen of the edition html."""
    screen = _screen(folder.theme if appearance["theme"] else None, appearance["theme"], language)
    if appearance["document"] == "exam":
        yield folder.page(form), paper_page(form, heading, screen=screen).encode()
        return
    at_end = appearance["solutions"] == "end"
    page = exercises_page(form, heading, screen=screen, with_solutions=at_end)
    yield folder.page(form), page.encode()
    if not at_end:
        solved = folder.solutions(form).with_suffix(".html")
        yield solved, solutions_page(form, heading, screen=screen).encode()


def print_key_table(
    folder: ExamFolder,
    forms: Sequence[Form],
    heading: Heading,
    columns: Sequence[str],
    *,
    papers: Typesetter,
) -> None:
    """Print the keys of the class, in files of so many papers that memory suffices for any class.

    Versions are few: their keys are one file.
    """
    size = len(forms) if forms[0].version else _A_TABLE
    for start in range(0, len(forms), size):
        some = forms[start : start + size]
        with _named("the key table"):
            table = render_key_table(some, heading, columns, papers=papers)
        write_bytes(folder.printed_key_table(some[0].number), table, private=True)


def check_cover(forms: Sequence[Form], heading: Heading, papers: Typesetter) -> None:
    """Raise `ExamgenError` where the cover cannot be printed with the heading or with a student.

    It takes two pages for all forms, so that a build fails before anything is written.
    """
    blank = replace(forms[0], name="", student="", items=())
    _print_cover(papers, blank, heading, "the cover cannot be printed")
    names = " ".join(f"{printable(form.name)} {form.student}" for form in forms)
    try:
        _print_cover(
            papers, replace(blank, name="-", student=names), heading, "students cannot be printed"
        )
    except ExamgenError:
        for form in forms:
            cover = replace(blank, name="-", student=f"{printable(form.name)} {form.student}")
            _print_cover(papers, cover, heading, f"student '{form.student}' cannot be printed")
        raise


def _print_cover(papers: Typesetter, cover: Form, heading: Heading, failure: str) -> None:
    with _named(failure):
        render_paper(cover, heading, papers=papers)


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Put before an error what was to be printed; printing keeps fonts in temporary files."""
    try:
        yield
    except ExamgenError as error:
        raise ExamgenError(f"{what}: {error}") from error
    except OSError as error:
        reason = error.strerror or error
        raise ExamgenError(f"{what}: {reason} (temporary files: {gettempdir()})") from error


@cache
def _typesetter(sheet: str, theme: Path | None, digest: str, language: Language) -> Typesetter:
    """One typesetter for each appearance; the digest tells when the theme's files change."""
    return Typesetter(sheet=sheet, theme=theme, language=language)


@cache
def _screen(theme: Path | None, digest: str, language: Language) -> Screen:
    """One for each theme, as `_typesetter`."""
    return Screen(theme=theme, language=language)
