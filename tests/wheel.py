"""The built wheel, in an empty environment and an empty folder: it builds and grades.

Run by ``make test-wheel``; not a pytest module, for it makes an environment of its own.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT))
        (wheel,) = folder.glob("examgen-*.whl")
        venv.create(folder / "environment", with_pip=True)
        binaries = folder / "environment" / "bin"
        constraints = str(ROOT / "constraints.txt")
        run(str(binaries / "python"), "-m", "pip", "install", "-q", str(wheel), "-c", constraints)
        empty = folder / "empty"
        empty.mkdir()
        examgen = str(binaries / "examgen")
        run(examgen, "new", "sizes/first", "--from", "dependent_parts", cwd=empty)
        run(examgen, "check", "sizes/first", "--samples", "20", cwd=empty)
        run(examgen, "try", "shapes/layer_cost", "--language", "tr", cwd=empty)
        run(examgen, "build", "--seed", "7", "--copies", "2", cwd=empty)
        run(examgen, "grade", "exam-7/submissions.csv", cwd=empty)
        papers = sorted((empty / "exam-7" / "print").glob("*.pdf"))
        assert len(papers) == 3, papers
        assert (empty / "exam-7" / "grades" / "grades.csv").exists()
    print("1 passed, 0 failed")


def run(*command: str, cwd: Path | None = None) -> None:
    """Run a command outside the checkout's own environment; stop when it fails."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    subprocess.run(command, cwd=cwd, env=environment, check=True)


if __name__ == "__main__":
    main()
