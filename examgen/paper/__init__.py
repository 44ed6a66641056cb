"""Forms to PDF: the student's paper, its key, and all papers in one file."""

from examgen.paper.fonts import check_system
from examgen.paper.merge import merge
from examgen.paper.render import render_key, render_paper
from examgen.paper.typesetter import Typesetter
from examgen.paper.view import Heading, printable

__all__ = [
    "Heading",
    "Typesetter",
    "check_system",
    "merge",
    "printable",
    "render_key",
    "render_paper",
]
