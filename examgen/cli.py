"""The command line: parse, call one function, print."""

import errno
import sys
from pathlib import Path
from typing import Any

import click

from examgen.errors import ExamgenError

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
def main() -> None:
    """Randomised, proved and automatically marked exams on convolutional networks.

    \b
    examgen build quiz.toml --roster class.csv --seed 7    papers and keys
    examgen grade exam-7/submissions.csv                   marks with reasons
    examgen check shapes/layer_cost --mutants              proofs of an item model
    """


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
def build(**options: Any) -> None:
    """Build papers, keys and an empty table for the answers.

    BLUEPRINT is a TOML file; without one the sample exam ceng403 is built. Without a roster there
    is one paper, with no name. Run again with the same seed and a longer roster to add students.
    """
    from examgen.build import build_exam

    build_exam(**options, say=click.echo)


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
def grade(submissions: Path, exam: Path | None, out: Path | None, **options: Any) -> None:
    """Mark submissions: marks, grades, and what a human must look at.

    SUBMISSIONS is the CSV table of the exam folder, filled in as students wrote; its column
    status may say absent, withdrawn or void. Fill in marks in review.csv and run it again to
    apply them.
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
@click.option("--rank", type=int, help="Prove only the item of this rank.")
@click.option("--samples", default=200, show_default=True, help="Items proved of each model.")
@click.option("--exhaustive", is_flag=True, help="Every item of spaces up to a million.")
@click.option("--mutants", is_flag=True, help="Alter each key: the oracle must notice.")
@click.option("--bank", type=PATH, multiple=True, help="Your own folder of item models.")
@click.option("--jobs", type=click.IntRange(1), help="Worker processes.  [default: all cores]")
def check(**options: Any) -> None:
    """Prove the bank: key = oracle, misconceptions differ, texts render, marking is right.

    ITEMS are item models or folders of them, such as shapes/layer_cost or shapes; without any, the
    whole bank is proved.
    """
    from examgen.bank.check import check_bank

    sys.exit(0 if check_bank(**options, say=click.echo) else 1)
