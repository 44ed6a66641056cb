"""Where the bundled files are: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """The path of a bundled folder or file, such as ``question_bank`` or ``examples/items``.

    Raises `FileNotFoundError` when the installation is incomplete.
    """
    inside = _PACKAGE / "bundled"
    path = (inside if inside.is_dir() else _PACKAGE.parent) / name
    if not path.exists():
        raise FileNotFoundError(f"examgen is not installed completely: '{name}' is missing")
    return path
