"""Where the bundled files are: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """The path of a bundled folder or file, such as ``question_bank`` or ``examples/ceng403.toml``.

    Raises `FileNotFoundError` when the installation is incomplete.
    """
    for root in (_PACKAGE / "bundled", _PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"examgen is not installed completely: '{name}' is missing")
