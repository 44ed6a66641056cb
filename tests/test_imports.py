"""The import direction is a property of the code, not a convention."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "examgen"
ALLOWED = {
    "errors": set(),
    "notation": set(),
    "files": {"errors"},
    "resources": set(),
    "language": {"errors", "resources"},
    "processes": set(),
    "engine": set(),
    "formula": {"errors", "notation"},
    "equivalence": {"errors", "notation", "formula"},
    "answers": {"errors", "notation", "formula", "equivalence", "language"},
    "text": {"errors", "notation", "engine", "resources", "language"},
    "items": {"errors", "formula", "equivalence", "answers", "text", "language"},
    "bank": {
        *("errors", "files", "resources", "language"),
        *("items", "formula", "equivalence", "answers", "text"),
    },
    "exam": {"errors", "files", "resources", "language", "bank", "items", "answers"},
    "paper": {"errors", "files", "resources", "language", "exam", "answers", "text"},
    "grading": {
        *("errors", "files", "processes", "language"),
        *("exam", "bank", "items", "answers", "formula"),
    },
    "preview": {
        *("errors", "resources", "language"),
        *("grading", "paper", "exam", "bank", "items", "text"),
    },
    "gallery": {"errors", "files", "processes", "resources", "preview", "grading", "paper"}
    | {"exam", "bank", "items", "answers", "text"},
    "build": {
        *("errors", "files", "processes", "resources", "language"),
        *("exam", "bank", "paper"),
    },
    "proof": {"errors", "files", "language", "exam", "bank", "paper"},
    "cli": {
        *("errors", "language", "build", "proof", "gallery", "preview"),
        *("grading", "paper", "exam", "bank", "answers"),
    },
}


def imports(path: Path) -> set[str]:
    """The rooms of examgen that a file imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
            if node.module == "examgen":
                names = [f"examgen.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("examgen.")}
    return found


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_what_lies_below(room):
    paths = [PACKAGE / f"{room}.py", *sorted((PACKAGE / room).rglob("*.py"))]
    for path in paths:
        if path.exists():
            outside = imports(path) - {room} - ALLOWED[room]
            assert not outside, f"{path.relative_to(PACKAGE)} imports {sorted(outside)}"


def test_every_room_is_listed():
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert rooms - {"__init__", "__pycache__", "bundled"} == set(ALLOWED)


def test_the_engine_imports_numpy_alone():
    for path in (PACKAGE / "engine").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                room = name.split(".")[0]
                assert room in {*sys.stdlib_module_names, "numpy", "examgen"}, (path, name)


def test_student_text_never_meets_an_evaluator():
    for path in (PACKAGE / "answers").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        called = {
            n.func.id
            for n in ast.walk(tree)
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        }
        assert not called & {"eval", "exec", "compile", "literal_eval", "sympify"}, path
        modules = {
            alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names
        }
        modules |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        assert not modules & {"ast", "sympy"}, path


def test_marking_does_without_what_sets_papers():
    """Five processes mark a large class: what they need not import is memory saved five times."""
    program = "import sys, examgen.grading.run; print(*{n.partition('.')[0] for n in sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {"jinja2", "mathra", "markdown_it", "numpy", "sympy"} & {*run.stdout.split()}
