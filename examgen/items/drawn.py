"""Figures of an item model's own: methods that draw."""

from collections.abc import Callable, Iterator
from typing import Any

from examgen.errors import ExamgenError
from examgen.items.parts import Part
from examgen.text import Figure

Method = Callable[..., Figure]


def figure(method: Method) -> Method:
    """Marks a method of an item that draws: texts call it by its name, as ``<<signal()>>``.

    It returns a finished figure (``Canvas(…).figure("what it shows")``). A drawing for the solution
    may take an argument such as ``reveal=True``; in stem and prompts it must not read a key.
    """
    method.__dict__["draws"] = True
    return method


def figures_of(model: type) -> Iterator[str]:
    """The names of the methods of an item model that draw."""
    for name in dir(model):
        if getattr(getattr(model, name), "__dict__", {}).get("draws") is True:
            yield name


def drawer(item: Any, name: str, *, revealing: bool) -> Method:
    """What a text calls to draw a figure of an item; unless ``revealing``, it may read no key."""

    def draw(*arguments: Any, **options: Any) -> Figure:
        fresh = item.carry({})
        drawn = getattr(fresh, name)(*arguments, **options)
        read = [one.name for one in fresh.reads if isinstance(one, Part)]
        if read and not revealing:
            raise ExamgenError(f"{name}() reads the key '{read[0]}', which this text must not tell")
        if not isinstance(drawn, Figure):
            raise ExamgenError(f"{name}() must return a figure, as Canvas(…).figure(…) does")
        return drawn

    return draw
