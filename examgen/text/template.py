r"""Item texts: Jinja with `<< >>`, `<% %>` and `<# #>`, so that TeX keeps its braces."""

import base64
import inspect
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import meta
from jinja2.runtime import Context

from examgen.errors import ExamgenError, nearest
from examgen.language import ENGLISH, Language
from examgen.text.figures import figures
from examgen.text.figures.words import speaking
from examgen.text.scan import BAR, CLOSE, OPEN, pieces
from examgen.text.values import Figure, Math, TextError, decimal, exact, value_tex

_FILE = "<item text>"
_VALUE = re.compile(f"{OPEN}([^{BAR}]*){BAR}([^{BAR}]*){BAR}([^{CLOSE}]*){CLOSE}")
_BRACES = re.compile(
    r"\{\{\s*(?P<name>\w+)[^{}]*\}\}|\{%-?\s*(?P<tag>if|elif|else|for|set|end\w+)\b"
)
_FILTERS = ("tex", "decimal", "join", "length", "abs", "sum", "first", "last", "max", "min")
_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "macro", "endmacro")
_FIGURE_IN_FORMULA = "\ue003"


def dedent(source: str) -> str:
    """An indented triple-quoted text without its indentation and outer blank lines."""
    return inspect.cleandoc(source)


def expand(source: str, values: Mapping[str, object], language: Language = ENGLISH) -> str:
    """An item text with its values filled in: Markdown with TeX between `$` and `$$`.

    Decimals are printed as in the `language`, in values and in all formulas.

    Raises TextError, with the line in `source`, for a template that is wrong, an unknown name
    or a value that cannot be printed.
    """
    offset = len(source) - len(source.lstrip())
    above = source.count("\n", 0, offset)
    try:
        with speaking(language):
            text = _fill(dedent(source), values)
    except TextError as error:
        raise _moved(error, above) from error
    try:
        return _resolve(text, language)
    except TextError as error:
        if "<%" in source:  # loops and branches move the lines of the finished text
            raise TextError(error.message) from error
        raise _moved(error, above) from error


def names_in(source: str) -> frozenset[str]:
    """The names that an item text takes from outside; none where it cannot be read."""
    try:
        return frozenset(meta.find_undeclared_variables(_ENVIRONMENT.parse(dedent(source))))
    except jinja2.TemplateSyntaxError:
        return frozenset()


def _moved(error: TextError, above: int) -> TextError:
    return TextError(error.message, None if error.line is None else error.line + above)


def _fill(source: str, values: Mapping[str, object]) -> str:
    """The template rendered, its values still between sentinels."""
    if (minus := source.find("<<-")) >= 0:  # Jinja would take the sign for one of its own
        line = source.count("\n", 0, minus) + 1
        raise TextError("'<<-' loses its minus sign: write '<< -' with a space", line)
    _check_marks(source, values)
    try:
        return _template(source).render(values)
    except jinja2.TemplateSyntaxError as error:
        told = re.sub(r" at \d+$", "", (error.message or "").rstrip("."))
        message = f"the template is wrong: {told}{_slip(told)}"
        raise TextError(message, error.lineno) from error
    except Exception as error:
        raise TextError(_reason(error, values), _line(error)) from error


def _check_marks(source: str, values: Mapping[str, object]) -> None:
    """Refuse `{{ }}` and `{% %}` where `<< >>` and `<% %>` are meant; TeX has braces too."""
    for found in _BRACES.finditer(source):
        if found["name"] in values or found["tag"]:
            right = f"<<{found['name']}>>" if found["name"] else f"<% {found['tag']} … %>"
            line = source.count("\n", 0, found.start()) + 1
            raise TextError(f"{found[0]} is for TeX here; write {right}", line)


def _slip(message: str) -> str:
    """What a message of Jinja most likely means."""
    if found := re.search(r"No filter named '(\w+)'", message):
        return nearest(found[1], _FILTERS)
    if found := re.search(r"unknown tag '(\w+)'", message):
        return nearest(found[1], _TAGS)
    if "print statement" in message or "unexpected '<'" in message or "unexpected char" in message:
        return "; is a << closed by >>?"
    return ""


def _reason(error: Exception, values: Mapping[str, object]) -> str:
    if isinstance(error, TextError):
        return error.message
    if isinstance(error, ExamgenError):
        return str(error)
    if isinstance(error, jinja2.UndefinedError):
        unknown = re.fullmatch(r"'(\w+)' is undefined", str(error))
        hint = nearest(unknown[1], [*values, *figures]) if unknown else ""
        given = [name for name in values if name not in figures]
        if unknown and given and not hint:
            hint = f"; there are {', '.join(given)}"
        return f"{error}{hint}"
    return f"{type(error).__name__}: {error}"


def _line(error: Exception) -> int | None:
    """The line of the template that was running when the error was raised."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


class _Missing(jinja2.StrictUndefined):
    """An attribute or entry that does not exist, reported with its nearest match."""

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        owner, name = self._undefined_obj, self._undefined_name
        if owner is jinja2.utils.missing or not isinstance(name, str):
            return message
        known = list(owner) if isinstance(owner, Mapping) else dir(owner)
        return message + nearest(name, [word for word in known if not word.startswith("_")])


# Jinja finalizes constants while compiling unless finalize needs the context; a figure drawn
# there would report its mistakes as syntax errors.
@jinja2.pass_context
def _finalize(_context: Context, value: object) -> str:
    """A value between sentinels, in its form for a formula, for words and for code."""
    if isinstance(value, str):
        return value
    if isinstance(value, jinja2.Undefined):
        return str(value)
    if isinstance(value, Figure):
        data = base64.b64encode(value.svg.encode()).decode()
        alt = re.sub(r"([\\\[\]`*_<>&$])", r"\\\1", " ".join(value.alt.split()))
        picture = f"![{alt}](data:image/svg+xml;base64,{data})"
        return f"{OPEN}{_FIGURE_IN_FORMULA}{BAR}{picture}{BAR}{value.alt}{CLOSE}"
    value = exact(value)
    tex = value_tex(value)
    if isinstance(value, Math) and value.display:
        words = f"$${tex}$$"
    elif isinstance(value, int) and 0 <= value < 10_000:
        words = tex
    else:
        words = f"${tex}$"
    code = value.tex if isinstance(value, Math) else str(value)
    return f"{OPEN}{tex}{BAR}{words}{BAR}{code}{CLOSE}"


def _resolve(text: str, language: Language) -> str:
    """The text with every value in the form that fits where it landed."""
    mark = {"words": "", "code": "", "inline": "$", "display": "$$"}

    def in_words(found: re.Match[str]) -> str:
        return language.formula(found[2]) if found[2].startswith("$") else found[2]

    resolved = []
    for piece in pieces(text):
        if piece.sort == "words":
            content = _VALUE.sub(in_words, piece.content)
        elif piece.sort == "code":
            content = _VALUE.sub(r"\3", piece.content)
        else:
            content = language.formula(_VALUE.sub(r"\1", piece.content))
        if _FIGURE_IN_FORMULA in content:
            raise TextError("a figure stands inside a formula", piece.line)
        resolved.append(mark[piece.sort] + content + mark[piece.sort])
    return "".join(resolved)


class _Environment(jinja2.Environment):
    """Jinja as item texts use it."""

    def __init__(self) -> None:
        super().__init__(
            variable_start_string="<<",
            variable_end_string=">>",
            block_start_string="<%",
            block_end_string="%>",
            comment_start_string="<#",
            comment_end_string="#>",
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=_Missing,
            finalize=_finalize,
        )
        self.globals.update(figures)
        self.filters["tex"] = value_tex
        self.filters["decimal"] = decimal


_ENVIRONMENT = _Environment()


@lru_cache(maxsize=4096)
def _template(source: str) -> jinja2.Template:
    code: Any = _ENVIRONMENT.compile(source, filename=_FILE)
    return jinja2.Template.from_code(_ENVIRONMENT, code, _ENVIRONMENT.make_globals(None))
