"""Banks: folders of item models, one model a file, named by its path below the folder."""

import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path

from examgen.bank.slips import explain, place
from examgen.bank.source import Source
from examgen.errors import ExamgenError, nearest
from examgen.items import Item
from examgen.language import side_files
from examgen.resources import bundled

__all__ = ["Bank", "bank_folders", "explain", "load_model", "of_topic", "place", "usual_topic"]


class Bank:
    """Item models by name, loaded when first asked for; iteration goes in order of names."""

    def __init__(self, *folders: Path):
        self._paths: dict[str, Path] = {}
        self._models: dict[str, type[Item]] = {}
        for folder in folders:
            if not folder.is_dir():
                raise ExamgenError(f"{folder}: no such folder of item models")
            for path in sorted(folder.rglob("*.py")):
                name = path.relative_to(folder).with_suffix("").as_posix()
                if "__pycache__" in name or path.name == "__init__.py":
                    continue
                if name in self._paths:
                    raise ExamgenError(f"'{name}' is in two banks: {self._paths[name]} and {path}")
                self._paths[name] = path
        if not self._paths:
            raise ExamgenError(f"no item models in {', '.join(map(str, folders))}")

    @classmethod
    def with_bundled(cls, folders: Sequence[Path]) -> "Bank":
        """The bank that comes with examgen, those installed, and an author's own folders."""
        return cls(*bank_folders(folders))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._paths))

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __getitem__(self, name: str) -> type[Item]:
        if name not in self._models:
            self._models[name] = load_model(self.source(name), name)
        return self._models[name]

    def source(self, name: str) -> Path:
        """The file of an item model; raises `ExamgenError` with the nearest name."""
        if name not in self._paths:
            raise ExamgenError(f"no item model '{name}'{nearest(name, self._paths)}")
        return self._paths[name]

    def below(self, path: str) -> list[str]:
        """The item model of this name, or all in this folder ("" is the whole bank)."""
        found = [name for name in self if not path or name.startswith(f"{path.rstrip('/')}/")]
        if not found:
            self.source(path)
        return found or [path]

    def topic(self, topic: str) -> list[str]:
        """The names of the item models of a topic (or of a topic below it), sorted."""
        return of_topic(topic, {name: self[name].topic for name in self})


def of_topic(topic: str, topics: Mapping[str, str]) -> list[str]:
    """The names of those whose topic is this one or below it; raises `ExamgenError` for none."""
    found = [name for name, own in topics.items() if own == topic or own.startswith(f"{topic}/")]
    if not found:
        known = sorted(set(topics.values()))
        hint = nearest(topic, known) or f" (there are: {', '.join(known)})"
        raise ExamgenError(f"no item model has the topic '{topic}'{hint}")
    return found


def usual_topic(name: str) -> str:
    """The topic of an item model that states none: its folder."""
    return name.rpartition("/")[0].replace("_", " ")


def bank_folders(own: Sequence[Path]) -> tuple[Path, ...]:
    """The folders of the bank that comes with examgen, of those installed, and of an author's own.

    A package is a bank when its entry points have one of the group ``examgen.banks``, with the
    name of the package (or of one within it) as value. Raises `ExamgenError` where that is none.
    """
    installed = []
    for entry in sorted(entry_points(group="examgen.banks"), key=lambda entry: entry.name):
        spec = importlib.util.find_spec(entry.value)
        if spec is None or not spec.submodule_search_locations:
            raise ExamgenError(f"the installed bank '{entry.name}' is no package: {entry.value}")
        installed.append(Path(next(iter(spec.submodule_search_locations))))
    return (bundled("question_bank"), *installed, *own)


def load_model(path: Path, name: str) -> type[Item]:
    """The item model that a file defines; an author's mistake becomes one clear `ExamgenError`."""
    if repeated := Source(path).repeated():
        again, first, line = repeated
        raise ExamgenError(
            f"{path}:{line}  '{again}' is declared in line {first} already, and would be replaced: "
            "give one of them another name"
        )
    module_name = "question_bank." + name.replace("/", ".")
    spec = importlib.util.spec_from_file_location(f"{module_name}@{path}", path)
    if spec is None or spec.loader is None:
        raise ExamgenError(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[spec.name]
        raise ExamgenError(f"{place(error, path)}  {explain(error)}") from error
    models = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Item) and value.__module__ == spec.name
    ]
    if len(models) != 1:
        raise ExamgenError(
            f"{path}: one item model a file; this one defines {len(models)}: "
            f"{', '.join(model.__name__ for model in models) or 'no subclass of Item'}"
        )
    models[0].name = name
    models[0].translations = side_files(path)
    if not models[0].topic:
        models[0].topic = usual_topic(name)
    return models[0]
