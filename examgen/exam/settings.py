"""The tables ``[marking]`` and ``[paper]`` of a blueprint."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from examgen.exam.appearance import DOCUMENTS, EDITIONS, SHEETS
from examgen.exam.marking import FLOORS, Grade, Marking, Threshold
from examgen.exam.toml_table import TomlTable, as_number, show

MARKING = (
    "step", "follow_through", "penalty", "floor", "cap", "rounding", "pass", "grades", "moderation",
)  # fmt: skip
PAPER = ("as", "edition", "sheet", "theme", "logo")


@dataclass(frozen=True)
class PaperSettings:
    """How papers are to look: an exam or exercises, an edition, a sheet, a theme and a logo."""

    document: str = "exam"
    edition: str = "standard"
    sheet: str = "A4"
    theme: Path | None = None
    logo: Path | None = None


def read_marking(table: TomlTable) -> Marking:
    """The marking rules in the table ``[marking]``; raises `ExamgenError` with the line."""
    table.only(MARKING)
    standard = Marking()
    step = table.number("step", standard.step)
    follow_through = table.number("follow_through", standard.follow_through)
    penalty = table.number("penalty", standard.penalty)
    if table.data.get("rounding") == "none":
        rounding = None
    else:
        rounding = table.number("rounding", standard.rounding)
    for key, least in (("step", step), ("rounding", rounding), ("cap", table.number("cap", None))):
        if least == 0:
            table.fail(f"'{key}' must be above 0", key)
    for key, share in (("follow_through", follow_through), ("penalty", penalty)):
        if share is not None and share > 1:
            table.fail(f"'{key}' is a share from 0 to 1, not {share}", key)
    return Marking(
        step=step or standard.step,
        follow_through=follow_through or Fraction(0),
        penalty=penalty or Fraction(0),
        floor=table.word("floor", FLOORS, standard.floor),
        cap=table.number("cap", None),
        rounding=rounding,
        pass_mark=_threshold(table, "pass") if "pass" in table.data else None,
        grades=_grades(table.inner("grades")),
        moderation=(
            _threshold(table, "moderation") if "moderation" in table.data else standard.moderation
        ),
    )


def read_paper(table: TomlTable) -> PaperSettings:
    """The settings in the table ``[paper]``; raises `ExamgenError` with the line."""
    table.only(PAPER)

    def path(key: str) -> Path | None:
        """The path that the blueprint gives, from its own folder on."""
        return table.path.parent / table.text(key, None) if key in table.data else None

    return PaperSettings(
        document=table.word("as", DOCUMENTS, "exam"),
        edition=table.word("edition", EDITIONS, "standard"),
        sheet=table.word("sheet", SHEETS, "A4"),
        theme=path("theme"),
        logo=path("logo"),
    )


def _threshold(table: TomlTable, key: str) -> Threshold:
    value = table.data[key]
    percent = isinstance(value, str) and value.strip().endswith("%")
    amount = as_number(value.strip().removesuffix("%").strip() if percent else value)
    if amount is None or amount < 0 or (percent and amount > 100):
        table.fail(f"'{key}' is per cent such as \"50%\", or marks, not {show(value)}", key)
    return Threshold(amount, percent)


def _grades(table: TomlTable) -> tuple[Grade, ...]:
    """Grades from the best to the worst, in the order of the file."""
    grades = [Grade(name, _threshold(table, name)) for name in table.data]
    for better, worse in pairwise(grades):
        if better.least.percent != worse.least.percent:
            table.fail("give all grades in per cent, or all in marks", worse.name)
        if better.least.amount <= worse.least.amount:
            table.fail(
                f"grades go from the best to the worst: '{worse.name}' ({worse.least}) "
                f"must need less than '{better.name}' ({better.least})",
                worse.name,
            )
    return tuple(grades)
