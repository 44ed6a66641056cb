"""Slips of authors: what an error in their code most likely means, and where it stands."""

import inspect
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import examgen
from examgen import items
from examgen.bank.source import Source, first_name
from examgen.errors import ExamgenError, nearest
from examgen.formula import Expression
from examgen.items import Item
from examgen.items.parts import Part
from examgen.text import TextError

_WORDS = ("self", "key", "options", "rest", "settings")
_HIDDEN = ("; a comprehension in a class body cannot see the class's names: write the entries out, "
           "or make it a function of the item")  # fmt: skip
_ELSEWHERE = {
    "Fraction": "; write: from fractions import Fraction",
    "np": "; write: import numpy as np",
    "math": "; formulas take floor, ceiling, maximum and minimum of examgen",
}
_SYMBOL = (
    "; in a class body it is a symbol, not yet a number: use floor, ceiling, maximum and minimum "
    "of examgen, or a function of the item (def f(item): …)"
)


def place(error: BaseException, path: Path) -> str:
    """The file and line of the author's code at which an error arose."""
    written = str(path.absolute())  # as the import system names it
    if isinstance(error, SyntaxError) and error.filename == written:
        return f"{path}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    lines: list[int | None] = [frame.lineno for frame in frames if frame.filename == written]
    if isinstance(error, TextError) and error.place:
        return error.place
    if isinstance(error, TextError) and error.line is not None:
        lines.append(Source(path).line_in(error.source, error.line))
    elif isinstance(error, ExamgenError) and (name := first_name(str(error))):
        lines.append(Source(path).line_of(name))
    known = [line for line in lines if line]
    return f"{path}:{known[-1]}" if known else str(path)


def explain(error: BaseException) -> str:
    """The message of an error, and where it is not one of ours its kind and what it may mean."""
    if isinstance(error, ExamgenError):
        return str(error)
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg}"
    message = str(error)
    if isinstance(error, NameError):
        message += _about_name(error)
    elif isinstance(error, AttributeError):
        message += nearest(error.name or "", _attributes(error.obj))
    elif isinstance(error, ImportError) and error.name == "examgen":
        message = _about_import(message)
    elif isinstance(error, RecursionError):
        message += "; does a key read itself, or a later part?"
    elif isinstance(error, TypeError):
        message = _about_call(message) or message + _about_symbol(message)
    return f"{type(error).__name__}: {message}"


# ---- names ------------------------------------------------------------------------------------


def _about_name(error: NameError) -> str:
    """What may be meant by a name that is not known."""
    name = error.name or ""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    if not frames:
        return ""
    last = frames[-1]
    for local, value in last.f_locals.items():
        if isinstance(value, Item) and name in _attributes(value):
            return f"; did you mean {local}.{name}?"
    if "comp>" in last.f_code.co_name or last.f_code.co_name == "<genexpr>":
        if any(name in frame.f_locals for frame in frames[:-1]):
            return _HIDDEN
        names = [name for frame in frames for name in frame.f_locals]
        return nearest(name, [*names, *last.f_globals, *examgen.__all__])
    line = Source(Path(last.f_code.co_filename)).line_of(name)
    if line and line > last.f_lineno:
        return f"; it stands below, in line {line}: only what stands above can be used"
    if name in examgen.__all__:
        return f"; write: from examgen import {name}"
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    return nearest(name, [*last.f_locals, *_given(last), *examgen.__all__])


def _given(frame: FrameType) -> Iterator[str]:
    """The names of a module that its author wrote."""
    return (name for name in frame.f_globals if not name.startswith("_"))


def _attributes(owner: Any) -> list[str]:
    return [name for name in dir(owner) if not name.startswith("_")]


def _about_import(message: str) -> str:
    """A name that examgen does not have, without the path of examgen."""
    message = re.sub(r" \(.*\)$", "", message)
    found = re.search(r"name '(\w+)'", message)
    if not found:
        return message
    return message + (_ELSEWHERE.get(found[1]) or nearest(found[1], examgen.__all__))


# ---- calls ------------------------------------------------------------------------------------


def _about_call(message: str) -> str:
    """An option that there is not, or that is missing, of something that items declare."""
    found = re.match(r"(\w+)\.__init__\(\) (.*)", message)
    if not found or not inspect.isclass(declared := _declared(found[1])):
        return ""
    if unknown := re.match(r"got an unexpected keyword argument '(\w+)'", found[2]):
        options = sorted(_options(declared))
        hint = nearest(unknown[1], options) or f" (there are: {', '.join(options)})"
        return f"there is no option '{unknown[1]}'{hint}"
    if missing := re.match(r"missing \d+ required .* arguments?: (.*)", found[2]):
        return f"{_called(declared)} needs {missing[1]}"
    if "positional argument" in found[2]:
        return f"{message}; give options by their names, such as marks=2"
    return message


def _declared(name: str) -> Any:
    return Part if name == "Part" else getattr(items, name, None)


def _options(declared: type) -> set[str]:
    """The options of a class; of a part those of all parts, as the base class sees no more."""
    classes: list[type] = [*_kinds_of(Part)] if issubclass(declared, Part) else [declared]
    found = {name for one in classes for name in inspect.signature(one).parameters}
    return found.difference(_WORDS)


def _called(declared: type) -> str:
    return "a part" if declared is Part else f"{declared.__name__}(…)"


def _about_symbol(message: str) -> str:
    """Whether Python was given a symbol where it wants a number."""
    named = {name for pair in re.findall(r"'(\w+)'|not (\w+)$", message) for name in pair}
    return _SYMBOL if named & {one.__name__ for one in _kinds_of(Expression)} else ""


def _kinds_of(kind: type) -> Iterator[type]:
    yield kind
    below: list[type] = kind.__subclasses__()
    for one in below:
        yield from _kinds_of(one)
