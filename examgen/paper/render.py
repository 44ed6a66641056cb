"""Forms as files: the student's paper, the key with worked solutions, and the proof of an exam."""

from collections.abc import Sequence
from typing import Any

from examgen.exam.record import Form
from examgen.exam.signoff import SignOff
from examgen.language import Language
from examgen.paper.blame import blame
from examgen.paper.heading import Heading
from examgen.paper.keytable import KeyTableView
from examgen.paper.keyview import KeyView
from examgen.paper.proofview import ProofView
from examgen.paper.screen import Screen
from examgen.paper.typesetter import Document, Typesetter
from examgen.paper.view import StudentView
from examgen.text import TextError

_EDITIONS = {"standard": (), "accessible": ("accessible",), "large": ("accessible", "large")}
_EDITIONS["html"] = _EDITIONS["accessible"]


def lay_out_paper(form: Form, heading: Heading, *, papers: Typesetter) -> Document:
    """The student's paper; it depends on what is printed, on no key, solution or misconception."""
    view = StudentView.of(form, heading, papers.language)
    styles = ("paper", *_EDITIONS[form.edition])
    return papers.document("paper.html", styles=styles, identity=f"paper {form.code}", view=view)


def render_paper(form: Form, heading: Heading, *, papers: Typesetter) -> bytes:
    """The PDF of `lay_out_paper`."""
    return lay_out_paper(form, heading, papers=papers).pdf


def render_key(form: Form, heading: Heading, *, papers: Typesetter) -> bytes:
    """The confidential PDF with keys, worked solutions, misconceptions with values, and rubrics."""
    view = KeyView.of(form, heading, papers.language)
    return papers.pdf("key.html", styles=("key", "answers"), identity=f"key {form.code}", view=view)


def render_key_table(
    forms: Sequence[Form], heading: Heading, columns: Sequence[str], *, papers: Typesetter
) -> bytes:
    """The confidential PDF with the keys of a whole class, a row for each paper or version."""
    view = KeyTableView.of(forms, heading, columns)
    codes = " ".join(form.code for form in forms)
    identity = f"key table {codes}"
    return papers.pdf("key_table.html", styles=("key", "key_table"), identity=identity, view=view)


def lay_out_exercises(
    form: Form, heading: Heading, *, papers: Typesetter, with_solutions: bool
) -> Document:
    """A sheet of exercises: no cover and no marks, room to work, solutions at the end if wanted."""
    return papers.document(
        "exercises.html",
        styles=("paper", "answers", "exercises", *_EDITIONS[form.edition]),
        identity=f"exercises {form.code}",
        **_exercises(form, heading, with_solutions, papers.language),
    )


def render_solutions(form: Form, heading: Heading, *, papers: Typesetter) -> bytes:
    """The solutions of a sheet of exercises as students are given them."""
    view = KeyView.of(form, heading, papers.language)
    styles = ("paper", "answers", "exercises", *_EDITIONS[form.edition])
    return papers.pdf("solutions.html", styles=styles, identity=f"solutions {form.code}", view=view)


def paper_page(form: Form, heading: Heading, *, screen: Screen) -> str:
    """The student's paper as a page for a screen: what `lay_out_paper` prints."""
    return screen.html("paper.html", view=StudentView.of(form, heading, screen.language))


def exercises_page(form: Form, heading: Heading, *, screen: Screen, with_solutions: bool) -> str:
    """A sheet of exercises as a page for a screen."""
    return screen.html(
        "exercises.html", **_exercises(form, heading, with_solutions, screen.language)
    )


def solutions_page(form: Form, heading: Heading, *, screen: Screen) -> str:
    """The solutions of a sheet of exercises as a page for a screen."""
    return screen.html("solutions.html", view=KeyView.of(form, heading, screen.language))


def _exercises(
    form: Form, heading: Heading, with_solutions: bool, language: Language
) -> dict[str, Any]:
    solutions = KeyView.of(form, heading, language) if with_solutions else None
    return {"view": StudentView.of(form, heading, language), "solutions": solutions}


def render_proof(signed: SignOff, heading: Heading, *, papers: Typesetter) -> bytes:
    """The confidential PDF that a colleague reads and signs: variants with keys, and the digest."""
    view = ProofView.of(signed, heading, papers.language)
    styles = ("paper", "answers", "proof")
    try:
        return papers.pdf("proof.html", styles=styles, identity=f"proof {signed.digest}", view=view)
    except TextError:
        blame(variant.item for variant in signed.variants)
        raise
