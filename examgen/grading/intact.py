"""Whether the record and the blueprint of an exam folder are those that its papers came from."""

from collections.abc import Mapping

from examgen.errors import ExamgenError, nearest
from examgen.exam.blueprint import Blueprint
from examgen.exam.folder import ExamFolder, sha256


def check_record(exam: ExamFolder) -> str:
    """The digest of the record; raises `ExamgenError` where that is not what was built."""
    digest = sha256(exam.forms)
    manifest = exam.read_manifest() or {}
    built = manifest.get("sha256", {}).get(exam.forms.relative_to(exam.root).as_posix())
    if built and built != digest:
        raise ExamgenError(
            f"{exam.forms}: not the record that was built (its digest is not that of "
            f"{exam.manifest.name}); restore it, or repeat the build if it was broken off"
        )
    return digest


def check_blueprint(
    exam: ExamFolder, blueprint: Blueprint, printed: Mapping[tuple[str, ...], str]
) -> None:
    """Raise `ExamgenError` where the questions of the blueprint are not those of the papers.

    ``printed`` are the names of the questions of a paper, with the paper's code.
    """
    asked = [question.name for question in blueprint.questions]
    for names, code in printed.items():
        for name in asked:
            if name not in names:
                raise ExamgenError(
                    f"{exam.blueprint}: question '{name}' is not on paper {code}"
                    f"{nearest(name, names)}; restore the blueprint that the exam was built from"
                )
        for name in names:
            if name not in asked:
                raise ExamgenError(
                    f"{exam.blueprint}: question '{name}' of paper {code} is missing"
                    f"{nearest(name, asked)}; restore the blueprint that the exam was built from"
                )
