"""Marking rules applied: from the credit of a part to marks, a total and what counts of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from examgen.errors import ExamgenError, nearest
from examgen.exam.grouping import Choose
from examgen.exam.marking import Marking, half_up

ZERO = Fraction(0)


@dataclass(frozen=True)
class Answered:
    """One question of one student: its marks, and whether anything was answered."""

    name: str
    number: int
    marks: Fraction
    answered: bool


def part_marks(credit: Fraction, out_of: Fraction, *, choice: bool, rules: Marking) -> Fraction:
    """The marks of an answered part, in the rules' steps; a wrong choice loses the penalty.

    Full credit gives all marks, whatever the step.
    """
    if credit == 1:
        return out_of
    if credit == 0 and choice:
        lost = half_up(-rules.penalty * out_of, rules.step)
        return max(lost, ZERO) if rules.floor == "part" else lost
    return min(half_up(credit * out_of, rules.step), out_of)


def question_marks(parts: Iterable[Fraction], rules: Marking) -> Fraction:
    """The marks of a question from those of its parts."""
    marks = sum(parts, ZERO)
    return max(marks, ZERO) if rules.floor in ("part", "question") else marks


def counted(
    questions: Sequence[Answered], choices: Sequence[Choose], *, declared: str = ""
) -> frozenset[str]:
    """The names of the questions that count, where k of n may be chosen.

    ``declared`` lists the chosen ones by number or name, as in ``5, 7``. Raises `ExamgenError` for
    one that cannot be chosen, and for too many.
    """
    names = {question.name for question in questions}
    wanted = _declared(declared, questions, choices)
    for choice in choices:
        group = [question for question in questions if question.name in choice.questions]
        if choice.take == "best":
            group.sort(key=lambda question: (-question.marks, question.number))
        elif choice.take == "first" or not wanted & set(choice.questions):
            group.sort(key=lambda question: (not question.answered, question.number))
        else:
            group.sort(key=lambda question: (question.name not in wanted, question.number))
            if sum(question.name in wanted for question in group) > choice.count:
                raise ExamgenError(
                    f"chosen '{declared}': only {choice.count} of the questions "
                    f"{', '.join(str(q.number) for q in sorted(group, key=lambda q: q.number))}"
                )
        names -= {question.name for question in group[choice.count :]}
    return frozenset(names)


def _declared(
    text: str, questions: Sequence[Answered], choices: Sequence[Choose]
) -> frozenset[str]:
    """The names of the declared questions."""
    allowed = {name for choice in choices if choice.take == "declared" for name in choice.questions}
    names = {str(question.number): question.name for question in questions}
    names |= {question.name.casefold(): question.name for question in questions}
    wanted = set()
    for word in filter(None, re.split(r"[,;\s]+", text.casefold())) if allowed else ():
        if names.get(word) not in allowed:
            chosen = [key for key, name in names.items() if name in allowed]
            raise ExamgenError(
                f"chosen '{text}': '{word}' is not a question to choose"
                f"{nearest(word, chosen)} (they are {', '.join(chosen)})"
            )
        wanted.add(names[word])
    return frozenset(wanted)


def total_marks(questions: Mapping[str, Fraction], rules: Marking, *, out_of: Fraction) -> Fraction:
    """The exam's total from the marks of the questions that count: floor, cap, then one rounding.

    ``out_of`` is the exam's marks without bonus, which cap the total unless the rules say else.
    """
    marks = sum(questions.values(), ZERO)
    if rules.floor != "none":
        marks = max(marks, ZERO)
    marks = min(marks, out_of if rules.cap is None else rules.cap)
    return half_up(marks, rules.rounding)
