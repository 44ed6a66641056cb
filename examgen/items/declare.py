"""Reading a class body: what an item model declares, checked when the class is created."""

import re
from dataclasses import dataclass

from examgen.errors import ExamgenError, nearest
from examgen.formula import Expression, Relation, Symbol
from examgen.items.drawn import figures_of
from examgen.items.parameters import Parameter
from examgen.items.parts import Part

TAKEN = ("rank", "values", "carried", "reads", "seen_as", "working")
OWN = (  # to be given
    *("name", "title", "topic", "objective", "serves"),
    *("stem", "solution", "where", "examples", "oracle"),
)
_COMPARE = ": compare by equal(a, b) or different(a, b) instead of == and !="


@dataclass(frozen=True)
class Declaration:
    """Parameters, parts and named expressions of an item model, in the order of its class body."""

    parameters: dict[str, Parameter]
    parts: dict[str, Part]
    named: dict[str, Expression]
    figures: tuple[str, ...] = ()  # methods that draw

    def before(self, part: Part) -> list[str]:
        """The names of the parts declared before this one."""
        names = list(self.parts)
        return names[: names.index(part.name)]


def declare(model: type, framework: type) -> Declaration:
    """The declaration of a new item model; raises `ExamgenError` for an author's mistake."""
    body = {
        name: value
        for ancestor in reversed(model.__mro__)
        for name, value in vars(ancestor).items()
        if isinstance(value, Expression)
    }
    _check_taken(model, framework)
    declaration = Declaration(
        {name: value for name, value in body.items() if isinstance(value, Parameter)},
        {name: value for name, value in body.items() if isinstance(value, Part)},
        {name: value for name, value in body.items() if not isinstance(value, Parameter | Part)},
        tuple(figures_of(model)),
    )
    _check_names(body)
    _check_texts(model, declaration)
    _check_order(declaration)
    _check_purpose(model)
    where = getattr(model, "where", ())
    if not isinstance(where, list | tuple):
        raise ExamgenError("'where' is a list of conditions, such as where = [K <= H]")
    for condition in where:
        if not isinstance(condition, Relation) and not callable(condition):
            raise ExamgenError(
                f"'where' holds comparisons such as K <= H, or functions of the item, "
                f"not {condition!r}{_COMPARE if isinstance(condition, bool) else ''}"
            )
    return declaration


def _check_taken(model: type, framework: type) -> None:
    """Refuse what would hide a name that items need."""
    for name in vars(model):
        taken = hasattr(framework, name) or name in TAKEN or name in framework.__annotations__
        given = name in OWN and not isinstance(vars(model)[name], Expression)
        if taken and not given and not name.startswith("__"):
            raise ExamgenError(f"'{name}' is a name of the framework: give it another name")


def _check_names(body: dict[str, Expression]) -> None:
    for name, value in body.items():
        if isinstance(value, Parameter | Part) and value.name != name:
            raise ExamgenError(f"'{name}' is '{value.name}' under a second name")


def _check_texts(model: type, declaration: Declaration) -> None:
    if not declaration.parts:
        raise ExamgenError(f"{model.__name__} has no part: declare what the student answers")
    for text in ("stem", "solution"):
        if not getattr(model, text, "").strip():
            own = [name for name in vars(model) if name not in (*OWN, *declaration.parts)]
            raise ExamgenError(f"{model.__name__} needs a {text}{nearest(text, own)}")
    if "title" not in vars(model):
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", model.__name__).lower()
        model.title = words[0].upper() + words[1:]  # type: ignore[attr-defined]
    for name, default in (("name", model.__name__.lower()), ("topic", "")):
        if not hasattr(model, name):
            setattr(model, name, default)
    for part in declaration.parts.values():
        names = [wrong.name for wrong in part.misconceptions]
        if len(set(names)) < len(names):
            raise ExamgenError(f"part '{part.name}' has two misconceptions of one name")
        for wrong in part.misconceptions:
            if not wrong.feedback.strip():
                raise ExamgenError(
                    f"part '{part.name}': '{wrong.name}' has no feedback: say what went wrong"
                )


def _check_purpose(model: type) -> None:
    """Refuse an objective that is no text, and anything but texts for what the model serves."""
    objective, serves = getattr(model, "objective", ""), getattr(model, "serves", ())
    if not isinstance(objective, str):
        raise ExamgenError("'objective' is a text: what a student who solves it can do")
    if not isinstance(serves, list | tuple) or not all(isinstance(one, str) for one in serves):
        raise ExamgenError("'serves' is a list of texts, such as ['week 3', 'exam 2b']")


def _check_order(declaration: Declaration) -> None:
    known: set[Symbol] = set(declaration.parameters.values())
    for part in declaration.parts.values():
        for key in (part.key, *part.edits):
            for symbol in key.symbols:
                if symbol not in known:
                    raise ExamgenError(
                        f"part '{part.name}' is computed from '{symbol.name}', which is not a "
                        "parameter or an earlier part of this item"
                    )
        known.add(part)
