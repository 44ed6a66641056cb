"""Item text: templates to Markdown with TeX, Markdown to HTML, formulas to boxes, figures."""

from examgen.text.figures import figures
from examgen.text.figures.canvas import Canvas
from examgen.text.markdown import Setting, to_html
from examgen.text.mathbox import MathBox, MathBoxes
from examgen.text.mathml import MathMarkup
from examgen.text.template import dedent, expand, names_in
from examgen.text.values import Figure, Math, TextError, value_tex

__all__ = [
    "Canvas",
    "Figure",
    "Math",
    "MathBox",
    "MathBoxes",
    "MathMarkup",
    "Setting",
    "TextError",
    "dedent",
    "expand",
    "figures",
    "names_in",
    "to_html",
    "value_tex",
]
