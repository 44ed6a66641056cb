"""The start of an author's own bank: a new item model in it, and what to do next."""

import shlex
from collections.abc import Callable
from pathlib import Path

from examgen.bank import Bank
from examgen.bank.starters import new_model
from examgen.exam.course import FILE, Course
from examgen.files import write_text

FOLDER = Path("my_bank")
NEXT = {
    "examgen preview {model}": "see it while you write",
    "examgen try {model}": "see how answers would be marked",
    "examgen check {model} --mutants": "prove it",
}


def start_model(
    name: str, *, start: str, folder: Path | None, course: Course, say: Callable[[str], None]
) -> None:
    """Write a new item model into a folder of the author's own, and say what to do next.

    Without a folder it goes into the first bank of the course; without one of these into
    ``my_bank``, and an examgen.toml that names it is written too, where there is none.
    """
    home = folder or next(iter(course.banks), FOLDER)
    others = dict.fromkeys([*course.banks, home])
    bank = Bank.with_bundled([one for one in others if one.is_dir()])
    path = new_model(name, start=start, folder=home, bank=bank)
    model = path.relative_to(home).with_suffix("").as_posix()
    say(f"{path}: a copy of {start}, to be changed")
    if folder is None and course.path is None:
        write_text(Path(FILE), f'banks = ["{home}"]  # where your item models lie\n')
        say(f"{FILE}: names that folder, so that commands run here find it")
    known = folder is None or home.resolve() in [one.resolve() for one in course.banks]
    option = "" if known else f" --bank {shlex.quote(str(home))}"
    say("next:")
    for command, purpose in NEXT.items():
        line = command.format(model=model) + option
        say(f"  {line:{len(model) + len(option) + 28}} {purpose}")
