"""The proof of an exam: one PDF for a colleague to read and sign before it is built."""

from collections.abc import Callable, Sequence
from pathlib import Path

from examgen.bank import Bank
from examgen.exam.blueprint import read_blueprint
from examgen.exam.course import NO_COURSE, Course
from examgen.exam.ready import find_blueprint
from examgen.exam.signoff import sign_off
from examgen.files import write_bytes
from examgen.paper import Typesetter, check_machine, heading_of, render_proof


def build_proof(
    *,
    blueprint: Path,
    out: Path,
    bank: Sequence[Path] = (),
    course: Course = NO_COURSE,
    say: Callable[[str], None] = print,
) -> None:
    """Write the proof of an exam for a colleague to read and sign, and say its digest."""
    slow = check_machine()
    wanted = course.filled(read_blueprint(find_blueprint(blueprint)))
    language = wanted.language_in(wanted.paper.theme)
    signed = sign_off(wanted, Bank.with_bundled(bank), language)
    totals = {one.item.question: one.item.marks for one in signed.variants}
    heading = heading_of(wanted, totals, language)
    content = render_proof(signed, heading, papers=Typesetter(language=language))
    write_bytes(out, content, private=True)
    for note in slow:
        say(f"note: {note}")
    say(f"{wanted.title}: {len(signed.variants)} variants to read in {out}")
    say(f"  signed off, build it with --signed {signed.digest}")
