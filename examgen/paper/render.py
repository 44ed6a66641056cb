"""Forms as PDF: the student's paper, the key with worked solutions, and the proof of an exam."""

from examgen.exam.record import Form
from examgen.exam.signoff import SignOff
from examgen.paper.keyview import KeyView
from examgen.paper.proofview import ProofView
from examgen.paper.typesetter import Document, Typesetter
from examgen.paper.view import Heading, StudentView

_EDITIONS = {"standard": (), "accessible": ("accessible",), "large": ("accessible", "large")}


def lay_out_paper(form: Form, heading: Heading, *, papers: Typesetter) -> Document:
    """The student's paper; it depends on what is printed, on no key, solution or misconception."""
    view = StudentView.of(form, heading)
    styles = ("paper", *_EDITIONS[form.edition])
    return papers.document("paper.html", styles=styles, identity=f"paper {form.code}", view=view)


def render_paper(form: Form, heading: Heading, *, papers: Typesetter) -> bytes:
    """The PDF of `lay_out_paper`."""
    return lay_out_paper(form, heading, papers=papers).pdf


def render_key(form: Form, heading: Heading, *, papers: Typesetter) -> bytes:
    """The confidential PDF with keys, worked solutions, misconceptions with values, and rubrics."""
    view = KeyView.of(form, heading)
    return papers.pdf("key.html", styles=("key", "answers"), identity=f"key {form.code}", view=view)


def lay_out_exercises(
    form: Form, heading: Heading, *, papers: Typesetter, with_solutions: bool
) -> Document:
    """A sheet of exercises: no cover and no marks, room to work, solutions at the end if wanted."""
    return papers.document(
        "exercises.html",
        styles=("paper", "answers", "exercises", *_EDITIONS[form.edition]),
        identity=f"exercises {form.code}",
        view=StudentView.of(form, heading),
        solutions=KeyView.of(form, heading) if with_solutions else None,
    )


def render_solutions(form: Form, heading: Heading, *, papers: Typesetter) -> bytes:
    """The solutions of a sheet of exercises as students are given them."""
    view = KeyView.of(form, heading)
    styles = ("paper", "answers", "exercises", *_EDITIONS[form.edition])
    return papers.pdf("solutions.html", styles=styles, identity=f"solutions {form.code}", view=view)


def render_proof(signed: SignOff, heading: Heading, *, papers: Typesetter) -> bytes:
    """The confidential PDF that a colleague reads and signs: variants with keys, and the digest."""
    view = ProofView.of(signed, heading)
    styles = ("paper", "answers", "proof")
    return papers.pdf("proof.html", styles=styles, identity=f"proof {signed.digest}", view=view)
