"""Whether the record and the blueprint of an exam folder are those that its papers came from."""

from collections import Counter
from collections.abc import Sequence

from examgen.errors import ExamgenError, nearest
from examgen.exam.blueprint import Blueprint
from examgen.exam.folder import ExamFolder, sha256
from examgen.exam.record import Form, PrintedPart
from examgen.grading.answer import kind_of


def check_record(exam: ExamFolder, forms: Sequence[Form]) -> None:
    """Raise `ExamgenError` where the record differs from what was built, or makes no sense."""
    manifest = exam.read_manifest() or {}
    built = manifest.get("sha256", {}).get(exam.forms.relative_to(exam.root).as_posix())
    if built and built != sha256(exam.forms):
        raise ExamgenError(
            f"{exam.forms}: not the record that was built (its digest is not that of "
            f"{exam.manifest.name}); restore it, or repeat the build if it was broken off"
        )
    for name, times in (Counter(f.code for f in forms) + Counter(f.student for f in forms)).items():
        if times > 1:
            raise ExamgenError(f"{exam.forms}: damaged: there are {times} forms of '{name}'")
    for line, form in enumerate(forms, 1):
        for part in (part for item in form.items for part in item.parts):
            try:
                _check_part(part)
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                raise ExamgenError(
                    f"{exam.forms}: line {line}: part {part.column} is damaged: {error}"
                ) from error


def _check_part(part: PrintedPart) -> None:
    """Raise where the part cannot be marked."""
    kind = kind_of(part)
    if not kind.by_hand:
        kind.unpack(part.key)
    for wrong in part.misconceptions:
        if wrong.value is not None:
            kind.unpack(wrong.value)


def check_blueprint(exam: ExamFolder, blueprint: Blueprint, forms: Sequence[Form]) -> None:
    """Raise `ExamgenError` where the questions of the blueprint are not those of the papers."""
    asked = [question.name for question in blueprint.questions]
    for form in forms:
        printed = [item.question for item in form.items]
        for name in asked:
            if name not in printed:
                raise ExamgenError(
                    f"{exam.blueprint}: question '{name}' is not on paper {form.code}"
                    f"{nearest(name, printed)}; restore the blueprint that the exam was built from"
                )
        for name in printed:
            if name not in asked:
                raise ExamgenError(
                    f"{exam.blueprint}: question '{name}' of paper {form.code} is missing"
                    f"{nearest(name, asked)}; restore the blueprint that the exam was built from"
                )
