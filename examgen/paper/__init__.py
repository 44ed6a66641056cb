"""Forms to PDF: the student's paper, its key, and all papers in one file."""

from examgen.paper.fonts import check_machine, check_system
from examgen.paper.heading import Heading, choices_in_words, heading_of
from examgen.paper.merge import merge
from examgen.paper.press import (
    check_cover,
    print_form,
    print_forms,
    print_key_table,
)
from examgen.paper.render import render_key, render_paper, render_proof
from examgen.paper.software import software
from examgen.paper.theme import check_theme, new_theme
from examgen.paper.typesetter import Typesetter
from examgen.paper.view import printable

__all__ = [
    "Heading",
    "Typesetter",
    "check_cover",
    "check_machine",
    "check_system",
    "check_theme",
    "choices_in_words",
    "heading_of",
    "merge",
    "new_theme",
    "print_form",
    "print_forms",
    "print_key_table",
    "printable",
    "render_key",
    "render_paper",
    "render_proof",
    "software",
]
