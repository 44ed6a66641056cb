"""The command line: parse, call one function, print."""

import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from examgen.errors import ExamgenError
from examgen.exam.appearance import DOCUMENTS, EDITIONS, SHEETS, SOLUTIONS
from examgen.exam.course import Course, find_course

PATH = click.Path(path_type=Path)


class Commands(click.Group):
    """The commands; what a user or the disk does wrong is one message, never a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ExamgenError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # as in ``examgen check | head``: click ends quietly
                raise
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="examgen")
@click.pass_context
def main(context: click.Context) -> None:
    """Randomised, proved and automatically marked exams on convolutional networks.

    \b
    examgen build quiz.toml --roster class.csv --seed 7    papers and keys
    examgen grade exam-7/submissions.csv                   marks with reasons
    examgen check shapes/layer_cost --mutants              proofs of an item model

    What examgen.toml says, here or in a folder above, need not be said: the banks, and what a
    blueprint leaves open.
    """
    course = context.obj = find_course(Path())
    if context.invoked_subcommand != "new":  # which makes the folder
        course.check_banks()
    usual = {"bank": [str(folder) for folder in course.banks]}
    if "language" in course.exam:
        usual["language"] = course.exam["language"]
    context.default_map = {
        name: {option.name: usual[option.name] for option in command.params if option.name in usual}
        for name, command in main.commands.items()
    }


@main.command()
@click.argument("blueprint", required=False, type=PATH)
@click.option("--seed", type=int, required=True, help="Which exam: the same seed, the same exam.")
@click.option("--roster", type=PATH, help="CSV of students: numbers and names.")
@click.option("--copies", type=click.IntRange(1), help="Papers without names, if no roster.")
@click.option("--versions", type=click.IntRange(1), help="Deal this many forms to the whole class.")
@click.option("--out", type=PATH, help="The exam folder.  [default: exam-SEED]")
@click.option("--secret-file", type=PATH, help="Secret that makes the exam unguessable.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: all cores]")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
@click.option("--force", is_flag=True, help="Set aside another exam that is in the folder.")
@click.option("--edition", type=click.Choice(EDITIONS), help="Of papers whose roster names none.")
@click.option("--sheet", type=click.Choice(SHEETS), help="The size of the paper.  [default: A4]")
@click.option("--theme", type=PATH, help="Your own folder of templates and styles.")
@click.option(
    "--as",
    "document",
    type=click.Choice(DOCUMENTS),
    help="An exam, or a sheet of exercises with room to work.  [default: as the blueprint says]",
)
@click.option(
    "--solutions",
    type=click.Choice(SOLUTIONS),
    default="file",
    show_default=True,
    help="Of exercises: in a file of their own, or at the end of the sheet.",
)
@click.option("--topic", default="", help="Exercises on this topic, without a blueprint.")
@click.option("--items", type=click.IntRange(1), help="How many exercises on the topic.")
@click.option("--signed", default="", help="Build only what was signed off: the proof's digest.")
@click.pass_obj
def build(course: Course, /, **options: Any) -> None:
    """Build papers, keys and an empty table for the answers.

    BLUEPRINT is a TOML file, or the name of one that comes with examgen: midterm, quiz, …; without
    one it is ceng403, the whole exam. Without a roster there is one paper, with no name. Run again
    with the same seed and a longer roster to add students.
    """
    from examgen.build import build_exam

    build_exam(**options, course=course, say=click.echo)


@main.command()
@click.argument("blueprint", type=PATH)
@click.option("--out", type=PATH, default="proof.pdf", show_default=True, help="The PDF to write.")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
@click.pass_obj
def proof(course: Course, /, **options: Any) -> None:
    """Make the proof of an exam: one PDF for a colleague to read and sign before it is built.

    Every item model of BLUEPRINT stands in it with small, large and random values, as students see
    it, with key, worked solution, misconceptions and marks. The digest it shows goes to build
    --signed, which refuses what has changed since.
    """
    from examgen.proof import build_proof

    build_proof(**options, course=course, say=click.echo)


@main.group()
def theme() -> None:
    """Change how papers look."""


@theme.command("new")
@click.argument("folder", type=PATH)
def new_theme(folder: Path) -> None:
    """Make a theme in a new FOLDER, to change and to give to build --theme."""
    from examgen.paper import new_theme

    for path in new_theme(folder):
        click.echo(path)
    click.echo(f"change them, then: examgen build … --theme {folder}")


@main.command()
@click.argument("submissions", type=PATH)
@click.option("--exam", type=PATH, help="The exam folder.  [default: beside the submissions]")
@click.option("--out", type=PATH, help="Where the marks go.  [default: grades/ in the exam folder]")
@click.option(
    "--duplicates",
    type=click.Choice(["refuse", "first", "latest", "best"]),
    default="refuse",
    show_default=True,
    help="Which of several rows of one student counts.",
)
@click.option("--deadline", help="Until when, as 2026-01-20T17:00+01:00.  [default: blueprint's]")
@click.option("--late", type=click.Choice(["flag", "refuse"]), help="Rows after the deadline.")
@click.option("--map", "maps", multiple=True, help="Column of a part: '1.a=Question 1 (a)'.")
@click.option("--id-column", default="", help="Column that holds the students' numbers.")
@click.option(
    "--decimal-comma/--decimal-point",
    default=None,
    help="How students write decimals.  [default: as in the blueprint, else by the delimiter]",
)
@click.option(
    "--points",
    type=PATH,
    multiple=True,
    help="CSV of points given by hand; one for each marker.  [default: points.csv of the exam]",
)
def grade(submissions: Path, exam: Path | None, out: Path | None, **options: Any) -> None:
    """Mark submissions: marks, grades, and what a human must look at.

    SUBMISSIONS is the CSV table of the exam folder, filled in as students wrote; its column
    status may say absent, withdrawn or void. Fill in points.csv (essays, credit for working) or
    marks in review.csv and run it again to apply them.
    """
    from examgen.grading import find_exam, grade_exam, summary, write

    folder = find_exam(submissions, exam)
    outcome = grade_exam(folder, submissions, out=out, **options)
    for note in outcome.mapping:
        click.echo(f"note: {note}")
    tally = write(outcome, out or folder / "grades")
    click.echo(summary(tally))
    sys.exit(outcome.exit_status)


@main.command(short_help="Prove the item models of the bank.")
@click.argument("items", nargs=-1)
@click.option("--rank", type=click.IntRange(0), help="Prove only the item of this rank.")
@click.option(
    "--samples",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    help="Items proved of each model.",
)
@click.option("--exhaustive", is_flag=True, help="Every item of spaces up to a million.")
@click.option("--mutants", is_flag=True, help="Alter each key: the oracle must notice.")
@click.option("--strict", is_flag=True, help="Notes count as failures too.")
@click.option("--language", default="", help="In which all texts should be there, such as tr.")
@click.option("--json", "as_json", is_flag=True, help="What was found as JSON.")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: all cores]")
def check(**options: Any) -> None:
    """Prove the bank: key = oracle, misconceptions differ, texts render, marking is right.

    ITEMS are item models or folders of them, such as shapes/layer_cost or shapes; without any, the
    whole bank is proved.
    """
    from examgen.bank.check import check_bank
    from examgen.grading.examples import failed_examples

    sys.exit(0 if check_bank(**options, try_examples=failed_examples, say=click.echo) else 1)


@main.command(short_help="List the item models of the bank.")
@click.argument("items", nargs=-1)
@click.option("--topic", default="", help="Only those on this topic.")
@click.option("--serves", default="", help="Only those that serve this, such as 4a or out-size.")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
def items(items: tuple[str, ...], bank: Sequence[Path], **options: str) -> None:
    """List item models with title, learning objective, topic, and what of a syllabus they serve.

    ITEMS are item models or folders of them, such as shapes/layer_cost or shapes; without any, the
    whole bank is listed.
    """
    from examgen.bank.listing import listed
    from examgen.bank.load import Bank

    for line in listed(Bank.with_bundled(bank), items, **options):
        click.echo(line)


@main.command(short_help="List the item models that can be copied.")
def examples() -> None:
    """List short, commented item models, to be copied by examgen new --from."""
    from examgen.bank.starters import starters

    for name, summary in starters().items():
        click.echo(f"{name:18} {summary}")
    click.echo("\nexamgen new topic/name --from NAME copies one; item models of the bank go too")


@main.command(short_help="Make an item model of your own.")
@click.argument("name")
@click.option(
    "--from", "start", default="number", show_default=True, help="An example or item model to copy."
)
@click.option("--bank", "folder", type=PATH, help="Your folder of item models.")
@click.pass_obj
def new(course: Course, /, name: str, **options: Any) -> None:
    """Make an item model NAME, such as pooling/window_sizes, in your own folder.

    The folder is --bank, else the first of examgen.toml, else my_bank, which an examgen.toml
    written beside it then names. examgen examples lists what can be copied.
    """
    from examgen.exam.start import start_model

    start_model(name, course=course, **options, say=click.echo)


@main.command("try", short_help="Show how responses to an item would be marked.")
@click.argument("item")
@click.argument("responses", nargs=-1, metavar="[PART=ANSWER]...")
@click.option("--rank", type=int, help="Which item of the model.  [default: a usable one]")
@click.option("--language", default="en", show_default=True, help="Of the item, such as tr.")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
def try_item(item: str, bank: Sequence[Path], language: str, **options: Any) -> None:
    """Show how responses to ITEM would be marked: how each is read, verdict, marks and evidence.

    \b
    examgen try shapes/layer_cost height=11 macs=1728
    examgen try shapes/layer_cost --rank 5163

    Parts without a response show their key and how to type it.
    """
    from examgen.bank.load import Bank
    from examgen.grading.trial import report, trial
    from examgen.language import find_language

    spoken = find_language(language)
    click.echo(report(trial(Bank.with_bundled(bank), item, language=spoken, **options)))


@main.command(short_help="See an item model in the browser while you write it.")
@click.argument("item")
@click.option("--rank", type=click.IntRange(0), help="Which item of the model.")
@click.option("--seed", type=click.IntRange(0), help="An item drawn at random by this seed.")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
@click.option("--language", default="en", show_default=True, help="Of the item, such as tr.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="[default: a free one]")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in a browser.")
def preview(rank: int | None, seed: int | None, **options: Any) -> None:
    """See ITEM as printed, its keys and counts, and try answers, in a page that follows the file.

    The page is for this machine alone; what is broken is shown in it, with file and line.
    """
    from examgen.preview import preview as serve

    if rank is not None and seed is not None:
        raise click.UsageError("give --rank or --seed, not both")
    serve(rank=rank, seed=seed, **options, say=click.echo)


@main.command("gallery", short_help="Make a page of the bank, to choose item models from.")
@click.argument("items", nargs=-1)
@click.option("--topic", default="", help="Only item models on this topic.")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
@click.option("--out", type=PATH, default="gallery.html", show_default=True, help="The page.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Which variants.  [default: 0]")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: all cores]")
def make_gallery(**options: Any) -> None:
    """Make a page of item models to choose from: a variant of each, its keys on demand, its space.

    ITEMS are item models or folders of them; without any, the whole bank is shown. The page is one
    file that needs no network. It holds keys: it is not for students.
    """
    from examgen.gallery import make_gallery

    make_gallery(**options, say=click.echo)


@main.command(short_help="Show how to type each kind of answer.")
@click.argument("kind", required=False, default="")
@click.option("--markdown", is_flag=True, help="As sections of a page.")
def kinds(kind: str, markdown: bool) -> None:
    """Show how to type each kind of answer, how it is read, and what earns a part of the marks."""
    from examgen.answers.guide import as_markdown, as_text, guides

    click.echo((as_markdown if markdown else as_text)(guides(kind)))
