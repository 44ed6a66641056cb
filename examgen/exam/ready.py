"""The blueprints that come with examgen, each built by its name."""

from pathlib import Path

from examgen.errors import ExamgenError, nearest
from examgen.resources import bundled

FOLDER = "examples/blueprints"


def ready_blueprints() -> dict[str, Path]:
    """The bundled blueprints by name."""
    return {path.stem: path for path in sorted(bundled(FOLDER).glob("*.toml"))}


def find_blueprint(given: Path) -> Path:
    """The file that is meant: an existing file, or the bundled blueprint of that name.

    Raises `ExamgenError` for a plain name that is neither.
    """
    if given.exists() or given.suffix or given.parent != Path():
        return given
    ready = ready_blueprints()
    if given.name not in ready:
        raise ExamgenError(
            f"{given}: no file, and no blueprint that comes with examgen"
            f"{nearest(given.name, ready)} (there are: {', '.join(ready)})"
        )
    return ready[given.name]
